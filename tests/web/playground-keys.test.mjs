// The playground by keyboard: the palette, the list of shortcuts, text commands, and moves between
// panes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  file,
  openTab,
  playgrounds,
  skip,
  source,
  write,
  select as selectRange,
} from './playgrounds.mjs';

const playground = playgrounds(before, after);
/** Puts a text into the editor and selects a part of it. */
async function select(page, text, part) {
  await write(page, text);
  const at = text.indexOf(part);
  await selectRange(page, at, at + part.length);
}
const focused = (page) =>
  page
    .locator('meridian-playground')
    .evaluate(
      ({ shadowRoot: { activeElement } }) =>
        activeElement?.getAttribute('aria-label') || activeElement?.textContent,
    );

test(
  'the palette finds commands and files by some of their letters; focus returns',
  { skip },
  async (t) => {
    const { page, lines } = await playground(t);
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: 'Commands and files' });
    await page.keyboard.type('conf');
    await page.getByRole('option', { selected: true }).getByText('_config.yml').waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await openTab(page).textContent(), '_config.yml');
    assert.equal(await focused(page), '_config.yml');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nothing is called so');
    await page.getByText('Nothing is called that.').waitFor();
    await page.keyboard.press('Escape');
    assert.ok(await input.isHidden());
    assert.equal(await focused(page), '_config.yml');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('side');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page
      .getByRole('option', { selected: true })
      .getByText('Side by side, or one above the other')
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.play[data-split=rows]').waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'a question mark outside of text fields shows the shortcuts; inside one it is typed',
  { skip },
  async (t) => {
    const { page } = await playground(t);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Bold').waitFor();
    await page.keyboard.press('Escape');
    assert.ok(await keys.isHidden());
    await write(page, 'Really');
    await page.keyboard.press('?');
    assert.ok(await keys.isHidden());
    assert.deepEqual(await source(page), ['Really?']);
    await page.getByRole('button', { name: 'Keys' }).click();
    await keys.getByRole('button', { name: 'Close' }).click();
    assert.ok(await keys.isHidden());
  },
);

test('text commands: emphasis, links, pictures, headings', { skip }, async (t) => {
  const { page } = await playground(t);
  const cases = [
    ['one two', 'two', 'Control+b', 'one **two**'],
    ['one **two**', 'two', 'Control+b', 'one two'],
    ['one **two**', '**two**', 'Control+b', 'one two'],
    ['one **two**', 'two', 'Control+i', 'one ***two***'],
    ['one *two*', 'two', 'Control+i', 'one two'],
    ['one two', 'two', 'Control+e', 'one `two`'],
    ['one two', 'two', 'Alt+k', 'one [two](https://)'],
    ['see https://a.org/b', 'https://a.org/b', 'Alt+k', 'see [](https://a.org/b)'],
    ['one', '', 'Alt+i', '![](/images/)one'],
    ['one', '', 'Alt+j', '## one'],
    ['## one', '', 'Alt+j', '### one'],
    ['#### one', '', 'Alt+j', 'one'],
  ];
  for (const [text, part, keys, expected] of cases) {
    await select(page, text, part);
    await page.keyboard.press(keys);
    assert.deepEqual(await source(page), [expected], `${text}, ${keys}`);
  }
  await select(page, '|a|b|\n|-|-|\n|one|two|', 'one');
  await page.keyboard.press('Shift+Alt+f');
  assert.deepEqual(await source(page), ['| a   | b   |', '|-----|-----|', '| one | two |']);
  await page.keyboard.press('Control+z');
  assert.deepEqual(await source(page), ['|a|b|', '|-|-|', '|one|two|']);
  await write(page, 'No table');
  await page.keyboard.press('Shift+Alt+f');
  await page.getByText('There is no table around the cursor.').waitFor();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find' }).waitFor();
});

test('a stop for the globe is added to the data file, which is created', { skip }, async (t) => {
  const { page, shown } = await playground(t);
  // Typing may continue at once, however long the core takes to report which page a file is.
  await page.locator('meridian-playground').evaluate(({ playground: { renderer } }) => {
    const { addressOf } = renderer;
    renderer.addressOf = (path) =>
      new Promise((done) => setTimeout(done, 1000)).then(() => addressOf.call(renderer, path));
  });
  await write(
    page,
    '---\nlayout: single\ntitle: Journeys\n---\n\n{% for stop in site.data.travel %}{{ stop.city }}, {{ stop.country }}.{% endfor %}\n',
  );
  await page.keyboard.press('Shift+Alt+g');
  await page.getByRole('tab', { name: 'travel.yml', selected: true }).waitFor();
  await page.keyboard.type('Porto');
  await shown.getByText('Porto, Portugal.').waitFor();
  await page.keyboard.press('Shift+Alt+g');
  await shown.getByText('Porto, Portugal.Lisbon, Portugal.').waitFor();
});

test(
  'keys move between panes and hide the tree; the dialect is switched for the whole project',
  { skip },
  async (t) => {
    const { page, shown } = await playground(t, { viewport: { width: 1440, height: 900 } });
    await page.locator('.cm-content').click();
    const way = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('F6');
      way.push(await focused(page));
    }
    assert.match(
      way.join(' | '),
      /^Write on the page \| Problems.* \| .* \| index\.md \| index\.md$/s,
    );
    await page.keyboard.press('Shift+Alt+t');
    assert.ok(await file(page, 'index.md').isHidden());
    await page.keyboard.press('Shift+Alt+t');
    assert.ok(await file(page, 'index.md').isVisible());
    await write(
      page,
      '---\nlayout: single\ntitle: T\n---\n\nA term\n: its meaning\n\n- [x] done\n',
    );
    await shown.locator('dl dd').getByText('its meaning').waitFor();
    const markdown = page.getByRole('group', { name: 'Markdown' });
    await markdown.getByRole('button', { name: 'kramdown', pressed: true }).waitFor();
    await markdown.getByRole('button', { name: 'GitHub’s' }).click();
    await markdown.getByRole('button', { name: 'GitHub’s', pressed: true }).waitFor();
    await shown.getByText(': its meaning').waitFor();
    await file(page, '_config.yml').click();
    assert.ok(await markdown.isHidden());
    assert.ok((await source(page)).includes('markdown: GFM'));
  },
);
