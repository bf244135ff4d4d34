// Every limit of the core, driven to its maximum in the delivered module: the largest allowed input
// is rendered, a larger one is an error that names the limit, and the same instance still renders a
// plain page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Core, Trap, makeCore, makeKramdown } from '../../web/engine/abi.js';
import { cpuTime } from './cpu.mjs';
import { testNesting } from './small_stack.mjs';

const moduleOf = (name) => new WebAssembly.Module(readFileSync(`build/wasm/${name}.wasm`));
const [module, kramdownModule] = ['meridian', 'kramdown'].map(moduleOf);
const theme = readFileSync('build/wasm/theme.txt');
const MB = 1 << 20;
const FRONT = '---\n---\n';
// Milliseconds of work on any machine; anything that is not linear takes many times that.
const LONGEST = 30_000;

/** Renders a page of a site of these files, then a plain one. */
async function page(files, url = '/') {
  const core = await makeCore(Core, module, { kramdown: makeKramdown(kramdownModule, {}) });
  core.tell('theme', theme);
  core.tell('options', '{"theme":"site","time":"2026-01-01T00:00:00Z"}');
  for (const [path, data] of Object.entries({
    '_config.yml': 'title: T\n',
    'plain.md': `${FRONT}plain\n`,
    ...files,
  }))
    core.tell('put', path, data);
  core.tell('list', '{"files":[]}');
  let answer;
  assert.ok(cpuTime(() => (answer = core.render(url))) < LONGEST, 'too slow');
  assert.equal(core.render('/plain.html').html, '<p>plain</p>\n');
  assert.ok(core.instance.bytes(0, 0).buffer.byteLength <= 1024 * MB);
  const said = answer.json.diagnostics ?? [];
  const errors = said
    .filter(({ severity }) => severity === 'error')
    .map(({ message, remedy }) => `${message}: ${remedy}`);
  return { html: answer.html, errors, said };
}
const liquid = (text, files = {}) => page({ 'index.html': FRONT + text, ...files });
const kramdown = (text) => page({ 'index.md': FRONT + text });
const data = (name, text, shown = '{{ site.data.a.size }}') =>
  liquid(shown, { [`_data/a.${name}`]: text });

function fits({ html, errors }, check = /./) {
  assert.deepEqual(errors, []);
  assert.ok(typeof check === 'function' ? check(html) : check.test(html), html.slice(0, 200));
}
function refused({ errors }, words) {
  assert.equal(errors.length, 1, errors.join('\n'));
  assert.match(errors[0], words);
}

testNesting('meridian');

test('a source of 16 MB', async () => {
  const line =
    'Some *words* of a [text](http://example.org/) that goes on and on, to the end of the line.\n\n';
  const room = 16 * MB - FRONT.length;
  fits(await kramdown(line.repeat(room / line.length)), (html) => html.length > 16 * MB);
  refused(await kramdown('a'.repeat(room + 1)), /larger than 16 MB/);
});

test('2.5 million marks of Markdown, of each kind that takes much memory', async () => {
  for (const [marks, text] of [
    [4, '|a|\n'],
    [2, '*a* '],
    [3, '- a\n'],
    [1, '['],
    [2, '1. a\n'],
  ]) {
    const some = (count) => text.repeat(count / marks);
    fits(await kramdown(some(2_500_000)));
    refused(await kramdown(some(2_500_000 + 2 * marks)), /more than 2.5 million marks/);
  }
});

test('64 MB of a page by Markdown alone', async () => {
  const ampersands = (megabytes) => kramdown('&'.repeat(megabytes * MB));
  fits(await ampersands(12), (html) => html.length > 60 * MB);
  const { html, errors } = await ampersands(13);
  refused({ errors }, /more than 64 MB/);
  assert.match(html, /meridian-error/);
});

test('256 MB of files; of one more only the name is there', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => [`${i}.bin`, new Uint8Array(16 * MB)]),
  );
  const rest = (size) => ({
    ...many,
    'index.html': `${FRONT}{{ site.static_files.size }}`,
    'last.bin': new Uint8Array(16 * MB - 10_000),
    '_data/b.csv': `a\n${'x'.repeat(size)}`,
  });
  fits(await page(rest(9000)), /^16$/);
  refused(await page(rest(12_000)), /more than half of the memory/);
  fits(
    await liquid('{{ site.data.b[0].a.size }}', {
      ...rest(9000),
      'index.html': `${FRONT}{{ site.data.b[0].a.size }}`,
    }),
    /^9000$/,
  );
  refused(
    await page({ ...rest(12_000), 'index.html': `${FRONT}{{ site.data.b[0].a.size }}` }),
    /more than half of the memory/,
  );
});

