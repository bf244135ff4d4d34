// "Edit this page": the key `e`, and the heading in view as the place to edit. The link works
// without this script, then at the beginning of the page.

import { inField } from '../base/search_keys.js';
import { document } from '../base/unclobbered.js';

// What core/theme/_includes/playground.html writes.
const LINK = 'a[target=_top][aria-keyshortcuts=e]';
const HEADINGS = 'main :is(h1, h2, h3, h4, h5, h6)[id]';
// A heading counts while it is in the upper part of the window.
const UPPER = 0.4;
// Characters of a heading: enough to find it.
const LONGEST = 100;

/** The text of the heading that is read; '' above the first one. */
function place() {
  const above = [...document.querySelectorAll(HEADINGS)].filter(
    (heading) => heading.getBoundingClientRect().top < innerHeight * UPPER,
  );
  return scrollY > 0 ? (above.pop()?.textContent ?? '').trim().slice(0, LONGEST) : '';
}

/** @param {Event & Partial<KeyboardEvent>} event */
function act(event) {
  const { type, key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(LINK));
  const [target] = event.composedPath();
  if (!link || defaultPrevented || !(target instanceof Element)) return;
  const pressed = type === 'keydown';
  if (
    pressed
      ? key !== 'e' || ctrlKey || metaKey || altKey || shiftKey || inField(target)
      : target.closest(LINK) !== link
  )
    return;
  const at = place();
  link.href = link.href.replace(/(&at=.*)?$/, at && `&at=${encodeURIComponent(at)}`);
  if (!pressed) return;
  // This script may run once for each page that is shown.
  event.preventDefault();
  link.click();
}

for (const type of ['keydown', 'click', 'auxclick', 'contextmenu']) addEventListener(type, act);
