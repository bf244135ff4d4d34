// Sign-in by OAuth for git-host.mjs, as the hosts have it: GitLab (doorkeeper), Forgejo and Gitea
// (routers/web/auth/oauth2_provider.go), GitHub (which needs the app's secret, and lets no other
// site read its answer).

import { createHash, randomBytes } from 'node:crypto';

const PATHS = {
  gitlab: ['/oauth/authorize', '/oauth/token', 'api'],
  forgejo: ['/login/oauth/authorize', '/login/oauth/access_token', 'write:repository read:user'],
  github: ['/login/oauth/authorize', '/login/oauth/access_token', 'public_repo'],
};
const FORM = 'application/x-www-form-urlencoded';
const hashOf = (text) => createHash('sha256').update(text).digest('base64url');

/**
 * @param {'gitlab' | 'forgejo' | 'github'} kind
 * @param {(login: string) => string} tokenFor
 * @returns the host's app: `redirects` are its addresses; `login` who is asked, '' if nobody allows
 *   it; `meddle` changes what goes back to the playground
 */
export function oauthApp(kind, tokenFor) {
  const [authorize, token, scope] = PATHS[kind];
  const app = {
    client: kind === 'github' ? 'Ov23liAAAA' : 'client-of-the-owner',
    secret: kind === 'github' ? 'the-secret-of-the-app' : '',
    redirects: [],
    login: 'owner',
    meddle: (query) => query,
    /** Codes that were given. @type {Map<string, object>} */
    codes: new Map(),
    /** What renews a token, each once. @type {Map<string, object>} */
    renewals: new Map(),
    /** What was asked of the token's address: fields, headers and answer. */
    asked: [],
    answer,
  };

  function allow(query, response) {
    const refuse = (text) => response.writeHead(400, { 'content-type': 'text/plain' }).end(text);
    const one = (name) => query.get(name) ?? '';
    const redirect = one('redirect_uri');
    if (one('client_id') !== app.client) return refuse('Unknown client');
    if (!app.redirects.includes(redirect)) return refuse('The redirect URI is not registered');
    const fits =
      one('response_type') === 'code' &&
      one('code_challenge_method') === 'S256' &&
      /^[\w-]{43}$/.test(one('code_challenge')) &&
      one('state').length > 20 &&
      one('scope') === scope;
    if (!fits) return refuse('Invalid request');
    const back = new URLSearchParams({ state: one('state') });
    if (app.login) {
      const code = randomBytes(16).toString('hex');
      app.codes.set(code, { challenge: one('code_challenge'), redirect, login: app.login });
      back.set('code', code);
    } else back.set('error', 'access_denied');
    response.writeHead(302, { location: `${redirect}?${app.meddle(back)}` }).end();
  }

  function grant(fields, headers) {
    const wrong = (error) => [kind === 'github' ? 200 : 400, { error, error_description: error }];
    if (headers['content-type'] !== FORM) return wrong('invalid_request');
    if (fields.client_id !== app.client) return wrong('invalid_client');
    if (app.secret && fields.client_secret !== app.secret)
      return wrong('incorrect_client_credentials');
    const given = (of) => {
      const renewal = randomBytes(16).toString('hex');
      app.renewals.set(renewal, of);
      const token = { access_token: tokenFor(of.login), token_type: 'bearer', scope };
      return [200, { ...token, expires_in: 7200, refresh_token: renewal }];
    };
    if (fields.grant_type === 'refresh_token') {
      const renewed = app.renewals.get(fields.refresh_token);
      app.renewals.delete(fields.refresh_token);
      // Doorkeeper asks a public app for the verifier again, GitHub for none.
      const verified =
        kind !== 'gitlab' || hashOf(fields.code_verifier ?? '') === renewed?.challenge;
      return renewed && verified ? given(renewed) : wrong('invalid_grant');
    }
    if (kind !== 'github' && fields.grant_type !== 'authorization_code')
      return wrong('unsupported_grant_type');
    const code = app.codes.get(fields.code);
    if (!code || code.used) return wrong('invalid_grant');
    code.used = true;
    if (code.redirect !== fields.redirect_uri) return wrong('redirect_uri_mismatch');
    if (hashOf(fields.code_verifier ?? '') !== code.challenge) return wrong('invalid_grant');
    return given(code);
  }

  /** Answers a request; false: it is for something else. */
  function answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://host');
    if (pathname === authorize && request.method === 'GET')
      return allow(searchParams, response) ?? true;
    if (pathname !== token) return false;
    // GitLab's and Forgejo's allow other sites no header here; GitHub's allow no other site.
    const cors = kind === 'github' ? {} : { 'access-control-allow-origin': '*' };
    if (request.method !== 'POST')
      return response.writeHead(kind === 'github' ? 404 : 204, cors).end();
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const [status, said] = grant(fields, request.headers);
      app.asked.push({ fields, headers: request.headers, status, said });
      response
        .writeHead(status, { ...cors, 'content-type': 'application/json' })
        .end(JSON.stringify(said));
    });
    return true;
  }
  return app;
}
