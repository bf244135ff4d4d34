// Lists of stops in files, and stops with names instead of coordinates.

import { Core, makeCore } from '../engine/abi.js';
import { askTravel } from '../engine/gazetteer.js';
import { compile } from '../net/fetch.js';
import { base } from '../base/base_url.js';
import { make } from '../base/elements.js';
import { wordsOf } from './words.js';
import { fromText, isPlace, stopOf } from './stops.js';

/** @typedef {import('./stops.js').Stop} Stop */

// Number of names in the message about stops without position; others are counted.
const MOST_TOLD = 5;

// A site of one data file, with a minimal replacement of the theme's defaults.
const DATA = '_data/stops.yml';
const DEFAULTS =
  'data_dir: _data\ninclude: []\nexclude: []\nplugins: []\ndefaults: []\ncollections: {posts: {}}';

// The module that looks up names; the gazetteer and the core are beside it.
const FOLDER = new URL('.', new URL('./travel.wasm', import.meta.url)).href;

/**
 * @param {string} source
 * @param {string} type its ending, or its media type
 * @returns {Promise<Stop[]>}
 */
export async function readStops(source, type) {
  const stops = /ya?ml/.test(type) ? await fromYaml(source) : fromText(source, type);
  if (!stops)
    throw new Error(
      'A list of stops is JSON, CSV, TSV, YAML, GeoJSON, GPX, KML or org-locations.js.',
    );
  return stops;
}

/** @param {string} src */
export async function fetchStops(src) {
  const response = await fetch(new URL(src, base()));
  if (!response.ok) throw new Error(`${src}: ${response.status}`);
  const type = /\.(\w+)(\?|#|$)/.exec(src)?.[1] ?? response.headers.get('content-type') ?? '';
  return readStops(await response.text(), type.toLowerCase());
}

/**
 * Reads a data file as Jekyll does: with the core, on a site that has nothing else.
 * @param {string} source
 */
async function fromYaml(source) {
  const core = await makeCore(Core, await compile(`${FOLDER}meridian.wasm`));
  core.tell('theme', `_config.yml\n${DEFAULTS}\0`);
  const files = {
    '_config.yml': '',
    [DATA]: source,
    'stops.json': '---\n---\n{{ site.data.stops | jsonify }}',
  };
  core.tell('list', JSON.stringify({ files: Object.keys(files), complete: true }));
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  const { html, json } = core.render('/stops.json');
  const mistake = json.diagnostics?.find(
    ({ severity, file }) => severity === 'error' && file === DATA,
  );
  if (mistake) throw new Error(`${mistake.line ? `Line ${mistake.line}: ` : ''}${mistake.message}`);
  const items = JSON.parse(html);
  return (Array.isArray(items) ? items : Object.values(items ?? [])).map(stopOf);
}

/**
 * Looks up the positions of stops that have a name only, and shows a message for those that were
 * not found, or if there are none.
 * @param {import('./shadow_dom.js').GlobeElement} element
 * @param {Stop[]} stops
 */
export async function settle(element, stops) {
  if (stops.some((stop) => stop.name && !isPlace(stop))) await locate(element, stops);
  const lost = stops.filter((stop) => !isPlace(stop));
  const names = lost.slice(0, MOST_TOLD).map((stop) => stop.name || `#${stops.indexOf(stop) + 1}`);
  for (const stop of lost) stop.lon = stop.lat = NaN;
  const words = await wordsOf(element);
  const many = `${words.lost} (${lost.length}): ${names.join(', ')}${lost.length > MOST_TOLD ? ', …' : ''}`;
  const message = !stops.length ? words.none : lost.length ? many : '';
  element.frame?.pane.querySelector('[part=problems]')?.remove();
  if (message)
    element.frame?.stage.after(
      make('p', { part: 'problems', class: 'hint', role: 'status' }, message),
    );
}

/**
 * Looks up the positions of names.
 * @param {HTMLElement} element
 * @param {Stop[]} stops
 */
async function locate(element, stops) {
  const clean = (/** @type {string | number} */ value) =>
    String(Number.isNaN(value) ? '' : value).replace(/[\t\r\n]/g, ' ');
  const lines = stops
    .map(({ name, country, lon, lat, from, to }) =>
      [name, country, lon, lat, from, to].map(clean).join('\t'),
    )
    .join('\n');
  applyAnswer(element, stops, await askTravel(FOLDER, lines, 'itinerary', 0));
}

/** @param {HTMLElement} element @param {Stop[]} stops @param {string[][]} answer */
function applyAnswer(element, stops, answer) {
  const problems = [];
  for (const [kind, number, ...fields] of answer) {
    const stop = stops[Number(number)];
    if (kind === 'problem') problems.push({ stop, message: fields[0], remedy: fields[1] });
    if (kind !== 'stop' || !stop) continue;
    const [region, code, country, lon, lat] = fields;
    Object.assign(stop, { region, code: code || stop.code, country: country || stop.country });
    if (lon) Object.assign(stop, { lon: Number(lon), lat: Number(lat) });
  }
  if (problems.length)
    element.dispatchEvent(
      new CustomEvent('meridian-problems', { bubbles: true, composed: true, detail: { problems } }),
    );
}
