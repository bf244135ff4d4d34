// Two texts line by line.

import { difference } from '../editor/difference.js';

/**
 * A line of both, or of one: `before` and `after` are its numbers, from 1; `part`: what of it
 * changed, in characters.
 * @typedef {{ text: string, before?: number, after?: number, part?: [from: number, to: number] }}
 * Line
 */

// Pairs of lines that are compared: more changed lines are shown as a whole.
const MOST = 4_000_000;

/**
 * The longest common subsequence of lines.
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number][]} pairs of equal lines
 */
function common(a, b) {
  if (a.length * b.length > MOST) return [];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {Line[]} in order; a changed line is one that goes and one that comes
 */
export function diffLines(before, after) {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin++;
  let end = 0;
  while (
    end < a.length - begin &&
    end < b.length - begin &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  /** @type {Line[]} */
  const lines = [];
  const same = (/** @type {number} */ i, /** @type {number} */ j) =>
    lines.push({ text: a[i], before: i + 1, after: j + 1 });
  for (let i = 0; i < begin; i++) same(i, i);
  const middle = common(a.slice(begin, a.length - end), b.slice(begin, b.length - end));
  let [i, j] = [begin, begin];
  for (const [x, y] of [...middle, [a.length - end - begin, b.length - end - begin]]) {
    const [gone, come] = [a.slice(i, begin + x), b.slice(j, begin + y)];
    for (const [at, text] of gone.entries())
      lines.push({ text, before: i + at + 1, part: partOf(text, come[at], false) });
    for (const [at, text] of come.entries())
      lines.push({ text, after: j + at + 1, part: partOf(gone[at], text, true) });
    [i, j] = [begin + x, begin + y];
    if (i < a.length - end) same(i++, j++);
  }
  for (let at = 0; at < end; at++) same(a.length - end + at, b.length - end + at);
  return lines;
}

/**
 * The part of a line that another one does not have.
 * @param {string | undefined} before
 * @param {string | undefined} after
 * @param {boolean} second of which of them
 * @returns {[number, number]}
 */
function partOf(before, after, second) {
  if (before === undefined || after === undefined)
    return [0, (second ? after : before)?.length ?? 0];
  const { from, to, insert } = difference(before, after);
  return [from, second ? from + insert.length : to];
}
