// Stems of words, by which a word finds its other forms: a file for each language that has them.

import { importFile } from '../base/foreign.js';
import { RELEASE, same } from '../base/release.js';
import { fileOfStems } from '../base/stem_files.js';

/**
 * Returns the stem of a word as the index has it: in lower case, without diacritics.
 * @typedef {(word: string) => string} Stem
 */

// Milliseconds that a search waits for stems, without which it finds less, but something.
const PATIENCE = 1000;
/** @type {Stem} */
const none = () => '';

/** @type {Map<string, Promise<Stem>>} */
const loaded = new Map();

/** @param {string} file */
const load = (file) =>
  importFile(`${new URL(file, import.meta.url).href}?${RELEASE}`)
    .then(same)
    .then(({ stem }) => stem);

/**
 * The stems of a language. Empty ones where it has none, and as long as its file can't be had: then
 * words are found by a few endings.
 * @param {string} tag of the language
 * @returns {Promise<Stem>}
 */
export function stemOf(tag) {
  const file = fileOfStems(tag);
  if (!file) return Promise.resolve(none);
  const loading =
    loaded.get(file) ??
    load(file).catch(() => {
      loaded.delete(file); // the next search tries again
      return none;
    });
  loaded.set(file, loading);
  return Promise.race([
    loading,
    new Promise((resolve) => setTimeout(() => resolve(none), PATIENCE)),
  ]);
}
