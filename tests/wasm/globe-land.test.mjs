// globe.wasm: land, countries, borders, graticule and night, with d3-geo as the oracle. Positions
// are compared on the unit circle: 1e-6 is six metres on the ground. What was measured is printed,
// as comments of the protocol.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { geoArea, geoCircle, geoContains, geoDistance, geoInterpolate } from 'd3-geo';
import { feature } from 'topojson-client';
import * as abi from '../geo/module.mjs';
import { packCountries, packLand } from '../../web/build/land.mjs';
import * as oracle from '../geo/oracle.mjs';
import { LIMIT, SCALE, land, countries, globe, near } from './globe.mjs';

const CENTRE = { scale: SCALE, x: SCALE, y: SCALE };
const radians = (degrees) => (degrees * Math.PI) / 180;

test('land in 500 views: areas, closed along the horizon, and coasts as d3-geo has them', async (t) => {
  const made = await globe();
  const polygons = land.regions[0].polygons;
  const areas = oracle.multiPolygon(polygons);
  const lines = oracle.multiLine(polygons);
  const most = { area: 0, fill: 0, coast: 0 };
  for (const view of oracle.views(500)) {
    made.call('look', ...view);
    made.frame();
    const fill = oracle.layerPaths(made, abi.LAND_CUT, abi.COAST_CUT, CENTRE);
    const coast = oracle.layerPaths(made, abi.LAND_WHOLE, abi.VISITED, CENTRE);
    const theirFill = oracle.pathsOf(areas, view);
    const theirCoast = oracle.pathsOf(lines, view);
    most.area = Math.max(most.area, Math.abs(oracle.areaOf(fill) - oracle.areaOf(theirFill)));
    most.fill = Math.max(
      most.fill,
      oracle.farthest(fill, theirFill, oracle.onHorizon),
      oracle.farthest(theirFill, fill, oracle.onHorizon),
    );
    most.coast = Math.max(
      most.coast,
      oracle.farthest(coast, theirCoast),
      oracle.farthest(theirCoast, coast),
    );
  }
  t.diagnostic(
    `largest deviations: area ${most.area}, outline ${most.fill}, coast and where it ends ${most.coast}`,
  );
  for (const value of Object.values(most)) assert.ok(value < LIMIT, JSON.stringify(most));
});

test('each country in 60 views, and all borders', async (t) => {
  const made = await globe();
  const most = { area: 0, fill: 0, borders: 0 };
  // A border is an arc that two rings walk along.
  const { arcs } = countries;
  const atlas = JSON.parse(
    readFileSync(
      new URL('../../node_modules/world-atlas/countries-110m.json', import.meta.url),
      'utf8',
    ),
  );
  const used = atlas.objects.countries.geometries
    .flatMap((g) => g.arcs.flat(Infinity))
    .map((a) => (a < 0 ? ~a : a));
  const shared = new Set(used.filter((arc, i) => used.indexOf(arc) !== i));
  const borders = {
    type: 'MultiLineString',
    coordinates: arcs.filter((arc, i) => shared.has(i) && arc.length > 1),
  };
  for (const [i, view] of oracle.views(60, 3).entries()) {
    made.call('look', ...view);
    for (let k = i % 4; k < countries.regions.length; k += 4) {
      made.regionFlags.fill(0, 0, countries.regions.length);
      made.regionFlags[k] = 1;
      made.frame();
      const fill = oracle.layerPaths(made, abi.VISITED, abi.SELECTED, CENTRE);
      const theirs = oracle.pathsOf(oracle.multiPolygon(countries.regions[k].polygons), view);
      most.area = Math.max(most.area, Math.abs(oracle.areaOf(fill) - oracle.areaOf(theirs)));
      most.fill = Math.max(
        most.fill,
        oracle.farthest(fill, theirs, oracle.onHorizon),
        oracle.farthest(theirs, fill, oracle.onHorizon),
      );
    }
    const ours = oracle.layerPaths(made, abi.BORDERS, abi.NIGHT, CENTRE);
    const theirs = oracle.pathsOf(borders, view);
    most.borders = Math.max(
      most.borders,
      oracle.farthest(ours, theirs),
      oracle.farthest(theirs, ours),
    );
  }
  t.diagnostic(
    `largest deviations: area ${most.area}, outline ${most.fill}, borders ${most.borders}`,
  );
  for (const value of Object.values(most)) assert.ok(value < LIMIT, JSON.stringify(most));
});

