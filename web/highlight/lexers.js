// The lexers of rouge.wasm, and their HTML as elements.

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

/** @type {Promise<(name: string, code: string) => Coloured> | undefined} */
let lexers;

/**
 * What colours code. Without the module, or without a lexer for the language, it gives nothing.
 * @returns {Promise<(name: string, code: string) => Coloured>}
 */
export function loadLexers() {
  lexers ??= compile(new URL('./rouge.wasm', import.meta.url).href).then(
    async (module) => {
      const run = makeRouge(module, await instantiate(module));
      return (name, code) => {
        const html = new TextDecoder().decode(run(name, code).subarray(4));
        if (!html) return undefined;
        return Array.from(html.matchAll(PIECES), ([text, token, inside]) =>
          token ? make('span', { class: token }, textOf(inside)) : new Text(textOf(text)),
        );
      };
    },
    () => {
      lexers = undefined; // tried again on the next page
      return () => undefined;
    },
  );
  return lexers;
}
