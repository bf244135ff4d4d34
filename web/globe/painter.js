// Paints a globe on a canvas: the sphere's paths in colours that the page sets. Drawing a frame
// allocates nothing.

import { make } from '../base/elements.js';
import { isDark } from '../base/util.js';
import { LAYER_NAMES } from './sphere.js';

/** @typedef {Record<keyof typeof INKS, string>} Inks @typedef {typeof LAYER_NAMES[number]} Layer */

/** Colours that `--meridian-globe-…` sets, and their defaults. */
export const INKS = {
  water: 'light-dark(#c3deec, #18313f)',
  land: 'light-dark(#f5f2ea, #4e4d47)',
  visited: 'light-dark(#d9b479, #8d6f3f)',
  selected: 'light-dark(#c8893f, #ab8347)',
  coast: 'light-dark(#7c9eaf, #0b1d27)',
  border: 'light-dark(#5c4a2e40, #0b1d2780)',
  graticule: 'light-dark(#0000000f, #ffffff14)',
  rim: 'light-dark(#0000003d, #ffffff4d)',
  night: 'light-dark(#10203016, #00000038)',
  arc: 'light-dark(#1f6f5c, #6fc3ab)',
  travelled: 'light-dark(#b3471d, #f0986a)',
  marker: 'light-dark(#1f6f5c, #6fc3ab)',
  label: 'light-dark(#1b1f22, #e9ecec)',
  halo: 'light-dark(#fff, #0f2029)',
};

/**
 * Reads the custom properties as canvas colours, whatever CSS functions they use. All are set
 * before one is read, so the page is styled once.
 * @param {HTMLCanvasElement} canvas
 */
