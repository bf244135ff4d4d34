// What a profile card costs the page that it is in: node bench/profile.mjs [--rounds 11]
// [--utterances FILE] Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium.
// utterances is in no registry: FILE is its src/client.ts, of a clone.
//
// A page of another origin shows the person of the demo site, or what others put into pages. Bytes
// are those that come over the network without pictures, each file by Brotli. It is put into a page
// that has been there for a while: whose text comes first pays for the browser's fonts. Time is
// that of the page's main thread from then on, beyond an empty element in its place: scripts with
// their compilation, style and layout, as it is and with the processor at a quarter; nothing stands
// between the page and the hosts then, so that nothing but the page is timed. What others show
// comes from their own hosts, which are not asked here: of them only the script and its element
// count.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, PROJECT, TYPES, filesBelow, host, openPage } from '../tests/web/hosts.mjs';
import { CONTENT, OPEN, written } from '../tests/web/profiles.mjs';
import { median, milliseconds, quantile, table } from './measure.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, utterances: { type: 'string' } },
});
const ROUNDS = Number(values.rounds);
// Milliseconds that a page is idle before, and after everything has finished.
const REST = 1500;
// Of the browser's own metrics, in seconds.
const WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'V8CompileDuration'];
const closing = [];
const t = { after: (f) => closing.push(f) };

const manifest = JSON.stringify({ files: filesBelow(CONTENT), complete: true });
const person = await host(t, written(t, CONTENT), { headers: OPEN });
const raw = await host(t, CONTENT, {
  headers: OPEN,
  answer: (request, response, path) =>
    path === '/meridian.json' &&
    (response.writeHead(200, { ...OPEN, 'content-type': 'application/json' }).end(manifest), true),
});
const shell = await host(t, DIST, { headers: OPEN });
const modules = join(PROJECT, 'bench/node_modules');

const script = (url) => `<script type="module" src="${url}"></script>`;
const ours = (attributes, src = person.url) =>
  `<meridian-profile loading="eager" src="${src}" ${attributes}><a href="${src}">A person</a></meridian-profile>${script(`${shell.url}meridian/profile.js`)}`;
const PAGES = {
  'an empty element': '<div style="block-size:12rem"></div>',
  'Meridian, profile.json': ours(''),
  '… with three publications': ours('show="publications"'),
  '… with a section of HTML': ours('show="awards"'),
  '… raw sources': ours('', raw.url),
  'lite-youtube-embed': `<link rel="stylesheet" href="/modules/lite-youtube-embed/src/lite-yt-embed.css"><lite-youtube videoid="ogfYd705cRs"></lite-youtube>${script('/modules/lite-youtube-embed/src/lite-yt-embed.js')}`,
  giscus: `<giscus-widget repo="a/b" repoid="1" mapping="specific" term="x" category="c" categoryid="2"></giscus-widget>${script('/giscus.js')}`,
  ...(values.utterances && {
    utterances: `<script src="/utterances.js" repo="a/b" issue-term="pathname"></script>`,
  }),
};
// As a page would load it: bundled.
const { build } = await import('esbuild');
/** @param {import('esbuild').BuildOptions} options */
const joined = async (options) =>
  (await build({ bundle: true, minify: true, write: false, ...options })).outputFiles[0].text;
const SCRIPTS = {
  '/giscus.js': existsSync(join(modules, 'giscus'))
    ? await joined({
        format: 'esm',
        stdin: { contents: "import 'giscus';", resolveDir: join(PROJECT, 'bench') },
      })
    : '',
  '/utterances.js': values.utterances && (await joined({ entryPoints: [values.utterances] })),
};
const names = Object.keys(PAGES);
const own = await host(t, DIST, {
  answer(request, response, path) {
    const name = names[Number(/^\/page-(\d+)$/.exec(path)?.[1])];
    const file = path.startsWith('/modules/') ? join(modules, path.slice('/modules/'.length)) : '';
    if (!name && !file && !(path in SCRIPTS)) return false;
    const type = name ? 'text/html' : (TYPES[extname(path)] ?? 'text/plain');
    response
      .writeHead(200, { 'content-type': type })
      .end(
        name
          ? `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,"><h1>Lab</h1><p>Some <b>text</b>, <small>and <b>less</b></small> 1 · 2.</p><template>${PAGES[name]}</template>`
          : file
            ? readFileSync(file)
            : SCRIPTS[path],
      );
    return true;
  },
});

const browser = await launch({
  args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
/**
 * A page that has been loaded for a while.
 * @param {number} at
 * @param {number} slower
 * @param {(page: import('playwright-core').Page, session: import('playwright-core').CDPSession) =>
 *   Promise<T>} done once the card is put into it
 * @template T
 */
async function visit(at, slower, done) {
  const { page, context } = await openPage(t, browser, MOVING);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${own.url}page-${at}`);
  await page.waitForTimeout(REST);
  const result = await done(page, session);
  await context.close();
  return result;
}
async function add(page) {
  await page.evaluate(() =>
    document.body.append(
      document.createRange().createContextualFragment(document.querySelector('template').innerHTML),
    ),
  );
  await page.waitForTimeout(REST);
}

/** Without pictures. */
const bytesOf = (at) =>
  visit(at, 1, async (page) => {
    const sizes = [];
    page.on('response', (response) => {
      const type = response.headers()['content-type'] ?? '';
      if (/^http/.test(response.url()) && !type.startsWith('image/'))
        sizes.push(
          response.body().then(
            (body) => brotliCompressSync(body).length,
            () => 0,
          ),
        );
    });
    await add(page);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  });

/** Milliseconds of the main thread. */
const timeOf = (at, slower) =>
  visit(at, slower, async (page, session) => {
    const spent = async () =>
      1000 *
      (await session.send('Performance.getMetrics')).metrics
        .filter(({ name }) => WORK.includes(name))
        .reduce((sum, { value }) => sum + value, 0);
    const before = await spent();
    await add(page);
    return (await spent()) - before;
  });

const found = names.map(() => ({ 1: [], 4: [], bytes: 0 }));
for (const at of names.keys()) found[at].bytes = await bytesOf(at);
for (let round = 0; round < ROUNDS; round++) {
  for (const slower of [1, 4]) {
    for (const at of names.keys()) {
      const moved = (at + round) % names.length;
      found[moved][slower].push(await timeOf(moved, slower));
    }
  }
}
/** The median and the quartiles: other programs on the machine only ever add time. */
function beyond(at, slower) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
    Math.max(0, quantile(found[at][slower], share) - median(found[0][slower])),
  );
  return `${milliseconds(middle)} (${low.toFixed(1)}–${high.toFixed(1)})`;
}
console.log(
  table(
    ['in the page', 'bytes', 'main thread', 'at a quarter'],
    names.map((name, at) => [
      name,
      found[at].bytes.toLocaleString('en'),
      ...(at
        ? [beyond(at, 1), beyond(at, 4)]
        : [1, 4].map((slower) => `(${milliseconds(median(found[0][slower]))})`)),
    ]),
  ),
);
await browser.close();
for (const close of closing.reverse()) await close();
