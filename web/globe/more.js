// What few readers of a globe ask for: a journey that is played, pictures to keep, lists that are not in the page, names without
// coordinates. Loaded on use.

import { makeTravel } from '../abi.js';
import { compile } from '../loader.js';
import { paint, readInks } from './painter.js';
import { fromText as read, isPlace } from './stops.js';
import { Drawing } from './svg.js';

/** @typedef {import('./view.js').View} View @typedef {import('./stops.js').Stop} Stop */

// ---- lists ------------------------------------------------------------------------------------------------------

/** @param {string} source @param {string} type @returns {Promise<Stop[]>} */
export async function fromText(source, type) {
  const stops = read(source, type);
  if (!stops) throw new Error('A list of stops is JSON, CSV, TSV, GeoJSON, GPX, KML or org-locations.js.');
  return stops;
}

/** @param {string} src */
export async function fetchStops(src) {
  const response = await fetch(new URL(src, document.baseURI));
  if (!response.ok) throw new Error(`${src}: ${response.status}`);
  const type = /\.(\w+)(\?|#|$)/.exec(src)?.[1] ?? response.headers.get('content-type') ?? '';
  return fromText(await response.text(), type.toLowerCase());
}

/** @type {Promise<import('../abi.js').Travel> | undefined} */
let travel;

// Names that are said of stops that can't be shown; the rest is counted.
const MOST_TOLD = 5;

/**
 * Finds out where those stops are that have no place, and says over the hint which are left, or that there are none.
 * @param {import('./element.js').MeridianGlobe} element @param {Stop[]} stops @param {string} folder
 */
export async function settle(element, stops, folder) {
  if (stops.some((stop) => stop.name && !isPlace(stop))) await locate(element, stops, folder);
  const lost = stops.filter((stop) => !isPlace(stop));
  const names = lost.slice(0, MOST_TOLD).map((stop) => stop.name || `#${stops.indexOf(stop) + 1}`);
  for (const stop of lost) stop.lon = stop.lat = NaN;
  const said = !stops.length ? element.dataset.none ?? 'There are no stops.' : lost.length ? `${element.dataset.lost ?? 'Not on the globe'} (${lost.length}): ${names.join(', ')}${lost.length > MOST_TOLD ? ', …' : ''}` : '';
  const note = Object.assign(document.createElement('p'), { className: 'hint', textContent: said });
  note.part.add('problems');
  note.setAttribute('role', 'status');
  element.frame?.stage.parentElement?.querySelector('[part=problems]')?.remove();
  if (said) element.frame?.stage.after(note);
}

/** Finds out where names are. @param {HTMLElement} element @param {Stop[]} stops @param {string} folder */
async function locate(element, stops, folder) {
  travel ??= compile(folder + 'travel.wasm').then(makeTravel);
  const { put, itinerary } = await travel;
  const clean = (/** @type {string | number} */ value) => String(Number.isNaN(value) ? '' : value).replace(/[\t\r\n]/g, ' ');
  const lines = stops.map(({ name, country, lon, lat, from, to }) => [name, country, lon, lat, from, to].map(clean).join('\t')).join('\n');
  const bytes = new TextEncoder().encode(lines);
  // At most four rounds: the index, then the shards of names.
  for (let round = 0; round < 6; round++) {
    const answer = new TextDecoder().decode(itinerary(bytes, 0).subarray(4)); // its length stands before it
    if (!answer.startsWith('needs')) return take(element, stops, answer);
    const files = answer.trim().split('\t').slice(1);
    const arrived = await Promise.all(files.map((file) => fetch(folder + file).then((r) => (r.ok ? r.arrayBuffer() : new ArrayBuffer(0)), () => new ArrayBuffer(0))));
    files.forEach((file, at) => put(file, new Uint8Array(arrived[at])));
  }
}

/** @param {HTMLElement} element @param {Stop[]} stops @param {string} answer */
function take(element, stops, answer) {
  const problems = [];
  for (const line of answer.split('\n')) {
    const [kind, number, ...fields] = line.split('\t');
    const stop = stops[Number(number)];
    if (kind === 'problem') problems.push({ stop, message: fields[0], remedy: fields[1] });
    if (kind !== 'stop' || !stop) continue;
    const [region, code, country, lon, lat] = fields;
    Object.assign(stop, { region, code: code || stop.code, country: country || stop.country });
    if (lon) Object.assign(stop, { lon: Number(lon), lat: Number(lat) });
  }
  if (problems.length) element.dispatchEvent(new CustomEvent('meridian-problems', { bubbles: true, composed: true, detail: { problems } }));
}

// ---- the journey ------------------------------------------------------------------------------------------------

/** Follows the stops in their order. @param {View} globe @param {{ from?: number, speed?: number }} [options] */
export function play(globe, { from, speed = 1 } = {}) {
  const { sphere, stops, motion } = globe;
  const last = stops.length - 1;
  if (last < 1) return;
  const now = sphere.get('progress');
  let progress = from ?? (now >= 0 && now < last ? now : 0);
  // A whole journey takes between ten seconds and a minute.
  const pace = (Math.max(10, Math.min(60, last * 0.8)) * 1000) / last / speed;
  motion.stop('flight', 'swing', 'rotation');
  globe.frame.showPlaying(true);
  let at = -1;
  motion.start('journey', (elapsed) => {
    progress = Math.min(last, progress + elapsed / pace);
    sphere.set('progress', progress);
    const index = Math.floor(progress);
    if (index !== at && Number.isFinite(stops[index].lon)) {
      at = index;
      globe.select(index, false);
    }
    follow(globe, progress);
    if (progress < last) return true;
    globe.frame.showPlaying(false);
    return false;
  });
}

/** Keeps the traveller near the middle. @param {View} globe @param {number} progress */
function follow({ sphere, stops }, progress) {
  const [a, b] = [stops[Math.floor(progress)], stops[Math.min(stops.length - 1, Math.ceil(progress))]];
  if (!Number.isFinite(a.lon + b.lon)) return;
  const traveller = sphere.traveller();
  const [x, y] = [sphere.get('width') / 2, sphere.get('height') / 2];
  if (!traveller) return sphere.turn(a.lon, Math.max(-60, Math.min(60, a.lat)));
  sphere.grab(traveller[0], traveller[1]);
  sphere.drag(traveller[0] + (x - traveller[0]) * 0.04, traveller[1] + (y - traveller[1]) * 0.04);
}

// ---- pictures ---------------------------------------------------------------------------------------------------

/** @param {View} globe @param {{ scale?: number }} [options] @returns {Promise<Blob>} */
export function toBlob(globe, { scale = globe.picture.ratio } = {}) {
  const { width, height } = globe.picture;
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: height * scale });
  paint(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), globe.sphere, readInks(globe.frame.probe), { ...globe.picture, ratio: scale });
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.')))));
}

/** @param {View} globe */
export function toSVG(globe) {
  const drawing = new Drawing(globe.picture.width, globe.picture.height);
  paint(/** @type {any} */ (drawing), globe.sphere, readInks(globe.frame.probe), { ...globe.picture, ratio: 1 });
  return drawing.svg();
}
