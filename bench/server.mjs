// How fast web/server/ answers, under Node, without a network: node bench/server.mjs [--site DIR]
// [--rounds N] [--requests N]
//
// A page is "rendered" when it is the first request for it in a version of the sources: before each
// round one line of the configuration changes, so nothing is kept, and the first page of a round
// pays for the site's model. "kept": asked for again. Times are the processor's.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { release } from '../web/server/folder.mjs';
import { createHandler } from '../web/server/handler.js';

const { values } = parseArgs({
  options: {
    site: { type: 'string', default: 'content' },
    rounds: { type: 'string', default: '20' },
    requests: { type: 'string', default: '50000' },
  },
});
const MEGABYTE = 1 << 20;

/** The sources in memory; `_config.yml` ends with a line that `version` changes. */
const files = new Map(
  readdirSync(values.site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return [relative(values.site, path), new Uint8Array(readFileSync(path))];
    }),
);
let version = 0;
const config = readFileSync(join(values.site, '_config.yml'), 'utf8');
const bytesOf = (path) =>
  path === '_config.yml'
    ? new TextEncoder().encode(`${config}\nversion: ${version}\n`)
    : files.get(path);
const etagOf = (path) => (path === '_config.yml' ? `${version}` : '0');
const sources = {
  list: async () =>
    [...files.keys()].map((path) => ({
      path,
      etag: etagOf(path),
      size: files.get(path).length,
    })),
  get: async (path) => {
    const bytes = bytesOf(path);
    return bytes && { bytes, etag: etagOf(path) };
  },
};
const modules = release('build/dist');
const start = () =>
  createHandler({ sources, modules, options: { time: '2026-01-01', url: 'https://a.example' } });
const ask = async (handler, path, headers) => {
  const response = await handler(new Request(`https://a.example${path}`, { headers }));
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Milliseconds of the processor's time, all threads. */
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
async function timed(action) {
  const begin = cpu();
  await action();
  return cpu() - begin;
}
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
function report(name, times, unit = 1) {
  const sorted = [...times].sort((a, b) => a - b);
  const sum = times.reduce((all, time) => all + time, 0);
  const row = [0.5, 0.95, 0.99].map((part) => `${at(sorted, part).toFixed(2)} ms`.padStart(10));
  console.log(
    name.padEnd(32) +
      `${Math.round((1000 * times.length * unit) / sum)}/s`.padStart(10) +
      row.join(''),
  );
}

console.log(
  ''.padEnd(32) +
    'rate'.padStart(10) +
    ['median', '95 %', '99 %'].map((one) => one.padStart(10)).join(''),
);
let handler = start();
report('the first request, cold modules', [await timed(() => ask(handler, '/'))]);
handler = start();
report('the first request, warm modules', [await timed(() => ask(handler, '/'))]);

const { text: sitemap } = await ask(handler, '/sitemap.xml');
const pages = [...sitemap.matchAll(/<loc>https:\/\/a\.example([^<]*)<\/loc>/g)]
  .map(([, path]) => path)
  .filter((path) => /(\/|\.html)$/.test(path));
const first = [];
const rendered = [];
let bytes = 0;
for (let round = 0; round < Number(values.rounds); round++) {
  version++;
  handler.purge();
  // Another one first in each round: it pays for the model.
  const turned = pages.map((_, i) => pages[(i + round) % pages.length]);
  for (const [place, path] of turned.entries()) {
    let answer;
    const time = await timed(async () => (answer = await ask(handler, path)));
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    bytes += answer.text.length;
    (place ? rendered : first).push(time);
  }
}
console.log(
  `${pages.length} pages of ${Math.round(bytes / pages.length / Number(values.rounds) / 1000)} KB`,
);
report('rendered, first of a version', first);
report('rendered', rendered);
report('rendered, all', [...first, ...rendered]);

/** With --expose-gc it is what stays. */
function memory(when) {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const [resident, heap, outside] = [rss, heapUsed, external].map((n) => Math.round(n / MEGABYTE));
  console.log(`${when}: ${resident} MB resident, ${heap} MB heap, ${outside} MB outside of it`);
}
memory('after rendering');
const { headers } = await ask(handler, '/');
const count = Number(values.requests);
/** Requests are too quick for the clock: each row is a hundred. */
const HUNDRED = 100;
async function many(name, path, init, expected) {
  const times = [];
  for (let i = 0; i < count; i += HUNDRED)
    times.push(
      (await timed(async () => {
        for (let n = 0; n < HUNDRED; n++)
          if ((await ask(handler, path(i + n), init)).status !== expected) throw new Error(name);
      })) / HUNDRED,
    );
  report(name, times);
}
await many('kept', (i) => pages[i % pages.length], undefined, 200);
await many('304', () => '/', { 'if-none-match': headers.get('etag') }, 304);
await many('404', (i) => `/nowhere/${i}/`, undefined, 404);
memory(`after ${3 * count} requests`);
