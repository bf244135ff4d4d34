// A site's own plugins in JavaScript: `_plugins/*.js`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { DIST, headersBy, host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
const VISITORS = 'plugins.example';
before(async () => (browser = skip ? undefined : await launch({ local: [VISITORS] })));
after(() => browser?.close());

const PLUGIN = `import { link } from './lib/link.js';
export const filters = {
  shout: (input, mark = '!', { times = 1 } = {}) => String(input).toUpperCase() + mark.repeat(times),
  pairs: (input) => Object.entries(input).map(([key, value]) => ({ key, value })),
  nothing: () => undefined,
};
export const tags = {
  video: ({ markup, page, site, lookup }) =>
    link(\`/v/\${markup}\`, \`\${page.title} of \${site.title}: \${lookup('n')}, \${lookup('site.data.a.b')}\`),
};
export const blocks = {
  note: ({ name, markup, content }) => \`<aside class="\${name} \${markup}">\${content}</aside>\`,
};
`;
const SOURCES = {
  '_config.yml': 'title: Site\n',
  '_data/a.yml': 'b: data\n',
  '_layouts/default.html':
    '<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head><body><main>{{ content }}</main></body></html>',
  '_plugins/a.js': PLUGIN,
  '_plugins/lib/link.js': 'export const link = (to, text) => `<a href="${to}">${text}</a>`;\n',
  'index.md':
    '---\nlayout: default\ntitle: One\n---\n<p id="a">{% assign n = 2 %}{% video x1 %}</p>{% note warn %}in {{ n }}{% endnote %}<p id="b">{{ "a" | shout }} {{ "b" | shout: "?", times: 2 }} {{ site.data.a | pairs | map: "key" }}[{{ 1 | nothing }}]</p>',
  'two.html':
    '---\nlayout: default\ntitle: Two\npermalink: /two/\n---\n<p id="c">{{ "x" | shout }}</p>',
};

/** The site on a host, and a page in it. `state`: of the host. */
async function open(t, sources, { options = {}, path = '', state = {}, at } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { root: '/', manifest: 'meridian.json' },
    ...options,
  });
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser);
  await opened.page.goto((at ? server.url.replace('127.0.0.1', at) : server.url) + path);
  return { ...opened, server, site };
}

const asked = (server, pattern) => server.log.filter(({ path }) => pattern.test(path)).length;
const html = (page, selector) => page.locator(selector).innerHTML();

/** What the page of SOURCES shows. */
async function isShown(page) {
  assert.equal(await html(page, '#a'), '<a href="/v/x1">One of Site: 2, data</a>');
  assert.equal(await html(page, 'aside.note.warn'), 'in 2');
  assert.equal(await html(page, '#b'), 'A! B?? b[]');
}

test(
  'tags, blocks and filters of plugins make the page, each file is fetched once',
  { skip },
  async (t) => {
    const { page, server, lines } = await open(t, SOURCES);
    await isShown(page);
    await page.evaluate(() => window.meridian.navigate('/two/'));
    await page.waitForFunction(() => document.title === 'Two');
    assert.equal(await html(page, '#c'), 'X!');
    for (const file of [/^\/_plugins\/a\.js$/, /^\/_plugins\/lib\/link\.js$/])
      assert.equal(asked(server, file), 1, String(file));
    assert.deepEqual(lines, []);
  },
);

test('a site without plugins requests nothing for them', { skip }, async (t) => {
  const plain = { ...SOURCES, 'index.md': '---\ntitle: One\n---\n<p>Text</p>' };
  for (const path of ['_plugins/a.js', '_plugins/lib/link.js']) delete plain[path];
  const { page, server } = await open(t, { ...plain, '_plugins/a.rb': 'x', '_plugins/b.txt': 'x' });
  await settled(page);
  assert.equal(asked(server, /plugin/), 0);
});

test('the delivered policy allows plugins of the site', { skip }, async (t) => {
  const headers = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
  const { page, lines } = await open(t, SOURCES, { state: { headers } });
  await isShown(page);
  assert.deepEqual(lines, []);
});

test('where no worker may be started plugins run all the same', { skip }, async (t) => {
  const site = makeSite(t, SOURCES, { manifest: true, meta: { root: '/' } });
  const server = await host(t, site.folder);
  const { page } = await openPage(t, browser);
  await page.addInitScript(() => delete window.Worker);
  await page.goto(server.url);
  await isShown(page);
});

