// First visits in which a file meets a fault (broken.mjs), and what their reader sees.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, givesIndex, meets } from './broken.mjs';
import { COMMAND, DIST, PROJECT, host, makeSite, openPage } from './hosts.mjs';
import { ALONE, CARDS, DEEP, FOLDER, SENTENCE, SITE } from './network-site.mjs';

// A page that shows nothing by then counts as blank.
const GUARD = 60_000;
// By the page's own clock: the shell gives a silent host nine seconds, and half a second later says
// that it is slow.
const GIVEN_UP = 11_000;
// A page that is merely slow by then counts as slow, when nothing else is expected. What is
// expected may take a machine that has other work this long.
const [STAYS, EXPECTED] = [40_000, 150_000];
// Visits that run at once, and those that may wait beside them for a silent host.
const [AT_WORK, WAITING] = [6, 90];
// A visit that has shown nothing by then is among the waiting ones.
const BUSY = 3000;

// What Firefox and WebKit themselves say of a file's type counts as an error of the page there.
const OF_TYPE =
  /(was blocked|was not loaded) .*MIME type|^TypeError: '.*' is not a valid JavaScript MIME type\.$/;
// … and what WebKit says of HTML, which it runs as a worker whatever its type.
const OF_HTML = /^SyntaxError: Unexpected token '<'$/;

// ---- in the page: what is visible of it ----

/** A page of the shell. @param {string} sentence that it has */
function lookAtPage(sentence) {
  const text = document.body?.innerText ?? '';
  const notes = [...document.querySelectorAll('.diagnostic,[data-notice]')].filter((note) =>
    note.checkVisibility(),
  );
  if (text.includes(sentence)) return notes.length ? 'note' : 'page';
  if (text.includes('This part can’t be shown')) return 'mistake';
  const heading = document.querySelector('main h1')?.innerText;
  if (/^(This page can’t be shown|Diese Seite kann nicht angezeigt werden)$/.test(heading))
    return /\w\.(bin|html|js|json|md|txt|wasm)\b/.test(text) ? 'reason' : 'reason without a file';
  if (heading)
    return /^Pages$|^Seiten$|not found|nicht gefunden/i.test(heading) ? 'gone' : 'damaged';
  const late = document.querySelector('main[aria-busy]>p');
  return late?.checkVisibility({ visibilityProperty: true }) ? 'slow' : '';
}

/** A foreign page with a card. */
function lookAtCard() {
  const card = document.querySelector('meridian-profile');
  const box = card?.shadowRoot?.querySelector('.box');
  if (!card?.innerText && !box?.innerText) return '';
  if (!box?.querySelector('.p-name')) return card.title ? 'link, reason' : 'link';
  return box.querySelectorAll('section').length === 2 && box.querySelector('meridian-globe')
    ? 'card'
    : 'less';
}

/** The playground's page. */
function lookAtPlayground() {
  const late = [...document.querySelectorAll('main~p')].find((words) =>
    words.checkVisibility({ visibilityProperty: true }),
  );
  if (late) return 'slow';
  const element = document.querySelector('meridian-playground');
  const root = element?.shadowRoot;
  const source = root?.querySelector('.cm-content');
  if (!source?.checkVisibility() || !source.textContent.trim()) return '';
  const told = [...root.querySelectorAll('.probs li,.held p')].some(
    (note) => note.checkVisibility() && note.textContent,
  );
  if (element.playground.preview.patched) return told ? 'note' : 'page';
  return told ? 'source, reason' : 'source';
}

// ---- visits ----

const SURE = { manifest: true, meta: { manifest: 'meridian.json', root: '/', routes: 'path' } };
const raw = (sources) => (t) => makeSite(t, sources, SURE).root;

/**
 * A site that the command has written, with the delivered files beside it.
 * @param {Record<string, string>} sources
 */
