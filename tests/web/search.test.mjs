// The search of a site: with an index that the command wrote (written pages, the shell with a
// manifest) and without one, by keys and by touch. Real core, real index, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { CONTENT, demo, demoMissing } from './demo.mjs';
import { COMMAND, DIST, headersBy, host, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
// The demo with a search.
const CONFIG = readFileSync(join(CONTENT, '_config.yml'), 'utf8').replace(
  '\nmeridian:\n',
  '\nmeridian:\n  search: true\n',
);
const SOURCE = mkdtempSync(join(tmpdir(), 'meridian-demo-'));
cpSync(CONTENT, SOURCE, { recursive: true });
writeFileSync(join(SOURCE, '_config.yml'), CONFIG);

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(async () => {
  rmSync(SOURCE, { recursive: true, force: true });
  await browser?.close();
});

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** The demo in a folder, as the command leaves it. `how`: 'written', 'indexed', or 'live'. */
function prepared(t, how, source = SOURCE) {
  if (how === 'live') return demo(t, { '_config.yml': CONFIG }).folder;
  const folder = mkdtempSync(join(tmpdir(), 'meridian-search-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    ...(how === 'indexed' ? ['--raw'] : []),
    ...['--source', source, '--destination', folder, '--shell', DIST, '--quiet'],
  ]);
  return folder;
}

async function open(
  t,
  how,
  { path = '', folder = prepared(t, how), context, headers = delivered } = {},
) {
  const server = await host(t, folder, { headers });
  const opened = await openPage(t, browser, context);
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  await opened.page.waitForSelector('[data-meridian-search]:not([hidden])');
  return { ...opened, server };
}

const ofSearch = (server) =>
  server.log.map(({ path }) => path).filter((path) => /search|indexer/.test(path));
const field = (page) => page.locator('input[type=search]');
const links = (page) => page.locator('[data-meridian-search-dialog] a');
for (const how of ['written', 'indexed', 'live'])
  test(
    `a page is found by its text, and opened by the keyboard alone: ${how}`,
    { skip },
    async (t) => {
      const { page, lines, server } = await open(t, how);
      assert.deepEqual(
        ofSearch(server).filter((path) => !path.endsWith('search-keys.js')),
        [],
        'nothing of the search is loaded before it is opened',
      );
      await page.keyboard.press('/');
      await field(page).waitFor();
      await page.keyboard.type('eels of calaboso');
      // An index that is made here shows what it has so far.
      await links(page)
        .first()
        .filter({ hasText: /^The electric eels of Calabozo/ })
        .waitFor();
      assert.equal(
        (await page.locator('[data-meridian-search-dialog] mark').first().textContent()).trim(),
        'eels',
      );
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/travel/orinoco/the-eels-of-calabozo/');
      await page.locator('h1', { hasText: 'The electric eels of Calabozo' }).waitFor();
      assert.equal(await page.locator('dialog[open]').count(), 0);
      assert.deepEqual(lines, []);
    },
  );

const state = (page) => page.locator('[data-meridian-search-dialog] [role=status]');
const body = (page) => page.locator('[data-meridian-search-dialog] .body');
/** Opens the search, types, and waits for the state to match. */
async function find(page, words, expected) {
  if (!(await page.locator('dialog[open]').count())) await page.keyboard.press('Control+k');
  await field(page).fill(words);
  await state(page).filter({ hasText: expected }).waitFor();
}

test(
  'filters by kind, year and tag; recent searches are kept and can be cleared',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, 'written');
    await find(page, 'chimborazo', 'Results: 11');
    await page.getByLabel('Kind').selectOption('publications');
    await state(page).filter({ hasText: 'Results: 2' }).waitFor();
    await page.getByLabel('Year').selectOption('1807');
    await state(page)
      .filter({ hasText: /Results: 1$/ })
      .waitFor();
    assert.match(await links(page).first().textContent(), /^Essay on the Geography of Plants/);
    // A word that these documents don't have.
    await find(page, 'calabozo', 'Nothing found for “calabozo”.');
    await page.getByRole('button', { name: 'Search everything' }).click();
    await links(page).first().click();
    await page.waitForURL('**/the-eels-of-calabozo/');
    await settled(page);
    await page.keyboard.press('/');
    const again = page.getByRole('button', { name: 'calabozo' });
    await again.click();
    await links(page).first().waitFor();
    await field(page).fill('');
    await page.getByRole('button', { name: 'Clear' }).click();
    await again.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => localStorage['meridian-searches']), undefined);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.deepEqual(lines, []);
  },
);

