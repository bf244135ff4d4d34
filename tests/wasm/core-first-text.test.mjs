// The reader of first/markdown.js beside the core: what it shows of a text has to be what the core
// makes of its beginning, or the page would jump when that takes its place.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Core, makeCore } from '../../web/engine/abi.js';
import { firstBlocks } from '../../web/first/markdown.js';
import { cpuTime } from './cpu.mjs';

const module = new WebAssembly.Module(readFileSync('build/wasm/meridian.wasm'));
const theme = readFileSync('build/wasm/theme.txt');
const FRONT = '---\n---\n';
const SITE = { root: '/' };

/** What the core makes of each text, as a page without a layout. */
async function rendered(texts, config = '') {
  const core = await makeCore(Core, module, () => undefined);
  core.tell('theme', theme);
  core.tell('options', '{"theme":"site","time":"2026-01-01T00:00:00Z"}');
  core.tell('put', '_config.yml', `title: T\n${config}`);
  texts.forEach((text, at) => core.tell('put', `p${at}.md`, FRONT + text));
  core.tell('list', '{"files":[]}');
  return texts.map((_, at) => core.render(`/p${at}.html`).html ?? '');
}

const ENTITIES = { nbsp: '\u00a0', mdash: '—', ndash: '–', copy: '©', hellip: '…', quot: '"' };
/**
 * HTML without what changes no line of the page: ids of headings, colours of code, comments, marks
 * of abbreviations, white space between blocks, ways to write a character.
 */
const plain = (html) =>
  html
    .replace(/<!--[^]*?-->|<\/?abbr[^>]*>/g, '')
    .replace(/(<h\d[^>]*?) id="[^"]*"/g, '$1')
    .replace(/<pre class="highlight"><code>[^]*?<\/code>/g, (code) =>
      code.replace(/<\/?span[^>]*>/g, ''),
    )
    .replace(/ ?\/>/g, '>')
    .replace(/&(nbsp|mdash|ndash|copy|hellip|quot);/g, (_, name) => ENTITIES[name])
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&gt;/g, '>')
    .replace(/[ \n\t]+/g, ' ')
    .replace(/ ?(<\/?(?:p|h\d|[uo]l|li|blockquote|hr|div|br|center|pre)\b[^>]*>) ?/g, '$1')
    .trim();

/** Compares; returns how many texts have a beginning that is shown. */
async function compare(named, config) {
  const texts = named.map(([, text]) => text);
  const made = await rendered(texts, config);
  let shown = 0;
  named.forEach(([name, text], at) => {
    // A mistake that takes the place of a page is not in its beginning.
    if (!made[at] || made[at].includes('meridian-error')) return;
    const ours = plain(firstBlocks(FRONT + text, true, SITE));
    if (ours) shown++;
    const whole = plain(made[at]);
    if (!whole.startsWith(ours)) assert.equal(ours, whole.slice(0, ours.length), name);
    // Cut off anywhere, as it arrives: nothing is shown that the whole text would not have.
    for (const end of [40, 200, text.length >> 1]) {
      const early = plain(firstBlocks(FRONT + text.slice(0, end), false, SITE));
      if (!whole.startsWith(early))
        assert.equal(early, whole.slice(0, early.length), `${name} cut`);
    }
  });
  return shown;
}

const withoutFront = (text) => text.replace(/^---\n(?:[^]*?\n)??---\n/, '');

test('formulas between single dollars, where a site asks for them', async () => {
  const texts = [
    '$a*b*c$ and *d*',
    'First\n\nIt is *so* that $x_1$ and $y_1$',
    'It costs $5, *not* $6',
  ];
  const named = texts.map((text) => [text, `${text}\n\nMore.\n`]);
  assert.equal(await compare(named, 'meridian: {math: dollars}\n'), 2);
});

test('kramdown as Jekyll calls it', async () => {
  const text = readFileSync('tests/spec/kramdown-sites.txt', 'utf8');
  const cases = [...text.matchAll(/^`{20,} example (\S+)[^\n]*\n([^]*?)\n?^\.\n/gm)].map(
    ([, name, source]) => [name, withoutFront(source.replaceAll('→', '\t'))],
  );
  assert.ok(cases.length > 150);
  assert.ok((await compare(cases)) > 25);
});

test('the texts of the demo and of the docs', async () => {
  const files = ['content', 'docs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
  const texts = files.map((file) => [file, withoutFront(readFileSync(file, 'utf8'))]);
  assert.ok((await compare(texts)) > 40);
});

test('what people begin a page with', async () => {
  const texts = [
    'A line,\nand *another* one with **strong** `code` and a [link](/x/ "title").\n',
    'One  \ntwo\n\n- a\n- b *c*\n\nEnd.\n',
    '# Title\n\nText\n\n## Part ##\n\nText\n',
    'Title\n=====\n\n1. one\n2. two\n   goes on\n\nText\n',
    "> \"Quoted\" -- said---so...\n> again\n\nIt's 'so'.\n",
    '```js\nlet a = "<b>";\n```\n\nText\n',
    '{: .notice}\nText\n\nText\n{: .wide #here}\n\n[b](c){:target="_blank"}\n',
    '<p id="a">As <em>HTML</em> is</p>\n\n<!-- nothing -->\n\nText with <br> and <b>bold</b>.\n',
    'A < b & c > d, AT&T &copy; snake_case_word\n',
    '![A picture](/a.png)\n\nText 10–20, 5 * 3 = 15.\n',
    '* * *\n\nText\n\n---\n\nText\n',
    '你好，*世界*。\n\nمرحبا **بك**\n',
  ];
  const made = texts.map((text) => [text, text]);
  assert.equal(await compare(made), texts.length);
});

test('Liquid: addresses of the site alone', () => {
  const read = (text, site = { root: '/my site/' }) => firstBlocks(FRONT + text, true, site);
  assert.equal(
    read('[a]({{ "/b/" | relative_url }}) {{ site.baseurl }}/c\n\n{{ page.title }}\n\nlost\n', {
      root: '/r/',
    }),
    '<p><a href="/r/b/">a</a> /r/c</p>',
  );
  for (const text of ['{{ x }}\n', 'a {% if b %}c{% endif %}\n', '{% raw %}\n\na\n', '[a]: b\n'])
    assert.equal(read(text), '', text);
});

test('no text takes long, and none runs code', () => {
  const N = 100_000;
  const around = (open, close) => open.repeat(N) + 'x' + close.repeat(N);
  for (const text of [
    around('*', '*'),
    around('**a _b ', '_ **'),
    around('[', '](u)'),
    around('<b>', '</b>'),
    around('> ', ''),
    '`'.repeat(N),
    '`a'.repeat(N),
    '"a '.repeat(N),
    'a\n'.repeat(N),
    '- a\n'.repeat(N),
    '\n'.repeat(N),
    '{:' + '.abc="1"'.repeat(N),
    '<p a="' + 'a="1" '.repeat(N),
    '---\n'.repeat(N),
    '<!--'.repeat(N),
    '[a](' + '(b)'.repeat(N),
  ])
    assert.ok(cpuTime(() => firstBlocks(FRONT + text, true, SITE)) < 2000, text.slice(0, 20));
  for (const text of ['<a href="x" onclick="alert()">a</a>\n', '[a](b){: onclick="alert()"}\n'])
    assert.equal(firstBlocks(FRONT + text, true, SITE), '', text);
  // Quotes stay in their attribute.
  assert.equal(
    firstBlocks(`${FRONT}[a](b"onclick="c)\n`, true, SITE),
    '<p><a href="b&quot;onclick=&quot;c">a</a></p>',
  );
});
