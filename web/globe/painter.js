// A globe on a canvas: what the sphere gives, in inks that the page chooses. Nothing is made anew in a frame.

import { LAYER_NAMES } from './sphere.js';

/** @typedef {Record<keyof typeof INKS, string>} Inks @typedef {typeof LAYER_NAMES[number]} Layer */

/** What can be coloured by `--meridian-globe-…`, and what it is else. */
export const INKS = {
  water: 'light-dark(#fff, #16191c)',
  land: 'light-dark(#d5dad9, #3b4246)',
  visited: 'light-dark(#a9c4bb, #4d6c63)',
  selected: 'light-dark(#86b3a4, #5f8a7d)',
  coast: 'light-dark(#fff, #16191c)',
  border: 'light-dark(#ffffff99, #16191c99)',
  graticule: 'light-dark(#0000000f, #ffffff14)',
  rim: 'light-dark(#0000003d, #ffffff4d)',
  night: 'light-dark(#10203016, #00000038)',
  arc: 'light-dark(#1f6f5c, #6fc3ab)',
  travelled: 'light-dark(#b3471d, #f0986a)',
  marker: 'light-dark(#1f6f5c, #6fc3ab)',
  label: 'light-dark(#1b1f22, #e9ecec)',
};

/** The inks as a canvas takes them: custom properties of an element, whatever functions they are made of. @param {HTMLElement} element */
export function readInks(element) {
  const { style } = element;
  const inks = /** @type {Inks} */ ({});
  for (const [name, otherwise] of Object.entries(INKS)) {
    style.color = otherwise;
    style.color = `var(--meridian-globe-${name}, ${otherwise})`;
    inks[/** @type {keyof Inks} */ (name)] = getComputedStyle(element).color;
  }
  style.color = '';
  return inks;
}

const RADIUS = 3.4;
// Beyond so many legs they are lines of one pixel of the screen: a browser draws those one by one, thicker ones as one shape, in
// time that grows with the square of their number.
const MANY_LEGS = 2000;
const CIRCLE = 2 * Math.PI;
export const FONT = '12px system-ui, sans-serif';
const SMALL = '600 10px system-ui, sans-serif';

/** @param {number} stops that a point stands for */
const radiusOf = (stops) => (stops > 1 ? RADIUS + 1.5 + Math.min(6, Math.log2(stops)) : RADIUS);

/**
 * @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere @param {Inks} inks
 * @param {{ name: string }[]} stops @param {number} chosen a stop, or -1 @param {number} ratio pixels to a CSS pixel
 */
export function paint(pen, sphere, inks, stops, chosen, ratio) {
  const width = sphere.get('width');
  const height = sphere.get('height');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  circle(pen, width / 2, height / 2, sphere.get('scale'), inks.water);
  lines(pen, sphere, inks.graticule, 1, 'graticule');
  area(pen, sphere, inks.land, 'landCut', 'landWhole');
  area(pen, sphere, inks.visited, 'visited');
  area(pen, sphere, inks.selected, 'selected');
  lines(pen, sphere, inks.border, 0.75, 'borders');
  lines(pen, sphere, inks.coast, 0.75, 'coastCut');
  lines(pen, sphere, inks.coast, 0.75, 'landWhole', true);
  area(pen, sphere, inks.night, 'night1');
  area(pen, sphere, inks.night, 'night2');
  area(pen, sphere, inks.night, 'night3');
  area(pen, sphere, inks.night, 'night4');
  const { dotXy, dotRegion, regionFlags, pointXy, pointSize, traveller, labelXy, labelStop } = sphere.seen;
  for (let i = 0; i < sphere.dots; i++) {
    circle(pen, dotXy[2 * i], dotXy[2 * i + 1], 2, regionFlags[dotRegion[i]] ? inks.visited : inks.land);
  }
  lines(pen, sphere, inks.arc, stops.length > MANY_LEGS ? 1 / ratio : 1.25, 'legs');
  lines(pen, sphere, inks.travelled, 2, 'travelled');
  circle(pen, width / 2, height / 2, sphere.get('scale'), '', inks.rim, 1);

  // One path for all points: ten thousand of them are filled at once.
  const { points } = sphere;
  pen.beginPath();
  for (let i = 0; i < points; i++) {
    const radius = radiusOf(pointSize[i]);
    pen.moveTo(pointXy[2 * i] + radius, pointXy[2 * i + 1]);
    pen.arc(pointXy[2 * i], pointXy[2 * i + 1], radius, 0, CIRCLE);
  }
  fill(pen, inks.marker);
  stroke(pen, inks.water, 1);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = SMALL;
  pen.fillStyle = inks.water;
  for (let i = 0; i < points; i++) if (pointSize[i] > 1) pen.fillText(String(pointSize[i]), pointXy[2 * i], pointXy[2 * i + 1] + 0.5);
  if (chosen >= 0) {
    const place = sphere.locate(chosen);
    if (place[2]) circle(pen, place[0], place[1], RADIUS + 3, inks.water, inks.marker, 2.5);
  }
  if (sphere.travels) circle(pen, traveller[0], traveller[1], RADIUS + 2, inks.travelled, inks.water, 1.5);
  pen.font = FONT;
  pen.textAlign = 'left';
  pen.lineJoin = 'round';
  pen.strokeStyle = inks.water;
  pen.lineWidth = 3;
  pen.fillStyle = inks.label;
  for (let i = 0; i < sphere.labels; i++) {
    const { name } = stops[labelStop[i]];
    pen.strokeText(name, labelXy[2 * i], labelXy[2 * i + 1]);
    pen.fillText(name, labelXy[2 * i], labelXy[2 * i + 1]);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {string} ink */
function fill(pen, ink) {
  pen.fillStyle = ink;
  pen.fill();
}
/** @param {CanvasRenderingContext2D} pen @param {string} ink @param {number} thick */
function stroke(pen, ink, thick) {
  pen.strokeStyle = ink;
  pen.lineWidth = thick;
  pen.stroke();
}
/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} radius @param {string} ink '': none @param {string} [rim] @param {number} [thick] */
function circle(pen, x, y, radius, ink, rim, thick = 0) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, CIRCLE);
  if (ink) fill(pen, ink);
  if (rim) stroke(pen, rim, thick);
}
/** @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere @param {Layer} first @param {Layer} last @param {boolean} close */
function trace(pen, sphere, first, last, close) {
  pen.beginPath();
  sphere.trace(pen, LAYER_NAMES.indexOf(first), LAYER_NAMES.indexOf(last), close);
}
/** @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere @param {string} ink @param {number} thick @param {Layer} layer @param {boolean} [close] */
function lines(pen, sphere, ink, thick, layer, close = false) {
  trace(pen, sphere, layer, layer, close);
  stroke(pen, ink, thick);
}
/** @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere @param {string} ink @param {Layer} first @param {Layer} [last] */
function area(pen, sphere, ink, first, last = first) {
  trace(pen, sphere, first, last, true);
  fill(pen, ink);
}
