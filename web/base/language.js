// The language that a page's or an element's language tag means, and words in it.

import { same } from './release.js';

/**
 * The language of a tag in lower case, without its region; `zh-hant` for traditional Chinese.
 * @param {string} tag
 */
export const languageOf = (tag) =>
  /^zh[-_](hant|tw|hk|mo)/i.test(tag) ? 'zh-hant' : tag.toLowerCase().split(/[-_]/)[0];

/**
 * Words in a language: those of a file that `load` gets, in the order of the English ones. English
 * where the file, the language or a word of it is missing.
 * @template {Record<string, string>} Words
 * @param {Words} english
 * @param {string} language as languageOf gives it
 * @param {() => Promise<{ release: string, LANGUAGES: Record<string, string[]> }>} load
 * @returns {Promise<Words>}
 */
export async function wordsIn(english, language, load) {
  if (language === 'en') return english;
  const others = await load()
    .then(same)
    .then(
      ({ LANGUAGES }) => LANGUAGES[language],
      () => undefined,
    );
  const words = Object.entries(english).map(([key, word], at) => [key, others?.[at] ?? word]);
  return /** @type {Words} */ (Object.fromEntries(words));
}
