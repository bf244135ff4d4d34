// A site that asks for it is kept by a service worker: its pages come without a network, the next
// visit has the newest version, and the worker goes when the site does not ask any more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import {
  COMMAND,
  DIST,
  filesBelow,
  headersBy,
  host,
  noBrowser,
  openPage,
  settled,
  until,
} from './hosts.mjs';
import {
  OTHER,
  SITE,
  firstVisit,
  heading,
  isFinished,
  publish,
  withoutShell,
  write,
} from './offline-site.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

// Milliseconds for a page that no host has to send.
const AT_ONCE = 8000;
/**
 * Runs a navigation, again when it does not end. Chromium ends the old worker some milliseconds
 * after the new one has called skipWaiting(), also when it has just given it a navigation, which
 * then waits for an answer: tests navigate at that very moment.
 * @param {(options: { timeout: number }) => Promise<unknown>} navigate
 */
const insist = (navigate) =>
  until(
    () =>
      navigate({ timeout: AT_ONCE }).then(
        () => true,
        () => false,
      ),
    'a page without a host',
  );

/** What the origin has of workers and of caches, by scope. */
const left = (page) =>
  page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    caches: (await caches.keys()).filter((name) => name.startsWith('meridian-offline')),
  }));

test('pages come when the server is gone, visited ones and others', { skip }, async (t) => {
  const { server, url } = await publish(t);
  const { page, context, lines } = await firstVisit(t, browser, url);
  for (const path of ['about/', 'code/', '']) {
    await heading(page, url + path);
    assert.ok(await isFinished(page), path);
  }
  await server.stop();
  for (const [path, title] of [
    ['', 'Home'],
    ['about/', 'About'],
    ['code/', 'Code'],
    ['never/', 'Never visited'],
    ['never/index.html', 'Never visited'],
    ['never', 'Never visited'],
    ['old/', 'About'],
  ]) {
    const response = await page.goto(url + path);
    assert.equal(response.status(), 200, path);
    assert.equal(await page.locator('h1').first().textContent(), title);
    assert.notEqual(
      await page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--release')),
      '',
      'the style sheet is there',
    );
  }
  const tab = await context.newPage();
  assert.equal(await heading(tab, `${url}never/`), 'Never visited');
  assert.equal(await tab.locator('td').textContent(), 'b');
  assert.ok(await isFinished(tab));
  await heading(page, url);
  assert.equal(await page.locator('img').evaluate((image) => image.naturalWidth), 7);
  assert.deepEqual(lines, []);
  const lost = await page.goto(`${url}nowhere`);
  assert.equal(lost.status(), 404);
});

test('the page that was open first goes on without the server', { skip }, async (t) => {
  const { server, url } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await server.stop();
  await page.locator('#main').getByRole('link', { name: 'About' }).click();
  await page.getByText('Of the first version.').waitFor();
  assert.equal(page.url(), `${url}about/`);
  assert.deepEqual(lines, []);
});

test('the search works without the server, on the version that is kept', { skip }, async (t) => {
  const config = 'title: Kept\nlang: de\nmeridian: {offline: true, search: true}\n';
  const { server, url, update } = await publish(t, { ...SITE, '_config.yml': config });
  const { page, lines } = await firstVisit(t, browser, url);
  const search = async (words, found) => {
    await page.keyboard.press('/');
    await page.getByPlaceholder('Diese Website durchsuchen').fill(words);
    await page.locator('[data-meridian-search-dialog] a', { hasText: found }).waitFor();
  };
  const isKept = (path) =>
    page.evaluate(async (url) => !!(await caches.match(url, { ignoreSearch: true })), url + path);
  await until(() => isKept('meridian/stems/de.js'), 'the stems are kept');
  await search('first', 'Of the first version');
  // The host's index is that of one version: it would not fit to the pages of another.
  assert.equal(await isKept('meridian/search/h0.bin'), false);
  update({ 'about.md': SITE['about.md'].replace('first', 'second') });
  await heading(page, `${url}about/`);
  await page.getByText('Of the second version').waitFor();
  await until(async () => {
    await page.goto(`${url}about/`);
    return isFinished(page);
  }, 'the new version is kept');
  await server.stop();
  await insist((options) => page.goto(`${url}code/`, options));
  await search('second', 'Of the second version');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/about/');
  assert.deepEqual(lines, []);
});

