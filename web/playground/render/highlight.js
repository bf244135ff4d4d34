// Highlights code of the page before the frame gets it: the site's highlighter is loaded here, so
// the frame needs no access to it.

import { site } from '../../base/site_state.js';
import { parse } from '../../base/trusted_html.js';

// A code block with a language, in the core's form: its opening tags, and its text.
const BLOCKS =
  /(?:<div class="language-[\w+#.-]+ [^"]*"><div class="highlight"><pre class="highlight"><code>|<pre><code class="language-[^"]*"[^>]*>)[^<]+(?=<\/code>)/g;
// Each keystroke within a block makes another block.
const MOST = 500;

/** Highlighted blocks; pending ones unchanged. @type {Map<string, string>} */
const coloured = new Map();

/**
 * Code blocks with a language.
 * @param {string} html
 * @returns {string[]}
 */
export const found = (html) => html.match(BLOCKS) ?? [];

/**
 * The HTML with highlighted blocks; `lacks` receives those that are not highlighted yet.
 * @param {string} html
 * @param {Set<string>} lacks
 */
export const finish = (html, lacks) =>
  html.replace(BLOCKS, (block) => {
    if (!coloured.has(block)) lacks.add(block);
    return coloured.get(block) ?? block;
  });

/** Another project, which may be trusted otherwise. */
export const renew = () => coloured.clear();

/**
 * Highlights blocks, for the next call.
 * @param {Set<string>} blocks
 * @param {boolean} trusted
 */
export async function prepare(blocks, trusted) {
  if (coloured.size > MOST) coloured.clear();
  for (const block of blocks) coloured.set(block, block);
  const { highlight } = await import(site.folder + 'highlight.js');
  for (const block of blocks) {
    const { body } = parse(`${block}</code>`);
    await highlight(body, !trusted);
    const code = body.querySelector('code');
    if (code)
      coloured.set(
        block,
        block.replace(/[^>]+$/, () => code.innerHTML),
      );
  }
}

/**
 * The HTML with all its blocks highlighted.
 * @param {string} html
 * @param {boolean} trusted
 */
export async function highlightAll(html, trusted) {
  /** @type {Set<string>} */
  const lacks = new Set();
  finish(html, lacks);
  await prepare(lacks, trusted);
  return finish(html, new Set());
}
