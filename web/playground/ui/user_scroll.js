// Tells user scrolling from scripted scrolling: scripted scrolling must not be answered by
// scrolling the other side.

// Milliseconds after what a hand did in which scrolling is its doing.
const LED = 800;

/** @param {EventTarget} target that is scrolled */
export function watchHand(target) {
  let until = 0;
  const led = () => (until = performance.now() + LED);
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    target.addEventListener(type, led, { passive: true });
  return {
    /** Whether it is the hand's; what rolls on is, too. */
    scrolls: () => performance.now() <= until && led() > 0,
    /** From now on it is not. */
    rest: () => (until = 0),
  };
}
