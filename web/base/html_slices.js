// Parses untrusted HTML in slices: the browser's parser can't be stopped, and a small text can
// become very many elements (each open `<b id=…>` is created again in every following paragraph).

import { document, real } from './unclobbered.js';

/**
 * A document with a limited number of elements and limited depth. `cut`: the rest was omitted.
 * @typedef {{ page: Document, cut: boolean }} Read
 */
/** @typedef {{ elements: number, depth: number }} Limits */

// Limits for untrusted pages: number of elements and their depth (the core nests Markdown and HTML
// as deep). Browsers take minutes for what a small link can unpack to.
export const PAGE = { elements: 30_000, depth: 256 };

// Characters of a slice. In each the open elements, at most `depth`, can be created again for every
// tag.
const PIECE = 1024;
// Attributes of an element. Removing one moves all that follow it.
const ATTRIBUTES = 100;

/**
 * The number of open elements: each new one is the last child of the one before.
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
 * Parses a text in slices; the caller may yield between two steps of the generator.
 * @param {string} html
 * @param {Limits} limits
 * @param {(piece: string) => string} trust what a policy of Trusted Types makes of it
 * @returns {Generator<void, Read>}
 */
export function* readSlices(html, { elements, depth }, trust) {
  const page = real(document.implementation.createHTMLDocument(''));
  const all = page.getElementsByTagName('*');
  let at = 0;
  // Comments and end tags are not elements, but take as long.
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
 * Parses a text without yielding.
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
