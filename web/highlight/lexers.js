// The lexers of rouge.wasm, and their HTML as elements. Languages that few sites use are files,
// which the module gets when a page has such code.

import { lexers as files } from 'meridian:lexers';
import { importFile } from '../base/foreign.js';
import { RELEASE } from '../base/release.js';
import { instantiate, makeRouge } from '../engine/abi.js';
import { make } from '../base/elements.js';
import { compile } from '../net/fetch.js';

/** @typedef {(Element | Text)[] | undefined} Coloured  undefined: the code stays as it is */

// What the module writes: spans within text, none within another.
const PIECES = /<span class="(\w+)">([^<]*)<\/span>|[^<]+/g;
/** @type {Record<string, string>} */
const CHARACTERS = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
// Line breaks as a parser of HTML has them: Rouge may split one by the end of an element.
const textOf = (/** @type {string} */ html) =>
  html.replace(/\r\n?/g, '\n').replace(/&(amp|lt|gt);/g, (name) => CHARACTERS[name]);

/** @typedef {(name: string, code: string) => Promise<Coloured>} Lex */

/** @type {Promise<Lex> | undefined} */
let lexers;

/**
 * The text of a language's file; undefined if it has none, or the file fails to load.
 * @param {string} name the author's: `constructor` must not be found on the prototype
 * @returns {Promise<string | undefined>}
 */
async function fileOf(name) {
  if (!Object.hasOwn(files, name)) return undefined;
  const url = new URL(`./highlight/rouge-${files[name]}.js?${RELEASE}`, import.meta.url).href;
  return importFile(url).then(
    ({ default: text }) => text,
    () => undefined,
  );
}

/**
 * What colours code. Without the module, or without a lexer for the language, it gives nothing.
 * @returns {Promise<Lex>}
 */
export function loadLexers() {
  lexers ??= compile(new URL('./rouge.wasm', import.meta.url).href).then(
    async (module) => {
      const run = makeRouge(module, await instantiate(module));
      return async (name, code) => {
        const text = await fileOf(name);
        if (text) run('+', text);
        const html = new TextDecoder().decode(run(name, code).subarray(4));
        if (!html) return undefined;
        return Array.from(html.matchAll(PIECES), ([text, token, inside]) =>
          token ? make('span', { class: token }, textOf(inside)) : new Text(textOf(text)),
        );
      };
    },
    () => {
      lexers = undefined; // tried again on the next page
      return async () => undefined;
    },
  );
  return lexers;
}
