// The playground's files: adding, renaming, deleting and restoring them by keyboard and by mouse;
// syntax colours in the editor.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { until } from './hosts.mjs';
import { file, openTab, playgrounds, skip, source, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const paths = (page) =>
  page.locator('meridian-playground').evaluate((element) => Object.keys(element.files).sort());
const focused = (page) =>
  page.locator('meridian-playground').evaluate(
    ({
      shadowRoot: {
        activeElement: { dataset },
      },
    }) => dataset.path ?? dataset.folder,
  );
/** Drops files on an element of the page. */
const drop = (target, files) =>
  target.evaluate((element, list) => {
    const dataTransfer = new DataTransfer();
    for (const [name, bytes] of list)
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    for (const type of ['dragover', 'drop'])
      element.dispatchEvent(
        new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer }),
      );
  }, files);
const PNG = [
  ...Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR42mP4z8AARAwoFABE0AX7TM5xDwAAAABJRU5ErkJggg==',
    'base64',
  ),
];

test('renaming in place, of folders too; keyboard use of the tree', { skip }, async (t) => {
  const { page, shown, lines } = await playground(t);
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('combobox', { name: 'Open' }).selectOption('home');
  await shown.getByRole('heading', { name: 'About' }).first().waitFor();
  await file(page, 'about.md').focus();
  const way = [];
  for (const key of [
    'ArrowUp',
    'ArrowLeft',
    'ArrowUp',
    'ArrowDown',
    'ArrowRight',
    'ArrowRight',
    'End',
    'Home',
  ]) {
    await page.keyboard.press(key);
    way.push(await focused(page));
  }
  assert.deepEqual(way, [
    '_pages',
    '_pages',
    '_data/navigation.yml',
    '_pages',
    '_pages',
    '_pages/about.md',
    '_config.yml',
    '_data',
  ]);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New path' });
  assert.equal(await field.inputValue(), '_publications/notes.md');
  await page.keyboard.type('translator');
  await page.keyboard.press('Enter');
  assert.ok((await paths(page)).includes('_publications/translator.md'));
  await shown.getByRole('link', { name: 'Notes by the Translator' }).waitFor();
  // An existing file is reported, and replaced only on demand.
  await file(page, 'about.md').click();
  await page.keyboard.press('F2');
  await field.fill('_pages/publications.md');
  await page.keyboard.press('Enter');
  await page.getByText('There is _pages/publications.md already.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), '_pages/about.md');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await field.fill('texts');
  await page.keyboard.press('Enter');
  await until(async () => (await paths(page)).includes('texts/about.md'));
  assert.deepEqual(
    (await paths(page)).filter((path) => /about|publications\.md/.test(path)),
    ['texts/about.md', 'texts/publications.md'],
  );
  assert.deepEqual(lines, []);
});

test('a press on a file stays a click when a diagnostic arrives during it', { skip }, async (t) => {
  const { page, shown } = await playground(t);
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  await file(page, '_config.yml').hover();
  await page.mouse.down();
  await page.locator('.cm-content').focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText('{% if');
  await page.getByRole('navigation', { name: 'Files' }).getByLabel('1 problem').waitFor();
  await page.mouse.up();
  assert.equal(await openTab(page).textContent(), '_config.yml');
});

test('a deleted file can be restored', { skip }, async (t) => {
  const { page, shown } = await playground(t);
  await write(page, '---\nlayout: single\ntitle: Gone\n---\n\nGone?\n');
  await file(page, 'index.md').focus();
  await page.keyboard.press('Delete');
  await page.getByText('index.md is deleted.').waitFor();
  assert.deepEqual(await paths(page), ['_config.yml']);
  assert.equal(await focused(page), '_config.yml');
  await page.locator('.note').getByRole('button', { name: 'Undo' }).click();
  await shown.getByText('Gone?').waitFor();
  assert.deepEqual(await paths(page), ['_config.yml', 'index.md']);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('restore');
  await page.keyboard.press('Enter');
  await shown.getByText('Gone?').waitFor();
});

test(
  'files are added by a button and by a drop on a folder; a picture shows in the list and on the page',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Upload' }).click(),
    ]);
    await chooser.setFiles([{ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(PNG) }]);
    await page.getByText('images/dot.png is there.').waitFor();
    await page.locator('.picture').getByText('2 × 3').waitFor();
    assert.equal(await openTab(page).textContent(), 'dot.png');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('bold');
    await page.keyboard.press('Enter');
    await page.getByText('No text file is open.').waitFor();
    await file(page, 'index.md').click();
    await write(page, '---\nlayout: single\ntitle: T\n---\n\n![A dot](images/dot.png)\n');
    assert.equal(
      await shown
        .getByRole('img', { name: 'A dot' })
        .evaluate(async (image) => (await image.decode(), image.naturalHeight)),
      3,
    );
    await drop(page.locator('summary', { hasText: 'images' }), [
      ['a.txt', [65]],
      ['b.md', [66]],
    ]);
    await page.getByText('2 files are there.').waitFor();
    assert.deepEqual(await paths(page), [
      '_config.yml',
      'images/a.txt',
      'images/b.md',
      'images/dot.png',
      'index.md',
    ]);
    await page.locator('.note').getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await paths(page), ['_config.yml', 'images/dot.png', 'index.md']);
    await drop(file(page, 'index.md'), [['_config.yml', [...Buffer.from('title: Dropped\n')]]]);
    await shown.getByRole('link', { name: 'Dropped' }).first().waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'an added file that can have no place in a project is named, the others are there',
  { skip },
  async (t) => {
    const { page, lines } = await playground(t);
    await drop(file(page, 'index.md'), [
      ['photo\u202egnp.js', [65]],
      ['a.txt', [65]],
    ]);
    const reason = 'Skipped, because their paths are not valid in a project';
    await page.getByText(`a.txt is there. ${reason}: “photo\\u{202e}gnp.js”.`).waitFor();
    await page.locator('.note').getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await paths(page), ['_config.yml', 'index.md']);
    await drop(file(page, 'index.md'), [['b\u2066.md', [65]]]);
    await page.getByText(`${reason}: “b\\u{2066}.md”.`, { exact: true }).waitFor();
    assert.deepEqual(await paths(page), ['_config.yml', 'index.md']);
    assert.deepEqual(lines, []);
  },
);

