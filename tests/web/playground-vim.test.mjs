// Vim keys in the playground's source, by choice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from './hosts.mjs';
import { file, linkOf, playgrounds, skip, source, textOf } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const FILES = { 'index.md': 'one two\nthree\nfour\n', 'other.md': 'other\n' };
const mode = (page) => page.getByRole('status', { name: 'Vim mode' });
const shows = (page, text) =>
  until(async () => (await mode(page).textContent()) === text, `the mode is ${text}`);
const requests = (page) => {
  const names = [];
  page.on('request', (request) => names.push(new URL(request.url()).pathname));
  return names;
};

/** Opens the files with Vim keys, which the list of commands switches on. */
async function withVim(t, given = {}) {
  let asked;
  const opened = await playground(t, {
    at: linkOf(FILES),
    frame: false,
    prepare: (page) => (asked = requests(page)),
    ...given,
  });
  const { page } = opened;
  await page.locator('.cm-line', { hasText: 'one two' }).click();
  assert.ok(!asked.some((name) => name.endsWith('/vim.js')), 'vim.js is not loaded before');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('vim keys');
  await page.keyboard.press('Enter');
  await page.getByText('Vim keys are on.').waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+Home');
  return opened;
}

test('modes, motions and counts, with one history', { skip }, async (t) => {
  const { page, lines } = await withVim(t);
  const { keyboard } = page;
  await shows(page, 'NORMAL');
  await keyboard.type('ggdw');
  assert.deepEqual((await source(page)).slice(0, 2), ['two', 'three']);
  await keyboard.type('ifirst ');
  await shows(page, 'INSERT');
  await keyboard.press('Escape');
  await shows(page, 'NORMAL');
  assert.equal((await source(page))[0], 'first two');
  await keyboard.type('j2dd');
  assert.equal(await textOf(page, 'index.md'), 'first two\n');
  await keyboard.type('u');
  assert.equal(await textOf(page, 'index.md'), 'first two\nthree\nfour\n');
  // The playground's own undo and Vim's are one.
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  assert.equal(await textOf(page, 'index.md'), FILES['index.md']);
  await page.locator('.cm-content').focus();
  await keyboard.press('Control+r');
  assert.equal((await source(page))[0], 'two');
  await keyboard.type('V');
  await shows(page, 'VISUAL LINE');
  await keyboard.press('Escape');
  assert.deepEqual(lines, []);
});

test(':w saves, / finds, and Esc closes nothing', { skip }, async (t) => {
  const { page, lines } = await withVim(t);
  const { keyboard } = page;
  await keyboard.type(':w');
  await keyboard.press('Enter');
  await page.getByText('This browser can’t write to folders').waitFor();
  await keyboard.type('/thr');
  await keyboard.press('Enter');
  await keyboard.type('x');
  assert.equal((await source(page))[1], 'hree');
  await keyboard.type('/two');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  assert.equal(await textOf(page, 'index.md'), 'one two\nhree\nfour\n');
  await shows(page, 'NORMAL');
  // The playground's keys come first.
  await keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await page.locator('.cm-content').focus();
  await keyboard.press('F2');
  await page.getByRole('navigation', { name: 'Files' }).getByRole('textbox').waitFor();
  await keyboard.press('Escape');
  assert.deepEqual(lines, []);
});

test('Tab indents while text is inserted, and leaves the source else', { skip }, async (t) => {
  const { page } = await withVim(t);
  const inSource = () =>
    page.evaluate(
      () =>
        document
          .querySelector('meridian-playground')
          .shadowRoot.activeElement?.classList.contains('cm-content') ?? false,
    );
  await page.keyboard.type('i');
  await page.keyboard.press('Tab');
  assert.ok(await inSource());
  assert.equal((await source(page))[0], '  one two');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.ok(!(await inSource()));
  assert.equal((await source(page))[0], '  one two');
});

test('the browser keeps the choice; other files have it; it can be undone', { skip }, async (t) => {
  const { page, lines } = await withVim(t);
  await page.reload();
  await shows(page, 'NORMAL');
  await file(page, 'other.md').click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await shows(page, 'NORMAL');
  await page.keyboard.type('x');
  await until(async () => (await textOf(page, 'other.md')) === 'ther\n', 'x deletes');
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  const choice = page.getByRole('button', { name: 'Vim keys' });
  assert.equal(await choice.getAttribute('aria-pressed'), 'true');
  await choice.click();
  await page.getByText('Vim keys are off.').waitFor();
  assert.equal(await choice.getAttribute('aria-pressed'), 'false');
  await page.keyboard.press('Escape');
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('x');
  assert.equal(await textOf(page, 'other.md'), 'xther\n');
  assert.equal(await mode(page).textContent(), '');
  assert.deepEqual(lines, []);
});

test('on a phone they are neither offered nor used', { skip }, async (t) => {
  const { page } = await playground(t, {
    at: linkOf(FILES),
    frame: false,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    prepare: (page) =>
      page.addInitScript(() => {
        localStorage['meridian-playground-vim'] = '1';
        const { matchMedia } = window;
        window.matchMedia = (query) =>
          query.includes('hover: none') ? { matches: true } : matchMedia.call(window, query);
      }),
  });
  await page.getByText('Source', { exact: true }).click();
  await page.locator('.cm-line', { hasText: 'one two' }).click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('x');
  assert.equal(await textOf(page, 'index.md'), `x${FILES['index.md']}`);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('vim keys');
  assert.equal(await page.getByRole('option', { name: /Vim keys/ }).count(), 0);
});
