// The site's core converts kramdown by another module, the editor's core has it linked: both give
// the same pages, whatever a site's settings are.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Core, NEEDS, READY, makeCore, makeKramdown, makeRouge } from '../../web/engine/abi.js';

const moduleOf = (name) => new WebAssembly.Module(readFileSync(`build/wasm/${name}.wasm`));
const [meridian, live, kramdown, rouge] = ['meridian', 'live', 'kramdown', 'rouge'].map(moduleOf);
const theme = readFileSync('build/wasm/theme.txt');

const TEXT = `# A "heading" -- *with* \`code\`

It's "quoted", 'too' ... <<so>> &mdash; &eacute; [known], [other](b.md) and ![a](c.png){: .wide}.
A line
after it costs $5 and $x^2$ $$y$$; *[HTML]: Hyper

* one
  - two

    \`\`\`ruby
    def a; end
    \`\`\`

| a | b |
|---|:-:|
| 1 | 2 |

<div markdown="1">**in** <a href="b.md">it</a></div>

A note[^1] about \`x = 1\`{:.language-ruby}.

[^1]: See [it](b.md#a).

{::options parse_block_html="true" footnote_nr="3" /}

<p>*inside*</p>

* toc
{:toc}
`;
const SETTINGS = {
  none: '',
  'quotes by name': 'kramdown: {smart_quotes: "laquo,raquo,bdquo,ldquo"}',
  'quotes by number': 'kramdown: {smart_quotes: [8216, 8217, 171, 187]}',
  'no quotes': 'kramdown: {smart_quotes: "apos,apos,quot,quot"}',
  'definitions of links': 'kramdown: {link_defs: {known: [/here/, "A title"], other: [/there/]}}',
  'links without title': 'kramdown:\n  link_defs:\n    Known: [/here/]\n    bad: 1\n    none: []\n',
  'plain kramdown': 'kramdown: {input: kramdown, hard_wrap: true}',
  'hard wraps': 'kramdown: {hard_wrap: true, auto_ids: false}',
  entities:
    'kramdown: {entity_output: symbolic, typographic_symbols: {mdash: "--", hellip: "..."}}',
  'levels of contents': 'kramdown: {toc_levels: 2..3, auto_id_prefix: "id-", header_offset: 1}',
  footnotes: 'kramdown: {footnote_nr: 7, footnote_prefix: "p-", footnote_backlink: "up"}',
  'code without colours': 'highlighter: none',
  'lines of code': 'kramdown: {syntax_highlighter_opts: {block: {line_numbers: true}}}',
  'no highlighter': 'kramdown: {syntax_highlighter: coderay}',
  dollars: 'meridian: {math: dollars}',
  'links to sources': 'plugins: [jekyll-relative-links]',
  'links in notes': 'meridian: {notes: true}\nplugins: [jekyll-relative-links]',
  'not a map': 'kramdown: [a, b]',
  'odd values':
    'kramdown: {toc_levels: x, "é\\"\\\\\\u0001": ["\\u2028"], footnote_nr: 99999999999}',
};
const FILES = {
  'b.md': '---\ntitle: B\n---\nText.\n',
  'c.png': '',
  '_layouts/t.html':
    '{{ "it\'s -- \\"so\\"" | smartify }}|{{ page.title | markdownify }}|{{ content }}',
};

/** The page of a text by one of the cores, when nothing more is needed. */
async function pageBy(module, settings, text, others) {
  const core = await makeCore(Core, module, others);
  core.tell('theme', theme);
  core.tell('options', '{"theme":"site","time":"2026-01-01T00:00:00Z"}');
  const files = {
    ...FILES,
    '_config.yml': settings,
    'index.md': `---\nlayout: t\ntitle: "**T**"\n---\n${text}`,
  };
  for (const [path, data] of Object.entries(files)) core.tell('put', path, data);
  core.tell('list', JSON.stringify({ files: Object.keys(files), complete: true }));
  for (;;) {
    const { status, html, json } = core.render('/');
    if (status === READY) return html;
    assert.ok(status === NEEDS && json.paths.length, JSON.stringify(json));
    for (const path of json.paths) core.tell('put_missing', path);
  }
}

/** @param {boolean} colours */
function othersOf(colours) {
  const others = colours ? { rouge: makeRouge(rouge) } : {};
  return { ...others, kramdown: makeKramdown(kramdown, others) };
}

for (const [name, settings] of Object.entries(SETTINGS))
  test(`pages of both are the same: ${name}`, async () => {
    for (const colours of [false, true]) {
      const others = othersOf(colours);
      const page = await pageBy(meridian, settings, TEXT, others);
      assert.equal(page, await pageBy(live, settings, TEXT, { rouge: others.rouge }));
      assert.match(page, /<em>with<\/em>/);
    }
  });

test('settings are read, and have effects', async () => {
  const page = (name) => pageBy(meridian, SETTINGS[name], TEXT, othersOf(true));
  assert.match(await page('none'), /“quoted”[^]*<span class="k">def<\/span>/);
  assert.match(await page('quotes by name'), /„quoted“/);
  assert.match(await page('definitions of links'), /<a href="\/here\/" title="A title">known<\/a>/);
  assert.match(await page('links to sources'), /<a href="\/b.html">other<\/a>[^]*\/b.html#a/);
  assert.doesNotMatch(await page('code without colours'), /<span class="k">/);
  assert.match(await page('footnotes'), /id="fnref:p-1"/);
});

test('a module that trapped is made anew', async () => {
  let broken = true;
  const whole = makeKramdown(kramdown, {});
  const breaking = (request) => (broken ? new Uint8Array(4) : whole(request));
  const core = await makeCore(Core, meridian, { kramdown: breaking });
  core.tell('theme', theme);
  core.tell('put', '_config.yml', '');
  core.tell('put', 'index.md', '---\n---\n*x*\n');
  core.tell('list', '{"files":["_config.yml","index.md"],"complete":true}');
  assert.throws(() => core.render('/'), /unreachable/);
  broken = false;
  assert.match(await pageBy(meridian, '', '*x*\n', { kramdown: breaking }), /<em>x<\/em>/);
});
