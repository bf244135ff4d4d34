// How soon a page is there: node bench/load.mjs [--rounds N] [--only PATTERN] Prepared by: python3
// serve.py --build; cd bench && npm ci. Wants Chromium, and Jekyll for the static pages.
//
// The same two texts, a page of 3 KB (the home page) and an article of 95 KB, as Meridian shows
// them from raw sources with nothing written but what `meridian init` writes, with a manifest, and
// from files that the command wrote, as docsify shows them, and as files that Jekyll made with the
// same theme and no script. All come from one server (brotli 11, ETag, ten minutes of cache, as
// GitHub Pages sends them). Milliseconds from the
// navigation, or the click: "text": the first paragraph is in the document; "end": the last one;
// "end seen": the frame after that. Medians of the rounds, in which the candidates take turns.
// "slow 4G": 150 ms for each request, 1.44 Mbit/s, and a processor four times slower: for the
// page's thread, as the developer tools do it, or for all threads of the browser's processes for
// pages, the core's too. "at the edge": finished pages that `_worker.js` makes from the raw
// sources, under workerd; "cold": a new process for each visit. That server compresses pages while
// it sends them, with brotli 5.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, openPage } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { serve } from './served.mjs';
import { slowProcesses } from './slow_processes.mjs';
import { TEXTS, makers } from './two_texts.mjs';
import { SLOW_4G, emulate } from './visit.mjs';
import { deployed, edge } from './worker.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, only: { type: 'string', default: '' } },
});
const rounds = Number(values.rounds);
const closing = [];
const t = { after: (f) => closing.push(f) };
const { meridian, unprepared, jekyll, docsify, sources } = makers(t);
const shell = async () => ['--shell-url', await serve(t, join(DIST, 'meridian'))];
const atEdge = () => edge(t, deployed(t, sources()));

const CANDIDATES = {
  'static (Jekyll)': { make: jekyll, article: 'article/' },
  'Meridian, one file': {
    make: async () => unprepared(true, ...(await shell())),
    article: 'article/',
  },
  'Meridian, plain folder, nothing written': {
    make: () => unprepared(true, '--self-host'),
    article: 'article/',
  },
  'Meridian, Jekyll site, nothing written': {
    make: () => unprepared(false, '--self-host'),
    article: 'article/',
  },
  'Meridian, written': { make: () => meridian(), article: 'article/' },
  'Meridian, raw sources': { make: () => meridian('--raw'), article: 'article/' },
  'Meridian, at the edge': { start: atEdge, article: 'article/' },
  'Meridian, at the edge, cold': { start: atEdge, article: 'article/', cold: true },
  'docsify, core': { make: () => docsify(), article: '#/article' },
  'docsify, search and zoom': { make: () => docsify('search', 'zoom-image'), article: '#/article' },
};

// ---- measurements in the page ----