export function readInks(canvas) {
  const probes = Object.entries(INKS).map(([name, pair]) => {
    const probe = canvas.appendChild(make('i'));
    // Older browsers do not know light-dark().
    const otherwise = CSS.supports('color', pair) ? pair : pair.match(/#\w+/g)?.[+isDark(canvas)];
    probe.style.color = `var(--meridian-globe-${name}, ${otherwise})`;
    return /** @type {const} */ ([name, probe]);
  });
  const inks = Object.fromEntries(
    probes.map(([name, probe]) => [name, getComputedStyle(probe).color]),
  );
  canvas.replaceChildren();
  return /** @type {Inks} */ (inks);
}

const RADIUS = 3.4;
// Above this number legs are one device pixel wide: a browser draws such lines one by one, and
// wider ones as one shape, in quadratic time.
const MANY_LEGS = 200;
const CIRCLE = 2 * Math.PI;
const NIGHT = LAYER_NAMES.indexOf('night1');
export const FONT = '12px system-ui, sans-serif';
const SMALL = '600 10px system-ui, sans-serif';

/** Sizes of points: one stop, then two, four, … up to 64 and more. */
const THICK = [2 * RADIUS, ...Array.from({ length: 6 }, (_, at) => 2 * (RADIUS + 2.5 + at))];
const OUTER = THICK.map((thick) => thick + 1);
const INNER = THICK.map((thick) => thick - 1);
/** @param {number} stops that a point stands for */
const sizeOf = (stops) => Math.min(6, 31 - Math.clz32(stops));

/**
 * A point that becomes a disc when it is stroked with round caps. arc() would allocate an object
 * for each number.
 * @param {CanvasRenderingContext2D} pen
 * @param {Float32Array} xy
 * @param {number} i
 */
function spot(pen, xy, i) {
  pen.moveTo(xy[2 * i], xy[2 * i + 1]);
  pen.lineTo(xy[2 * i] + 0.01, xy[2 * i + 1]);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {Inks} inks
 * @param {{ name: string }[]} stops
 * @param {number} chosen a stop, or -1
 * @param {number} ratio pixels to a CSS pixel
 */
export function paint(pen, sphere, inks, stops, chosen, ratio) {
  const width = sphere.get('width');
  const height = sphere.get('height');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  circle(pen, width / 2, height / 2, sphere.get('scale'), inks.water);
  lines(pen, sphere, inks.graticule, 1, 'graticule');
  // Along the horizon the rim covers the coast.
  area(pen, sphere, inks.land, 'landCut', 'landWhole');
  stroke(pen, inks.coast, 0.75);
  area(pen, sphere, inks.visited, 'visited');
  area(pen, sphere, inks.selected, 'selected');
  lines(pen, sphere, inks.border, 0.75, 'borders');
  for (let night = 0; night < 4; night++) area(pen, sphere, inks.night, LAYER_NAMES[NIGHT + night]);
  const { traveller } = sphere.seen;
  pen.lineCap = 'round';
  pen.beginPath();
  dots(pen, sphere, false);
  stroke(pen, inks.land, 4);
  pen.beginPath();
  dots(pen, sphere, true);
  stroke(pen, inks.visited, 4);
  pen.lineCap = 'butt';
  pen.beginPath();
  sphere.curve(pen, LAYER_NAMES.indexOf('legs'));
  stroke(pen, inks.arc, stops.length > MANY_LEGS ? 1 / ratio : 1.25);
  lines(pen, sphere, inks.travelled, 2, 'travelled');
  circle(pen, width / 2, height / 2, sphere.get('scale'), '', inks.rim, 1);

  // One path for all points of a size, larger ones for clusters: ten thousand points are drawn at
  // once.
  pen.lineCap = 'round';
  for (let size = 0, left = sphere.points; left && size < THICK.length; size++) {
    pen.beginPath();
    const found = spots(pen, sphere, size);
    if (!found) continue;
    left -= found;
    stroke(pen, inks.halo, OUTER[size]);
    stroke(pen, inks.marker, INNER[size]);
  }
  pen.lineCap = 'butt';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = SMALL;
  pen.fillStyle = inks.halo;
  sizes(pen, sphere);
  if (chosen >= 0) {
    const place = sphere.locate(chosen);
    if (place[2]) circle(pen, place[0], place[1], RADIUS + 3, inks.halo, inks.marker, 2.5);
  }
  if (sphere.travels)
    circle(pen, traveller[0], traveller[1], RADIUS + 2, inks.travelled, inks.halo, 1.5);
  pen.font = FONT;
  pen.textAlign = 'left';
  pen.lineJoin = 'round';
  pen.strokeStyle = inks.halo;
  pen.lineWidth = 3;
  pen.fillStyle = inks.label;
  names(pen, sphere, stops);
}

// Loops are separate functions: the engine optimises those well, without allocating numbers.

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {boolean} visited
 */
function dots(pen, sphere, visited) {
  const { dotXy, dotRegion, regionFlags } = sphere.seen;
  for (let i = 0, { dots } = sphere; i < dots; i++)
    if ((regionFlags[dotRegion[i]] !== 0) === visited) spot(pen, dotXy, i);
}
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {number} size gives how many
 */
function spots(pen, sphere, size) {
  const { pointXy, pointSize } = sphere.seen;
  let found = 0;
  for (let i = 0, { points } = sphere; i < points; i++) {
    if (sizeOf(pointSize[i]) !== size) continue;
    found++;
    spot(pen, pointXy, i);
  }
  return found;
}
/** @param {CanvasRenderingContext2D} pen @param {import('./sphere.js').Sphere} sphere */
function sizes(pen, sphere) {
  const { pointXy, pointSize } = sphere.seen;
  for (let i = 0, { points } = sphere; i < points; i++)
    if (pointSize[i] > 1)
      pen.fillText(String(pointSize[i]), pointXy[2 * i] | 0, (pointXy[2 * i + 1] + 0.5) | 0);
}
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {{ name: string }[]} stops
 */
function names(pen, sphere, stops) {
  const { labelXy, labelStop } = sphere.seen;
  for (let i = 0, { labels } = sphere; i < labels; i++) {
    const { name } = stops[labelStop[i]];
    const x = labelXy[2 * i] | 0;
    const y = labelXy[2 * i + 1] | 0;
    pen.strokeText(name, x, y);
    pen.fillText(name, x, y);
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
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} ink '': none
 * @param {string} [rim]
 * @param {number} [thick]
 */
function circle(pen, x, y, radius, ink, rim, thick = 0) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, CIRCLE);
  if (ink) fill(pen, ink);
  if (rim) stroke(pen, rim, thick);
}
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {Layer} first
 * @param {Layer} last
 */
function trace(pen, sphere, first, last) {
  pen.beginPath();
  sphere.trace(pen, LAYER_NAMES.indexOf(first), LAYER_NAMES.indexOf(last));
}
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {string} ink
 * @param {number} thick
 * @param {Layer} layer
 */
function lines(pen, sphere, ink, thick, layer) {
  trace(pen, sphere, layer, layer);
  stroke(pen, ink, thick);
}
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import('./sphere.js').Sphere} sphere
 * @param {string} ink
 * @param {Layer} first
 * @param {Layer} [last]
 */
function area(pen, sphere, ink, first, last = first) {
  trace(pen, sphere, first, last);
  fill(pen, ink);
}
