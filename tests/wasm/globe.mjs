// A globe of globe.wasm with its land and its stops, as the tests use it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as abi from '../geo/module.mjs';
import { packCountries, packLand } from '../../web/build/land.mjs';
import * as oracle from '../geo/oracle.mjs';

export const LIMIT = 1e-6;
// At this scale no edge of the land is long enough to be divided, and Float32 has its digits.
export const SCALE = 80;
export const wasm = new WebAssembly.Module(readFileSync('build/wasm/globe.wasm'));
export const files = { land: packLand('110m'), countries: packCountries('110m') };
export const land = oracle.unpack(files.land);
export const countries = oracle.unpack(files.countries);

export async function globe({ scale = SCALE, size = 2 * SCALE, ratio = 0.1, shapes = true } = {}) {
  const made = await abi.makeGlobe(wasm);
  if (shapes) assert.ok(made.load(0, files.land) && made.load(2, files.countries));
  made.set('scale', scale);
  made.set('width', size);
  made.set('height', size);
  made.set('pixelRatio', ratio);
  return made;
}

export function putStops(
  made,
  places,
  { flags = () => 0, priority = () => 0, label = () => 0 } = {},
) {
  made.call('reserve', places.length);
  places.forEach(([lon, lat], i) => {
    made.stopLon[i] = lon;
    made.stopLat[i] = lat;
    made.stopFlags[i] = flags(i);
    made.stopPriority[i] = priority(i);
    made.stopLabel[i] = label(i);
  });
  made.call('update');
}

/** Points all over the sphere. */
export function scattered(count, seed = 5) {
  const next = oracle.random(seed);
  return Array.from({ length: count }, () => [
    next() * 360 - 180,
    (Math.asin(2 * next() - 1) * 180) / Math.PI,
  ]);
}

export const near = (actual, expected, limit, what) =>
  assert.ok(Math.abs(actual - expected) <= limit, `${what}: ${actual} instead of ${expected}`);
