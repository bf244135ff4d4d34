// Reading a site without storage, with a full storage, in two tabs, and from the back/forward
// cache.
// Runs alone: its browser keeps pages that were left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import { fillStorage, host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch({ keepsPages: true })));
after(() => browser?.close());

const SITE = {
  '_config.yml': 'title: Storage\n',
  'index.md': '---\ntitle: Home\n---\nWelcome. [Two](/two/)\n',
  'two.md': '---\ntitle: Two\npermalink: /two/\n---\nSecond page. [Home](/)\n',
  'other.html': '<!doctype html><title>Other</title><h1>Elsewhere</h1>',
};

async function open(t, prepare) {
  const site = makeSite(t, SITE, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
  });
  // Without storage the browser keeps no pages either.
  const server = await host(t, site.folder, { headers: { 'cache-control': 'max-age=60' } });
  const opened = await openPage(t, browser);
  if (prepare) await opened.page.addInitScript(prepare);
  const url = server.url.replace('127.0.0.1', 'reader.localhost');
  await opened.page.goto(url);
  await opened.page.waitForSelector('text=Welcome');
  return { ...opened, url };
}

async function readsBoth(page) {
  await page.click('a[href="/two/"] >> nth=-1');
  await page.waitForSelector('text=Second page');
  await page.goBack();
  await page.waitForSelector('text=Welcome');
}

test('without storage a site works as usual', { skip }, async (t) => {
  const { page, lines } = await open(t, () => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  await readsBoth(page);
  await page.reload();
  await page.waitForSelector('text=Welcome');
  assert.deepEqual(lines, []);
});

test('with a full storage a site works as usual', { skip }, async (t) => {
  const { page, lines, url } = await open(t, fillStorage);
  await readsBoth(page);
  await page.goto(url);
  await page.waitForSelector('text=Welcome');
  assert.deepEqual(lines, []);
});

test('two tabs read one site side by side', { skip }, async (t) => {
  const { page, context, url, lines } = await open(t);
  const other = await context.newPage();
  await other.goto(url);
  await other.waitForSelector('text=Welcome');
  await Promise.all([readsBoth(page), readsBoth(other)]);
  assert.deepEqual(lines, []);
});

// The walk goes back to a kept page in every engine.
const kept = skip ?? chromiumOnly('the driver loses other engines’ pages that were kept');
test('a page from the back/forward cache goes on working', { skip: kept }, async (t) => {
  const { page, url } = await open(t);
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted)),
  );
  await page.goto(`${url}other.html`);
  await page.waitForSelector('text=Elsewhere');
  await page.goBack();
  await page.waitForSelector('text=Welcome');
  const persisted = await page.evaluate(() => window.persisted);
  if (!persisted) t.diagnostic('this browser has not kept the page: it was loaded again');
  await readsBoth(page);
});
