// Themes that are not among a site's files: part of the shell, or at an address of the
// configuration.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch({})));
after(() => browser?.close());

const THEME = {
  '_config.yml': 'title: Demo of the theme\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ site.title }}</title><link rel="stylesheet" href="{{ '/assets/main.css' | relative_url }}">
</head><body>{% include head.html %}<main>{{ content }}</main>
<img id="dot" alt="" src="{{ '/assets/dot.svg' | relative_url }}">
<script src="{{ '/assets/page.js' | relative_url }}"></script></body></html>`,
  '_includes/head.html': '<header>{{ site.data.words.hello }}</header>',
  '_data/words.yml': 'hello: Hello\n',
  '_sass/_parts.scss': 'main { color: #010203; background: url("dot.svg"); }\n',
  'assets/main.scss': '---\n---\n@import "parts";\n',
  'assets/page.js': 'document.body.dataset.ran = "yes";\n',
  'assets/dot.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>',
  'docs/index.md': 'no part of the theme',
};
const site = (config) => ({
  '_config.yml': `title: Own\n${config}`,
  'index.md': '---\nlayout: default\n---\nText\n',
});
const ANYONE = { 'access-control-allow-origin': '*' };

/** A host with the theme, in the folder `at`, which any page may read. */
async function themeHost(t, at, options = {}) {
  const files = Object.fromEntries(Object.entries(THEME).map(([path, text]) => [at + path, text]));
  const list = { files: Object.keys(THEME).map((path) => ({ path, size: THEME[path].length })) };
  const { folder, put } = makeSite(t, files, { shell: false });
  put(`${at}meridian.json`, JSON.stringify(list));
  return host(t, folder, { headers: ANYONE, ...options });
}

/** The site on a host of its own, opened. `route` is called before. */
async function open(t, config, { manifest = true, route = async () => {} } = {}) {
  const made = makeSite(t, site(config), {
    manifest,
    meta: { root: '/', manifest: manifest ? 'meridian.json' : 'none' },
  });
  const server = await host(t, made.folder);
  const opened = await openPage(t, browser);
  await route(opened.page);
  await opened.page.goto(server.url);
  await settled(opened.page);
  return { ...opened, server };
}

/** What the theme makes of the page. */
async function looksLikeTheme(page) {
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('main')).color === 'rgb(1, 2, 3)',
  );
  await page.waitForFunction(() => document.body.dataset.ran === 'yes');
  await page.waitForFunction(() => document.querySelector('#dot').naturalWidth === 8);
  assert.equal(await page.textContent('header'), 'Hello');
  assert.equal(await page.textContent('main p'), 'Text');
  assert.equal(await page.title(), 'Own');
}

for (const manifest of [true, false])
  test(
    `a theme in a folder of another host, ${manifest ? 'with' : 'without'} a manifest`,
    { skip },
    async (t) => {
      const themes = await themeHost(t, 'plain@v1/');
      const { page, lines, server } = await open(
        t,
        `remote_theme: ada/plain@v1\nmeridian:\n  theme_from: ${themes.url}plain@v1\n`,
        { manifest },
      );
      await looksLikeTheme(page);
      const at = await page.evaluate(
        () => getComputedStyle(document.querySelector('main')).backgroundImage,
      );
      assert.equal(at, `url("${themes.url}plain@v1/assets/dot.svg")`);
      assert.deepEqual(
        themes.log.filter(({ path, status }) => status !== 200 || /_config|docs/.test(path)),
        [],
      );
      assert.deepEqual(
        server.log.filter(({ path }) => /themes/.test(path)),
        [],
      );
      assert.deepEqual(
        lines.filter((line) => !/404/.test(line)),
        [],
      );
    },
  );

test('a theme’s files are fetched once, as long as its host says', { skip }, async (t) => {
  const themes = await themeHost(t, '', {
    headers: { ...ANYONE, 'cache-control': 'max-age=86400' },
  });
  const { page } = await open(t, `theme: plain\nmeridian: {theme_from: "${themes.url}"}\n`);
  await looksLikeTheme(page);
  themes.log.length = 0;
  await page.goto(`${page.url()}?again`);
  await settled(page);
  await looksLikeTheme(page);
  assert.deepEqual(themes.log, []);
});

test('a theme on jsDelivr, by repository and tag', { skip }, async (t) => {
  const themes = await themeHost(t, '', {});
  const asked = [];
  const { page, lines } = await open(
    t,
    'remote_theme: ada/plain@v1.2\nmeridian: {theme_from: jsdelivr}\n',
    {
      route: async (page) => {
        await page.route(/jsdelivr/, async (route) => {
          const { host, pathname, search } = new URL(route.request().url());
          asked.push(host + pathname + search);
          if (host === 'data.jsdelivr.com')
            return route.fulfill({
              headers: ANYONE,
              json: {
                type: 'gh',
                name: 'ada/plain',
                version: '1.2',
                files: Object.entries(THEME).map(([path, { length }]) => ({
                  name: `/${path}`,
                  hash: `hash of ${path}`,
                  size: length,
                })),
              },
            });
          const path = pathname.replace('/gh/ada/plain@v1.2/', '');
          const response = await route.fetch({ url: themes.url + path });
          return route.fulfill({ response });
        });
      },
    },
  );
  await looksLikeTheme(page);
  assert.equal(asked[0], 'data.jsdelivr.com/v1/packages/gh/ada/plain@v1.2?structure=flat');
  assert.ok(asked.includes('cdn.jsdelivr.net/gh/ada/plain@v1.2/_layouts/default.html'));
  assert.deepEqual(lines, []);
});

test(
  'where a theme can’t be had, Meridian’s is used and its address is told',
  { skip },
  async (t) => {
    const themes = await themeHost(t, 'plain/');
    for (const [from, told] of [
      [`${themes.url}gone/`, /gone\/.*127\.0\.0\.1:\d+ answered 404/s],
      ['jsdelivr', /_config\.yml.*jsDelivr knows themes by repository and tag/s],
      ['javascript:alert(1)', /_config\.yml.*not an address/s],
    ]) {
      const { page } = await open(t, `theme: plain\nmeridian: {theme_from: "${from}"}\n`);
      assert.equal(await page.textContent('main p'), 'Text');
      assert.equal(await page.locator('.masthead').count(), 1, from);
      await page.locator('.diagnostic', { hasText: told }).first().waitFor();
    }
  },
);

test('minima is part of the shell', { skip }, async (t) => {
  const { page, lines, server } = await open(t, 'theme: minima\n');
  assert.equal(await page.textContent('.site-title'), 'Own');
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('.site-header')).borderTopWidth === '5px',
  );
  assert.ok(server.log.some(({ path }) => path === '/meridian/themes/minima/meridian.json'));
  assert.deepEqual(
    server.log.filter(({ path, status }) => status !== 200 && !/is-there-a-404/.test(path)),
    [],
  );
  assert.deepEqual(lines, []);
});

test('without such a key nothing is asked for', { skip }, async (t) => {
  const { requests, server } = await open(t, 'theme: plain\n');
  assert.deepEqual(
    requests().filter((line) => !line.includes(server.url)),
    [],
  );
  assert.deepEqual(
    server.log.filter(({ path }) => /themes/.test(path)),
    [],
  );
});
