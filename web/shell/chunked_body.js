// Shows a long page in parts: its first screen at once, the rest in further tasks, as from a slow
// host. Otherwise style and layout of a whole article are one long task, in which the browser
// paints nothing and handles no input.

import { task } from '../net/fetch.js';
import { document, real } from '../base/unclobbered.js';

// Elements whose children are stacked vertically; all others are added whole.
const GROWS = /^(BODY|MAIN|DIV|ARTICLE|SECTION|[OUD]L)$/;
// Approximate area of a character in square pixels; the first part fills the window, below the
// page's header.
const LETTER = 220;
// Bodies of at most this many windows' height are added whole.
const SHORT = 1.25;
// Characters of the first part, the milliseconds that a part should take, and the maximal number of
// parts: with some style sheets each costs as much as the whole page.
const PIECE = 1500;
const TASK = 16;
const PIECES = 100;
/** @param {Node} node */
const lengthOf = (node) => real(node).textContent?.length ?? 0;

/** Nodes still to add, in document order. @type {[parent: Node, node: Node][]} */
let rest = [];
let least = 0;

/**
 * Removes everything after the first screen from a document's body, to add it later. Pending nodes
 * of another page are discarded.
 * @param {Node} body
 * @param {boolean} [whole] nothing is taken off
 */
export function takeRest(body, whole) {
  const length = lengthOf(body);
  // Not innerWidth, which forces a layout.
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

/** Adds pending nodes of about `size` characters. @param {number} size */
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

/** Adds all pending nodes at once: a place in the page is searched. */
export const bringAll = () => bring(Infinity);

/** Adds the pending nodes, a task for each part. */
export async function bringRest() {
  let size = PIECE;
  while (rest.length) {
    await task();
    const begin = performance.now();
    // Background tabs run timers once a second.
    bring(document.hidden ? Infinity : Math.max(size, least));
    document.body.offsetHeight; // its layout is part of what it takes
    size *= Math.min(2, TASK / (performance.now() - begin));
  }
}
