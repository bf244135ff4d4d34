// Makes one tree of nodes the same as another: what is equal stays as it is, with its focus and its
// listeners.

import { perhaps } from './util.js';
import { real } from './unclobbered.js';

// How far an equal node may have moved down (entries that went) to be found again.
const LOOK_AHEAD = 30;

/** @param {Element} from @param {Element} to is emptied on the way */
export const patch = (from, to) =>
  patchBetween(from, real(from).firstChild, null, [...real(to).childNodes]);

/**
 * The same of some children: those from `at` up to `end`, or to the last.
 * @param {Element} from
 * @param {ChildNode | null} at
 * @param {ChildNode | null} end
 * @param {ChildNode[]} nodes that are to stand there
 */
export function patchBetween(from, at, end, nodes) {
  for (const next of nodes) {
    const same = find(at, end, next);
    if (!same) {
      real(from).insertBefore(next, at);
      continue;
    }
    // The nodes between are gone.
    while (at && at !== same) at = drop(at);
    at = real(same).nextSibling;
    if (real(same).isEqualNode(next)) continue;
    if (same instanceof Element && next instanceof Element) {
      patchAttributes(same, next);
      patch(same, next);
    } else {
      same.nodeValue = next.nodeValue;
    }
  }
  while (at && at !== end) at = drop(at);
}

/** @param {Element} from @param {Element} to */
export function patchAttributes(from, to) {
  [from, to] = [real(from), real(to)];
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !isReaders(from, name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) {
    // Where a policy asks for Trusted Types, code in an attribute is refused: it alone.
    if (from.getAttribute(name) !== value && !isReaders(from, name))
      perhaps(() => from.setAttribute(name, value));
  }
}

/**
 * Whether an attribute is the reader's: an element that the reader has opened stays open.
 * @param {Element} element
 * @param {string} attribute
 */
const isReaders = (element, attribute) => attribute === 'open' && element.localName === 'details';

/** @param {ChildNode} node */
function drop(node) {
  const next = real(node).nextSibling;
  real(node).remove();
  return next;
}

/**
 * The node that `next` continues: an equal one nearby or one with its id, else what stands in its
 * place.
 * @param {ChildNode | null} at
 * @param {ChildNode | null} end up to which one looks
 * @param {ChildNode} next
 */
export function find(at, end, next) {
  if (!at || at === end) return null;
  const { nodeName } = real(next);
  const id = next instanceof Element && real(next).id;
  let steps = LOOK_AHEAD;
  for (
    let node = /** @type {ChildNode | null} */ (at);
    node && node !== end && steps--;
    node = real(node).nextSibling
  ) {
    const there = real(node);
    if (there.isEqualNode(next)) return node;
    if (id && there instanceof Element && there.id === id && there.nodeName === nodeName)
      return node;
  }
  // Comments hold no place: the marks of a page's parts come and go.
  let place = /** @type {ChildNode | null} */ (at);
  while (place && place !== end && nodeName !== '#comment' && real(place).nodeName === '#comment')
    place = real(place).nextSibling;
  if (!place || place === end || real(place).nodeName !== nodeName) return null;
  const fixed = id || nodeName === 'SCRIPT' || (place instanceof Element && real(place).id);
  return fixed ? null : place;
}
