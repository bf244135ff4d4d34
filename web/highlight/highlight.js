// Syntax highlighting: highlight.js parses code, rouge.js maps its scopes to the class names of
// Jekyll's Rouge. Loaded when a page has code with a language; each grammar is a separate file.

import hljs from 'highlight.js/lib/core';
import { aliases, grammars } from 'meridian:grammars';
import { make } from '../base/elements.js';
import { rouge } from './rouge.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./rouge.js').Piece} Piece */

// Longer texts stay plain: grammars are regular expressions.
const LONGEST = 200_000;
const NAMED = /(?:^|\s)language-([\w+#.-]+)/;

// Grammars that use others for parts of a text.
/** @type {Record<string, string[]>} */
const INNER = {
  markdown: ['xml'],
  php: ['xml'],
  'python-repl': ['python'],
  shell: ['bash'],
  xml: ['css', 'javascript'],
};

/**
 * The name of a code element's language in the source, in lower case.
 * @param {Element} code
 */
const nameOf = (code) =>
  NAMED.exec(code.closest('[class*="language-"]')?.className ?? '')?.[1].toLowerCase();

// Names are the author's: `constructor` must not be found on the prototype.
const own = Object.prototype.hasOwnProperty.call.bind(Object.prototype.hasOwnProperty);

/**
 * Selects code blocks: Jekyll's output for fenced blocks and `{% highlight %}`, with and without
 * line numbers, and CommonMark's.
 */
const BLOCKS =
  '.highlight > pre > code, pre.highlight > code, .highlight td:last-child > pre, pre > code[class*="language-"]';

/** @param {ParentNode} root */
export async function highlight(root) {
  const blocks = [];
  for (const code of root.querySelectorAll(BLOCKS)) {
    const name = nameOf(code) ?? '';
    const language = own(grammars, name) ? name : own(aliases, name) ? aliases[name] : undefined;
    const text = code.textContent ?? '';
    // A block with child elements is highlighted already.
    if (!language || code.firstElementChild || !text || text.length > LONGEST) continue;
    const all = Promise.all([language, ...(INNER[language] ?? [])].map(load));
    blocks.push({
      code,
      language,
      text,
      loaded: all.then(
        () => true,
        () => false,
      ),
    });
  }
  for (const { code, language, text, loaded } of blocks) {
    // If a grammar fails to load, its blocks stay plain.
    if (!(await loaded)) continue;
    // One block at a time, so that a long page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
    if (code.isConnected && code.textContent === text)
      code.replaceChildren(...spansOf(text, language));
  }
}

/** @param {string} language */
async function load(language) {
  if (hljs.getLanguage(language)) return;
  const { default: grammar, version } = await grammars[language]();
  if (version !== hljs.versionString) throw new Error('a grammar of another version');
  hljs.registerLanguage(language, grammar);
}

/** @param {string} text @param {string} language */
function spansOf(text, language) {
  return rouge(pieces(text, language), language).map(([part, name]) => {
    if (!name) return new Text(part);
    return make('span', { class: name }, part);
  });
}

/** @param {string} text @param {string} language */
function pieces(text, language) {
  /** @type {Piece[]} */
  const found = [];
  /** @typedef {{ scope?: string, children: (string | Node)[] }} Node */
  const walk = (/** @type {Node} */ { children }, /** @type {string[]} */ scopes) => {
    for (const child of children) {
      if (typeof child === 'string') found.push({ text: child, scopes });
      else walk(child, child.scope ? [...scopes, child.scope] : scopes);
    }
  };
  // The tree is what every emitter of the library builds; its own HTML has other class names.
  const { _emitter } = /** @type {any} */ (
    hljs.highlight(text, { language, ignoreIllegals: true })
  );
  walk(_emitter.rootNode, []);
  return found;
}
