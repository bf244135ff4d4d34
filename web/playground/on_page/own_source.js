// Where the source of a formula, a footnote or a citation is in a text.

/** @typedef {import('../frame/page_own.js').Own} Own */
/**
 * Its characters in the text, what they are, and what it must not have: it would end there.
 * @typedef {{ from: number, to: number, value: string, ends: RegExp }} OwnSource
 */

// What stands before a formula, by what stands behind it; a longer sign first.
const FORMULAS = /** @type {const} */ ([
  ['```', /```+ *math[^\n]*\n\s*$/],
  ['$$', /\$\$\s*$/],
  ['`$', /\$`\s*$/],
  ['\\\\)', /\\\\\(\s*$/],
  ['\\\\]', /\\\\\[\s*$/],
  ['$', /\$$/],
]);
// Characters that are looked at around one; before one, as long as its paragraph is.
const AROUND = 80;
const PARAGRAPH = 2000;
const BLANK = /\n[ \t]*\n/;
const DEFINITION = /^((?:[ >]*)\[\^([^\]\n]+)\]:[ \t]*)(.*)/;
// Behind the first line of a footnote: until an empty one or another definition.
const ENDS = /^[ >]*(?:$|\[\^?[^\]\n]+\]:)/;

/** @param {string} text @param {Own} own @returns {OwnSource | undefined} */
function findFormula(text, { text: tex, before }) {
  const value = tex.trim();
  let found = 0;
  for (let from = 0; value && (from = text.indexOf(value, from)) >= 0; from++) {
    const to = from + value.length;
    const ahead = text.slice(Math.max(0, from - AROUND), from);
    const behind = text.slice(to, to + AROUND).trimStart();
    const [sign] =
      FORMULAS.find(([close, open]) => behind.startsWith(close) && open.test(ahead)) ?? [];
    if (sign === undefined) continue;
    // Between two formulas there is none.
    const near = text.slice(Math.max(0, from - PARAGRAPH), from);
    const signs = near.slice(near.lastIndexOf('\n\n') + 1).split(sign).length - 1;
    if ((sign === '$$' && signs % 2 === 0) || found++ < before) continue;
    const ends = new RegExp(`${sign.replace(/[$\\)\]]/g, '\\$&')}|${BLANK.source}`);
    return { from, to, value, ends };
  }
  return undefined;
}

/** @param {string} text @param {Own} own @returns {OwnSource | undefined} */
function findFootnote(text, { text: name }) {
  const lines = text.split('\n');
  for (let [line, at] = [0, 0]; line < lines.length; at += lines[line++].length + 1) {
    const definition = DEFINITION.exec(lines[line]);
    if (definition?.[2].toLowerCase() !== name.toLowerCase()) continue;
    const from = at + definition[1].length;
    let to = at + lines[line].length;
    for (let next = line + 1; next < lines.length && !ENDS.test(lines[next].trimEnd()); next++)
      to += lines[next].length + 1;
    const value = text.slice(from, to).trimEnd();
    return { from, to: from + value.length, value, ends: BLANK };
  }
  return undefined;
}

/** @param {string} text @param {Own} own @returns {OwnSource | undefined} */
function findCitation(text, { text: key, before }) {
  let found = 0;
  for (const { 0: whole, 1: inside, index } of text.matchAll(/\{%([^%\n]*)%\}/g)) {
    const [tag, ...keys] = inside.replace(/^-|-$/g, '').trim().split(/\s+/);
    if (!tag.startsWith('cite') || !keys.includes(key) || found++ < before) continue;
    const value = keys.join(' ');
    const at = whole.indexOf(value);
    if (at < 0) return undefined;
    const from = index + at;
    return { from, to: from + value.length, value, ends: /[%{}\n]/ };
  }
  return undefined;
}

const FINDERS = { formula: findFormula, footnote: findFootnote, citation: findCitation };

/** @param {string} text @param {Own} own */
export const findSource = (text, own) => FINDERS[own.kind](text, own);
