// A globe's words: the element's `data-…` attributes, else those of the page's language, else
// English.

import { languageOf, wordsIn } from '../base/language.js';
import { perhaps } from '../base/util.js';

/**
 * The words in English. A word for what is counted has a form for each kind of number that needs
 * one, by the categories of CLDR; the last one is for all others.
 */
const ENGLISH = {
  globe: 'Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop.',
  hint: 'Drag to orbit · Click, then scroll to zoom · Hover for the name',
  hintUsed: 'Drag to orbit · Scroll to zoom · Hover for the name',
  hintTouch: 'Drag sideways to orbit · Pinch to zoom · Tap for the name',
  list: 'Stops',
  stops: 'one:stop|stops',
  countries: 'one:country / region|countries / regions',
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
  failed: 'The globe could not be loaded.',
};

/** @typedef {typeof ENGLISH} Texts */
/** @typedef {Texts & { counted(key: 'stops' | 'countries', count: number): string }} Words */

/** @param {HTMLElement} element @returns {Promise<Words>} */
export async function wordsOf(element) {
  const language = languageOf(
    /** @type {HTMLElement | null} */ (element.closest('[lang]'))?.lang || 'en',
  );
  const words = {
    ...(await wordsIn(ENGLISH, language, () => import('./languages.js'))),
    ...element.dataset,
    counted,
  };
  return words;

  /** @param {'stops' | 'countries'} key @param {number} count */
  function counted(key, count) {
    const forms = words[key].split('|');
    const kind = `${perhaps(() => new Intl.PluralRules(language).select(count))}:`;
    const form = forms.find((text) => text.startsWith(kind));
    return `${count} ${form ? form.slice(kind.length) : forms[forms.length - 1]}`;
  }
}
