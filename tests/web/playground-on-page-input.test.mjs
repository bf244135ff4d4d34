// Writing on the page by other ways than keys: composition, dictation; right to left; and what a
// screen reader is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chosen } from './engines.mjs';
import { HEAD, TEXT, onPage } from './on_page.mjs';
import { skip } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, writesIn, beginBehind, left, insertText, becomes, agrees } = onPage(before, after);
const onlyChromium =
  skip || ((chosen ?? 'chromium') !== 'chromium' && 'only Chromium has a protocol for it');

test('what is composed is written once it is chosen', { skip: onlyChromium }, async (t) => {
  const { page, shown, lines } = await open(t);
  const { send } = await page
    .context()
    .newCDPSession(page)
    .then((session) => ({ send: session.send.bind(session) }));
  const compose = (text) =>
    send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await beginBehind(shown, 'of text');
  for (const text of ['に', 'にh', 'にほ', 'にほn', 'にほん']) await compose(text);
  // Nothing is written before.
  await page.waitForTimeout(300);
  await becomes(page, TEXT);
  await send('Input.insertText', { text: '日本' });
  await becomes(page, TEXT.replace('of text', 'of text日本'));
  for (const text of ['ㅎ', '하', '한']) await compose(text);
  await send('Input.insertText', { text: '한' });
  await page.keyboard.type(' x', { delay: 15 });
  await becomes(page, TEXT.replace('of text', 'of text日本한 x'));
  await agrees(page, shown);
  // Given up: nothing is left of it.
  await compose('ni');
  await compose('');
  await page.keyboard.type('!', { delay: 15 });
  await becomes(page, TEXT.replace('of text', 'of text日本한 x!'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('dictated words come at once', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'first');
  const words = ' of many words, “dictated” in *one* go: é, 北京, 👍';
  await insertText(shown, words);
  await becomes(page, TEXT.replace('first', `first${words.replaceAll('*', '\\*')}`));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('right to left: words, and a new item', { skip }, async (t) => {
  const text = `${HEAD.replace('title', 'lang: he\ndir: rtl\ntitle')}שלום לכולם.\n\n- אחת\n- שתיים\n`;
  const { page, shown, lines } = await open(t, {
    text,
    ready: 'שלום',
    files: { '_config.yml': 'title: T\nlang: he\n' },
  });
  await beginBehind(shown, 'לכולם');
  await page.keyboard.type(' כאן', { delay: 15 });
  await becomes(page, text.replace('לכולם', 'לכולם כאן'));
  await page.keyboard.press('Escape');
  await left(page, shown);
  await beginBehind(shown, 'שתיים');
  await page.keyboard.press('Enter');
  await page.keyboard.type('שלוש (3)', { delay: 15 });
  await becomes(page, `${text.replace('לכולם', 'לכולם כאן')}- שלוש (3)\n`);
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test(
  'a screen reader is told what is written in, and why a change is refused',
  { skip },
  async (t) => {
    const liquid = '{% assign who = "you" %}\nHello to {{ who }}!\n';
    const text = `${HEAD}One line of text.\n\n${liquid}\n- first\n`;
    const { page, shown, lines } = await open(t, { text });
    await beginBehind(shown, 'of text.');
    const block = shown.getByRole('textbox', { name: 'Paragraph, written in place' });
    await block.waitFor();
    const bar = page.getByRole('toolbar', { name: 'Write on the page' });
    for (const name of ['Undo', 'Bold', 'Italic', 'Code', 'Link', 'Picture', 'Heading', 'Done'])
      await bar.getByRole('button', { name, exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('/');
    const field = page.getByRole('combobox', { name: 'Blocks' });
    await field.waitFor();
    const options = page.getByRole('listbox', { name: 'Blocks' }).getByRole('option');
    assert.equal(await options.first().getAttribute('aria-selected'), 'true');
    await page.keyboard.press('ArrowDown');
    const active = await field.getAttribute('aria-activedescendant');
    assert.equal(active, await options.nth(1).getAttribute('id'));
    assert.equal(await options.nth(1).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Escape');
    await writesIn(shown, '');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Escape');
    await left(page, shown);
    assert.equal(await shown.locator('[role=textbox], [aria-multiline]').count(), 0);
    await beginBehind(shown, 'to you');
    await page.keyboard.type('r', { delay: 15 });
    await page
      .getByRole('status')
      .filter({ hasText: 'This comes from Liquid in line 8.' })
      .waitFor();
    await page.getByRole('button', { name: 'Open the source' }).click();
    const line = () =>
      page.evaluate(() => {
        const { state } = document.querySelector('meridian-playground').playground.editor.view;
        return state.doc.lineAt(state.selection.main.head).number;
      });
    await until(async () => (await line()) === 8, 'the source is open at the line');
    await shown.getByText('first').dblclick();
    await shown.locator('li[aria-label="List item, written in place"]').waitFor();
    assert.deepEqual(lines, []);
  },
);
