// Syntax highlighting of a page that is shown: with the tokens of Jekyll's Rouge where rouge.wasm
// has a lexer, else by a grammar of highlight.js. Loaded when a page has code with a language.

import { releasedScript, task } from '../net/fetch.js';
import { loadLexers } from './lexers.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./lexers.js').Coloured} Coloured */

// Longer texts stay plain: grammars are regular expressions.
const LONGEST = 200_000;
// … of strangers: a lexer takes at most some 50 ms for it.
const LONGEST_OF_STRANGERS = 20_000;
const NAMED = /(?:^|\s)language-(\S+)/;
// Languages without tokens.
const PLAIN = /^(plaintext|text|mermaid)$/i;

/**
 * The name of a code element's language in the source.
 * @param {Element} code
 */
const nameOf = (code) =>
  code.closest('[data-lang]')?.getAttribute('data-lang') ??
  NAMED.exec(code.closest('[class*="language-"]')?.className ?? '')?.[1];

/**
 * Selects code blocks: Jekyll's output for fenced blocks and `{% highlight %}`, with and without
 * line numbers, and CommonMark's.
 */
const BLOCKS =
  '.highlight > pre > code, pre.highlight > code, .highlight td:last-child > pre, pre > code[class*="language-"]';

/**
 * @param {ParentNode} root
 * @param {boolean} [stranger] the code is somebody else's: no grammar, which may run for ever
 */
export async function highlight(root, stranger = false) {
  const blocks = [];
  for (const code of root.querySelectorAll(BLOCKS)) {
    const name = nameOf(code) ?? '';
    const text = code.textContent ?? '';
    // A block with child elements is highlighted already.
    if (!name || PLAIN.test(name) || code.firstElementChild || !text) continue;
    if (text.length <= (stranger ? LONGEST_OF_STRANGERS : LONGEST))
      blocks.push({ code, name, text });
  }
  if (!blocks.length) return;
  const lex = await loadLexers();
  for (const { code, name, text } of blocks) {
    // One block at a time, so that a long page stays responsive.
    await task();
    // {% highlight linenos %} adds a line's end to the code.
    const end = code.matches('td.code > pre') && text.endsWith('\n') ? '\n' : '';
    let nodes = await lex(name, text.slice(0, text.length - end.length));
    if (nodes) nodes.push(new Text(end));
    else if (!stranger) nodes = await byGrammar(name, text);
    if (nodes && code.isConnected && code.textContent === text) code.replaceChildren(...nodes);
  }
}

/**
 * If the grammars fail to load, their blocks stay plain.
 * @param {string} name
 * @param {string} text
 * @returns {Promise<Coloured>}
 */
async function byGrammar(name, text) {
  const url = new URL('./grammars.js', import.meta.url).href;
  const { colour } = await releasedScript(url).catch(() => ({}));
  return colour?.(name.replace(/\?.*/, '').toLowerCase(), text);
}
