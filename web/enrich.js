// What is done to a page that is there already, by scripts that load only where they are needed.

import { site } from './host.js';

/** The code of the page in colours, as soon as they have come. */
export async function enrich() {
  if (!document.querySelector('pre > code[class*="language-"], .highlight code')) return;
  const { highlight } = await import(site.folder + 'highlight.js');
  await highlight(document);
}
