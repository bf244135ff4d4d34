// A folder that is opened and saved: only changed files are written, and files changed on the disk
// meanwhile are not lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, webkitLacks } from './browser.mjs';
import { keptWith } from './playgrounds.mjs';
import { DIST, headersBy, host, noBrowser, openPage } from './hosts.mjs';

const skip =
  noBrowser() ?? webkitLacks('has no origin private file system in a profile that is not kept');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const FILES = {
  '_config.yml': 'title: T\n',
  'index.md': '---\nlayout: single\ntitle: Home\n---\n\nFirst.\n',
  'docs/a.md': '---\n---\nA\n',
  'docs/b.md': '---\n---\nB\n',
  '.git/config': 'x',
};

/**
 * A folder of the origin private file system in the place of one on the disk: it has the same
 * handles, and needs no permission.
 */
async function opened(t, prepare = () => {}) {
  const server = await host(t, DIST, {
    headers: headersBy(readFileSync(join(DIST, '_headers'), 'utf8')),
  });
  const { page, lines } = await openPage(t, browser);
  const asked = [];
  const answers = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    const answer = answers.shift() ?? true;
    return answer === false
      ? dialog.dismiss()
      : dialog.accept(typeof answer === 'string' ? answer : undefined);
  });
  await page.addInitScript(() => {
    window.showDirectoryPicker = async ({ mode }) => {
      if (mode !== 'readwrite') throw new Error('to be written, too');
      return (await navigator.storage.getDirectory()).getDirectoryHandle('site');
    };
    /** Writes as another program would. */
    window.disk = async (path, text) => {
      let folder = await (
        await navigator.storage.getDirectory()
      ).getDirectoryHandle('site', { create: true });
      const parts = path.split('/');
      for (const part of parts.slice(0, -1))
        folder = await folder.getDirectoryHandle(part, { create: true });
      const handle = await folder
        .getFileHandle(parts.at(-1), { create: text !== undefined })
        .catch(() => undefined);
      if (text === undefined) return (await handle?.getFile())?.text();
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
    };
  });
  await page.addInitScript(prepare);
  await page.goto(`${server.url}playground/`);
  const shown = page.frameLocator('iframe');
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  for (const [path, text] of Object.entries(FILES))
    await page.evaluate(([path, text]) => window.disk(path, text), [path, text]);
  await page.getByRole('combobox', { name: 'Open' }).selectOption('folder');
  const file = (name) =>
    page.getByRole('navigation', { name: 'Files' }).getByRole('button', { name });
  // The open project has an index.md, too.
  await shown.getByText('First.').waitFor();
  await file('index.md').click();
  await page.getByRole('tab', { name: 'index.md', selected: true }).waitFor();
  const disk = (path, text) =>
    page.evaluate(([path, text]) => window.disk(path, text), [path, text]);
  const save = page.getByRole('button', { name: /^Saved?\b( \d+)?$/ });
  return { page, lines, shown, file, disk, save, asked, answers };
}
async function append(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(text);
}

test('changed files are shown and written, and no others', { skip }, async (t) => {
  const { page, lines, file, disk, save, asked } = await opened(t);
  assert.equal(await file(/^config$/).count(), 0);
  assert.equal(await save.textContent(), 'Saved');
  assert.ok(await save.isDisabled());
  await append(page, 'More.');
  await page.getByRole('button', { name: 'Save 1' }).waitFor();
  assert.equal(await save.getAttribute('title'), 'index.md');
  await file(/index\.md.*/)
    .getByRole('img', { name: 'not saved' })
    .waitFor();
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('Saved: index.md.').waitFor();
  assert.equal(await disk('index.md'), `${FILES['index.md']}More.`);
  await page.getByRole('button', { name: 'Saved' }).waitFor();
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('textbox', { name: 'Path of the new file' }).fill('docs/new/c.md');
  await page.keyboard.press('Enter');
  await append(page, 'C\n');
  await page.getByRole('button', { name: 'Save 1' }).click();
  await page.getByText('Saved: docs/new/c.md.').waitFor();
  assert.match(await disk('docs/new/c.md'), /C\n$/);
  assert.equal(await disk('docs/a.md'), FILES['docs/a.md']);
  assert.equal(asked.length, 0);
  assert.deepEqual(lines, []);
});

test(
  'a file deleted in the project is deleted on the disk only after a confirmation',
  { skip },
  async (t) => {
    const { page, file, disk, asked, answers } = await opened(t);
    await file('a.md').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Save 1' }).waitFor();
    answers.push(false);
    await page.getByRole('button', { name: 'Save 1' }).click();
    await page.getByText('There is nothing to save.').waitFor();
    assert.match(asked.at(-1), /Deleted here:\n\ndocs\/a\.md\n\nDelete on the disk, too\?/);
    assert.equal(await disk('docs/a.md'), FILES['docs/a.md']);
    await file('b.md').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Save 1' }).click();
    await page.getByText('Deleted: docs/b.md.').waitFor();
    assert.equal(await disk('docs/b.md'), undefined);
    assert.equal(await disk('docs/a.md'), FILES['docs/a.md']);
  },
);

