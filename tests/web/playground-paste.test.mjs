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

/** Pastes a photo as a camera writes it: with its place, and a mark that it lies on its side. */
const photo = (page, [width, height], name = 'IMG_1234.jpg') =>
  page.evaluate(
    async ([width, height, name]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      // Red at its left edge: upright, that is the upper one.
      const colours = context.createLinearGradient(0, 0, width, 0);
      colours.addColorStop(0.2, '#f00');
      colours.addColorStop(0.8, '#00f');
      context.fillStyle = colours;
      context.fillRect(0, 0, width, height);
      const plain = new Uint8Array(
        await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer(),
      );
      // TIFF, big endian: one entry, orientation (0x0112) 6, and a text behind it.
      const place = [...new TextEncoder().encode('GPS 52.5N 13.4E')];
      const entry = [1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
      const tiff = [77, 77, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
      const noted = [69, 120, 105, 102, 0, 0, ...tiff, ...place];
      const length = noted.length + 2;
      const head = [0xff, 0xe1, length >> 8, length & 255, ...noted];
      const bytes = new Uint8Array([...plain.slice(0, 2), ...head, ...plain.slice(2)]);
      const { playground } = document.querySelector('meridian-playground');
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: 'image/jpeg' }));
      const end = playground.editor.view.state.doc.length;
      playground.editor.view.dispatch({ selection: { anchor: end } });
      playground.take(data, false);
      return bytes.length;
    },
    [width, height, name],
  );

/** What a picture of the project is: size, bytes, whether notes are in it, its upper colour. */
const seen = (page, path) =>
  page.evaluate(async (path) => {
    const bytes = document.querySelector('meridian-playground').playground.project.bytes(path);
    if (!bytes) return undefined;
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const [red, , blue] = context.getImageData(bitmap.width >> 1, 4, 1, 1).data;
    const text = new TextDecoder('latin1').decode(bytes);
    return {
      size: [bitmap.width, bitmap.height],
      bytes: bytes.length,
      notes: /Exif|EXIF|GPS/.test(text),
      upper: red > 200 && blue < 60 ? 'red' : `${red} ${blue}`,
    };
  }, path);

test(
  'a photo of 12 megapixels is upright, at most 2,000 px, smaller, and has no place',
  { skip },
  async (t) => {
    const { page, lines } = await playground(t);
    const before = await textOf(page);
    const bytes = await photo(page, [4000, 3000]);
    const path = () =>
      page.evaluate(() =>
        document
          .querySelector('meridian-playground')
          .playground.project.paths.find((one) => /img-1234/.test(one)),
      );
    await until(path, 'the photo is there');
    const name = await path();
    // WebKit writes no WebP.
    assert.match(name, /^images\/img-1234\.(webp|jpg)$/);
    const found = await seen(page, name);
    assert.deepEqual(found.size, [1500, 2000]);
    assert.equal(found.upper, 'red');
    assert.equal(found.notes, false);
    assert.ok(found.bytes < bytes, `${found.bytes} of ${bytes}`);
    await until(async () => (await textOf(page)).endsWith(`![IMG 1234](/${name})`), 'inserted');
    await page.keyboard.press('ControlOrMeta+z');
    await until(async () => (await textOf(page)) === before && !(await path()), 'undone');
    // A small one loses its notes, too.
    await photo(page, [64, 48], 'small.jpg');
    const small = await until(async () => {
      const paths = await page.evaluate(
        () => document.querySelector('meridian-playground').playground.project.paths,
      );
      return paths.find((one) => /small/.test(one));
    }, 'the small one');
    const shown = await seen(page, small);
    assert.deepEqual([shown.size, shown.notes], [[48, 64], false]);
    assert.deepEqual(lines, []);
  },
);

test('how long a photo may be is a setting of the site', { skip }, async (t) => {
  const { page, lines } = await playground(t);
  const added = (name) =>
    until(
      () =>
        page.evaluate(
          (name) =>
            document
              .querySelector('meridian-playground')
              .playground.project.paths.find((one) => one.includes(name)),
          name,
        ),
      name,
    );
  const settings = { 1200: '{pictures: 1200}', 700: '\n  pictures: 700', 2000: '{pictures: wide}' };
  for (const [pixels, text] of Object.entries(settings)) {
    await page.evaluate((text) => {
      const { project } = document.querySelector('meridian-playground').playground;
      const config = project.text('_config.yml').replace(/^meridian:[^]*/m, '');
      project.put('_config.yml', `${config}\nmeridian: ${text}\n`);
    }, text);
    await photo(page, [2400, 1800], `of-${pixels}.jpg`);
    const { size } = await seen(page, await added(`of-${pixels}`));
    assert.equal(Math.max(...size), Number(pixels));
  }
  assert.deepEqual(lines, []);
});

test('HEIC that the browser can’t read is refused with a reason', { skip }, async (t) => {
  const { page } = await playground(t);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(30_000)], 'a.heic', { type: 'image/heic' }));
    const { playground } = document.querySelector('meridian-playground');
    const end = playground.editor.view.state.doc.length;
    playground.editor.view.dispatch({ selection: { anchor: end } });
    playground.take(data, false);
  });
  await page.getByText('a.heic is a HEIC picture, which this browser can’t read.').waitFor();
});
