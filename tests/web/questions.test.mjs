// Requests of a visit before its text, where no manifest lists the host's files: a fork on GitHub
// Pages, a host with directory listings, a host without. Real core, real browser, a host that
// answers as the GitHub API does.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import {
  DIST,
  PROJECT,
  filesBelow,
  host,
  makeSite,
  nginx,
  noBrowser,
  openPage,
  python,
} from './hosts.mjs';

const skip = noBrowser();
// A request that a preload answered from memory is not one, and time orders it and the text.
const counts = skip ?? chromiumOnly('the protocol gives times and memory hits of requests');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const CONTENT = join(PROJECT, 'content');
/**
 * Limits on the requests that one visit begins before its text: for lists and sources, and for the
 * shell (its document and its own files), which are the same on every host.
 */
const MOST = { sources: 10, shell: 10 };

/** Runs in the page: records when its text appears. */
const watch = () => {
  new MutationObserver(() => {
    if (!window.textAt && document.querySelector('.page__content')?.textContent.trim())
      window.textAt = performance.timeOrigin + performance.now();
  }).observe(document, { childList: true, subtree: true });
};
/** Collects a page's requests with their times, answered or not. */
async function listen(context, page) {
  const asked = new Map();
  const session = await context.newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime, type }) =>
    asked.set(requestId, { url: request.url, type, at: wallTime * 1000 }),
  );
  // Preloaded files are in memory when they are requested again.
  session.on('Network.requestServedFromCache', ({ requestId }) => asked.delete(requestId));
  await session.send('Network.enable');
  return asked;
}
/**
 * All requests before the text, except for pictures and icons of the page itself, which load with
 * it.
 */
async function beforeText(page, asked) {
  const [textAt, origin] = await page.evaluate(() => [window.textAt, location.origin]);
  const early = [...asked.values()]
    .filter(
      ({ url, type, at }) =>
        at < textAt && type !== 'Image' && !/^data:|\/meridian\/icons/.test(url),
    )
    .map(({ url }) => url.replace(origin, ''));
  const isShell = (name, at) => !at || /^\/meridian\/./.test(name);
  return { shell: early.filter(isShell), sources: early.filter((name, at) => !isShell(name, at)) };
}
/** Prints a row, and compares it with the limits. */
function hold(t, name, { shell, sources }) {
  t.diagnostic(
    `${name.padEnd(52)} sources ${String(sources.length).padStart(2)}  shell ${shell.length}  all ${sources.length + shell.length}`,
  );
  assert.ok(
    sources.length <= MOST.sources,
    `${name}: ${sources.length} for sources:\n${sources.join('\n')}`,
  );
  assert.ok(
    shell.length <= MOST.shell,
    `${name}: ${shell.length} for the shell:\n${shell.join('\n')}`,
  );
}

/**
 * A repository's tree as GitHub's API gives it: the site's files, the shell with the gazetteer, a
 * symbolic link and a submodule.
 */
function treeOf(root, files) {
  const blob = (path, size) => ({
    path,
    mode: '100644',
    type: 'blob',
    sha: 'f'.repeat(40),
    size,
    url: `https://api.github.com/repos/a/b/git/blobs/${'f'.repeat(40)}`,
  });
  const packs = Array.from({ length: 16 }, (_, i) => `meridian/places/${i.toString(16)}.bin`);
  return [
    ...files.map((path) => blob(path, statSync(join(root, path)).size)),
    ...['meridian/meridian.wasm', 'meridian/site.js', ...packs].map((path) => blob(path, 200)),
    { path: '_posts', mode: '040000', type: 'tree', sha: '0' },
    { path: '_posts/elsewhere', mode: '160000', type: 'commit', sha: '0' },
    { ...blob('_posts/2020-02-02-link.md', 20), mode: '120000' },
  ];
}

/** An author's fork on GitHub Pages; `api` may change between visits. */
async function fork(t, sources = CONTENT) {
  const api = { status: 200, headers: {}, truncated: false, hold: undefined, asked: 0 };
  const site = makeSite(t, sources, {});
  const tree = treeOf(
    site.root,
    filesBelow(typeof sources === 'string' ? sources : site.root).filter(
      (path) => !path.startsWith('meridian/'),
    ),
  );
  const github = await host(t, site.folder, {
    answer: async (request, response) => {
      api.asked++;
      await api.hold;
      response.writeHead(api.status, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'x-ratelimit-remaining, x-ratelimit-reset',
        ...api.headers,
      });
      response.end(
        JSON.stringify(
          api.status === 200
            ? { sha: '0', tree, truncated: api.truncated }
            : { message: 'API rate limit exceeded' },
        ),
      );
      return true;
    },
  });
  const server = await host(t, site.folder);
  for (const shell of ['index.html', '404.html'])
    site.say(shell, {
      repository: 'ada/fork',
      'github-api': github.url.replace(/\/$/, ''),
      root: '/',
    });
  return { api, site, server, github, url: server.url.replace('127.0.0.1', 'reader.localhost') };
}

