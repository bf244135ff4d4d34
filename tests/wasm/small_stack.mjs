// Nested constructs are rendered on the stack of a browser's worker: Chromium gives it 500 KB,
// Node's main thread has twice that.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Core, makeCore } from '../../web/engine/abi.js';

const STACK_MB = 0.48;
const DEEP = 30_000;
const around = (open, close) => `${open.repeat(DEEP)}x${close.repeat(DEEP)}\n`;
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
};
// Each includes itself with one more, and renders nested lists at the end.
const INCLUDE = `{% assign n = include.n | plus: 1 %}{% if n < 20 %}{% include a.md n=n %}{% else %}{% capture s %}${'- '.repeat(DEEP)}x{% endcapture %}{{ s | markdownify }}{% endif %}`;

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
      assert.match(answer, /x/);
    });
  }
}

if (!isMainThread) {
  const module = new WebAssembly.Module(readFileSync(`build/wasm/${workerData.module}.wasm`));
  const core = await makeCore(Core, module, () => undefined);
  const files = {
    '_config.yml': '',
    '_includes/a.md': INCLUDE,
    'index.md': `---\n---\n${PAGES[workerData.name]}\n`,
  };
  core.tell('theme', readFileSync('build/wasm/theme.txt'));
  core.tell('options', '{"theme":"site"}');
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  core.tell('list', '{"files":[]}');
  const { html, json } = core.render('/');
  parentPort.postMessage(html || JSON.stringify(json));
}