const written = (sources) => (t) => {
  const { root } = makeSite(t, sources, { shell: false });
  const folder = mkdtempSync(join(tmpdir(), 'meridian-written-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, ['build', '--source', root, '--destination', folder, '--quiet']);
  cpSync(DIST, folder, {
    recursive: true,
    filter: (path) => !/\.(br|gz|html)$|[\\/](places|playground)$/.test(path),
  });
  return folder;
};

/**
 * Sources with a shell written by hand, as in docs/guide/publish.md.
 * @param {Record<string, string>} sources
 */
const byHand = (sources) => (t) => {
  const site = makeSite(t, sources, SURE);
  const [, lines] = /### By hand[^]*?```html\n([^]*?)```/.exec(
    readFileSync(join(PROJECT, 'docs/guide/publish.md'), 'utf8'),
  );
  site.put('index.html', lines);
  return site.root;
};

const shell = (...names) => names.map((name) => `/meridian/${name}`);

/**
 * The files that a first visit loads, each listed with the first kind of visit that needs it.
 * `essential`: without most of them there is no page; `everything`: the host gives index.html for
 * unknown paths.
 * @type {{ title: string, path: string, folder: (t: any) => string, look: (sentence: string) =>
 *   string, files: string[], essential?: boolean, everything?: boolean }[]}
 */
export const VISITS = [
  {
    title: 'A page of raw sources',
    path: '',
    folder: raw(SITE),
    look: lookAtPage,
    essential: true,
    files: [
      '/',
      ...shell('meridian.wasm', 'kramdown.wasm', 'worker.js', 'theme.txt', 'theme.css'),
      ...shell('more.js', 'words.txt'),
      ...[
        '/meridian.json',
        '/_config.yml',
        '/index.md',
        '/_layouts/own.html',
        '/_includes/part.html',
        '/_data/people.yml',
        '/assets/own.js',
      ],
    ],
  },
  {
    title: 'Code, formulas, icons, pictures',
    path: 'rich/',
    folder: raw(SITE),
    look: lookAtPage,
    files: [
      ...shell('more.txt', 'icons.css', 'icons/email.svg', 'lightbox.js', 'math.js', 'katex.js'),
      ...shell('highlight.js', 'rouge.wasm', 'grammars.js', 'highlight/lisp.js'),
      '/images/dot.svg',
    ],
  },
  {
    title: 'A globe',
    path: 'globe/',
    folder: raw(SITE),
    look: lookAtPage,
    files: shell(
      'travel.wasm',
      'places/index.bin',
      'places/top.bin',
      'globe.js',
      'globe-interaction.js',
      'globe.wasm',
      'globe.css',
      'land-110m.bin',
      'countries.bin',
    ),
  },
  {
    title: 'Two folders deep, on a host that gives index.html for everything',
    path: 'deep/er/page/',
    // Nothing names the site's root.
    folder: (t) => makeSite(t, DEEP, { manifest: true, meta: { manifest: 'meridian.json' } }).root,
    everything: true,
    look: lookAtPage,
    files: [
      '/',
      ...shell('meridian.wasm', 'worker.js', 'theme.txt', 'theme.css'),
      '/meridian.json',
      '/deep/er/page.md',
    ],
  },
  {
    title: 'A shell that is written by hand',
    path: '',
    folder: byHand(SITE),
    look: lookAtPage,
    files: [
      '/',
      ...shell('site.js', 'theme.css', 'meridian.wasm', 'worker.js', 'theme.txt'),
      '/index.md',
    ],
  },
  {
    title: 'A plain folder',
    path: '',
    folder: raw(FOLDER),
    look: lookAtPage,
    files: shell('commonmark.wasm', 'emoji.txt'),
  },
  {
    title: 'A site for which nothing was written',
    path: '',
    folder: (t) => makeSite(t, ALONE).root,
    look: lookAtPage,
    files: shell('first-page.js', 'kramdown.wasm'),
  },
  {
    title: 'A profile card, of a site that is written',
    path: 'lab.html',
    folder: written(CARDS),
    look: lookAtCard,
    files: [
      ...shell('profile.js', 'profile-show.js', 'profile-icons.js', 'profile-sections.js'),
      '/profile.json',
      '/profile-sections/1.json',
    ],
  },
  {
    title: 'A profile card, of raw sources',
    path: 'lab.html',
    folder: raw(CARDS),
    look: lookAtCard,
    files: [
      ...shell('profile-raw.js', 'profile-worker.js', 'live.wasm'),
      '/meridian.json',
      '/_config.yml',
      '/index.md',
    ],
  },
  {
    title: 'The playground',
    path: 'playground/',
    folder: () => DIST,
    look: lookAtPlayground,
    files: [
      '/',
      ...['main.js', 'playground.js', 'playground.css', 'worker.js', 'frame-own.html'].map(
        (name) => `/playground/${name}`,
      ),
      ...shell('live.wasm', 'theme.txt', 'theme.css'),
    ],
  },
];

/** A semaphore of `most` places. @param {number} most */
function slots(most) {
  let taken = 0;
  const waiting = [];
  return {
    async take() {
      if (taken < most) taken++;
      else await new Promise((resolve) => waiting.push(resolve));
    },
    free() {
      const next = waiting.shift();
      if (next) next();
      else taken--;
    },
  };
}

/**
 * Makes visits with one browser, each to a host name of its own, as many at once as the machine can
 * bear.
 * @param {import('node:test').TestContext} t of the whole test
 * @param {import('playwright-core').Browser} browser
 */
export function visitor(t, browser) {
  let made = 0;
  const [work, wait] = [slots(AT_WORK), slots(WAITING)];
  /**
   * The faults of visits, by the name of their host.
   * @type {Map<string, { file: string, fault: string }>}
   */
  const met = new Map();
  /** @type {Map<(typeof VISITS)[number], ReturnType<typeof host>>} */
  const servers = new Map();
  const serverOf = (kind) => {
    if (!servers.has(kind)) {
      const folder = kind.folder(t);
      const broken = meets(
        folder,
        (name) => met.get(name),
        kind.everything ? 'index.html' : '404.html',
      );
      const index = kind.everything ? givesIndex(folder) : () => false;
      servers.set(
        kind,
        host(t, folder, { answer: (...asked) => broken(...asked) || index(...asked) }),
      );
    }
    return servers.get(kind);
  };

  /** Runs in a loading page: what its reader sees in the end. */
  async function watch({ page, look, fault, expected, seenSoon }) {
    const is = (value) => page.waitForFunction(value, undefined, { timeout: GUARD, polling: 100 });
    const now = `(${look})(${JSON.stringify(SENTENCE)})`;
    await Promise.race([
      is(`${now} !== ''`).then(seenSoon),
      page.waitForTimeout(BUSY).then(seenSoon),
    ]);
    await is(`${now} !== ''`);
    if (FAULTS[fault].silent) await is(`performance.now() > ${GIVEN_UP}`);
    // Not every failed request counts as finished.
    else await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
    const whole = expected
      ? `${now} === ${JSON.stringify(expected)}`
      : `!/^(slow|source|link|less)$/.test(${now})`;
    const soon = FAULTS[fault].silent ? STAYS - GIVEN_UP : GIVEN_UP;
    const patience = expected ? EXPECTED : soon;
    await page
      .waitForFunction(whole, undefined, { timeout: patience, polling: 100 })
      .catch(() => {});
    return page.evaluate(now);
  }

  /**
   * What a visitor sees: a term of docs/faults.md, and the exceptions.
   * @param {(typeof VISITS)[number]} kind
   * @param {string} file
   * @param {string} fault
   * @param {string} [expected] which is waited for
   */
  return async function visit(kind, file, fault, expected) {
    await wait.take();
    await work.take();
    let working = true;
    const seenSoon = () => {
      if (working) work.free();
      working = false;
    };
    const name = `reader-${made++}.localhost`;
    met.set(name, { file, fault });
    const thrown = [];
    const { page, context } = await openPage(t, browser);
    try {
      const { url } = await serverOf(kind);
      // A browser that runs what it received reports a type or syntax error.
      const ran = /\.(js|html)$|^\/$/.test(file) && /login page|flipped bits|endless/.test(fault);
      page.on(
        'pageerror',
        (error) =>
          ran ||
          /requested module .* does not provide|^SyntaxError: Importing binding name/.test(
            String(error),
          ) ||
          OF_TYPE.test(String(error)) ||
          (kind.everything && OF_HTML.test(String(error))) ||
          thrown.push(String(error.stack || error)),
      );
      const arrived = await page
        .goto(url.replace('127.0.0.1', name) + kind.path, { waitUntil: 'commit', timeout: GUARD })
        .catch(() => undefined);
      if (file === '/' && !isOurs(arrived, fault)) return { seen: 'browser', thrown };
      return { seen: await watch({ page, look: kind.look, fault, expected, seenSoon }), thrown };
    } catch (error) {
      return { seen: `BLANK (${String(error).split('\n')[0].slice(0, 80)})`, thrown };
    } finally {
      await context.close();
      seenSoon();
      wait.free();
    }
  };
}

/**
 * Tells whether the shell's document arrived: network errors are the browser's to report, and a
 * host's own error pages stand for themselves.
 */
const isOurs = (arrived, fault) =>
  !!arrived &&
  arrived.status() === 200 &&
  /text\/html/.test(arrived.headers()['content-type']) &&
  !/empty|headers, then|encoding|login page|flipped/.test(fault);
