// globe.wasm as it is delivered, through web/engine/abi.js, with d3-geo as the oracle. Positions
// are compared on the unit circle: 1e-6 is six metres on the ground. What was measured is printed,
// as comments of the protocol.

import assert from 'node:assert/strict';
import test from 'node:test';
import { geoDistance } from 'd3-geo';
import * as abi from '../geo/module.mjs';
import * as oracle from '../geo/oracle.mjs';
import { files, globe, putStops, scattered, near } from './globe.mjs';

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
    if (Math.abs(middle[1]) > 89.9) continue; // the exact part
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

test('a thousand frames take no memory, and no view of it is made again', async () => {
  const made = await globe({ scale: 300, size: 800, ratio: 1 });
  putStops(made, scattered(2000), { label: () => 40 });
  made.frame();
  const { buffer } = made.memory;
  const [xy, ends] = [made.xy, made.ends];
  // The allocator is deterministic: a freed block is returned again, unless it is in use.
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