test('the next visit has the newest version', { skip }, async (t) => {
  const { server, url, update } = await publish(t);
  const { page, context, lines } = await firstVisit(t, browser, url);
  await heading(page, `${url}about/`);
  update({ 'about.md': SITE['about.md'].replace('first', 'second'), 'never.md': '' });
  await page.goto(`${url}about/`);
  await page.getByText('Of the second version.').waitFor();
  await until(async () => {
    await page.goto(`${url}about/`);
    return isFinished(page);
  });
  await page.close();
  await server.stop();
  const tab = await context.newPage();
  await tab.goto(`${url}about/`);
  await tab.getByText('Of the second version.').waitFor();
  assert.equal((await tab.goto(`${url}never`)).status(), 404);
  assert.deepEqual(lines, []);
});

test('without the newest version as a whole the host’s pages are shown', { skip }, async (t) => {
  const { folder, server, url, update } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await heading(page, `${url}about/`);
  update({ 'about.md': SITE['about.md'].replace('first', 'second') });
  const file = join(folder, 'about.md');
  const second = readFileSync(file);
  // The manifest has come, the page's source not yet.
  writeFileSync(file, SITE['about.md']);
  await until(async () => {
    await page.goto(`${url}code/`);
    await page.locator('pre span').first().waitFor(); // all of its files are there
    return !(await isFinished(page));
  }, 'the host’s page');
  await server.stop();
  await page.goto(`${url}about/`);
  await page.getByText('Of the first version.').waitFor();
  await server.start();
  writeFileSync(file, second);
  await until(async () => {
    await page.goto(`${url}about/`);
    return isFinished(page);
  });
  await page.getByText('Of the second version.').waitFor();
  assert.deepEqual(withoutShell(lines), []);
});

test('an old manifest does not hold back a page', { skip }, async (t) => {
  const { folder, server, url, update } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await heading(page, `${url}about/`);
  const second = SITE['about.md'].replace('first', 'second');
  writeFileSync(join(folder, 'about.md'), second);
  await until(async () => {
    await page.goto(`${url}about/`);
    await settled(page);
    return !(await isFinished(page));
  }, 'the host’s page');
  await page.getByText('Of the second version.').waitFor();
  update({ 'about.md': second });
  await until(async () => {
    await page.goto(`${url}about/`);
    return isFinished(page);
  });
  await page.getByText('Of the second version.').waitFor();
  await server.stop();
  await page.goto(`${url}about/`);
  await page.getByText('Of the second version.').waitFor();
  assert.deepEqual(withoutShell(lines), []);
});

test('the command writes what belongs to it where the site asks for it', { skip }, async (t) => {
  const { folder, update } = await publish(t);
  const manifest = () => JSON.parse(readFileSync(join(folder, 'meridian.json'), 'utf8'));
  const has = () => filesBelow(folder).includes('meridian-offline.js');
  assert.deepEqual([has(), manifest().offline], [true, true]);
  // In a folder that holds both, the worker's file is no source.
  execFileSync(COMMAND, ['index', '--source', folder, '--quiet'], { stdio: 'pipe' });
  assert.equal(manifest().offline, true);
  assert.ok(!manifest().files.some(({ path }) => path === 'meridian-offline.js'));
  update({ '_config.yml': 'title: Kept\n' });
  assert.deepEqual([has(), manifest().offline], [false, undefined]);
});

const noProtocol = skip ?? chromiumOnly('only its protocol ends a worker');

const hashOf = (text) => createHash('sha256').update(text).digest('base64');

/** Gives the files of a folder another release, as a build of other sources would. */
function release(folder) {
  const word = /"(\w{8})"/.exec(readFileSync(join(folder, 'meridian-offline.js'), 'utf8'))[1];
  const other = [...word].reverse().join('').replace(/^./, 'x');
  for (const path of filesBelow(folder).filter((path) => /\.(html|js|wasm|txt|css)$/.test(path))) {
    const text = readFileSync(join(folder, path), 'latin1');
    if (!text.includes(word)) continue;
    let now = text.replaceAll(word, other);
    const [from, to] = [text, now].map((page) => /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? '');
    const bytes = (script) => Buffer.from(script, 'latin1');
    if (path.endsWith('.html')) now = now.replace(hashOf(bytes(from)), hashOf(bytes(to)));
    writeFileSync(join(folder, path), now, 'latin1');
  }
  return other;
}

