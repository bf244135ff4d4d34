// The words of the search, in the language of the page.

import { languageOf } from '../base/language.js';
import { same } from '../base/release.js';

const ENGLISH = {
  search: 'Search',
  prompt: 'Search this site',
  start: 'Finds titles, headings and texts. The beginning of a word is enough.',
  count: 'Results: {}',
  none: 'Nothing found for “{}”.',
  hint: 'Try fewer or other words, or the beginning of one.',
  unfiltered: 'Search everything',
  recent: 'Recent searches',
  clear: 'Clear',
  close: 'Close',
  loading: 'Searching …',
  reading: 'Reading the pages: {}',
  failed: 'The search can’t be loaded.',
  offline: 'There is no connection to the network.',
  again: 'Try again',
  more: 'More results',
  collection: 'Kind',
  year: 'Year',
  tag: 'Tag',
  all: 'All',
  keys: '↑ ↓ to choose · Enter to open · Esc to close',
};

/** @typedef {typeof ENGLISH} Words */

/** @param {string} tag of the page's language @returns {Promise<Words>} */
export async function wordsIn(tag) {
  const language = languageOf(tag || 'en');
  if (language === 'en') return ENGLISH;
  // If the file is missing the words are English.
  const { LANGUAGES } = await import('./languages.js')
    .then(same)
    .catch(() => ({ LANGUAGES: /** @type {Record<string, string[]>} */ ({}) }));
  const others = LANGUAGES[language] ?? [];
  return /** @type {Words} */ (
    Object.fromEntries(
      Object.entries(ENGLISH).map(([key, english], at) => [key, others[at] ?? english]),
    )
  );
}
