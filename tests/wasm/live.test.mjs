// live.wasm: the data of a page's templates, the tree of its Markdown; and the limits of a project
// of unknown origin, each driven to its maximum as in core.test.mjs. One's own project has the
// limits of a site.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { makeCore } from '../../web/engine/abi.js';
import { LiveCore } from '../../web/playground/render/worker.js';
import { testNesting } from './small_stack.mjs';

const module = new WebAssembly.Module(readFileSync('build/wasm/live.wasm'));
const rest = new WebAssembly.Module(readFileSync('build/wasm/live-rest.wasm'));
const theme = readFileSync('build/wasm/theme.txt');

/** A core that has these files. */
async function live(files) {
  const core = await makeCore(LiveCore, module);
  await core.takeRest(rest);
  core.tell('theme', theme);
  core.tell('options', '{"time":"2026-01-01T00:00:00Z"}');
  core.tell('list', JSON.stringify({ files: Object.keys(files), complete: true }));
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  core.render('/');
  return core;
}
const FILES = {
  '_config.yml': 'title: T\nfruits: [apple, {pear: 2}, ~, 1.5, true]\n',
  '_data/places.yml': '- Berlin\n- 北京\n',
  '_posts/2020-01-02-one.md': '---\ntitle: One\n---\nText of one.\n',
  '_posts/2021-01-02-two.md': '---\ntitle: Two\ntags: [a]\n---\nText of two.\n',
  'index.md':
    '---\ntitle: Home\nlayout: none\nnothing:\n---\n\n# A heading\n\nSome *text* and [a link](/x).\n\n- one\n- two\n',
};
const keys = ({ entries }) => entries.map(({ key }) => key);

test('the page and the site as templates see them, a level at a time', async () => {
  const core = await live(FILES);
  const page = core.look('/', ['page']);
  const of = (key) => page.entries.find((entry) => entry.key === key);
  assert.deepEqual(of('title'), { key: 'title', kind: 'string', text: 'Home' });
  assert.equal(of('url').text, '/');
  assert.deepEqual(of('nothing'), { key: 'nothing', kind: 'nil' });
  const site = core.look('/', ['site']);
  assert.deepEqual(
    site.entries.find(({ key }) => key === 'posts'),
    { key: 'posts', kind: 'array', size: 2 },
  );
  for (const key of ['pages', 'data', 'tags', 'time', 'title', 'fruits'])
    assert.ok(keys(site).includes(key), key);
  const { entries } = core.look('/', ['site', 'fruits']);
  assert.deepEqual(
    entries.map(({ kind, text, size }) => [kind, text ?? size]),
    [
      ['string', 'apple'],
      ['map', 1],
      ['nil', undefined],
      ['float', '1.5'],
      ['boolean', 'true'],
    ],
  );
  assert.deepEqual(core.look('/', ['site', 'fruits', 1]).entries, [
    { key: 'pear', kind: 'integer', text: '2' },
  ]);
  assert.equal(core.look('/', ['site', 'data', 'places', 1]).text, '北京');
  assert.deepEqual(
    core.look('/', ['site', 'posts']).entries.map(({ kind, text }) => [kind, text]),
    [
      ['map', '/2021/01/02/two.html'],
      ['map', '/2020/01/02/one.html'],
    ],
  );
  assert.equal(core.look('/', ['site', 'posts', 0, 'title']).text, 'Two');
  assert.equal(
    core.look('/', ['site', 'posts', 1]).entries.find(({ key }) => key === 'content').text,
    '<p>Text of one.</p>\n',
  );
  assert.equal(core.look('/', ['site', 'tags', 'a', 0, 'title']).text, 'Two');
  assert.deepEqual(core.look('/', ['site', 'posts', 99, 'x', 3]), { kind: 'nil' });
  assert.equal(core.look('/nowhere/', ['page']), undefined);
});