test(
  'a new release replaces the worker and its files, and reloads no page',
  { skip },
  async (t) => {
    const { folder, server, url } = await publish(t);
    const { page, context, lines } = await firstVisit(t, browser, url);
    await heading(page, `${url}about/`);
    await page.evaluate(() => (globalThis.mine = true));
    const word = release(folder);
    const tab = await context.newPage();
    await tab.goto(`${url}code/`);
    await settled(tab);
    const names = () =>
      tab.evaluate(async () => {
        const [name] = await caches.keys();
        return (await (await caches.open(name)).keys()).map(({ url }) => url);
      });
    // Chromium may let the new worker wait until the old one has answered once more.
    await until(async () => {
      await insist((options) => tab.reload(options));
      await settled(tab);
      const all = await names();
      const shell = all.filter((address) => /(meridian\.json|\.wasm|\.txt)\?/.test(address));
      return shell.length && shell.every((address) => address.endsWith(word));
    }, 'only files of the new release');
    assert.ok(await page.evaluate(() => globalThis.mine));
    await server.stop();
    assert.equal(await heading(tab, `${url}never/`), 'Never visited');
    assert.deepEqual(withoutShell(lines), []);
  },
);

test('a host that goes while a new release is fetched takes nothing away', { skip }, async (t) => {
  for (const [way, gives] of [
    ['its last files don’t come', (response) => response.destroy()],
    ['the browser ends the worker', () => {}],
  ])
    await t.test(way, { skip: gives.length ? false : noProtocol }, async (t) => {
      const { folder, server, url } = await publish(t);
      const { page, context } = await firstVisit(t, browser, url);
      await heading(page, `${url}about/`);
      release(folder);
      // Files that pages link to are the last that an installation asks for.
      let asked = 0;
      server.state.answer = (_, response, path) => {
        if (!path.endsWith('.css')) return false;
        asked += 1;
        gives(response);
        return true;
      };
      const tab = await context.newPage();
      await tab.goto(`${url}dot.svg`);
      await tab.evaluate(async () => void (await navigator.serviceWorker.ready).update());
      await until(() => asked > 0, 'an installation that is not done');
      if (!gives.length) {
        const session = await context.newCDPSession(tab);
        await session.send('ServiceWorker.enable');
        await session.send('ServiceWorker.stopAllWorkers');
      }
      await server.stop();
      await insist((options) => tab.goto(`${url}never/`, options));
      assert.equal(await tab.locator('h1').first().textContent(), 'Never visited');
      assert.ok(await isFinished(tab));
    });
});

test('the worker removes itself and what it keeps', { skip }, async (t) => {
  const off = { '_config.yml': 'title: Kept\nmarkdown: GFM\n' };
  const gone = ({ folder }) =>
    filesBelow(folder).forEach((path) => path !== 'dot.svg' && rmSync(join(folder, path)));
  const ways = {
    'when the key is gone': ({ update }) => update(off),
    'when its file is gone': ({ folder }) => rmSync(join(folder, 'meridian-offline.js')),
    'when the manifest is gone': ({ folder }) => rmSync(join(folder, 'meridian.json')),
    'when Meridian is gone': (site) => {
      gone(site);
      writeFileSync(join(site.folder, 'index.html'), OTHER);
    },
    'when every address is a page': (site) => {
      gone(site);
      site.server.state.notFound = 'index.html';
      site.server.state.answer = (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(OTHER);
        return true;
      };
    },
  };
  for (const [way, take] of Object.entries(ways))
    await t.test(way, async (t) => {
      const site = await publish(t);
      const { page, context, lines } = await firstVisit(t, browser, site.url);
      await heading(page, site.url);
      assert.ok(await isFinished(page));
      await page.evaluate(async () => (await caches.open('of others')).put('/x', new Response()));
      take(site);
      const title = await heading(page, site.url);
      assert.equal(title, /Meridian|every/.test(way) ? 'Other' : 'Home');
      assert.ok(/Meridian|every/.test(way) || !(await isFinished(page)), 'the host’s page');
      await until(async () => {
        const { workers, caches } = await left(page);
        return !workers.length && !caches.length;
      }, 'nothing is left');
      assert.deepEqual(await page.evaluate(() => caches.keys()), ['of others']);
      await page.close();
      const tab = await context.newPage();
      await tab.goto(site.url);
      assert.equal(await tab.evaluate(() => navigator.serviceWorker.controller), null);
      // The shell is told that there is a manifest, and looks for files when there is none.
      if (way !== 'when the manifest is gone') assert.deepEqual(lines, []);
    });
});

