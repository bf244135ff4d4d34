// The first page without the core beside the core's own: the whole page has to be the same, or it
// would jump when the core's takes its place.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { framesOf } from '../../web/build/frames.mjs';
import { Core, NEEDS, makeCommonMark, makeCore, makeKramdown } from '../../web/engine/abi.js';

const WASM = 'build/wasm';
globalThis.MERIDIAN_FRAMES = JSON.parse(await framesOf(WASM));
const { firstPage } = await import('../../web/shell/first_page.js');

const modules = new Map();
/** @param {string} url or name of a module */
function compile(url) {
  const name = url.replace(/.*\//, '');
  if (!modules.has(name)) modules.set(name, new WebAssembly.Module(readFileSync(join(WASM, name))));
  return modules.get(name);
}
const theme = readFileSync(join(WASM, 'theme.txt'));
const bytes = (text) => (text === undefined ? null : new TextEncoder().encode(text));

/** The core's page where nothing but the configuration and the source is known. */
async function byCore(files, route) {
  const core = await makeCore(Core, compile('meridian.wasm'), {
    commonmark: await makeCommonMark(compile('commonmark.wasm')),
    kramdown: makeKramdown(compile('kramdown.wasm'), {}),
  });
  core.tell('theme', theme);
  core.tell('options', JSON.stringify({ url: 'https://a.example', time: new Date() }));
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  if (!('_config.yml' in files)) core.tell('put_missing', '_config.yml');
  core.tell('list', JSON.stringify({ files: Object.keys(files), complete: false }));
  for (;;) {
    const { status, html, json } = core.render(route);
    if (status !== NEEDS) return html;
    for (const path of json.paths ?? []) core.tell('put_missing', path);
    if (!json.paths?.length) return html;
  }
}

/** The first page of the same files. */
const byParser = (files, route = '/', root = '/') =>
  firstPage({
    route,
    root,
    folder: `${root}meridian/`,
    config: Promise.resolve(bytes(files['_config.yml'])),
    pages: (route === '/'
      ? ['index.md', 'README.md']
      : [`${route.replace(/^\/|\/$|\.html$/g, '')}.md`]
    ).map(async (path) => [path, bytes(files[path])]),
    load: async (name) => compile(`${name}.wasm`),
  });

/**
 * What changes no line: ids of headings, colours of code, where links lead; and what only the core
 * knows, the site's title where it is not a plain one, and the menu.
 */
const plain = (html) =>
  html
    .slice(html.indexOf('<body'))
    .replace(/(<h\d[^>]*?) id="[^"]*"/g, '$1')
    .replace(/(<(?:a|img)[^>]*?) (?:href|src)="[^"]*"/g, '$1')
    .replace(/<script[^>]*><\/script>/g, '')
    .replace(/<div class="masthead__links"[^]*?<\/ul><\/div>/, '')
    .replace(/ aria-current="page"/g, '')
    .replace(/(class="site-title"[^>]*>|© \d+ ?)[^<·]*/g, '$1')
    .replace(/<pre[^>]*><code[^>]*>[^]*?<\/code>/g, (code) => code.replace(/<\/?span[^>]*>/g, ''))
    .trim();

async function isEqual(files, route = '/') {
  const html = await byParser(files, route);
  if (!html) return false;
  assert.equal(plain(html), plain(await byCore(files, route)));
  return true;
}

const withoutFront = (text) => text.replace(/^---\n(?:[^]*?\n)??---\n/, '');
const texts = ['content', 'docs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => [join(folder, name), withoutFront(readFileSync(join(folder, name), 'utf8'))]),
);

test('the texts of the demo and of the docs, in a plain folder and in a Jekyll site', async (t) => {
  const shown = { plain: 0, jekyll: 0 };
  for (const [name, text] of texts) {
    await t.test(name, async () => {
      shown.plain += await isEqual({ 'README.md': text });
      const page = `---\nlayout: single\ntitle: Part 1\n---\n${text}`;
      shown.jekyll += await isEqual({ '_config.yml': 'title: Site\n', 'index.md': page });
    });
  }
  t.diagnostic(`of ${texts.length}: ${JSON.stringify(shown)}`);
  assert.ok(shown.plain > 30 && shown.jekyll > 30, JSON.stringify(shown));
});

test('what people begin a page with', async () => {
  const body =
    'A *line*, a [link](/x/ "title"), `code`.\n\n* one\n* two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n你好，*世界*。مرحبا\n';
  const config = 'title: Site\ndescription: "Words: more"\n';
  const front = (more = '') => `---\nlayout: page\ntitle: "Part 1"\n${more}---\n`;
  for (const [files, route] of [
    [{ 'README.md': `# Notes\n\n${body}` }],
    [{ 'index.md': body }],
    [{ 'README.md': `# Notes\r\n\r\n${body.replaceAll('\n', '\r\n')}` }],
    [{ 'README.md': '# N\n\n[[other]] and [[other|its name]] ==marked== %%hidden%%\n' }],
    [{ '_config.yml': config, 'index.md': front() + body }],
    [{ '_config.yml': config, 'a.md': front('permalink: /a/\n') + body }, '/a/'],
    [{ '_config.yml': config, 'a.md': front() + body }, '/a.html'],
  ])
    assert.ok(await isEqual(files, route), JSON.stringify(files).slice(0, 80));
});

test('what only the core can show is left to it', async () => {
  const config = 'title: Site\n';
  const front = '---\nlayout: single\ntitle: T\n---\n';
  for (const [files, route] of [
    [{ '_config.yml': config, 'index.md': `${front}{{ page.title }}\n` }],
    [{ '_config.yml': config, 'index.md': `${front}{% if a %}b{% endif %}\n` }],
    [{ '_config.yml': config, 'index.md': `${front}<script>a()</script>\n` }],
    [{ '_config.yml': config, 'index.md': `---\nlayout: splash\ntitle: T\n---\nText\n` }],
    [{ '_config.yml': config, 'index.md': `---\nlayout: single\ntitle: "*T*"\n---\nText\n` }],
    [{ '_config.yml': config, 'index.md': `---\ntitle: T\n---\nText\n` }],
    [{ '_config.yml': config, 'index.md': `---\nlayout: single\n  a: b\n---\nText\n` }],
    [{ '_config.yml': config, 'index.md': `---\nlayout: single\ntitle: T\nText\n` }],
    [{ '_config.yml': config, 'index.md': 'Text\n' }],
    [{ '_config.yml': config, 'a.md': `${front}Text\n` }, '/a/'],
    [{ '_config.yml': `${config}theme: minima\n`, 'index.md': `${front}Text\n` }],
    [{ '_config.yml': `${config}kramdown: {hard_wrap: true}\n`, 'index.md': `${front}Text\n` }],
    [{ '_config.yml': `${config}defaults: []\n`, 'index.md': `${front}Text\n` }],
    [{ '_config.yml': config, 'README.md': '# No page of Jekyll’s\n' }],
    [{ 'README.md': '---\npublish: false\n---\nText\n' }],
    [{ 'README.md': '![[picture.png]]\n' }],
    [{ 'README.md': 'a'.repeat(500_000) }],
    [{}],
  ])
    assert.ok(!(await byParser(files, route)), JSON.stringify(files).slice(0, 120));
});

test('a text of the site’s never becomes markup of the frame', async () => {
  const hostile = ['<img src=x onerror=a()>', '"><b>', '\uE002', '\'"&', '4321', '{{ x }}'];
  for (const name of hostile) {
    const config = `title: ${name}\n`;
    const page = `---\nlayout: single\ntitle: Home\n---\nText 4321 \uE000\n`;
    const html = (await byParser({ '_config.yml': config, 'index.md': page })) ?? '';
    assert.ok(!/onerror|<b>/.test(html), html);
    assert.ok(html.includes('<p>Text 4321 \uE000</p>'), html);
  }
});

test('addresses lead from the page, wherever the site lies', async () => {
  const text =
    '# N\n\n[a](b.md) [c](d/README.md#e) ![f](g.png) [h](https://i.example/) [j](/k) [l](#m)\n';
  const html = await byParser({ 'README.md': text }, '/', '/sub/');
  for (const part of [
    'href="/sub/b/"',
    'href="/sub/d/#e"',
    'src="/sub/g.png"',
    'href="/k"',
    'href="#m"',
  ])
    assert.ok(html.includes(part), `${part} in ${html}`);
  assert.ok(html.includes('href="/sub/meridian/theme.css"') && html.includes('href="/sub/"'));
});
