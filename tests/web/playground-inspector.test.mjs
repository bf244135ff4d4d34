// The playground's inspector: data, tree and HTML of the page in view, computed on demand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allowClipboard } from './browser.mjs';
import { playgrounds, skip, write, renderWhole } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const playground = playgrounds(before, after);
const about = (page, name) =>
  page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab', { name, exact: true });

test(
  'the data that templates see, expanded level by level, follow the edits',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    await write(page, '---\nlayout: single\ntitle: Seen\nlist: [one, {two: 3}]\n---\n\nText.\n');
    await shown.getByRole('heading', { name: 'Seen' }).waitFor();
    await page.getByText('In the core').waitFor();
    await about(page, 'page').click();
    const pane = page.getByRole('tabpanel', { name: 'page', exact: true });
    await pane.getByText('“Seen”').waitFor();
    await pane.locator('summary', { hasText: /^list/ }).click();
    await pane.getByText('“one”').waitFor();
    await pane.locator('summary', { hasText: /^1 / }).click();
    await pane.locator('li', { hasText: /^two 3$/ }).waitFor();
    await write(
      page,
      '---\nlayout: single\ntitle: Seen again\nlist: [one, {two: 4}]\n---\n\nText.\n',
    );
    await pane.getByText('“Seen again”').waitFor();
    await pane.locator('li', { hasText: /^two 4$/ }).waitFor();
    await page.keyboard.press('Escape');
    await about(page, 'page').focus();
    await page.keyboard.press('ArrowRight');
    const site = page.getByRole('tabpanel', { name: 'site', exact: true });
    await site.locator('summary', { hasText: /^pages 1 entry/ }).click();
    await site.locator('summary', { hasText: /^0 \/$/ }).click();
    await site.getByText('“Seen again”').waitFor();
    assert.deepEqual(lines, []);
  },
);

test('a node of the tree leads to its line; the HTML is copied', { skip }, async (t) => {
  const { page, context, shown, lines } = await playground(t);
  await allowClipboard(context);
  await write(page, '---\nlayout: single\ntitle: T\n---\n\nOne.\n\n## Two\n\n- three\n');
  await shown.getByRole('heading', { name: 'Two' }).waitFor();
  await about(page, 'Tree').click();
  const tree = page.getByRole('tabpanel', { name: 'Tree' });
  await tree.getByText('id="two"').waitFor();
  await tree.getByRole('button', { name: 'UnorderedList' }).click();
  await page.locator('.cm-activeLineGutter', { hasText: /^10$/ }).waitFor();
  await about(page, 'HTML').click();
  const html = page.getByRole('tabpanel', { name: 'HTML' });
  await html.getByText('<h2 id="two">Two</h2>').waitFor();
  await html.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('HTML copied.').waitFor();
  assert.match(
    await page.evaluate(() => navigator.clipboard.readText()),
    /^<!doctype html>[^]*<h2 id="two">Two<\/h2>/i,
  );
  assert.deepEqual(lines, []);
});

test(
  'each step shows its time and its amount of HTML; the frame measures its own time',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    const steps = () => page.locator('.steps li').allTextContents();
    const named = /^(In the core|Files, there and back|In the frame) [\d,]+\.\d ms (.*)$/;
    const text = '---\nlayout: single\ntitle: T\n---\n\nOne.\n\nTwo.\n\nThree, größer.\n';
    await write(page, text);
    await shown.getByText('Three').waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector('meridian-playground').shadowRoot.querySelectorAll('.steps li')
          .length === 3,
    );
    await renderWhole(page);
    const html = await page
      .locator('meridian-playground')
      .evaluate((element) => element.playground.preview.html);
    const bytes = new TextEncoder().encode(html).length;
    assert.ok(bytes > html.length);
    const size = `3 parts, ${bytes.toLocaleString('en-US')} bytes`;
    await until(async () => (await steps())[0]?.endsWith(size), size);
    assert.deepEqual(
      (await steps()).map((step) => named.exec(step)?.[1]),
      ['In the core', 'Files, there and back', 'In the frame'],
    );
    // A letter is one part: the frame gets only that part, and measures again.
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    await shown.getByText('Three, größer.!').waitFor();
    await page
      .locator('.steps li', { hasText: `In the frame` })
      .getByText(`1 part, ${new TextEncoder().encode('<p>Three, größer.!</p>\n').length} bytes`)
      .waitFor();
    // A longer time in the frame is shown as longer.
    await page
      .locator('meridian-playground')
      .evaluate(
        (element, text) => element.playground.project.put('index.md', text),
        text + '\nMore *of* it.\n'.repeat(800),
      );
    await page
      .locator('.steps li', { hasText: 'In the frame' })
      .getByText(/80\d parts/)
      .waitFor();
    assert.ok(Number(/[\d.]+(?= ms)/.exec((await steps())[2])) >= 0.5, (await steps())[2]);
    assert.deepEqual(lines, []);
  },
);