test('a lost index is said, and tried again', { skip }, async (t) => {
  const { page } = await open(t, 'written');
  await page.route('**/meridian/search/**', (route) => route.abort());
  await find(page, 'chimborazo', 'The search can’t be loaded.');
  await page.unroute('**/meridian/search/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await links(page).first().waitFor();
});

test('no key is taken in a field, nor on a page without the button', { skip }, async (t) => {
  const { page } = await open(t, 'written');
  await page.evaluate(() => {
    const own = document.createElement('input');
    own.id = 'own';
    document.querySelector('main').append(own);
    own.focus();
  });
  await page.keyboard.press('/');
  assert.equal(await page.inputValue('#own'), '/');
  await page.evaluate(() => {
    document.querySelector('#own').remove();
    document.querySelector('[data-meridian-search]').remove();
  });
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(300);
  assert.equal(await page.locator('dialog[open]').count(), 0);
});

test('titles and texts are text, under the strict policy', { skip }, async (t) => {
  const source = mkdtempSync(join(tmpdir(), 'meridian-hostile-'));
  t.after(() => rmSync(source, { recursive: true, force: true }));
  writeFileSync(join(source, '_config.yml'), 'title: Hostile\nmeridian: {search: true}\n');
  writeFileSync(
    join(source, 'index.md'),
    '---\nlayout: single\ntitle: "<img src=x onerror=alert(1)> comet"\n---\n' +
      '## A <b>comet</b> &lt;script&gt;alert(2)&lt;/script&gt;\n\n`<svg onload=alert(3)>` comet\n',
  );
  const { page, lines } = await open(t, 'written', { folder: prepared(t, 'written', source) });
  page.on('dialog', () => assert.fail('code of a text runs'));
  await find(page, 'comet', 'Results: 1');
  const text = await body(page).textContent();
  for (const part of ['<script>alert(2)</script>', '<svg onload=alert(3)>'])
    assert.ok(text.includes(part), text);
  assert.equal(await body(page).locator('img, script, svg, b').count(), 0);
  assert.deepEqual(lines, []);
});

test('in the page’s language, on a phone without overflow, accessible', { skip }, async (t) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const [path, prompt, words, colorScheme] of [
    ['de/', 'Diese Website durchsuchen', 'Reise', 'dark'],
    ['zh/', '搜索本站', '宇宙', 'light'],
  ]) {
    const { page } = await open(t, 'written', {
      path,
      context: { viewport: { width: 320, height: 600 }, colorScheme },
      headers: {}, // of which none keeps axe out
    });
    await page.keyboard.press('/');
    assert.equal(await field(page).getAttribute('placeholder'), prompt);
    await field(page).fill(words);
    await links(page).first().waitFor();
    assert.ok(
      await page.evaluate(() => {
        const { shadowRoot } = document.querySelector('[data-meridian-search-dialog]');
        return [...shadowRoot.querySelectorAll('*')].every(
          (element) => element.getBoundingClientRect().right <= innerWidth + 1,
        );
      }),
    );
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      globalThis.axe
        .run('[data-meridian-search-dialog]')
        .then(({ violations }) =>
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ),
    );
    assert.deepEqual(found, []);
  }
});

for (const how of ['written', 'live'])
  test(
    `pages in the reader’s language come first, others by a filter: ${how}`,
    { skip },
    async (t) => {
      const source = mkdtempSync(join(tmpdir(), 'meridian-languages-'));
      t.after(() => rmSync(source, { recursive: true, force: true }));
      const files = {
        '_config.yml': 'title: Two\nlanguages: [en, de]\nmeridian: {search: true}\n',
        'index.md': '---\nlayout: single\ntitle: Home\n---\nText.\n',
        'de/index.md': '---\nlayout: single\ntitle: Anfang\n---\nText.\n',
        'orinoco.md': '---\nlayout: single\ntitle: Orinoco\n---\nThe river Orinoco, in studies.\n',
        'de/orinoco.md': '---\nlayout: single\ntitle: Orinoco\n---\nDer Fluss Orinoco.\n',
      };
      mkdirSync(join(source, 'de'));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
      const folder = how === 'live' ? demo(t, {}, {}, source).folder : prepared(t, how, source);
      const { page, lines, server } = await open(t, how, { folder });
      const stems = () => server.log.map(({ path }) => path).filter((path) => /stems/.test(path));
      // Another form of a word, in the reader's language alone.
      await find(page, 'studying', 'Results: 1');
      assert.deepEqual(stems(), ['/meridian/stems/en.js']);
      await page.keyboard.press('Escape');
      await page.locator('a[hreflang=de]').first().click();
      await page.locator('html[lang=de]').waitFor();
      await find(page, 'studying', 'Nichts gefunden');
      await find(page, 'orinoco', 'Treffer: 2');
      const places = () =>
        links(page).evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
      assert.deepEqual(await places(), ['/de/orinoco.html', '/orinoco.html']);
      const filter = page.locator('select[name=language]');
      assert.deepEqual(await filter.locator('option').allTextContents(), [
        'Alle',
        'Deutsch (1)',
        'Englisch (1)',
      ]);
      await filter.selectOption('en');
      await state(page).filter({ hasText: 'Treffer: 1' }).waitFor();
      assert.deepEqual(await places(), ['/orinoco.html']);
      assert.deepEqual(lines, []);
    },
  );

