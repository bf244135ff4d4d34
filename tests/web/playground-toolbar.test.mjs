// The toolbar of the source, what it inserts, and the line below it; the command list with words of
// others; the page follows the caret.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { playgrounds, select, skip, textOf, write } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const playground = playgrounds(before, after);
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const bar = (page) => page.getByRole('toolbar', { name: 'Format' });
const press = (page, name) => bar(page).getByRole('button', { name, exact: true }).click();

test('buttons format the selection, and show what is on', { skip }, async (t) => {
  const { page, lines } = await playground(t, WIDE);
  for (const [name, before, after] of [
    ['Bold', 'one', '**one**'],
    ['Italic', 'one', '*one*'],
    ['Code', 'one', '`one`'],
    ['Link', 'one', '[one](https://)'],
    ['Picture', 'one', '![one](/images/)'],
    ['List', 'a\nb', '- a\n- b'],
    ['List', '- a\n- b', 'a\nb'],
    ['Numbered list', '- a\n- b', '1. a\n2. b'],
    ['Task list', 'a', '- [ ] a'],
    ['Quote', 'a\nb', '> a\n> b'],
    ['Quote', '> a\n> b', 'a\nb'],
    ['Heading, one level deeper', 'a', '## a'],
  ]) {
    await write(page, before);
    await page.keyboard.press('ControlOrMeta+a');
    await press(page, name);
    assert.equal(await textOf(page), after, `${name}: ${before}`);
    await press(page, 'Undo');
    assert.equal(await textOf(page), before, `${name}, undone`);
    await press(page, 'Redo');
    assert.equal(await textOf(page), after, `${name}, repeated`);
  }
  await write(page, 'a **b** c');
  await select(page, 5);
  const pressed = (name) => bar(page).getByRole('button', { name }).getAttribute('aria-pressed');
  await until(async () => (await pressed('Bold')) === 'true', 'bold is on');
  assert.equal(await pressed('Italic'), 'false');
  assert.deepEqual(lines, []);
});

test('the toolbar by keyboard; folded it stays so', { skip }, async (t) => {
  const { page, context, server } = await playground(t, WIDE);
  const focused = () =>
    page
      .locator('meridian-playground')
      .evaluate(({ shadowRoot: { activeElement } }) => activeElement?.getAttribute('aria-label'));
  await bar(page).getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'Redo');
  await page.keyboard.press('End');
  assert.equal(await focused(), 'Fold the toolbar');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'Show the toolbar');
  assert.ok(await bar(page).isHidden());
  const again = await playground(t, { context, server });
  assert.ok(await bar(again.page).isHidden());
  await again.page.getByRole('button', { name: 'Show the toolbar' }).click();
  assert.ok(await bar(again.page).isVisible());
});

test('words, reading time, position and selection below the source', { skip }, async (t) => {
  const { page } = await playground(t, WIDE);
  const status = page.locator('.status');
  await write(page, `---\ntitle: Not counted\n---\n\n${'word '.repeat(410)}{% if a %}`);
  await status.getByText('410 words · 2 minutes to read').waitFor();
  await status.getByText(/^Line 5, column/).waitFor();
  await select(page, 28, 37);
  await status.getByText('2 words, 9 characters selected').waitFor();
});

test('the insert menu writes each of its entries', { skip }, async (t) => {
  const { page, lines } = await playground(t, WIDE);
  const menu = page.getByRole('dialog', { name: 'Insert' });
  const insert = async (word) => {
    await press(page, 'Insert …');
    await menu.waitFor();
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
  };
  for (const [word, expected] of [
    ['callout', 'a\n\nWhat to know.\n{: .notice--info}\n'],
    ['divider', 'a\n\n---\n\n\n'],
    ['toc', 'a\n\n* Contents\n{:toc}\n\n\n'],
    ['mermaid', 'a\n\n```mermaid\nflowchart LR\n  first --> second\n```\n'],
    ['program', 'a\n\n```js\n\n```\n'],
    ['footnote', 'a[^1]\n\n[^1]: \n'],
    ['today', /^a\d{4}-\d\d-\d\d$/],
    ['field', '---\n\n---\n\na'],
    ['citation', 'a{% cite  %}'],
    ['internal', 'a[text](/)'],
  ]) {
    await write(page, 'a');
    await insert(word);
    await until(async () => (await textOf(page)) !== 'a', word);
    if (typeof expected === 'string') assert.equal(await textOf(page), expected, word);
    else assert.match(await textOf(page), expected, word);
    await page.keyboard.press('Escape');
  }
  // A second footnote counts on, and its text is written at once.
  await write(page, 'a[^1]\n\n[^1]: one');
  await select(page, 1);
  await insert('footnote');
  await page.keyboard.type('two');
  assert.equal(await textOf(page), 'a[^2][^1]\n\n[^1]: one\n[^2]: two\n');
  assert.deepEqual(lines, []);
});

test('a table is made and changed in a grid', { skip }, async (t) => {
  const { page, lines } = await playground(t, WIDE);
  await write(page, 'a');
  await press(page, 'Table');
  const form = page.getByRole('dialog', { name: 'Table' });
  await form.locator('input:focus').waitFor();
  for (const word of ['City', 'Height', 'Note', 'Quito', '2908', 'x|y']) {
    await page.keyboard.insertText(word);
    await page.keyboard.press('Tab');
  }
  await form.getByRole('button', { name: 'Delete the row' }).click();
  await form.getByRole('textbox', { name: 'Row 2, column 2' }).focus();
  await form.getByRole('button', { name: 'Align end' }).click();
  await form.getByRole('button', { name: 'Done' }).click();
  const made =
    'a\n\n| City  | Height | Note |\n|-------|-------:|------|\n| Quito |   2908 | x\\|y |\n';
  assert.equal(await textOf(page), made);
  await select(page, made.indexOf('Quito'));
  await press(page, 'Table');
  await form.getByRole('textbox', { name: 'Row 2, column 1' }).fill('Lima');
  await form.getByRole('button', { name: 'Add a row', exact: true }).click();
  await form
    .getByRole('textbox', { name: 'Row 3, column 1' })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.type('Rome');
  await form.getByRole('textbox', { name: 'Head, column 3' }).focus();
  await form.getByRole('button', { name: 'Delete the column' }).click();
  await page.keyboard.press('Enter');
  assert.equal(
    await textOf(page),
    'a\n\n| City | Height |\n|------|-------:|\n| Lima |   2908 |\n| Rome |        |\n',
  );
  assert.deepEqual(lines, []);
});

