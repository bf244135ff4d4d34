// What a profile card costs the page that it is in: node bench/profile.mjs [--rounds 7] [--utterances FILE]
// Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium. utterances is in no registry: FILE is its src/client.ts, of a clone.
//
// A page of another origin shows the person of the demo site, or what others put into pages. Bytes are those that come over the network without
// pictures, each file by Brotli. It is put into a page that has been there for a while: whose text comes first pays for the browser's fonts. Time is that
// of the page's main thread from then on, beyond an empty element in its place: scripts with their compilation, style and layout, as it is and with
// the processor at a quarter. What others show comes from their own hosts,
// which are not asked here: of them only the script and its element count.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, PROJECT, TYPES, filesBelow, host, openPage } from '../tests/web/hosts.mjs';
import { CONTENT, OPEN, written } from '../tests/web/profiles.mjs';
import { median, milliseconds, table } from './measure.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, utterances: { type: 'string' } } });
const ROUNDS = Number(values.rounds);
const REST = 2500;
// Of the browser's own sums, in seconds.
const WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'V8CompileDuration'];
const closing = [];
const t = { after: (f) => closing.push(f) };

const manifest = JSON.stringify({ files: filesBelow(CONTENT), complete: true });
const person = await host(t, written(t, CONTENT), { headers: OPEN });
const raw = await host(t, CONTENT, { headers: OPEN, answer: (request, response, path) => path === '/meridian.json' && (response.writeHead(200, { ...OPEN, 'content-type': 'application/json' }).end(manifest), true) });
const shell = await host(t, DIST, { headers: OPEN });
const modules = join(PROJECT, 'bench/node_modules');

const script = (url) => `<script type="module" src="${url}"></script>`;
const ours = (attributes, src = person.url) => `<meridian-profile loading="eager" src="${src}" ${attributes}><a href="${src}">A person</a></meridian-profile>${script(`${shell.url}meridian/profile.js`)}`;
const UTTERANCES = 'https://utteranc.es/client.js';
const PAGES = {
  'an empty element': '<div style="block-size:12rem"></div>',
  'Meridian, profile.json': ours(''),
  '… with three publications': ours('show="publications"'),
  '… with a section of HTML': ours('show="awards"'),
  '… raw sources': ours('', raw.url),
  'lite-youtube-embed': `<link rel="stylesheet" href="/modules/lite-youtube-embed/src/lite-yt-embed.css"><lite-youtube videoid="ogfYd705cRs"></lite-youtube>${script('/modules/lite-youtube-embed/src/lite-yt-embed.js')}`,
  giscus: `<giscus-widget repo="a/b" repoid="1" mapping="specific" term="x" category="c" categoryid="2"></giscus-widget>${script('/giscus.js')}`,
  ...(values.utterances && { utterances: `<script src="${UTTERANCES}" repo="a/b" issue-term="pathname"></script>` }),
};
// As a page would load it: joined, with what it imports.
const { build } = await import('esbuild');
const giscus = existsSync(join(modules, 'giscus')) ? (await build({ bundle: true, minify: true, write: false, format: 'esm', stdin: { contents: "import 'giscus';", resolveDir: join(PROJECT, 'bench') } })).outputFiles[0].text : '';
const utterances = values.utterances && (await build({ entryPoints: [values.utterances], bundle: true, minify: true, write: false })).outputFiles[0].text;
const names = Object.keys(PAGES);
const own = await host(t, DIST, {
  answer(request, response, path) {
    const name = names[Number(/^\/page-(\d+)$/.exec(path)?.[1])];
    const file = path.startsWith('/modules/') ? join(modules, path.slice('/modules/'.length)) : '';
    if (!name && !file && path !== '/giscus.js') return false;
    const type = name ? 'text/html' : TYPES[extname(path)] ?? 'text/plain';
    response.writeHead(200, { 'content-type': type }).end(name ? `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,"><h1>Lab</h1><p>Some <b>text</b>, <small>and <b>less</b></small> 1 · 2.</p><template>${PAGES[name]}</template>` : file ? readFileSync(file) : giscus);
    return true;
  },
});

const browser = await launch();
/** Bytes without pictures, and milliseconds of the main thread. */
async function visit(at, slower) {
  const { page, context } = await openPage(t, browser, MOVING);
  await context.route((url) => url.hostname !== '127.0.0.1', (route) => (route.request().url() === UTTERANCES ? route.fulfill({ contentType: 'text/javascript', body: utterances }) : route.abort()));
  let bytes = 0;
  const sizes = [];
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() || !/^http/.test(response.url())) return;
    const type = response.headers()['content-type'] ?? '';
    if (!type.startsWith('image/')) sizes.push(response.body().then((body) => (bytes += brotliCompressSync(body).length), () => {}));
  });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${own.url}page-${at}`);
  const spent = async () => 1000 * (await session.send('Performance.getMetrics')).metrics.filter(({ name }) => WORK.includes(name)).reduce((sum, { value }) => sum + value, 0);
  await page.waitForTimeout(REST);
  const before = await spent();
  await page.evaluate(() => document.body.append(document.createRange().createContextualFragment(document.querySelector('template').innerHTML)));
  await page.waitForTimeout(REST);
  await Promise.all(sizes);
  const time = (await spent()) - before;
  await context.close();
  return { bytes, time };
}

const found = names.map(() => ({ 1: [], 4: [], bytes: 0 }));
for (let round = 0; round < ROUNDS; round++) {
  for (const slower of [1, 4]) {
    for (const at of names.keys()) {
      const { bytes, time } = await visit((at + round) % names.length, slower);
      const one = found[(at + round) % names.length];
      one[slower].push(time);
      one.bytes = bytes;
    }
  }
}
const beyond = (at, slower) => milliseconds(Math.max(0, median(found[at][slower]) - median(found[0][slower])));
console.log(table(['in the page', 'bytes', 'main thread', 'at a quarter'], names.map((name, at) => [name, found[at].bytes.toLocaleString('en'), ...(at ? [beyond(at, 1), beyond(at, 4)] : [1, 4].map((slower) => `(${milliseconds(median(found[0][slower]))})`))])));
await browser.close();
for (const close of closing.reverse()) await close();
