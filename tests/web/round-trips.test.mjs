// The number of round trips of a first visit. Real core, real command, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  COMMAND,
  PROJECT,
  filesBelow,
  host,
  makeSite,
  noBrowser,
  openPage,
  settled,
  until,
} from './hosts.mjs';

const skip = noBrowser();
const noCommand = existsSync(COMMAND) ? undefined : 'build/native/meridian is not there';
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const KRAMDOWN = '/meridian/kramdown.wasm';
const SURE = { manifest: 'meridian.json', root: '/' };

const CONTENT = join(PROJECT, 'content');
const noDemo = existsSync(join(CONTENT, '_config.yml')) ? undefined : 'content/ is not there';

/**
 * Opens a site's home page from a host that answers in waves: a wave is answered when all of its
 * addresses have been requested, so none of them depends on another's answer; other requests are
 * answered when the text is there. The number of waves is the number of round trips, the document's
 * included. `unwritten`: without the page that the command wrote.
 */
async function opensIn(t, waves, options) {
  const site = makeSite(t, options.sources ?? CONTENT, { meta: options.meta });
  if (options.command) execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
  options.change?.(site);
  if (options.unwritten) {
    const shell = readFileSync(join(site.root, 'index.html'), 'utf8');
    const page = /<meta name="meridian-first"[^>]*>|<script [^>]*data-first>.*?<\/script>\n/gs;
    site.put('index.html', shell.replace(page, ''));
  }
  const asked = new Set();
  const lost = [];
  const gates = [...waves, []].map(() => {
    let resolve;
    return { promise: new Promise((open) => (resolve = open)), resolve };
  });
  const gate = async (request, response, path) => {
    // The document itself requests these; a browser has six connections.
    if (path === '/' || /theme\.css|meridian\.wasm/.test(path)) return false;
    asked.add(path);
    waves.forEach((wave, at) => wave.every((path) => asked.has(path)) && gates[at].resolve());
    if (path === KRAMDOWN) return false; // it has to be asked for; held back, it takes a connection
    response.on('close', () => response.writableFinished || lost.push(path));
    await gates.at(waves.findIndex((wave) => wave.includes(path))).promise;
    return (await options.answer?.(request, response, path)) ?? false;
  };
  const server = await host(t, site.folder, { answer: gate });
  const api = options.answer && (await host(t, site.folder, { answer: gate }));
  t.after(() => gates.forEach(({ resolve }) => resolve()));
  if (api) site.say('index.html', { ...options.meta, 'github-api': `${api.url}api` });
  const { page, requests } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'), { waitUntil: 'commit' });
  const there = page.waitForFunction(
    () => !document.querySelector('main[aria-busy]') && document.querySelector('main p'),
  );
  await there.catch(() => assert.fail(`no text; asked for: ${[...asked].join(' ')}`));
  assert.deepEqual(lost, [], 'the shell gave them up'); // it tries another way then
  return { page, requests };
}
const SHELL = ['/meridian/theme.txt', '/meridian/worker.js'];

/** A site with a style sheet in Sass. */
const STYLED = {
  '_config.yml': 'title: Styled\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title><link rel="stylesheet" href="{{ '/assets/main.css' | relative_url }}">
</head><body><main>{{ content }}</main></body></html>`,
  '_sass/_one.scss': '@import "two";\n',
  '_sass/_two.scss': 'main { color: #010203; }\n',
  '_sass/_unused.scss': 'main { color: red; }\n',
  'assets/main.scss': '---\n---\n@import "one";\n',
  'index.md': '---\nlayout: default\ntitle: Home\n---\nWelcome.\n',
};
const isStyled = (page) =>
  page.waitForFunction(
    () => getComputedStyle(document.querySelector('main')).color === 'rgb(1, 2, 3)',
  );

test(
  'the demo’s home page is in the document, without that after two round trips with a manifest',
  { skip: skip ?? noDemo ?? noCommand },
  async (t) => {
    await opensIn(t, [], { meta: SURE, command: true });
    await opensIn(t, [[...SHELL, KRAMDOWN, '/meridian.json']], {
      meta: SURE,
      command: true,
      unwritten: true,
    });
  },
);

/**
 * Opens a home page without a manifest, by the repository's tree.
 * @param {string[]} sources that are requested together once the tree is there
 */
function opensByTree(t, sources, options = {}) {
  const folder = options.sources ? makeSite(t, options.sources, { shell: false }).root : CONTENT;
  const tree = filesBelow(folder).map((path) => ({
    path,
    type: 'blob',
    size: statSync(join(folder, path)).size,
  }));
  const answer = (request, response, path) => {
    if (!path.startsWith('/api/')) return false;
    response
      .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      .end(JSON.stringify({ tree, truncated: false }));
    return true;
  };
  const asked = [
    ...SHELL,
    '/meridian/more.js',
    '/meridian.json',
    '/_config.yml',
    '/api/repos/someone/site/git/trees/HEAD',
  ];
  return opensIn(t, [asked, [KRAMDOWN, ...sources]], {
    ...options,
    meta: { repository: 'someone/site' },
    answer,
  });
}

test(
  'and after three without one, by the repository’s tree',
  { skip: skip ?? noDemo },
  async (t) => {
    const sources = [
      '/_pages/about.md',
      '/_data/navigation.yml',
      '/_data/travel.yml',
      '/meridian/plugins.txt',
    ];
    const { page } = await opensByTree(t, sources);
    assert.match(await page.textContent('main'), /a list of \d+ places/);
  },
);

/** A site with layouts of its own, and includes of includes. A browser has six connections. */
const OWN = {
  '_config.yml': 'title: Own\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title>{% include empty.html %}</head>
<body><main>{{ content }}</main></body></html>`,
  '_layouts/single.html': '---\nlayout: default\n---\n{% include outer.html %}{{ content }}',
  '_includes/outer.html': '{% if page.title %}{% include inner.html %}{% endif %}',
  '_includes/inner.html': '<p id="inner">Inner</p>',
  '_includes/empty.html': '',
  'index.md': '---\nlayout: single\ntitle: Home\n---\nWelcome.\n',
};

