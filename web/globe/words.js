// A globe's words: the element's `data-…` attributes, else those of the page's language, else
// English.

import { same } from '../base/release.js';

/** The words in English. */
const ENGLISH = {
  globe: 'Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop.',
  hint: 'Drag to orbit · Click, then scroll to zoom · Hover for the name',
  hintUsed: 'Drag to orbit · Scroll to zoom · Hover for the name',
  hintTouch: 'Drag sideways to orbit · Pinch to zoom · Tap for the name',
  list: 'Stops',
  stops: 'stops',
  countries: 'countries / regions',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  home: 'Back to the first view',
  play: 'Follow the journey',
  pause: 'Pause',
  full: 'Full screen',
  journey: 'Journey',
  speed: 'Speed',
  fromYear: 'From',
  toYear: 'to',
  none: 'There are no stops.',
  lost: 'Not on the globe',
  save: 'Save the picture',
};

/** @typedef {typeof ENGLISH} Words */

/** @param {HTMLElement} element @returns {Promise<Words>} */
export async function wordsOf(element) {
  const tag =
    /** @type {HTMLElement | null} */ (element.closest('[lang]'))?.lang.toLowerCase() || 'en';
  const language = /^zh-(hant|tw|hk|mo)/.test(tag) ? 'zh-hant' : tag.split('-')[0];
  const words = { ...ENGLISH };
  if (language !== 'en') {
    // If the file is missing the words are English.
    const { LANGUAGES } = await import('./languages.js')
      .then(same)
      .catch(() => ({ LANGUAGES: /** @type {typeof import('./languages.js').LANGUAGES} */ ({}) }));
    Object.keys(ENGLISH).forEach(
      (key, at) =>
        (words[/** @type {keyof Words} */ (key)] =
          LANGUAGES[language]?.[at] ?? words[/** @type {keyof Words} */ (key)]),
    );
  }
  return Object.assign(words, element.dataset);
}
