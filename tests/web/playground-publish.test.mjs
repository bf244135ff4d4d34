// Publishing from the playground in a browser, to a host that answers as GitHub does.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { playgrounds, skip, stored, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';
import { until } from './hosts.mjs';

const playground = playgrounds(before, after);
const SITE = {
  '_config.yml': 'title: A site\n',
  'index.md': '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer.\n\nMore.\n',
  'about.md': '---\ntitle: About\n---\n\nAbout it.\n',
};
const FIXED = SITE['index.md'].replace('enginer', 'engineer');

/** The playground with a repository. */
async function open(t, { files = SITE, login = 'owner', ...options } = {}) {
  const git = await gitHost(t, files);
  const server = await publishingServer(t, git);
  const opened = await playground(t, { at: '?repo=owner/name', server, frame: false, ...options });
  await publishButton(opened.page).waitFor();
  await opened.shown.getByText('Trained as').waitFor();
  return { ...opened, git, token: git.token(login, login === 'owner' ? {} : { only: undefined }) };
}
const review = (page) => page.getByRole('dialog', { name: 'Publish to owner/name' });
const dialog = (page, name) => page.getByRole('dialog', { name, exact: true });

test(
  'from an edit to a commit: review, sign-in, published; the button says each state',
  { skip },
  async (t) => {
    const { page, git, token, lines } = await open(t, { viewport: { width: 1440, height: 900 } });
    const button = publishButton(page);
    await button.waitFor();
    await page.getByRole('button', { name: 'Share' }).waitFor();
    await button.click();
    await dialog(page, 'Publish to owner/name').getByText('Nothing to publish').waitFor();
    await page.keyboard.press('Escape');
    await write(page, FIXED);
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    await review(page).getByText('index.md').first().waitFor();
    await review(page).getByRole('button', { name: 'Source', exact: true }).click();
    await review(page).locator('.d--cut', { hasText: 'enginer' }).waitFor();
    await review(page).locator('.d--add', { hasText: 'engineer' }).waitFor();
    const message = review(page).getByLabel('Message');
    assert.equal(await message.inputValue(), 'Index: correct “engineer”');
    assert.equal(git.calls.filter(({ authorization }) => authorization).length, 0);
    await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
    await signIn(page, token);
    await dialog(page, 'Published').getByRole('link', { name: 'See the commit' }).waitFor();
    assert.equal(git.files()['index.md'], FIXED);
    assert.deepEqual(git.log(), [
      { message: 'Index: correct “engineer”', files: ['index.md'] },
      { message: 'First', files: ['_config.yml', 'about.md', 'index.md'] },
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    assert.equal(await button.textContent(), 'Published');
    await write(page, `${FIXED}\nMore.\n`);
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    await review(page).getByText('Signed in as owner.').waitFor();
    git.check();
    assert.deepEqual(lines, []);
  },
);

test(
  'after a reload the project knows its repository, and what has changed',
  { skip },
  async (t) => {
    const { page, git, token, server } = await open(t);
    await write(page, FIXED);
    await until(
      async () => JSON.stringify(await stored(page, 'content')).includes('engineer'),
      'kept',
    );
    // Others go on meanwhile.
    git.push({ 'about.md': 'Theirs\n' });
    await page.goto(`${server.url}playground/`);
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
    await signIn(page, token);
    await dialog(page, 'Published').waitFor();
    assert.equal(git.files()['index.md'], FIXED);
    assert.equal(git.files()['about.md'], 'Theirs\n');
    assert.deepEqual(git.log()[0].files, ['index.md']);
    git.check();
  },
);

test('what is published is taken back by a new commit', { skip }, async (t) => {
  const { page, git, token, lines } = await open(t);
  await page.evaluate((fixed) => {
    const { project } = document.querySelector('meridian-playground').playground;
    project.put('index.md', fixed);
    project.put('new.md', 'New\n');
    project.rename('about.md', 'who.md');
  }, FIXED);
  await publishButton(page).click();
  await review(page).getByLabel('Message').fill('Three things');
  await review(page).getByRole('button', { name: 'Publish 3 changes' }).click();
  await signIn(page, token);
  const back = dialog(page, 'Published').getByRole('button', { name: 'Undo with a new commit' });
  await back.waitFor();
  // Others go on, and the writer, too: neither is taken back.
  git.push({ 'theirs.md': 'Theirs\n' });
  await page.evaluate(() => {
    const { project } = document.querySelector('meridian-playground').playground;
    project.put('mine.md', 'Mine\n');
  });
  await back.click();
  assert.equal(await review(page).getByLabel('Message').inputValue(), 'Revert “Three things”');
  await review(page).getByRole('button', { name: 'Publish 3 changes' }).click();
  await back.waitFor();
  assert.deepEqual(git.files(), { ...SITE, 'theirs.md': 'Theirs\n' });
  assert.equal(git.log().length, 4);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  await review(page).getByText('mine.md').first().waitFor();
  // What has changed since is not taken back with it.
  await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
  await back.waitFor();
  await page.evaluate(() => {
    const { project } = document.querySelector('meridian-playground').playground;
    project.put('mine.md', 'Mine, and more\n');
  });
  await back.click();
  await page.getByText('mine.md has changed since').waitFor();
  assert.equal(git.files()['mine.md'], 'Mine\n');
  git.check();
  assert.deepEqual(lines, []);
});

test('without the right to write, a fork and a pull request are made', { skip }, async (t) => {
  const { page, git, token } = await open(t, { login: 'visitor' });
  await write(page, FIXED);
  await publishButton(page).click();
  await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
  await signIn(page, token);
  await dialog(page, 'Pull request 41 is open')
    .getByRole('link', { name: 'Open the pull request' })
    .waitFor();
  assert.equal(git.pulls[0].head.label, 'visitor:index-correct-engineer');
  assert.equal(git.log().length, 1);
  git.check();
});

test('a conflict is shown with both versions; the result is published', { skip }, async (t) => {
  const { page, git, token, lines } = await open(t);
  await write(page, FIXED);
  git.push({
    'index.md': SITE['index.md'].replace('a mining enginer', 'an engineer'),
    'new.md': 'x\n',
  });
  await publishButton(page).click();
  await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
  await signIn(page, token);
  const conflict = dialog(page, 'Resolve 1 conflict');
  await conflict.getByText('Trained as an engineer.').waitFor();
  await conflict.getByText('Trained as a mining engineer.').waitFor();
  const go = conflict.getByRole('button', { name: 'Publish the result' });
  assert.ok(await go.isDisabled());
  // Later: nothing is lost, and it can be published again.
  await conflict.getByRole('button', { name: 'Publish later' }).click();
  await publishButton(page).click();
  await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
  await conflict.getByRole('button', { name: 'Use yours' }).click();
  await go.click();
  await dialog(page, 'Published').waitFor();
  assert.equal(git.files()['index.md'], FIXED);
  assert.equal(git.files()['new.md'], 'x\n');
  git.check();
  assert.deepEqual(lines, []);
});

/** Faults: what the host does, what the reader sees, and the next step. */
const FAULTS = [
  ['update ref', { before: true, reset: true }, 'It didn’t arrive', 'Publish again'],
  ['update ref', { reset: true }, undefined, undefined],
  ['update ref', { half: true }, undefined, undefined],
  [
    'get ref',
    { before: true, status: 401, message: 'Bad credentials' },
    'does not accept your token',
    'Use another token',
  ],
  [
    'create blob',
    { before: true, status: 403, message: 'Resource not accessible by personal access token' },
    'may not change owner/name',
    'Use another token',
  ],
  [
    'create tree',
    {
      before: true,
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' },
    },
    'accepts no more requests until',
    'Publish again',
  ],
  [
    'update ref',
    { before: true, status: 422, message: 'Protected branch update failed for refs/heads/main.' },
    'main is protected',
    'Open a pull request',
  ],
  [
    'update ref',
    { before: true, status: 422, message: 'Required status check "build" is expected.' },
    'requires checks',
    'Open a pull request',
  ],
  [
    'get tree',
    { before: true, status: 404, message: 'Not Found' },
    'is not there',
    'Use another token',
  ],
  ['create commit', { before: true, status: 409, message: 'Conflict' }, 'is busy', 'Publish again'],
  [
    'create blob',
    { before: true, status: 409, message: 'Secret detected in content' },
    'contains a secret',
    'Open index.md',
  ],
  [
    'create blob',
    { before: true, status: 422, message: 'Sorry, your input was too large to process.' },
    'index.md is too large',
    'Choose what to publish',
  ],
  [
    'create tree',
    { before: true, status: 429, message: 'Slow down', headers: { 'retry-after': '60' } },
    'accepts no more requests until',
    'Publish again',
  ],
  [
    'create tree',
    { before: true, status: 500, message: 'Server Error' },
    'had an error (500)',
    'Publish again',
  ],
  ['create tree', { before: true, reset: true }, 'does not answer', 'Publish again'],
];

test(
  'each fault says what happened and has one next step; then it can be published',
  { skip },
  async (t) => {
    const { page, git, token } = await open(t);
    await write(page, FIXED);
    await publishButton(page).click();
    await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
    let signedIn = false;
    let number = 0;
    for (const [call, fault, what, next] of FAULTS) {
      t.diagnostic(`${call}: ${what ?? 'it arrived'}`);
      // What may be repeated is tried three times.
      git.state.fault = (made) => (made === call ? fault : undefined);
      if (signedIn) {
        await write(page, `${FIXED}\n${++number}\n`);
        await publishButton(page).click();
        await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
      }
      if (!signedIn) await signIn(page, token);
      signedIn = true;
      if (what) {
        const shown = dialog(page, 'Not published');
        await shown.getByRole('alert').filter({ hasText: what }).waitFor();
        const step = shown.locator('.main');
        assert.equal(await step.textContent(), next, what);
        git.state.fault = () => undefined;
        await step.click();
        if (next === 'Use another token') await signIn(page, token);
        else if (next === 'Open a pull request') {
          await dialog(page, /Pull request \d+ is open/).waitFor();
          await page.getByRole('button', { name: 'Done' }).click();
          git.pulls.at(-1).state = 'closed';
          await write(page, `${FIXED}\n${++number}\n`);
          await publishButton(page).click();
          await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
        } else if (next !== 'Publish again') {
          if (next.startsWith('Open')) await publishButton(page).click();
          await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
        }
      }
      await dialog(page, 'Published').waitFor();
      git.state.fault = () => undefined;
      await page.getByRole('button', { name: 'Done' }).click();
    }
    const subjects = git.log().map(({ message }) => message);
    assert.equal(subjects.length, FAULTS.length + 1, subjects.join('\n'));
    assert.match(git.files()['index.md'], /engineer/);
    git.check();
  },
);

test(
  'offline, changes are queued, and published when the connection is back',
  { skip },
  async (t) => {
    const { page, context, git, token } = await open(t);
    await write(page, FIXED);
    await publishButton(page).click();
    await review(page).getByRole('button', { name: 'Publish 1 change' }).click();
    git.state.fault = (call) =>
      call === 'create tree' ? { before: true, reset: true } : undefined;
    await signIn(page, token);
    await dialog(page, 'Not published').getByText('does not answer').waitFor();
    git.state.fault = () => undefined;
    await context.setOffline(true);
    await dialog(page, 'Not published').locator('.main').click();
    await dialog(page, 'Queued').getByText('You are offline. 1 change is queued.').waitFor();
    await dialog(page, 'Queued').getByRole('button', { name: 'Keep writing' }).waitFor();
    assert.match(await publishButton(page).textContent(), /^Queued/);
    await context.setOffline(false);
    await dialog(page, 'Published').waitFor();
    assert.equal(git.files()['index.md'], FIXED);
    git.check();
  },
);
