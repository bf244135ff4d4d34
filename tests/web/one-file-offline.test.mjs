// A site of one page that asks to be kept: its worker takes the shell from another host, and the
// next visit needs neither host.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { engines } from './engines.mjs';
import { COMMAND, DIST, host, makeSite, notBuilt, openPage, settled, until } from './hosts.mjs';
import { firstVisit, heading, isFinished, withoutShell } from './offline-site.mjs';
import { policyFor, shellHost } from './one-file.mjs';

const skip = notBuilt();
const kinds = engines(after);

const PAGE = '---\nlayout: single\n';
const SITE = {
  '_config.yml':
    'title: Kept\nauthor: {name: Ada, github: ada}\nmeridian: {offline: true, search: true}\n',
  'index.md': `${PAGE}title: Home\nauthor_profile: true\n---\n\n[About](about/), $$x^2$$\n`,
  'about.md': `${PAGE}title: About\npermalink: /about/\n---\n\nOf the first version.\n`,
  'never.md': `${PAGE}title: Never visited\npermalink: /never/\n---\n\n\`\`\`js\nlet a = 1;\n\`\`\`\n`,
  'drawn.md': `${PAGE}title: Drawn\npermalink: /drawn/\n---\n\n\`\`\`mermaid\ngraph LR; A-->B\n\`\`\`\n`,
};

/** What an author does: `meridian init` and `meridian index`, for a shell on another host. */
async function site(t, sources = SITE, { own = {}, without = [], into = 'project' } = {}) {
  const cdn = await shellHost(t);
  const address = cdn.url.replace('127.0.0.1', 'shell.localhost');
  const { root, folder, put, remove } = makeSite(t, sources, { shell: false, into });
  const run = (...args) =>
    execFileSync(COMMAND, [...args, root, '--shell', DIST, '--quiet'], { stdio: 'pipe' });
  run('init', '--shell-url', `${address}meridian/`);
  for (const name of without) remove(name);
  run('index');
  const headers = own.headers?.(address);
  const server = await host(t, folder, { notFound: join(into, '404.html'), headers });
  const url = `${server.url.replace('127.0.0.1', 'kept.localhost')}${into}/`;
  return { cdn, address, server, url, put, run };
}

for (const engine of kinds) {
  const options = { skip: skip ?? engine.missing };

  test(`${engine.name}: the second visit needs neither host`, options, async (t) => {
    const { server, cdn, url } = await site(t);
    const { page, lines } = await firstVisit(t, await engine.browser(), url);
    await page.goto(url); // what the page links has come by now
    await page.locator('math').waitFor();
    assert.ok(await isFinished(page));
    await until(() => page.evaluate(() => document.querySelector('svg.icon')), 'icons');
    server.stop();
    cdn.stop();
    assert.equal(await heading(page, url), 'Home');
    await page.locator('math').waitFor();
    assert.equal(await heading(page, `${url}never/`), 'Never visited');
    await page.getByRole('link', { name: 'Kept' }).first().click();
    await page.locator('h1', { hasText: 'Home' }).waitFor();
    const style = await page.evaluate(() =>
      getComputedStyle(document.body).getPropertyValue('--release'),
    );
    assert.notEqual(style, '', 'the style sheet is there');
    await page.keyboard.press('/');
    await page.locator('[data-meridian-search-dialog] input').fill('visited');
    await page.locator('[data-meridian-search-dialog] a', { hasText: 'Never' }).waitFor();
    assert.deepEqual(withoutShell(lines), []);
  });

  test(`${engine.name}: the open page goes on without a host`, options, async (t) => {
    const { server, cdn, url } = await site(t);
    const { page, lines } = await firstVisit(t, await engine.browser(), url);
    server.stop();
    cdn.stop();
    await page.locator('#main').getByRole('link', { name: 'About' }).click();
    await page.getByText('Of the first version.').waitFor();
    assert.deepEqual(withoutShell(lines), []);
  });

  test(`${engine.name}: a diagram of a page from the worker`, options, async (t) => {
    const { url } = await site(t);
    const { page, lines } = await firstVisit(t, await engine.browser(), url);
    await page.goto(`${url}drawn/`);
    assert.ok(await isFinished(page));
    await page.locator('.meridian-diagram img').waitFor();
    assert.deepEqual(withoutShell(lines), []);
  });

  test(`${engine.name}: another file of the shell is not kept`, options, async (t) => {
    const { cdn, url } = await site(t);
    cdn.state.answer = (_request, response, path) => {
      if (!/theme\.css$|live\.wasm$/.test(path)) return false;
      response.writeHead(200, { 'content-type': 'text/css', 'access-control-allow-origin': '*' });
      response.end(Buffer.concat([readFileSync(join(DIST, path)), Buffer.from(' ')]));
      return true;
    };
    const { page } = await openPage(t, await engine.browser());
    await page.goto(url);
    await settled(page);
    const ends = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
    await until(() => cdn.log.some(({ path }) => path.endsWith('live.wasm')), 'the core');
    await until(ends, 'no worker');
    assert.deepEqual(await page.evaluate(() => caches.match('meridian/live.wasm')), undefined);
  });

  test(`${engine.name}: without the worker's file nothing asks for it`, options, async (t) => {
    const { server, url } = await site(t, SITE, { without: ['meridian-offline.js'] });
    const { page, lines } = await openPage(t, await engine.browser());
    await page.goto(url);
    await settled(page);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.ok(!server.log.some(({ path }) => path.includes('offline')));
    assert.deepEqual(lines, []);
  });

  test(`${engine.name}: a policy as strict as the documents have it`, options, async (t) => {
    const { url } = await site(t, SITE, {
      own: {
        headers: (shell) => (path) =>
          /html|\/$|offline\.js$/.test(path) ? { 'content-security-policy': policyFor(shell) } : {},
      },
    });
    const { page, lines } = await firstVisit(t, await engine.browser(), url);
    await page.goto(`${url}drawn/`);
    assert.ok(await isFinished(page));
    await page.locator('.meridian-diagram img').waitFor();
    assert.deepEqual(withoutShell(lines), []);
  });
}