test('a formula is shown while it is written', { skip }, async (t) => {
  const { page, lines } = await playground(t, WIDE);
  await write(page, 'a');
  await press(page, 'Insert …');
  await page.getByRole('dialog', { name: 'Insert' }).waitFor();
  await page.keyboard.type('equation');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Formula' });
  await form.getByRole('textbox', { name: 'Formula' }).fill('\\frac{1}{2}');
  await form.locator('mfrac').waitFor();
  await form.getByRole('button', { name: 'Done' }).click();
  assert.equal(await textOf(page), 'a\n\n$$\\frac{1}{2}$$\n');
  assert.deepEqual(lines, []);
});

test('the command list knows what others call a command', { skip }, async (t) => {
  const { page } = await playground(t, WIDE);
  for (const [word, label] of [
    ['image', 'Picture'],
    ['photo', 'Picture'],
    ['export', 'Download the finished site'],
    ['publish', 'Download the finished site'],
    ['bold', 'Bold'],
    ['bullets', 'List'],
    ['versions', 'History of this file'],
    ['dark', 'Light or dark'],
    ['grep', 'Find and replace in all files'],
  ]) {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(word);
    await page.getByRole('option').filter({ hasText: label }).first().waitFor();
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('image');
  await page.getByText('also: image').first().waitFor();
  await page.keyboard.press('Escape');
  await write(page, '# One\n\n## Two words\n');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('#two');
  await page.keyboard.press('Enter');
  await page.locator('.status').getByText('Line 3, column 1').waitFor();
});

test('the page follows what is typed at the end of a long text', { skip }, async (t) => {
  const { page, shown } = await playground(t, WIDE);
  await write(page, `---\nlayout: single\n---\n\n${'A paragraph.\n\n'.repeat(120)}`);
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('The very last words');
  const last = shown.getByText('The very last words');
  await until(async () => {
    const box = await last.boundingBox().catch(() => null);
    return box && box.y > 0 && box.y < 700;
  }, 'the last words are in view');
});

test('on a phone: the same toolbar below the source, undo by touch', { skip }, async (t) => {
  const { page, lines } = await playground(t, PHONE);
  await page.locator('.switch label', { hasText: 'Source' }).tap();
  await write(page, 'one');
  await page.keyboard.press('ControlOrMeta+a');
  await bar(page).getByRole('button', { name: 'Bold' }).tap();
  assert.equal(await textOf(page), '**one**');
  await bar(page).getByRole('button', { name: 'Undo' }).tap();
  assert.equal(await textOf(page), 'one');
  await bar(page).getByRole('button', { name: 'Redo' }).tap();
  assert.equal(await textOf(page), '**one**');
  const small = await bar(page).evaluate(
    (element) =>
      [...element.querySelectorAll('button')]
        .map((one) => one.getBoundingClientRect())
        .filter(({ width, height }) => width && (width < 43.9 || height < 43.9)).length,
  );
  assert.equal(small, 0);
  await bar(page).getByRole('button', { name: 'Show the page' }).tap();
  assert.equal(await page.locator('.play').getAttribute('data-pane'), 'view');
  assert.deepEqual(lines, []);
});

test(
  'axe finds nothing in the toolbar, the menu, a table, the search and the history',
  { skip },
  async (t) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const options of [WIDE, { ...PHONE, colorScheme: 'dark' }]) {
      const { page, context } = await playground(t, { ...options, bypassCSP: true });
      void context;
      await page.addScriptTag({ content: axe });
      const check = async (what) => {
        const { violations } = await page.evaluate(() =>
          globalThis.axe.run(document, { iframes: false, resultTypes: ['violations'] }),
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          [],
          what,
        );
      };
      if (options.isMobile) await page.locator('.switch label', { hasText: 'Source' }).tap();
      await write(page, '| a | b |\n|---|---|\n| c | d |');
      await check('toolbar');
      await press(page, 'Insert …');
      await page.getByRole('dialog', { name: 'Insert' }).waitFor();
      await check('insert');
      await page.keyboard.press('Escape');
      await press(page, 'Table');
      await page.getByRole('dialog', { name: 'Table' }).waitFor();
      await check('table');
      await page.keyboard.press('Escape');
      await page.locator('.cm-content').click();
      await page.keyboard.press('ControlOrMeta+Shift+f');
      await page.getByRole('region', { name: 'Find in all files' }).waitFor();
      await page.keyboard.type('a');
      await page.locator('.hitline').first().waitFor();
      await check('find in all files');
      await page.keyboard.press('Escape');
      await page.locator('.cm-content').click();
      await page.keyboard.press('ControlOrMeta+f');
      await page.getByRole('search').waitFor();
      await check('find');
      await page.keyboard.press('Escape');
      await page.locator('.status').getByRole('button', { name: 'History' }).click();
      await page.getByRole('region', { name: /^History of/ }).waitFor();
      await check('history');
    }
  },
);
