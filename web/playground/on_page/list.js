// A list of YAML with texts alone: on one line in brackets, or with an entry on each line.

import { readScalar, writeScalar } from './scalar.js';

/** @typedef {import('./scalar.js').Scalar} Scalar */
/**
 * Its lines, from `from` up to `to`; what stands before and behind the entries of one line, or
 * before each entry.
 * @typedef {{ key: string, from: number, to: number, entries: Scalar[], head: string, tail: string,
 *   flow: boolean }} List
 */

const FLOW = /^(\s*(?:- +)?([\w-]+)[ \t]*:[ \t]*\[[ \t]*)([^[\]{}]*?)([ \t]*\][ \t]*(?:#.*)?)$/;
const BLOCK = /^(\s*)([\w-]+)[ \t]*:[ \t]*(?:#.*)?$/;
const ENTRY = /^(\s*- +)(\S.*)$/;
const PIECE = /(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'])+/g;
// Entries of a form, and characters of a line that is read.
const MOST = 100;
const LONGEST = 2000;

/** @param {string} text */
function scalarOf(text) {
  const scalar = readScalar(`a: ${text.trim()}`);
  // An entry of its own keys is no text.
  return scalar && !scalar.quote && /:(\s|$)/.test(scalar.value) ? undefined : scalar;
}
/** @param {(Scalar | undefined)[]} entries @returns {entries is Scalar[]} */
const areTexts = (entries) =>
  entries.length > 0 && entries.length <= MOST && entries.every((one) => one);

/**
 * The list that begins at a line.
 * @param {string[]} lines
 * @param {number} from
 * @returns {List | undefined}
 */
export function readList(lines, from) {
  const line = lines[from].replace(/\r$/, '');
  if (line.length > LONGEST) return undefined;
  const flow = FLOW.exec(line);
  if (flow) {
    const [, head, key, inside, tail] = flow;
    const pieces = inside.match(PIECE) ?? [];
    const entries = pieces.map(scalarOf);
    // A sign of quotes that does not end is within a word.
    if (pieces.join(',') !== inside || !areTexts(entries)) return undefined;
    return { key, from, to: from + 1, entries, head, tail, flow: true };
  }
  const block = BLOCK.exec(line);
  if (!block) return undefined;
  const [, indent, key] = block;
  const found = [];
  let head = '';
  for (const one of lines.slice(from + 1, from + 2 + MOST)) {
    const [, mark = '', text = ''] = ENTRY.exec(one.replace(/\r$/, '')) ?? [];
    if (!mark || mark.length < indent.length + 2 || (head && mark !== head)) break;
    head = mark;
    found.push(text);
  }
  const entries = found.map(scalarOf);
  if (!areTexts(entries)) return undefined;
  return {
    key,
    from: from + 1,
    to: from + 1 + entries.length,
    entries,
    head,
    tail: '',
    flow: false,
  };
}

/**
 * Its lines with other entries; those that stay keep their quotes.
 * @param {List} list
 * @param {string[]} values
 * @returns {string[]}
 */
export function writeList({ entries, head, tail, flow }, values) {
  const written = values.map((value) => {
    const known = entries.find((one) => one.value === value);
    if (known && !known.quote) return value;
    const scalar = known ?? { ...entries[0], tail: '' };
    // A comma would end an entry of one line.
    const quote = scalar.quote || (flow && /[,[\]{}]/.test(value) ? '"' : '');
    return writeScalar({ ...scalar, head: '', quote }, value);
  });
  return flow ? [head + written.join(', ') + tail] : written.map((one) => head + one);
}
