// cobe: its own map (a bitmap of 256 × 128 in its script) as dots of light, markers, arcs; three
// draw calls. No labels, no shading.
import createGlobe from 'cobe';
import { SIZE, draggable, legs, make } from './common.js';

const canvas = make('canvas');
const turned = (/** @type {[number, number]} */ [lon, lat]) => [lat, lon];
let [phi, theta] = [0, 0.3];
const globe = createGlobe(canvas, {
  devicePixelRatio: 1,
  width: SIZE,
  height: SIZE,
  phi,
  theta,
  dark: 1,
  diffuse: 1.2,
  mapSamples: 16000,
  mapBrightness: 6,
  scale: 1.17,
  baseColor: [0.1, 0.9, 0.1],
  markerColor: [0.2, 0.2, 0.8],
  glowColor: [1, 1, 1],
  arcColor: [0.8, 0.2, 0.2],
  markers: window.stops.map((stop) => ({ location: turned(stop), size: 0.01 })),
  arcs: legs(window.stops).map(([from, to]) => ({ from: turned(from), to: turned(to) })),
});
draggable(canvas, (dx, dy) => {
  phi += dx * 0.0027;
  theta += dy * 0.0027;
});
// As in its manual: no event reports that its map has loaded.
const step = () => {
  globe.update({ phi, theta });
  requestAnimationFrame(step);
};
step();
