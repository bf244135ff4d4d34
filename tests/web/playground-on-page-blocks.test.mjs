// Writing on the page: the page stays where it is, code has no lines that its source lacks, tables
// come within quotes and lists, marks of footnotes go, and autocorrect replaces words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chosen } from './engines.mjs';
import { HEAD, PHONE, TEXT, WIDE, onPage } from './on_page.mjs';
import { skip } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, writesIn, beginBehind, left, caretBehind, selected, becomes, agrees } = onPage(
  before,
  after,
);
const onlyChromium =
  skip || ((chosen ?? 'chromium') !== 'chromium' && 'only Chromium has a protocol for it');
const DIALECTS = [
  ['kramdown', 'title: T\n'],
  ['GitHub', 'title: T\nmarkdown: CommonMarkGhPages\n'],
];
/** Of events that no driver can make, the frame believes those that say so. */
const feignTrust = (page) =>
  page.addInitScript(() => {
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, act, options) {
      const heard = (event) => {
        const get = (_, name) => {
          if (name === 'isTrusted') return true;
          const value = event[name];
          return typeof value === 'function' ? value.bind(event) : value;
        };
        return act.call(this, globalThis.trusts ? new Proxy(event, { get }) : event);
      };
      return addEventListener.call(this, type, type === 'beforeinput' ? heard : act, options);
    };
  });
const type = (page, words) => page.keyboard.type(words, { delay: 15 });

for (const [name, options] of [
  ['a laptop', WIDE],
  ['a phone', PHONE],
])
  test(`the page does not move when writing begins and ends; ${name}`, { skip }, async (t) => {
    const { page, shown, lines } = await open(t, options);
    const bar = page.getByRole('toolbar', { name: 'Write on the page' });
    const address = page.locator('.address code');
    const place = async () => (await shown.getByText('more.').boundingBox()).y;
    const first = await place();
    await beginBehind(shown, 'of text.');
    await bar.waitFor();
    assert.equal(await place(), first);
    assert.equal(await address.isVisible(), false);
    // Each button has its place in one line, and none lies over another.
    const { y, height } = await bar.boundingBox();
    for (const button of await bar.getByRole('button').all()) {
      if (!(await button.isVisible())) continue;
      const box = await button.boundingBox();
      assert.ok(box.y >= y && box.y + box.height <= y + height, await button.innerText());
    }
    await shown.getByText('cell', { exact: true }).dblclick();
    await writesIn(shown, 'td');
    assert.equal(await place(), first);
    await bar.getByRole('button', { name: 'Done' }).click();
    await bar.waitFor({ state: 'hidden' });
    assert.equal(await address.isVisible(), true);
    assert.equal(await place(), first);
    assert.deepEqual(lines, []);
  });

test(
  'code has the lines of its source: a line break of each kind, none behind',
  { skip },
  async (t) => {
    const text = `${HEAD}Some of text.\n\n~~~\none\ntwo\n~~~\n\nLast.\n`;
    const { page, shown, lines } = await open(t, { text });
    const code = shown.locator('pre');
    const height = async () => (await code.boundingBox()).height;
    const [two] = [await height()];
    await code.dblclick({ position: { x: 10, y: 8 } });
    await writesIn(shown, 'pre');
    assert.equal(await height(), two);
    await caretBehind(shown, 'two');
    // Shift breaks a line, too.
    await page.keyboard.press('Shift+Enter');
    await type(page, 'three');
    const now = text.replace('two', 'two\nthree');
    await becomes(page, now);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.ok((await height()) > two * 1.5);
    await page.keyboard.press('Escape');
    await left(page, shown);
    assert.equal(Math.round(await height()), Math.round(two * 1.5));
    await becomes(page, now);
    await agrees(page, shown);
    assert.deepEqual(lines, []);
  },
);

