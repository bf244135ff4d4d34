// How soon a site with style sheets of its own in Sass is there:
//
//   node bench/style.mjs --site DIR [--rounds N] [--http2] [--only PATTERN]
//                        [--beside DIR]
//
// The site's home page from its raw sources, on a first and a second visit: in Meridian's theme; in
// its own layouts with the compiled sheet beside the manifest, as `meridian build --raw` writes
// both; without the compiled sheet, which the visitor's browser then makes; and in both ways
// without a manifest, by the repository's tree; and as static pages, which `meridian build` writes.
// Milliseconds from the navigation: "text": a paragraph is in the document; "style": all sheets of
// the page apply; "painted": the first frame with both is made. 150 ms for each request, 1.44
// Mbit/s, a processor four times slower. Over HTTP/1.1, or by --http2, which wants openssl.
// --beside DIR: another checkout, which has been built; its rows are named so, and each round has
// all. Prepared by: python3 serve.py --build.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { COMMAND, MOVING, PROJECT, filesBelow, openPage } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { serve } from './served.mjs';
import { SLOW_4G, emulate } from './visit.mjs';

const { values } = parseArgs({
  options: {
    site: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    http2: { type: 'boolean' },
    only: { type: 'string', default: '' },
    beside: { type: 'string' },
  },
});
if (!values.site) throw new Error('--site needs the folder of a site');
const closing = [];
const t = { after: (close) => closing.push(close) };

function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-style-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Of the checkout that is measured.
let command = COMMAND;

/**
 * The site as it would be uploaded, with the shell or as static pages.
 * @param {string} theme @param {string[]} [how]
 */
function uploaded(theme, how = ['--raw']) {
  const source = temporary();
  cpSync(values.site, source, { recursive: true });
  appendFileSync(
    join(source, '_config.yml'),
    `\nurl: ""\nbaseurl: ""\nmeridian: {theme: ${theme}}\n`,
  );
  const destination = join(temporary(), 'site');
  const options = [...how, '--source', source, '--destination', destination, '--quiet'];
  execFileSync(command, ['build', ...options], { stdio: ['ignore', 'ignore', 'ignore'] });
  return destination;
}

/** Without the sheets that the command has compiled, as if it could not. */
function uncompiled() {
  const folder = uploaded('site');
  const file = join(folder, 'meridian.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const isCompiled = (path) => path.endsWith('.meridian.css');
  const sources = new Map();
  for (const [route, [source]] of Object.entries(manifest.pages))
    if (route.endsWith('.css')) sources.set(route.slice(1).replace(/css$/, 'meridian.css'), source);
  for (const [route, files] of Object.entries(manifest.pages))
    manifest.pages[route] = files.map((path) => sources.get(path) ?? path);
  manifest.files = manifest.files.filter(({ path }) => !isCompiled(path));
  writeFileSync(file, JSON.stringify(manifest));
  for (const path of filesBelow(folder).filter(isCompiled)) rmSync(join(folder, path));
  return folder;
}

/** What GitHub's API answers, as a file of the host. */
const TREE = 'api/repos/someone/site/git/trees/HEAD';

/** Without all that the command has written. @param {string} theme */
function unlisted(theme) {
  const folder = uploaded(theme);
  for (const path of filesBelow(folder))
    if (/(^|\/|\.)meridian\.(json|css)$/.test(path)) rmSync(join(folder, path));
  const tree = filesBelow(folder)
    .filter((path) => !/^meridian\/places\//.test(path))
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      return { path, type: 'blob', mode: '100644', size: bytes.length, sha };
    });
  mkdirSync(join(folder, dirname(TREE)), { recursive: true });
  writeFileSync(join(folder, TREE), JSON.stringify({ tree, truncated: false }));
  for (const page of ['index.html', '404.html'])
    writeFileSync(
      join(folder, page),
      readFileSync(join(folder, page), 'utf8').replace(
        '<meta name="meridian-manifest" content="meridian.json">',
        '<meta name="meridian-manifest" content="none"><meta name="meridian-repository" content="someone/site"><meta name="meridian-github-api" content="/api">',
      ),
    );
  return folder;
}

