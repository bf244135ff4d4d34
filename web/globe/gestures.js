// Translates mouse, touch and keyboard input to actions of the globe.

/**
 * @typedef {{
 *   grab(x: number, y: number): void, drag(x: number, y: number): void, release(vx: number, vy:
 *     number): void,
 *   zoom(factor: number, x?: number, y?: number): boolean, turn(right: number, up: number): void,
 *   hover(x: number, y: number): void, leave(): void, tap(x: number, y: number, touch: boolean):
 *     void, double(x: number, y: number): void,
 *   step(by: number): void, home(): void, enter(): void, escape(): boolean, used(): void, always():
 *     boolean,
 * }} Globe `zoom`: whether that changed anything; `release`: pixels a millisecond; `used`: the
 *   reader has taken hold of it
 */

// Largest movement of a click, in pixels.
const STILL = 4;
// Milliseconds before the release within which a movement counts for a fling, and between the
// clicks of a double click.
const SWING = 60;
const DOUBLE = 350;
// Pixels of a wheel's line and page.
const UNITS = [1, 16, 400];
// Number of recorded moves.
const TRAIL = 16;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {HTMLElement} area @param {Globe} globe */
export function listen(area, globe) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  // The last moves in a ring buffer: x, y, time. A drag allocates nothing.
  const trail = new Float64Array(3 * TRAIL);
  let moves = 0;
  let moved = false;
  let engaged = false;
  let spread = 0;
  let lastTap = { x: 0, y: 0, time: -Infinity };

  const place = { x: 0, y: 0 };
  /** Returns the same object each time. */
  const at = (/** @type {MouseEvent} */ event) => {
    const box = area.getBoundingClientRect();
    place.x = event.clientX - box.left;
    place.y = event.clientY - box.top;
    return place;
  };
  const centre = { x: 0, y: 0, spread: 0 };
  /** The centre of all touches; the same object each time. */
  const middle = (/** @type {{ x: number, y: number }} */ a) => {
    let b = a;
    if (fingers.size > 1) [a, b] = fingers.values();
    centre.x = (a.x + b.x) / 2;
    centre.y = (a.y + b.y) / 2;
    centre.spread = a === b ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
    return centre;
  };
  // Velocities depend on the time of the input, not on when a busy page handles it.
  const remember = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ time,
  ) => {
    const slot = 3 * (moves++ % TRAIL);
    trail[slot] = x;
    trail[slot + 1] = y;
    trail[slot + 2] = time;
  };
  const hold = (/** @type {PointerEvent} */ { timeStamp }) => {
    const [finger] = fingers.values();
    const { x, y, spread: now } = middle(finger);
    spread = now;
    globe.grab(x, y);
    moves = 0;
    remember(x, y, timeStamp);
  };
  const engage = () => {
    engaged = true;
    globe.used();
  };

  area.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    moved = fingers.size > 0;
    fingers.set(event.pointerId, { ...at(event) });
    area.setPointerCapture(event.pointerId);
    hold(event);
  });

  area.addEventListener('pointermove', (event) => {
    const here = at(event);
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType !== 'touch') globe.hover(here.x, here.y);
      return;
    }
    if (!moved && Math.hypot(here.x - trail[0], here.y - trail[1]) <= STILL) return;
    if (!moved) engage();
    moved = true;
    finger.x = here.x;
    finger.y = here.y;
    const now = middle(finger);
    if (spread && now.spread) globe.zoom(now.spread / spread);
    spread = now.spread;
    globe.drag(now.x, now.y);
    remember(now.x, now.y, event.timeStamp);
  });

  const end = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return hold(event);
    const touch = event.pointerType === 'touch';
    if (event.type === 'pointercancel') return globe.release(0, 0);
    if (moved) {
      // From the first recent move, or the last but one.
      const last = moves - 1;
      const slotOf = (/** @type {number} */ move) => 3 * (move % TRAIL);
      let first = last;
      while (
        first > 0 &&
        last - first < TRAIL - 1 &&
        (first === last || trail[slotOf(last) + 2] - trail[slotOf(first - 1) + 2] <= SWING)
      )
        first--;
      const [from, to] = [slotOf(first), slotOf(last)];
      const time = event.timeStamp - trail[from + 2];
      const swings = time < 2 * SWING && last !== first;
      return globe.release(
        swings ? (trail[to] - trail[from]) / time : 0,
        swings ? (trail[to + 1] - trail[from + 1]) / time : 0,
      );
    }
    engage();
    const { x, y } = at(event);
    const twice =
      event.timeStamp - lastTap.time < DOUBLE &&
      Math.hypot(x - lastTap.x, y - lastTap.y) < 8 * STILL;
    lastTap = { x, y, time: twice ? -Infinity : event.timeStamp };
    if (twice) globe.double(x, y);
    else globe.tap(x, y, touch);
  };
  area.addEventListener('pointerup', end);
  area.addEventListener('pointercancel', end);
  area.addEventListener(
    'pointerleave',
    ({ pointerType }) => pointerType !== 'touch' && globe.leave(),
  );

  // The page scrolls until the globe is in use, and at its zoom limits.
  area.addEventListener(
    'wheel',
    (event) => {
      if (!engaged && !event.ctrlKey && !globe.always()) return;
      const { x, y } = at(event);
      const pixels = event.deltaY * UNITS[event.deltaMode];
      // A trackpad's pinch is a wheel event with Ctrl and small steps.
      if (
        globe.zoom(
          Math.exp(-pixels * (event.ctrlKey && Math.abs(pixels) < 50 ? 0.01 : 0.0015)),
          x,
          y,
        )
      )
        event.preventDefault();
    },
    { passive: false },
  );
  area.addEventListener('focus', () => area.matches(':focus-visible') && engage());
  area.addEventListener('blur', () => (engaged = false));
  addEventListener('pointerdown', ({ target }) => {
    if (
      target instanceof Node &&
      !area.getRootNode().contains(target) &&
      target !== /** @type {ShadowRoot} */ (area.getRootNode()).host
    )
      engaged = false;
  });

  area.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (arrow) globe.turn(arrow[0], arrow[1]);
    else if (key === '+' || key === '=') globe.zoom(1.3);
    else if (key === '-' || key === '_') globe.zoom(1 / 1.3);
    else if (key === 'Home' || key === '0') globe.home();
    else if (key === 'n') globe.step(1);
    else if (key === 'p') globe.step(-1);
    else if (key === 'Enter') globe.enter();
    else if (key === 'Escape' ? !globe.escape() : true) return;
    event.preventDefault();
  });
}
