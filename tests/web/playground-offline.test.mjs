// The playground without a network, after it was loaded once: under the delivered policy, with only
// its own files cached.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { chosen } from './engines.mjs';
import { DIST, headersBy, host, openPage } from './hosts.mjs';
import { skip, write } from './playgrounds.mjs';

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());
const headers = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** The page on a host that is not localhost, and again once its files are cached. */
async function kept(t, folder, more = () => ({})) {
  const server = await host(t, folder, {
    headers: (path) => ({ ...headers(path), ...more(path) }),
  });
  const opened = await openPage(t, browser);
  const { page, context } = opened;
  const url = server.url.replace('127.0.0.1', 'play.localhost');
  await page.goto(`${url}playground/`);
  const shown = page.frameLocator('iframe');
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  return { ...opened, context, server, url, shown };
}

test('it keeps parts of files, which a cache refuses', { skip }, async (t) => {
  const { page, context, server } = await kept(t, DIST);
  const pack = readFileSync(join(DIST, 'meridian/places/0.bin'));
  server.state.answer = (request, response, path) => {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    if (!path.endsWith('/places/0.bin') || !last) return false;
    response
      .writeHead(206, { 'content-range': `bytes ${first}-${last}/${pack.length}` })
      .end(pack.subarray(Number(first), Number(last) + 1));
    return true;
  };
  /** As web/net/byte_ranges.js asks. */
  const parts = () =>
    page.evaluate(async () => {
      const answers = [];
      for (const part of ['64-127', '128-319']) {
        const headers = { range: `bytes=${part}` };
        const response = await fetch(`../meridian/places/0.bin?${part}`, { headers });
        const bytes = new Uint8Array(await response.arrayBuffer());
        answers.push([response.status, bytes.join()]);
      }
      return answers;
    });
  const expected = [
    [206, pack.subarray(64, 128).join()],
    [206, pack.subarray(128, 320).join()],
  ];
  assert.deepEqual(await parts(), expected);
  await page.waitForFunction(async () => {
    const [name] = await caches.keys();
    const kept = await (await caches.open(name)).keys();
    return kept.filter(({ url }) => url.endsWith('&part')).length === 2;
  });
  await context.setOffline(true);
  assert.deepEqual(await parts(), expected);
});

test('it starts, renders and saves pictures without a network', { skip }, async (t) => {
  const { page, context, server, shown, lines } = await kept(t, DIST);
  await write(page, '---\ntitle: Offline\nlayout: single\n---\n\nKept.\n');
  await page.getByText('Kept in this browser').waitFor();
  await context.setOffline(true);
  const before = server.log.length;
  await page.reload();
  await shown.getByText('Kept.').waitFor();
  await page.getByRole('button', { name: 'GitHub’s' }).click();
  await write(
    page,
    '---\ntitle: Offline\nlayout: single\n---\n\n- [x] ~~done~~\n\n<img src="images/a.svg" alt="A">\n',
  );
  await shown.locator('del').waitFor();
  await page
    .locator('meridian-playground')
    .evaluate((element) =>
      element.playground.project.put(
        'images/a.svg',
        '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>',
      ),
    );
  await shown
    .getByRole('img', { name: 'A' })
    .evaluate(
      (image) =>
        new Promise((resolve) => (image.naturalWidth ? resolve() : (image.onload = resolve))),
    );
  assert.equal(
    await shown
      .locator('h1')
      .first()
      .evaluate(
        (heading) => getComputedStyle(heading).marginTop !== '' && document.styleSheets.length > 0,
      ),
    true,
  );
  // In Firefox no service worker answers a frame without an origin: its own page of errors was
  // there for a moment, then the frame's other document, under the policy of the playground.
  // WebKit's console tells of the worker's own script, which it looks for anew.
  const told =
    {
      firefox: /aboutNetError|dompurify|trusted-types/,
      webkit: /^Failed to load resource: .* \S+\/playground\/offline\.js$/,
    }[chosen] ?? /^$/;
  assert.deepEqual(
    lines.filter((line) => !told.test(line)),
    [],
  );
  // The frame from the cache has an opaque origin.
  assert.equal(await shown.locator('body').evaluate(() => origin), 'null');
  // Some browsers check for a new service worker all the same.
  assert.deepEqual(
    server.log.slice(before).filter(({ path }) => path !== '/playground/offline.js'),
    [],
  );
  const names = await page.evaluate(async () =>
    (
      await Promise.all(
        (await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname),
        ),
      )
    ).flat(),
  );
  assert.ok(
    names.length > 10 && names.every((path) => /^\/(playground|meridian)\//.test(path)),
    names.join(),
  );
});

test(
  'without a cached frame the preview is made from kept text, as untrusted',
  { skip },
  async (t) => {
    const { page, context, shown } = await kept(t, DIST, (path) =>
      /frame.*\.html/.test(path) ? { 'cache-control': 'no-store' } : {},
    );
    await write(
      page,
      '---\ntitle: Offline\nlayout: single\n---\n\nKept.\n\n<script>document.body.append(Object.assign(document.createElement("b"), { textContent: "ran" }))</script>\n',
    );
    await shown.getByText('ran', { exact: true }).waitFor();
    await page.getByText('Kept in this browser').waitFor();
    await context.setOffline(true);
    await page.reload();
    await shown.getByText('Kept.').waitFor();
    assert.ok(await page.locator('iframe').getAttribute('srcdoc'));
    assert.equal(await shown.getByText('ran', { exact: true }).count(), 0);
    assert.equal(await shown.locator('body').evaluate(() => origin), 'null');
    assert.equal(
      await shown.locator('body').evaluate(() =>
        fetch('/meridian/theme.txt').then(
          () => 'asked',
          () => 'refused',
        ),
      ),
      'refused',
    );
  },
);

test(
  'a new version replaces the whole cache once no page of the old one is open',
  { skip, timeout: 120_000 },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-offline-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(DIST, folder, {
      recursive: true,
      filter: (path) => !/\.(br|gz)$|[\\/]places$/.test(path),
    });
    const { page, context, shown, url } = await kept(t, folder);
    const change = (path, from, to) =>
      writeFileSync(join(folder, path), readFileSync(join(folder, path), 'utf8').replace(from, to));
    change('playground/playground.js', 'Preview of the page', 'The page of another version');
    change('playground/offline.js', /version:"\w+"/, 'version:"another"');
    await page.goto(`${url}playground/`);
    await shown.locator('main').waitFor();
    assert.equal(await page.locator('iframe').getAttribute('title'), 'Preview of the page');
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    // A page that is being closed may still count as open.
    const another = 'iframe[title="The page of another version"]';
    let last = page;
    for (let i = 0; i < 5; i++) {
      await last.close();
      await new Promise((resolve) => setTimeout(resolve, 300));
      last = await context.newPage();
      await last.goto(`${url}playground/`);
      await last.frameLocator('iframe').locator('main').waitFor();
      if (await last.locator(another).count()) break;
    }
    await last.locator(another).waitFor();
    assert.equal(
      await last.evaluate(async () => (await caches.keys()).join()),
      'meridian-playground-another',
    );
  },
);