test('the packed land is that of Natural Earth, without seams', () => {
  for (const scale of ['110m', '50m']) {
    const { regions, steps } = oracle.unpack(packLand(scale));
    const atlas = JSON.parse(
      readFileSync(
        new URL(`../../node_modules/world-atlas/countries-${scale}.json`, import.meta.url),
        'utf8',
      ),
    );
    near(
      geoArea(oracle.multiPolygon(regions[0].polygons)),
      geoArea(feature(atlas, atlas.objects.land)),
      0.002,
      `area at ${scale}`,
    );
    for (const ring of regions[0].polygons.flat()) {
      ring.forEach(([lon, lat], i) => {
        const [lon2, lat2] = ring[(i + 1) % ring.length];
        assert.ok(
          !(lon === -180 && lon2 === -180),
          `an edge on the antimeridian from ${lat} to ${lat2}`,
        );
        assert.ok(geoDistance([lon, lat], [lon2, lat2]) < 0.3, 'an edge that goes round');
      });
    }
    assert.equal(steps, scale === '110m' ? 16 : 64);
  }
});

test('coasts of land and countries are the same points, and so are the regions of both scales', () => {
  const fine = oracle.unpack(packCountries('50m'));
  for (const [shapes, coasts] of [
    [countries, land],
    [fine, oracle.unpack(packLand('50m'))],
  ]) {
    const known = new Set(shapes.arcs.flat().map(String));
    assert.deepEqual(
      coasts.arcs.flat().filter((point) => !known.has(String(point))),
      [],
    );
  }
  assert.deepEqual(
    fine.regions.map(({ code }) => code),
    countries.regions.map(({ code }) => code),
  );
  countries.regions.forEach(({ code, polygons }, at) =>
    assert.ok(!polygons.length || fine.regions[at].polygons.length, code),
  );
});

test('long edges are divided where they would leave their arc by more than a quarter of a pixel', async (t) => {
  const polygons = land.regions[0].polygons;
  let most = 0;
  for (const scale of [100, 400, 1200]) {
    const made = await globe({ scale, size: 2 * scale, ratio: 1 });
    for (const view of oracle.views(20)) {
      made.call('look', ...view);
      made.frame();
      const projection = oracle.projection(view);
      for (const path of oracle.layerPaths(made, abi.LAND_WHOLE, abi.VISITED, {
        scale,
        x: scale,
        y: scale,
      })) {
        path.slice(1).forEach(([x, y], i) => {
          // The middle of the arc between two points in sight.
          const ends = [path[i], [x, y]].map((p) => projection.invert(p));
          const middle = projection(geoInterpolate(...ends)(0.5));
          if (Math.max(...[path[i], [x, y]].map((p) => Math.hypot(...p))) > 0.999) return;
          most = Math.max(
            most,
            Math.hypot(middle[0] - (x + path[i][0]) / 2, middle[1] - (y + path[i][1]) / 2) * scale,
          );
        });
      }
    }
  }
  t.diagnostic(`farthest of an edge from its arc: ${most} pixels`);
  assert.ok(most < 0.26 && most > 0.05 && polygons.length > 100);
});

test('of what lies beside the screen nothing is missed inside: the same pixels, few points', async () => {
  // A point of the screen is on land when a ray crosses the paths an odd number of times.
  const inside = (paths, x, y) => {
    let odd = false;
    for (const path of paths) {
      for (let i = 0, k = path.length - 1; i < path.length; k = i++) {
        const [[ax, ay], [bx, by]] = [path[k], path[i]];
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
      }
    }
    return odd;
  };
  const scale = 3000,
    size = 400;
  const made = await globe({ scale, size, ratio: 1 });
  const next = oracle.random(11);
  let checked = 0;
  for (const view of oracle.views(60).slice(9)) {
    made.call('look', ...view);
    made.frame();
    const paths = oracle.layerPaths(made, abi.LAND_CUT, abi.COAST_CUT, { scale: 1, x: 0, y: 0 });
    assert.ok(paths.flat().length < 3000);
    for (let i = 0; i < 20; i++) {
      const [x, y] = [next() * size, next() * size];
      const [lon, lat, hit] = made.place(x, y);
      const onLand = hit && geoContains(oracle.multiPolygon(land.regions[0].polygons), [lon, lat]);
      assert.equal(inside(paths, x, y), Boolean(onLand), `${lon}, ${lat} in the view of ${view}`);
      checked++;
    }
  }
  assert.ok(checked > 900);
});

