// Shell, worker, core, templates and later files are of one release, or the reader is informed: a
// host that is updated during a visit, caches with files of an older release, a partly copied
// folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, isCut, makeSite, noBrowser, openPage } from './hosts.mjs';
import { CARDS, SENTENCE, SITE } from './network-site.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

// Visits at once: they mostly wait.
const concurrency = 4;
/**
 * Runs a subtest for each item.
 * @template T
 * @param {import('node:test').TestContext} t
 * @param {T[]} items
 * @param {(t: import('node:test').TestContext, item: T) => Promise<void>} run
 */
const each = (t, items, run) =>
  Promise.all(items.map((item) => t.test(`${item}`, (t) => run(t, item))));

// The caching headers of GitHub Pages.
const CACHED = { 'cache-control': 'max-age=600' };
const hashOf = (text) => createHash('sha256').update(text).digest('base64');

const made = new Map();
const ends = [];
after(() => ends.forEach((end) => end()));
/**
 * Two releases of a site, which differ in the release word that the build writes into each file,
 * and in their templates; made once.
 */
function twoReleases(sources = SITE) {
  if (!made.has(sources)) made.set(sources, makeReleases(sources));
  return made.get(sources);
}

function makeReleases(sources) {
  const sites = [0, 1].map(() =>
    makeSite({ after: (end) => ends.push(end) }, sources, {
      manifest: true,
      meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
    }),
  );
  const word = readFileSync(join(sites[0].root, 'meridian/theme.txt'), 'latin1').slice(-9, -1);
  assert.match(word, /^[0-9a-f]{8}$/);
  const words = [
    word,
    [...word].reverse().join('') === word ? '01234567' : [...word].reverse().join(''),
  ];
  sites.forEach(({ root, put }, which) => {
    const shell = readdirSync(join(root, 'meridian'))
      .filter((name) => /\.(js|wasm|txt|css)$/.test(name))
      .map((name) => `meridian/${name}`);
    for (const path of ['index.html', '404.html', ...shell]) {
      const text = readFileSync(join(root, path), 'latin1');
      let other = text.replaceAll(word, words[which]);
      if (path.endsWith('theme.txt'))
        other = other.replace('<body ', `$&data-release="${words[which]}" `);
      const [before, now] = [text, other].map(
        (page) => /<script>([^]*?)<\/script>/.exec(page)?.[1],
      );
      if (path.endsWith('.html'))
        other = other.replace(
          hashOf(Buffer.from(before, 'latin1')),
          hashOf(Buffer.from(now, 'latin1')),
        );
      put(path, Buffer.from(other, 'latin1'));
    }
    // Third-party files have versions of their own.
    for (const path of which ? ['meridian/katex.js', 'meridian/highlight/lisp.js'] : []) {
      put(path, readFileSync(join(root, path), 'utf8').replace(/"\d+\.\d+\.\d+"/g, '"0.0.1"'));
    }
  });
  return { sites, words };
}

/** A host that gives one of two releases, as `which(path, number of the request)` decides. */
async function changing(t, which, sources) {
  const { sites, words } = twoReleases(sources);
  const servers = [];
  let count = 0;
  for (const site of sites) servers.push(await host(t, site.folder, { headers: CACHED }));
  const server = await host(t, sites[0].folder, {
    answer: async (request, response, path) => {
      const from = servers[which(path, count++, request)].url;
      const { status, headers, body } = await fetch(new URL(request.url, from)).then(
        async (got) => ({
          ...{ status: got.status, headers: got.headers },
          body: Buffer.from(await got.arrayBuffer()),
        }),
      );
      response
        .writeHead(status, { 'content-type': headers.get('content-type'), ...CACHED })
        .end(body);
      return true;
    },
  });
  return { url: server.url.replace('127.0.0.1', 'reader.localhost'), words, server };
}

/** The reader's view: the page with the releases of its parts, or a reason. */
const state = (sentence) => {
  const text = document.body?.innerText ?? '';
  if (text.includes(sentence) && document.body.dataset.ran && window.meridian?.release)
    return { shell: window.meridian?.release, page: document.body.dataset.release };
  // In the site's language, once that is known.
  return /newer version|neuere Fassung/.test(text)
    ? { reason: /meridian\/([\w.]+)/.exec(text)[1] }
    : undefined;
};
/**
 * Watches the requests of a page. Returns a wait until a second has passed without any, since
 * Playwright's own count ("networkidle") may never come to an end when a page reloads itself.
 */
function watchRequests(page) {
  let last = Date.now();
  const seen = () => (last = Date.now());
  const events = ['request', 'requestfinished', 'requestfailed'];
  for (const event of events) page.on(event, seen);
  return async () => {
    while (Date.now() - last < 1000) await page.waitForTimeout(100);
    for (const event of events) page.off(event, seen);
  };
}

async function visit(page, url) {
  let loads = 0;
  // An <object> loads like a frame.
  const count = (request) =>
    (loads +=
      request.resourceType() === 'document' &&
      request.headers()['upgrade-insecure-requests'] &&
      request.frame() === page.mainFrame()
        ? 1
        : 0);
  page.on('request', count);
  const quiet = watchRequests(page);
  await page.goto(url);
  const seen = await (await page.waitForFunction(state, SENTENCE, { timeout: 60_000 })).jsonValue();
  // No further load after a message.
  await quiet();
  assert.deepEqual(await page.evaluate(state, SENTENCE), seen);
  page.off('request', count);
  return { seen, loads };
}

