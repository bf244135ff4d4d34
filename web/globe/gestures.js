// Mouse, touch and keys, as what a globe can do.

/**
 * @typedef {{
 *   grab(x: number, y: number): void, drag(x: number, y: number): void, release(vx: number, vy: number): void,
 *   zoom(factor: number, x?: number, y?: number): boolean, turn(right: number, up: number): void,
 *   hover(x: number, y: number): void, leave(): void, tap(x: number, y: number, touch: boolean): void, double(x: number, y: number): void,
 *   step(by: number): void, home(): void, enter(): void, escape(): boolean, used(): void, always(): boolean,
 * }} Globe `zoom`: whether that changed anything; `release`: pixels a millisecond; `used`: the reader has taken hold of it
 */

// Pixels that a pointer may move and still be a click.
const STILL = 4;
// Milliseconds within which a pointer must have moved to give the globe a swing, and two clicks must lie.
const SWING = 60;
const DOUBLE = 350;
// How much a line and a page of a wheel are in pixels.
const UNITS = [1, 16, 400];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {HTMLElement} area @param {Globe} globe */
export function listen(area, globe) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  /** @type {{ x: number, y: number, time: number }[]} */
  let trail = [];
  let moved = false;
  let engaged = false;
  let spread = 0;
  let lastTap = { x: 0, y: 0, time: -Infinity };

  const at = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    const { left, top } = area.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const middle = () => {
    const all = [...fingers.values()];
    const [a, b = a] = all;
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) };
  };
  const hold = () => {
    const { x, y, spread: now } = middle();
    spread = now;
    globe.grab(x, y);
    trail = [{ x, y, time: performance.now() }];
  };
  const engage = () => {
    engaged = true;
    globe.used();
  };

  area.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    moved = fingers.size > 0;
    fingers.set(event.pointerId, at(event));
    area.setPointerCapture(event.pointerId);
    hold();
  });

  area.addEventListener('pointermove', (event) => {
    const here = at(event);
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType !== 'touch') globe.hover(here.x, here.y);
      return;
    }
    if (!moved && Math.hypot(here.x - trail[0].x, here.y - trail[0].y) <= STILL) return;
    if (!moved) engage();
    moved = true;
    Object.assign(finger, here);
    const { x, y, spread: now } = middle();
    if (spread && now) globe.zoom(now / spread);
    spread = now;
    globe.drag(x, y);
    const time = performance.now();
    trail.push({ x, y, time });
    while (trail.length > 2 && time - trail[0].time > SWING) trail.shift();
  });

  const end = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return hold();
    const touch = event.pointerType === 'touch';
    if (event.type === 'pointercancel') return globe.release(0, 0);
    if (moved) {
      const [first] = trail;
      const last = trail[trail.length - 1];
      const time = performance.now() - first.time;
      const swings = time < 2 * SWING && last !== first;
      return globe.release(swings ? (last.x - first.x) / time : 0, swings ? (last.y - first.y) / time : 0);
    }
    engage();
    const { x, y } = at(event);
    const twice = event.timeStamp - lastTap.time < DOUBLE && Math.hypot(x - lastTap.x, y - lastTap.y) < 8 * STILL;
    lastTap = { x, y, time: twice ? -Infinity : event.timeStamp };
    if (twice) globe.double(x, y);
    else globe.tap(x, y, touch);
  };
  area.addEventListener('pointerup', end);
  area.addEventListener('pointercancel', end);
  area.addEventListener('pointerleave', ({ pointerType }) => pointerType !== 'touch' && globe.leave());

  // The page scrolls on unless the reader has taken hold of the globe, and when it can't get any larger or smaller.
  area.addEventListener(
    'wheel',
    (event) => {
      if (!engaged && !event.ctrlKey && !globe.always()) return;
      const { x, y } = at(event);
      const pixels = event.deltaY * UNITS[event.deltaMode];
      // A trackpad's pinch comes as a wheel with Ctrl and small steps.
      if (globe.zoom(Math.exp(-pixels * (event.ctrlKey && Math.abs(pixels) < 50 ? 0.01 : 0.0015)), x, y)) event.preventDefault();
    },
    { passive: false },
  );
  area.addEventListener('focus', () => area.matches(':focus-visible') && engage());
  area.addEventListener('blur', () => (engaged = false));
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !area.getRootNode().contains(target) && target !== /** @type {ShadowRoot} */ (area.getRootNode()).host) engaged = false;
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
