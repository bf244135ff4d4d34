// Syntax highlighting of front matter, Liquid and the file's language, line by line. For display
// only: the core decides what a document means.

import { StreamLanguage } from '@codemirror/language';
import { bibtex, css, html, liquid, markdown, yaml } from './grammars.js';

/**
 * @typedef {import('./grammars.js').State} State
 * @typedef {import('./grammars.js').Stream} Stream
 * @typedef {import('./grammars.js').Grammar} Grammar
 */

/** @param {Stream} stream @param {State} state */
function opensLiquid(stream, state) {
  const found = /** @type {RegExpMatchArray | null} */ (stream.match(/^\{([{%])-?/));
  if (!found) return false;
  state.liquid = found[1] === '{' ? '}}' : '%}';
  return true;
}

/**
 * By file extension; data files have neither front matter nor Liquid.
 * @type {[RegExp, Grammar, data?: boolean][]}
 */
const KINDS = [
  [/\.(ya?ml|json|csv|tsv|toml)$/i, yaml, true],
  [/\.bib$/i, bibtex, true],
  [/\.(s?css|sass)$/i, css],
  [/\.(x?html?|xml|svg|liquid)$/i, html],
];
const COMMENTS = new Map([
  [yaml, { line: '#' }],
  [bibtex, { line: '%' }],
  [css, { block: { open: '/*', close: '*/' } }],
]);

/**
 * Cached by grammar: CodeMirror never releases a language.
 * @type {Map<Grammar, StreamLanguage<State>>}
 */
const LANGUAGES = new Map();

/** @param {string} path of the file */
export function languageOf(path) {
  const [, grammar, data] = KINDS.find(([name]) => name.test(path)) ?? [/$/, markdown];
  let language = LANGUAGES.get(grammar);
  if (!language) LANGUAGES.set(grammar, (language = define(grammar, data)));
  return language;
}

// Characters of a highlighted line. The grammars look ahead to the end of the line from each word.
const LONGEST_LINE = 4000;

/** @param {Grammar} grammar @param {boolean} [data] */
function define(grammar, data) {
  return StreamLanguage.define({
    name: 'jekyll',
    startState: () =>
      /** @type {State} */ ({
        part: data ? 'text' : 'start',
        fence: '',
        liquid: '',
        inner: '',
        depth: 0,
      }),
    copyState: (state) => ({ ...state }),
    token(stream, state) {
      if (stream.string.length > LONGEST_LINE) {
        stream.skipToEnd();
        return null;
      }
      if (state.liquid) return liquid(stream, state);
      if (
        stream.sol() &&
        (state.part === 'start' || state.part === 'front') &&
        /^---\s*$/.test(stream.string)
      ) {
        state.part = state.part === 'start' ? 'front' : 'text';
        stream.skipToEnd();
        return 'meta';
      }
      if (state.part === 'start') state.part = 'text';
      if (state.part === 'front') return yaml(stream, state);
      if (!data && opensLiquid(stream, state)) return 'processingInstruction';
      return grammar(stream, state);
    },
    languageData: {
      commentTokens: COMMENTS.get(grammar) ?? { block: { open: '<!--', close: '-->' } },
      ...(grammar === markdown && { closeBrackets: { brackets: ['(', '[', '{', "'", '"', '`'] } }),
    },
  });
}
