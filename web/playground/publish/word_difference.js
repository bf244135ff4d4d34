// The words by which a page differs from another version of it.

import { diffLines } from '../history/diff.js';

/** @typedef {import('../frame/word_marks.js').Words} Words */

// Characters of all texts of a page: longer ones are not compared.
const LONGEST = 1 << 20;

/** The line of a text. @param {string} text */
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * The difference of two lists, as that of lines.
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @param {(item: T) => string} lineOf
 * @returns {{ before?: number, after?: number }[]} numbers from 1
 */
export function pairsOf(before, after, lineOf) {
  const [a, b] = [before, after].map((items) => items.map((item) => `${lineOf(item)}\n`).join(''));
  // The last line is empty in both.
  return diffLines(a, b).slice(0, -1);
}

/** The words of a text, with its number. @param {string} text @param {number} number */
const wordsOf = (text, number) =>
  [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ number, word, from: index }));

/**
 * Puts words that are neighbours together.
 * @param {ReturnType<typeof wordsOf>} words
 * @param {string[]} texts
 */
function joined(words, texts) {
  /** @type {Words[]} */
  const all = [];
  for (const { number, word, from } of words) {
    const last = all[all.length - 1];
    const to = from + word.length;
    if (last?.[0] === number && !texts[number].slice(last[2], from).trim()) last[2] = to;
    else all.push([number, from, to]);
  }
  return all;
}

/**
 * The words that only one of two pages has at their place, each by its texts.
 * @param {string[]} before
 * @param {string[]} after
 * @returns {{ gone: Words[], come: Words[] }}
 */
export function wordDifference(before, after) {
  /** @type {Record<'gone' | 'come', ReturnType<typeof wordsOf>>} */
  const found = { gone: [], come: [] };
  const compared = [before, after].every((texts) => texts.join('').length <= LONGEST);
  /** @type {[gone: number[], come: number[]]} texts that differ, since the last equal one */
  let run = [[], []];
  const end = () => {
    const [own, theirs] = [before, after].map((texts, at) =>
      run[at].flatMap((number) => wordsOf(texts[number], number)),
    );
    for (const { before: old = 0, after: now = 0 } of pairsOf(own, theirs, ({ word }) => word)) {
      if (!now) found.gone.push(own[old - 1]);
      else if (!old) found.come.push(theirs[now - 1]);
    }
    run = [[], []];
  };
  for (const { before: old = 0, after: now = 0 } of compared ? pairsOf(before, after, flat) : []) {
    if (!now) run[0].push(old - 1);
    else if (!old) run[1].push(now - 1);
    else end();
  }
  end();
  return { gone: joined(found.gone, before), come: joined(found.come, after) };
}
