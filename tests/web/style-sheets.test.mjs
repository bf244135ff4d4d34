// Style sheets that are pages of the site: Sass, Liquid, themes, compiled sheets.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { COMMAND, host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
const VISITORS = 'sheets.example';
before(async () => (browser = skip ? undefined : await launch({ local: [VISITORS] })));
after(() => browser?.close());

const SOURCES = {
  '_config.yml': 'title: Sheets\nink: "#010203"\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title><link rel="stylesheet" href="{{ '/assets/css/main.css' | relative_url }}">
</head><body><h1>{{ page.title }}</h1><p id="way"><a href="{{ '/two/' | relative_url }}">Two</a></p>
<main>{{ content }}</main></body></html>`,
  '_sass/_base.scss': '$gap: 7px;\n@mixin ink { color: $ink; }\n',
  '_sass/parts/_title.scss': 'h1 { @include ink; body & { margin-left: $gap * 2; } }\n',
  'assets/css/main.scss':
    '---\n---\n$ink: {{ site.ink }};\n@import "base", "parts/title";\nmain { background: url(../dot.svg) }\n',
  'assets/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'index.md': '---\nlayout: default\ntitle: One\n---\nText\n',
  'two.md': '---\nlayout: default\ntitle: Two\npermalink: /two/\n---\nText\n',
};

/** The site on a host, and a page in it. `state`: of the host. */
async function open(t, sources, { options = {}, path = '', state = {} } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { root: '/', manifest: 'meridian.json' },
    ...options,
  });
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser);
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, server, site };
}

const styleOf = (page, selector, name) =>
  page.evaluate(
    ([selector, name]) => getComputedStyle(document.querySelector(selector))[name],
    [selector, name],
  );
const hasStyle = (page, selector, name, value) =>
  page.waitForFunction(
    ([selector, name, value]) => getComputedStyle(document.querySelector(selector))[name] === value,
    [selector, name, value],
  );
const asked = (server, pattern) => server.log.filter(({ path }) => pattern.test(path));

test(
  'parts of parts are requested together, before the core asks for them',
  { skip },
  async (t) => {
    const deep = Object.fromEntries(
      [1, 2, 3, 4].map((n) => [`_sass/_level${n}.scss`, `@import "level${n + 1}";\n`]),
    );
    const { page, requests, lines } = await open(t, {
      ...SOURCES,
      ...deep,
      '_sass/_level5.scss': 'h1 { color: #010203; }\n',
      'assets/css/main.scss': '---\n---\n@import "level1";\n',
    });
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    const rounds = requests()
      .filter((line) => /_sass\/_level|sass\.wasm/.test(line))
      .map((line) => line.split(' ')[0]);
    assert.equal(rounds.length, 6);
    assert.equal(new Set(rounds).size, 1);
    assert.deepEqual(lines, []);
  },
);

test(
  'a manifest says which parts a sheet imports: no others are requested',
  { skip },
  async (t) => {
    const sources = { ...SOURCES, '_sass/_unused.scss': 'p { color: red }\n' };
    const [sheet, ...parts] = [
      'assets/css/main.scss',
      '_sass/_base.scss',
      '_sass/parts/_title.scss',
    ];
    const manifest = {
      files: Object.keys(sources),
      pages: { '/assets/css/main.css': [sheet, ...parts] },
    };
    const { page, server } = await open(t, sources, { options: { manifest } });
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    const paths = asked(server, /^\/_sass/).map(({ path }) => path.slice(1));
    assert.deepEqual(paths.sort(), parts.sort());
  },
);

test(
  'a sheet in Sass styles the page, its addresses are those of its folder',
  { skip },
  async (t) => {
    const { page, lines, server } = await open(t, SOURCES);
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    assert.equal(await styleOf(page, 'h1', 'marginLeft'), '14px');
    assert.equal(
      await styleOf(page, 'main', 'backgroundImage'),
      `url("${server.url}assets/dot.svg")`,
    );
    assert.equal(asked(server, /main\.css/).length, 0);
    assert.equal(asked(server, /sass\.wasm/).length, 1);
    await page.click('#way a');
    await page.waitForFunction(() => document.title === 'Two');
    assert.equal(await styleOf(page, 'h1', 'color'), 'rgb(1, 2, 3)');
    assert.equal(asked(server, /sass\.wasm/).length, 1);
    assert.deepEqual(lines, []);
  },
);

test(
  'a sheet that a page preloads is made for it; one in <noscript> is not',
  { skip },
  async (t) => {
    const layout = SOURCES['_layouts/default.html'].replace(
      /<link[^>]*>/,
      `<noscript><link rel="stylesheet" href="/assets/css/other.css"></noscript>
<link rel="stylesheet" href="/assets/css/late.css" media="print" onload="this.media='all'">
<link rel="preload" as="style" href="/assets/css/main.css" onload="this.rel='stylesheet'">`,
    );
    const { page, lines, server } = await open(t, {
      ...SOURCES,
      '_layouts/default.html': layout,
      'assets/css/late.scss': '---\n---\n$late: 3px;\nh1 { padding-left: $late; }\n',
      'assets/css/other.scss': '---\n---\nh1 { color: red; }\n',
    });
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    await hasStyle(page, 'h1', 'paddingLeft', '3px');
    const image = await styleOf(page, 'main', 'backgroundImage');
    assert.equal(image, `url("${server.url}assets/dot.svg")`);
    assert.equal(asked(server, /(main|late)\.css|other/).length, 0);
    assert.deepEqual(lines, []);
  },
);

test('a sheet with front matter and no Sass is rendered by Liquid alone', { skip }, async (t) => {
  const { page, lines, server } = await open(t, {
    ...SOURCES,
    'assets/css/main.scss': 'h1 {}',
    'assets/css/main.css': '---\n---\nh1 { color: {{ site.ink }} }\n',
  });
  await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
  assert.equal(asked(server, /sass\.wasm/).length, 0);
  assert.deepEqual(lines, []);
});

test(
  'a mistake in a sheet leaves the page readable and is told to the author',
  { skip },
  async (t) => {
    const { page } = await open(t, {
      ...SOURCES,
      '_sass/_base.scss': '$gap: 7px;\nh1 { color: $nothing }\n',
    });
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'One');
    await page.waitForSelector('.mer-notes .diagnostic:has-text("_sass/_base.scss:2:13")');
    await page.waitForSelector('.mer-notes .diagnostic:has-text("Undefined variable")');
  },
);

test('layouts, sheets and assets of a theme that lies beside the shell', { skip }, async (t) => {
  const theme = Object.fromEntries(
    Object.entries(SOURCES)
      .filter(([path]) => /^(_layouts|_sass|assets)/.test(path))
      .map(([path, text]) => [`meridian/themes/plain/${path}`, text]),
  );
  const { page, lines, server } = await open(t, {
    ...theme,
    '_config.yml': 'title: Themed\ntheme: plain\nink: "#010203"\n',
    'index.md':
      SOURCES['index.md'] +
      '\n![](/assets/dot.svg) <svg><use xlink:href="/assets/dot.svg#a"></use></svg>\n',
    'two.md': SOURCES['two.md'],
  });
  await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
  const dot = `${server.url}meridian/themes/plain/assets/dot.svg`;
  assert.equal(await styleOf(page, 'main', 'backgroundImage'), `url("${dot}")`);
  assert.equal(await page.evaluate(() => document.querySelector('main img').src), dot);
  const used = () => document.querySelector('use').getAttribute('xlink:href');
  assert.equal(await page.evaluate(used), `${dot}#a`);
  assert.deepEqual(lines, []);
});