test(
  'a dropped folder is opened, or added to a folder of the tree',
  { skip: skip ?? chromiumOnly('drops a folder of the disk by its protocol') },
  async (t) => {
    const { page, lines } = await playground(t);
    const folder = mkdtempSync(join(tmpdir(), 'meridian-drop-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'site/_posts'), { recursive: true });
    mkdirSync(join(folder, 'site/.git'));
    writeFileSync(join(folder, 'site/index.md'), '# Dropped\n');
    writeFileSync(join(folder, 'site/_posts/2020-01-01-a.md'), 'A\n');
    writeFileSync(join(folder, 'site/.git/config'), 'x');
    writeFileSync(join(folder, 'site/line\nbreak.md'), 'x');
    // More entries than a browser gives at once.
    for (let i = 0; i < 120; i++) writeFileSync(join(folder, `site/_posts/n${i}.txt`), `${i}`);
    const protocol = await page.context().newCDPSession(page);
    const dropAt = async (target) => {
      const { x, y } = await target.boundingBox();
      const data = { items: [], files: [join(folder, 'site')], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await protocol.send('Input.dispatchDragEvent', { type, x: x + 9, y: y + 9, data });
    };
    await dropAt(page.locator('.cm-content'));
    await page.getByText(/^site is open\. Skipped, .*: “site\/line\\u\{a\}break\.md”\./).waitFor();
    const texts = Array.from({ length: 120 }, (_, i) => `_posts/n${i}.txt`);
    const all = ['_posts/2020-01-01-a.md', ...texts, 'index.md'].sort();
    assert.deepEqual(await paths(page), all);
    await dropAt(page.locator('summary', { hasText: '_posts' }));
    await page.getByText(/^122 files are there\. Skipped, .*break\.md”\./).waitFor();
    assert.deepEqual(
      await paths(page),
      [...all, ...all.map((path) => `_posts/site/${path}`)].sort(),
    );
    assert.deepEqual(lines, []);
  },
);

test(
  'HTML, CSS and BibTeX are coloured; right-to-left lines keep their direction',
  { skip },
  async (t) => {
    const { page } = await playground(t);
    const open = async (path, text) => {
      await page.locator('meridian-playground').evaluate(
        (element, [path, text]) => {
          element.playground.project.put(path, text);
          element.playground.open(path);
        },
        [path, text],
      );
      await page.getByRole('textbox', { name: path }).waitFor();
      return page
        .locator('.cm-line')
        .evaluateAll((lines) =>
          lines.map((line) =>
            [...line.childNodes]
              .map((node) => (node.nodeType === 1 ? `[${node.textContent}]` : node.textContent))
              .join(''),
          ),
        );
    };
    const html = await open(
      'a.html',
      '---\ntitle: A\n---\n<p class="x">{{ page.title }} &amp; text</p>\n<style>\na { color: red }\n</style>\n<!-- one\ntwo -->\n',
    );
    assert.equal(html[1], '[title][:] A');
    assert.equal(
      html[3],
      '[<p] [class]=["x"][>][{{] [page.title] [}}] [&amp;] text[</p][>]'.replace(
        '[</p][>]',
        '[</p>]',
      ),
    );
    assert.match(html[5], /\[color\]/);
    assert.deepEqual(html.slice(7, 9), ['[<!-- one]', '[two -->]']);
    const css = await open('a.css', '/* all\nof it */\n.a { color: #fff; }\n');
    assert.deepEqual(css.slice(0, 2), ['[/* all]', '[of it */]']);
    assert.match(css[2], /\[\.a\] \[\{\] \[color\]\[:\] \[#fff\]/);
    const bib = await open(
      'a.bib',
      '@article{key2020,\n  title = {The {Earth}},\n  year = 2020\n}\n',
    );
    assert.deepEqual(bib.slice(0, 3), [
      '[@article][{][key2020],',
      '  [title] = [{The {Earth}}],',
      '  [year] = [2020]',
    ]);
    await open('a.md', 'Left\nשלום עולם.\n');
    assert.deepEqual(
      await page
        .locator('.cm-line')
        .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction)),
      ['ltr', 'rtl', 'ltr'],
    );
    assert.equal(await page.locator('.cm-content').getAttribute('spellcheck'), 'true');
    assert.ok((await source(page)).includes('שלום עולם.'));
  },
);
