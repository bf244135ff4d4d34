// Bibliographies in the visitor's browser: what a page with one loads, and what others do not.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { SITES, noBrowser, visit as open } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const folder = join(SITES, 'scholar');
const read = (/** @type {string} */ path) => readFileSync(join(folder, path), 'utf8');
const SOURCES = Object.fromEntries(
  ['_config.yml', '_layouts/bib.html']
    .concat(readdirSync(join(folder, '_bibliography')).map((name) => `_bibliography/${name}`))
    .map((path) => [path, read(path)]),
);
SOURCES['_config.yml'] = SOURCES['_config.yml'].replace('baseurl: /lab\n', '');
SOURCES['index.md'] = read('index.html');
const PLAIN = {
  ...SOURCES,
  'index.md': '---\n---\nNo entries\n{: #plain}\n',
  'all.md': SOURCES['index.md'],
};

/** @param {any} t @param {string} path @param {Record<string, string>} [sources] */
async function visit(t, path, sources = SOURCES) {
  const opened = await open(t, browser, sources, { path });
  const asked = () => opened.asked().filter((path) => /\.bib$|bibliography\.wasm/.test(path));
  return { ...opened, asked };
}

test('a bibliography is what jekyll-scholar writes', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, '');
  await page.waitForSelector('ol.bibliography');
  const shown = await page.$$eval('ol.bibliography > li > div, h2.bibliography', (all) =>
    all.map((element) => element.id || element.textContent),
  );
  const expected = readFileSync(join(SITES, 'scholar.expected/index.html'), 'utf8');
  const written = [...expected.matchAll(/<div id="([^"]*)"|<h2 class="bibliography">([^<]*)/g)];
  assert.deepEqual(
    shown,
    written.map(([, id, year]) => id || year),
  );
  assert.ok(shown.length > 20);
  assert.deepEqual(asked().sort(), ['/_bibliography/papers.bib', '/meridian/bibliography.wasm']);
  assert.deepEqual(lines, []);
});

test('a page without one loads neither the module nor a file', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, '', PLAIN);
  await page.waitForSelector('#plain');
  assert.deepEqual(asked(), []);
  assert.deepEqual(lines, []);
});

test('a broken entry is left out, and named on the page', { skip }, async (t) => {
  const sources = {
    '_config.yml': 'title: Broken\n',
    '_bibliography/references.bib':
      '@misc{a, title = {A}}\n\n@misc{b, title = {B}\n@misc{c, title = {C}}\n',
    'index.md': '---\n---\n{% bibliography %}\n',
  };
  const { page } = await visit(t, '', sources);
  await page.waitForSelector('ol.bibliography');
  assert.deepEqual(await page.$$eval('ol.bibliography span', (all) => all.map(({ id }) => id)), [
    'a',
    'c',
  ]);
  const notes = page.locator('.mer-notes .diagnostic', { hasText: '_bibliography/references.bib' });
  assert.match(
    String(await notes.textContent()),
    /references\.bib:4:1[^]*a comma or a closing brace/,
  );
});