test('long texts and long lists are shown by their beginning', async () => {
  const core = await live({
    ...FILES,
    '_data/long.yml': `text: ${'é'.repeat(300)}\nlist: [${Array.from({ length: 1500 }, (_, i) => i)}]\n`,
  });
  const [text, list] = core.look('/', ['site', 'data', 'long']).entries;
  assert.deepEqual([text.text, text.size], ['é'.repeat(100), 600]);
  assert.equal(list.size, 1500);
  assert.equal(core.look('/', ['site', 'data', 'long', 'text']).text, 'é'.repeat(300));
  const { entries, more } = core.look('/', ['site', 'data', 'long', 'list']);
  assert.deepEqual([entries.length, more], [1000, 500]);
});

test('the tree of Markdown, with the lines of the file where there is no Liquid', async () => {
  const core = await live(FILES);
  const tree = core.outline('/');
  assert.deepEqual(
    tree.children.map(({ type, line }) => [type, line]),
    [
      ['Header', 7],
      ['Paragraph', 9],
      ['UnorderedList', 11],
    ],
  );
  assert.equal(tree.children[0].level, 1);
  assert.deepEqual(
    tree.children[1].children.map(({ type, text }) => [type, text]),
    [
      ['Text', 'Some '],
      ['Emphasis', undefined],
      ['Text', ' and '],
      ['Link', undefined],
      ['Text', '.'],
    ],
  );
  assert.deepEqual(tree.children[1].children[3].attributes, { href: '/x' });
  const made = await live({
    ...FILES,
    'index.md': '---\nlayout: none\n---\n{% for i in (1..3) %}\n# {{ i }}\n{% endfor %}\n',
  });
  assert.deepEqual(
    made.outline('/').children.map(({ type, line }) => [type, line]),
    [
      ['Header', undefined],
      ['Header', undefined],
      ['Header', undefined],
    ],
  );
  assert.equal(
    (await live({ ...FILES, 'a.html': '---\n---\n<p>x' })).outline('/a.html'),
    undefined,
  );
});

test('a byte order mark that a page begins with: shown without it, written with it', async () => {
  const core = await live({
    ...FILES,
    '_layouts/marked.html': '---\n---\n\uFEFF<main>{{ content }}</main>',
    'marked.md': '---\nlayout: marked\n---\nOne.\n\nTwo.\n',
    'alone.html': '---\n---\n\uFEFFtext',
    '_config.yml': 'meridian: {theme: site}\n',
  });
  const main = '<main><p>One.</p>\n\n<p>Two.</p>\n</main>';
  assert.equal(core.render('/marked.html').html, main);
  const { shell, at, come } = core.view('/marked.html').news;
  assert.equal(shell.slice(0, at) + come.join('') + shell.slice(at), main);
  assert.equal(core.files().status, 0);
  assert.equal(core.page('marked.html').html, `\uFEFF${main}`);
  assert.equal(core.render('/alone.html').html, 'text');
  assert.equal(core.view('/alone.html').news.shell, 'text');
  assert.equal(core.page('alone.html').html, '\uFEFFtext');
});

test('what was asked changes nothing of the page', async () => {
  const core = await live(FILES);
  const { html } = core.render('/');
  core.look('/', ['site', 'posts', 0]);
  core.outline('/');
  assert.equal(core.render('/').html, html);
});

// ---- limits of a project of unknown origin ----

const MB = 1 << 20;
const FRONT = '---\n---\n';
// A site of Jekyll's.
const CONFIG = 'title: T\n';
// Memory of the module itself: stack, tables, data, and the step by which it grows.
const OWN = 4 * MB;

