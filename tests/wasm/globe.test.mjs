// globe.wasm as it is delivered, through web/engine/abi.js, with d3-geo as the oracle. Positions
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
import { cpuTime } from './cpu.mjs';

const LONGEST = 5000; // milliseconds of work; what is no longer linear takes many times that
const LIMIT = 1e-6;
// At this scale no edge of the land is long enough to be divided, and Float32 has its digits.
const SCALE = 80;
const CENTRE = { scale: SCALE, x: SCALE, y: SCALE };
const wasm = new WebAssembly.Module(readFileSync('build/wasm/globe.wasm'));
const files = { land: packLand('110m'), countries: packCountries('110m') };
const land = oracle.unpack(files.land);
const countries = oracle.unpack(files.countries);

async function globe({ scale = SCALE, size = 2 * SCALE, ratio = 0.1, shapes = true } = {}) {
  const made = await abi.makeGlobe(wasm);
  if (shapes) assert.ok(made.load(0, files.land) && made.load(2, files.countries));
  made.set('scale', scale);
  made.set('width', size);
  made.set('height', size);
  made.set('pixelRatio', ratio);
  return made;
}

function putStops(made, places, { flags = () => 0, priority = () => 0, label = () => 0 } = {}) {
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
function scattered(count, seed = 5) {
  const next = oracle.random(seed);
  return Array.from({ length: count }, () => [
    next() * 360 - 180,
    (Math.asin(2 * next() - 1) * 180) / Math.PI,
  ]);
}

const near = (actual, expected, limit, what) =>
  assert.ok(Math.abs(actual - expected) <= limit, `${what}: ${actual} instead of ${expected}`);
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
  // A point of the screen lies on land when a ray crosses the paths an odd number of times.
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

test('places: to the screen and back, also with roll', async (t) => {
  const made = await globe({ scale: 400, size: 900 });
  const places = scattered(2000);
  made.set('cluster', 0);
  putStops(made, places);
  let most = 0,
    back = 0;
  for (const view of oracle.views(50)) {
    made.call('look', ...view);
    made.frame();
    const projection = oracle.projection(view);
    const seen = new Set(made.pointStop.slice(0, made.word('points')));
    places.forEach((place, i) => {
      const [x, y] = projection(place);
      const depth = Math.cos(geoDistance(place, [view[0], view[1]]));
      if (Math.abs(depth) > 1e-9)
        assert.equal(seen.has(i), depth > 0, `${place} in the view of ${view}`);
      const [px, py, isSeen] = made.locate(i);
      assert.equal(Boolean(isSeen), seen.has(i));
      most = Math.max(most, Math.hypot((px - 450) / 400 - x, (py - 450) / 400 - y));
      if (depth < 0.05) return;
      const [lon, lat, hit] = made.place(px, py);
      assert.ok(hit);
      back = Math.max(back, geoDistance([lon, lat], place));
    });
  }
  t.diagnostic(`largest deviations: ${most} of the projection, ${back} of the way back`);
  assert.ok(most < LIMIT && back < LIMIT);
  made.place(5, 5);
  assert.equal(made.place(5, 5)[2], 0);
});

test('legs: great circles lifted over the sphere, hidden behind it', async (t) => {
  const scale = 400,
    size = 1400;
  const made = await globe({ scale, size, ratio: 1 });
  const places = scattered(300, 9);
  putStops(made, places);
  made.set('lift', 0.4);
  let most = 0,
    points = 0;
  for (const view of oracle.views(30)) {
    made.call('look', ...view);
    made.frame();
    const projection = oracle.projection(view).clipAngle(null);
    const drawn = oracle.layerPaths(made, abi.LEGS, abi.TRAVELLED, {
      scale,
      x: size / 2,
      y: size / 2,
    });
    assert.equal(made.layer[abi.TRAVELLED + 1] - made.layer[abi.TRAVELLED], 0);
    // Where points of legs have to be, densely; what is seen of them must be there, and nothing
    // else.
    const expected = [];
    places.slice(1).forEach((to, i) => {
      const way = geoInterpolate(places[i], to);
      const angle = geoDistance(places[i], to);
      const steps = Math.floor(angle / Math.sqrt(2 / scale)) + 1;
      {
        for (let k = 0; k <= steps; k++) {
          const share = k / steps;
          const place = way(share);
          const height = 1 + (4 * share * (1 - share) * 0.4 * angle) / Math.PI;
          const [x, y] = projection(place).map((v) => v * height);
          const front = geoDistance(place, [view[0], view[1]]) < Math.PI / 2;
          if (front || Math.hypot(x, y) >= 1) expected.push([x, y]);
        }
      }
    });
    // The ends of a path may lie where it comes into sight: on the edge of the sphere.
    const inner = drawn.flat().filter((p) => Math.abs(Math.hypot(...p) - 1) > 0.01);
    points += inner.length;
    most = Math.max(most, oracle.farthest([inner], [expected]));
  }
  t.diagnostic(`largest deviation ${most} of ${points} points`);
  assert.ok(most < LIMIT && points > 30000);
});

test('a journey under way: what is travelled, the rest, and the traveller', async () => {
  const made = await globe({ scale: 100, size: 400, ratio: 1, shapes: false });
  putStops(
    made,
    [
      [0, 0],
      [40, 0],
      [40, 40],
      [10, 45],
    ],
    { flags: (i) => (i === 3 ? 2 : 0) },
  );
  const count = (layer) => made.layer[layer + 1] - made.layer[layer];
  const at = (progress) => {
    made.set('progress', progress);
    made.frame();
    return [count(abi.LEGS), count(abi.TRAVELLED), made.word('travellerSeen')];
  };
  made.call('look', 20, 20, 0);
  assert.deepEqual(at(-1), [2, 0, 0]); // no leg leads to the last
  assert.deepEqual(at(0), [2, 0, 1]);
  assert.deepEqual(at(0.5), [2, 1, 1]);
  const [x, y] = oracle
    .projection([20, 20, 0])([20, 0])
    .map((v) => v * (1 + (made.get('lift') * 40) / 180));
  near((made.traveller[0] - 200) / 100, x, LIMIT, 'x of the traveller');
  near((made.traveller[1] - 200) / 100, y, LIMIT, 'y of the traveller');
  assert.deepEqual(at(1), [1, 1, 1]);
  assert.deepEqual(at(1.25), [1, 2, 1]);
  assert.deepEqual(at(2), [0, 2, 1]);
  assert.deepEqual(at(1e300), [0, 2, 1]);
  assert.deepEqual(at(NaN), [2, 0, 0]);
  made.stopFlags[1] = 1; // filtered away: the leg goes from the first to the third
  made.call('update');
  assert.deepEqual(at(-1), [1, 0, 0]);
});

test('dragging keeps the grabbed point under the pointer, and north up', async () => {
  const next = oracle.random(21);
  const made = await globe({ scale: 300, size: 700, shapes: false });
  for (let i = 0; i < 300; i++) {
    made.call('look', next() * 360 - 180, next() * 100 - 50, 0);
    const inside = () => {
      const [r, a] = [Math.sqrt(next()) * 290, next() * 7];
      return [350 + r * Math.cos(a), 350 + r * Math.sin(a)];
    };
    const from = inside();
    const grabbed = [...made.place(...from)];
    made.call('grab', ...from);
    // Many small moves as a hand makes them.
    const to = [from[0] + (350 - from[0]) * next() * 0.5, from[1] + (next() - 0.5) * 60];
    for (let k = 1; k <= 10; k++)
      made.call(
        'drag',
        from[0] + ((to[0] - from[0]) * k) / 10,
        from[1] + ((to[1] - from[1]) * k) / 10,
      );
    const [lon, lat, hit] = made.place(...to);
    if (!hit) continue;
    const middle = [...made.place(350, 350)];
    const pole = oracle.projection([...middle.slice(0, 2), 0])([0, 90]);
    near(pole[0], 0, 1e-6, 'the pole is above the middle');
    if (Math.abs(middle[1]) > 89.9) continue; // as far as it goes
    assert.ok(
      geoDistance([lon, lat], grabbed) < 1e-6,
      `drag ${i}: ${[lon, lat]} instead of ${grabbed}`,
    );
  }
  made.call('grab', -1e9, 3);
  made.call('drag', NaN, Infinity);
  made.frame();
  assert.ok([0, 1, 2, 3].every((i) => Number.isFinite(made.get('versor', i))));
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

test('clusters hold what is closer than their size, wherever the view points; one can be opened', async () => {
  const made = await globe({ scale: 300, size: 700, shapes: false });
  const next = oracle.random(77);
  const places = Array.from({ length: 3000 }, () => [10 + next() * 20, 40 + next() * 12]);
  putStops(made, places, { priority: (i) => i % 7 });
  made.set('cluster', 20);
  const owners = () =>
    [...made.pointStop.slice(0, made.word('points'))].sort((a, b) => a - b).join();
  made.call('look', 20, 46, 0);
  made.frame();
  const first = owners();
  const count = made.word('points');
  const total = made.pointSize.slice(0, count).reduce((a, b) => a + b, 0);
  assert.equal(total, 3000);
  assert.ok(count < 200);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < i; k++) {
      const way = geoDistance(places[made.pointStop[i]], places[made.pointStop[k]]) * 300;
      assert.ok(way > 15, `${way} pixels between two points`);
    }
  }
  made.call('look', 25, 40, 30);
  made.frame();
  assert.equal(owners(), first);
  const largest = made.pointSize
    .slice(0, count)
    .indexOf(Math.max(...made.pointSize.slice(0, count)));
  const [stop, size] = [made.pointStop[largest], made.pointSize[largest]];
  made.call('open', stop);
  made.frame();
  assert.equal(made.word('points'), count - 1 + Math.min(size, 200));
  assert.equal(
    made.pointSize.slice(0, made.word('points')).reduce((a, b) => a + b, 0),
    3000,
  );
  // Each of those around it is found where it is drawn.
  for (let i = count - 1; i < made.word('points'); i++) {
    const [x, y] = made.pointXy.slice(2 * i, 2 * i + 2);
    const [lx, ly] = made.locate(made.pointStop[i]);
    near(Math.hypot(lx - x, ly - y), 0, 1e-3, 'drawn where it is located');
    assert.equal(made.call('pick', x, y, 3), made.pointStop[i]);
  }
  made.call('open', -1);
  made.frame();
  assert.equal(owners(), first);
});

test('the nearest stop is found as by looking at all of them', async () => {
  const made = await globe({ scale: 390, size: 800, shapes: false });
  const places = scattered(12000, 13);
  made.set('cluster', 0);
  putStops(made, places);
  const next = oracle.random(3);
  let hits = 0;
  for (const view of oracle.views(40)) {
    made.call('look', ...view);
    made.frame();
    for (let i = 0; i < 50; i++) {
      const [x, y] = [next() * 800, next() * 800];
      const found = made.call('pick', x, y, 6);
      let least = 6,
        nearest = -1;
      for (let k = 0; k < made.word('points'); k++) {
        const way = Math.hypot(made.pointXy[2 * k] - x, made.pointXy[2 * k + 1] - y);
        if (way < least) [least, nearest] = [way, made.pointStop[k]];
      }
      assert.equal(found, nearest);
      hits += found >= 0;
    }
  }
  assert.ok(hits > 500);
});

test('labels do not overlap, are beside their points, and stay while dragging', async () => {
  const made = await globe({ scale: 390, size: 800, shapes: false });
  const next = oracle.random(8);
  const widths = Array.from({ length: 800 }, () => 20 + Math.floor(next() * 90));
  putStops(made, scattered(800, 44), {
    label: (i) => (i % 5 ? widths[i] : 0),
    priority: (i) => i % 10,
  });
  made.setWord('maxLabels', 60);
  let kept = 0,
    before = 0;
  let shown = new Set();
  for (let k = 0; k < 60; k++) {
    made.call('look', k * 0.4, 20, 0);
    made.setWord('settle', k ? 0 : 1);
    made.frame();
    const count = made.word('labels');
    assert.ok(count > 10 && count <= 60);
    const boxes = Array.from({ length: count }, (_, i) => {
      const stop = made.labelStop[i];
      const [x, y] = made.labelXy.slice(2 * i, 2 * i + 2);
      const [px, py] = made.locate(stop);
      assert.ok(px >= x - 16 && px <= x + widths[stop] + 16 && Math.abs(py - y) < 25 && stop % 5);
      return [x, y - 8, x + widths[stop], y + 8];
    });
    boxes.forEach((a, i) => {
      for (let k = 0; k < made.word('points'); k++) {
        const [x, y] = made.pointXy.slice(2 * k, 2 * k + 2);
        assert.ok(
          x < a[0] - 3.9 || x > a[2] + 3.9 || y < a[1] - 3.9 || y > a[3] + 3.9,
          'no label lies over a point',
        );
      }
      assert.ok(a[0] >= 0 && a[1] >= 0 && a[2] <= 800 && a[3] <= 800);
      for (const b of boxes.slice(0, i))
        assert.ok(
          a[0] >= b[2] - 1e-3 || b[0] >= a[2] - 1e-3 || a[1] >= b[3] - 1e-3 || b[1] >= a[3] - 1e-3,
        );
    });
    const now = new Set(made.labelStop.slice(0, count));
    if (k) {
      before += shown.size;
      for (const stop of shown) kept += now.has(stop);
    }
    shown = now;
  }
  assert.ok(kept / before > 0.97, `${kept} of ${before} stay`);
  // The most important ones come first when they are placed anew.
  made.setWord('settle', 1);
  made.frame();
  assert.equal(made.labelStop[0] % 10, 9);
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
          // d3-geo takes some views of half a sphere for the other half. The shadow of one that is
          // tilted is an ellipse's half.
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

test('views and stops without sense', async () => {
  const made = await globe();
  const bad = [NaN, Infinity, -Infinity, 1e308, -1e308, 0, -1, 1e-320];
  const numbers = [
    'scale',
    'width',
    'height',
    'pixelRatio',
    'lift',
    'progress',
    'sunTime',
    'cluster',
    'labelHeight',
    'versor',
  ];
  putStops(
    made,
    [
      [0, 90],
      [0, -90],
      [180, 0],
      [0, 0],
      [-180, 0],
      [NaN, 3],
      [1, Infinity],
      [1e300, 5],
      [3, 91],
      [0, 0],
      [720, 10],
    ],
    { label: () => 30 },
  );
  for (const name of numbers) {
    for (const value of bad) {
      made.set(name, value);
      made.frame();
      const end = made.layer[abi.LAYERS];
      const points = end ? made.ends[end - 1] : 0;
      for (let i = 0; i < 2 * points; i++)
        assert.ok(Number.isFinite(made.xy[i]), `${name} ${value}`);
      for (let i = 0; i < 2 * made.word('points'); i++) assert.ok(Number.isFinite(made.pointXy[i]));
    }
    made.set(
      name,
      { scale: 80, width: 160, height: 160, pixelRatio: 1, cluster: 0, labelHeight: 12, versor: 1 }[
        name
      ] ?? 0,
    );
  }
  made.call('look', 0, 0, 0);
  made.frame();
  assert.deepEqual(
    [...made.pointStop.slice(0, made.word('points'))].sort((a, b) => a - b),
    [3, 9, 10].concat([0, 1].filter((i) => made.locate(i)[2])).sort((a, b) => a - b),
  );
  for (const value of bad) {
    assert.ok(made.call('pick', value, value, value) >= -1);
    made.place(value, value);
    if (!(Math.abs(value) <= 90)) assert.equal(made.call('look', value, value, 0), 0);
  }
  assert.equal(made.call('pick', 80, 80, NaN), -1);
  made.call('open', 1 << 30);
  made.locate(1 << 30);
  made.call('reserve', 0);
  made.frame();
  assert.equal(made.word('points') + made.word('labels'), 0);
});

test('200,000 stops are there within a second; also when all are at one place', async (t) => {
  const wide = scattered(200000);
  const cases = {
    scattered: wide,
    'at one place': wide.map(() => [8, 47]),
    'in one country': wide.map(([lon, lat]) => [8 + lon / 100, 47 + lat / 100]),
  };
  for (const [name, places] of Object.entries(cases)) {
    for (const cluster of [14, 0]) {
      const made = await globe({ scale: 390, size: 800, ratio: 1 });
      made.call('reserve', places.length);
      places.forEach(([lon, lat], i) => {
        made.stopLon[i] = lon;
        made.stopLat[i] = lat;
        made.stopLabel[i] = 50;
      });
      made.set('cluster', cluster);
      made.call('look', 8, 47, 0);
      const time = cpuTime(() => {
        made.call('update');
        made.frame();
      });
      t.diagnostic(
        `${name}, clusters of ${cluster} pixels: ${time.toFixed(0)} ms, ${made.word('points')} points`,
      );
      assert.ok(time < LONGEST);
      assert.ok(made.word('points') > 0);
    }
  }
});

test('a thousand frames take no memory, and no view of it is made again', async () => {
  const made = await globe({ scale: 300, size: 800, ratio: 1 });
  putStops(made, scattered(2000), { label: () => 40 });
  made.frame();
  const { buffer } = made.memory;
  const [xy, ends] = [made.xy, made.ends];
  // The allocator is deterministic: a block that was freed is given again, unless somebody has
  // taken it.
  const probe = (size) => {
    const block = made.native.globe_alloc(size);
    made.native.globe_free(block);
    return block;
  };
  const sizes = [16, 100, 1000, 10000, 100000, 1000000];
  const before = sizes.map(probe);
  for (let i = 0; i < 1000; i++) {
    made.call('look', i * 1.3, Math.sin(i) * 80, 0);
    made.set('scale', 200 + i);
    made.set('sunTime', i * 1e9);
    made.set('progress', i);
    made.frame();
    made.call('pick', 400, 400, 10);
  }
  assert.equal(made.memory.buffer, buffer);
  assert.ok(made.xy === xy && made.ends === ends);
  assert.deepEqual(sizes.map(probe), before);
});

test('broken files are refused, and change nothing', async () => {
  const made = await globe();
  made.call('look', 10, 20, 0);
  made.frame();
  const picture = () =>
    Buffer.from(made.xy.slice(0, 2 * made.ends[made.layer[abi.LAYERS] - 1]).buffer).toString(
      'latin1',
    );
  const before = picture();
  for (let size = 0; size < files.countries.length; size += size < 300 ? 1 : 97) {
    assert.equal(made.load(2, files.countries.subarray(0, size)), false, `${size} bytes`);
  }
  assert.equal(made.load(0, Buffer.concat([files.land, Buffer.from([0])])), false);
  assert.equal(made.load(3, files.land), false);
  made.frame();
  assert.equal(picture(), before);
  const next = oracle.random(123);
  let taken = 0;
  for (let i = 0; i < 1500; i++) {
    const bytes = Buffer.from(i % 2 ? files.land : files.countries);
    for (let k = 0; k <= i % 5; k++) bytes[Math.floor(next() ** 2 * bytes.length)] = next() * 256;
    taken += made.load(i % 2 ? 0 : 2, bytes);
    if (i % 10 === 0) made.frame();
  }
  assert.ok(taken > 10);
});

test('200,000 stops: how long the first frame takes, wherever they are', async (t) => {
  const many = 200_000;
  for (const [kind, places] of Object.entries({
    'all over the sphere': scattered(many),
    'on one spot': Array.from({ length: many }, () => [10, 50]),
    'a track': Array.from({ length: many }, (_, i) => [i / 5000, 40 + 5 * Math.sin(i / 9000)]),
  })) {
    const made = await globe({ scale: 270, size: 576, ratio: 1 });
    const start = process.cpuUsage();
    putStops(made, places);
    made.frame();
    const { user, system } = process.cpuUsage(start);
    t.diagnostic(
      `${kind}: ${Math.round((user + system) / 1000)} ms, ${made.word('points')} points`,
    );
    assert.ok(made.word('points') > 0);
    for (let i = 0; i < 2 * made.word('points'); i++) assert.ok(Number.isFinite(made.pointXy[i]));
  }
});
