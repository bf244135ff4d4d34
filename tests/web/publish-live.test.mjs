// After publishing: what the host tells of the deployment, and “Live” only when the public site has
// the new bytes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { host } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const PAGE = '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer.\n';
const FIXED = PAGE.replace('enginer', 'engineer');
const dialog = (page, name) => page.getByRole('dialog', { name, exact: true });

/** Publishes a change of the first page. */
async function published(t, git, { others, token = git.token() } = {}) {
  const server = await publishingServer(t, git, { others });
  const github = git.kind === 'github';
  const at = `?repo=${github ? '' : `${new URL(git.url).host}/`}owner/name`;
  const opened = await playground(t, { at, server, frame: false });
  await opened.shown.getByText('Trained as').waitFor();
  await write(opened.page, FIXED);
  await publishButton(opened.page).click();
  await dialog(opened.page, 'Publish to owner/name').locator('.main').click();
  await signIn(opened.page, token);
  return { ...opened, said: dialog(opened.page, 'Published') };
}

test('GitHub Pages: built, then live when the page has the new text', { skip }, async (t) => {
  const shell = '<!doctype html><meta name="meridian-shell" content="one-file">';
  const git = await gitHost(t, {
    '_config.yml': 'title: A\n',
    'index.md': PAGE,
    'index.html': shell,
  });
  git.state.pages.set('owner/name', { branch: 'main', path: '/' });
  git.deploy('success');
  const { page, said, lines } = await published(t, git);
  await said.getByText('GitHub is building the site').waitFor();
  git.deploy('in_progress');
  assert.ok(await said.getByText(/^Live for/).isHidden());
  // The host has ended, and the site has the new text.
  git.deploy('success');
  await said.getByText(/^Live for \d+ s$/).waitFor();
  const link = said.getByRole('link', { name: new URL(git.url).host });
  assert.equal(await link.getAttribute('href'), `${git.url}/pages/owner/name/`);
  // Nothing is asked once it is shown, or once the dialog is closed.
  const asked = git.calls.length;
  await said.getByText(/^Live for [1-9]\d* s$/).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  assert.equal(git.calls.length, asked);
  git.check();
  assert.deepEqual(lines, []);
});

test('a build that has failed is said, with a link', { skip }, async (t) => {
  const git = await gitHost(t, { '_config.yml': 'title: A\n', 'index.md': PAGE });
  const { said } = await published(t, git);
  await said.getByText('it reports no more').waitFor();
  await said.getByRole('button', { name: 'Done' }).waitFor();
  for (const kind of ['github', 'gitlab', 'forgejo']) {
    const other = await gitHost(t, { '_config.yml': 'title: A\n', 'index.md': PAGE }, kind);
    // The host begins as soon as it has the commit.
    other.state.fault = (call) => {
      if (/update ref|create commit|change files/.test(call))
        setTimeout(() => other.deploy('failure'));
    };
    const { said: shown } = await published(t, other);
    await shown.getByText('could not build the site').waitFor();
    assert.equal(await shown.locator('.steps a').count(), 1);
    other.check();
  }
});

test(
  'a written site at the address of its settings is live when its page changes',
  { skip },
  async (t) => {
    let html = '<h1>Old</h1>';
    const site = await host(t, '/nowhere', {
      answer: (_, response, path) => {
        const text = path === '/base/' ? html : undefined;
        response
          .writeHead(text ? 200 : 404, { 'access-control-allow-origin': '*' })
          .end(text ?? 'not there');
        return true;
      },
    });
    const config = `title: A\nurl: ${site.url.slice(0, -1)}\nbaseurl: /base\n`;
    const git = await gitHost(t, { '_config.yml': config, 'index.md': PAGE });
    git.state.fault = (call) => void (call === 'update ref' && (html = '<h1>New</h1>'));
    const { said } = await published(t, git, { others: [site.url] });
    await said.getByText(/^Live for/).waitFor();
  },
);
