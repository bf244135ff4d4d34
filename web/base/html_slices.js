// HTML of somebody else's as a document, read a piece at a time: the browser's parser can't be
// ended, and a small text becomes a great many elements (each `<b id=…>` that is left open is made
// anew in every paragraph behind it).

import { document, real } from './unclobbered.js';

/**
 * A document of as many elements as are allowed, in so deep a tree. `cut`: what lies behind them is
 * left out.
 * @typedef {{ page: Document, cut: boolean }} Read
 */
/** @typedef {{ elements: number, depth: number }} Limits */

// Of a page that came from elsewhere: its elements, and how deep they are (the core nests Markdown
// and HTML as deep). Browsers take minutes for what a small link can unpack to.
export const PAGE = { elements: 30_000, depth: 256 };

// Characters of a piece. In each the elements that are open, `depth` at most, can be made anew for
// every tag.
const PIECE = 1024;
// Attributes of an element. Each that is taken away moves those behind it.
const ATTRIBUTES = 100;

/**
 * How many elements are open: each new one is the last within the one before.
 * @param {Document} page
 */
function depthOf(page) {
  let depth = 0;
  for (
    let element = /** @type {Element | null} */ (page.documentElement);
    element;
    element = real(element).lastElementChild
  )
    depth++;
  return depth;
}

/**
 * Reads a text; whoever asks for the next step may rest before it.
 * @param {string} html
 * @param {Limits} limits
 * @param {(piece: string) => string} trust what a policy of Trusted Types makes of it
 * @returns {Generator<void, Read>}
 */
export function* readSlices(html, { elements, depth }, trust) {
  const page = real(document.implementation.createHTMLDocument(''));
  const all = page.getElementsByTagName('*');
  let at = 0;
  // Comments and end tags are no elements, and take as long.
  let signs = 4 * elements;
  for (; at < html.length; at += PIECE) {
    const piece = html.slice(at, at + PIECE);
    signs -= piece.split('<').length - 1;
    if (signs < 0 || all.length > elements || depthOf(page) > depth) break;
    page.write(trust(piece));
    yield;
  }
  page.close();
  for (const element of [...all])
    if (real(element).attributes.length > ATTRIBUTES) real(element).remove();
  return { page, cut: at < html.length };
}

/**
 * The same without a rest.
 * @param {string} html
 * @param {Limits} limits
 * @param {(piece: string) => string} trust
 * @returns {Read}
 */
export function readAtOnce(html, limits, trust) {
  const slices = readSlices(html, limits, trust);
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
