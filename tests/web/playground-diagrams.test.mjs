// Diagrams in the playground's preview: drawn beside the editor, during typing too, in trusted and
// untrusted projects.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { opensByLink, playgrounds, renderWhole, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const TEXT = `---
layout: single
title: Rivers
---

Two diagrams, "quoted" & $$x^2$$.

\`\`\`mermaid
graph LR
  Orinoco --> Casiquiare
\`\`\`

Between them.

\`\`\`mermaid
pie title Air
  "Nitrogen" : 78
\`\`\`
`;
/** The alternative texts of the pictures in the preview that the browser could read. */
const drawn = (shown) =>
  shown
    .locator('.meridian-diagram img')
    .evaluateAll((all) => all.filter((image) => image.naturalWidth).map(({ alt }) => alt));
const ready = (shown, text) => shown.locator(`.meridian-diagram img[alt*="${text}"]`).waitFor();

test(
  'an edit redraws its diagram, whose picture stays until then; the other one is not touched',
  { skip },
  async (t) => {
    const { page, lines, shown } = await playground(t);
    await write(page, TEXT);
    await ready(shown, 'Casiquiare');
    await ready(shown, 'Nitrogen');
    await renderWhole(page);
    assert.deepEqual(await drawn(shown), [
      'flowchart: Orinoco, Casiquiare',
      'pie: 100%, Air, Nitrogen',
    ]);
    // The source does not show, and the other picture is the same element all the time.
    await shown.locator('main').evaluate((main) => {
      window.seen = new Set();
      window.pie = main.querySelectorAll('.meridian-diagram img')[1];
      const note = () => {
        const all = main.querySelectorAll('.meridian-diagram img');
        if (all[1] !== window.pie) window.seen.add('another pie');
        if (main.querySelector('code')) window.seen.add('code');
        requestAnimationFrame(note);
      };
      note();
    });
    await page.evaluate(() => {
      window.asked = [];
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (data, ...more) {
        if (/^(graph|pie)/.test(data)) window.asked.push(data);
        return postMessage.call(this, data, ...more);
      };
    });
    await page.locator('.cm-line', { hasText: 'Orinoco -->' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' --> RioNegro', { delay: 15 });
    await ready(shown, 'RioNegro');
    await renderWhole(page);
    assert.equal((await drawn(shown))[0], 'flowchart: Orinoco, Casiquiare, RioNegro');
    assert.deepEqual([...(await shown.locator('main').evaluate(() => [...window.seen]))], []);
    assert.ok((await page.evaluate(() => window.asked)).every((text) => text.startsWith('graph')));
    assert.deepEqual(lines, []);
  },
);

test(
  'after a mistake the last picture stands there, with the line; without one the code',
  { skip },
  async (t) => {
    const { page, lines, shown } = await playground(t);
    await write(page, TEXT);
    await ready(shown, 'Casiquiare');
    await page.locator('.cm-line', { hasText: 'Orinoco -->' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' --> [');
    const mistake = shown.locator('.meridian-diagram-mistake');
    await mistake.filter({ hasText: 'see its line 2' }).waitFor();
    assert.equal((await drawn(shown))[0], 'flowchart: Orinoco, Casiquiare');
    for (let i = 0; i < 6; i++) await page.keyboard.press('Backspace');
    await mistake.waitFor({ state: 'detached' });

    await write(page, '---\nlayout: single\n---\n\n```mermaid\nno such <b>kind</b>\n```\n');
    await mistake.waitFor();
    assert.equal(await shown.locator('pre code').textContent(), 'no such <b>kind</b>\n');
    assert.deepEqual(lines, []);
  },
);

test(
  'an untrusted project has diagrams, too, dark ones; a page as one file has them without a script',
  { skip },
  async (t) => {
    const { page, server, shown: own } = await playground(t);
    await write(page, TEXT);
    await ready(own, 'Nitrogen');
    const download = page.waitForEvent('download');
    await page.getByRole('combobox', { name: 'Download' }).selectOption('page');
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.equal(file.match(/<img src="data:image\/svg/g).length, 2);
    assert.ok(!file.includes('diagrams.js'));
    assert.match(
      file,
      /prefers-color-scheme: ?dark\)\{html:not\(\[data-theme=light\]\) \.meridian/,
    );

    const other = await opensByLink(playground, t, { page, server });
    const { shown } = other;
    await ready(shown, 'Nitrogen');
    assert.equal((await drawn(shown)).length, 2);
    const filters = () =>
      shown
        .locator('.meridian-diagram img')
        .evaluateAll((all) => all.map((image) => getComputedStyle(image).filter));
    assert.deepEqual(await filters(), ['none', 'none']);
    await other.page.emulateMedia({ colorScheme: 'dark' });
    await shown.locator('.meridian-diagram img[style*=invert]').nth(1).waitFor();
    assert.ok((await filters()).every((filter) => filter.includes('invert')));
    assert.deepEqual(other.lines, []);
  },
);

test('nothing is loaded without a diagram', { skip }, async (t) => {
  const { page, server, shown } = await playground(t);
  await write(page, TEXT.replaceAll('mermaid', 'text'));
  await shown.getByText('Between them').waitFor();
  await renderWhole(page);
  assert.deepEqual(
    server.log.map(({ path }) => path).filter((path) => /diagrams|mermaid/.test(path)),
    [],
  );
});
