// A patched page: one that was open and is made again, from other sources, in its place. What
// scripts have added to it is gone then, so what enhances a page runs again.

const PATCHED = 'meridian-patched';

/** Tells all that enhance the page that it was patched. */
export const tellPatched = () => dispatchEvent(new Event(PATCHED));

/**
 * Calls after each patch of the page. Gives a function that ends it.
 * @param {() => void} run
 */
export function onPatch(run) {
  addEventListener(PATCHED, run);
  return () => removeEventListener(PATCHED, run);
}

/**
 * Enhances the page: calls now, and after each patch. What it has done already may be there still.
 * @param {() => void} run
 */
export function enhance(run) {
  run();
  onPatch(run);
}
