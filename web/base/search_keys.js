// When a page's search is to be opened. Only where the page has a button for it, so that no other
// theme loses a key.

import { document } from './unclobbered.js';

/** The button of a page that opens its search; hidden where no script opens it. */
export const SEARCH = '[data-meridian-search]';

const FIELDS = 'input, select, textarea, [contenteditable]:not([contenteditable=false])';

/** Whether a key that is pressed here is typed. @param {Element} place */
export const inField = (place) => !!place.closest(FIELDS);

/**
 * Whether a click or a key asks for the search: its button, `/` outside of a field, Ctrl-K or ⌘-K.
 * @param {Event & Partial<KeyboardEvent>} event
 */
function asks(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
  const button = document.querySelector(SEARCH);
  const [place] = event.composedPath();
  if (!button || defaultPrevented || !(place instanceof Element)) return false;
  return event.type === 'click'
    ? !!place.closest(SEARCH)
    : ctrlKey || metaKey
      ? key === 'k' && !altKey && !shiftKey
      : key === '/' && !altKey && !inField(place);
}

/** Calls `open` when the search is asked for. @param {() => unknown} open */
export function listenForSearch(open) {
  for (const type of ['click', 'keydown'])
    addEventListener(type, (event) => {
      if (!asks(event)) return;
      event.preventDefault();
      open();
    });
}
