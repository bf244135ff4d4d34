// Shared by the pages of bench/globe.mjs: the stops (window.stops, pairs of λ and φ in the page
// itself), the canvas, the drag.

export const SIZE = 800;
/** The sphere's radius relative to the picture's size, as in <meridian-globe>. */
export const SHARE = 0.44;

/** The chain of legs: each stop to the next. @param {[number, number][]} stops */
export const legs = (stops) => stops.slice(1).map((stop, at) => [stops[at], stop]);

export const make = (tag) => {
  const made = document.createElement(tag);
  Object.assign(made.style, { width: `${SIZE}px`, height: `${SIZE}px` });
  return document.querySelector('main').appendChild(made);
};

/**
 * Rotates with the pointer's movement, and draws once a frame if `draw` is given: code that a page
 * with a bare canvas has to contain.
 * @param {HTMLCanvasElement} canvas
 * @param {(dx: number, dy: number) => void} turn
 * @param {() => void} [draw]
 */
export function draggable(canvas, turn, draw) {
  let held = false;
  let wanted = 0;
  const step = () => {
    wanted = 0;
    draw();
  };
  canvas.addEventListener('pointerdown', (event) => {
    held = true;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointerup', () => (held = false));
  canvas.addEventListener('pointermove', (event) => {
    if (!held) return;
    turn(event.movementX, event.movementY);
    if (draw) wanted ||= requestAnimationFrame(step);
  });
  draw?.();
}