test(
  'a site that is replaced during a visit is shown as one release, at whichever request it happens',
  { skip, concurrency },
  async (t) => {
    // As many as a visit makes.
    const requests = Array.from({ length: 16 }, (_, at) => at);
    await each(t, requests, async (t, after) => {
      const { url, words } = await changing(t, (_path, number) => (number < after ? 0 : 1));
      const { page, context, lines } = await openPage(t, browser);
      // … and the next visit, whose cache has files of both.
      for (const time of ['first', 'second']) {
        const { seen, loads } = await visit(page, url);
        assert.ok(words.includes(seen.shell), `${time}: ${JSON.stringify(seen)}`);
        assert.equal(seen.page, seen.shell, time);
        assert.ok(loads <= 2, `${time}: ${loads} loads`);
        await page.goto('about:blank');
      }
      // WebKit's words for a request of the site itself that a reload has cancelled.
      const cancelled = `Fetch API cannot load ${url}`;
      assert.deepEqual(
        lines.filter((line) => !line.startsWith(cancelled)),
        [],
      );
      await context.close();
    });
  },
);

test(
  'a host that keeps giving one file of another release: the reader is informed after one reload',
  { skip, concurrency },
  async (t) => {
    await each(
      t,
      [
        'index.html',
        'worker.js',
        'meridian.wasm',
        'theme.txt',
        'theme.css',
        'more.js',
        'words.txt',
      ],
      async (t, name) => {
        const other = (path) => (path === '/' ? name === 'index.html' : path.endsWith(`/${name}`));
        const { url } = await changing(t, (path) => (other(path) ? 1 : 0));
        const { page, context } = await openPage(t, browser);
        const { seen, loads } = await visit(page, url);
        assert.deepEqual(seen, { reason: name === 'index.html' ? seen.reason : name });
        assert.equal(loads, 2);
        await context.close();
      },
    );
  },
);

test(
  'a file of an older release in a cache is bypassed, without a reload',
  { skip, concurrency },
  async (t) => {
    await each(
      t,
      ['worker.js', 'meridian.wasm', 'theme.txt', 'theme.css', 'more.js', 'words.txt'],
      async (t, name) => {
        // Requests with a release in their address bypass the cache.
        const { url, words } = await changing(t, (path, _number, request) =>
          path.endsWith(`/${name}`) && !request.url.includes('?') ? 1 : 0,
        );
        const { page, context, lines } = await openPage(t, browser);
        const { seen, loads } = await visit(page, url);
        assert.deepEqual(seen, { shell: words[0], page: words[0] });
        assert.equal(loads, 1);
        assert.deepEqual(lines, []);
        await context.close();
      },
    );
  },
);

/**
 * Optional features of a page, by their files: how to see that they work. `sources`: of the site.
 * @type {[path: string, files: string[], works: () => unknown, sources?: Record<string, string>][]}
 */
const PARTS = [
  [
    'rich/',
    ['highlight.js', 'rouge.wasm'],
    () => document.querySelector('.language-python code span.k'), // a grammar gives another
  ],
  [
    'rich/',
    ['grammars.js', 'highlight/lisp.js'],
    () => document.querySelector('.language-lisp code span'),
  ],
  ['rich/', ['math.js', 'katex.js'], () => document.querySelector('math')],
  ['rich/', ['lightbox.js'], () => document.querySelector('main a:has(img)')?.onclick],
  ['globe/', ['globe.wasm'], () => document.querySelector('meridian-globe[ready]')],
  [
    'globe/',
    ['globe-interaction.js'],
    () => document.querySelector('meridian-globe')?.shadowRoot?.querySelector('canvas[aria-label]'),
  ],
  [
    'lab.html',
    ['profile-raw.js', 'profile-worker.js', 'live.wasm', 'theme.txt'],
    () => document.querySelector('meridian-profile')?.profile,
    CARDS,
  ],
  [
    'lab.html',
    ['profile-show.js'],
    () => document.querySelector('meridian-profile')?.shadowRoot?.querySelector('section'),
    CARDS,
  ],
  [
    'lab.html',
    ['profile-sections.js'],
    () => document.querySelector('meridian-profile')?.shadowRoot?.querySelector('.html'),
    CARDS,
  ],
  [
    'lab.html',
    ['profile-icons.js'],
    () =>
      document
        .querySelector('meridian-profile')
        ?.shadowRoot?.querySelector('.links a[href*=bluesky] svg.filled'),
    CARDS,
  ],
];
test(
  'an optional feature of another release stays off, and an old file in a cache is bypassed',
  { skip, concurrency },
  async (t) => {
    const files = PARTS.flatMap(([path, files, works, sources]) =>
      files.map((name) => ({ path, name, works, sources, toString: () => name })),
    );
    await each(t, files, async (t, { path, name, works, sources }) => {
      const of = (wanted) => wanted.endsWith(`/${name}`);
      const { url: other } = await changing(t, (asked) => (of(asked) ? 1 : 0), sources);
      // Requests that bypass the cache, by an address with a release or by a cache mode, get the
      // host's file.
      const { url: cached } = await changing(
        t,
        (asked, _number, { url, headers }) =>
          of(asked) && !url.includes('?') && !/no-cache/.test(headers['cache-control']) ? 1 : 0,
        sources,
      );
      const { page, context } = await openPage(t, browser);
      const thrown = [];
      page.on('pageerror', (error) => thrown.push(String(error)));
      await page.goto(cached + path);
      await page.waitForFunction(works);
      await page.goto(other + path);
      await page.waitForLoadState('networkidle');
      assert.equal(await page.evaluate(`!!(${works})()`), false);
      // The rest of the page is shown.
      await page.waitForFunction(
        (sentence) =>
          (
            document.body.innerText +
            (document.querySelector('meridian-profile')?.shadowRoot?.textContent ?? '')
          ).includes(sentence),
        sources ? 'Ada' : SENTENCE,
      );
      assert.deepEqual(
        thrown.filter((error) => !isCut(error, cached)),
        [],
      );
      await context.close();
    });
  },
);
