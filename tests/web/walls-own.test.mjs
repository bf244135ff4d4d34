// A trusted project: its scripts run, in a frame without access to the playground or the storage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen } from './engines.mjs';
import { until } from './hosts.mjs';
import { renderWhole } from './playgrounds.mjs';
import { skip, linkOf, shared, own, put } from './walled.mjs';

// ---- trusted projects ----

const ORDER = {
  '_config.yml': 'title: T\n',
  '_layouts/default.html':
    '<!doctype html><html lang="en"><head><title>T</title><script>order = []; document.addEventListener("DOMContentLoaded", () => order.push("ready")); addEventListener("load", () => order.push("load"))</script><script src="/assets/first.js"></script><script defer src="/assets/deferred.js"></script><script type="module">order.push("module")</script></head><body><main>{{ content }}</main><script>order.push("last:" + document.querySelectorAll("main").length)</script></body></html>',
  'assets/first.js': 'const TOP = 1; order.push("first:" + document.body)',
  'assets/deferred.js': 'order.push("deferred:" + document.readyState)',
  'index.md':
    '---\ntitle: One\nlayout: default\n---\n# One\n\n<button onclick="order.push(\'click\')">B</button> [two](/two/)\n',
  'two.md': '---\ntitle: Two\nlayout: default\npermalink: /two/\n---\n# Two\n',
};

test(
  'a trusted project runs its scripts as a browser does, once; the page is patched, and reloaded when a script changes',
  { skip },
  async (t) => {
    const { page, shown, lines } = await own(t, ORDER);
    const order = () => shown.locator('body').evaluate(() => window.order);
    // A new document replaces the old one meanwhile: poll until its scripts have run.
    const done = (first = 'first:null') =>
      until(async () => {
        const ran = await order().catch(() => undefined);
        return ran?.[0] === first && ran.includes('load') && ran;
      });
    const all = ['first:null', 'last:1', 'deferred:interactive', 'module', 'ready', 'load'];
    assert.deepEqual(await done(), all);
    await shown.getByRole('button', { name: 'B' }).click();
    await put(page, 'index.md', ORDER['index.md'].replace('# One', '# Uno'));
    await shown.getByRole('heading', { name: 'Uno' }).waitFor();
    await renderWhole(page);
    assert.deepEqual(await order(), [...all, 'click']);
    // A link opens a new document, with no state of the first.
    await shown.getByRole('link', { name: 'two' }).click();
    await shown.getByRole('heading', { name: 'Two' }).waitFor();
    assert.deepEqual(await done(), all);
    // A changed script file runs again once typing pauses.
    await put(page, 'assets/first.js', 'const TOP = 2; order.push("other:" + TOP)');
    assert.deepEqual(await done('other:2'), ['other:2', ...all.slice(1)]);
    assert.deepEqual(lines, []);
  },
);

test('… without access to the playground or to the browser’s storage', { skip }, async (t) => {
  const script = `window.tried = {};
const attempt = (name, act) => { try { tried[name] = String(act()) } catch (error) { tried[name] = error.name } };
attempt('origin', () => origin);
attempt('hash', () => location.hash);
fetch('/data/own.json').then((answer) => answer.json()).then((own) => (tried.own = own));
fetch('missing.json').then((answer) => (tried.missing = answer.status));
attempt('parent', () => parent.document.title);
attempt('top', () => { top.location = 'https://evil.example/'; return 'set' });
attempt('cookie', () => document.cookie);
attempt('storage', () => localStorage.length);
attempt('database', () => { indexedDB.open('meridian-playground'); return 'open' });
attempt('popup', () => window.open('https://evil.example/'));
fetch('https://api.example/data').then((answer) => (tried.outside = answer.status), (error) => (tried.outside = error.name));
fetch(location.href).then((answer) => (tried.inside = answer.status), (error) => (tried.inside = error.name));`;
  const { page, shown, server, context, asked } = await own(t, {
    'index.md': `---\ntitle: T\n---\n# T\n\n<script>${script}</script>\n\n![out](https://a.example/1.png)\n`,
    'data/own.json': '[1]',
  });
  await shown.getByRole('img', { name: 'out' }).evaluate((image) => image.decode());
  const tried = await until(async () => {
    const now = await shown.locator('body').evaluate(() => window.tried);
    return ['own', 'missing', 'outside', 'inside'].every((name) => name in now) && now;
  });
  assert.deepEqual(tried, {
    origin: 'null',
    hash: '',
    own: [1],
    missing: 404,
    parent: 'SecurityError',
    top: 'SecurityError',
    cookie: 'SecurityError',
    storage: 'SecurityError',
    database: 'SecurityError',
    popup: chosen === 'firefox' ? 'InvalidAccessError' : 'null',
    outside: 200,
    inside: 'TypeError',
  });
  assert.deepEqual([...new Set(asked.map(({ url }) => url))].sort(), [
    'https://a.example/1.png',
    'https://api.example/data',
  ]);
  assert.equal(page.url(), `${server.url}playground/`);
  assert.equal(context.pages().length, 1);
  assert.equal(await page.getByText('not shown').count(), 0);
});

