// What is done to a page that is there already, by scripts that load only where they are needed.

import { site } from './host.js';

/** The code of the page in colours, as soon as they have come: called when some names its language. */
export async function enrich() {
  const { highlight } = await import(site.folder + 'highlight.js');
  await highlight(document);
}
