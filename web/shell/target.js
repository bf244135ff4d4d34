// The element that `:target` matches. Only a navigation of the browser's own sets it, which scrolls
// to the element: on a way back, away from where the reader was, so it is for a first visit alone.

/** Opens the address again, in the same entry of the history. */
export function aim() {
  const { state } = history;
  const ignore = (/** @type {Event} */ event) => event.stopImmediatePropagation();
  addEventListener('popstate', ignore, true);
  location.replace(location.href);
  history.replaceState(state, '');
  setTimeout(() => removeEventListener('popstate', ignore, true));
}
