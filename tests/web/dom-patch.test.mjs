// The patch of one tree of nodes to equal another keeps what a reader has opened.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { browserOrSkip } from './browser.mjs';
import { PROJECT } from './hosts.mjs';

test('an open <details> stays open, whether comments mark the parts of the page or not', async (t) => {
  const browser = await browserOrSkip(t);
  if (!browser) return;
  const { outputFiles } = await build({
    entryPoints: [join(PROJECT, 'web/base/dom_patch.js')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'patching',
  });
  const page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0].text });
  const parts = ['<details><summary>More</summary>Inside</details>\n', '<p>One</p>\n'];
  const plain = parts.join('');
  const marked = `<!--part-->${parts.map((part) => `${part}<!--part-->`).join('')}`;
  for (const [from, to] of [
    [plain, plain],
    [marked, plain],
    [plain, marked],
    [marked, marked],
  ]) {
    const found = await page.evaluate(
      ([from, to]) => {
        document.body.innerHTML = from;
        const details = document.querySelector('details');
        details.open = true;
        const other = document.createElement('body');
        other.innerHTML = to.replace('One', 'Two');
        const { innerHTML } = other;
        window.patching.patch(document.body, other);
        const same = document.querySelector('details') === details && details.open;
        details.open = false;
        return { same, equal: document.body.innerHTML === innerHTML };
      },
      [from, to],
    );
    assert.deepEqual(found, { same: true, equal: true }, `${from} to ${to}`);
  }
});