// The largest number of each kind that the memory holds, and 16 MB of it: a diagnostic at the
// place, and the rest of the page is there.
const dense = (text, size) => text.repeat(size / text.length);
const DENSE = 16 * MB - 5000;
for (const [name, file, some] of [
  ['YAML', 'yml', (size) => dense('- a: b\n', size)],
  ['YAML in one line', 'yml', (size) => `[${dense('{a},', size)}]`],
  ['JSON', 'json', (size) => `[${dense('{"a":1},', size)}{"a":1}]`],
  ['CSV', 'csv', (size) => `a\n${dense('1\n', size)}`],
  ['TSV', 'tsv', (size) => `a\n${dense('""\n', size)}`],
]) {
  test(`the memory that is left for data: ${name}`, async () => {
    fits(await data(file, some(3 * MB)), /^\d{6}\d?$/);
    const page = await liquid('{{ site.data.a.size }}{{ site.data.b.c }}', {
      [`_data/a.${file}`]: some(DENSE),
      '_data/b.yml': 'c: there',
    });
    refused(page, /more than the memory that is left: split the file/);
    assert.match(page.html, /there$/);
    assert.equal(page.said[0].file, `_data/a.${file}`);
    assert.ok(page.said[0].line > 0);
  });
}

test('the memory that is left for front matter and the configuration', async () => {
  const text = dense('- a: b\n', DENSE);
  const page_ = await page({ 'index.html': `---\na:\n${text}---\nbody` });
  refused(page_, /more than the memory that is left/);
  assert.match(page_.html, /body/);
  refused(
    await page({ '_config.yml': `a:\n${text}`, 'index.html': `${FRONT}body` }),
    /more than the memory that is left/,
  );
});

test('the memory that is left for templates', async () => {
  const around = { '_layouts/a.html': '<main>{{ content }}</main>' };
  const long = (text, size) =>
    page({ 'index.html': `---\nlayout: a\n---\n${dense(text, size)}`, ...around });
  fits(await long('{{a|size}}', 3 * MB), /^<main>0*<\/main>$/);
  for (const text of [
    '{{a|b}}',
    '{% link a %}',
    '{% assign a = b | c: d, e %}',
    '{% if a == b or c %}{% endif %}',
  ]) {
    const { errors, html } = await long(text, DENSE);
    assert.match(errors.join(), /^Memory limits exceeded: the template is too large$/);
    assert.match(html, /^<main>[^]*<\/main>$/);
  }
});

test('a megabyte of one tag', async () => {
  for (const [open, piece, close] of [
    ['{{ a', '|size', '}}'],
    ['{{ a | slice: 1', ',1', '}}'],
    ['{% if a', ' or a', '%}{% endif %}'],
    ['{% case a %}{% when a', ',a', '%}{% endcase %}'],
    ['{{ a', '.b', '}}'],
    ['{{ a', '[b]', '}}'],
    ['{% cycle a', ',a', '%}'],
    ['{% include a x=1', ' a=1', '%}'],
  ]) {
    const tag = (size) =>
      liquid(open + dense(piece, Math.floor((size - 30) / piece.length) * piece.length) + close, {
        '_includes/a': '',
      });
    const { errors } = await tag(MB);
    assert.doesNotMatch(errors.join(), /too large/);
    refused(await tag(MB + 100), /the template is too large/);
  }
});

test('a thousand rules for files, a hundred layouts', async () => {
  const rules = (n) =>
    page({
      '_config.yml': `defaults:\n${Array.from({ length: n }, (_, i) => `- scope: {path: ""}\n  values: {k${i}: v}\n`).join('')}`,
      'index.html': `${FRONT}{{ page.title }}end`,
    });
  fits(await rules(1000), /^end$/);
  refused(await rules(1001), /`defaults` has more than 1000 entries/);
  const layouts = (n) =>
    page({
      'index.html': '---\nlayout: l1\n---\nx',
      ...Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `_layouts/l${i + 1}.html`,
          `---\nlayout: ${i + 1 < n ? `l${i + 2}` : ''}\n---\n{{ content }}.`,
        ]),
      ),
    });
  fits(await layouts(100), /^x\.{100}$/);
  refused(await layouts(101), /more than 100 layouts/);
});

const megabyte =
  '{% assign s = "0123456789abcdef" %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}';

test('64 MB of output, by text and by tags', async () => {
  fits(await liquid(megabyte + '{{ s }}'.repeat(64)), (html) => html.length === 64 * MB);
  refused(await liquid(megabyte + '{{ s }}'.repeat(65)), /more than 64 MB/);
  refused(await liquid('{% tablerow i in (1..100000000) %}{% endtablerow %}'), /more than 64 MB/);
});

