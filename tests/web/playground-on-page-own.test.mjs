// Writing on the page: code in place, forms for formulas and footnotes, why a change is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findSource } from '../../web/playground/on_page/own_source.js';
import { HEAD, onPage } from './on_page.mjs';
import { until } from './hosts.mjs';
import { skip } from './playgrounds.mjs';

const { open, writesIn, beginBehind, left, insertText, caretBehind, becomes, agrees } = onPage(
  before,
  after,
);

const KRAMDOWN = 'title: T\nmarkdown: kramdown\n';
const BLOCK = '- item\n\n  ~~~ruby\n  puts 1\n\n  puts 2\n  ~~~\n\n    indented\n';
const CODE = `${HEAD}Some of text.\n\n${BLOCK}\nLast.\n`;
const NOTES = `${HEAD.replace('title', 'layout: single\ntitle')}Some of text with $$a<b$$ and $$x$$, a note[^n].\n\n$$\n\\frac{x}{y}\n$$\n\nAgain $$x$$ here.\n\n[^n]: What *it* says.\n`;

/** Begins in code, whose words have elements of their own: the caret is behind a text of one. */
async function begin(shown, line, text) {
  await shown.locator('pre', { hasText: line }).dblclick({ position: { x: 30, y: 30 } });
  await writesIn(shown, 'pre');
  await caretBehind(shown, text);
}

test('the source of a formula, a footnote and a citation', () => {
  const text = `a $$x$$ x $$ x $$\n\n\`\`\`math\ny\n\`\`\`\n\n$\`z\`$ and $5 $w$.\n\n[^A b]: One\n    two\n\n> [^c]: Three\n\n{% cite k1 k2 %} {%- cite k1 -%}\n`;
  const swap = (old, now) => text.replace(old, () => now);
  for (const [kind, wanted, number, now] of [
    ['formula', 'x', 0, swap('$x$', '$N$')],
    ['formula', 'x', 1, swap('x $$\n', 'N $$\n')],
    ['formula', 'y', 0, swap('\ny\n', '\nN\n')],
    ['formula', 'z', 0, swap('$`z`$', '$`N`$')],
    ['formula', 'w', 0, swap('$w$', '$N$')],
    ['footnote', 'a b', 0, swap('One\n    two', 'N')],
    ['footnote', 'c', 0, swap('Three', 'N')],
    ['citation', 'k1', 0, swap('k1 k2', 'N')],
    ['citation', 'k1', 1, swap('k1 -', 'N -')],
  ]) {
    const found = findSource(text, { kind, text: wanted, before: number });
    assert.ok(found, `${kind} ${wanted}`);
    const { from, to, value } = found;
    assert.equal(text.slice(from, to), value);
    assert.equal(text.slice(0, from) + 'N' + text.slice(to), now);
  }
  for (const [kind, wanted, number] of [
    ['formula', 'x', 2],
    ['formula', '', 0],
    ['footnote', 'd', 0],
    ['citation', 'k', 0],
  ])
    assert.equal(findSource(text, { kind, text: wanted, before: number }), undefined);
  // In linear time.
  const long = '{%'.repeat(50_000) + '$'.repeat(100_000);
  for (const kind of ['formula', 'footnote', 'citation'])
    assert.equal(findSource(long, { kind, text: 'x', before: 0 }), undefined);
  const many = '$x$ '.repeat(50_000);
  const last = findSource(many, { kind: 'formula', text: 'x', before: 49_999 });
  assert.equal(last?.from, many.length - 3);
});

