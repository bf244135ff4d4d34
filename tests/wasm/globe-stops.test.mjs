// globe.wasm: stops, legs, clusters and labels, with d3-geo as the oracle.
import assert from 'node:assert/strict';
import test from 'node:test';
import { geoDistance, geoInterpolate } from 'd3-geo';
import * as abi from '../geo/module.mjs';
import * as oracle from '../geo/oracle.mjs';
import { cpuTime } from './cpu.mjs';
import { LIMIT, globe, putStops, scattered, near } from './globe.mjs';

const LONGEST = 5000; // milliseconds of work; anything that is not linear takes many times that

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
    // The expected points of legs, densely; the visible ones must be drawn, and nothing else.
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
    // The ends of a path may be where it becomes visible: on the edge of the sphere.
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
  made.stopFlags[1] = 1; // filtered out: the leg leads from the first to the third
  made.call('update');
  assert.deepEqual(at(-1), [1, 0, 0]);
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
  // The most important ones have priority when labels are placed again.
  made.setWord('settle', 1);
  made.frame();
  assert.equal(made.labelStop[0] % 10, 9);
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
