// Invalid lists of stops in the element: a readable message appears, valid stops are shown, nothing
// hangs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { fromText } from '../../web/globe/stops.js';
import { host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

test('files whose parts repeat are read in linear time', () => {
  // With work by their square each of these takes hours.
  assert.throws(() => fromText('addressPoints=['.repeat(200_000), 'js'), SyntaxError);
  assert.equal(fromText(`addressPoints = [["A", 1, 2],${' '.repeat(1_000_000)}]`, 'js').length, 1);
  const many = (count, text) => Array.from({ length: count }, (_, at) => text(at)).join(',');
  const wide = `city,${many(30_000, (at) => `k${at}`)}\n${'A\n'.repeat(30_000)}`;
  const cities = fromText(wide, 'csv');
  assert.deepEqual([cities.length, cities[29_999].name], [30_000, 'A']);
  const points = many(200_000, () => '[1,2]');
  const keys = many(20_000, (at) => `"k${at}":1`);
  const places = fromText(
    `{"features":[{"geometry":{"type":"MultiPoint","coordinates":[${points}]},"properties":{"name":"B",${keys}}}]}`,
    'json',
  );
  assert.deepEqual([places.length, places[9].name, places[9].lat], [200_000, 'B', 2]);
});

/** A page with one globe; `files` lie beside it. Gives its state when it is ready or has failed. */
async function shown(t, element, files = {}) {
  const site = makeSite(t, {});
  site.put(
    'globe.html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>T</title><link rel="icon" href="data:,"><script type="module" src="meridian/globe.js"></script>${element}`,
  );
  for (const [path, text] of Object.entries(files)) site.put(path, text);
  const server = await host(t, site.folder);
  const { page, lines } = await openPage(t, browser);
  await page.addInitScript(() => {
    addEventListener(
      'meridian-ready',
      () => (window.told = ['ready', Math.round(performance.now())]),
    );
    addEventListener(
      'meridian-error',
      ({ detail }) => (window.told = ['error', String(detail.error)]),
    );
  });
  await page.goto(`${server.url}globe.html`);
  await page.waitForFunction(() => window.told, null, { timeout: 60_000 });
  const state = await page.evaluate(async () => {
    const globe = document.querySelector('meridian-globe');
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { canvas } = globe.frame;
    const data = new Uint32Array(
      canvas.getContext('2d').getImageData(0, 0, canvas.width || 1, canvas.height || 1).data.buffer,
    );
    const points = [];
    for (let i = 0; i < globe.view?.sphere.points; i++)
      points.push([globe.view.sphere.seen.pointStop[i], globe.view.sphere.seen.pointSize[i]]);
    return {
      told: window.told,
      colours: new Set(data).size,
      note: globe.shadowRoot.querySelector('[part=problems]')?.textContent ?? '',
      hint: globe.shadowRoot.querySelector('#hint').textContent,
      stops: globe.stops.length,
      view: globe.view && (await globe.handle()).getView(),
      points,
      visible: globe.frame.canvas.checkVisibility(),
    };
  });
  return { page, lines, ...state };
}
const list = (data) =>
  `<meridian-globe><script type="application/json">${JSON.stringify(data)}</script></meridian-globe>`;
/** The picture of the sphere is more than its background. */
const drawn = ({ told, colours, visible }) => told[0] === 'ready' && visible && colours > 20;

test('an empty list: the globe shows, and says that there are no stops', { skip }, async (t) => {
  for (const element of [
    '<meridian-globe></meridian-globe>',
    list([]),
    '<meridian-globe src="stops.csv"></meridian-globe>',
  ]) {
    const state = await shown(t, element, { 'stops.csv': 'city,lat,lon\n' });
    assert.ok(drawn(state), JSON.stringify(state));
    assert.equal(state.note, 'There are no stops.');
    assert.deepEqual(state.lines, []);
  }
});

test(
  'NaN and coordinates out of range: valid stops are shown, the others are named',
  { skip },
  async (t) => {
    const state = await shown(
      t,
      list([
        { name: '', lat: 'NaN', lon: 1 },
        { lat: 91, lon: 181 },
        { lat: -1e308, lon: 1e308 },
        { lat: null, lon: 0 },
        { lat: 1e-320, lon: 0 },
        { lat: 50, lon: 370 },
        { lat: 'Infinity', lon: 0 },
        { lat: 0, lon: 1e9 },
        null,
        {},
      ]),
    );
    assert.ok(drawn(state), JSON.stringify(state));
    assert.equal(state.note, 'Not on the globe (8): #1, #2, #3, #4, #7, …');
    assert.deepEqual(state.points.map(([stop]) => stop).sort(), [4, 5]);
    assert.ok(
      Math.abs(state.view.lat - 25) < 1 && Math.abs(state.view.lon - 5) < 3,
      JSON.stringify(state.view),
    );
  },
);

test('stops in one place, at poles and antipodes', { skip }, async (t) => {
  const one = await shown(t, list(Array.from({ length: 500 }, () => ({ lat: 50, lon: 10 }))));
  assert.ok(drawn(one) && one.note === '', JSON.stringify(one));
  assert.deepEqual(one.points, [[0, 500]]);
  const far = await shown(
    t,
    list(
      [
        [0, 0],
        [180, 0],
        [0, 0],
        [0, 0],
        [0, 90],
        [0, -90],
        [180, 0],
        [-180, 0],
      ].map(([lon, lat]) => ({ lon, lat })),
    ),
  );
  assert.ok(drawn(far) && far.note === '', JSON.stringify(far));
  assert.ok(Number.isFinite(far.view.lon + far.view.lat));
});

test('decreasing dates: the journey follows the order of the list', { skip }, async (t) => {
  const state = await shown(
    t,
    list([
      { lat: 0, lon: 0, date: '1805' },
      { lat: 10, lon: 10, from: '1799-02', to: '1798' },
      { lat: 20, lon: 0, date: 'x' },
    ]),
  );
  assert.ok(drawn(state), JSON.stringify(state));
  await state.page.evaluate(() => document.querySelector('meridian-globe').play({ speed: 1000 }));
  await state.page.waitForFunction(
    () => document.querySelector('meridian-globe').view.sphere.get('progress') === 2,
  );
});

test('invalid and broken lists: the message names the error', { skip }, async (t) => {
  for (const [name, text, expected] of [
    ['a.json', '{"a": [', /could not be loaded.*JSON/],
    ['b.json', 'null', /could not be loaded/],
    ['c.txt', 'Berlin', /A list of stops is JSON, CSV/],
  ]) {
    const state = await shown(
      t,
      `<meridian-globe src="${name}"><p>Three towns</p></meridian-globe>`,
      { [name]: text },
    );
    assert.equal(state.told[0], 'error');
    assert.match(state.hint, expected);
    assert.equal(state.visible, false);
    assert.ok(await state.page.getByText('Three towns').isVisible());
  }
  const features = [
    { geometry: { type: 'Point' } },
    { geometry: { type: 'MultiPoint', coordinates: null } },
    { geometry: { type: 'LineString', coordinates: [] } },
    { geometry: { type: 'Point', coordinates: [10, 50] } },
  ];
  const state = await shown(t, list({ type: 'FeatureCollection', features }));
  assert.ok(drawn(state), JSON.stringify(state));
  assert.equal(state.points.length, 1);
  assert.match(state.note, /^Not on the globe \(3\)/);
});

test('200,000 stops, and a track of 100,000 points', { skip }, async (t) => {
  const stops = Array.from({ length: 200_000 }, (_, i) => ({
    lat: ((i * 61) % 170) - 85,
    lon: ((i * 137) % 360) - 180 + i / 200_000,
  }));
  const many = await shown(t, '<meridian-globe src="stops.json"></meridian-globe>', {
    'stops.json': JSON.stringify(stops),
  });
  assert.ok(drawn(many) && many.points.length > 200, JSON.stringify(many.told));
  assert.equal(many.stops, 200_000);
  t.diagnostic(`200,000 stops: first frame ${many.told[1]} ms after the page was asked for`);
  const point = (tag, i) =>
    `<${tag} lat="${(i % 160) - 80 + i / 1e5}" lon="${(i % 359) - 179}"><name>P${i}</name><time>2024-01-01T00:00:00Z</time></${tag}>`;
  const gpx = (tag, count) =>
    `<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">${tag === 'trkpt' ? '<trk><trkseg>' : ''}${Array.from({ length: count }, (_, i) => point(tag, i)).join('')}${tag === 'trkpt' ? '</trkseg></trk>' : ''}</gpx>`;
  const track = await shown(t, '<meridian-globe src="t.gpx"></meridian-globe>', {
    't.gpx': gpx('trkpt', 100_000),
  });
  assert.ok(drawn(track), JSON.stringify(track.told));
  assert.equal(track.stops, 2);
  const ways = [];
  for (const count of [25_000, 100_000]) {
    const state = await shown(t, '<meridian-globe src="t.gpx"></meridian-globe>', {
      't.gpx': gpx('wpt', count),
    });
    assert.ok(drawn(state), JSON.stringify(state.told));
    assert.equal(state.stops, count);
    ways.push(state.told[1]);
  }
  t.diagnostic(
    `GPX: a track of 100,000 points ${track.told[1]} ms; 25,000 and 100,000 way points ${ways.join(' and ')} ms`,
  );
});
