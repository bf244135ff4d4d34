// Lists and quotes in the editor: Enter continues them, twice ends them, Tab moves items, and pairs
// close. The cases are texts with a caret `|`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { playgrounds, select, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);

/** Sets the text, in which bars are the ends of the selection. */
async function put(page, text) {
  await write(page, text.replaceAll('|', ''));
  const [anchor, head = anchor + 1] = [...text.matchAll(/\|/g)].map(({ index }) => index);
  await select(page, anchor, head - 1);
}
/** The text with a bar at the caret. */
const now = (page) =>
  page.locator('meridian-playground').evaluate(({ playground: { editor } }) => {
    const { doc, selection } = editor.view.state;
    const text = doc.toString();
    return `${text.slice(0, selection.main.head)}|${text.slice(selection.main.head)}`;
  });

const ENTER = [
  ['a bullet', '- a|', '- a\n- |'],
  ['other bullets', '* a\n* b|', '* a\n* b\n* |'],
  ['a number counts on', '1. a|', '1. a\n2. |'],
  ['those after it count on', '1. a|\n2. b\n3. c', '1. a\n2. |\n3. b\n4. c'],
  ['a list of ones stays one', '1. a\n1. b|', '1. a\n1. b\n1. |'],
  ['a parenthesis', '9) a|', '9) a\n10) |'],
  ['a done task', '- [x] a|', '- [x] a\n- [ ] |'],
  ['a quote', '> a|', '> a\n> |'],
  ['a list in a quote', '> 1. a|', '> 1. a\n> 2. |'],
  ['a nested item', '- a\n  - b|', '- a\n  - b\n  - |'],
  ['an item is divided', '- one |two', '- one\n- |two'],
  ['an empty item ends the list', '- a\n- |', '- a\n|'],
  ['an empty number ends it', '1. a\n2. |', '1. a\n|'],
  ['an empty task ends it', '- [ ] a\n- [ ] |', '- [ ] a\n|'],
  ['an empty quote ends it', '> a\n> |', '> a\n|'],
  ['an empty nested item moves out', '1. a\n   - b\n   - |', '1. a\n   - b\n2. |'],
  ['a thematic break is no item', '* * *|', '* * *\n|'],
  ['text', 'a|', 'a\n|'],
  ['front matter', '---\ntags:\n- a|\n---\n', '---\ntags:\n- a\n|\n---\n'],
  ['code', '```\n- a|\n```', '```\n- a\n|\n```'],
];
const TAB = [
  ['a bullet', '- a\n- b|', '- a\n  - b|', '- a\n- b|'],
  ['a number', '1. a\n2. b|\n3. c', '1. a\n   1. b|\n2. c', '1. a\n2. b|\n3. c'],
  ['with what is in it', '- a\n- b|\n  - c', '- a\n  - b|\n    - c', '- a\n- b|\n  - c'],
  ['a task', '- [ ] a\n- [ ] b|', '- [ ] a\n  - [ ] b|', '- [ ] a\n- [ ] b|'],
  ['the first item stays', '- a|\n- b', '- a|\n- b', '- a|\n- b'],
];

test('Enter continues lists and quotes, and ends empty ones', { skip }, async (t) => {
  const { page, lines } = await playground(t);
  for (const [what, text, expected] of ENTER) {
    await put(page, text);
    await page.keyboard.press('Enter');
    assert.equal(await now(page), expected, what);
  }
  // One step of the history.
  await put(page, '1. a|\n2. b');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+z');
  assert.equal(await now(page), '1. a|\n2. b');
  assert.deepEqual(lines, []);
});

test('Tab moves items below the one before, Shift-Tab out', { skip }, async (t) => {
  const { page } = await playground(t);
  for (const [what, text, inside, outside] of TAB) {
    await put(page, text);
    await page.keyboard.press('Tab');
    assert.equal(await now(page), inside, what);
    await page.keyboard.press('Shift+Tab');
    assert.equal(await now(page), outside, what);
  }
  await put(page, '- a\n|- b\n- c|\n- d');
  await page.keyboard.press('Tab');
  assert.equal((await now(page)).replace('|', ''), '- a\n  - b\n  - c\n- d');
});

test('pairs close, marks surround a selection, Backspace removes a marker', { skip }, async (t) => {
  const { page } = await playground(t);
  for (const [text, keys, expected] of [
    ['|', '(', '(|)'],
    ['|', '[a]', '[a]|'],
    ['|', '`', '`|`'],
    ['|', '*', '*|'],
    ['one |two|', '*', 'one *two|*'],
    ['one |two|', '_', 'one _two|_'],
    ['one |two|', '[', 'one [two|]'],
  ]) {
    await put(page, text);
    await page.keyboard.type(keys);
    assert.equal(await now(page), expected, `${text} ${keys}`);
  }
  await put(page, '- a\n- |');
  await page.keyboard.press('Backspace');
  assert.equal(await now(page), '- a\n|');
});
