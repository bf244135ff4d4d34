// The gazetteer's packs on hosts that send ranges, that don't, that garble them, and that have
// another version: real core, real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { DIST, host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

// Names that the popular tier does not have, of several packs, some of the same.
const NAMES = [
  ...['Rothenburg ob der Tauber', 'Bamberg', 'Zakopane', 'Kotor', 'Mostar', 'Ohrid', 'Nafplio'],
  ...['Ushuaia', 'Paraty', 'Galle', 'Pokhara', 'Leh', 'Jaisalmer', 'Hampi', 'Takayama', 'Nikko'],
  ...['Hakone', 'Queenstown', 'Rotorua', 'Taos', 'Sedona', 'Moab', 'Ithaca'],
];
const SITE = {
  '_config.yml': 'title: T\n',
  '_data/stops.yml': NAMES.map((name) => `- ${name}\n`).join(''),
  'index.md':
    '---\nlayout: single\ntitle: Home\n---\n{% include travel-globe.html stops=site.data.stops %}\n',
};
const PACK = /\/places\/[0-9a-f]\.bin$/;

/** A host's answers for packs: `send(bytes, first, last, response)` gets the range asked for. */
const packs = (send) => (request, response, path) => {
  if (!PACK.test(path)) return false;
  const bytes = readFileSync(join(DIST, path));
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range) send(bytes, Number(range[1]), Number(range[2]), response);
  else whole(bytes, response);
  return true;
};
const plain = { 'content-type': 'application/octet-stream' };
const whole = (bytes, response) => response.writeHead(200, plain).end(bytes);
const part = (bytes, first, last, response, headers = {}) =>
  response
    .writeHead(206, {
      ...plain,
      'content-range': `bytes ${first}-${last}/${bytes.length}`,
      ...headers,
    })
    .end(bytes.subarray(first, last + 1));

/** A visit: stops with a place, the requests for packs, the answers to those for parts. */
async function visit(t, send) {
  const sent = [];
  const count = (bytes, first, last, response) => {
    const { end } = response;
    response.end = (chunk) => {
      sent.push({ status: response.statusCode, size: chunk?.length ?? 0 });
      return end.call(response, chunk);
    };
    send(bytes, first, last, response);
  };
  const { root } = makeSite(t, SITE, { manifest: true, meta: { manifest: 'meridian.json' } });
  const server = await host(t, root, { answer: packs(count) });
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url);
  await page.waitForSelector('meridian-globe li');
  await page.waitForFunction(() => !document.querySelector('main')?.ariaBusy);
  const placed = await page.$$eval('meridian-globe [data-lon]', (stops) => stops.length);
  const asked = server.log.filter(({ path }) => PACK.test(path));
  return { placed, asked, sent, lines };
}

test('a host that sends ranges sends a shard for a name, and none twice', { skip }, async (t) => {
  const { placed, asked, sent } = await visit(t, part);
  assert.equal(placed, NAMES.length);
  assert.ok(asked.length <= NAMES.length + 4, `${asked.length} requests`);
  assert.ok(sent.every(({ status, size }) => status === 206 && size <= 1400));
  t.diagnostic(`${sent.length} ranges, ${sent.reduce((sum, { size }) => sum + size, 0)} bytes`);
});

test('a host that sends no ranges sends each pack once', { skip }, async (t) => {
  const { placed, asked } = await visit(t, (bytes, first, last, response) =>
    whole(bytes, response),
  );
  assert.equal(placed, NAMES.length);
  const paths = asked.map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length, paths.join(' '));
});

const WRONG = {
  'compresses the pack before it cuts it': (bytes, first, last, response) => {
    const packed = gzipSync(bytes);
    part(packed, first, last, response, { 'content-encoding': 'gzip' });
  },
  'cuts off the end': (bytes, first, last, response) => part(bytes, first, last - 9, response),
  'refuses ranges': (bytes, first, last, response) =>
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end(),
  'breaks the connection': (bytes, first, last, response) => {
    response.writeHead(206, { ...plain, 'content-length': last - first + 1 });
    response.write(bytes.subarray(first, first + 9));
    response.destroy();
  },
};
for (const [name, send] of Object.entries(WRONG))
  test(`a host that ${name} is asked for the whole`, { skip }, async (t) => {
    const { placed, asked } = await visit(t, send);
    assert.equal(placed, NAMES.length);
    // For each name the part and the pack; Firefox repeats a request that broke off, some times.
    assert.ok(asked.length <= NAMES.length * 8, `${asked.length} requests`);
  });

const OTHERS = {
  'of another version': (bytes, first, last, response) =>
    part(
      bytes.map((byte) => byte ^ 0x55),
      first,
      last,
      response,
    ),
  'moved by a shard': (bytes, first, last, response) =>
    part(Buffer.concat([bytes.subarray(-640), bytes]), first, last, response),
};
for (const [name, send] of Object.entries(OTHERS))
  test(`a pack ${name} is noticed, and the page says so`, { skip }, async (t) => {
    const { placed, lines } = await visit(t, send);
    assert.equal(placed, 0);
    assert.match(lines.join('\n'), /“Bamberg” could not be looked up/);
  });