test('trouble of the host does not end the worker', { skip }, async (t) => {
  const { server, url } = await publish(t);
  const { page } = await firstVisit(t, browser, url);
  for (const status of [500, 503, 429]) {
    server.state.answer = (_, response) => {
      response.writeHead(status).end('trouble');
      return true;
    };
    assert.equal(await heading(page, `${url}never/`), 'Never visited', String(status));
  }
  // A manifest that is being uploaded.
  server.state.answer = (_, response, path) =>
    path === '/meridian.json' && response.end('{"meridian":1,"complete":true,"fil');
  assert.equal(await heading(page, `${url}never/`), 'Never visited');
  assert.equal((await left(page)).workers.length, 1);
});

test('a site that does not ask for it has nothing of it', { skip }, async (t) => {
  const { server, url } = await publish(t, {
    ...SITE,
    '_config.yml': 'title: Kept\nmarkdown: GFM\n',
  });
  const { page, lines } = await openPage(t, browser);
  await page.goto(url);
  await settled(page);
  // Half a second after the text the shell looks for changes, and would register the worker.
  await until(() => server.log.filter(({ path }) => path === '/index.md').length > 0);
  await page.waitForTimeout(1000);
  assert.deepEqual(
    server.log.filter(({ path }) => path.includes('offline')),
    [],
  );
  assert.deepEqual(await left(page), { workers: [], caches: [] });
  assert.deepEqual(lines, []);
});

test('two sites of one origin have nothing in common', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-offline-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['a', 'b']) {
    const config = `title: ${name}\nmeridian: {offline: true}\n`;
    const index = `---\nlayout: single\ntitle: Home of ${name}\n---\n`;
    write(t, { ...SITE, '_config.yml': config, 'index.md': index }, join(folder, name));
  }
  // The origin's 404 page is the one that both have.
  cpSync(join(DIST, '404.html'), join(folder, '404.html'));
  const server = await host(t, folder);
  const url = server.url.replace('127.0.0.1', 'kept.localhost');
  const { page, context, lines } = await firstVisit(t, browser, `${url}a/`);
  await page.goto(`${url}b/`);
  await settled(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  const { workers, caches } = await left(page);
  assert.deepEqual(workers.sort(), [`${url}a/`, `${url}b/`]);
  assert.deepEqual(caches.sort(), [`meridian-offline ${url}a/`, `meridian-offline ${url}b/`]);
  rmSync(join(folder, 'a/meridian-offline.js'));
  await page.goto(`${url}a/`);
  await until(async () => (await left(page)).workers.length === 1);
  await page.close(); // its shell still looks for changes
  await server.stop();
  const tab = await context.newPage();
  assert.equal(await heading(tab, `${url}b/`), 'Home of b');
  assert.equal(await heading(tab, `${url}b/about/`), 'About');
  assert.deepEqual(lines, []);
});