test('the graticule: meridians and parallels every ten degrees, as long as those of d3-geo', async (t) => {
  const { geoGraticule10 } = await import('d3-geo');
  const made = await globe();
  const length = (paths) =>
    paths
      .flatMap((p) => p.slice(1).map((b, i) => Math.hypot(b[0] - p[i][0], b[1] - p[i][1])))
      .reduce((a, b) => a + b, 0);
  let off = 0;
  // The first views have lines on the horizon itself, which may count as seen or not.
  for (const view of oracle.views(50).slice(9)) {
    made.call('look', ...view);
    made.frame();
    const paths = oracle.layerPaths(made, abi.GRATICULE, abi.LAND_CUT, CENTRE);
    near(
      length(paths) / length(oracle.pathsOf(geoGraticule10(), view, 1e-3)),
      1,
      0.003,
      `length in the view of ${view}`,
    );
    const projection = oracle.projection(view);
    for (const point of paths.flat()) {
      if (Math.hypot(...point) > 0.99) continue;
      const [lon, lat] = projection.invert(point);
      const beside = (degrees, scale) =>
        radians(Math.abs(degrees - 10 * Math.round(degrees / 10))) * scale;
      off = Math.max(off, Math.min(beside(lon, Math.cos(radians(lat))), beside(lat, 1)));
    }
  }
  t.diagnostic(`farthest of a point from its line: ${off}`);
  // Seen at an angle: the error of Float32 at the rim is seven times as large on the sphere.
  assert.ok(off < 5e-6);
});

test('every region of ISO 3166 has a polygon or a dot', async () => {
  const made = await globe({ scale: 1000, size: 2000 });
  const codes = countries.regions.map(({ code }) => code);
  for (const code of ['HK', 'MO', 'MT', 'SG', 'VA', 'GI', 'RE', 'TV', 'BH', 'MV']) {
    const region = codes.indexOf(code);
    assert.ok(
      countries.dots.some((dot) => dot.region === region),
      `a dot for ${code}`,
    );
  }
  for (const code of ['PR', 'TW', 'GF', 'SJ', 'XK', 'CY', 'PS', 'AQ', 'GL'])
    assert.ok(countries.regions[codes.indexOf(code)]?.polygons.length, code);
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(String.fromCharCode(...made.regionCode.slice(0, 2 * codes.length)), codes.join(''));
  made.call('look', 0, 0, 0);
  made.frame();
  assert.ok(made.word('dots') > 10 && made.word('dots') < countries.dots.length);
});

test('night: the sun below the horizon, and three kinds of twilight, as circles of d3-geo', async (t) => {
  const made = await globe({ shapes: false });
  // Equinox, solstice, and the equation of time at its extremes; NOAA's calculator, to 0.05°.
  const known = [
    ['2024-03-20T03:06:00Z', 135.36, 0],
    ['2024-06-20T20:51:00Z', -132.3, 23.44],
    ['2024-11-03T12:00:00Z', -4.11, -15.23],
    ['2024-02-11T12:00:00Z', 3.55, -13.97],
  ];
  let most = 0;
  for (const [time, lon, lat] of known) {
    made.set('sunTime', Date.parse(time));
    for (const view of oracle.views(20)) {
      made.call('look', ...view);
      made.frame();
      [0, 6, 12, 18].forEach((depth, i) => {
        const ours = oracle.areaOf(
          oracle.layerPaths(made, abi.NIGHT + i, abi.NIGHT + i + 1, CENTRE),
        );
        if (!depth) {
          // d3-geo draws the wrong half of the sphere in some views. The shadow of a tilted half is
          // half an ellipse.
          const tilt = Math.cos(geoDistance([lon + 180, -lat], [view[0], view[1]]));
          most = Math.max(most, Math.abs(ours - (Math.PI / 2) * (1 + tilt)));
          return;
        }
        const circle = geoCircle()
          .center([lon + 180, -lat])
          .radius(90 - depth)
          .precision(1)();
        most = Math.max(most, Math.abs(ours - oracle.areaOf(oracle.pathsOf(circle, view))));
      });
    }
  }
  t.diagnostic(`largest deviation of an area: ${most}`);
  assert.ok(most < 0.004); // the known positions have 0.05°
  made.set('sunTime', NaN);
  made.frame();
  assert.equal(made.layer[abi.LEGS], made.layer[abi.NIGHT]);
});