test('an index that is complete before it can be read is searched whole', { skip }, async (t) => {
  const source = mkdtempSync(join(tmpdir(), 'meridian-pages-'));
  t.after(() => rmSync(source, { recursive: true, force: true }));
  writeFileSync(join(source, '_config.yml'), 'title: Many\nmeridian: {search: true}\n');
  const PAGES = 20;
  for (let at = 0; at < PAGES; at++)
    writeFileSync(
      join(source, at ? `page${at}.md` : 'index.md'),
      `---\nlayout: single\ntitle: Page ${at}\n---\nA quagga.\n`,
    );
  const { folder } = demo(t, {}, {}, source);
  const server = await host(t, folder, { headers: delivered });
  const { page, lines } = await openPage(t, browser);
  /** @type {Record<string, () => void>} */
  const arrive = {};
  for (const name of ['indexer', 'search']) {
    const released = new Promise((resolve) => (arrive[name] = () => resolve(undefined)));
    await page.route(new RegExp(`/${name}\\.wasm`), (route) =>
      released.then(() => route.continue()),
    );
  }
  await page.goto(server.url);
  await page.waitForSelector('[data-meridian-search]:not([hidden])');
  await page.keyboard.press('/');
  await field(page).fill('quagga');
  const grown = page.evaluate(
    () =>
      new Promise((resolve) => {
        const { shadowRoot } = document.querySelector('[data-meridian-search-dialog]');
        const growth = shadowRoot.querySelector('.end [role=status] + span');
        const settle = () => growth.textContent || resolve(undefined);
        new MutationObserver(settle).observe(growth, { childList: true });
      }),
  );
  arrive.indexer();
  await grown;
  arrive.search();
  await state(page)
    .filter({ hasText: `Results: ${PAGES}` })
    .waitFor();
  assert.deepEqual(lines, []);
});

test('a plain folder has a search of itself', { skip }, async (t) => {
  const source = mkdtempSync(join(tmpdir(), 'meridian-plain-'));
  t.after(() => rmSync(source, { recursive: true, force: true }));
  writeFileSync(join(source, 'README.md'), '# Home\n\nHello [b](b.md)\n');
  writeFileSync(join(source, 'b.md'), '# Bee\n\nHoney\n\n## Comb\n\nOf six sides\n');
  const { page, lines } = await open(t, 'indexed', { folder: prepared(t, 'indexed', source) });
  // The heading of the page is no section in it.
  await find(page, 'honey', 'Results: 1');
  assert.deepEqual(await links(page).allTextContents(), ['BeeHoney']);
  await find(page, 'sides', 'Results: 1');
  assert.deepEqual(await links(page).allTextContents(), ['Bee', 'CombOf six sides']);
  assert.deepEqual(lines, []);
});

test('a site without a search has no button, and no index', { skip }, async (t) => {
  const source = mkdtempSync(join(tmpdir(), 'meridian-off-'));
  t.after(() => rmSync(source, { recursive: true, force: true }));
  writeFileSync(join(source, '_config.yml'), 'title: Off\n');
  writeFileSync(join(source, 'index.md'), '---\nlayout: single\ntitle: Home\n---\nText.\n');
  const folder = prepared(t, 'written', source);
  assert.equal(existsSync(join(folder, 'meridian/search')), false);
  assert.doesNotMatch(
    readFileSync(join(folder, 'index.html'), 'utf8'),
    /meridian-search|search-keys/,
  );
});