/** Views a page of these files, then a plain one. */
async function page(files, { stranger = true } = {}) {
  const core = await makeCore(LiveCore, module);
  core.tell('theme', theme);
  if (stranger) core.tell('live_stranger');
  core.tell('options', '{"theme":"site","time":"2026-01-01T00:00:00Z"}');
  const all = { '_config.yml': CONFIG, 'plain.md': `${FRONT}plain\n`, ...files };
  core.tell('list', JSON.stringify({ files: Object.keys(all), complete: true }));
  for (const [path, data] of Object.entries(all)) core.tell('put', path, data);
  const { news, json } = core.view('/');
  assert.equal(core.view('/plain.html').news.come.join(''), '<p>plain</p>\n');
  if (stranger)
    assert.ok(
      core.instance.bytes(0, 0).buffer.byteLength <= 128 * MB + OWN,
      `${core.instance.bytes(0, 0).buffer.byteLength}`,
    );
  const said = (json.diagnostics ?? []).filter(({ severity }) => severity === 'error');
  const shell = news.shell ?? '';
  return {
    html: news.at < 0 ? shell : shell.slice(0, news.at) + news.come.join('') + shell.slice(news.at),
    said,
    errors: said.map(({ message, remedy }) => `${message}: ${remedy}`),
  };
}
const liquid = (text, options) => page({ 'index.html': FRONT + text }, options);
const kramdown = (text, options) => page({ 'index.md': FRONT + text }, options);

function fits({ html, errors }, check = /./) {
  assert.deepEqual(errors, []);
  assert.ok(typeof check === 'function' ? check(html) : check.test(html), html.slice(0, 200));
}
function refused({ errors, said }, words, file = 'index.md') {
  assert.equal(errors.length, 1, errors.join('\n'));
  assert.match(errors[0], words);
  assert.equal(said[0].file, file);
}

test('a source of 1 MB', async () => {
  const line =
    'Some words of a text that goes on and on, to the end of the line, and then on the next one.\n\n';
  const text = line.repeat(Math.ceil(MB / line.length));
  const room = MB - FRONT.length;
  fits(await kramdown(text.slice(0, room)), (html) => html.length > MB);
  refused(await kramdown(text.slice(0, room + 1)), /larger than 1 MB/);
  fits(await kramdown(text.slice(0, room + 1), { stranger: false }), (html) => html.length > MB);
});

test('8 MB of files; of one more only the name is there', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 7 }, (_, i) => [`${i}.txt`, 'x'.repeat(MB)]),
  );
  const index = `${FRONT}{{ site.static_files.size }}`;
  const rest = MB - CONFIG.length - index.length - `${FRONT}plain\n`.length;
  const files = (size) => ({ ...many, 'index.html': index, 'last.txt': 'x'.repeat(size) });
  fits(await page(files(rest)), /^8$/);
  refused(await page(files(rest + 1)), /more than 8 MB/, 'last.txt');
  fits(await page(files(rest + 1), { stranger: false }), /^8$/);
});

const megabyte =
  '{% assign s = "0123456789abcdef" %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}';

test('8 MB of output, by text, by one string, and by Markdown alone', async () => {
  fits(await liquid(megabyte + '{{ s }}'.repeat(8)), (html) => html.length === 8 * MB);
  const over = await liquid(`{% assign a = 1 %}\n${megabyte}${'{{ s }}'.repeat(9)}`);
  refused(over, /more than 8 MB/, 'index.html');
  assert.equal(over.said[0].line, 4);
  fits(
    await liquid(megabyte + '{{ s }}'.repeat(9), { stranger: false }),
    (html) => html.length === 9 * MB,
  );
  const doubled = (times) =>
    `${megabyte}{% for i in (1..${times}) %}{% assign s = s | append: s %}{% endfor %}{{ s.size }}`;
  fits(await liquid(doubled(3)), /^8388608$/);
  refused(await liquid(doubled(4)), /more than 8 MB/, 'index.html');
  const repeated = (length) =>
    kramdown(`${'[a][b] '.repeat(100_000)}\n\n[b]: https://example.org/${'x'.repeat(length)}\n`);
  fits(await repeated(40), (html) => html.length > 7 * MB);
  refused(await repeated(60), /more than 8 MB/);
});

