// Pages of a server (web/server/) are fetched when the pointer rests on a link to them: speculation
// rules, which Chromium knows. Real server, real browser.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from '../web/browser.mjs';
import { DIST, makeSite, noBrowser, openPage, until } from '../web/hosts.mjs';
import { folder, release } from '../../web/server/folder.mjs';
import { createHandler } from '../../web/server/handler.js';

const skip = noBrowser() ?? chromiumOnly('speculation rules are its own');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SOURCES = {
  '_config.yml': 'title: Prefetched\n',
  'index.md':
    '---\nlayout: single\ntitle: Home\n---\n[More](/more/) [Paper](/paper.pdf) [Away](https://a.example/)\n',
  'more.md': '---\nlayout: single\ntitle: More\npermalink: /more/\n---\nWhat more there is.\n',
  'paper.pdf': '%PDF-1.4',
};

/** A server on HTTP, and what it was asked for, with the purpose. */
async function serve(t, options = {}) {
  const { folder: root } = makeSite(t, SOURCES, { shell: false });
  const handler = createHandler({ sources: folder(root), modules: release(DIST), options });
  const asked = [];
  const server = createServer(async ({ url, headers }, response) => {
    asked.push(`${url} ${headers['sec-purpose'] ?? ''}`.trim());
    const answer = await handler(new Request(`http://${headers.host}${url}`, { headers }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, asked };
}

test('a page is fetched before the click, a file and another host are not', { skip }, async (t) => {
  const { url, asked } = await serve(t);
  const { page, lines } = await openPage(t, browser);
  await page.goto(url);
  await page.locator('#main a', { hasText: 'Paper' }).hover();
  await page.waitForTimeout(600);
  await page.locator('#main a', { hasText: 'Away' }).hover();
  await page.waitForTimeout(600);
  await page.locator('#main a', { hasText: 'More' }).hover();
  await until(() => asked.includes('/more/ prefetch'));
  await page.locator('#main a', { hasText: 'More' }).click();
  await page.getByText('What more there is.').waitFor();
  assert.deepEqual(
    asked.filter((one) => /more|paper/.test(one)),
    ['/more/ prefetch'],
  );
  assert.deepEqual(lines, []);
});

test('a site that does not want it says so', { skip }, async (t) => {
  const { url, asked } = await serve(t, { headers: '/*\n  ! Speculation-Rules' });
  const { page } = await openPage(t, browser);
  await page.goto(url);
  await page.locator('#main a', { hasText: 'More' }).hover();
  await page.waitForTimeout(1000);
  assert.deepEqual(
    asked.filter((one) => /more|prefetch/.test(one)),
    [],
  );
});
