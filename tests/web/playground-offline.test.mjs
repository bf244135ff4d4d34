// The playground without a network, after it was loaded once: under the delivered policy, with only
// its own files cached.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import { chosen } from './engines.mjs';
import { DIST, headersBy, host, openPage, until } from './hosts.mjs';
import { skip, write } from './playgrounds.mjs';

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());
const headers = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** The page on a host that is not localhost, and again once its files are cached. */
async function kept(t, folder, more = () => ({}), into = '') {
  const server = await host(t, folder, {
    headers: (path) => ({ ...headers(path.slice(into.length)), ...more(path) }),
  });
  const opened = await openPage(t, browser);
  const { page, context } = opened;
  const url = server.url.replace('127.0.0.1', 'play.localhost') + into;
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
    // Its policy of Trusted Types is that of the page.
    await shown.getByText('Kept.').dblclick();
    await shown.locator('[contenteditable]').waitFor();
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
      `meridian-playground ${url}playground/ another`,
    );
  },
);

// ---- what a host may answer instead of a file

const PAGE = '<!doctype html><title>Down</title><p>Back in an hour.';
/** How a host fails: each takes a response. */
const FAULTS = {
  'an error': (response) => response.writeHead(503).end('down'),
  nothing: (response, type) => response.writeHead(200, { 'content-type': type }).end(),
  'a page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE),
  'a redirect to a page': (response) => response.writeHead(302, { location: '/down.html' }).end(),
  'a redirect to a file': (response) =>
    response.writeHead(302, { location: '/meridian/theme.css' }).end(),
};
/** The same for files that name their release. */
const OF_RELEASE = {
  ...FAULTS,
  'words of the same type': (response, type) =>
    response.writeHead(200, { 'content-type': type }).end('Back in an hour.'),
  'another release': (response, type, bytes) =>
    response
      .writeHead(200, { 'content-type': type })
      .end(Buffer.from(bytes.toString('latin1').replaceAll(word(), 'deadbeef'), 'latin1')),
};
const word = () => readFileSync(join(DIST, 'meridian/theme.txt'), 'latin1').slice(-9, -1);

/** Makes the host answer for one file with a fault. */
function fail(server, path, fault) {
  server.state.answer = (_, response, asked) => {
    if (asked === '/down.html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      return true;
    }
    if (!asked.endsWith(path)) return false;
    const bytes = readFileSync(join(DIST, path));
    fault(response, path.endsWith('.js') ? 'text/javascript' : 'text/plain', bytes);
    return true;
  };
}
const mend = (server) => (server.state.answer = () => false);

/** The bytes of a file as the page gets them, as latin1; a message where it gets none. */
const bytesOf = (page, path) =>
  page.evaluate(
    (address) =>
      fetch(address).then(
        async (response) =>
          response.ok
            ? Array.from(new Uint8Array(await response.arrayBuffer()), (byte) =>
                String.fromCharCode(byte),
              ).join('')
            : String(response.status),
        String,
      ),
    `../${path}`,
  );
const delivered = (path) => readFileSync(join(DIST, path), 'latin1');

for (const [path, faults] of [
  ['meridian/emoji.txt', OF_RELEASE],
  ['meridian/katex.js', FAULTS],
  ['meridian/icons/check.svg', FAULTS],
  ['meridian/countries.bin', FAULTS],
])
  test(`a host that fails once for ${path} does no lasting harm`, { skip }, async (t) => {
    const { page, context, server } = await kept(t, DIST);
    const names = Object.keys(faults);
    for (const name of names) {
      fail(server, path, faults[name]);
      assert.notEqual(await bytesOf(page, path), delivered(path), `the host gives ${name}`);
    }
    mend(server);
    assert.ok((await bytesOf(page, path)) === delivered(path), 'after the fault');
    await until(() => page.evaluate((url) => caches.match(url).then(Boolean), `../${path}`));
    for (const name of names) {
      fail(server, path, faults[name]);
      assert.ok((await bytesOf(page, path)) === delivered(path), `kept in spite of ${name}`);
    }
    await context.setOffline(true);
    assert.ok((await bytesOf(page, path)) === delivered(path), 'without a network');
  });

for (const [path, faults] of [
  ['meridian/words.txt', OF_RELEASE],
  ['playground/projects.js', OF_RELEASE],
  ['meridian/icons.svg', FAULTS],
])
  test(`with another answer for ${path} nothing is installed`, { skip }, async (t) => {
    const server = await host(t, DIST, { headers });
    const { page, context } = await openPage(t, browser);
    const url = server.url.replace('127.0.0.1', 'play.localhost');
    for (const [name, fault] of Object.entries(faults)) {
      fail(server, path, fault);
      const before = server.log.length;
      await page.goto(`${url}playground/`);
      await page.frameLocator('iframe').locator('main').waitFor();
      await until(() => server.log.slice(before).some(({ path: asked }) => asked.endsWith(path)));
      await until(
        () => page.evaluate(async () => !(await navigator.serviceWorker.getRegistrations()).length),
        `not installed: ${name}`,
      );
      assert.deepEqual(await page.evaluate(() => caches.keys()), [], name);
    }
    mend(server);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    await context.setOffline(true);
    await page.reload();
    await page.frameLocator('iframe').locator('main').waitFor();
  });

test('a host that drops .html from addresses is one like others', { skip }, async (t) => {
  const server = await host(t, DIST, { headers });
  server.state.answer = (request, response, path) => {
    if (!path.endsWith('.html')) {
      if (!/\/frame(-\w+)?$/.test(path)) return false;
      response.writeHead(200, { 'content-type': 'text/html', ...headers(`${path}.html`) });
      response.end(readFileSync(join(DIST, `${path}.html`)));
    } else response.writeHead(308, { location: request.url.replace('.html', '') }).end();
    return true;
  };
  const { page, context } = await openPage(t, browser);
  await page.goto(`${server.url.replace('127.0.0.1', 'play.localhost')}playground/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  await page.reload();
  await page.frameLocator('iframe').locator('main').waitFor();
});

test(
  'with a full storage the host’s answers are given',
  { skip: skip ?? chromiumOnly('only its protocol sets a quota') },
  async (t) => {
    const { page, context, url } = await kept(t, DIST);
    const session = await context.newCDPSession(page);
    const { origin } = new URL(url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
    for (const path of ['meridian/emoji.txt', 'meridian/katex.js', 'meridian/countries.bin'])
      assert.ok((await bytesOf(page, path)) === delivered(path), path);
    const part = await page.evaluate(async () => {
      const headers = { range: 'bytes=0-9' };
      return (await fetch('../meridian/places/0.bin?0-9', { headers })).status;
    });
    assert.equal(part, 200, 'this host knows no parts');
  },
);

test('two playgrounds of one origin have nothing in common', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-offline-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['a', 'b'])
    cpSync(DIST, join(folder, name), {
      recursive: true,
      filter: (path) => !/\.(br|gz)$|[\\/]places$/.test(path),
    });
  const script = join(folder, 'b/playground/offline.js');
  writeFileSync(script, readFileSync(script, 'utf8').replace(/version:"\w+"/, 'version:"b"'));
  const { page, context, url } = await kept(t, folder, undefined, 'a/');
  const other = url.replace('/a/', '/b/');
  await page.goto(`${other}playground/`);
  await page.frameLocator('iframe').locator('main').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names.map((name) => name.split(' ')[1]).sort(), [
    `${url}playground/`,
    `${other}playground/`,
  ]);
  await context.setOffline(true);
  for (const at of [url, other]) {
    await page.goto(`${at}playground/`);
    await page.frameLocator('iframe').locator('main').waitFor();
  }
});