const OTHER = values.beside && join(resolve(values.beside), relative(PROJECT, COMMAND));
const CANDIDATES = Object.fromEntries(
  Object.entries({
    "Meridian's theme": () => uploaded('meridian'),
    'own layouts, compiled sheet': () => uploaded('site'),
    'own layouts, Sass': uncompiled,
    "no manifest, Meridian's theme": () => unlisted('meridian'),
    'no manifest, Sass': () => unlisted('site'),
    "static pages, Meridian's theme": () => uploaded('meridian', []),
    'static pages, own layouts': () => uploaded('site', []),
  })
    .filter(([name]) => new RegExp(values.only).test(name))
    .flatMap(([name, make]) =>
      [[name, make, COMMAND]].concat(OTHER ? [[`${name}, beside`, make, OTHER]] : []),
    )
    .map(([name, make, used]) => [name, () => ((command = used), make())]),
);

/** Runs in the page. */
function observe() {
  const seen = (window.__seen = {});
  const note = (name, is) => !(name in seen) && is() && (seen[name] = performance.now());
  // Without its plain form, which stands in until a sheet is made.
  const styled = () =>
    [...document.querySelectorAll('link[rel~=stylesheet]')].every(({ sheet }) => sheet) &&
    [...document.querySelectorAll('style[data-sheet]')].every(
      (style) => style.sheet.cssRules.length > 9,
    );
  const look = () => {
    if (!document.body) return;
    // The shell's own message is in an element that is busy.
    note('text', () => !!document.querySelector(':is(main, article, #main):not([aria-busy]) p'));
    if (note('style', () => 'text' in seen && styled()))
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => note('painted', () => true);
        port2.postMessage(0); // arrives after the frame
      });
  };
  setInterval(look, 5);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

async function visit(page, url) {
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.__seen?.painted, undefined, { timeout: 120_000 });
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
  return page.evaluate(() => window.__seen);
}

try {
  const addresses = {};
  for (const [name, make] of Object.entries(CANDIDATES)) {
    const folder = make();
    addresses[name] = await serve(t, folder, { http2: values.http2 });
  }
  const browser = await launch();
  closing.push(() => browser.close());
  const results = Object.fromEntries(Object.keys(CANDIDATES).map((name) => [name, []]));
  for (let i = 0; i < Number(values.rounds); i++) {
    for (const name of Object.keys(CANDIDATES)) {
      const opened = await openPage(t, browser, {
        ...MOVING,
        viewport: { width: 412, height: 823 },
        ignoreHTTPSErrors: true,
      });
      await opened.page.addInitScript(observe);
      const session = await emulate(opened, SLOW_4G);
      let bytes = 0;
      session.on(
        'Network.loadingFinished',
        ({ encodedDataLength }) => (bytes += encodedDataLength),
      );
      const first = await visit(opened.page, addresses[name]);
      await opened.page.waitForTimeout(1000); // it is read
      const more = { bytes, trips: opened.depth(), requests: opened.requests().length };
      const again = await visit(opened.page, addresses[name]);
      results[name].push({ ...first, ...more, again });
      await opened.context.close();
    }
  }
  const middle = (list, key) => median(list.map((one) => one[key] ?? one.again[key.slice(6)]));
  const ms = (list, key) => `${Math.round(middle(list, key))} ms`;
  console.log(
    table(
      [
        ...['', 'text', 'style', 'KB', 'trips', 'requests'],
        ...['text again', 'style again', 'painted again'],
      ],
      Object.entries(results).map(([name, list]) => [
        name,
        ms(list, 'text'),
        ms(list, 'style'),
        `${Math.round(middle(list, 'bytes') / 1000)}`,
        `${middle(list, 'trips')}`,
        `${middle(list, 'requests')}`,
        ms(list, 'again text'),
        ms(list, 'again style'),
        ms(list, 'again painted'),
      ]),
    ),
  );
} finally {
  for (const close of closing.reverse()) await close();
}