test(
  'what a plugin throws is told at the tag, with the line of the plugin, and the rest is shown',
  { skip },
  async (t) => {
    const { page } = await open(t, {
      ...SOURCES,
      '_plugins/a.js': `export const tags = {
  video() {
    throw new TypeError('no video');
  },
  async later() {},
};
export const blocks = { note: ({ lookup }) => lookup('site.posts').none.at() };
export const filters = { shout: 'x' && ((x) => x), pairs: () => ({ x: 1n }), nothing: () => 1 };
`,
      'index.md':
        '---\ntitle: One\nlayout: default\n---\n<p>before {% video %}</p>\n\n{% note %}content{% endnote %}{% later %}{{ 1 | pairs }}\n\n<p>after</p>',
    });
    const notes = page.locator('.mer-notes .diagnostic');
    for (const text of [
      'index.md:5:11',
      'the tag video of _plugins/a.js: TypeError: no video (line 3)',
      'index.md:7:1',
      'the block note of _plugins/a.js: TypeError:',
      'the tag later of _plugins/a.js: Error: an async function can’t be waited for',
      'the filter pairs of _plugins/a.js: TypeError:',
    ])
      await notes.filter({ hasText: text }).first().waitFor();
    assert.match(await html(page, 'main'), /<p>before <\/p>\s*<p>content1<\/p>\s*<p>after<\/p>/);
  },
);

for (const [name, script, why] of [
  ['is no JavaScript', 'export const tags = {', /SyntaxError/],
  ['exports nothing', 'export default {}', /it exports no filters, tags or blocks/],
  ['has a name that is none', 'export const tags = { "a b": () => 1 }', /can’t be named a b/],
  ['ends a block of others', 'export const tags = { endif: () => 1 }', /can’t be named endif/],
  ['has a name without a function', 'export const filters = { a: 1 }', /a is not a function/],
  ['throws while it is loaded', 'null.x', /TypeError.*line 1/],
])
  test(
    `a plugin that ${name} is reported, and the page is shown without it`,
    { skip },
    async (t) => {
      const { page } = await open(t, {
        ...SOURCES,
        '_plugins/a.js': script,
        'index.md': '---\nlayout: default\n---\n<p id="a">Text</p>',
      });
      assert.equal(await html(page, '#a'), 'Text');
      const note = page.locator('.mer-notes .diagnostic', { hasText: '_plugins/a.js' });
      await note.first().waitFor();
      assert.match(await note.first().textContent(), why);
    },
  );

test(
  'plugins count in the order of their names: a later one replaces a name',
  { skip },
  async (t) => {
    const { page } = await open(t, {
      ...SOURCES,
      '_plugins/a.js': 'export const tags = { x: () => "a", y: () => "a" }',
      '_plugins/b.js': 'export const tags = { x: () => "b", gist: () => "own" }',
      'index.md': '---\nlayout: default\n---\n<p id="a">{% x %}{% y %}{% gist 1 %}</p>',
    });
    assert.equal(await html(page, '#a'), 'baown');
  },
);

test(
  'a plugin that changed since the manifest was written makes the page anew',
  { skip },
  async (t) => {
    const files = { ...SOURCES, 'index.md': SOURCES['two.html'].replace('permalink: /two/\n', '') };
    const manifest = {
      files: Object.entries(files).map(([path, text]) => ({
        path,
        size: text.length,
        ...(path === 'index.md' && { yaml: 'layout: default\ntitle: Two\n' }),
      })),
      pages: { '/': ['index.md', '_plugins/a.js'] },
      complete: true,
    };
    const changed = PLUGIN.replace('toUpperCase()', 'toUpperCase() + "changed"');
    const { page } = await open(
      t,
      { ...files, '_plugins/a.js': changed },
      { options: { manifest }, at: VISITORS },
    );
    // An HTTP cache may have the old one: its address is another then.
    await page.waitForFunction(() => document.querySelector('#c')?.textContent === 'Xchanged!');
  },
);

test('a plugin that does not end is named, instead of the page', { skip }, async (t) => {
  const handed = readFileSync(join(DIST, 'meridian/plugins.js'), 'utf8');
  // The limit of 30 seconds, shorter: a loop without end reaches each.
  const short = handed.replace(/=3e4([,;])/, '=900$1');
  assert.notEqual(short, handed);
  const answer = (_, response, path) =>
    path === '/meridian/plugins.js' &&
    !!response.writeHead(200, { 'content-type': 'text/javascript' }).end(short);
  const { page } = await open(
    t,
    {
      ...SOURCES,
      '_plugins/a.js':
        'export const tags = { video: () => { for (;;); } };\nexport const blocks = { note: () => 1 };\nexport const filters = { shout: (x) => x, pairs: (x) => x, nothing: (x) => x }',
    },
    { state: { answer } },
  );
  await page.getByText('A plugin of the site takes more than').waitFor();
  await page.getByText('_plugins/a.js').first().waitFor();
});

test('a plugin that lies on another host is not loaded', { skip }, async (t) => {
  const other = await host(t, DIST, {
    headers: { 'access-control-allow-origin': '*' },
  });
  const files = Object.keys(SOURCES).map((path) =>
    path === '_plugins/a.js' ? { path, at: `${other.url}_plugins/a.js` } : { path },
  );
  const { page } = await open(t, SOURCES, { options: { manifest: { files, complete: true } } });
  await page.getByText('Plugins are loaded from the site’s own host alone.').first().waitFor();
  assert.equal(asked(other, /./), 0);
});
