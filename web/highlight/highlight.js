// Colours the code of a page: highlight.js reads it, rouge.js names what it has found as Jekyll's
// Rouge would. Loaded when a page has code whose language is said; each grammar is a file of its
// own, loaded when a page needs it.

import hljs from 'highlight.js/lib/core';
import { aliases, grammars } from 'meridian:grammars';
import { make } from '../base/elements.js';
import { rouge } from './rouge.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./rouge.js').Piece} Piece */

// A longer text stays as it is: grammars are regular expressions, and nobody reads so much code on
// a page.
const LONGEST = 200_000;
const NAMED = /(?:^|\s)language-([\w+#.-]+)/;

// Grammars that call others for parts of a text.
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

// A page's names come from its author: `constructor` is none of ours.
const own = Object.prototype.hasOwnProperty.call.bind(Object.prototype.hasOwnProperty);

/**
 * Where code may stand: what Jekyll writes for a fenced block and for `{% highlight %}`, with and
 * without numbers of lines, and what CommonMark writes.
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
    // A block with elements was highlighted already, by the site or by its author.
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
    // A grammar that does not come leaves its blocks as they are.
    if (!(await loaded)) continue;
    // One block at a time, so that a long page goes on reacting.
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
