// The languages whose words have stems, by which the search finds other forms of a word.

import { languageOf } from './language.js';

// Those of the theme's languages for which Snowball has an algorithm: Chinese and Japanese have no
// endings of this kind.
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'it', 'pt'];

/**
 * The name of the file with a language's stems in the folder of the shell; empty: it has none.
 * @param {string} tag of the language
 */
export function fileOfStems(tag) {
  const language = languageOf(tag);
  return LANGUAGES.includes(language) ? `stems/${language}.js` : '';
}
