// The words of the search, in the language of the page.

import { languageOf, wordsIn } from '../base/language.js';

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
  language: 'Language',
  year: 'Year',
  tag: 'Tag',
  all: 'All',
  keys: '↑ ↓ to choose · Enter to open · Esc to close',
};

/** @typedef {typeof ENGLISH} Words */

/** @param {string} tag of the page's language */
export const wordsOf = (tag) =>
  wordsIn(ENGLISH, languageOf(tag || 'en'), () => import('./languages.js'));
