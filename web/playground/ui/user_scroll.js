// Tells user scrolling from scripted scrolling: scripted scrolling must not be answered by
// scrolling the other side.

// Milliseconds after user input in which scrolling counts as the user's.
const LED = 800;

/** @param {EventTarget} target that is scrolled */
export function watchHand(target) {
  let until = 0;
  const led = () => (until = performance.now() + LED);
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    target.addEventListener(type, led, { passive: true });
  return {
    /** True for scrolling by the user, including momentum. */
    scrolls: () => performance.now() <= until && led() > 0,
    /** Scrolling from now on is scripted. */
    rest: () => (until = 0),
  };
}
