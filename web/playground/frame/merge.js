// Brings into a document what has changed in its source, and nothing else: what scripts have made
// of the rest of it stays.

import { set } from '../../base/util.js';
import { find } from '../../base/dom_patch.js';
import { real } from '../../base/unclobbered.js';

/**
 * The three are the same element: in the document, in its source as that was, and as it is.
 * @param {Element} live @param {Element} before @param {Element} after
 */
export function merge(live, before, after) {
  [live, before, after] = [live, before, after].map(real);
  for (const { name } of before.attributes)
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of after.attributes)
    if (before.getAttribute(name) !== value) set(live, name, value);
  let [at, old] = [live.firstChild, before.firstChild];
  /**
   * The document's node for a node of the source, if scripts have left it there.
   * @param {ChildNode} node
   */
  const pass = (node) => {
    const there = find(at, null, node);
    // It stands in for one that is gone, and is another's.
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
    // The nodes between are gone.
    for (; same && old && old !== same; old = real(old).nextSibling) take(old);
    const there = same && pass(same);
    if (same) old = real(same).nextSibling;
    if ([same, there].some((node) => node && real(node).isEqualNode(next))) continue;
    if (there instanceof Element && same instanceof Element && next instanceof Element) {
      merge(there, same, next);
    } else if (there) {
      there.nodeValue = next.nodeValue;
    } else {
      // The node itself goes into the document; the source keeps another like it.
      const other = real(next);
      other.replaceWith(other.cloneNode(true));
      live.insertBefore(next, at);
    }
  }
  for (; old; old = real(old).nextSibling) take(old);
}
