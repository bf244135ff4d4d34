// Every limit of the core, driven to its maximum in the delivered module: what just fits is rendered, what does not is an
// error that names the limit, and the same instance still renders a plain page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Trap, makeCore } from '../../web/abi.js';

const module = new WebAssembly.Module(readFileSync('build/wasm/meridian.wasm'));
const theme = readFileSync('build/wasm/theme.txt');
const MB = 1 << 20;
const FRONT = '---\n---\n';
const LONGEST = 60_000; // milliseconds; 30 s is what a visitor waits at most, and this machine may be busy

/** Renders a page of a site of these files, then a plain one. */
async function page(files, url = '/') {
  const core = await makeCore(module, () => undefined);
  core.tell('theme', theme);
  core.tell('options', '{"theme":"site","time":"2026-01-01T00:00:00Z"}');
  for (const [path, data] of Object.entries({ '_config.yml': 'title: T\n', 'plain.md': `${FRONT}plain\n`, ...files })) core.tell('put', path, data);
  core.tell('list', '{"files":[]}');
  const begin = performance.now();
  const answer = core.render(url);
  assert.ok(performance.now() - begin < LONGEST, 'too slow');
  assert.equal(core.render('/plain.html').html, '<p>plain</p>\n');
  assert.ok(core.instance.bytes(0, 0).buffer.byteLength <= 1024 * MB);
  const errors = answer.json.diagnostics.filter(({ severity }) => severity === 'error').map(({ message, remedy }) => `${message}: ${remedy}`);
  return { html: answer.html, errors };
}
const liquid = (text, files = {}) => page({ 'index.html': FRONT + text, ...files });
const kramdown = (text) => page({ 'index.md': FRONT + text });
const data = (name, text, shown = '{{ site.data.a.size }}') => liquid(shown, { [`_data/a.${name}`]: text });

function fits({ html, errors }, check = /./) {
  assert.deepEqual(errors, []);
  assert.ok(typeof check === 'function' ? check(html) : check.test(html), html.slice(0, 200));
}
function refused({ errors }, words) {
  assert.equal(errors.length, 1, errors.join('\n'));
  assert.match(errors[0], words);
}

test('a source of 16 MB', async () => {
  const line = 'Some *words* of a [text](http://example.org/) that goes on and on, to the end of the line.\n\n';
  const room = 16 * MB - FRONT.length;
  fits(await kramdown(line.repeat(room / line.length)), (html) => html.length > 16 * MB);
  refused(await kramdown('a'.repeat(room + 1)), /larger than 16 MB/);
});

test('2.5 million marks of Markdown, of each kind that takes much memory', async () => {
  for (const [marks, text] of [[5, '|a|b|\n'], [2, '`a` '], [3, '- a\n'], [1, '['], [2, '1. a\n']]) {
    const some = (count) => text.repeat(count / marks);
    fits(await kramdown(some(2_500_000)));
    refused(await kramdown(some(2_500_000 + 2 * marks)), /more than 2.5 million marks/);
  }
});

test('256 MB of files', async () => {
  const many = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`${i}.bin`, new Uint8Array(16 * MB)]));
  fits(await page({ ...many, 'index.md': `${FRONT}here\n` }), /here/);
});

const megabyte = '{% assign s = "0123456789abcdef" %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}';

test('64 MB of output, by text and by tags', async () => {
  fits(await liquid(megabyte + '{{ s }}'.repeat(64)), (html) => html.length === 64 * MB);
  refused(await liquid(megabyte + '{{ s }}'.repeat(65)), /too large/);
  refused(await liquid('{% tablerow i in (1..100000000) %}{% endtablerow %}'), /too large/);
});

test('a string of 64 MB', async () => {
  const doubled = (times) => `${megabyte}{% for i in (1..${times}) %}{% assign s = s | append: s %}{% endfor %}{{ s.size }}`;
  fits(await liquid(doubled(6)), /^67108864$/);
  refused(await liquid(doubled(7)), /too large/);
});

test('a hundred million steps', async () => {
  fits(await liquid('{% for i in (1..99) %}{% for j in (1..500000) %}{% endfor %}{% endfor %}end'), /^end$/);
  refused(await liquid('{% for i in (1..999) %}{% for j in (1..500000) %}{% endfor %}{% endfor %}'), /too many steps/);
});