for (const [dialect, config] of DIALECTS)
  test(`\`/\` makes a table in a quote and in a list; ${dialect}`, { skip }, async (t) => {
    const text = `${HEAD}Some of text.\n\n> quoted\n\n- first\n- second\n`;
    const { page, shown, lines } = await open(t, { text, files: { '_config.yml': config } });
    const menu = page.getByRole('dialog', { name: 'Blocks' });
    const begin = async (words) => {
      await beginBehind(shown, words);
      await page.keyboard.press('Enter');
      await page.keyboard.press('/');
      await menu.getByRole('option').first().waitFor();
    };
    await begin('quoted');
    await menu.getByRole('option', { name: 'Table' }).click();
    await writesIn(shown, 'blockquote th');
    await type(page, 'a');
    const quote = '> quoted\n>\n> | a |  |\n> | --- | --- |\n> |  |  |\n';
    await becomes(page, text.replace('> quoted\n', quote));
    await page.keyboard.press('Tab');
    await type(page, 'b');
    await page.keyboard.press('Enter');
    await type(page, '2');
    const filled = quote.replace('| a |  |', '| a | b |').replace('|  |  |', '|  | 2 |');
    const quoted = text.replace('> quoted\n', filled);
    await becomes(page, quoted);
    await agrees(page, shown);
    await page.keyboard.press('Escape');
    await left(page, shown);

    // An item becomes no other block: the menu has what it can have.
    await begin('first');
    assert.deepEqual(await menu.getByRole('option').locator('span').allTextContents(), [
      'Table',
      'Picture',
    ]);
    await page.keyboard.press('Enter');
    await writesIn(shown, 'li th');
    await type(page, 'x');
    const item = '- first\n- | x |  |\n  | --- | --- |\n  |  |  |\n- second\n';
    const listed = quoted.replace('- first\n- second\n', item);
    await becomes(page, listed);
    await page.keyboard.press('Enter');
    await type(page, '1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await type(page, '3');
    const more = '  | 1 |  |\n  | 3 |  |\n';
    await becomes(page, listed.replace('  |  |  |\n', more));
    await agrees(page, shown);
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('ControlOrMeta+z');
      await page.waitForTimeout(60);
    }
    await becomes(page, text);
    assert.deepEqual(lines, []);
  });

test('in an item the bar offers what an item can be', { skip }, async (t) => {
  const { page, shown } = await open(t);
  await beginBehind(shown, 'first');
  const bar = page.getByRole('toolbar', { name: 'Write on the page' });
  const seen = (name) => bar.getByRole('button', { name, exact: true }).isVisible();
  await until(async () => !(await seen('Heading')), 'an item becomes no heading');
  assert.deepEqual(await Promise.all(['Bold', 'Quote', 'Table'].map(seen)), [true, false, true]);
  await bar.getByRole('button', { name: 'Table' }).click();
  await type(page, ' item');
  await becomes(
    page,
    TEXT.replace('- first\n', '- | first item |  |\n  | --- | --- |\n  |  |  |\n'),
  );
});

for (const [dialect, config] of DIALECTS)
  test(`the mark of a footnote goes as a whole; ${dialect}`, { skip }, async (t) => {
    const notes = '\n[^a]: What *a* says.\n[^b]: What b says.\n';
    const text = `${HEAD}Some of text[^a], and more[^b].\n\nLast[^b]\n${notes}`;
    const { page, shown, lines } = await open(t, {
      text,
      files: { '_config.yml': config },
      ready: 'of text',
    });
    // Backspace behind it; the one behind it gets its number.
    await beginBehind(shown, ', and more');
    await selected(shown, ',');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    let now = text.replace('text[^a]', 'text');
    await becomes(page, now);
    await agrees(page, shown);
    // Delete before it.
    await caretBehind(shown, ', and more');
    await page.keyboard.press('Delete');
    now = now.replace('more[^b]', 'more');
    await becomes(page, now);
    await page.keyboard.press('Escape');
    await left(page, shown);
    // What is typed behind one is not in it.
    await shown.getByText('Last').dblclick();
    await writesIn(shown, 'p', { hasText: 'Last' });
    await page.keyboard.press('End');
    await type(page, ', it');
    now = now.replace('Last[^b]', 'Last[^b], it');
    await becomes(page, now);
    await agrees(page, shown);
    // With the last one the footnotes are gone, and their source stays.
    for (let letter = 0; letter < 5; letter++) await page.keyboard.press('Backspace');
    now = now.replace('Last[^b], it', 'Last');
    await becomes(page, now);
    await agrees(page, shown);
    assert.equal(await shown.locator('.footnotes, sup').count(), 0);
    for (let step = 0; step < 20; step++) await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, text);
    await agrees(page, shown);
    assert.deepEqual(lines, []);
  });

