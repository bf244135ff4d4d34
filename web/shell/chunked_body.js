// A long page in pieces: its first screen at once, the rest by and by, as if it came from a slow
// host. Style and layout of a whole article are one long task else, in which the browser shows
// nothing and hears nobody.

import { task } from '../net/fetch.js';
import { document, real } from '../base/unclobbered.js';

// Elements whose children stand one below the other; all others are added as a whole.
const GROWS = /^(BODY|MAIN|DIV|ARTICLE|SECTION|[OUD]L)$/;
// A letter takes about so many square pixels, and a head comes before: what is shown first fills
// the window.
const LETTER = 220;
// A body of at most so many windows' height is added as a whole.
const SHORT = 1.25;
// Characters of a piece at first, the milliseconds that it should take, and how many pieces there
// are at most: with some style sheets each costs as much as the whole page.
const PIECE = 1500;
const TASK = 16;
const PIECES = 100;
/** @param {Node} node */
const lengthOf = (node) => real(node).textContent?.length ?? 0;

/** Nodes still to be added, in document order. @type {[parent: Node, node: Node][]} */
let rest = [];
let least = 0;

/**
 * Takes off the body of a document what comes after its first screen. What was still to come of
 * another page is forgotten.
 * @param {Node} body @param {boolean} [whole] nothing is taken off
 */
export function takeRest(body, whole) {
  const length = lengthOf(body);
  // Not innerWidth: for it the browser lays out what is there.
  let room = Math.min(outerWidth * outerHeight || Infinity, screen.width * screen.height) / LETTER;
  if (whole || length < room * SHORT) room = Infinity;
  rest = [];
  least = length / PIECES;
  /** @param {Node} parent */
  const walk = (parent) => {
    for (const node of [...real(parent).childNodes]) {
      if (room <= 0) {
        rest.push([parent === body ? document.body : parent, node]);
        real(parent).removeChild(node);
        continue;
      }
      const length = lengthOf(node);
      if (length > room && GROWS.test(real(node).nodeName)) walk(node);
      else room -= length;
    }
  };
  walk(body);
}

/** Brings some of the rest, about `size` characters. @param {number} size */
function bring(size) {
  while (size > 0 && rest.length) {
    const [parent, node] = /** @type {[Node, Node]} */ (rest.shift());
    const length = lengthOf(node);
    if (length > Math.max(size, PIECE) && GROWS.test(real(node).nodeName)) {
      rest.unshift(
        ...[...node.childNodes].map((child) => /** @type {[Node, Node]} */ ([node, child])),
      );
      node.textContent = '';
    } else size -= length || 1;
    real(parent).appendChild(node);
  }
}

/** The page is to be whole now: somebody looks for a place in it. */
export const bringAll = () => bring(Infinity);

/** Brings the rest, a task for each piece. */
export async function bringRest() {
  let size = PIECE;
  while (rest.length) {
    await task();
    const begin = performance.now();
    // Where nobody looks the browser lets a task run once a second.
    bring(document.hidden ? Infinity : Math.max(size, least));
    document.body.offsetHeight; // its layout is part of what it takes
    size *= Math.min(2, TASK / (performance.now() - begin));
  }
}