async function visit(t, url, { prepare } = {}) {
  const opened = await openPage(t, browser);
  await opened.page.addInitScript(watch);
  if (prepare) await opened.page.addInitScript(prepare);
  const asked = await listen(opened.context, opened.page);
  await opened.page.goto(url);
  await opened.page.waitForFunction(() => window.textAt);
  return { ...opened, asked: await beforeText(opened.page, asked) };
}

/** The text of a page, and of its notices. */
const text = (page) => page.evaluate(() => document.body.innerText);
// Remedies that only an author can apply.
const ADVICE =
  /meridian (index|check)|meridian\.json|GitHub|manifest|upload|host does not list|_config/i;
const PAGES = {
  '': 'Naturalist',
  'publications/': 'Personal Narrative',
  'publications/1814-relation-historique': 'Relation historique',
  'cv-by-hand/': 'Independent scholar',
  'kosmos/': 'The whole in one book',
};
/** Waits until the list is complete: the page shows text that only other documents contain. */
const grown = (page) =>
  page.waitForFunction(
    () =>
      window.meridian &&
      performance
        .getEntriesByType('resource')
        .some(({ name }) => name.match(/_talks\/(1823-vulcane\.md)?$/)),
  );

test(
  'a fork on GitHub Pages without a manifest: at most ten requests for sources before the text, on the first page and on others',
  { skip: counts },
  async (t) => {
    for (const [path, words] of Object.entries(PAGES)) {
      const { url, api } = await fork(t);
      const { page, asked } = await visit(t, url + path);
      hold(t, `repository /${path}`, asked);
      await page.waitForFunction((words) => document.body.textContent.includes(words), words);
      await grown(page);
      assert.equal(api.asked, 1);
      assert.ok(
        !(await page.evaluate(
          () =>
            performance
              .getEntriesByType('resource')
              .some(({ name }) => /places\/|elsewhere/.test(name)) &&
            !document.querySelector('meridian-globe'),
        )),
      );
      await page.evaluate(() => window.meridian.navigate('/year-archive/'));
      await page.waitForFunction(() =>
        document.querySelector('main').innerText.includes('Sixty years old, at Miass'),
      );
    }
  },
);

test(
  'a host with listings, and one without: at most ten requests for sources before the text',
  { skip: counts },
  async (t) => {
    for (const lists of [true, false]) {
      for (const path of ['', 'kosmos/', 'publications/1814-relation-historique']) {
        const site = makeSite(t, CONTENT, {});
        const server = await nginx(t, site.folder, { autoindex: lists, errors: '403 404' });
        if (!server) return;
        const { page, asked } = await visit(
          t,
          server.replace('127.0.0.1', 'reader.localhost') + path,
        );
        hold(t, `${lists ? 'listing' : 'names'} /${path}`, asked);
        await page.waitForFunction(
          (words) => document.body.textContent.includes(words),
          PAGES[path],
        );
        if (lists) await grown(page);
        assert.doesNotMatch(await text(page), ADVICE);
      }
    }
  },
);

// Forty folders of notes, and a start page that links to some.
const FOLDER = Object.fromEntries([
  ['README.md', '# The start\n\nBegin [here](folder-1/note-2.md), or with [the last](last.md).\n'],
  ['last.md', '# The last\n\nThe end.\n'],
  ...Array.from({ length: 40 }, (_, at) =>
    [1, 2].map((note) => [
      `folder-${at}/note-${note}.md`,
      `# Note ${note} of ${at}\n\nWords of ${at}.\n`,
    ]),
  ).flat(),
]);

test(
  'a plain folder on Python’s http.server: its text loads first, its list of pages after it',
  { skip: counts },
  async (t) => {
    const site = makeSite(t, FOLDER);
    const address = (await python(t, site.folder)).replace('127.0.0.1', 'reader.localhost');
    for (const [path, words] of Object.entries({
      '': 'The start',
      '#/folder-1/note-2/': 'Words of 1.',
      '#/last/': 'The end.',
    })) {
      const { page, asked } = await visit(t, address + path);
      hold(t, `plain folder /${path}`, asked);
      assert.deepEqual(
        asked.sources.filter((name) => name.endsWith('/')),
        [],
        'a listing',
      );
      assert.ok((await page.textContent('.page__content')).includes(words));
      // In a root with the shell only linked documents are known.
      await page.waitForSelector(
        `nav.sidebar a[href$="/folder-1/note-2/"]${path.includes('note') ? '[aria-current]' : ''}`,
      );
      await page.waitForSelector('nav.sidebar a[href$="/folder-1/note-1/"]');
      assert.doesNotMatch(await text(page), ADVICE);
    }
  },
);

test(
  'in a plain folder a link that is followed before the list of files has loaded leads to the page',
  { skip: counts },
  async (t) => {
    const site = makeSite(t, FOLDER);
    let list;
    const listed = new Promise((resolve) => (list = resolve));
    const { url } = await host(t, site.folder, {
      answer: async (request, response, path) => (path === '/meridian/' && (await listed), false),
    });
    t.after(() => list());
    const { page } = await visit(t, url.replace('127.0.0.1', 'reader.localhost'));
    await page.click('.page__content a:text-is("here")');
    await page.waitForSelector('text=Words of 1.');
    assert.equal(await page.evaluate(() => location.pathname), '/folder-1/note-2/');
    await page.goBack();
    await page.waitForSelector('text=The start');
  },
);

