// Marks of pictures: those by which the page differs from another version of it. Showing the page
// anew takes away what a mark adds to an element, so it is added again.

import { document } from '../../base/unclobbered.js';
import { sourceOf } from './page_pictures.js';

/** A picture's number on the page, and the words for its mark. */
/** @typedef {[picture: number, words: string]} Marked */

const MARK = 'data-meridian-mark';

/** What is marked, and as what. @type {[kind: string, pictures: Marked[]]} */
let marks = ['', []];

/** @returns {NodeListOf<HTMLImageElement>} */
const all = () => document.querySelectorAll('img,video');

/** The pictures of the page, in order: the paths of their files, else their addresses. */
export const pictures = () => [...all()].map(sourceOf);

/** Adds the marks where they are not. */
export function keepPictures() {
  const there = all();
  for (const [number, words] of marks[1]) {
    const one = there[number];
    if (!one || one.hasAttribute(MARK)) continue;
    one.setAttribute(MARK, marks[0]);
    const text = one.getAttribute('aria-label') ?? one.getAttribute('alt');
    one.setAttribute('aria-label', text ? `${words}: ${text}` : words);
  }
}

/**
 * Marks these pictures, once the page is shown anew.
 * @param {string} kind
 * @param {Marked[]} chosen
 * @returns {boolean} others were marked
 */
export function markPictures(kind, chosen) {
  const { length } = marks[1];
  marks = [kind, chosen];
  return length > 0;
}
