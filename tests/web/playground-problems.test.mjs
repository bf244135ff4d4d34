// Problems of all files, by file, found in the background; edits that solve them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fixOf } from '../../web/playground/ui/fixes.js';
import { openProject, playgrounds, skip, textOf } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const playground = playgrounds(before, after);
const FILES = {
  '_config.yml': 'title: T\npermalink: pretty\n',
  'index.md': '---\ntitle: Home\n---\n\n{{ "a" | upcas }} [about](/abut/)\n',
  'about.md': '---\ntitle: About\n---\n\nText.\n',
  'other.md': '---\ntitle: Other\n---\n\n{{ "b" | downcse }} and [home](/)\n',
};

test('which edit solves a problem', () => {
  for (const [source, problem, expected] of [
    [
      '---\n---\n{{ "é" | upcas }}',
      { message: "unknown filter 'upcas'", remedy: "did you mean 'upcase'?", line: 3, column: 10 },
      '---\n---\n{{ "é" | upcase }}',
    ],
    [
      '[a](/abut/)',
      {
        message: 'this link leads to no page: `/abut/`',
        remedy: 'did you mean `/about/index.html`?',
        line: 1,
        column: 5,
      },
      '[a](/about/)',
    ],
    [
      '[a](#hed)',
      { message: 'no such anchor: `/a/#hed`', remedy: 'did you mean `#head`?', line: 1, column: 5 },
      '[a](#head)',
    ],
    ['a', { message: 'nothing', remedy: 'think', line: 1, column: 1 }, undefined],
    ['a', { message: 'unknown `b`', remedy: 'did you mean `c`?', line: 9, column: 1 }, undefined],
  ]) {
    const fix = fixOf({ severity: 'error', file: 'a.md', ...problem }, () => source);
    assert.equal(
      fix && source.slice(0, fix.from) + fix.by + source.slice(fix.to),
      expected,
      problem.message,
    );
  }
});

test('problems of all files are listed by file and fixed in one step', { skip }, async (t) => {
  const { page, lines } = await playground(t, {
    frame: false,
    viewport: { width: 1440, height: 900 },
  });
  await page.locator('.cm-content').waitFor();
  await openProject(page, {
    title: 'T',
    trusted: true,
    open: 'index.md',
    files: FILES,
  });
  const probs = page.getByRole('region', { name: 'Problems' });
  await probs.getByRole('heading', { name: 'other.md' }).waitFor();
  await probs.getByText(/^\d+ in 2 files$/).waitFor();
  // The open file comes first.
  assert.equal(await probs.getByRole('heading', { level: 3 }).first().textContent(), 'index.md');
  await probs.getByRole('button', { name: 'Change to upcase' }).click();
  await until(async () => (await textOf(page, 'index.md')).includes('| upcase }}'), 'upcase');
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  assert.equal(await textOf(page, 'index.md'), FILES['index.md']);
  await probs.getByRole('button', { name: /^Fix all \d$/ }).click();
  await until(async () => (await textOf(page, 'other.md')).includes('| downcase }}'), 'downcase');
  assert.match(await textOf(page, 'index.md'), /upcase.*\]\(\/about\//);
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  for (const path of ['index.md', 'other.md']) assert.equal(await textOf(page, path), FILES[path]);
  assert.deepEqual(lines, []);
});

test('500 pages are checked in the background, a few at a time', { skip }, async (t) => {
  const { page } = await playground(t, { frame: false });
  await page.locator('.cm-content').waitFor();
  const files = { '_config.yml': 'title: T\n' };
  for (let at = 0; at < 500; at++)
    files[`p${at}.md`] = `---\ntitle: P${at}\n---\n\n[next](/p${at + 1}.html)\n`;
  // The addresses of each batch.
  const batches = await page.evaluate(async (files) => {
    const element = document.querySelector('meridian-playground');
    const batches = [];
    const { renderer } = element.playground;
    const { ask } = renderer;
    renderer.ask = (what, ...more) => {
      if (what === 'checkPages') batches.push(more[0]);
      return ask.call(renderer, what, ...more);
    };
    element.open({ title: 'T', trusted: true, open: 'p0.md', files });
    const { pages } = element.playground.loop.others;
    while (pages.size < 500 || [...pages.values()].some(({ state }) => state < 0))
      await new Promise((done) => setTimeout(done, 50));
    return batches;
  }, files);
  const urls = batches.flat();
  t.diagnostic(`${urls.length} pages in ${batches.length} batches`);
  const distinct = new Set(urls);
  assert.ok(distinct.size >= 499);
  // A machine that stands still for a second has a batch checked again, page by page.
  assert.ok(urls.length < distinct.size + 100, String(urls.length));
  // The time of a batch decides on the size of the next; the first are small on any machine.
  for (const [at, { length }] of batches.entries())
    assert.ok(length <= (batches[at - 1]?.length ?? 0.5) * 2, `batch ${at}: ${length}`);
});
