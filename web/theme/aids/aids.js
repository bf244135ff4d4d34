// Reading aids: popovers of footnotes and citations, anchors of headings and buttons that copy, a
// table of contents that follows, pictures enlarged, progress. Loaded by pages for which
// `meridian: {aids: …}` asks, also written ones, or by a script tag in a layout of one's own.
// Without it the page is complete.

import { adoptSheet } from '../../base/adopt_sheet.js';
import { make } from '../../base/elements.js';
import { enhance } from '../../base/patches.js';
import { foreign } from '../../base/release.js';
import { document } from '../../base/unclobbered.js';
import { addCopyButtons, addHeadingAnchors } from './copy.js';
import { openNotes } from './notes.js';
import { followContents, showProgress } from './scroll.js';
import { STYLE } from './style.js';
import { wordsOf } from './words.js';
import { enlargePictures } from './zoom.js';

/** @typedef {import('./words.js').Words} Words */

/**
 * What each name of the configuration starts.
 * @type {Record<string, (main: Element, words: Words) => void>}
 */
const AIDS = {
  anchors: addHeadingAnchors,
  contents: followContents,
  copy: addCopyButtons,
  notes: openNotes,
  progress: showProgress,
  zoom: enlargePictures,
};
const ALL = 'anchors contents copy notes zoom';

const script = /** @type {HTMLElement | null} */ (document.querySelector('script[src*="aids.js"]'));

// Each adds nothing twice: the script of a page that is shown again runs again, and what it adds
// may have outlived a patch.
enhance(() => {
  if (foreign()) return;
  const main = document.querySelector('main, [role=main], article') ?? document.body;
  const words = wordsOf(document.documentElement.lang);
  if (!getComputedStyle(document.documentElement).getPropertyValue('--aids'))
    adoptSheet(window.document, STYLE);
  if (!main.querySelector('.aid-status'))
    main.append(make('span', { class: 'aid-status', role: 'status' }));
  const asked = script?.dataset.aids ?? 'true';
  for (const name of (asked === 'true' ? ALL : asked).split(' ')) AIDS[name]?.(main, words);
});