test('what is not of the site is left to the host', { skip }, async (t) => {
  const { folder, server, url } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await heading(page, `${url}about/`);
  server.state.answer = (request, response, path) => {
    if (!path.startsWith('/api/')) return false;
    response.writeHead(200, { 'content-type': 'text/plain', 'x-own': 'kept' });
    response.end(`${request.method} ${request.headers.range ?? ''}`);
    return true;
  };
  const asked = await page.evaluate(async () => {
    const text = async (address, options) => {
      const response = await fetch(address, options);
      return `${await response.text()} ${response.headers.get('x-own')}`;
    };
    return [
      await text('/api/x', { method: 'POST', body: 'x' }),
      await text('/api/x', { headers: { range: 'bytes=0-1' } }),
      await text('/api/x'),
    ];
  });
  assert.deepEqual(asked, ['POST  kept', 'GET bytes=0-1 kept', 'GET  kept']);
  // A program below the root that is no part of the site.
  writeFileSync(join(folder, 'other.html'), OTHER);
  assert.equal(await heading(page, `${url}other.html`), 'Other');
  assert.equal((await page.goto(`${url}nowhere/`)).status(), 404);
  await settled(page);
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  assert.deepEqual(
    kept.filter((address) => /api|other|nowhere/.test(address)),
    [],
  );
  await server.stop();
  await assert.rejects(page.goto(`${url}api/x`), 'another program’s address is not a page of ours');
  assert.deepEqual(
    lines.filter((line) => !/404|ERR_|worker is an error|Cannot load \./.test(line)),
    [],
  );
});

test('pages have the policies of the host, which asks for Trusted Types', { skip }, async (t) => {
  const { server, url } = await publish(t);
  const delivered = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
  server.state.headers = delivered;
  const { page, lines } = await firstVisit(t, browser, url);
  const names = ['content-security-policy', 'referrer-policy', 'x-content-type-options'];
  const policies = async () => {
    const headers = (await page.goto(`${url}code/`)).headers();
    return names.map((name) => headers[name]);
  };
  const expected = names.map((name) => delivered('/code/')[name]);
  assert.deepEqual(await policies(), expected);
  assert.ok(await isFinished(page));
  await server.stop();
  assert.deepEqual(await policies(), expected);
  assert.equal(await heading(page, `${url}never/`), 'Never visited');
  assert.deepEqual(lines, []);
});

test('what the browser has removed is kept again', { skip }, async (t) => {
  const { server, url } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  assert.equal(await heading(page, `${url}about/`), 'About');
  await until(async () => {
    await page.goto(`${url}about/`);
    return page.evaluate(
      async () => (await (await caches.open((await caches.keys())[0])).keys()).length > 5,
    );
  });
  await server.stop();
  assert.equal(await heading(page, `${url}never/`), 'Never visited');
  assert.deepEqual(lines, []);
});

const noQuota = skip ?? chromiumOnly('only its protocol sets a quota');
/** @param {number} quotaSize in bytes */
async function limit(page, url, quotaSize) {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize });
}

test(
  'where there is no room nothing is kept, and not tried again',
  { skip: noQuota },
  async (t) => {
    const { server, url } = await publish(t);
    const { page, lines } = await openPage(t, browser);
    // The limit ends with a page of another origin.
    await page.goto(`${url}dot.svg`);
    await limit(page, url, 100_000);
    await page.goto(url);
    await settled(page);
    await page.waitForFunction(() => JSON.parse(localStorage['meridian:/']).unkept);
    const { workers } = await left(page);
    assert.deepEqual(workers, []);
    const asked = () => server.log.filter(({ path }) => path === '/meridian/live.wasm').length;
    const before = asked();
    await page.reload();
    await settled(page);
    await page.waitForTimeout(2000);
    assert.equal(asked(), before);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.deepEqual(lines, []);
  },
);

test('when the storage is full, newer pages come from the host', { skip: noQuota }, async (t) => {
  const { server, url, update } = await publish(t);
  const { page, lines } = await firstVisit(t, browser, url);
  await heading(page, `${url}about/`);
  await limit(page, url, 1000);
  const text = SITE['about.md'].replace('first', 'second');
  update({ 'about.md': text + 'Much more. '.repeat(2000) });
  await until(async () => {
    await page.goto(`${url}about/`);
    await settled(page);
    return !(await isFinished(page));
  }, 'the host’s page');
  await page.getByText('Of the second version.').waitFor();
  assert.deepEqual(withoutShell(lines), []);
  await server.stop();
  await page.goto(`${url}about/`);
  await page.getByText('Of the first version.').waitFor();
  // The manifest can't be had, nor a file of the shell that had no room; nothing else fails.
  const lacking = /^Failed to load resource: .* \S+\/meridian(\.json|\/\S+)$/;
  assert.deepEqual(
    withoutShell(lines).filter((line) => !lacking.test(line)),
    [],
  );
});