test('… and sources in a separate folder, which the host lists', { skip: counts }, async (t) => {
  const site = makeSite(
    t,
    Object.fromEntries(Object.entries(FOLDER).map(([path, text]) => [`notes/${path}`, text])),
    { meta: { source: 'notes' } },
  );
  const address = (await python(t, site.folder)).replace('127.0.0.1', 'reader.localhost');
  const { page, asked } = await visit(t, address);
  hold(t, 'plain folder with a source /', asked);
  // A menu of so many pages is cut, and leads to the page of all of them.
  await page.waitForSelector('nav.sidebar a[href$="/all-pages/"]');
  await page.click('.page__content a[href$="note-2/"]');
  await page.waitForSelector('text=Words of 1.');
});

test(
  'GitHub’s API is exhausted, fails, is slow or is blocked: a visitor gets the page, and no advice for authors',
  { skip: counts },
  async (t) => {
    const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };
    let release;
    const answers = {
      403: { status: 403, headers: limited },
      429: { status: 429, headers: limited },
      500: { status: 500 },
      'cut off': { truncated: true },
      silent: { hold: new Promise((resolve) => (release = resolve)) },
      blocked: {},
    };
    t.after(() => release());
    for (const [name, answer] of Object.entries(answers)) {
      const { url, api, github } = await fork(t);
      Object.assign(api, answer);
      const prepare =
        name === 'blocked'
          ? `const { fetch } = window; window.fetch = (url, ...rest) => String(url).startsWith('${github.url}') ? Promise.reject(new TypeError('blocked')) : fetch(url, ...rest)`
          : undefined;
      for (const path of ['', 'kosmos/']) {
        const { page, asked } = await visit(t, url + path, { prepare });
        hold(t, `GitHub: ${name} /${path}`, asked);
        await page.waitForFunction(
          (words) => document.body.textContent.includes(words),
          PAGES[path],
        );
        assert.doesNotMatch(await text(page), ADVICE, name);
      }
    }
  },
);

test(
  'when GitHub’s API is silent on a later visit, the list of the last visit is used',
  { skip: counts },
  async (t) => {
    const { url, api } = await fork(t);
    const first = await visit(t, url);
    await grown(first.page);
    Object.assign(api, { status: 403, headers: { 'x-ratelimit-remaining': '0' } });
    await first.page.goto(`${url}year-archive/`);
    await first.page.waitForFunction(() =>
      document.querySelector('main').innerText.includes('Sixty years old, at Miass'),
    );
    assert.doesNotMatch(await text(first.page), ADVICE);
  },
);

test('an unknown address: a friendly page, whatever the host answers', { skip }, async (t) => {
  const { url, api } = await fork(t);
  api.status = 500;
  const { page } = await openPage(t, browser);
  await page.goto(`${url}no/such/page/`);
  await page.waitForFunction(() =>
    /not (be )?found|lost/i.test(document.querySelector('h1')?.textContent),
  );
  assert.doesNotMatch(await text(page), ADVICE);
});

test(
  'an unknown address of a repository with the whole shell, and with HTML files of its own',
  { skip },
  async (t) => {
    const whole = (title) => `<!doctype html>\n<html><title>${title}</title><p>As it is.</html>\n`;
    const { url, server } = await fork(t, {
      '_config.yml': 'title: Mine\n',
      'index.md': '---\n---\nHello.\n',
      'demo.html': whole('Demo'),
      'files/deep.html': whole('Deep'),
      // As in the repository of an author who has unpacked the release in it.
      ...Object.fromEntries(
        filesBelow(DIST)
          .filter((path) => /^(playground|card)\//.test(path) && !/\.(br|gz)$/.test(path))
          .map((path) => [path, readFileSync(join(DIST, path), 'latin1')]),
      ),
    });
    const { page } = await openPage(t, browser);
    await page.goto(`${url}no/such/page/`);
    await page.waitForFunction(() =>
      /not (be )?found|lost/i.test(document.querySelector('h1')?.textContent),
    );
    assert.doesNotMatch(await text(page), /another page|sign in/);
    assert.deepEqual(
      server.log.map(({ path }) => path).filter((path) => /^\/(playground|card)\//.test(path)),
      [],
    );
    await page.goto(`${url}demo.html`);
    assert.equal(await page.title(), 'Demo');
  },
);

test('a page to sign in is none of the site’s files', { skip }, async (t) => {
  const { url, server } = await fork(t, {
    '_config.yml': 'title: Mine\n',
    'index.md': '---\n---\nHello.\n',
    'about.md': '---\n---\nMe.\n',
  });
  server.state.answer = (_, response, path) => {
    if (!path.endsWith('.md')) return false;
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><html><title>Wi-Fi</title><p>Sign in</html>');
    return true;
  };
  const { page } = await openPage(t, browser);
  await page.goto(`${url}about.html`);
  await page.getByText('perhaps to sign in').first().waitFor();
});
