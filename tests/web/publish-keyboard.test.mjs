// Publishing by keyboard alone, and what screen readers are told on the way: the focus is never
// lost, and each new state is announced.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { announces, listen } from './announced.mjs';
import { gitHost } from './git-host.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const page = (text) => `---\ntitle: Home\nlayout: single\n---\n\n${text}\n`;
const SITE = { '_config.yml': 'title: A site\n', 'index.md': page('A mining enginer.') };

/** The role and the name, or the text, of what has the focus. */
const focused = (tab) =>
  tab.evaluate(() => {
    const element = document.querySelector('meridian-playground').shadowRoot.activeElement;
    const inside = element?.closest('dialog[open]') !== null;
    return `${inside ? '' : 'outside: '}${element?.getAttribute('aria-label') ?? element?.textContent}`;
  });
const heard = (tab) => tab.evaluate(() => window.announced.join('\n'));

/** Presses Tab until something like this has the focus. */
async function tabTo(tab, pattern) {
  for (let left = 40; left; left--) {
    await tab.keyboard.press('Tab');
    if (pattern.test(await focused(tab))) return;
  }
  assert.fail(`${pattern} is not reached by Tab; the focus is on ${await focused(tab)}`);
}

test('from a change to a conflict, its result and the commit', { skip }, async (t) => {
  const git = await gitHost(t, SITE);
  const server = await publishingServer(t, git);
  const { page: tab, shown } = await playground(t, {
    at: '?repo=owner/name',
    server,
    frame: false,
  });
  await shown.getByText('A mining').waitFor();
  await write(tab, page('A mining engineer.'));
  await tab.getByRole('button', { name: 'Publish 1 change' }).focus();
  await tab.evaluate(listen);
  const dialog = (name) => tab.getByRole('dialog', { name, exact: true });

  await tab.keyboard.press('Enter');
  await dialog('Publish to owner/name').getByLabel('Message').waitFor();
  assert.equal(await focused(tab), 'Publish 1 change');
  await tab.keyboard.press('Enter');
  await announces(tab, /^Sign in to publish\./);
  await dialog('Sign in to publish').getByLabel('Paste the token.').waitFor();
  await tab.keyboard.insertText('github_pat_nobody_knows_this_one');
  git.state.fault = (call) => (call === 'get user' ? { late: 300 } : undefined);
  await tab.keyboard.press('Enter');
  await announces(tab, /does not accept your token/);
  await tab.keyboard.press('ControlOrMeta+a');
  await tab.keyboard.insertText(git.token());
  // Somebody else is faster.
  git.push({ 'index.md': page('An apothecary.') });
  await tab.keyboard.press('Enter');
  await announces(tab, /^Resolve 1 conflict\. You and somebody else changed the same file/);
  assert.match(await focused(tab), /^You and somebody else/);
  await tabTo(tab, /^Use yours$/);
  await tab.keyboard.press('Enter');
  git.state.fault = (call) =>
    call === 'create commit'
      ? { before: true, status: 422, message: 'No.' }
      : call === 'create tree'
        ? { late: 300 }
        : undefined;
  await tabTo(tab, /^Publish the result$/);
  await tab.keyboard.press('Enter');
  await announces(tab, /^Publishing 1 change\. You can close this and keep writing/);
  await announces(tab, /^Create one commit$/);
  // Not on Stop: whoever presses Enter once too often goes on.
  assert.match(await focused(tab), /^Check main/);
  const fault = dialog('Not published').getByRole('alert');
  await fault.getByText('GitHub refused the change (422).').waitFor();
  assert.equal(await focused(tab), 'Publish again');
  git.state.fault = (call) => (/create tree|update ref/.test(call) ? { late: 500 } : undefined);
  await tab.keyboard.press('Enter');
  await dialog('Publishing 1 change').locator('li', { hasText: 'Create one' }).waitFor();
  await tabTo(tab, /^Stop$/);
  await announces(tab, /^Update main\. The last step is on its way\.$/);
  // What had the focus is gone.
  assert.match(await focused(tab), /^Check main/);
  await announces(tab, /^Published\. 1 file is in commit [0-9a-f]{7} on main\./);
  assert.equal(await focused(tab), 'Done');
  await announces(tab, /it reports no more/);
  await tab.keyboard.press('Enter');
  await dialog('Published').waitFor({ state: 'hidden' });
  assert.match(await focused(tab), /^outside: Publish/);
  assert.equal(await publishButton(tab).getAttribute('aria-label'), 'Published');
  assert.equal(git.files()['index.md'], page('A mining engineer.'));
  // How many files are sent is not read aloud each time.
  assert.doesNotMatch(await heard(tab), /1 of 1: index\.md/);
  git.check();
});

test('each state of the button has a word and an icon of its own', { skip }, async (t) => {
  const git = await gitHost(t, SITE);
  const server = await publishingServer(t, git);
  const { page: tab } = await playground(t, {
    at: '?repo=owner/name',
    server,
    frame: false,
    viewport: { width: 390, height: 844 },
  });
  await publishButton(tab).waitFor();
  await publishButton(tab).click();
  await tab.getByText('Nothing to publish').waitFor();
  await tab.keyboard.press('Escape');
  const states = ['idle', 'running', 'published', 'conflict', 'queued', 'failed'];
  const seen = await tab.evaluate(async (states) => {
    const { bar, parts } = document.querySelector('meridian-playground').playground;
    const publish = await parts.publish();
    return states.map((state) => {
      publish.state = state;
      publish.draw();
      const { offsetHeight: height, innerText: text } = bar.publish;
      const cut = [bar.bar, bar.publish].some(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
      );
      return { height, text, cut, icon: bar.publish.querySelector('path').getAttribute('d') };
    });
  }, states);
  assert.equal(new Set(seen.map(({ text }) => text)).size, states.length);
  assert.equal(new Set(seen.map(({ icon }) => icon)).size, states.length);
  assert.deepEqual(new Set(seen.map(({ height }) => height)).size, 1, JSON.stringify(seen));
  assert.ok(!seen.some(({ cut }) => cut), JSON.stringify(seen));
});