test(
  'layouts and includes of a site come with its manifest, and take no further round trip',
  { skip: skip ?? noCommand },
  async (t) => {
    const options = { sources: OWN, meta: SURE, command: true };
    const { page } = await opensIn(t, [[...SHELL, '/meridian.json']], options);
    assert.equal(await page.textContent('#inner'), 'Inner');
  },
);

/** Its list of talks is a table. */
const TABLE = {
  ...OWN,
  '_config.yml': 'collections: [talks]\nmeridian: {tables: {talks: talks.tsv}}\n',
  'talks.tsv': 'title\turl_slug\nTides\ttide\n',
  'index.md': '---\nlayout: default\n---\n{{ site.talks | map: "title" }}\n',
};

test('a table takes no further round trip', { skip: skip ?? noCommand }, async (t) => {
  const options = { sources: TABLE, meta: SURE, command: true };
  const first = [...SHELL, '/meridian.json', '/meridian/extras.txt', '/meridian/more.js'];
  const { page } = await opensIn(t, [first], options);
  assert.match(await page.textContent('main'), /Tides/);
});

test(
  'layouts and includes are requested together once the repository’s tree is there',
  { skip },
  async (t) => {
    const parts = Object.keys(OWN).filter((path) => /^_(layouts|includes)/.test(path));
    const { page } = await opensByTree(t, ['/index.md', ...parts.map((path) => `/${path}`)], {
      sources: OWN,
    });
    assert.equal(await page.textContent('#inner'), 'Inner');
  },
);

test(
  'layouts and includes that Meridian’s theme takes the place of are not requested',
  { skip },
  async (t) => {
    const sources = { ...OWN, '_config.yml': 'meridian: {theme: meridian}\n' };
    const { page, requests } = await opensByTree(t, ['/index.md'], { sources });
    assert.match(await page.textContent('main'), /Welcome/);
    // Behind the text all sources of a small site are.
    const [trip] = requests()
      .find((line) => line.endsWith('/index.md'))
      .split(' ');
    const together = requests().filter((line) => line.startsWith(`${trip} `));
    assert.deepEqual(
      together.filter((line) => /_layouts|_includes/.test(line)),
      [],
    );
  },
);

test(
  'a page’s source and its large includes are requested while the core is on its way',
  { skip: skip ?? noCommand },
  async (t) => {
    const site = makeSite(
      t,
      {
        ...OWN,
        '_includes/large.html': `<!--${'x'.repeat(17_000)}-->`,
        '_posts/2020-01-01-old.md': '---\ntitle: Old\n---\nText\n',
        'two.md':
          '---\ntitle: Two\nlayout: single\npermalink: /two/\n---\nSecond{% include large.html %}{% for post in site.posts %}{{ post.content }}{% endfor %}\n',
      },
      { meta: SURE },
    );
    execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
    const awaited = new Set(['/two.md', '/_includes/large.html']);
    let arrive;
    const asked = new Promise((resolve) => (arrive = resolve));
    t.after(() => arrive());
    const before = [];
    const server = await host(t, site.folder, {
      answer: async (request, response, path) => {
        if (path.endsWith('meridian.wasm')) await asked;
        else if (awaited.size && /^\/_|md$/.test(path)) before.push(path);
        if (awaited.delete(path) && !awaited.size) arrive();
        return false;
      },
    });
    const { page } = await openPage(t, browser);
    await page.goto(server.url.replace('127.0.0.1', 'reader.localhost') + 'two/');
    await page.waitForFunction(() => document.querySelector('#inner'));
    await until(() => !awaited.size);
    assert.deepEqual(before.sort(), ['/_includes/large.html', '/two.md']);
  },
);

