// A raw site without scripts, and its replacement by the page when scripts run.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserMissing, launch } from './browser.mjs';
import { COMMAND, DIST, host, makeSite, notBuilt, openPage, settled } from './hosts.mjs';

const built = notBuilt() ?? (existsSync(COMMAND) ? undefined : 'the command is not built');
const skip = built ?? browserMissing();
let browser;
before(async () => {
  if (!skip) browser = await launch();
});
after(() => browser?.close());

const SITE = {
  '_config.yml': 'title: Sea\ndefaults: [{scope: {path: ""}, values: {layout: single}}]\n',
  'index.md': '---\ntitle: Home\n---\nThe first page. [About](about/)\n',
  'about.md': '---\ntitle: About us\npermalink: /about/\n---\nWe are here.\n',
};

function raw(t, base) {
  const source = makeSite(t, SITE, { shell: false });
  const folder = mkdtempSync(join(tmpdir(), 'meridian-head-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    '--raw',
    '--pages',
    '--quiet',
    '--source',
    source.folder,
    '--destination',
    join(folder, base),
    '--shell',
    DIST,
  ]);
  return folder;
}

test(
  'without scripts the shell shows the page’s text, links and title, and no skeleton',
  { skip },
  async (t) => {
    const server = await host(t, raw(t, ''));
    const context = await browser.newContext({ javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    for (const [path, title, text] of [
      ['', 'Home - Sea', 'The first page.'],
      ['about/', 'About us - Sea', 'We are here.'],
    ]) {
      const response = await page.goto(server.url + path);
      assert.equal(response.status(), 200);
      assert.equal(await page.title(), title);
      assert.ok((await page.innerText('body')).includes(text)); // getByText skips <noscript>
      assert.equal(await page.locator('main[aria-busy]').isVisible(), false);
      assert.equal(
        await page.locator('meta[property="og:title"]').getAttribute('content'),
        title.replace(' - Sea', ''),
      );
    }
    await page.goto(server.url);
    await page.locator('noscript a', { hasText: 'About' }).click();
    assert.ok((await page.innerText('body')).includes('We are here.'));
  },
);

test(
  'the delivered shell, which contains no page, says that it needs scripts and shows no skeleton',
  { skip },
  async (t) => {
    const server = await host(t, DIST);
    const context = await browser.newContext({ javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(server.url);
    const said = (await page.innerText('body')).trim().split(/\n+/);
    assert.deepEqual([said.length, said[0]], [10, 'This site needs JavaScript.']);
    assert.ok(said.includes('Diese Website braucht JavaScript.'));
    assert.equal(await page.locator('main').isVisible(), false);
  },
);

test(
  'with scripts the shell’s document becomes the page, at any base, without doubled elements',
  { skip },
  async (t) => {
    for (const base of ['', 'sub/']) {
      const server = await host(t, raw(t, base));
      for (const [path, text] of [
        ['about/', 'We are here.'],
        ['', 'The first page.'],
      ]) {
        const { page, lines } = await openPage(t, browser);
        await page.goto(server.url + base + path);
        await settled(page);
        await page.getByText(text).waitFor();
        // The text may be there before the head.
        await page.locator('meta[property="og:title"]').first().waitFor({ state: 'attached' });
        assert.equal(await page.getByText(text).count(), 1);
        for (const once of ['title', 'meta[property="og:title"]', 'link[rel=canonical]', 'main'])
          assert.equal(await page.locator(once).count(), 1, once);
        assert.equal(
          await page.locator('link[rel=canonical]').getAttribute('href'),
          server.url + base + path,
        );
        assert.deepEqual(lines, []);
      }
    }
  },
);
