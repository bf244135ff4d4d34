// Code of the page in colours, before the frame gets it: the site's highlighter is loaded here, and
// the frame needs neither it nor a way to it.

import { site } from '../../base/site_state.js';
import { parse } from '../../base/trusted_html.js';

// A block as the core writes it, whose language is said: what opens it, and its text.
const BLOCKS =
  /(?:<div class="language-[\w+#.-]+ [^"]*"><div class="highlight"><pre class="highlight"><code>|<pre><code class="language-[^"]*"[^>]*>)[^<]+(?=<\/code>)/g;
// Each keystroke within a block is another.
const MOST = 500;

/** Blocks in colours; one that is on its way as it was. @type {Map<string, string>} */
const coloured = new Map();

/**
 * Blocks of code whose language is said.
 * @param {string} html
 * @returns {string[]}
 */
export const found = (html) => html.match(BLOCKS) ?? [];

/**
 * The same HTML with blocks in colours; `lacks` gets those that are not known yet.
 * @param {string} html
 * @param {Set<string>} lacks
 */
export const finish = (html, lacks) =>
  html.replace(BLOCKS, (block) => {
    if (!coloured.has(block)) lacks.add(block);
    return coloured.get(block) ?? block;
  });

/** Colours blocks, for the next time that they are asked for. @param {Set<string>} blocks */
export async function prepare(blocks) {
  if (coloured.size > MOST) coloured.clear();
  for (const block of blocks) coloured.set(block, block);
  const { highlight } = await import(site.folder + 'highlight.js');
  for (const block of blocks) {
    const { body } = parse(`${block}</code>`);
    await highlight(body);
    const code = body.querySelector('code');
    if (code)
      coloured.set(
        block,
        block.replace(/[^>]+$/, () => code.innerHTML),
      );
  }
}
