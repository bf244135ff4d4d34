// Positions of the content's parts in the frame's window, for scrolling and clicks.

import { watchHand } from '../ui/user_scroll.js';
import { document, real } from '../../base/unclobbered.js';

/**
 * A position on the page: a part of its content, and the share of its height, from 0 to 1. `lazy`:
 * only if it is not in view.
 * @typedef {{ part: number, share: number, lazy?: boolean }} Place
 */

/**
 * The bounding box of a part.
 * @param {ChildNode[]} marks
 * @param {number} part
 */
function boxOf(marks, part) {
  const range = document.createRange();
  range.setStartAfter(marks[part]);
  range.setEndBefore(marks[part + 1]);
  return range.getBoundingClientRect();
}

/** @param {ChildNode[]} marks @param {Place} place */
export function scrollToPlace(marks, { part, share, lazy }) {
  if (part + 1 >= marks.length) return;
  if (part === 0 && share === 0 && !lazy) return scrollTo({ top: 0, behavior: 'instant' });
  const box = boxOf(marks, part);
  const top = box.top + share * box.height;
  if (lazy && top > 0 && top < innerHeight - 40) return;
  scrollTo({ top: scrollY + top - (lazy ? innerHeight / 2 : 0), behavior: 'instant' });
}

/**
 * The part at a vertical position of the window.
 * @param {ChildNode[]} marks
 * @param {number} y
 * @returns {Place | undefined}
 */
function placeAt(marks, y) {
  if (marks.length < 2) return undefined;
  let [low, high] = [0, marks.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (boxOf(marks, middle).top <= y) low = middle;
    else high = middle;
  }
  const { top, height } = boxOf(marks, low);
  return { part: low, share: height ? Math.min(1, Math.max(0, (y - top) / height)) : 0 };
}

// Characters of context, on each side of a click, for the search in the source.
const WORD = 100;

/** The word at a click. @param {MouseEvent} event */
function wordAt({ clientX, clientY }) {
  // The standard's method, and the one that Chromium and Safari have had before.
  const position = document.caretPositionFromPoint?.(clientX, clientY);
  const range = position ? undefined : document.caretRangeFromPoint?.(clientX, clientY);
  const node = position?.offsetNode ?? range?.startContainer;
  const text = node?.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '';
  const at = position?.offset ?? range?.startOffset ?? 0;
  const begin = /[\p{L}\p{N}]*$/u.exec(text.slice(Math.max(0, at - WORD), at))?.[0] ?? '';
  return begin + (/^[\p{L}\p{N}]*/u.exec(text.slice(at, at + WORD))?.[0] ?? '');
}

/**
 * Reports where the reader scrolls and clicks.
 * @param {() => ChildNode[]} marks of the parts, none when they are not known
 * @param {(place: Place) => void} scrolled
 * @param {(place: Place, text: string) => void} pointed
 */
export function watchPlaces(marks, scrolled, pointed) {
  const hand = watchHand(document);
  let frame = 0;
  document.addEventListener(
    'scroll',
    () => {
      if (!hand.scrolls()) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const place = scrollY > 0 ? placeAt(marks(), 0) : { part: 0, share: 0 };
        if (place) scrolled(place);
      });
    },
    { passive: true },
  );
  document.addEventListener('click', (event) => {
    // A click that selects, follows, opens or fills in something is not meant for the source.
    if (
      event.defaultPrevented ||
      !getSelection()?.isCollapsed ||
      !(event.target instanceof Element) ||
      real(event.target).closest(
        'a, button, input, select, textarea, label, summary, video, audio, meridian-globe',
      )
    )
      return;
    const parent = marks()[0]?.parentElement;
    if (!parent || !real(parent).contains(event.target)) return;
    const place = placeAt(marks(), event.clientY);
    if (place) pointed(place, wordAt(event));
  });
}