test(
  'a frame gets files of the project and of the shell, and no others of the host',
  { skip },
  async (t) => {
    const { page, shown, server } = await own(t, {
      'index.md':
        '---\ntitle: T\n---\n# T\n\n<img src="/meridian/..%2fplayground/index.html"> <img src="/meridian/%2e%2e%2fsecret.png"> <img src="/meridian//evil.example/x.png"> <img src="/playground/main.js">\n',
    });
    await shown.getByRole('heading', { name: 'T' }).first().waitFor();
    const before = server.log.length;
    // No such request follows: nothing to wait for.
    await page.waitForTimeout(500);
    assert.deepEqual(
      server.log.slice(before).filter(({ path }) => /secret|evil/.test(path)),
      [],
    );
    assert.ok(server.log.every(({ path }) => !/secret|evil\.example/.test(path)));
  },
);

test(
  'an untrusted project runs its scripts once the reader trusts it, which is remembered',
  { skip },
  async (t) => {
    const { page, shown, ran, server } = await shared(t, {
      'index.md':
        '---\ntitle: T\n---\n# T\n\n<p id="p">Still</p>\n<script>document.querySelector("#p").textContent = "Moved"; X("ran")</script>\n',
    });
    const asked = [];
    page.on(
      'dialog',
      (dialog) => (
        asked.push(dialog.message()),
        asked.length === 1 ? dialog.dismiss() : dialog.accept()
      ),
    );
    await page.getByText('Scripts of this project don’t run.').waitFor();
    await page.getByRole('button', { name: 'Run them' }).click();
    assert.equal(await shown.getByText('Still').count(), 1);
    await page.getByRole('button', { name: 'Run them' }).click();
    await shown.getByText('Moved').waitFor();
    assert.match(
      asked[1],
      /can’t reach the playground or your data, but they can load things from the network/,
    );
    assert.equal(await page.getByText('Scripts of this project').count(), 0);
    await page.getByText('Kept in this browser').waitFor();
    await page.goto(`${server.url}playground/playground.css`);
    await page.goto(`${server.url}playground/`);
    await shown.getByText('Moved').waitFor();
    assert.equal(ran.length, 2);
    // Another link is another project.
    await page.goto(`${server.url}playground/playground.css`);
    await page.goto(
      `${server.url}playground/${linkOf(Object.entries({ 'index.md': '---\n---\n# Other\n<script>X("other")</script>\n' }))}`,
    );
    await page.getByText('Scripts of this project don’t run.').waitFor();
    assert.equal(ran.length, 2);
  },
);

test(
  'a trusted project stays trusted when the page of its link is reloaded',
  { skip },
  async (t) => {
    const { page, shown, ran } = await own(t, {
      'index.md': '---\n---\n# T\n<script>X("ran")</script>\n',
    });
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByText('The link contains the whole project').waitFor();
    const count = ran.length;
    await page.reload();
    await shown.getByRole('heading', { name: 'T' }).waitFor();
    // No second run follows: nothing to wait for.
    await page.waitForTimeout(500);
    assert.equal(ran.length, count + 1);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('Scripts of this project don’t run.').waitFor();
    assert.equal(ran.length, count + 1);
  },
);
