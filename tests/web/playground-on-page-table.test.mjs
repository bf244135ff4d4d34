// Writing on the page: a table's rows, columns and alignment change in place, by keys and by
// buttons, and only their bytes of the source.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, TEXT, onPage } from './on_page.mjs';
import { skip, textOf } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, beginBehind, left, becomes, agrees } = onPage(before, after);
const ROWS = '| a | b |\n|:--|--:|\n| cell | 2 |\n';
/** The document with another table. */
const withRows = (rows) => TEXT.replace(ROWS, rows);
const DIALECTS = [
  ['kramdown', 'title: T\n'],
  ['GitHub', 'title: T\nmarkdown: CommonMarkGhPages\n'],
];

for (const [dialect, config] of DIALECTS)
  test(`Tab and Enter move through cells, and add rows; ${dialect}`, { skip }, async (t) => {
    const { page, shown, lines } = await open(t, { files: { '_config.yml': config } });
    await beginBehind(shown, 'cell');
    await page.keyboard.press('Tab');
    await page.keyboard.type('5', { delay: 15 });
    await becomes(page, withRows(ROWS.replace('| 2 |', '| 25 |')));
    // Behind the last cell there is another row, written as those before it, in one line.
    await page.keyboard.press('Tab');
    await page.keyboard.type('new', { delay: 15 });
    await page.keyboard.press('Tab');
    await page.keyboard.type('7', { delay: 15 });
    const more = `${ROWS.replace('| 2 |', '| 25 |')}| new | 7 |\n`;
    await becomes(page, withRows(more));
    await agrees(page, shown);
    // Back, and down.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('er', { delay: 15 });
    await becomes(page, withRows(more.replace('new', 'newer')));
    await page.keyboard.press('Enter');
    await page.keyboard.type('last', { delay: 15 });
    const last = `${more.replace('new', 'newer')}| last |  |\n`;
    await becomes(page, withRows(last));
    // An empty row ends the table, and the text goes on behind it.
    await page.keyboard.press('Enter');
    await becomes(page, withRows(`${last}|  |  |\n`));
    await page.keyboard.press('Enter');
    await page.keyboard.type('Behind', { delay: 15 });
    await becomes(page, withRows(`${last}\nBehind\n`));
    await agrees(page, shown);
    // A cell that is emptied stays one.
    await page.keyboard.press('Escape');
    await left(page, shown);
    await beginBehind(shown, 'last');
    for (let letter = 0; letter < 6; letter++) await page.keyboard.press('Backspace');
    await becomes(page, withRows(`${last.replace('last', '')}\nBehind\n`));
    await agrees(page, shown);
    assert.deepEqual(lines, []);
  });

for (const options of [{}, PHONE])
  test(
    `buttons change rows, columns and sides; ${JSON.stringify(options)}`,
    { skip },
    async (t) => {
      const { page, shown, lines } = await open(t, options);
      if (options.isMobile) await page.getByRole('button', { name: 'Write on the page' }).tap();
      const bar = page.getByRole('toolbar', { name: 'Write on the page' });
      const press = (name) => bar.getByRole('button', { name, exact: true }).click();
      await beginBehind(shown, 'cell');
      assert.equal(await bar.getByRole('button', { name: 'Quote' }).isVisible(), false);
      await press('Add a row below');
      await becomes(page, withRows(`${ROWS}|  |  |\n`));
      await page.keyboard.type('x', { delay: 15 });
      await becomes(page, withRows(`${ROWS}| x |  |\n`));
      await press('Add a column after');
      await page.keyboard.type('y', { delay: 15 });
      const wide = '| a |  | b |\n|:--|---|--:|\n| cell |  | 2 |\n| x | y |  |\n';
      await becomes(page, withRows(wide));
      await agrees(page, shown);
      await press('Align in the middle');
      await becomes(page, withRows(wide.replace('|---|', '|:-:|')));
      await press('Align right');
      await becomes(page, withRows(wide.replace('|---|', '|--:|')));
      await agrees(page, shown);
      await press('Delete the column');
      await becomes(page, withRows('| a | b |\n|:--|--:|\n| cell | 2 |\n| x |  |\n'));
      await press('Delete the row');
      await becomes(page, TEXT);
      await agrees(page, shown);
      // A head and a row stay.
      await press('Delete the row');
      await page.keyboard.type('!', { delay: 15 });
      await until(async () => (await textOf(page, 'index.md')).includes('!'), 'the row stays');
      await press('Delete the table');
      await page.keyboard.type('Instead', { delay: 15 });
      await becomes(page, TEXT.replace(ROWS, 'Instead\n'));
      await agrees(page, shown);
      // One history: a step for each. The table comes back as another element, and the bar stays.
      for (let step = 0; step < 20; step++) {
        if ((await textOf(page, 'index.md')) === TEXT) break;
        await press('Undo');
        await page.waitForTimeout(150);
      }
      assert.equal(await textOf(page, 'index.md'), TEXT);
      assert.deepEqual(lines, []);
    },
  );

test('what is typed before a cell is left is not lost', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'cell');
  await page.keyboard.type('s');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3');
  await page.keyboard.press('Tab');
  await page.keyboard.type('one');
  await page.keyboard.press('Tab');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await page.keyboard.type('three');
  await becomes(
    page,
    withRows('| a | b |\n|:--|--:|\n| cells | 23 |\n| one | two |\n| three |  |\n'),
  );
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});
