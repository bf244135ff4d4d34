// Applies changes of a page's source to its document, and keeps changes that scripts have made
// elsewhere.

import { set } from '../../base/util.js';
import { find } from '../../base/dom_patch.js';
import { real } from '../../base/unclobbered.js';

/**
 * Merges an element: in the document, in the old source, and in the new source.
 * @param {Element} live
 * @param {Element} before
 * @param {Element} after
 */
export function merge(live, before, after) {
  [live, before, after] = [live, before, after].map(real);
  for (const { name } of before.attributes)
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of after.attributes)
    if (before.getAttribute(name) !== value) set(live, name, value);
  let [at, old] = [live.firstChild, before.firstChild];
  /**
   * The document's node for a node of the source, if scripts have not removed it.
   * @param {ChildNode} node
   */
  const pass = (node) => {
    const there = find(at, null, node);
    // It replaces a removed node, and belongs to another.
    const equal = (/** @type {ChildNode} */ other) => there && real(there).isEqualNode(other);
    for (
      let later = equal(node) ? null : real(node).nextSibling;
      there && later;
      later = real(later).nextSibling
    )
      if (equal(later)) return null;
    if (there) at = real(there).nextSibling;
    return there;
  };
  /** @param {ChildNode} node */
  const take = (node) => {
    const there = pass(node);
    if (there) real(there).remove();
  };
  for (const next of [...after.childNodes]) {
    const same = find(old, null, next);
    // The nodes between were removed.
    for (; same && old && old !== same; old = real(old).nextSibling) take(old);
    const there = same && pass(same);
    if (same) old = real(same).nextSibling;
    if ([same, there].some((node) => node && real(node).isEqualNode(next))) continue;
    if (there instanceof Element && same instanceof Element && next instanceof Element) {
      merge(there, same, next);
    } else if (there) {
      there.nodeValue = next.nodeValue;
    } else {
      // The node itself moves to the document; the source keeps a copy.
      const other = real(next);
      other.replaceWith(other.cloneNode(true));
      live.insertBefore(next, at);
    }
  }
  for (; old; old = real(old).nextSibling) take(old);
}
