// The same frames natively and in wasm, byte for byte: node tests/geo/native.mjs PROGRAM
//
// globe-land.test.mjs holds globe.wasm against d3-geo; its results hold for the native
// globe when this passes.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAYERS, makeGlobe } from './module.mjs';
import { packCountries, packLand } from '../../web/build/land.mjs';
import { views } from './oracle.mjs';

const STOPS = 500; // as in globe_frames.cpp
const files = [packLand('110m'), packCountries('110m')];
const folder = mkdtempSync(join(tmpdir(), 'globe-'));
const paths = files.map((bytes, i) => join(folder, String(i)));
paths.forEach((path, i) => writeFileSync(path, files[i]));

const globe = await makeGlobe(new WebAssembly.Module(readFileSync('build/wasm/globe.wasm')));
globe.load(0, files[0]);
globe.load(2, files[1]);
for (let i = 0; i < globe.word('regions'); i += 3) globe.regionFlags[i] = 1;
globe.call('reserve', STOPS);
for (let i = 0; i < STOPS; i++) {
  globe.stopLon[i] = ((i * 137) % 360) - 180;
  globe.stopLat[i] = ((i * 61) % 170) - 85;
}
globe.call('update');

const asked = views(500).map((view, i) => [
  ...view,
  [80, 350, 4000][i % 3],
  800,
  (i % 2) + 1,
  i * 1e10,
  (i % 5) * 100.3 - 50,
]);
const native = execFileSync(process.argv[2], paths, {
  input: Buffer.from(new Float64Array(asked.flat()).buffer),
  maxBuffer: 1 << 30,
});
rmSync(folder, { recursive: true });

let at = 0;
let equal = 0;
for (const view of asked) {
  globe.call('look', ...view.slice(0, 3));
  ['scale', 'width', 'pixelRatio', 'sunTime', 'progress'].forEach((name, i) =>
    globe.set(name, view[3 + i]),
  );
  globe.set('height', view[4]);
  globe.frame();
  const count = globe.layer[LAYERS];
  const points = count ? globe.ends[count - 1] : 0;
  const frame = Buffer.concat(
    [
      globe.layer,
      Uint32Array.of(points),
      globe.ends.slice(0, count),
      globe.xy.slice(0, 2 * points),
      Uint32Array.of(globe.word('points')),
      globe.pointXy.slice(0, 2 * globe.word('points')),
    ].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  );
  const same = frame.equals(native.subarray(at, at + frame.length));
  equal += same;
  if (!same) console.log(`differs: ${view}`);
  at += frame.length;
}
console.log(`${equal} of ${asked.length} frames are equal, ${native.length} bytes`);
process.exit(equal === asked.length && at === native.length ? 0 : 1);
