// Sign-in on the host's own page (OAuth with PKCE), for hosts that answer as GitLab, Forgejo and
// GitHub do; GitHub's by the exchange of web/server. What is forged has no effect.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { createExchange } from '../../web/server/github_sign_in.js';
import { gitHost } from './git-host.mjs';
import { until } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const PAGE = '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer.\n';
const FIXED = PAGE.replace('enginer', 'engineer');
const dialog = (page, name) => page.getByRole('dialog', { name, exact: true });

/** A server with the exchange for an app; its origin is listed by `list`. */
async function exchangeServer(t, git) {
  const origins = [];
  const { client, secret } = git.oauth;
  const exchange = createExchange({ client, secret, origins, github: git.url });
  const server = createServer(async (incoming, outgoing) => {
    const { method, headers } = incoming;
    const body = method === 'POST' ? Readable.toWeb(incoming) : undefined;
    const request = new Request('http://edge/', { method, headers, body, duplex: 'half' });
    const response = await exchange(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => (server.closeAllConnections(), server.close()));
  return { url: `http://127.0.0.1:${server.address().port}`, list: (one) => origins.push(one) };
}

/** The playground with a repository on a host of a kind, where the owner has an app. */
async function open(t, kind, { listed = true } = {}) {
  const git = await gitHost(t, { '_config.yml': 'title: A\n', 'index.md': PAGE }, kind);
  const exchange = kind === 'enterprise' ? await exchangeServer(t, git) : undefined;
  const app = [git.url, git.oauth.client, exchange?.url].filter(Boolean).join(' ');
  const server = await publishingServer(t, git, {
    metas: { 'sign-in': `https://gitlab.com another, ${app}` },
    others: exchange ? [exchange.url] : [],
  });
  if (listed) exchange?.list(new URL(server.url).origin);
  git.oauth.redirects.push(`${server.url}playground/signed-in.html`);
  const at = `?repo=${git.url.replace('http:', 'https:')}/owner/name`;
  const opened = await playground(t, { at, server, frame: false });
  await publishButton(opened.page).waitFor();
  await opened.shown.getByText('Trained as').waitFor();
  await write(opened.page, FIXED);
  await publishButton(opened.page).click();
  await dialog(opened.page, 'Publish to owner/name')
    .getByRole('button', { name: 'Publish 1 change' })
    .click();
  const form = dialog(opened.page, 'Sign in to publish');
  const go = form.locator('.main');
  return { ...opened, git, server, form, go };
}

for (const kind of ['gitlab', 'forgejo', 'enterprise'])
  test(`${kind}: by its own page, and the change is published`, { skip }, async (t) => {
    const { page, git, form, go, server } = await open(t, kind);
    await form.getByText('This page never sees it').waitFor();
    assert.match(await go.textContent(), /^Sign in with /);
    await go.click();
    await dialog(page, 'Published').waitFor();
    assert.equal(git.files()['index.md'], FIXED);
    git.check();
    // What the token's address got: a form, without cookies, from the playground's origin.
    const [{ fields, headers, said }] = git.oauth.asked;
    assert.equal(git.oauth.asked.length, 1);
    assert.match(fields.code_verifier, /^[\w-]{43}$/);
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
    assert.equal(kind === 'enterprise', 'client_secret' in fields);
    if (kind !== 'enterprise') assert.equal(headers.origin, new URL(server.url).origin);
    // Neither the code nor the verifier nor the token was in an address of the site.
    const addresses = server.log.map(({ path }) => path).join('\n');
    for (const secret of [fields.code_verifier, said.access_token])
      assert.ok(!addresses.includes(secret) && !page.url().includes(secret));
    const left = await page.evaluate(() => {
      const { play, project } = document.querySelector('meridian-playground').playground;
      const { cookie } = document;
      const state = [history.state, project.upstream, [...project.files]];
      const stores = [localStorage, sessionStorage, state].map((one) => JSON.stringify(one));
      return [cookie, location.href, play.outerHTML, ...stores].join('\n');
    });
    for (const secret of [fields.code, fields.code_verifier, said.access_token])
      assert.ok(!left.includes(secret));
    // A code is used once: whoever has read it gets nothing for it.
    const again = await fetch(
      `${git.url}${kind === 'gitlab' ? '/oauth/token' : '/login/oauth/access_token'}`,
      { method: 'POST', body: new URLSearchParams(fields) },
    );
    assert.equal((await again.json()).access_token, undefined);
  });

/** All tokens of the host end, as GitLab's do after two hours. */
const endAll = (git) => {
  for (const account of git.tokens.values()) account.expired = true;
};

for (const kind of ['gitlab', 'forgejo', 'enterprise'])
  test(`${kind}: a token that has ended is renewed without a question`, { skip }, async (t) => {
    const { page, git, form, go, server, lines } = await open(t, kind);
    await form.getByLabel('In this browser, encrypted').check();
    await go.click();
    await dialog(page, 'Published').waitFor();
    for (const text of ['Once more.', 'And again.']) {
      endAll(git);
      await page.getByRole('button', { name: 'Done' }).click();
      await write(page, `${FIXED}\n${text}\n`);
      await publishButton(page).click();
      const review = dialog(page, 'Publish to owner/name');
      await review.getByLabel('Message').fill(text);
      await review.getByRole('button', { name: 'Publish 1 change' }).click();
      await dialog(page, 'Published').waitFor();
      assert.equal(git.log()[0].message, text);
    }
    assert.equal(git.log().length, 4);
    const asked = git.oauth.asked.map(({ fields }) => fields.refresh_token);
    assert.equal(new Set(asked.slice(1)).size, 2, 'each renewal has its own');
    // A visit later, with what this browser has kept.
    endAll(git);
    await page.goto(`${server.url}playground/`);
    await publishButton(page).click();
    await page.getByText('Signed in as owner.').waitFor();
    git.check();
    // The host's 401 is all that the console says, and what was asked to know its kind.
    assert.deepEqual(
      lines.filter(
        (line) => !/status of 401|\/api\/v(1\/repos|4\/projects)\/[^/]+(\/name)?$/.test(line),
      ),
      [],
    );
  });

test('what can’t be renewed is signed in again; the review is as it was', { skip }, async (t) => {
  const { page, git, form, go } = await open(t, 'gitlab');
  await go.click();
  await dialog(page, 'Published').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await write(page, `${FIXED}\nOnce more.\n`);
  endAll(git);
  // The owner of the host has taken back what renews it, too.
  git.oauth.renewals.clear();
  await publishButton(page).click();
  const review = dialog(page, 'Publish to owner/name');
  await review.getByLabel('Message').fill('My own words');
  await review.getByRole('radio', { name: /Open a merge request/ }).check();
  await review.getByRole('button', { name: 'Open a merge request' }).click();
  await page.getByText('GitLab does not accept your token (401)').waitFor();
  await page.getByRole('button', { name: 'Use another token' }).click();
  await form.waitFor();
  await go.click();
  await dialog(page, 'Merge request 41 is open').waitFor();
  assert.equal(git.log().length, 2, 'the branch is as it was');
  assert.equal(git.seen(git.pulls[0]).title, 'My own words');
  git.check();
});

test('who refuses is told so, and can use a token instead', { skip }, async (t) => {
  const { git, form, go } = await open(t, 'gitlab');
  git.oauth.login = '';
  await go.click();
  await form.getByText('GitLab refused it: access_denied').waitFor();
  await form.getByRole('button', { name: 'Use a token instead' }).click();
  await form.getByLabel('Paste the token.').waitFor();
  await form.getByRole('button', { name: 'Sign in with GitLab' }).click();
  git.oauth.login = 'owner';
  await go.click();
  await until(() => git.oauth.asked.length === 1, 'a token was asked for');
});

test('an exchange that does not list the origin gives no token', { skip }, async (t) => {
  const { git, form, go } = await open(t, 'enterprise', { listed: false });
  await go.click();
  await form.getByText('does not answer').waitFor();
  assert.equal(git.oauth.asked.length, 0);
});

test(
  'a wrong state, a foreign message and a replayed answer have no effect',
  { skip },
  async (t) => {
    const { page, git, form, go, server, shown, context } = await open(t, 'forgejo');
    // The host's answer comes with another state: nobody takes the code.
    let [state, code] = ['', ''];
    git.oauth.meddle = (query) => {
      [state, code] = [query.get('state'), query.get('code')];
      query.set('state', 'x'.repeat(43));
      return query;
    };
    await go.click();
    await form.getByText('Continue in the window of').waitFor();
    await until(() => !!state, 'the host has answered');
    const forged = { state, code };
    // Messages to the window, with the right state: from the page, from a frame of the preview, and
    // from another site's window.
    await page.evaluate((data) => postMessage(data, '*'), forged);
    await shown.locator('body').evaluate((_, data) => parent.postMessage(data, '*'), forged);
    // On the channel, with a wrong state or none.
    await page.evaluate(() => {
      const channel = new BroadcastChannel('meridian-sign-in');
      for (const data of [null, 'x', {}, { state: 'y', code: 'z' }, { state: '', code: 'z' }])
        channel.postMessage(data);
      channel.close();
    });
    // The page for answers, opened by a link that somebody made.
    const link = await context.newPage();
    await link.goto(`${server.url}playground/signed-in.html?state=${'x'.repeat(43)}&code=${code}`);
    await link.getByText('No playground waits for this sign-in').waitFor();
    assert.equal(await link.evaluate(() => location.search), '');
    await link.close();
    assert.equal(git.oauth.asked.length, 0);
    assert.ok(await form.getByText('Continue in the window of').isVisible());
    // Closed: an answer that comes late is not taken, even the right one. The key's own promise
    // does not wait for the event, which comes a task later.
    const closed = await form.evaluateHandle((dialog) => ({
      event: new Promise((resolve) => {
        dialog.addEventListener('close', () => resolve(true), { once: true });
      }),
    }));
    await page.keyboard.press('Escape');
    await closed.evaluate(({ event }) => event);
    await page.evaluate((data) => {
      const channel = new BroadcastChannel('meridian-sign-in');
      channel.postMessage(data);
      channel.close();
    }, forged);
    const late = await context.newPage();
    await late.goto(`${server.url}playground/signed-in.html?state=${state}&code=${code}`);
    await late.getByText('No playground waits for this sign-in').waitFor();
    assert.equal(git.oauth.asked.length, 0);
    assert.equal(git.log().length, 1);
  },
);
