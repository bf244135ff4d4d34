// Drafts: changes on a branch of their own, with a link at which anyone reads its pages; and what a
// visitor of the link can't do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { until } from './hosts.mjs';
import { file, playgrounds, skip, source, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const SITE = {
  '_config.yml': 'title: A site\n',
  'index.md': '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer.\n',
  'about.md': '---\ntitle: About\npermalink: /about/\nlayout: single\n---\n\nAbout it.\n',
};
const ABOUT = SITE['about.md'].replace('About it.', 'About the notebook.');
const dialog = (page, name) => page.getByRole('dialog', { name, exact: true });

for (const kind of ['github', 'gitlab', 'forgejo'])
  test(
    `${kind}: a draft is shared by a link, goes on, and becomes a request`,
    { skip },
    async (t) => {
      const git = await gitHost(t, SITE, kind);
      const server = await publishingServer(t, git);
      const name = kind === 'github' ? 'owner/name' : `${new URL(git.url).host}/owner/name`;
      const at = `?repo=${name}&page=/about/`;
      const { page, shown, lines } = await playground(t, { at, server, frame: false });
      await shown.getByText('About it.').waitFor();
      await write(page, ABOUT);
      await publishButton(page).click();
      const review = dialog(page, 'Publish to owner/name');
      await review.getByLabel('Share a draft').check();
      await review.getByLabel('Message').fill('About the notebook');
      await review.getByRole('button', { name: 'Share 1 change' }).click();
      await signIn(page, git.token());
      const shared = dialog(page, 'Draft shared');
      const link = await shared.getByLabel('Link to the draft').inputValue();
      assert.equal(link, `${server.url}playground/?repo=${name}@about-the-notebook&page=/about/`);
      assert.equal(git.log().length, 1);
      assert.equal(git.pulls.length, 0);
      assert.equal(git.files('about-the-notebook')['about.md'], ABOUT);
      await page.getByRole('button', { name: 'Done' }).click();

      // Somebody else, who is not signed in anywhere, reads it.
      const reader = await playground(t, { at: new URL(link).search, server, frame: false });
      await reader.shown.getByText('About the notebook.').waitFor();
      await reader.page.getByText('Draft about-the-notebook, read only').waitFor();
      assert.equal(await reader.page.locator('.address code').textContent(), '/about/');
      assert.ok(await publishButton(reader.page).isHidden());
      assert.deepEqual(
        reader.lines.filter(
          (line) => kind !== 'gitlab' || !/\/api\/v1\/repos\/owner\/name$/.test(line),
        ),
        [],
      );

      // Further changes go to the same branch; then it becomes a request.
      await write(page, `${ABOUT}\nMore.\n`);
      await publishButton(page).click();
      await review.getByLabel('To the draft about-the-notebook').waitFor();
      await review.getByRole('button', { name: 'Publish 1 change' }).click();
      await shared.getByText(/^1 file is in commit/).waitFor();
      assert.equal(git.files('about-the-notebook')['about.md'], `${ABOUT}\nMore.\n`);
      await shared.getByRole('button', { name: /^Open a (pull|merge) request$/ }).click();
      await dialog(page, /^(Pull|Merge) request 41 is open$/).waitFor();
      const seen = git.seen(git.pulls[0]);
      assert.deepEqual([seen.branch, seen.base], ['about-the-notebook', 'main']);
      git.check();
      assert.deepEqual(
        lines.filter((line) => kind !== 'gitlab' || !/\/api\/v1\/repos\/owner\/name$/.test(line)),
        [],
      );
    },
  );

test(
  'a draft whose branch was deleted gives its changes back to the main one',
  { skip },
  async (t) => {
    const git = await gitHost(t, SITE);
    const server = await publishingServer(t, git);
    const { page, shown } = await playground(t, {
      at: '?repo=owner/name&page=/about/',
      server,
      frame: false,
    });
    await shown.getByText('About it.').waitFor();
    await write(page, ABOUT);
    await publishButton(page).click();
    const review = dialog(page, 'Publish to owner/name');
    await review.getByLabel('Share a draft').check();
    await review.getByLabel('Message').fill('Notebook');
    await review.locator('.main').click();
    await signIn(page, git.token());
    await dialog(page, 'Draft shared').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    git.own.git('update-ref', '-d', 'refs/heads/notebook');
    await write(page, `${ABOUT}\nMore.\n`);
    await publishButton(page).click();
    await review.locator('.main').click();
    await dialog(page, 'Published').waitFor();
    assert.equal(git.files()['about.md'], `${ABOUT}\nMore.\n`);
    git.check();
  },
);

test('a reader of a draft changes nothing until a copy is wanted', { skip }, async (t) => {
  const git = await gitHost(t, SITE);
  git.own.setRef('refs/heads/draft', git.head());
  git.push({ 'about.md': ABOUT }, { branch: 'draft' });
  const server = await publishingServer(t, git);
  const at = '?repo=owner/name@draft&page=/about/';
  const { page, shown, lines } = await playground(t, { at, server, frame: false });
  await shown.getByText('About the notebook.').waitFor();
  const files = () => page.evaluate(() => document.querySelector('meridian-playground').files);
  const first = await files();
  const refused = page.getByText('This draft is to be read.');

  // Typing, the format bar, files, several files at once, the page itself.
  await page.locator('.cm-content').click();
  await page.keyboard.type('x');
  await page.evaluate(() => {
    const { editor } = document.querySelector('meridian-playground').playground;
    editor.view.dispatch({ changes: { from: 0, insert: 'x' } });
  });
  await refused.waitFor();
  assert.equal((await source(page)).join('\n').trim(), ABOUT.trim());
  await page.evaluate(async () => {
    const play = document.querySelector('meridian-playground').playground;
    const { project, edits } = play;
    project.put('about.md', 'x');
    project.remove('about.md');
    project.rename('about.md', 'b.md');
    edits.apply('x', [['about.md', undefined, 'x']]);
    await play.upload([['new.md', new File(['x'], 'new.md')]]);
    play.runById('bold');
  });
  await shown.getByText('About the notebook.').dblclick();
  await refused.waitFor();
  await page.keyboard.type('y');
  assert.deepEqual(await files(), first);
  assert.ok(await page.getByRole('button', { name: 'New file' }).isHidden());
  assert.ok(await page.getByRole('button', { name: 'Write on the page' }).isHidden());

  // A copy is the reader's own: it is kept, and can be published to the branch.
  await page.locator('.for-copy').click();
  assert.ok(await page.getByText('read only').isHidden());
  await file(page, 'about.md').waitFor();
  await write(page, `${ABOUT}\nMine.\n`);
  await shown.getByText('Mine.').waitFor();
  await page.getByRole('button', { name: 'Publish 1 change' }).waitFor();
  await until(async () => (await files())['about.md'].includes('Mine'), 'changed');
  // Another project is not a draft.
  await page.evaluate(() => {
    document.querySelector('meridian-playground').open({ title: 'B', files: { 'b.md': 'B' } });
  });
  assert.ok(await page.locator('.for-copy').isHidden());
  assert.deepEqual(lines, []);
});

test('the link of a page that leads to a file is no draft', { skip }, async (t) => {
  const git = await gitHost(t, SITE);
  const server = await publishingServer(t, git);
  const at = '?repo=owner/name@main&open=about.md';
  const { page } = await playground(t, { at, server, frame: false });
  await publishButton(page).waitFor();
  assert.ok(await page.locator('.for-copy').isHidden());
});
