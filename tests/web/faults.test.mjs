// Failures on the way to the reader, and the messages that they cause. Real core, real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { entry, host, makeSite, noBrowser, openPage, settled, until } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SURE = { manifest: 'meridian.json', root: '/' };
const SITE = {
  '_config.yml':
    'title: Faults\nplugins: [jekyll-redirect-from]\ndefaults:\n  - values:\n      layout: page\n',
  '_data/people.yml': '- name: Ada\n',
  'index.md':
    '---\ntitle: Home\n---\nWelcome to [two](/two/).\n\n{% for p in site.data.people %}{{ p.name }}{% endfor %}\n\n{% include part.html %}\n',
  'two.md': '---\ntitle: Two\npermalink: /two/\n---\nSecond page.\n',
  'circle.md': '---\npermalink: /circle/\nredirect_to: /round/\n---\n',
  'round.md': '---\npermalink: /round/\nredirect_to: /circle/\n---\n',
  'old.md': '---\ntitle: Moved\npermalink: /new/\nredirect_from: /old/\n---\nNew place.\n',
  '_includes/part.html': '<p>the part</p>\n',
};

async function open(t, { sources = SITE, options = {}, state = {}, path = '', prepare } = {}) {
  const site = makeSite(t, sources, { manifest: true, meta: SURE, ...options });
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser);
  await prepare?.(opened.page, server);
  await opened.page.goto(server.url + path);
  return { ...opened, site, server };
}

test(
  'a file that fails to load is named; the rest of the page is shown, and a button retries',
  { skip },
  async (t) => {
    let broken = true;
    const { page } = await open(t, {
      prepare: (page) =>
        page.route('**/_data/people.yml', (route) => (broken ? route.abort() : route.continue())),
    });
    await page.waitForSelector('text=Welcome');
    const note = await page.waitForSelector('main .diagnostic');
    assert.match(
      await note.textContent(),
      /Not loaded.*_data\/people\.yml.*connection.*failed.*Try again/s,
    );
    broken = false;
    await page.click('text=Try again');
    await page.waitForSelector('text=Ada');
    assert.equal(await page.locator('main .diagnostic').count(), 0);
  },
);

test('a host that answers 500 for one file: the page names it', { skip }, async (t) => {
  const { page } = await open(t, {
    state: {
      answer: (request, response, path) => {
        if (path !== '/_data/people.yml') return false;
        response.writeHead(503).end('later');
        return true;
      },
    },
  });
  assert.match(
    await (await page.waitForSelector('main .diagnostic')).textContent(),
    /_data\/people\.yml.*answered 503/s,
  );
});

