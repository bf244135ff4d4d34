// A globe on a canvas: what the sphere gives, in inks that the page chooses.

import { LAYER_NAMES } from './sphere.js';

/** @typedef {Record<keyof typeof INKS, string>} Inks */

const layer = (/** @type {typeof LAYER_NAMES[number]} */ name) => LAYER_NAMES.indexOf(name);

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

/** The inks as a canvas takes them: custom properties of the element, whatever functions they are made of. @param {HTMLElement} probe */
export function readInks(probe) {
  const inks = /** @type {Inks} */ ({});
  for (const [name, otherwise] of Object.entries(INKS)) {
    probe.style.color = otherwise;
    probe.style.color = `var(--meridian-globe-${name}, ${otherwise})`;
    inks[/** @type {keyof Inks} */ (name)] = getComputedStyle(probe).color;
  }
  return inks;
}

const RADIUS = 3.4;
// Beyond so many legs they are lines of one pixel of the screen: a browser draws those one by one, thicker ones as one shape, in
// time that grows with the square of their number.
const MANY_LEGS = 2000;

/**
 * @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere @param {Inks} inks
 * @param {{ width: number, height: number, ratio: number, chosen: number, font: string, name: (stop: number) => string }} view `chosen`: a stop, or -1
 */
export function paint(pen, sphere, inks, { width, height, ratio, chosen, font, name }) {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const scale = sphere.get('scale');
  const disc = () => (pen.beginPath(), pen.arc(width / 2, height / 2, scale, 0, 2 * Math.PI));

  disc();
  fill(inks.water);
  lines(inks.graticule, 1, 'graticule');
  area(inks.land, 'landCut', 'landWhole');
  area(inks.visited, 'visited');
  area(inks.selected, 'selected');
  lines(inks.border, 0.75, 'borders');
  lines(inks.coast, 0.75, 'coastCut');
  pen.beginPath();
  sphere.trace(pen, layer('landWhole'), layer('landWhole'), true);
  stroke(inks.coast, 0.75);
  for (const night of /** @type {const} */ (['night1', 'night2', 'night3', 'night4'])) area(inks.night, night);
  sphere.dots((x, y, flags) => {
    pen.beginPath();
    pen.arc(x, y, 2, 0, 2 * Math.PI);
    fill(flags ? inks.visited : inks.land);
  });
  lines(inks.arc, sphere.stops > MANY_LEGS ? 1 / ratio : 1.25, 'legs');
  lines(inks.travelled, 2, 'travelled');
  disc();
  stroke(inks.rim, 1);

  // One path for all points of a size: ten thousand are as quick as a few.
  pen.beginPath();
  const groups = /** @type {number[]} */ ([]);
  sphere.points((x, y, stop, size) => {
    const radius = size > 1 ? RADIUS + 1.5 + Math.min(6, Math.log2(size)) : RADIUS;
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    if (size > 1) groups.push(x, y, size);
  });
  fill(inks.marker);
  stroke(inks.water, 1);
  if (groups.length) {
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillStyle = inks.water;
    pen.font = `600 ${font.replace(/^\S+/, '10px')}`;
    for (let i = 0; i < groups.length; i += 3) pen.fillText(String(groups[i + 2]), groups[i], groups[i + 1] + 0.5);
  }
  if (chosen >= 0) {
    const [x, y, seen] = sphere.locate(chosen);
    if (seen) {
      pen.beginPath();
      pen.arc(x, y, RADIUS + 3, 0, 2 * Math.PI);
      fill(inks.water);
      stroke(inks.marker, 2.5);
    }
  }
  const traveller = sphere.traveller();
  if (traveller) {
    pen.beginPath();
    pen.arc(traveller[0], traveller[1], RADIUS + 2, 0, 2 * Math.PI);
    fill(inks.travelled);
    stroke(inks.water, 1.5);
  }
  pen.font = font;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  sphere.labels((x, y, stop) => {
    pen.strokeStyle = inks.water;
    pen.lineWidth = 3;
    pen.strokeText(name(stop), x, y);
    pen.fillStyle = inks.label;
    pen.fillText(name(stop), x, y);
  });

  /** @param {string} ink */
  function fill(ink) {
    pen.fillStyle = ink;
    pen.fill();
  }
  /** @param {string} ink @param {number} thick */
  function stroke(ink, thick) {
    pen.strokeStyle = ink;
    pen.lineWidth = thick;
    pen.stroke();
  }
  /** @param {string} ink @param {number} thick @param {typeof LAYER_NAMES[number]} name */
  function lines(ink, thick, name) {
    pen.beginPath();
    sphere.trace(pen, layer(name));
    stroke(ink, thick);
  }
  /** @param {string} ink @param {typeof LAYER_NAMES[number]} first @param {typeof LAYER_NAMES[number]} [last] */
  function area(ink, first, last = first) {
    pen.beginPath();
    sphere.trace(pen, layer(first), layer(last), true);
    fill(ink);
  }
}