test('a string of 64 MB', async () => {
  const doubled = (times) =>
    `${megabyte}{% for i in (1..${times}) %}{% assign s = s | append: s %}{% endfor %}{{ s.size }}`;
  fits(await liquid(doubled(6)), /^67108864$/);
  refused(await liquid(doubled(7)), /more than 64 MB/);
});

// Filters that make a long text of a shorter one, and those that read one again and again.
const long = (times, text = '0123456789abcdef') =>
  `{% assign s = "${text}" %}{% for i in (1..${times}) %}{% assign s = s | append: s %}{% endfor %}`;
const shared = (times) =>
  `${long(times)}{% assign a = "" | split: "" %}{% for i in (1..100) %}{% assign a = a | push: s %}{% endfor %}`;
const nested =
  '{% assign a = "x" | split: "," %}{% for i in (1..40) %}{% assign a = "" | split: "" | push: a | push: a %}{% endfor %}';
for (const [name, text] of Object.entries({
  escapes: `${long(22, '&&&&&&&&')}{{ s | escape | escape | size }}`,
  'line breaks': `${long(22, '\n\n\n\n')}{{ s | newline_to_br | size }}`,
  replacements: `${long(16)}{% assign w = "\\'" %}{% for i in (1..16) %}{% assign w = w | append: w %}{% endfor %}{{ s | replace: "0", w | size }}`,
  dates: `${long(16, '%1000d%1000d')}{{ "2020-01-01" | date: s | size }}`,
  glue: `${long(21)}{{ (1..100) | join: s | size }}`,
  'JSON of one text a hundred times': `${shared(20)}{{ a | jsonify | size }}`,
  inspect: `${shared(20)}{{ a | inspect | size }}`,
  sentences: `${shared(20)}{{ a | array_to_sentence_string | size }}`,
  'lower case for sorting': `${shared(19)}{{ a | sort_natural | size }}`,
  'captures in captures':
    long(21) +
    Array.from({ length: 60 }, (_, i) => `{% capture a${i} %}{{ s }}`).join('') +
    '{% endcapture %}'.repeat(60),
  'characters of a long text': `${long(22)}{{ s | split: "" | size }}`,
  'Markdown in a loop': `${long(16, '*a *b *c ')}{% for i in (1..10000000) %}{% assign x = s | markdownify %}{% endfor %}`,
  'smart quotes': `${long(21, "'a' -- ")}{{ s | smartify | size }}`,
  'lists that hold themselves many times: hashing': `${nested}{% for i in (1..1000) %}{% assign b = "" | split: "" | push: a | push: a | uniq %}{% endfor %}`,
  comparing: `${nested.replaceAll('push: a | push: a', 'push: a')}${nested.replaceAll(' a ', ' b ').replaceAll(': a', ': b')}{% for i in (1..10000) %}{% if a == b %}{% endif %}{% endfor %}`,
  'comparing long texts': `${long(20)}{% assign t = s | append: "" %}{% for i in (1..100000000) %}{% if s == t %}{% endif %}{% endfor %}`,
  'measuring long texts': `${long(20)}{% for i in (1..100000000) %}{% assign n = s.size %}{% endfor %}`,
  'a tag of a plugin':
    '{% for i in (1..100000000) %}{% for j in (1..100) %}{% endfor %}{% endfor %}',
})) {
  test(`steps, text and memory: ${name}`, async () => {
    const { errors, html } = await liquid(text);
    assert.ok(
      errors.every((e) => /too (large|much|many)|more than/.test(e)),
      errors.join(),
    );
    assert.ok(errors.length === 1 || html.length < 1000, 'no limit');
  });
}

test('a search in a long text of few letters is linear', async () => {
  fits(
    await liquid(
      `${long(16, 'aaaaaaaa')}{% assign w = s | slice: 0, 200000 | append: "b" %}{% if s contains w %}x{% endif %}{{ s | remove: w | size }}`,
    ),
    /^524288$/,
  );
});

test('a hundred million steps', async () => {
  fits(
    await liquid('{% for i in (1..99) %}{% for j in (1..500000) %}{% endfor %}{% endfor %}end'),
    /^end$/,
  );
  refused(
    await liquid('{% for i in (1..999) %}{% for j in (1..500000) %}{% endfor %}{% endfor %}'),
    /too many steps/,
  );
});

test('512 MB of values in a render', async () => {
  fits(await liquid('{% assign a = (1..4000000) | reverse %}{{ a.first }}'), /^4000000$/);
  refused(await liquid('{% assign a = (1..100000000) | reverse %}'), /too much memory/);
  refused(
    await liquid(
      '{% assign a = "a,b" | split: "," %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}',
    ),
    /too (much|many)/,
  );
});

