// What is pasted into the source: HTML, addresses, cells, BibTeX and pictures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addEntries } from '../../web/playground/paste/entries.js';
import { cellsOf, tableOf } from '../../web/playground/paste/cells.js';
import { linkOf, playgrounds, select, skip, textOf, write } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const playground = playgrounds(before, after);

/** Pastes data of these types: texts, and files as [name, type, bytes]. */
const paste = (page, texts, files = []) =>
  page.evaluate(
    ([texts, files]) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(texts)) data.setData(type, text);
      for (const [name, type, bytes] of files)
        data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      document
        .querySelector('meridian-playground')
        .shadowRoot.querySelector('.cm-content')
        .dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
    },
    [texts, files],
  );
const becomes = async (page, expected, what) => {
  await until(async () => (await textOf(page)) === expected, `${what}: ${expected}`).catch(
    async () => assert.equal(await textOf(page), expected, what),
  );
};

const HTML = [
  ['emphasis', '<p>A <b>bold</b> and <i>slanted</i> word</p>', 'A **bold** and *slanted* word'],
  ['a heading', '<h2>Title</h2><p>Text</p>', '## Title\n\nText'],
  ['a list', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '- a\n  - b\n- c'],
  ['numbers', '<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
  ['a link', '<p>See <a href="https://a.org/x">this</a></p>', 'See [this](https://a.org/x)'],
  ['code', '<pre><code class="language-js">let a;</code></pre>', '```js\nlet a;\n```'],
  ['struck', '<p><s>gone</s></p>', '~~gone~~'],
  ['a script', '<p>a<script>alert(1)</script></p>', 'a'],
  ['a hostile address', '<p><a href="javascript:alert(1)">x</a> y</p>', 'x y'],
  [
    'Google Docs',
    '<b style="font-weight:normal"><p><span style="font-weight:700">a</span> b</p></b>',
    '**a** b',
  ],
  [
    'a table',
    '<table><tr><th>City</th><th>Height</th></tr><tr><td>Quito</td><td>2908</td></tr></table>',
    '| City  | Height |\n|-------|-------:|\n| Quito |   2908 |',
  ],
  ['a picture', '<p><img src="https://a.org/b.png" alt="B"></p>', '![B](https://a.org/b.png)'],
];

test('HTML becomes Markdown; with Shift, and in code, it is plain text', { skip }, async (t) => {
  const { page, lines } = await playground(t);
  for (const [what, html, markdown] of HTML) {
    await write(page, ' ');
    await page.keyboard.press('ControlOrMeta+a');
    await paste(page, { 'text/html': html, 'text/plain': 'plain' });
    await becomes(page, markdown, what);
  }
  await write(page, ' ');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.down('Shift');
  await paste(page, { 'text/html': '<p><b>a</b></p>', 'text/plain': 'plain' });
  await page.keyboard.up('Shift');
  await becomes(page, 'plain', 'with Shift');
  await write(page, '```\n\n```');
  await select(page, 4);
  await paste(page, { 'text/html': '<p><b>a</b></p>', 'text/plain': 'plain' });
  await becomes(page, '```\nplain\n```', 'in code');
  await page.keyboard.press('ControlOrMeta+z');
  await becomes(page, '```\n\n```', 'one undo');
  assert.deepEqual(lines, []);
});

test('an address over words is a link; cells are a table', { skip }, async (t) => {
  const { page } = await playground(t);
  await write(page, 'See the map here');
  await select(page, 8, 11);
  await paste(page, { 'text/plain': 'https://a.org/b_(c)' });
  await becomes(page, 'See the [map](https://a.org/b_%28c%29) here', 'over a word');
  await write(page, 'See ');
  await paste(page, { 'text/plain': 'https://a.org' });
  await becomes(page, 'See https://a.org', 'alone');
  await write(page, ' ');
  await page.keyboard.press('ControlOrMeta+a');
  await paste(page, { 'text/plain': 'City\tHeight\nQuito\t2908\n"A ""b"""\t5' });
  await becomes(
    page,
    '| City  | Height |\n|-------|-------:|\n| Quito |   2908 |\n| A "b" |      5 |',
    'cells',
  );
});

test('cells: quotes, bars, line breaks, missing ones', () => {
  assert.deepEqual(cellsOf('a\tb\r\n"x\ny"\t'), [
    ['a', 'b'],
    ['x\ny', ''],
  ]);
  assert.equal(
    tableOf([
      ['a', 'b'],
      ['1|2', 'x\ny'],
    ]),
    '| a    | b      |\n|------|--------|\n| 1\\|2 | x<br>y |',
  );
  assert.equal(tableOf([['a', 'b'], ['c']]), '| a   | b   |\n|-----|-----|\n| c   |     |');
});

test('BibTeX: after the entry around the caret, with a free key', { skip }, async (t) => {
  const one = '@article{a2020, title = {One}}';
  assert.deepEqual(addEntries(`${one}\n`, 10, '@book{b, title={(}}'), {
    from: one.length,
    to: one.length + 1,
    insert: '\n\n@book{b, title={(}}\n',
    renamed: [],
  });
  const { page } = await playground(t, {
    at: linkOf({ 'refs.bib': `${one}\n\n@misc{z, note={}}\n` }),
    frame: false,
  });
  await page.locator('.cm-content').click();
  await select(page, 12);
  await paste(page, { 'text/plain': '@article{a2020, title = {Two}}' });
  await becomes(
    page,
    `${one}\n\n@article{a2020a, title = {Two}}\n\n@misc{z, note={}}\n`,
    'an entry',
  );
  await page.getByText('The key a2020 is taken: the new entry has the key a2020a.').waitFor();
});

const PIXEL = [
  ...Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
];
test(
  'a pasted picture is a file, shown by a link; one undo takes both back',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t, {
      at: linkOf({
        '_posts/2026-01-02-high-andes.md': '---\ntitle: T\n---\n\n',
        '_config.yml': 'title: T\n',
        'assets/img/a.png': '',
      }),
      frame: false,
      viewport: { width: 1440, height: 900 },
    });
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    const before = await textOf(page);
    await paste(page, {}, [['image.png', 'image/png', PIXEL]]);
    await becomes(page, `${before}![Picture](/assets/img/high-andes-1.png)`, 'a picture');
    await shown.getByRole('img', { name: 'Picture' }).waitFor();
    // The alternative text is selected.
    await page.keyboard.type('Chimborazo');
    await shown.getByRole('img', { name: 'Chimborazo' }).waitFor();
    await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, `${before}![Picture](/assets/img/high-andes-1.png)`, 'typing undone');
    await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, before, 'the picture undone');
    assert.equal(
      await page
        .locator('meridian-playground')
        .evaluate(({ playground: { project } }) => project.has('assets/img/high-andes-1.png')),
      false,
    );
    await paste(page, {}, [['El Chimborazo.JPG', 'image/jpeg', PIXEL]]);
    await becomes(page, `${before}![El Chimborazo](/assets/img/el-chimborazo.jpg)`, 'its own name');
    assert.deepEqual(lines, []);
  },
);
