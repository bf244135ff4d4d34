// The exchange of GitHub's OAuth: what it refuses before it asks GitHub, and what it passes on.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import entry, { createExchange } from '../../web/server/github_sign_in.js';
import { oauthApp } from '../web/git-host-oauth.mjs';

const ORIGIN = 'https://station.example';
const REDIRECT = `${ORIGIN}/playground/signed-in.html`;
const VERIFIER = 'v'.repeat(43);
const FORM = 'application/x-www-form-urlencoded';

/** A GitHub with an app, and the exchange for it; `code()` allows a sign-in. */
async function start(t, { answer } = {}) {
  const app = oauthApp('github', (login) => `gho_token_of_${login}_0123456789`);
  app.redirects.push(REDIRECT);
  const server = createServer((request, response) => (answer ?? app.answer)(request, response));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => (server.closeAllConnections(), server.close()));
  const github = `http://127.0.0.1:${server.address().port}`;
  const { client, secret } = app;
  const exchange = createExchange({ client, secret, origins: [ORIGIN], github });
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER));
  async function code() {
    const asked = new URLSearchParams({
      client_id: client,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'public_repo',
      state: 's'.repeat(32),
      code_challenge: Buffer.from(hash).toString('base64url'),
      code_challenge_method: 'S256',
    });
    const { headers } = await fetch(`${github}/login/oauth/authorize?${asked}`, {
      redirect: 'manual',
    });
    return new URL(headers.get('location')).searchParams.get('code');
  }
  return { app, exchange, code };
}

const question = (fields, { origin = ORIGIN, type = FORM, method = 'POST' } = {}) =>
  new Request('https://edge.example/', {
    method,
    headers: { ...(origin && { origin }), 'content-type': type },
    ...(method === 'POST' && { body: String(new URLSearchParams(fields)) }),
  });
const asked = (code, more) => ({
  grant_type: 'authorization_code',
  client_id: 'another',
  code,
  redirect_uri: REDIRECT,
  code_verifier: VERIFIER,
  ...more,
});

test('a code becomes a token, once, for the listed origin alone', async (t) => {
  const { app, exchange, code } = await start(t);
  const given = await code();
  const response = await exchange(question(asked(given)));
  assert.equal(response.status, 200);
  const { refresh_token: renewal, ...rest } = await response.json();
  assert.match(renewal, /^[0-9a-f]{32}$/);
  assert.deepEqual(rest, {
    access_token: 'gho_token_of_owner_0123456789',
    token_type: 'bearer',
    scope: 'public_repo',
    expires_in: 7200,
  });
  assert.equal(response.headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('vary'), 'origin');
  const again = await exchange(question(asked(given)));
  assert.deepEqual(await again.json(), {
    error: 'invalid_grant',
    error_description: 'invalid_grant',
  });
  assert.equal(app.asked.length, 2);
});

test('a token that has ended is renewed, once, with the same care', async (t) => {
  const { app, exchange, code } = await start(t);
  const first = await (await exchange(question(asked(await code())))).json();
  const renewal = {
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token,
    redirect_uri: REDIRECT,
  };
  const renewed = await (await exchange(question(renewal))).json();
  assert.ok(renewed.access_token);
  assert.notEqual(renewed.refresh_token, first.refresh_token);
  const again = await (await exchange(question(renewal))).json();
  assert.equal(again.error, 'invalid_grant');
  assert.equal(app.asked.length, 3);
  for (const [what, wrong, how, status] of [
    ['none', { ...renewal, refresh_token: '' }, {}, 400],
    ['an address of another site', { ...renewal, redirect_uri: 'https://evil.example/' }, {}, 400],
    ['another origin', renewal, { origin: 'https://evil.example' }, 403],
  ])
    assert.equal((await exchange(question(wrong, how))).status, status, what);
  assert.equal(app.asked.length, 3);
});

test('a wrong verifier, or one that is missing, gets no token', async (t) => {
  const { exchange, code } = await start(t);
  const wrong = await exchange(question(asked(await code(), { code_verifier: 'w'.repeat(43) })));
  assert.equal((await wrong.json()).access_token, undefined);
  const { code_verifier: _, ...without } = asked(await code());
  assert.equal((await exchange(question(without))).status, 400);
});

/** Questions that GitHub does not see: what is asked, how, and the status. */
const REFUSED = [
  ['another origin', {}, { origin: 'https://evil.example' }, 403],
  ['no origin', {}, { origin: '' }, 403],
  ['an origin that begins like it', {}, { origin: `${ORIGIN}.evil.example` }, 403],
  ['the origin of a frame without one', {}, { origin: 'null' }, 403],
  ['GET', {}, { method: 'GET' }, 405],
  ['JSON', {}, { type: 'application/json' }, 415],
  ['a body of 3 KB', { code_verifier: 'v'.repeat(3000) }, {}, 413],
  ['an address of another site', { redirect_uri: 'https://evil.example/' }, {}, 400],
  ['no address', { redirect_uri: 'signed-in.html' }, {}, 400],
  ['no code', { code: '' }, {}, 400],
];
test('what is refused does not reach GitHub, and no other site reads an answer', async (t) => {
  const { app, exchange } = await start(t);
  for (const [what, fields, how, status] of REFUSED) {
    const response = await exchange(question(asked('c', fields), how));
    assert.equal(response.status, status, what);
    const allowed = response.headers.get('access-control-allow-origin');
    assert.equal(allowed, how.origin === undefined ? ORIGIN : null, what);
  }
  const twice = question({});
  const doubled = new Request(twice, { body: `${new URLSearchParams(asked('a'))}&code=b` });
  assert.equal((await exchange(doubled)).status, 400);
  assert.equal(app.asked.length, 0);
});

test('GitHub out of order: an answer without the secret', async (t) => {
  const answers = [
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    (_, response) => response.writeHead(500).end('<html>'),
    (_, response) => response.writeHead(200).end('"x"'.repeat(9000)),
    (request) => request.socket.destroy(),
  ];
  for (const answer of answers) {
    const { app, exchange } = await start(t, { answer });
    const response = await exchange(question(asked('c')));
    assert.equal(response.status, 502);
    assert.ok(!(await response.text()).includes(app.secret));
  }
});

test('as a worker it takes its app from variables, and says when they are missing', async () => {
  const missing = await entry.fetch(question(asked('c')), {});
  assert.deepEqual([missing.status, await missing.json()], [500, { error: 'not_configured' }]);
  const variables = {
    MERIDIAN_GITHUB_CLIENT: 'c',
    MERIDIAN_GITHUB_SECRET: 's',
    MERIDIAN_ORIGINS: 'https://a.example, https://b.example',
  };
  const { status } = await entry.fetch(question(asked('c')), variables);
  assert.equal(status, 403);
});
