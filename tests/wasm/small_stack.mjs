// Nested constructs are rendered on the stack of a browser's worker: Chromium gives it 500 KB,
// Node's main thread has twice that.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Core, makeCore, makeKramdown } from '../../web/engine/abi.js';

const STACK_MB = 0.48;
const DEEP = 30_000;
const around = (open, close) => `${open.repeat(DEEP)}x${close.repeat(DEEP)}\n`;
const markdownified = (text) => `{% capture s %}${text}{% endcapture %}{{ s | markdownify }}`;
const PAGES = {
  quotes: '> '.repeat(DEEP) + 'x',
  lists: '- '.repeat(DEEP) + 'x',
  'numbered lists': '1. '.repeat(DEEP) + 'x',
  'lists in quotes': '- > 1. '.repeat(DEEP) + 'x',
  'lists by indentation': Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}- x\n`).join(''),
  definitions: `a\n${': '.repeat(DEEP)}x`,
  'elements with Markdown': around('<div markdown="1">\n', '\n</div>'),
  elements: around('<div>\n', '\n</div>'),
  'spans of HTML': around('<b>', '</b>'),
  emphasis: around('*a **b ', '** *'),
  links: around('[', '](u)'),
  pictures: around('![', '](u)'),
  footnotes: around('[^1]\n\n[^1]: ', ''),
  'lists in twenty includes': '{% include a.md n=1 %}',
  'documents that show each other': '{{ site.c[999].content }}x',
  'lists in documents': '{{ site.c[99].content }}',
  'layouts that show documents': '{{ site.d[999].output }}x',
  'posts whose excerpts show each other': '{{ site.posts[999].excerpt }}x',
  'emphasis in an include': '{% include emphasis.md %}',
};
// Each document indents the HTML of the one before: in the end it is larger than a page may be.
const ENDS = { 'lists in documents': /can’t be shown, there is a mistake in/ };
/** Documents: the first one has lists, each other shows the one before. @param {number} at */
const documentsOf = (at) => {
  const before = (list, what) => `{{ site.${list}[${at - 1}].${what} }}`;
  const lists = markdownified('- '.repeat(DEEP) + 'x');
  return [
    [`_c/${1000 + at}.md`, `---\n---\n${at ? before('c', 'content') : lists}\n`],
    [`_d/${1000 + at}.md`, `---\nlayout: d\nbefore: ${at - 1}\n---\nx\n`],
    [`_posts/2020-01-01-${1000 + at}.md`, `---\n---\n${before('posts', 'excerpt')}\n`],
  ];
};
// Each includes itself with one more, and renders nested lists at the end.
const INCLUDE = `{% assign n = include.n | plus: 1 %}{% if n < 20 %}{% include a.md n=n %}{% else %}${markdownified('- '.repeat(DEEP) + 'x')}{% endif %}`;

/** Tests of a module: each nested text in a thread with that stack. @param {string} module */
export function testNesting(module) {
  for (const name of Object.keys(PAGES)) {
    test(`far deeper than the limit, on a small stack: ${name}`, async () => {
      const worker = new Worker(new URL(import.meta.url), {
        resourceLimits: { stackSizeMb: STACK_MB },
        workerData: { module, name },
      });
      const answer = await new Promise((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      );
      await worker.terminate();
      assert.match(answer, ENDS[name] ?? /x/);
    });
  }
}

if (!isMainThread) {
  const moduleOf = (name) => new WebAssembly.Module(readFileSync(`build/wasm/${name}.wasm`));
  const kramdown = makeKramdown(moduleOf('kramdown'), {});
  const core = await makeCore(Core, moduleOf(workerData.module), { kramdown });
  const files = {
    '_config.yml': 'collections: {c: {output: true}, d: {output: true}}\n',
    '_layouts/d.html': '{{ site.d[page.before].output }}',
    '_includes/a.md': INCLUDE,
    '_includes/emphasis.md': markdownified(around('*a **b ', '** *')),
    ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => documentsOf(at)).flat()),
    'index.md': `---\n---\n${PAGES[workerData.name]}\n`,
  };
  core.tell('theme', readFileSync('build/wasm/theme.txt'));
  core.tell('options', '{"theme":"site"}');
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  core.tell('list', '{"files":[]}');
  const { html, json } = core.render('/');
  parentPort.postMessage(html || JSON.stringify(json));
}