test('512 MB of values in a render', async () => {
  fits(await liquid('{% assign a = (1..4000000) | reverse %}{{ a.first }}'), /^4000000$/);
  refused(await liquid('{% assign a = (1..100000000) | reverse %}'), /too much memory/);
  refused(await liquid('{% assign a = "a,b" | split: "," %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}'), /too (much|many)/);
});

test('a hundred blocks, a hundred includes, a thousand of both', async () => {
  const blocks = (n) => '{% if true %}'.repeat(n) + 'x' + '{% endif %}'.repeat(n);
  fits(await liquid(blocks(100)), /^x$/);
  refused(await liquid(blocks(101)), /Nesting too deep/);
  const includes = (n) => liquid('{% assign n = 0 %}{% include a.html %}', {
    '_includes/a.html': `{% assign n = n | plus: 1 %}x{% if n < ${n} %}{% include a.html %}{% endif %}`,
  });
  fits(await includes(99), /^x{99}$/);
  refused(await includes(101), /Nesting too deep/);
  refused(await liquid('{% include a.html %}', { '_includes/a.html': '{% if true %}'.repeat(99) + '{% include a.html %}' + '{% endif %}'.repeat(99) }), /Nesting too deep/);
});

test('a hundred brackets in an expression, and many more', async () => {
  for (const n of [100, 100_000]) fits(await liquid(`{{ ${'a['.repeat(n)}b${']'.repeat(n)} }}end`), /end$/);
});

test('Markdown, nested to the limit and far beyond it', async () => {
  for (const n of [1000, 30_000]) {
    const around = (open, close) => `${open.repeat(n)}x${close.repeat(n)}\n`;
    for (const text of ['> '.repeat(n) + 'x', '- '.repeat(n) + 'x', around('<div markdown="1">\n', '\n</div>'), around('<b>', '</b>'), around('*a **b ', '** *'),
      around('[', '](u)'), around('![', '](u)'), around('<div>\n', '\n</div>'), around('[^1]\n\n[^1]: ', '')]) {
      fits(await kramdown(text), /x/);
    }
  }
  fits(await kramdown(Array.from({ length: 1000 }, (_, i) => '  '.repeat(i) + '- x\n').join('')), /x/);
});

test('a table of 1024 columns and a million cells; one that is wider is text', async () => {
  const rows = (columns, count) => `|${'a|'.repeat(columns)}\n`.repeat(count);
  fits(await kramdown(rows(1024, 976)), (html) => html.split('<td>').length > 999_000);
  for (const columns of [1025, 100_000]) fits(await kramdown(rows(columns, 10)), /^<p>\|a\|/);
});

test('a thousand nested lists or maps of data', async () => {
  const nested = (n) => '['.repeat(n) + ']'.repeat(n);
  const shown = '{{ site.data.a | jsonify }}';
  for (const [kind, text] of [['yml', nested], ['json', nested], ['yml', (n) => Array.from({ length: n }, (_, i) => ' '.repeat(i) + 'a:\n').join('')]]) {
    fits(await data(kind, text(990), shown));
    refused(await data(kind, text(1002), shown), /deeper than 1000 levels/);
  }
});

test('ten million values of data, and keys of 1024 letters', async () => {
  const values = (n) => `a: &a [${'x,'.repeat(99_998)}x]\nb: [${'*a,'.repeat(n - 1)}*a]\n`;
  fits(await data('yml', values(98), '{{ site.data.a.b.size }}'), /^98$/);
  refused(await data('yml', values(100)), /more than 10 million values/);
  refused(await data('yml', values(1000)), /more than 10 million values/);
  fits(await data('yml', `${'k'.repeat(1024)}: 1\n`, '{{ site.data.a | jsonify | size }}'), /^1030$/);
  assert.ok((await data('yml', `${'k'.repeat(1025)}: 1\n`)).errors.length === 1);
  refused(await data('csv', `a,b\n${'1,2\n'.repeat(4_000_000)}`), /more than 10 million fields/);
});

test('two hundred diagnostics', async () => {
  const { errors, html } = await liquid('{{ a | nosuchfilter }}x\n'.repeat(5000));
  assert.deepEqual(errors, []); // they are warnings
  assert.equal(html.length, 10_000);
});

test('a gigabyte of memory: the instance stops, and a new one knows nothing of it', async () => {
  const core = await makeCore(module, () => undefined);
  core.tell('theme', theme);
  assert.throws(() => {
    for (let i = 0; i < 100; i++) core.tell('put', `${i}.bin`, new Uint8Array(16 * MB));
  }, Trap);
  fits(await kramdown('here'), /here/);
});