test('a hundred blocks, a hundred includes, a thousand of both', async () => {
  const blocks = (n) => '{% if true %}'.repeat(n) + 'x' + '{% endif %}'.repeat(n);
  fits(await liquid(blocks(100)), /^x$/);
  refused(await liquid(blocks(101)), /Nesting too deep/);
  const includes = (n) =>
    liquid('{% assign n = 0 %}{% include a.html %}', {
      '_includes/a.html': `{% assign n = n | plus: 1 %}x{% if n < ${n} %}{% include a.html %}{% endif %}`,
    });
  fits(await includes(99), /^x{99}$/);
  refused(await includes(100), /Nesting too deep/);
  refused(
    await liquid('{% include a.html %}', {
      '_includes/a.html':
        '{% if true %}'.repeat(99) + '{% include a.html %}' + '{% endif %}'.repeat(99),
    }),
    /Nesting too deep/,
  );
});

test('a hundred brackets in an expression, and many more', async () => {
  for (const n of [100, 100_000])
    fits(await liquid(`{{ ${'a['.repeat(n)}b${']'.repeat(n)} }}end`), /end$/);
});

test('Markdown, nested to the limit and far beyond it', async () => {
  for (const n of [1000, 30_000]) {
    const around = (open, close) => `${open.repeat(n)}x${close.repeat(n)}\n`;
    for (const text of [
      '> '.repeat(n) + 'x',
      '- '.repeat(n) + 'x',
      around('<div markdown="1">\n', '\n</div>'),
      around('<b>', '</b>'),
      around('*a **b ', '** *'),
      around('[', '](u)'),
      around('![', '](u)'),
      around('<div>\n', '\n</div>'),
      around('[^1]\n\n[^1]: ', ''),
    ]) {
      fits(await kramdown(text), /x/);
    }
  }
  fits(
    await kramdown(Array.from({ length: 1000 }, (_, i) => '  '.repeat(i) + '- x\n').join('')),
    /x/,
  );
});

test('a table of 1024 columns and a million cells; one that is wider is text', async () => {
  const rows = (columns, count) => `|${'a|'.repeat(columns)}\n`.repeat(count);
  // Rows that are filled up: a million cells, no more.
  fits(
    await kramdown(rows(1024, 1) + rows(1, 100_000)),
    (html) => html.split('<td>').length < 1_102_000,
  );
  fits(await kramdown(rows(1024, 976)), (html) => html.split('<td>').length > 999_000);
  for (const columns of [1025, 100_000]) fits(await kramdown(rows(columns, 10)), /^<p>\|a\|/);
});

test('a thousand nested lists or maps of data', async () => {
  const nested = (n) => '['.repeat(n) + ']'.repeat(n);
  const shown = '{{ site.data.a | jsonify }}';
  for (const [kind, text] of [
    ['yml', nested],
    ['json', nested],
    ['yml', (n) => Array.from({ length: n }, (_, i) => ' '.repeat(i) + 'a:\n').join('')],
  ]) {
    fits(await data(kind, text(1000), shown));
    refused(await data(kind, text(1001), shown), /deeper than 1000 levels/);
  }
});

test('ten million values of data, and keys of 1024 letters', async () => {
  const values = (n) => `a: &a [${'x,'.repeat(99_998)}x]\nb: [${'*a,'.repeat(n - 1)}*a]\n`;
  fits(await data('yml', values(98), '{{ site.data.a.b.size }}'), /^98$/);
  refused(await data('yml', values(100)), /more than 10 million values/);
  refused(await data('yml', values(1000)), /more than 10 million values/);
  fits(
    await data('yml', `${'k'.repeat(1024)}: 1\n`, '{{ site.data.a | jsonify | size }}'),
    /^1030$/,
  );
  assert.ok((await data('yml', `${'k'.repeat(1025)}: 1\n`)).errors.length === 1);
  const table = (rows) => data('csv', `${'a,'.repeat(99)}x\n${'\n'.repeat(rows)}`);
  fits(await table(10_000), /^10000$/);
  refused(await table(10_001), /lack more than a million fields/);
});

test('two hundred diagnostics', async () => {
  const { errors, html, said } = await liquid('{{ a | nosuchfilter }}x\n'.repeat(5000));
  assert.deepEqual(errors, []); // they are warnings
  assert.equal(said.length, 199); // and one place is left for an error
  assert.equal(html.length, 10_000);
});

test('a gigabyte of memory: the instance stops, and a new one knows nothing of it', async () => {
  const core = await makeCore(Core, module);
  core.tell('theme', theme);
  assert.throws(() => core.tell('theme', new Uint8Array(600 * MB)), Trap); // which is copied
  fits(await kramdown('here'), /here/);
});
