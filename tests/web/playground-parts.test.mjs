// A file of the playground that does not arrive: the user reads which part it is, and the next use
// requests it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chosen } from './engines.mjs';
import { gitHost } from './git-host.mjs';
import { DIST, host } from './hosts.mjs';
import { openProject, playgrounds, select, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const TEXT = '---\ntitle: A page\n---\n\n# One\n\nText.\n';

/** Answers the next request of each of these files with 404. @param {Set<string>} missing */
const withholds = (missing) => (_, response, path) => {
  if (!missing.delete(path.replace('/playground/', ''))) return false;
  response.writeHead(404).end();
  return true;
};

const command = async (page, words) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
};
const inText = (act) => async (page) => {
  await select(page, TEXT.indexOf('One'));
  await page.locator('.cm-content').focus();
  await act(page);
};
const key = (name) => inText((page) => page.keyboard.press(name));
const dialog = (page, name) => page.getByRole('dialog', { name });

/** By file: its part, how it is used, and what shows that it is there. */
const PARTS = [
  [
    'history.js',
    'The history',
    (page) => command(page, 'history of this'),
    (page) => page.getByRole('region', { name: 'History of index.md' }),
  ],
  [
    'insert.js',
    'The menu of blocks',
    inText((page) => command(page, 'insert …')),
    (page) => dialog(page, 'Insert'),
  ],
  [
    'find.js',
    'Search',
    key('ControlOrMeta+f'),
    (page) => page.getByRole('textbox', { name: 'Find' }),
  ],
  ['refactor.js', 'Renaming', key('F2'), (page) => dialog(page, 'Rename heading')],
  [
    'on_page.js',
    'Writing on the page',
    (page) => command(page, 'write on the page'),
    (page) => page.getByRole('toolbar', { name: 'Write on the page' }),
  ],
  [
    'projects.js',
    'The projects',
    (page) => page.getByRole('button', { name: 'Projects' }).click(),
    (page) => dialog(page, 'Projects'),
  ],
  [
    'vim.js',
    'Vim keys',
    (page) => command(page, 'vim keys'),
    (page) => page.getByText('Vim keys are on.'),
  ],
];

for (const [file, part, use, shown] of PARTS)
  test(`${file} is named, and requested again by the next use`, { skip }, async (t) => {
    const missing = new Set([file]);
    const server = await host(t, DIST, { answer: withholds(missing) });
    const { page } = await playground(t, { server });
    await openProject(page, { title: 'A', open: 'index.md', files: { 'index.md': TEXT } });
    await page.locator('.cm-line', { hasText: 'One' }).waitFor();
    await use(page);
    await page.getByText(`${part} can’t be l`).waitFor();
    assert.deepEqual([...missing], []);
    await use(page);
    await shown(page).first().waitFor();
  });

test('so are the files of publishing', { skip }, async (t) => {
  const git = await gitHost(t, { 'index.md': TEXT, 'about.md': 'About\n' });
  const missing = new Set();
  const answer = withholds(missing);
  const server = await publishingServer(t, git, { answer });
  const { page } = await playground(t, { at: '?repo=owner/name', server, frame: false });
  await publishButton(page).waitFor();
  await page.locator('.cm-line', { hasText: 'One' }).waitFor();
  await write(page, TEXT.replace('Text', 'Other text'));
  for (const [file, part] of [
    // Others import it, too: in Firefox only a reload helps.
    ...(chosen === 'firefox' ? [] : [['publish.js', 'Publishing']]),
    ['review.js', 'The review of changes'],
  ]) {
    missing.add(file);
    await publishButton(page).click();
    await page.getByText(`${part} can’t be loaded`).waitFor();
    assert.deepEqual([...missing], [], file);
  }
  const review = dialog(page, 'Publish to owner/name');
  await publishButton(page).click();
  await review.waitFor();
  // Others have changed the same file: it is merged, and the result is a conflict.
  git.push({ 'index.md': TEXT.replace('Text', 'Their text') });
  missing.add('merge.js');
  await review.getByRole('button', { name: 'Publish 1 change' }).click();
  await signIn(page, git.token('owner'));
  const fault = dialog(page, 'Not published');
  await fault.getByText('What merges changes can’t be loaded').waitFor();
  missing.add('conflict.js');
  await fault.getByRole('button', { name: 'Publish again' }).click();
  await page.getByText('What resolves conflicts can’t be loaded').waitFor();
  assert.deepEqual([...missing], []);
  await publishButton(page).click();
  const resolve = dialog(page, 'Resolve 1 conflict');
  if (await review.isVisible())
    await review.getByRole('button', { name: 'Publish 1 change' }).click();
  await resolve.waitFor();
});