test(
  'what `build --raw` writes has compiled sheets: no compiler, no partials',
  { skip: skip ?? (existsSync(COMMAND) ? undefined : 'the command is not built') },
  async (t) => {
    const site = makeSite(t, SOURCES, { shell: false });
    const out = join(site.folder, '../raw-' + Date.now());
    const shell = process.env.MERIDIAN_DIST ?? 'build/dist';
    execFileSync(COMMAND, [
      'build',
      '--raw',
      '--source',
      site.root,
      '--destination',
      out,
      '--shell',
      shell,
    ]);
    const css = readFileSync(join(out, 'assets/css/main.meridian.css'), 'utf8');
    assert.match(css, /^h1 \{ color: #010203; \}/);
    const raw = makeSite(t, out, { shell: false });
    const server = await host(t, raw.folder, {});
    // As a visitor's, not the author's own machine.
    const { page, lines } = await openPage(t, browser);
    await page.goto(server.url.replace('127.0.0.1', VISITORS));
    await settled(page);
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    assert.equal(asked(server, /sass\.wasm|_sass/).length, 0);
    assert.equal(asked(server, /main\.meridian\.css/).length, 1);
    assert.deepEqual(lines, []);
  },
);

test(
  'a compiled sheet stays that imports what is out of reach, and one that is missing is made',
  { skip },
  async (t) => {
    const site = makeSite(
      t,
      {
        ...SOURCES,
        'assets/css/main.meridian.css': '@import "gone.css";\nh1 { color: #040506; }\n',
      },
      { manifest: true, meta: { root: '/', manifest: 'meridian.json' } },
    );
    const server = await host(t, site.folder, {});
    const open = async () => {
      const { page } = await openPage(t, browser);
      await page.goto(server.url.replace('127.0.0.1', VISITORS));
      await settled(page);
      return page;
    };
    const page = await open();
    await hasStyle(page, 'h1', 'color', 'rgb(4, 5, 6)');
    assert.equal(asked(server, /gone\.css/).length, 1);
    assert.equal(asked(server, /sass\.wasm/).length, 0);
    assert.equal(await page.locator('style[data-sheet]').count(), 0);
    site.remove('assets/css/main.meridian.css');
    await hasStyle(await open(), 'h1', 'color', 'rgb(1, 2, 3)');
  },
);

test(
  'a compiled sheet that a page preloads becomes its style sheet; one that nobody has stays a link',
  { skip: skip ?? (existsSync(COMMAND) ? undefined : 'the command is not built') },
  async (t) => {
    const layout = SOURCES['_layouts/default.html'].replace(
      /<link[^>]*>/,
      `<link rel="stylesheet" href="/assets/css/gone.css">
<link rel="preload" as="style" href="/assets//css/main.css" onload="this.rel='stylesheet'">`,
    );
    const sources = { ...SOURCES, '_layouts/default.html': layout };
    const site = makeSite(t, sources, { meta: { root: '/', manifest: 'meridian.json' } });
    execFileSync(COMMAND, ['index', '--source', site.root]);
    const server = await host(t, site.folder, {});
    const { page } = await openPage(t, browser);
    await page.addInitScript(() =>
      new MutationObserver(() => {
        if (document.querySelector('style[data-sheet]')) window.replaced = true;
      }).observe(document, { childList: true, subtree: true }),
    );
    await page.goto(server.url.replace('127.0.0.1', VISITORS));
    await settled(page);
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    assert.equal(await page.evaluate(() => window.replaced), undefined);
    assert.equal(await page.locator('link[href$="gone.css"]').count(), 1);
    assert.equal(asked(server, /main\.meridian\.css/).length, 1);
  },
);

test(
  'a compiled sheet that waits for a script, or that is another language’s, is not loaded ahead',
  { skip: skip ?? (existsSync(COMMAND) ? undefined : 'the command is not built') },
  async (t) => {
    const links = `<link rel="stylesheet" href="/de/assets/css/main.css">
<link rel="stylesheet" href="/assets/css/night.css" disabled>`;
    const site = makeSite(
      t,
      {
        ...SOURCES,
        '_layouts/default.html': SOURCES['_layouts/default.html'].replace(/<link[^>]*>/, links),
        'assets/css/night.scss': '---\n---\nh1 { color: #fff }',
        'de/assets/css/main.scss': SOURCES['assets/css/main.scss'],
      },
      { meta: { root: '/', manifest: 'meridian.json' } },
    );
    execFileSync(COMMAND, ['index', '--source', site.root]);
    const server = await host(t, site.folder, {});
    const { page } = await openPage(t, browser);
    await page.goto(server.url.replace('127.0.0.1', VISITORS));
    await settled(page);
    await hasStyle(page, 'h1', 'color', 'rgb(1, 2, 3)');
    await page.waitForLoadState('networkidle');
    const compiled = asked(server, /meridian\.css/).map(({ path }) => path);
    assert.equal(compiled.length, 1, compiled.join());
    assert.match(compiled[0], /\/de\/assets\/css\/main\.meridian\.css/);
  },
);

test(
  'a compiled sheet that is older than its sources is shown until the new one is made, and kept',
  { skip: skip ?? (existsSync(COMMAND) ? undefined : 'the command is not built') },
  async (t) => {
    const site = makeSite(t, SOURCES, { meta: { root: '/', manifest: 'meridian.json' } });
    execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
    site.say('index.html', { root: '/', manifest: 'meridian.json' });
    site.put('_config.yml', SOURCES['_config.yml'].replace('#010203', '#040506'));
    const server = await host(t, site.folder, {});
    const { page, lines } = await openPage(t, browser);
    const address = server.url.replace('127.0.0.1', 'reader.localhost'); // which may keep sheets
    await page.addInitScript(() => {
      const colors = (window.__colors = new Set());
      new MutationObserver(() => {
        const title = document.querySelector('h1');
        if (title) colors.add(getComputedStyle(title).color);
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(address);
    await page.waitForSelector('h1');
    await hasStyle(page, 'h1', 'color', 'rgb(4, 5, 6)');
    const colors = () => page.evaluate(() => [...window.__colors]);
    assert.deepEqual(await colors(), ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']);
    assert.equal(asked(server, /sass\.wasm/).length, 1);
    assert.equal(asked(server, /sass\.meridian\.json/).length, 1);
    assert.equal(asked(server, /_sass\//).length, 0);
    await page.waitForFunction(
      async () => (await (await caches.open('meridian-sheets')).keys()).length,
    );
    await page.reload();
    await page.waitForSelector('h1');
    await hasStyle(page, 'h1', 'color', 'rgb(4, 5, 6)');
    await settled(page);
    assert.equal(asked(server, /sass\.wasm/).length, 1);
    assert.deepEqual(lines, []);
  },
);
