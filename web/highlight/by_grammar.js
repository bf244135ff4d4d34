// Code in languages for which rouge.wasm has no lexer: highlight.js reads it, and scopes.js maps
// what it finds to Rouge's class names. Each grammar is a file of its own.

import hljs from 'highlight.js/lib/core';
import { aliases, grammars } from 'meridian:grammars';
import { make } from '../base/elements.js';
import { classified } from './scopes.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./lexers.js').Coloured} Coloured */
/** @typedef {import('./scopes.js').Piece} Piece */

// Grammars that use others for parts of a text.
/** @type {Record<string, string[]>} */
const INNER = { 'python-repl': ['python'] };

// Names are the author's: `constructor` must not be found on the prototype.
const own = Object.prototype.hasOwnProperty.call.bind(Object.prototype.hasOwnProperty);

/**
 * @param {string} name of the language, in lower case
 * @param {string} text
 * @returns {Promise<Coloured>} undefined if there is no grammar, or it fails to load
 */
export async function colour(name, text) {
  const language = own(grammars, name) ? name : own(aliases, name) ? aliases[name] : undefined;
  if (!language) return undefined;
  try {
    await Promise.all([language, ...(INNER[language] ?? [])].map(load));
  } catch {
    return undefined;
  }
  return classified(pieces(text, language)).map(([part, token]) =>
    token ? make('span', { class: token }, part) : new Text(part),
  );
}

/** @param {string} language */
async function load(language) {
  if (hljs.getLanguage(language)) return;
  const { default: grammar, version } = await grammars[language]();
  if (version !== hljs.versionString) throw new Error('a grammar of another version');
  hljs.registerLanguage(language, grammar);
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
