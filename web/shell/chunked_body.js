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
// Bodies of at most this many windows' height are added whole, and those of at most this weight:
// their layout takes less than a frame in between.
const SHORT = 1.25;
const LIGHT = 12_000;
// Weight of the first part, the milliseconds that a part should take (a reader feels no longer
// delay), and the maximal number of parts: with some style sheets each costs as much as the whole
// page.
const PIECE = 3000;
const TASK = 100;
const PIECES = 100;
// An element takes as long as so many characters.
const ELEMENT = 50;
/** @param {any} node */
const lengthOf = (node) => real(node).textContent.length;
/** What a node takes, in characters. @param {any} node */
const weightOf = (node) =>
  lengthOf(node) + ELEMENT * (1 + (real(node).getElementsByTagName?.('*').length ?? 0));

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
  const [length, weight] = [lengthOf(body), weightOf(body)];
  // Not innerWidth, which forces a layout.
  let room = Math.min(outerWidth * outerHeight || Infinity, screen.width * screen.height) / LETTER;
  if (whole || length < room * SHORT || weight < LIGHT) room = Infinity;
  rest = [];
  least = weight / PIECES;
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

/** Adds pending nodes of about `size`; gives the weight of what was added. @param {number} size */
function bring(size) {
  let added = 0;
  while (added < size && rest.length) {
    const [parent, node] = /** @type {[Node, Node]} */ (rest.shift());
    const weight = weightOf(node);
    if (weight > Math.max(size - added, PIECE) && GROWS.test(real(node).nodeName)) {
      rest.unshift(
        ...[...node.childNodes].map((child) => /** @type {[Node, Node]} */ ([node, child])),
      );
      node.textContent = '';
    } else added += weight;
    real(parent).appendChild(node);
  }
  return added;
}

/** Adds all pending nodes at once: a place in the page is searched. */
export const bringAll = () => bring(Infinity);

/** Adds the pending nodes, a task for each part. */
export async function bringRest() {
  let size = PIECE;
  let added = 0;
  let spent = 0;
  while (rest.length) {
    await (window.scheduler?.yield?.() ?? task()); // A timer waits for four milliseconds.
    const begin = performance.now();
    // Background tabs run timers once a second.
    added += bring(document.hidden ? Infinity : Math.max(size, least));
    document.body.offsetHeight; // its layout is part of what it takes
    // By all parts so far: a single one may have been interrupted.
    spent += performance.now() - begin;
    size = Math.min(2 * size, (TASK * added) / spent);
  }
}
