// A first site: from a template, or from any repository, to a new repository with Pages, in three
// steps that are done once; the host's rights decide which of them are the reader's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { file, playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const ALL = { administration: 'write', contents: 'write', pages: 'write', pull_requests: 'write' };
const START = {
  '_config.yml': 'title: The start\n',
  'index.md': '---\ntitle: H\nlayout: single\n---\n\nOf theirs.\n',
};

/** The playground with a note, and the sheet of a first site. */
async function open(t, { at = '', rights = ALL, only, files = START } = {}) {
  const git = await gitHost(t, files);
  const server = await publishingServer(t, git);
  const opened = await playground(t, { at, server });
  const token = git.token('ada', { only, rights });
  const sheet = opened.page.getByRole('dialog', { name: 'Your first site' });
  return { ...opened, git, server, token, sheet };
}
const made = (git, name = 'ada/my-site') => git.repositories.get(name);
const subjects = (git) => git.log('main', made(git)).map(({ message }) => message);

test(
  'from a template: created, sent and switched on; then changes are published',
  { skip },
  async (t) => {
    const { page, git, token, sheet, lines } = await open(t);
    await publishButton(page).click();
    await sheet.getByLabel('Name').fill('My Site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    // Names of repositories have no space: the browser says so.
    assert.equal(git.calls.length, 0);
    await sheet.getByLabel('Name').fill('my-site');
    await sheet.getByText('Your address will be https://you.github.io/my-site/').waitFor();
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    const sign = page.getByRole('dialog', { name: 'Sign in to publish' });
    await sign.getByText('choose “All repositories”').waitFor();
    const form = new URL(await sign.getByRole('link').getAttribute('href'));
    for (const right of Object.keys(ALL)) assert.equal(form.searchParams.get(right), 'write');
    await signIn(page, token);
    await sheet.getByText('ada/my-site on GitHub, public').waitFor();
    await sheet.getByText('GitHub is building the site').waitFor();
    assert.deepEqual(subjects(git), ['Add A note', 'Show the site by one page']);
    assert.deepEqual(git.log('main', made(git))[1].files, ['index.html']);
    assert.deepEqual(Object.keys(git.files('main', made(git))).sort(), [
      '.nojekyll',
      '404.html',
      '_config.yml',
      'index.html',
      'index.md',
    ]);
    assert.match(git.files('main', made(git))['index.html'], /meridian-shell" content="one-file"/);
    assert.deepEqual(git.state.pages.get('ada/my-site'), { branch: 'main', path: '/' });
    git.deploy('success', 'ada/my-site');
    await sheet.getByText(/^Live for \d+ s$/).waitFor();
    await sheet.getByRole('button', { name: 'Keep writing' }).click();

    // From now on it is a project of that repository.
    await write(page, '# Changed\n');
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    await page.getByRole('dialog', { name: 'Publish to ada/my-site' }).locator('.main').click();
    await page.getByRole('dialog', { name: 'Published' }).waitFor();
    assert.equal(git.files('main', made(git))['index.md'], '# Changed\n');
    git.check();
    assert.deepEqual(
      lines.filter((line) => !/404.*(\/repos\/ada\/my-site|\/pages\/ada)/.test(line)),
      [],
    );
  },
);

test(
  'a token that may not create or switch on: the reader does these by hand',
  { skip },
  async (t) => {
    const rights = { ...ALL, administration: undefined, pages: undefined };
    const { page, git, token, sheet } = await open(t, { rights });
    await publishButton(page).click();
    await sheet.getByLabel('Name').fill('my-site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    await signIn(page, token);
    const link = sheet.getByRole('link', { name: 'Open the form on GitHub' });
    assert.match(await link.getAttribute('href'), /\/new\?name=my-site&visibility=public$/);
    // Made by hand, without a file.
    git.state.add('ada/my-site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    const settings = sheet.getByRole('link', { name: 'Open the Pages settings' });
    assert.match(await settings.getAttribute('href'), /\/ada\/my-site\/settings\/pages$/);
    assert.equal(subjects(git).length, 2);
    // A reload goes on at the same place.
    await sheet.getByRole('button', { name: 'Close' }).click();
    await page.getByText(/^Kept/).first().waitFor();
    await page.reload();
    await publishButton(page).click();
    await settings.waitFor();
    // The switch was turned.
    git.state.pages.set('ada/my-site', { branch: 'main', path: '/' });
    git.deploy('success', 'ada/my-site');
    await sheet.getByRole('button', { name: 'Continue' }).click();
    await signIn(page, token);
    await sheet.getByText(/^Live for \d+ s$/).waitFor();
    await sheet.getByRole('button', { name: 'Keep writing' }).click();
    await publishButton(page).click();
    await page.getByText('Nothing to publish').waitFor();
    git.check();
  },
);

test('a token that may not can be replaced by another', { skip }, async (t) => {
  const { page, git, token, sheet } = await open(t);
  await publishButton(page).click();
  await sheet.getByLabel('Name').fill('my-site');
  await sheet.getByRole('button', { name: 'Create and publish' }).click();
  await signIn(page, git.token('ada', { rights: ALL }));
  await sheet.getByText('Nothing was created. GitHub says: “Resource not').waitFor();
  await sheet.getByRole('button', { name: 'Use another token' }).click();
  await signIn(page, token);
  await sheet.getByText('GitHub is building the site').waitFor();
  assert.equal(subjects(git).length, 2);
  git.check();
});

test('by keyboard alone', { skip }, async (t) => {
  const { page, git, token, sheet } = await open(t);
  await publishButton(page).focus();
  await page.keyboard.press('Enter');
  await sheet.getByLabel('Name').waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('my-site');
  await page.keyboard.press('Enter');
  await page.getByLabel('Paste the token.').waitFor();
  await page.keyboard.insertText(token);
  await page.keyboard.press('Enter');
  await sheet.getByText('GitHub is building the site').waitFor();
  // The last button has the focus.
  await sheet.locator('.main:focus').waitFor();
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'hidden' });
  assert.equal(subjects(git).length, 2);
});

for (const answer of ['success', 'a fault'])
  test(`closed before the last answer, the sheet stays closed: ${answer}`, { skip }, async (t) => {
    const { page, git, token, sheet } = await open(t);
    let release = () => {};
    const held = new Promise((done) => (release = done));
    const status = answer === 'success' ? undefined : 500;
    git.state.fault = (call) =>
      call === 'create pages' ? { held, status, before: status } : undefined;
    await publishButton(page).click();
    await sheet.getByLabel('Name').fill('my-site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    await signIn(page, token);
    await sheet.getByRole('button', { name: 'Do it later' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await write(page, '# Changed\n');
    release();
    await page
      .getByText(status ? 'What is done stays done.' : 'Your site will be live at')
      .waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    git.check();
  });

test('the switch can wait: what is written is published meanwhile', { skip }, async (t) => {
  const rights = { ...ALL, pages: undefined };
  const { page, git, token, sheet } = await open(t, { rights });
  await publishButton(page).click();
  await sheet.getByLabel('Name').fill('my-site');
  await sheet.getByRole('button', { name: 'Create and publish' }).click();
  await signIn(page, token);
  await sheet.getByRole('button', { name: 'Do it later' }).click();
  await write(page, '# Changed\n');
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  await page.getByRole('dialog', { name: 'Publish to ada/my-site' }).locator('.main').click();
  await page.getByRole('dialog', { name: 'Published' }).waitFor();
  assert.equal(git.files('main', made(git))['index.md'], '# Changed\n');
  git.check();
});

test('each step is done once, whatever answer is lost', { skip }, async (t) => {
  for (const lost of ['create repository', 'create file', 'update ref', 'create pages'])
    for (const unsent of [false, true]) {
      const { page, git, token, sheet } = await open(t);
      let left = 1;
      git.state.fault = (call) =>
        call === lost && left-- > 0 ? { before: unsent, reset: true } : undefined;
      await publishButton(page).click();
      await sheet.getByLabel('Name').fill('my-site');
      await sheet.getByRole('button', { name: 'Create and publish' }).click();
      await signIn(page, token);
      const live = sheet.getByText('GitHub is building the site');
      const again = sheet.locator('.main:enabled');
      await live.or(again).first().waitFor();
      // It did not arrive: one more click goes on.
      if (!(await live.isVisible()) && /Create|Continue/.test(await again.textContent()))
        await again.click();
      const hand = sheet.getByRole('link', { name: 'Open the Pages settings' });
      await live.or(hand).first().waitFor();
      assert.equal(subjects(git).length, 2, `${lost}, ${unsent}`);
      git.check();
      await page.close();
    }
});

test(
  'a name that has files already is refused, and nothing of it is changed',
  { skip },
  async (t) => {
    const { page, git, token, sheet } = await open(t);
    git.state.add('ada/my-site').push({ 'mine.md': 'x\n' });
    await publishButton(page).click();
    await sheet.getByLabel('Name').fill('my-site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    await signIn(page, token);
    await sheet.getByText('There is a repository ada/my-site already').waitFor();
    await sheet.getByLabel('Name').fill('other');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    await sheet.getByText('GitHub is building the site').waitFor();
    assert.deepEqual(git.files('main', made(git)), { 'mine.md': 'x\n' });
    assert.ok(made(git, 'ada/other').head());
    git.check();
  },
);

test('any repository is the start of a new site; it stays as it is', { skip }, async (t) => {
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  const files = { ...START, 'images/a.png': picture };
  const { page, git, token, sheet, shown } = await open(t, { at: '?repo=owner/name', files });
  await shown.getByText('Of theirs.').waitFor();
  await file(page, 'index.md').waitFor();
  const head = git.head();
  await page.evaluate(() =>
    document.querySelector('meridian-playground').playground.runById('first-site'),
  );
  await sheet.getByLabel('Name').fill('my-site');
  await sheet.getByRole('button', { name: 'Create and publish' }).click();
  await signIn(page, token);
  await sheet.getByText('GitHub is building the site').waitFor();
  assert.equal(git.head(), head);
  assert.equal(git.files('main', made(git))['index.md'], START['index.md']);
  const { sha } = made(git)
    .filesOf(made(git).parsed(made(git).head()).tree)
    .get('images/a.png');
  assert.deepEqual(made(git).read(sha).data, picture);
  git.check();
});