test('a form is large enough for a finger, and a path keeps its direction', { skip }, async (t) => {
  const text = TEXT.replace('of text.', 'of text. ![a cat](/images/a.png)');
  const { page, shown, lines } = await open(t, {
    ...PHONE,
    text,
    files: { 'images/a.png': 'no picture' },
  });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await shown.getByRole('img', { name: 'a cat' }).dblclick();
  const field = page.getByRole('dialog').getByLabel('File or address');
  await field.waitFor();
  assert.ok((await field.boundingBox()).height >= 44);
  const bidi = await field.evaluate((input) => getComputedStyle(input).unicodeBidi);
  assert.equal(bidi, 'plaintext');
  assert.deepEqual(lines, []);
});

test('autocorrect of Android replaces a word in place', { skip: onlyChromium }, async (t) => {
  const text = TEXT.replace('of text', 'of **teh** text');
  const { page, shown, lines } = await open(t, { text, ready: 'of' });
  const session = await page.context().newCDPSession(page);
  await beginBehind(shown, 'teh');
  // Its keyboard composes the word again, and writes another one.
  await session.send('Input.imeSetComposition', {
    text: 'the',
    selectionStart: 3,
    selectionEnd: 3,
    replacementStart: 9 + 3,
    replacementEnd: 9 + 6,
  });
  await session.send('Input.insertText', { text: 'the' });
  await type(page, 'n');
  await becomes(page, text.replace('teh', 'then'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('autocorrect and spell checking replace words where they are', { skip }, async (t) => {
  const text = TEXT.replace('of text', 'of **teh** text').replace('first', 'frist *item*');
  const { page, shown, lines } = await open(t, { text, ready: 'of', prepare: feignTrust });
  /** What a browser reports before it replaces a word. No driver can make one. */
  const correct = (from, to, data) =>
    shown.locator('[contenteditable]').evaluate(
      (block, [from, to, data]) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const ends = [from, to].map((word, last) => {
          walker.currentNode = block;
          for (let node; (node = walker.nextNode());)
            if (node.data.includes(word))
              return [node, node.data.indexOf(word) + last * word.length];
          throw new Error(`There is no ${word}`);
        });
        const [[startContainer, startOffset], [endContainer, endOffset]] = ends;
        const range = new StaticRange({ startContainer, startOffset, endContainer, endOffset });
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/plain', data);
        const event = new InputEvent('beforeinput', {
          inputType: 'insertReplacementText',
          bubbles: true,
          cancelable: true,
          dataTransfer,
          targetRanges: [range],
        });
        Object.defineProperties(event, {
          dataTransfer: { value: dataTransfer, configurable: true },
          getTargetRanges: { value: () => [range], configurable: true },
        });
        return !block.dispatchEvent(event);
      },
      [from, to, data],
    );
  await beginBehind(shown, 'text.');
  // From a script of the page it is nobody's writing.
  assert.equal(await correct('teh', 'teh', 'the'), false);
  await becomes(page, text);
  await shown.locator('body').evaluate(() => (globalThis.trusts = true));
  assert.equal(await correct('teh', 'teh', 'the'), true);
  await type(page, 'n');
  let now = text.replace('teh', 'then');
  await becomes(page, now);
  await agrees(page, shown);
  await page.keyboard.press('Escape');
  await left(page, shown);
  // Words of two elements, which are one then.
  await beginBehind(shown, 'frist');
  assert.equal(await correct('frist', 'item', 'first items'), true);
  now = now.replace('frist *item*', 'first items');
  await becomes(page, now);
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});
