// Whatever happens to a file on its way, the reader sees the page's text or a reason, and no script of the shell throws. docs/faults.md
// says what is seen. MERIDIAN_FAULTS='more.js;cut' makes the visits of a file or a fault alone,
// MERIDIAN_FAULTS=all every file's with every fault: 576 visits, some minutes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FAULTS, meets } from './broken.mjs';
import { findChromium, launch } from './browser.mjs';
import { host, makeSite, notBuilt, openPage } from './hosts.mjs';
import { FOLDER, SENTENCE, SITE } from './network-site.mjs';

const skip = notBuilt() ?? (findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER ? undefined : 'no Chromium on this machine');
// Visits at once: most wait. A fault that is silent is followed until the shell has given up: it waits ten seconds for a file.
const TOGETHER = 12;
const GUARD = 60_000;

const inFolder = (names) => names.map((name) => `/meridian/${name}`);
/** What a first visit to a page takes, for the first time in this list. */
const VISITS = [
  {
    path: '',
    sources: SITE,
    essential: true,
    files: [
      '/',
      ...inFolder(['meridian.wasm', 'worker.js', 'theme.txt', 'theme.css', 'more.js', 'words.txt']),
      ...['/meridian.json', '/_config.yml', '/index.md', '/_layouts/own.html', '/_includes/part.html', '/_data/people.yml', '/assets/own.js'],
    ],
  },
  {
    path: 'rich/',
    sources: SITE,
    files: [
      ...inFolder(['more.txt', 'icons.css', 'icons/email.svg', 'lightbox.js', 'math.js', 'katex.js']),
      ...inFolder(['highlight.js', 'highlight/chunk.js', 'highlight/python.js']),
      '/images/dot.svg',
    ],
  },
  {
    path: 'globe/',
    sources: SITE,
    files: [
      ...inFolder(['travel.wasm', 'places/index.bin', 'places/top.bin', 'globe.js', 'globe-interaction.js']),
      ...inFolder(['globe.wasm', 'globe.css', 'land-110m.bin', 'countries.bin']),
    ],
  },
  { path: '', sources: FOLDER, files: inFolder(['commonmark.wasm', 'emoji.txt']) },
];
const only = process.env.MERIDIAN_FAULTS?.split(';');
/** What is tried of files that a page can do without, unless all is wanted: a fault of each kind. */
const FEW = ['404', 'no answer', 'cut', 'login page', 'flipped bits'];
const wanted = ({ essential }, file, fault) =>
  only ? only.some((part) => part === 'all' || file.endsWith(part) || fault === part) : essential || FEW.includes(fault);

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** In the page: what of it can be seen. */
const look = (sentence) => {
  const text = document.body?.innerText ?? '';
  const notes = [...document.querySelectorAll('.diagnostic,[data-notice]')].filter((note) => note.checkVisibility());
  if (text.includes(sentence)) return notes.length ? 'text, note' : 'text';
  if (document.querySelector('main h1')) return `“${document.querySelector('main h1').innerText}”`;
  const late = document.querySelector('main[aria-busy]>i+p');
  if (late?.checkVisibility({ visibilityProperty: true })) return 'late';
  return '';
};

/** What a visitor sees, and what was thrown. */
async function visit(t, { path, sources }, file, fault) {
  const site = makeSite(t, sources, { manifest: true, meta: { manifest: 'meridian.json', root: '/', routes: 'path' } });
  const document = file === '/';
  const server = await host(t, site.folder, { answer: meets(site.root, file, fault) });
  const url = server.url.replace('127.0.0.1', 'reader.localhost') + path;
  const { page, context } = await openPage(t, browser);
  const thrown = [];
  // A browser that runs what it was sent says that it is no script, or which of its names are wrong.
  const ran = /\.js$|^\/$/.test(file) && /login page|flipped bits/.test(fault);
  page.on('pageerror', (error) => ran || thrown.push(String(error.stack || error)));
  try {
    const arrived = await page.goto(url, { waitUntil: 'commit', timeout: GUARD }).then((response) => response, () => undefined);
    const type = arrived?.headers()['content-type'];
    // Errors of the network are the browser's to tell; a host's own pages stand for themselves.
    if (document && (!arrived || /empty|headers, then|encoding/.test(fault) || arrived.status() !== 200 || !/text\/html/.test(type) || fault === 'login page')) return { seen: 'browser', thrown };
    await page.waitForFunction(look, SENTENCE, { timeout: GUARD, polling: 100 });
    if (FAULTS[fault].silent) await page.waitForFunction(() => performance.now() > 11_000, undefined, { timeout: GUARD });
    // Not every request that has failed counts as ended.
    else await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
    return { seen: await page.evaluate(look, SENTENCE), thrown };
  } catch (error) {
    return { seen: `BLANK (${String(error).split('\n')[0].slice(0, 80)})`, thrown };
  } finally {
    await context.close();
  }
}

let running = 0;
const waiting = [];
/** So many at a time. */
async function together(work) {
  if (running >= TOGETHER) await new Promise((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

test('whatever happens to a file on its way, the reader sees text or a reason', { skip, concurrency: true }, async (t) => {
  const rows = VISITS.flatMap((kind) => kind.files.map((file) => ({ kind, file })));
  await Promise.all(
    rows.map(({ kind, file }) =>
      t.test(file, async (t) => {
        const row = {};
        await Promise.all(
          Object.keys(FAULTS).filter((fault) => wanted(kind, file, fault)).map(async (fault) => {
            const { seen, thrown } = await together(() => visit(t, kind, file, fault));
            row[fault] = seen;
            if (thrown.length) row[fault] += ` THROWN ${thrown.map((text) => text.slice(0, 200)).join(' | ')}`;
          }),
        );
        for (const [fault, seen] of Object.entries(row)) t.diagnostic(`${file} | ${fault} | ${seen}`);
        const bad = Object.entries(row).filter(([, seen]) => !seen || /BLANK|THROWN/.test(seen));
        assert.deepEqual(bad, []);
      }),
    ),
  );
});

test('the last word of the shell comes within ten seconds, whatever else does not, also where nothing may move', { skip }, async (t) => {
  const kind = VISITS[0];
  const site = makeSite(t, kind.sources, { manifest: true, meta: { manifest: 'meridian.json', root: '/', routes: 'path' } });
  const server = await host(t, site.folder, { answer: meets(site.root, '/meridian/meridian.wasm', 'no answer') });
  const { page } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'), { waitUntil: 'commit' });
  await page.waitForSelector('main[aria-busy]>i+p', { state: 'attached' });
  const delay = await page.evaluate(() => {
    const [late] = document.querySelector('main[aria-busy]>i+p').getAnimations();
    late.finish();
    return late.effect.getTiming().delay;
  });
  assert.ok(delay < 10_000, `after ${delay} ms`);
  await page.waitForSelector('main[aria-busy]>i+p', { state: 'visible' });
});
