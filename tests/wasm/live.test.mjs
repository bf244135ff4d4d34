// What live.wasm tells an editor about a page: the data of its templates, the tree of its Markdown.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { makeCore } from '../../web/abi.js';
import { LiveCore } from '../../web/playground/worker.js';

const module = new WebAssembly.Module(readFileSync('build/wasm/live.wasm'));
const theme = readFileSync('build/wasm/theme.txt');

/** A core that has these files. */
async function live(files) {
  const core = await makeCore(LiveCore, module, () => undefined);
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
  'index.md': '---\ntitle: Home\nlayout: none\nnothing:\n---\n\n# A heading\n\nSome *text* and [a link](/x).\n\n- one\n- two\n',
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
  assert.deepEqual(site.entries.find(({ key }) => key === 'posts'), { key: 'posts', kind: 'array', size: 2 });
  for (const key of ['pages', 'data', 'tags', 'time', 'title', 'fruits']) assert.ok(keys(site).includes(key), key);
  const { entries } = core.look('/', ['site', 'fruits']);
  assert.deepEqual(entries.map(({ kind, text, size }) => [kind, text ?? size]), [['string', 'apple'], ['map', 1], ['nil', undefined], ['float', '1.5'], ['boolean', 'true']]);
  assert.deepEqual(core.look('/', ['site', 'fruits', 1]).entries, [{ key: 'pear', kind: 'integer', text: '2' }]);
  assert.equal(core.look('/', ['site', 'data', 'places', 1]).text, '北京');
  assert.deepEqual(core.look('/', ['site', 'posts']).entries.map(({ kind, text }) => [kind, text]), [['map', '/2021/01/02/two.html'], ['map', '/2020/01/02/one.html']]);
  assert.equal(core.look('/', ['site', 'posts', 0, 'title']).text, 'Two');
  assert.equal(core.look('/', ['site', 'posts', 1]).entries.find(({ key }) => key === 'content').text, '<p>Text of one.</p>\n');
  assert.equal(core.look('/', ['site', 'tags', 'a', 0, 'title']).text, 'Two');
  assert.deepEqual(core.look('/', ['site', 'posts', 99, 'x', 3]), { kind: 'nil' });
  assert.equal(core.look('/nowhere/', ['page']), undefined);
});

test('long texts and long lists are shown by their beginning', async () => {
  const core = await live({ ...FILES, '_data/long.yml': `text: ${'é'.repeat(300)}\nlist: [${Array.from({ length: 1500 }, (_, i) => i)}]\n` });
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
  assert.deepEqual(tree.children.map(({ type, line }) => [type, line]), [['Header', 7], ['Paragraph', 9], ['UnorderedList', 11]]);
  assert.equal(tree.children[0].level, 1);
  assert.deepEqual(tree.children[1].children.map(({ type, text }) => [type, text]), [['Text', 'Some '], ['Emphasis', undefined], ['Text', ' and '], ['Link', undefined], ['Text', '.']]);
  assert.deepEqual(tree.children[1].children[3].attributes, { href: '/x' });
  const made = await live({ ...FILES, 'index.md': '---\nlayout: none\n---\n{% for i in (1..3) %}\n# {{ i }}\n{% endfor %}\n' });
  assert.deepEqual(made.outline('/').children.map(({ type, line }) => [type, line]), [['Header', undefined], ['Header', undefined], ['Header', undefined]]);
  assert.equal((await live({ ...FILES, 'a.html': '---\n---\n<p>x' })).outline('/a.html'), undefined);
});

test('what was asked changes nothing of the page', async () => {
  const core = await live(FILES);
  const { html } = core.render('/');
  core.look('/', ['site', 'posts', 0]);
  core.outline('/');
  assert.equal(core.render('/').html, html);
});
