// What d3-geo makes of the same land: the oracle of the tests of globe.wasm and of the native
// globe.

import { geoOrthographic, geoPath } from 'd3-geo';

/** Numbers that look random and are the same in every run, from 0 to below 1. */
export function random(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/**
 * Views all over the sphere, in degrees; the first ones are those in which vertices and poles lie
 * on the horizon.
 */
export function views(count, seed = 1) {
  const next = random(seed);
  const chosen = [
    [0, 0, 0],
    [90, 0, 0],
    [180, 0, 0],
    [-90, 0, 0],
    [0, 90, 0],
    [0, -90, 0],
    [0, 45, 90],
    [180, -89.999, 0],
    [-180, 30, 180],
  ];
  for (let i = chosen.length; i < count; i++) {
    chosen.push([
      next() * 360 - 180,
      (Math.asin(2 * next() - 1) * 180) / Math.PI,
      i % 3 ? 0 : next() * 360 - 180,
    ]);
  }
  return chosen.slice(0, count);
}

/**
 * Reads a packed file; written from docs/globe.md alone. Rings as positions in degrees, the
 * interior on their left.
 */
export function unpack(bytes) {
  let at = 4;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      value |= (bytes[at] & 127) << shift;
      if (bytes[at++] < 128) return value >>> 0;
    }
  };
  const difference = () => {
    const value = number();
    return value & 1 ? -(value + 1) / 2 : value / 2;
  };
  const list = (length, item) => Array.from({ length }, item);
  const [steps, arcCount, regionCount, dotCount] = list(4, number);
  const sizes = list(arcCount, number);
  let next = 0;
  const regions = list(regionCount, () => ({
    code: String.fromCharCode(bytes[at++], bytes[at++]),
    polygons: list(number(), () =>
      list(number(), () =>
        list(number(), () => {
          const reference = next + difference();
          next = (reference | 1) + 1;
          return reference;
        }),
      ),
    ),
  }));
  const dots = list(dotCount, () => ({
    region: number(),
    at: [difference() / steps, difference() / steps],
  }));
  const axes = [0, 1].map((axis) => {
    let value = 0;
    return sizes.map((size) => {
      let step = 0;
      return list(size, (_, i) => {
        step = difference() + (i > 1 ? step >> 1 : 0);
        value += step;
        if (axis === 0) value -= 360 * steps * Math.floor((value + 180 * steps) / (360 * steps));
        return value;
      });
    });
  });
  const arcs = sizes.map((size, a) =>
    list(size, (_, i) => [axes[0][a][i] / steps, axes[1][a][i] / steps]),
  );
  for (const region of regions) {
    region.polygons = region.polygons.map((polygon) =>
      polygon.map((ring) => {
        const points = ring.flatMap((reference) =>
          reference & 1 ? [...arcs[reference >> 1]].reverse() : arcs[reference >> 1],
        );
        const distinct = points.filter((p, i) => !i || p.join() !== points[i - 1].join());
        if (distinct.length > 1 && distinct[0].join() === distinct.at(-1).join()) distinct.pop();
        return distinct;
      }),
    );
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes left`);
  return { steps, arcs, regions, dots };
}

/** Polygons as GeoJSON with d3's winding: the interior on the right. */
export function multiPolygon(polygons) {
  const coordinates = polygons.map((polygon) =>
    polygon.map((ring) => [...ring, ring[0]].reverse()),
  );
  return { type: 'MultiPolygon', coordinates };
}
export const multiLine = (polygons) => ({
  type: 'MultiLineString',
  coordinates: polygons.flat().map((ring) => [...ring, ring[0]]),
});

/**
 * d3's projection of a view, to the unit circle, y down: horizon at 90° exactly, edges not divided.
 */
export function projection([lon, lat, roll]) {
  return geoOrthographic()
    .clipAngle(90)
    .precision(0)
    .scale(1)
    .translate([0, 0])
    .rotate([-lon, -lat, roll]);
}

/**
 * The paths that d3 draws, as lists of points; edges divided where they would be farther than
 * `precision` from their arc.
 */
export function pathsOf(shape, view, precision = 0) {
  const paths = [];
  const context = {
    moveTo: (x, y) => paths.push([[x, y]]),
    lineTo: (x, y) => paths.at(-1).push([x, y]),
    closePath: () => paths.at(-1).push(paths.at(-1)[0]),
    arc() {},
  };
  geoPath(projection(view).precision(precision), context)(shape);
  return paths;
}

/** Paths of layers of the globe's arrays, to the unit circle. */
export function layerPaths({ layer, ends, xy }, from, to, { scale, x, y }) {
  const paths = [];
  for (let k = layer[from]; k < layer[to]; k++) {
    const path = [];
    for (let i = k ? ends[k - 1] : 0; i < ends[k]; i++)
      path.push([(xy[2 * i] - x) / scale, (xy[2 * i + 1] - y) / scale]);
    paths.push(path);
  }
  return paths;
}

const onHorizon = ([x, y]) => Math.abs(x * x + y * y - 1) < 2e-6;

/**
 * The area of closed paths. Between points on the horizon lies its arc, however many points it was
 * given.
 */
export function areaOf(paths) {
  let area = 0;
  for (const path of paths) {
    path.forEach((b, i) => {
      const a = path[i ? i - 1 : path.length - 1];
      const cross = a[0] * b[1] - b[0] * a[1];
      area += cross / 2;
      if (!onHorizon(a) || !onHorizon(b)) return;
      const angle = Math.atan2(cross, a[0] * b[0] + a[1] * b[1]);
      area += (angle - Math.sin(angle)) / 2;
    });
  }
  return Math.abs(area);
}

/**
 * How far the point of `paths` that is farthest from any point of `others` is from it. `skip`
 * leaves points out.
 */
export function farthest(paths, others, skip = () => false) {
  const cell = 1 / 256;
  const grid = new Map();
  const key = (x, y) => x * 100003 + y;
  for (const [x, y] of others.flat()) {
    const k = key(Math.floor(x / cell), Math.floor(y / cell));
    if (!grid.has(k)) grid.set(k, []);
    grid.get(k).push([x, y]);
  }
  let most = 0;
  for (const point of paths.flat()) {
    if (skip(point)) continue;
    let least = Infinity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const [x, y] of grid.get(
          key(Math.floor(point[0] / cell) + dx, Math.floor(point[1] / cell) + dy),
        ) ?? []) {
          least = Math.min(least, Math.hypot(point[0] - x, point[1] - y));
        }
      }
    }
    most = Math.max(most, least);
  }
  return most;
}
export { onHorizon };