test('250,000 marks of Markdown, of each kind that takes much memory', async () => {
  for (const [marks, text] of [
    [4, '|a|\n'],
    [2, '*a* '],
    [3, '- a\n'],
    [1, '['],
    [2, '1. a\n'],
  ]) {
    const some = (count) => text.repeat(count / marks);
    fits(await kramdown(some(249_996)));
    refused(await kramdown(some(250_000 + 2 * marks)), /more than 250,000 marks/);
  }
});

test('2 million steps', async () => {
  const loop = (rounds) => `x\n{% for i in (1..${rounds}) %}{% endfor %}end`;
  fits(await liquid(loop(1_990_000)), /end$/);
  const over = await liquid(loop(2_010_000));
  refused(over, /more than 2 million steps: loop over less/, 'index.html');
  assert.equal(over.said[0].line, 4);
  fits(await liquid(loop(2_010_000), { stranger: false }), /end$/);
  refused(
    await liquid('{% for i in (1..100000000) %}{% endfor %}'),
    /2 million steps/,
    'index.html',
  );
});

test('128 MB of memory', async () => {
  fits(await liquid('{% assign a = (1..500000) | reverse %}{{ a.first }}'), /^500000$/);
  refused(await liquid('{% assign a = (1..1100000) | reverse %}'), /too much memory/, 'index.html');
  fits(
    await liquid('{% assign a = (1..1100000) | reverse %}{{ a.first }}', { stranger: false }),
    /^1100000$/,
  );
  const data = `[${'{a},'.repeat(MB / 4 - 2)}]`;
  fits(
    await page(
      { 'index.html': `${FRONT}{{ site.data.a.size }}`, '_data/a.yml': data },
      { stranger: false },
    ),
    /^\d+$/,
  );
  refused(
    await page({ 'index.html': `${FRONT}{{ site.data.a.size }}`, '_data/a.yml': data }),
    /more than the memory that is left/,
    '_data/a.yml',
  );
});

test('no project can set its own limits', async () => {
  const core = await makeCore(LiveCore, module);
  core.tell('theme', theme);
  core.tell('live_stranger');
  core.tell('options', '{"stranger":false,"limits":{"steps":1000000000}}');
  core.tell(
    'put',
    '_config.yml',
    'limits: {steps: 1000000000}\nstranger: false\nmeridian: {stranger: false}\n',
  );
  core.tell(
    'put',
    'index.html',
    `---\nstranger: false\n---\n{% for i in (1..2010000) %}{% endfor %}end`,
  );
  core.tell('list', '{"files":[],"complete":true}');
  assert.match(
    core
      .view('/')
      .json.diagnostics.map(({ remedy }) => remedy)
      .join(),
    /2 million steps/,
  );
});

testNesting('live');

test('pages are checked a few at a time, without the sources', async () => {
  const files = {
    '_config.yml': 'title: T\npaginat: 3\n',
    '_includes/both.html': '<a href="/of-both/">x</a>\n',
    'a.md': '---\nlayout: none\n---\n[x](/of-a/) {% include both.html %} {{ 1 | nothing }}\n',
    'b.md': '---\nlayout: none\n---\n{% include both.html %} [y](/of-b/)\n',
    'c.md': '---\nlayout: none\n---\nNothing.\n',
  };
  const core = await live(files);
  const { pages } = core.checkPages(['/a.html', '/b.html', '/nowhere/', '/c.html']);
  const links = pages.map((found) =>
    found.map(({ message, file }) => `${/`([^`]*)`/.exec(message)?.[1] ?? message} in ${file}`),
  );
  // What stands in a file that pages share is told with the first one.
  assert.deepEqual(links, [
    ["unknown filter 'nothing' in a.md", '/of-both/ in _includes/both.html', '/of-a/ in a.md'],
    ['/of-b/ in b.md'],
    [],
    [],
  ]);
  const settings = core.check('/a.html').diagnostics.filter(({ file }) => file === '_config.yml');
  assert.equal(settings.length, 1);
  assert.deepEqual(core.checkPages([]).pages, []);
});