/** Runs in the page: records when the paragraphs appeared, and the browser's own entries. */
function observe() {
  const seen = (window.__seen = { at: {}, painted: {}, fcp: 0, lcp: 0, cls: 0, longest: 0 });
  const now = () => performance.timeOrigin + performance.now();
  const look = () => {
    for (const id of ['home-begin', 'home-end', 'article-begin', 'article-end'])
      if (!(id in seen.at) && document.getElementById(id)) {
        seen.at[id] = now();
        requestAnimationFrame(() => setTimeout(() => (seen.painted[id] = now())));
      }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  const watch = (type, tell) =>
    new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({
      type,
      buffered: true,
    });
  watch(
    'paint',
    (entry) => entry.name === 'first-contentful-paint' && (seen.fcp = entry.startTime),
  );
  watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  watch('layout-shift', (entry) => entry.hadRecentInput || (seen.cls += entry.value));
  watch('longtask', (entry) => (seen.longest = Math.max(seen.longest, entry.duration)));
}

const NETWORKS = {
  unthrottled: {},
  'slow 4G, CPU / 4': SLOW_4G,
  'slow 4G, all threads / 4': { ...SLOW_4G, slower: undefined, processes: SLOW_4G.slower },
};

async function open(browser, conditions) {
  const opened = await openPage(t, browser, { ...MOVING, viewport: { width: 412, height: 823 } });
  await opened.page.addInitScript(observe);
  const session = await emulate(opened, conditions);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  return { ...opened, bytes: () => bytes };
}

/**
 * Waits until the last paragraph is there, the page was painted, and nothing has loaded for half a
 * second.
 */
async function told(page, name) {
  await page
    .waitForFunction((id) => window.__seen?.painted[id] && window.__seen.fcp, `${name}-end`, {
      timeout: 60_000,
    })
    .catch(async (error) => {
      throw new Error(
        `${page.url()}: no end of ${name}: ${error.message}\n${await page.evaluate(() => document.documentElement.outerHTML.slice(0, 2000))}`,
      );
    });
  // Playwright may miss requests that a navigation has cancelled: five seconds are enough.
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
  return page.evaluate(() => ({ ...window.__seen, origin: performance.timeOrigin }));
}

/**
 * One candidate, one text: a first visit, a second one, and (for the article) the navigation by a
 * link.
 */
async function round(browser, address, article, name, conditions) {
  const opened = await open(browser, conditions);
  const url = address + (name === 'home' ? '' : article);
  const { page } = opened;
  const since = (seen, id, from = seen.origin) => seen.at[`${name}-${id}`] - from;
  await page.goto(url, { waitUntil: 'commit' });
  const first = await told(page, name);
  const result = {
    text: since(first, 'begin'),
    end: since(first, 'end'),
    endSeen: first.painted[`${name}-end`] - first.origin,
    fcp: first.fcp,
    lcp: first.lcp,
    cls: first.cls,
    longest: first.longest,
    bytes: opened.bytes(),
    trips: opened.depth(),
    requests: opened.requests().length,
  };
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  const second = await told(page, name);
  Object.assign(result, { again: since(second, 'begin'), againPainted: second.fcp });
  if (name === 'article') {
    await page.goto('about:blank');
    await page.goto(address, { waitUntil: 'commit' });
    await told(page, 'home');
    await page.hover('#to-article');
    await page.waitForTimeout(1000);
    const clicked = page.evaluate(
      () =>
        new Promise((resolve) =>
          addEventListener('click', () => resolve(performance.timeOrigin + performance.now()), {
            capture: true,
            once: true,
          }),
        ),
    );
    await page.click('#to-article', { noWaitAfter: true });
    const begin = await clicked.catch(() => NaN);
    result.link = since(await told(page, name), 'begin', begin);
  }
  await opened.context.close();
  return result;
}

// ---- main ----

try {
  const chosen = Object.entries(CANDIDATES).filter(([name]) => new RegExp(values.only).test(name));
  const addresses = {};
  const renew = {};
  for (const [name, { make, start, cold }] of chosen) {
    if (make) addresses[name] = await serve(t, await make());
    else {
      const server = await start();
      addresses[name] = server.address;
      if (cold) renew[name] = server.renew;
    }
  }
  const browser = await launch();
  closing.push(() => browser.close());
  for (const [network, conditions] of Object.entries(NETWORKS)) {
    const again = conditions.processes && (await slowProcesses(browser, conditions.processes));
    if (again) closing.push(again);
    for (const name of Object.keys(TEXTS)) {
      const results = Object.fromEntries(chosen.map(([candidate]) => [candidate, []]));
      for (let i = 0; i < rounds; i++) {
        for (let k = 0; k < chosen.length; k++) {
          const [candidate, { article }] = chosen[(i + k) % chosen.length];
          await renew[candidate]?.();
          results[candidate].push(
            await round(browser, addresses[candidate], article, name, conditions),
          );
        }
      }
      const middle = (list, key) => median(list.map((one) => one[key]));
      const ms = (list, key) => `${Math.round(middle(list, key))} ms`;
      console.log(`\n${name === 'home' ? 'A page of 3 KB' : 'An article of 95 KB'}, ${network}\n`);
      console.log(
        table(
          [
            '',
            'text',
            'end',
            'end seen',
            'FCP',
            'LCP',
            'CLS',
            'longest task',
            'KB',
            'trips',
            'requests',
            'again',
            'FCP again',
            ...(name === 'article' ? ['by link'] : []),
          ],
          chosen.map(([candidate]) => {
            const list = results[candidate];
            return [
              candidate,
              ms(list, 'text'),
              ms(list, 'end'),
              ms(list, 'endSeen'),
              ms(list, 'fcp'),
              ms(list, 'lcp'),
              middle(list, 'cls').toFixed(3),
              ms(list, 'longest'),
              (middle(list, 'bytes') / 1000).toFixed(1),
              middle(list, 'trips'),
              middle(list, 'requests'),
              ms(list, 'again'),
              ms(list, 'againPainted'),
              ...(name === 'article' ? [ms(list, 'link')] : []),
            ];
          }),
        ),
      );
    }
    await again?.();
  }
} finally {
  for (const close of closing.reverse()) await close();
}
