// Sizes that change.

/**
 * An observer whose callback may ask for sizes: it is called a frame later. While style sheets are
 * on their way, to ask within the observer's own callback lays out what was not yet, which WebKit's
 * console reports as a loop.
 * @param {(entries: ResizeObserverEntry[]) => void} callback
 */
export const resizes = (callback) =>
  new ResizeObserver((entries) => requestAnimationFrame(() => callback(entries)));