test(
  'a file changed on the disk meanwhile is reported, and not overwritten without a question',
  { skip },
  async (t) => {
    const { page, shown, file, disk, asked, answers } = await opened(t);
    await append(page, '\nMine.\n');
    await disk('index.md', 'Theirs.');
    await disk('docs/a.md', '---\n---\nTheir A\n');
    answers.push(false);
    await page.keyboard.press('ControlOrMeta+s');
    await page.getByText('Changed on the disk, and loaded: docs/a.md.').waitFor();
    assert.match(asked.at(-1), /Changed on the disk meanwhile:\n\nindex\.md\n/);
    assert.equal(await disk('index.md'), 'Theirs.');
    await page.getByRole('button', { name: 'Save 1' }).click();
    await page.getByText('Saved: index.md.').waitFor();
    assert.match(await disk('index.md'), /Mine\./);
    await file('a.md').click();
    await shown.getByText('Their A').waitFor();
  },
);

test('without a folder Save reports that there is nothing to save to', { skip }, async (t) => {
  const { page, save } = await opened(t);
  await page.getByRole('combobox', { name: 'Open' }).selectOption('note');
  await page.frameLocator('iframe').getByRole('heading', { name: 'A note' }).waitFor();
  await save.waitFor({ state: 'hidden' });
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('There is no folder to save to').waitFor();
});

test(
  'after a reload the folder is remembered: Save asks for permission and writes',
  { skip },
  async (t) => {
    const { page, lines, shown, disk, save, asked, answers } = await opened(t, () => {
      window.permissions = [];
      // The private file system needs no permission; this imitates the browser's prompt.
      if (!window.FileSystemHandle) return; // Firefox's frame without an origin
      FileSystemHandle.prototype.requestPermission = async function ({ mode }) {
        window.permissions.push([this.name, mode, navigator.userActivation.isActive]);
        return localStorage.allowed ?? 'granted';
      };
    });
    await append(page, 'More.');
    await page.getByRole('button', { name: 'Save 1' }).waitFor();
    await page.getByText('Kept in this browser').waitFor();
    await keptWith(page, 'More.');
    await page.reload();
    await shown.getByText('More.').waitFor();
    await page.getByRole('button', { name: 'Save 1' }).waitFor();
    assert.deepEqual(await page.evaluate(() => window.permissions), []);
    await page.evaluate(() => (localStorage.allowed = 'denied'));
    await save.click();
    await page.getByText('was not allowed to write').waitFor();
    assert.equal(await disk('index.md'), FILES['index.md']);
    await page.evaluate(() => localStorage.removeItem('allowed'));
    await save.click();
    await page.getByText('Saved: index.md.').waitFor();
    assert.equal(await disk('index.md'), `${FILES['index.md']}More.`);
    assert.deepEqual(await page.evaluate(() => window.permissions), [
      ['site', 'readwrite', true],
      ['site', 'readwrite', true],
    ]);
    // Saved files are recognised next time; files changed on the disk meanwhile are not overwritten
    // without a question.
    // The new state of the folder is stored without a visible sign.
    await page.waitForTimeout(600);
    await page.reload();
    await shown.getByText('More.').waitFor();
    await page.getByRole('button', { name: 'Saved' }).waitFor();
    await disk('index.md', 'Theirs.');
    await append(page, ' Mine.');
    answers.push(false);
    await page.getByRole('button', { name: 'Save 1' }).click();
    await page.getByText('There is nothing to save.').waitFor();
    assert.match(asked.at(-1), /Changed on the disk meanwhile:\n\nindex\.md\n/);
    assert.equal(await disk('index.md'), 'Theirs.');
    // Another project has no folder, until the reader undoes the change.
    await page.getByRole('combobox', { name: 'Open' }).selectOption('note');
    await save.waitFor({ state: 'hidden' });
    await page.locator('.note').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Save 1' }).waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'where a browser can’t store the folder’s handle, the project is kept without it',
  { skip },
  async (t) => {
    const { page, shown, save } = await opened(t, () => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (value, key) {
        if (value.folder) throw new DOMException('A handle can’t be cloned.', 'DataCloneError');
        return put.call(this, value, key);
      };
    });
    await append(page, 'More.');
    await page.getByText('Kept in this browser').waitFor();
    await keptWith(page, 'More.');
    await page.reload();
    await shown.getByText('More.').waitFor();
    // The button does not appear later either.
    await page.waitForTimeout(500);
    assert.ok(await save.isHidden());
    await page.keyboard.press('ControlOrMeta+s');
    await page.getByText('There is no folder to save to').waitFor();
  },
);
