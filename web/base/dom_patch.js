// Patches one tree of nodes to equal another: equal nodes stay, with their focus and listeners.

import { perhaps } from './util.js';
import { real } from './unclobbered.js';

// How many removed entries further down an equal node is searched.
const LOOK_AHEAD = 30;

/**
 * What a person writes in: `patch` patches `element` and what belongs to it, and is false for other
 * nodes; nodes that `keeps` names are not removed.
 * @type {{ element?: ChildNode, patch(from: ChildNode, to: ChildNode): boolean, keeps(node: Node):
 *   boolean }}
 */
export const held = { patch: () => false, keeps: () => false };

/** @param {Element} from @param {Element} to is emptied on the way */
export const patch = (from, to) =>
  patchBetween(from, real(from).firstChild, null, [...real(to).childNodes]);

/**
 * Patches some of an element's children: those from `at` up to `end`, or to the last.
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
    // The nodes between were removed.
    while (at && at !== same) at = drop(at);
    at = real(same).nextSibling;
    if ((held.element && held.patch(same, next)) || real(same).isEqualNode(next)) continue;
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
    // Trusted Types refuse code in an attribute: skip this attribute only.
    if (from.getAttribute(name) !== value && !isReaders(from, name))
      perhaps(() => from.setAttribute(name, value));
  }
}

/**
 * Tells whether the reader controls an attribute: an element that the reader has opened stays open.
 * @param {Element} element
 * @param {string} attribute
 */
const isReaders = (element, attribute) => attribute === 'open' && element.localName === 'details';

/**
 * Removes a node, but for a dialog that the reader has opened, such as the search.
 * @param {ChildNode} node
 */
function drop(node) {
  const next = real(node).nextSibling;
  const { shadowRoot } = /** @type {Partial<Element>} */ (real(node));
  if (!shadowRoot?.querySelector('dialog[open]') && !held.keeps(node)) real(node).remove();
  return next;
}

/** @param {ChildNode} node */
const isHeld = (node) => !!held.element && real(node).contains(held.element);

/**
 * Finds the node that `next` continues: an equal one nearby, one with the same id, or the one in
 * its place.
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
    // What a person writes in is not passed over, nor what has it.
    node && node !== end && !isHeld(node) && steps--;
    node = real(node).nextSibling
  ) {
    const there = real(node);
    if (there.isEqualNode(next)) return node;
    if (id && there instanceof Element && there.id === id && there.nodeName === nodeName)
      return node;
  }
  // Comments are skipped: the marks of a page's parts vary.
  let place = /** @type {ChildNode | null} */ (at);
  while (place && place !== end && nodeName !== '#comment' && real(place).nodeName === '#comment')
    place = real(place).nextSibling;
  if (!place || place === end || real(place).nodeName !== nodeName) return null;
  if (place === held.element) return place;
  const fixed = id || nodeName === 'SCRIPT' || (place instanceof Element && real(place).id);
  return fixed ? null : place;
}