test('a core that is missing, is damaged, or has a wrong type is reported', { skip }, async (t) => {
  const { page, site, server } = await open(t, {
    state: {
      answer: (request, response, path) =>
        path.endsWith('.wasm') && (response.writeHead(404).end(), true),
    },
  });
  await page.waitForSelector('.diagnostic');
  assert.match(await page.textContent('body'), /meridian\.wasm.*does not have it.*meridian\//s);
  server.state.answer = (request, response, path) =>
    path.endsWith('.wasm') &&
    (response.writeHead(200, { 'content-type': 'application/wasm' }).end('not wasm at all'), true);
  await page.goto(server.url);
  await page.waitForFunction(() => document.body.textContent.includes('is damaged'));
  for (const type of ['application/octet-stream', 'application/wasm; charset=utf-8']) {
    server.state.answer = (request, response, path) =>
      path.endsWith('.wasm') &&
      (response.writeHead(200, { 'content-type': type }).end(readFileSync(join(site.root, path))),
      true);
    await page.goto('about:blank');
    await page.goto(server.url);
    await page.waitForSelector('text=Welcome');
  }
});

test(
  'a host without the theme: the message names the missing file and says that the folder is incomplete',
  { skip },
  async (t) => {
    const { page } = await open(t, {
      state: {
        answer: (request, response, path) =>
          path.endsWith('theme.txt') && (response.writeHead(404).end(), true),
      },
    });
    await page.waitForSelector('.diagnostic');
    assert.match(await page.textContent('body'), /theme\.txt.*does not have it.*meridian\//s);
  },
);

test(
  'an invalid manifest is reported; the site shows what it can find without one',
  { skip },
  async (t) => {
    const { page, site, server } = await open(t);
    await page.waitForSelector('text=Welcome');
    const broken = [
      '{"files": [',
      ...['null', '5', '"a"', '[]', '{}', '{"files":null}', '{"files":{}}', '{"files":"a"}'],
      ...['{"files":[null]}', '{"files":[5]}', '{"files":[{}]}', '{"files":[{"path":null}]}'],
      ...['{"files":[{"path":"a","at":5}]}', '{"files":[],"pages":null}'],
      ...['{"files":[],"pages":{"/":null}}', '{"files":[],"pages":{"/":[null]}}'],
      '{"files":[],"source":{}}',
    ];
    for (const manifest of broken) {
      site.put('meridian.json', manifest);
      await page.goto(server.url);
      await page.waitForSelector('text=Welcome');
      assert.match(
        await (await page.waitForSelector('.mer-notes')).textContent(),
        /meridian\.json.*can’t be read.*meridian index/s,
        manifest,
      );
    }
  },
);

test(
  'a listed file that the host no longer has: the shell reads the list again',
  { skip },
  async (t) => {
    const { page, site, server } = await open(t);
    await page.waitForSelector('text=Welcome');
    site.remove('two.md');
    site.put('second.md', SITE['two.md']);
    const files = [...Object.keys(SITE).filter((path) => path !== 'two.md'), 'second.md'].map(
      (path) => entry(site.root, path),
    );
    site.put('meridian.json', JSON.stringify({ files }));
    await page.click('main a[href="/two/"]');
    await page.waitForSelector('text=Second page');
    assert.equal(server.log.filter(({ path }) => path === '/meridian.json').length, 2);
  },
);

test('without WebAssembly, and from file:, the page says what is wrong', { skip }, async (t) => {
  const { page, site } = await open(t, {
    prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
  });
  await page.waitForSelector('h1');
  assert.match(await page.textContent('body'), /no WebAssembly/);
  const other = await openPage(t, browser);
  await other.page.goto(pathToFileURL(join(site.root, 'index.html')).href);
  await other.page.waitForSelector('h1');
  assert.match(await other.page.textContent('body'), /web server.*python3 -m http\.server/s);
  assert.deepEqual(
    other.lines.filter((line) => !/meridian\.wasm/.test(line)),
    [],
  );
});

test(
  'redirects are followed, circular ones are reported, and other schemes are refused',
  { skip },
  async (t) => {
    const { page, server } = await open(t, {
      sources: {
        ...SITE,
        'bad.md': "---\npermalink: /bad/\nredirect_to: 'javascript:alert(1)'\n---\n",
      },
      path: 'old/',
    });
    await page.waitForSelector('text=New place');
    assert.equal(page.url(), `${server.url}new/`);
    await page.goto(`${server.url}circle/`);
    await page.waitForFunction(() => /and from there back again/.test(document.body.textContent));
    let alerted = false;
    page.on('dialog', (dialog) => {
      alerted = true;
      dialog.dismiss();
    });
    await page.goto(`${server.url}bad/`);
    await settled(page);
    assert.equal(alerted, false);
    assert.ok(page.url().startsWith(server.url));
  },
);

test('an unknown address shows the site’s own 404 page; links still work', { skip }, async (t) => {
  const { page } = await open(t, {
    sources: {
      ...SITE,
      '404.md': '---\npermalink: /404.html\ntitle: Lost\n---\nLost and [found](/two/).\n',
    },
    path: 'no/such/page/',
  });
  await page.waitForSelector('text=Lost and');
  await page.click('main a[href="/two/"]');
  await page.waitForSelector('text=Second page');
});

test(
  'links to downloads, other hosts and new windows are left to the browser',
  { skip },
  async (t) => {
    const sources = {
      ...SITE,
      'index.md':
        '---\ntitle: Home\n---\n[two](/two/) <a id="file" href="/files/notes.txt">file</a> <a id="static" href="/slides.html">slides</a> <a id="blank" href="/two/" target="_blank">blank</a>\n',
      'files/notes.txt': 'plain notes',
      'slides.html': '<!doctype html><title>Slides</title><h1>Static slides</h1>',
    };
    const { page, context, server } = await open(t, { sources });
    await page.waitForSelector('#file');
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.click('main a[href="/two/"]', { modifiers: ['Control'] }),
    ]);
    await tab.waitForSelector('text=Second page');
    const [blank] = await Promise.all([context.waitForEvent('page'), page.click('#blank')]);
    await blank.waitForSelector('text=Second page');
    await page.click('#file');
    await page.waitForURL(`${server.url}files/notes.txt`);
    await page.goBack();
    await page.waitForSelector('#static');
    await page.click('#static');
    await page.waitForSelector('text=Static slides');
  },
);

test('the page under the pointer is prefetched', { skip }, async (t) => {
  const { page, server } = await open(t);
  await page.waitForSelector('text=Welcome');
  const before = server.log.length;
  await page.hover('main a[href="/two/"]');
  await until(() => server.log.some(({ path, status }) => path === '/two.md' && status));
  // Behind the text the shell reads the host's listings and its 404 page, too.
  const isSource = ({ path }) => !/\/$|\/is-there-a-404-page$/.test(path);
  const sources = () => server.log.slice(before).flatMap((one) => (isSource(one) ? one.path : []));
  assert.deepEqual(sources(), ['/two.md']);
  await page.click('main a[href="/two/"]');
  await page.waitForSelector('text=Second page');
  assert.deepEqual(sources(), ['/two.md']);
});

test(
  'a progress bar appears while a page loads slowly, and disappears afterwards',
  { skip },
  async (t) => {
    let arrive;
    const arrival = new Promise((resolve) => (arrive = resolve));
    const { page } = await open(t, {
      state: {
        answer: async (request, response, path) => (path === '/two.md' && (await arrival), false),
      },
    });
    await page.waitForSelector('text=Welcome');
    await page.evaluate(() => document.querySelector('main a[href="/two/"]').click());
    await page.waitForFunction(() =>
      [...document.documentElement.children].some((element) => element.style.height === '2px'),
    );
    arrive();
    await page.waitForSelector('text=Second page');
    await page.waitForFunction(
      () =>
        ![...document.documentElement.children].some((element) => element.style.height === '2px'),
    );
  },
);

test('the button changes the colour scheme, and the choice persists', { skip }, async (t) => {
  const { page, lines } = await open(t, {
    sources: {
      ...SITE,
      'index.md':
        '---\ntitle: Home\n---\nWelcome <button data-theme-toggle hidden id="toggle">scheme</button>\n',
    },
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.click('#toggle');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.reload();
  await page.waitForSelector('#toggle');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.deepEqual(lines, []);
});