for (const [dialect, config] of [
  ['kramdown', KRAMDOWN],
  ['GitHub', 'title: T\n'],
])
  test(`code is written in place; ${dialect}`, { skip }, async (t) => {
    const { page, shown, lines } = await open(t, { text: CODE, files: { '_config.yml': config } });
    await begin(shown, 'puts 1', '1');
    await page.keyboard.type('2', { delay: 15 });
    await becomes(page, CODE.replace('puts 1', 'puts 12'));
    await page.keyboard.press('Enter');
    await page.keyboard.type('  *a* {b', { delay: 15 });
    await becomes(page, CODE.replace('puts 1\n', 'puts 12\n    *a* {b\n'));
    await agrees(page, shown);
    // No format, no other block, no joining.
    await page.keyboard.press('ControlOrMeta+b');
    const bold = page.locator('.on-page').getByRole('button', { name: 'Bold' });
    assert.equal(await bold.isVisible(), false);
    for (let i = 0; i < 9; i++) await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, CODE);
    await page.keyboard.press('Escape');
    await left(page, shown);
    // A fence would end the block: the reason is said, and the source stays.
    await begin(shown, 'puts 2', '2');
    await page.keyboard.press('Enter');
    await insertText(shown, '~~~');
    const notice = page.getByText('Markdown has no form for this change');
    await notice.waitFor();
    await becomes(page, CODE);
    await page.getByRole('button', { name: 'Open the source' }).click();
    assert.deepEqual(lines, []);
  });

test('a formula, a footnote and the words beside them', { skip }, async (t) => {
  const { page, shown, lines } = await open(t, {
    text: NOTES,
    files: { '_config.yml': KRAMDOWN },
    ready: 'of text',
  });
  await shown.locator('math').first().waitFor();
  // Beside formulas one writes as everywhere.
  await beginBehind(shown, 'here.');
  await page.keyboard.type(' Now', { delay: 15 });
  await becomes(page, NOTES.replace('here.', 'here. Now'));
  await page.keyboard.press('Escape');
  await left(page, shown);
  const dialog = page.locator('dialog.ask');
  // The second of two equal ones, then that of a block, with its picture.
  const now = NOTES.replace('here.', 'here. Now').replace('Again $$x', 'Again $$$$x^2');
  await shown.locator('math').last().dblclick();
  assert.equal(await dialog.getByRole('textbox').inputValue(), 'x');
  await dialog.getByRole('textbox').fill('x^2');
  await dialog.locator('.shown msup').waitFor();
  await dialog.getByRole('button', { name: 'Change' }).click();
  await becomes(page, now);
  await shown.locator('math[display=block]').dblclick();
  await dialog.getByRole('textbox').fill('a $$ b');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await page.getByText('The formula is as it was: “$$” would end it.').waitFor();
  await shown.locator('math[display=block]').dblclick();
  await dialog.getByRole('textbox').fill('\\frac{x}{2}');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await becomes(page, now.replace('{y}', '{2}'));
  // By its mark, and by its text.
  await shown.locator('sup a').dblclick();
  assert.equal(await dialog.getByRole('textbox').inputValue(), 'What *it* says.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await shown.getByText('What').dblclick();
  await dialog.getByRole('textbox').fill('What it *says*.');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await becomes(page, now.replace('{y}', '{2}').replace('*it* says', 'it *says*'));
  await shown.locator('em', { hasText: 'says' }).waitFor();
  assert.deepEqual(lines, []);
});

test('a footnote’s mark leads to it by a click, to its source by two', { skip }, async (t) => {
  const far = 'Between.\n\n'.repeat(60);
  const text = `${HEAD}Some of text[^n].\n\n${far}[^n]: What it says.\n`;
  const { page, shown, lines } = await open(t, { text, ready: 'of text' });
  const mark = shown.locator('sup a');
  const top = () => mark.evaluate(() => scrollY);
  await mark.click();
  await until(async () => (await top()) > 0, 'the footnote is in view');
  await mark.scrollIntoViewIfNeeded();
  await mark.dblclick();
  const dialog = page.locator('dialog.ask');
  assert.equal(await dialog.getByRole('textbox').inputValue(), 'What it says.');
  // What the first click began would have come by now.
  await page.waitForTimeout(600);
  assert.equal(await top(), 0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // The frame has the focus a moment after the dialog has gone.
  await until(async () => {
    await mark.press('Enter');
    return (await top()) > 0;
  }, 'the footnote is in view by a key');
  assert.deepEqual(lines, []);
});
