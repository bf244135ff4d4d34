// Repositories on GitLab, Forgejo and Gitea in the playground: opened by their addresses, published
// by a token of theirs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import './without-page.mjs';
import { kindsFor } from '../../web/playground/publish/opening.js';
import { gitHost } from './git-host.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const PAGE = '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer.\n';
const SITE = {
  '_config.yml': 'title: A site\n',
  'index.md': PAGE,
  'about us/ü.md': '---\ntitle: About\n---\n\nAbout it.\n',
  'images/a.png': Buffer.from([0x89, 0x50, 0, 255]),
  'old.md': 'Old.\n',
};
const FIXED = PAGE.replace('enginer', 'engineer');
const WORDS = {
  gitlab: { name: 'GitLab', pull: 'Merge request', right: /Its scope must be “api”/ },
  forgejo: { name: '127.0.0.1', pull: 'Pull request', right: /“repository”: “Read and write”/ },
  enterprise: { name: '127.0.0.1', pull: 'Pull request', right: /“Only select repositories”/ },
};

async function open(t, kind, { login = 'owner', more = '' } = {}) {
  const git = await gitHost(t, SITE, kind);
  // Lists of several pages.
  git.state.page = 3;
  const server = await publishingServer(t, git);
  const at = `?repo=${git.url.replace('http:', 'https:')}/owner/name${more}`;
  const opened = await playground(t, { at, server, frame: false });
  await publishButton(opened.page).waitFor();
  await opened.shown.getByText('Trained as').waitFor();
  return { ...opened, at, git, token: git.token(login, { only: undefined }) };
}
/** The kinds in the order in which they are tried. */
const GUESSES = { forgejo: 'Forgejo', gitlab: 'GitLab', enterprise: 'GitHub' };
const dialog = (page, name) => page.getByRole('dialog', { name, exact: true });

for (const [kind, words] of Object.entries(WORDS)) {
  test(`${kind}: opened by its address, and published as one commit`, { skip }, async (t) => {
    const { page, git, token, at, lines } = await open(t, kind);
    assert.ok(page.url().endsWith(at), page.url());
    const files = await page.evaluate(() =>
      Object.keys(document.querySelector('meridian-playground').files),
    );
    assert.deepEqual(files.sort(), Object.keys(SITE).sort());
    await write(page, FIXED);
    // One that was not fetched, renamed.
    await page.evaluate(() =>
      document
        .querySelector('meridian-playground')
        .playground.project.rename('images/a.png', 'images/b.png'),
    );
    await publishButton(page).click();
    await dialog(page, 'Publish to owner/name')
      .getByRole('button', { name: 'Publish 2 changes' })
      .click();
    const sign = dialog(page, 'Sign in to publish');
    await sign.getByText(words.right).waitFor();
    const form = sign.getByRole('link', { name: /^Open the form on / });
    assert.ok((await form.getAttribute('href')).startsWith(git.url));
    await signIn(page, token);
    await dialog(page, 'Published').waitFor();
    assert.equal(git.files()['index.md'], FIXED);
    assert.deepEqual(git.log()[0].files.sort(), ['images/{a.png => b.png}', 'index.md']);
    git.check();
    // A host that is not known by its name is asked for the repository as Forgejo has it, as GitLab
    // and as Enterprise: each wrong guess is a line, and nothing else is.
    const guesses = ['v1/repos/owner/name', 'v4/projects/owner%2Fname'];
    assert.deepEqual(
      lines.map((line) => line.split('/api/')[1]),
      guesses.slice(0, Object.keys(GUESSES).indexOf(kind)),
    );
  });

  test(`${kind}: without the right to write, by a fork`, { skip }, async (t) => {
    const { page, git, token } = await open(t, kind, { login: 'visitor' });
    await write(page, FIXED);
    await publishButton(page).click();
    await dialog(page, 'Publish to owner/name')
      .getByRole('button', { name: 'Publish 1 change' })
      .click();
    await signIn(page, token);
    await dialog(page, `${words.pull} 41 is open`).waitFor();
    assert.equal(git.log().length, 1);
    git.check();
  });

  test(`${kind}: what is not there is said`, { skip }, async (t) => {
    const git = await gitHost(t, SITE, kind);
    const server = await publishingServer(t, git);
    const at = `?repo=${git.url.replace('http:', 'https:')}/owner/other`;
    const { page } = await playground(t, { at, server, frame: false });
    await page.getByText(/knows no such public repository or branch \(404\)/).waitFor();
  });
}

test('the kind of a host that is not known is guessed by its name, and by the repository’s', () => {
  const first = (host, name) => kindsFor(host, name)[0];
  assert.deepEqual(kindsFor('git.example', 'a/b'), Object.values(GUESSES));
  assert.equal(first('gitlab.example', 'a/b'), 'GitLab');
  assert.equal(first('github.example', 'a/b'), 'GitHub');
  assert.equal(first('forgejo.example', 'a/b'), 'Forgejo');
  assert.equal(first('git.example', 'a/b/c'), 'GitLab');
  assert.equal(new Set(kindsFor('github.example', 'a/b')).size, 3);
});
