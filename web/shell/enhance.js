// Enhances a mounted page by scripts that load only where they are needed.

import { resizes } from '../base/resizes.js';
import { site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';
import { document } from '../base/unclobbered.js';
import { openNotes } from './open_notes.js';

/** @typedef {Parameters<typeof openNotes>[0]} Shell */

/** Elements that may be wider than the page and then scroll. */
const WIDE = 'pre, table, .table-wrap, math[display=block]';

/** Called when the page contains a matching element, or a place for links. @param {Shell} shell */
export async function enrich(shell) {
  openNotes(shell).catch((error) => console.warn(`The links to this page are not shown: ${error}`));
  for (const element of document.querySelectorAll(WIDE)) {
    // What is observed is not reported again, and a patch has removed its tabindex.
    watched?.unobserve(element);
    watched?.observe(element);
  }
  if (!document.querySelector('[class*="language-"]:not(.language-plaintext)')) return;
  // Highlights the page's code once the grammars are loaded.
  try {
    const { highlight } = await releasedScript(site.folder + 'highlight.js');
    await highlight(document);
  } catch (error) {
    console.warn(`Code stays without colours: ${error}`);
  }
}

// Keyboard users scroll with the arrow keys, which need focus: set tabindex where an element
// scrolls.
const watched = typeof ResizeObserver === 'function' ? resizes(reach) : undefined;
/** Elements whose tabindex was set here. @type {WeakSet<Element>} */
const reachable = new WeakSet();

/** @param {ResizeObserverEntry[]} entries */
function reach(entries) {
  for (const { target } of entries) {
    const scrolls =
      target.scrollWidth > target.clientWidth && getComputedStyle(target).overflowX !== 'visible';
    if (scrolls && !target.hasAttribute('tabindex')) {
      reachable.add(target);
      target.setAttribute('tabindex', '0');
    } else if (!scrolls && reachable.has(target)) {
      target.removeAttribute('tabindex');
    }
  }
}
