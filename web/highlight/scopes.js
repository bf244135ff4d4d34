// Maps scopes of highlight.js to the class names of Rouge (and Pygments), so that a syntax style
// sheet for Jekyll fits. highlight.js distinguishes less than Rouge: words, operators and
// punctuation that it leaves plain are classified here.

/**
 * A piece of code: its text, and the scopes that highlight.js puts around it, outermost first.
 * @typedef {{ text: string, scopes: string[] }} Piece
 *
 * A piece of the result; the class may be empty.
 * @typedef {[text: string, name: string]} Span
 */

/** Scopes of highlight.js that have a class. @type {Record<string, string>} */
const BASE = {
  addition: 'gi',
  attr: 'na',
  attribute: 'na',
  built_in: 'nb',
  bullet: 'pi',
  'char.escape': 'se',
  code: 's',
  deletion: 'gd',
  doctag: 'cs',
  emphasis: 'ge',
  formula: 's',
  keyword: 'k',
  link: 'nl',
  literal: 'kc',
  meta: 'cp',
  name: 'nt',
  operator: 'o',
  property: 'nl',
  punctuation: 'p',
  quote: 'c',
  regexp: 'sr',
  section: 'gh',
  'selector-attr': 'nt',
  'selector-class': 'nc',
  'selector-id': 'nf',
  'selector-pseudo': 'nd',
  'selector-tag': 'nt',
  strong: 'gs',
  symbol: 'ss',
  'template-tag': 'cp',
  'template-variable': 'nv',
  'title.class': 'nc',
  'title.function': 'nf',
  title: 'nf',
  type: 'kt',
  variable: 'nv',
  'variable.constant': 'no',
  'variable.language': 'bp',
};
// Scopes around others: their content is classified by itself.
const OPEN = new Set(['class', 'function', 'params', 'subst', 'tag', 'string']);

// What plain text consists of, with its class.
/** @type {[RegExp, string | ((text: string) => string)][]} */
const KINDS = [
  [/(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_']*(\.\d*)?([eE][-+]?\d+)?)/, numberClass],
  [/[\p{L}_$][\p{L}\p{N}_$]*/u, 'n'],
  [/[-+*/%&|^!=<>~@]+/, 'o'],
  [/[()[\]{}.,;:?]+/, 'p'],
];
const SCANNER = new RegExp(
  KINDS.map(([part], index) => `(?<kind${index}>${part.source})`).join('|'),
  'gu',
);

/** @param {string} text */
function numberClass(text) {
  if (/^0x/i.test(text)) return 'mh';
  if (/^0b/i.test(text)) return 'mb';
  return /^\d[\d_']*$/.test(text) ? 'mi' : 'mf';
}

/** @param {string} text */
const commentClass = (text) => (/^(\/\*|\{-|\(\*|#=|=begin|<#)/.test(text) ? 'cm' : 'c1');

/**
 * Converts code parsed by highlight.js to spans with Rouge's classes.
 * @param {Piece[]} pieces
 * @returns {Span[]} in order; joined, the texts are the code
 */
export function classified(pieces) {
  /** @type {Span[]} */
  const spans = [];
  let quote = '';
  let inString = false;
  for (const { text, scopes } of pieces) {
    const string = scopes.lastIndexOf('string');
    const wasInString = inString;
    inString = string > scopes.lastIndexOf('subst');
    if (inString && !wasInString && !scopes.includes('subst'))
      quote = /['"`]/.exec(text.slice(0, 4))?.[0] ?? '';
    const scope =
      scopes
        .slice(inString ? string : 0)
        .filter((name) => !OPEN.has(name))
        .pop() ?? '';
    if (inString && !scope)
      spans.push([text, scopes.includes('meta') ? 'cpf' : quote === "'" ? 's1' : 's2']);
    else if (scopes[scopes.length - 1] === 'subst') spans.push(...readExpression(text));
    else spans.push(...readPiece(text, scope, scopes));
  }
  return join(spans);
}

/**
 * An expression in a string, with what surrounds it.
 * @param {string} text
 * @returns {Span[]}
 */
function readExpression(text) {
  const [, first, middle, last] = /** @type {RegExpExecArray} */ (
    /^([$#]?[{(]?)([^]*?)([})]?)$/.exec(text)
  );
  return [[first, 'si'], ...split(middle), [last, 'si']];
}

/**
 * @param {string} text
 * @param {string} scope
 * @param {string[]} scopes
 * @returns {Span[]}
 */
function readPiece(text, scope, scopes) {
  if (scope === 'comment') return [[text, commentClass(text)]];
  // An HTML tag with its brackets, an attribute with its equals sign.
  if (scopes.includes('tag') && scope !== 'attr')
    return [[text, /^[\s=]*$/.test(text) ? 'na' : 'nt']];
  if (scopes.includes('meta')) return [[text, 'cp']];
  if (scope === 'number') {
    const [, sign, digits, unit] = /** @type {RegExpExecArray} */ (
      /^([-+]?)(0[xX][\da-fA-F_']+|0[bB][01_']+|[\d_'.]*(?:[eE][-+]?\d+)?)([^]*)$/.exec(text)
    );
    if (!digits) return [[text, 'mi']];
    return [
      [sign, 'o'],
      [digits, numberClass(digits)],
      [unit, 'n'],
    ];
  }
  const name =
    BASE[scope] ?? BASE[scope.replace(/\.[^.]*$/, '')] ?? BASE[scope.replace(/\..*$/, '')];
  return scope && name !== undefined ? [[text, name]] : split(text);
}

/** Plain text, word by word. @param {string} text @returns {Span[]} */
function split(text) {
  /** @type {Span[]} */
  const spans = [];
  let at = 0;
  SCANNER.lastIndex = 0;
  for (let match = SCANNER.exec(text); match; match = SCANNER.exec(text)) {
    const { index, 0: found, groups = {} } = match;
    const [, name] = KINDS[Object.keys(groups).findIndex((key) => groups[key] !== undefined)];
    // A number is not part of a word or of another one. (Lookbehind is newer than the targets.) Its
    // digits are left out together: one by one each would be the begin of a number up to the end.
    if (name === numberClass && /[\w.]/.test(text.charAt(index - 1))) {
      SCANNER.lastIndex = index + found.search(/\D|$/);
      continue;
    }
    spans.push([text.slice(at, index), ''], [found, typeof name === 'string' ? name : name(found)]);
    at = index + found.length;
  }
  return [...spans, [text.slice(at), '']];
}

/**
 * Merges adjacent spans of one class, and removes the class of white space.
 * @param {Span[]} spans
 */
function join(spans) {
  /** @type {Span[]} */
  const joined = [];
  for (const [text, name] of spans) {
    if (!text) continue;
    const last = joined[joined.length - 1];
    const kind = /\S/.test(text) ? name : '';
    if (last?.[1] === kind) last[0] += text;
    else joined.push([text, kind]);
  }
  return joined;
}
