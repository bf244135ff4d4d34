// "Make this folder a site": the files of `meridian init`, in a project.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzip } from '../../web/playground/project/zip.js';
import './deflate.mjs';
import { COMMAND, DIST, filesBelow, makeSite } from './hosts.mjs';
import { linkOf, playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const NOTE = { 'README.md': '# A note\n' };
const PAGES = ['.nojekyll', '404.html', 'index.html'];

/** What `meridian init` makes of the same files, and says. */
function initialized(t, files) {
  const { root } = makeSite(t, files, { shell: false });
  const { stderr, status } = spawnSync(COMMAND, ['init', root, '--shell', DIST]);
  const read = (path) => [path, readFileSync(join(root, path), 'utf8')];
  return { status, said: `${stderr}`, files: Object.fromEntries(filesBelow(root).map(read)) };
}
const open = (t, files) => playground(t, { at: linkOf(files) });
const makeIt = (page) => page.getByRole('combobox', { name: 'Download' }).selectOption('make-site');
const filesOf = (page) =>
  page.evaluate(() => {
    const { project } = document.querySelector('meridian-playground').playground;
    return Object.fromEntries(project.paths.map((path) => [path, project.text(path)]));
  });
const notice = (page) => page.locator('.note');

test('the files are those of the command, and can be taken back', { skip }, async (t) => {
  const { page, lines } = await open(t, NOTE);
  await makeIt(page);
  await notice(page).getByText('3 files are there. The project is a site').waitFor();
  assert.deepEqual(await filesOf(page), initialized(t, NOTE).files);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('combobox', { name: 'Download' }).selectOption('sources'),
  ]);
  const archive = new Uint8Array(readFileSync(await download.path()));
  const packed = await unzip(archive, { most: 10, largest: 1 << 20 });
  const paths = packed.map(([path]) => path);
  assert.deepEqual(paths.sort(), [...PAGES, 'README.md'].sort());
  await makeIt(page);
  await notice(page).getByText('2 files are there.').waitFor();
  assert.deepEqual(await filesOf(page), initialized(t, NOTE).files);
  assert.deepEqual(lines, []);
});

test('Undo removes them again', { skip }, async (t) => {
  const { page, shown } = await open(t, NOTE);
  await makeIt(page);
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await filesOf(page), NOTE);
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
});

for (const name of ['index.html', '404.html'])
  test(`${name} of the author is not replaced`, { skip }, async (t) => {
    const files = { ...NOTE, [name]: '<p>mine\n' };
    const { page } = await open(t, files);
    await makeIt(page);
    const { status, said } = initialized(t, files);
    assert.equal(status, 2);
    const remedy = said.replace('meridian: ', '').replaceAll('`', '').trim();
    await notice(page).getByText(remedy).waitFor();
    assert.deepEqual(await filesOf(page), files);
  });

test('settings of the page stay, and a worker comes where the site asks', { skip }, async (t) => {
  const config = 'title: Kept\nmeridian: {offline: true}\n';
  const setting = '<meta name="meridian-manifest" content="meridian.json">';
  const page = readFileSync(join(DIST, 'meridian/one-file.html'), 'utf8');
  const old = page.replace('<meta name="meridian-manifest" content="none">', setting);
  const files = { 'index.md': '# A note\n', '_config.yml': config, 'index.html': old };
  const { page: tab } = await open(t, files);
  await makeIt(tab);
  await notice(tab).getByText('4 files are there.').waitFor();
  const made = await filesOf(tab);
  assert.deepEqual(made, initialized(t, files).files);
  assert.ok(made['index.html'].includes(setting));
  assert.ok(made['meridian-offline.js'].includes('hashes:'));
});

test('the palette and the menu have it, also on a phone', { skip }, async (t) => {
  const { page } = await playground(t, {
    at: linkOf(NOTE),
    frame: false,
    viewport: { width: 390, height: 800 },
  });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make this folder a site' }).click();
  await notice(page).getByText('The project is a site').waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('make this folder');
  await page.getByRole('dialog').getByText('Make this folder a site').waitFor();
});
