// Prepares the theme's fonts before there is a page.

import { site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { settled, task } from '../net/fetch.js';
import { overlay } from './progress.js';

// Elements that a page begins with, one for each font face of the theme.
const WORDS = [
  ['header.masthead', 'nav', 'a'],
  ['h1.page__title'],
  ['div.page__content', 'p', 'a'],
  ['div.page__content', 'p', 'em'],
  ['div.page__content', 'p', 'strong'],
  ['div.page__content', 'ul', 'li', 'code'],
];

/**
 * Lays out invisible words during the loading of files, a task for each face: the first use of a
 * font takes longer than all else in a page's style and layout.
 * @param {HTMLLinkElement} [sheet] the theme's
 */
export async function warmUp(sheet) {
  if (sheet && !sheet.sheet) await settled(sheet);
  for (const names of WORDS) {
    await task();
    if (site.shown) return;
    const words = overlay('visibility:hidden');
    let inner = /** @type {HTMLElement} */ (words);
    for (const name of names) {
      const [tag, className = ''] = name.split('.');
      inner.append('The first page, 1 – 2: “it’s”', (inner = document.createElement(tag)));
      inner.className = className;
    }
    inner.append('The quick brown fox');
    words.offsetWidth; // its layout is what it is for
    words.remove();
  }
}
