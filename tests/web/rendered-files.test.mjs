// Files that templates make, as a page's scripts get them: scripts, JSON, text; also pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SOURCES = {
  '_config.yml': 'title: Made\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>{{ content }}</body></html>`,
  'index.md': `---
layout: default
title: One
---
<script>window.order = []</script>
<script src="/assets/made.js"></script>
<script src="/app.js"></script>
<script src="/assets/plain.js"></script>
<script>order.push(typeof made, typeof app)</script>
<script type="module" src="/assets/module.js"></script>`,
  'assets/made.js':
    '---\n---\n{% assign n = 2 %}const made = {{ n | plus: 1 }}; order.push(made);\n',
  'assets/app.source.js':
    '---\npermalink: /app.js\n---\nvar app = {{ site.title | jsonify }}; order.push(app);\n',
  'assets/plain.js': "order.push('plain');\n",
  'assets/module.js': "---\n---\nimport { name } from './other.js';\norder.push(name);\n",
  'assets/other.js': "export const name = 'other';\n",
  'search.json': '---\n---\n[{% for p in site.posts %}{{ p.title | jsonify }}{% endfor %}]\n',
  'plain.json': '{"raw": "{{ site.title }}"}\n',
  '_posts/2026-01-01-a.md': '---\nlayout: default\ntitle: A post\n---\nText\n',
};

/** The site on a host, its first page opened. */
async function open(t, options = {}) {
  const site = makeSite(t, SOURCES, {
    manifest: true,
    meta: { root: '/', manifest: 'meridian.json' },
    ...options,
  });
  const server = await host(t, site.folder, {});
  const opened = await openPage(t, browser);
  await opened.page.goto(server.url);
  await settled(opened.page);
  await opened.page.waitForFunction(() => window.order?.includes('other'));
  return { ...opened, server };
}
const ORDER = [3, 'Made', 'plain', 'number', 'string', 'other'];

test('scripts with front matter run as templates make them, in order', { skip }, async (t) => {
  const { page, lines, server } = await open(t);
  assert.deepEqual(await page.evaluate(() => window.order), ORDER);
  // What is no template is requested once, by the browser alone.
  assert.equal(server.log.filter(({ path }) => path === '/assets/plain.js').length, 1);
  assert.deepEqual(lines, []);
});

test('a minified script with front matter runs as templates make it', { skip }, async (t) => {
  const site = makeSite(
    t,
    {
      ...SOURCES,
      'index.md': SOURCES['index.md'].replace('made.js', 'made.min.js'),
      'assets/made.min.js': SOURCES['assets/made.js'],
    },
    { manifest: true, meta: { root: '/', manifest: 'meridian.json' } },
  );
  const server = await host(t, site.folder, {});
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url);
  await page.waitForFunction(() => window.order?.includes('other'));
  assert.deepEqual(await page.evaluate(() => window.order), ORDER);
  assert.deepEqual(lines, []);
});

test('with a list of files alone the first bytes of a script tell', { skip }, async (t) => {
  const tree = Object.keys(SOURCES).map((path) => ({ path, type: 'blob', mode: '100644' }));
  const api = await host(t, makeSite(t, {}, { shell: false }).folder, {
    answer: (request, response) => {
      response.writeHead(200, { 'access-control-allow-origin': '*' });
      response.end(JSON.stringify({ sha: '0', tree, truncated: false }));
      return true;
    },
  });
  const meta = { root: '/', repository: 'ada/site', 'github-api': api.url.replace(/\/$/, '') };
  const { page } = await open(t, { manifest: false, meta });
  // The list does not tell that a file has the permalink /app.js.
  const known = ORDER.filter((name) => name !== 'Made').map((name) =>
    name === 'string' ? 'undefined' : name,
  );
  assert.deepEqual(await page.evaluate(() => window.order), known);
});

test('a script that a script adds runs as templates make it', { skip }, async (t) => {
  const { page, lines, server } = await open(t);
  const got = await page.evaluate(async () => {
    const order = (window.order = []);
    const add = (prepare) =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = script.onerror = ({ type }) => resolve(type);
        prepare(script);
        document.body.append(script);
        order.push(script.src.slice(location.origin.length));
      });
    const ends = [
      await add((script) => (script.src = '/app.js')),
      await add((script) => script.setAttribute('src', 'app.js?again')),
      await add((script) => (script.src = '/assets/plain.js')),
    ];
    return { order, ends };
  });
  assert.deepEqual(got.order, [
    '/app.js',
    'Made',
    '/app.js?again',
    'Made',
    '/assets/plain.js',
    'plain',
  ]);
  assert.deepEqual(got.ends, ['load', 'load', 'load']);
  assert.equal(server.log.filter(({ path }) => path.startsWith('/app.js')).length, 0);
  assert.deepEqual(lines, []);
});

test(
  'fetch gives scripts what templates make, and other files as they are',
  { skip },
  async (t) => {
    const { page, lines } = await open(t);
    const got = await page.evaluate(async () => {
      const text = async (...args) => {
        const response = await fetch(...args);
        return [response.status, response.headers.get('content-type'), await response.text()];
      };
      return {
        made: await text('/search.json'),
        request: await text(new Request('search.json?x=1')),
        url: await text(new URL('/search.json', location.href), { method: 'get' }),
        page: (await text('/2026/01/01/a.html'))[2].includes('<h1>A post</h1>'),
        plain: await text('/plain.json'),
        source: (await text('/search.json', { credentials: 'omit' }))[2],
        head: (await text('/search.json', { method: 'HEAD' }))[0],
        aborted: await fetch('/search.json', { signal: AbortSignal.abort() }).catch(
          ({ name }) => name,
        ),
      };
    });
    const made = [200, 'application/json', '["A post"]\n'];
    assert.deepEqual(got.made, made);
    assert.deepEqual(got.request, made);
    assert.deepEqual(got.url, made);
    assert.equal(got.page, true);
    assert.equal(got.plain[2], SOURCES['plain.json']);
    assert.equal(got.source, SOURCES['search.json']);
    assert.equal(got.head, 200);
    assert.equal(got.aborted, 'AbortError');
    assert.deepEqual(lines, []);
  },
);

test('XMLHttpRequest gives the same; an aborted one gives nothing', { skip }, async (t) => {
  const { page, lines } = await open(t);
  const got = await page.evaluate(async () => {
    const ask = (href, { type = '', wait = true } = {}) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.responseType = type;
        request.onloadend = () =>
          resolve([request.status, request.getResponseHeader('content-type'), request.response]);
        request.open('GET', href);
        request.setRequestHeader('x-test', '1');
        request.send();
        if (wait) return;
        request.abort();
        setTimeout(() => resolve('nothing'), 300);
      });
    return {
      text: await ask('/search.json'),
      json: await ask('/search.json', { type: 'json' }),
      plain: (await ask('/plain.json'))[2],
      aborted: await ask('/search.json', { wait: false }),
    };
  });
  assert.deepEqual(got.text, [200, 'application/json', '["A post"]\n']);
  assert.deepEqual(got.json[2], ['A post']);
  assert.equal(got.plain, SOURCES['plain.json']);
  assert.equal(got.aborted, 'nothing');
  assert.deepEqual(lines, []);
});
