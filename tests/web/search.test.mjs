// The search of a site: with an index that the command wrote (written pages, the shell with a
// manifest) and without one, by keys and by touch. Real core, real index, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { CONTENT, demo, demoMissing } from './demo.mjs';
import { COMMAND, DIST, headersBy, host, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** The demo in a folder, as the command leaves it. `how`: 'written', 'indexed', or 'live'. */
function prepared(t, how, source = CONTENT) {
  if (how === 'live') return demo(t).folder;
  const folder = mkdtempSync(join(tmpdir(), 'meridian-search-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    ...(how === 'indexed' ? ['--raw'] : []),
    ...['--source', source, '--destination', folder, '--shell', DIST, '--quiet'],
  ]);
  return folder;
}

async function open(t, how, { path = '', folder = prepared(t, how), context } = {}) {
  const server = await host(t, folder, { headers: delivered });
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
      await links(page).first().waitFor();
      assert.match(await links(page).first().textContent(), /^The electric eels of Calabozo/);
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