test(
  'a page that the command wrote appears after two round trips, with a sheet of the site’s own',
  { skip: skip ?? noCommand },
  async (t) => {
    const { page } = await opensIn(t, [['/meridian/more.js', '/assets/main.meridian.css']], {
      sources: STYLED,
      meta: SURE,
      command: true,
    });
    await isStyled(page);
  },
);

test(
  'a compiled style sheet is requested while the page is made, with the code that links it',
  { skip: skip ?? noCommand },
  async (t) => {
    const { page, requests } = await opensIn(
      t,
      [
        [...SHELL, KRAMDOWN, '/meridian.json'],
        ['/meridian/more.js', '/assets/main.meridian.css'],
      ],
      { sources: STYLED, meta: SURE, command: true, unwritten: true },
    );
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.querySelector('main')).color),
      'rgb(1, 2, 3)',
    );
    assert.deepEqual(
      requests().filter((line) => /sass/.test(line)),
      [],
    );
  },
);

test(
  'without it, the compiler and one file with all that the sheet imports',
  { skip: skip ?? noCommand },
  async (t) => {
    const change = (site) => {
      const manifest = JSON.parse(readFileSync(join(site.root, 'meridian.json'), 'utf8'));
      manifest.files = manifest.files.filter(({ path }) => !path.endsWith('.meridian.css'));
      manifest.pages['/'] = manifest.pages['/'].map((path) =>
        path.replace('.meridian.css', '.scss'),
      );
      site.put('meridian.json', JSON.stringify(manifest));
      site.remove('assets/main.meridian.css');
    };
    const { page, requests } = await opensIn(
      t,
      [
        [...SHELL, '/meridian.json'],
        ['/meridian/more.js'],
        ['/meridian/sass.wasm', '/sass.meridian.json'],
      ],
      { sources: STYLED, meta: SURE, command: true, unwritten: true, change },
    );
    await isStyled(page);
    const asked = requests().filter((line) => /sass|assets/.test(line));
    assert.deepEqual(asked.map((line) => line.replace(/^\d+ /, '')).length, 2, asked.join('\n'));
  },
);

test(
  'on a second visit the page is styled before the list of files is there',
  { skip: skip ?? noCommand },
  async (t) => {
    for (const compiled of [true, false]) {
      const site = makeSite(t, STYLED, { meta: SURE });
      execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
      if (!compiled) {
        site.remove('assets/main.meridian.css');
        const manifest = JSON.parse(readFileSync(join(site.root, 'meridian.json'), 'utf8'));
        manifest.files = manifest.files.filter(({ path }) => !path.endsWith('.meridian.css'));
        delete manifest.pages['/'];
        site.put('meridian.json', JSON.stringify(manifest));
      }
      site.say('index.html', SURE);
      const list = { held: undefined, release: () => {} };
      const server = await host(t, site.folder, {
        answer: async (request, response, path) => {
          if (path === '/meridian.json') await list.held;
          return false;
        },
      });
      t.after(() => list.release());
      const { page, lines } = await openPage(t, browser);
      await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'));
      await isStyled(page);
      await page.waitForFunction(() => localStorage['meridian:/:/']);
      if (!compiled)
        await page.waitForFunction(
          async () => (await (await caches.open('meridian-sheets')).keys()).length,
        );
      list.held = new Promise((resolve) => (list.release = resolve));
      const before = server.log.length;
      await page.reload({ waitUntil: 'commit' });
      await isStyled(page);
      list.release();
      await settled(page);
      await isStyled(page);
      const asked = server.log.slice(before).map(({ path }) => path);
      assert.deepEqual(
        asked.filter((path) => /sass|main\.css$/.test(path)),
        [],
        compiled ? 'compiled' : 'made',
      );
      assert.deepEqual(lines, []);
    }
  },
);

test(
  'a compiled sheet that the manifest names and the host lacks is made',
  { skip: skip ?? noCommand },
  async (t) => {
    const { page } = await opensIn(
      t,
      [
        [...SHELL, KRAMDOWN, '/meridian.json'],
        ['/meridian/more.js', '/assets/main.meridian.css'],
        ['/meridian/sass.wasm', '/sass.meridian.json'],
      ],
      {
        sources: STYLED,
        meta: SURE,
        command: true,
        unwritten: true,
        change: (site) => site.remove('assets/main.meridian.css'),
      },
    );
    await isStyled(page);
  },
);

test(
  'without a manifest all Sass of a site is requested before the page is there that links it',
  { skip },
  async (t) => {
    const { '_sass/_unused.scss': unused, ...sources } = STYLED;
    assert.ok(unused); // a browser has six connections
    const sass = ['/_sass/_one.scss', '/_sass/_two.scss', '/assets/main.scss'];
    const together = ['/index.md', '/_layouts/default.html', '/meridian/sass.wasm', ...sass];
    const { page } = await opensByTree(t, together, { sources });
    await isStyled(page);
  },
);
