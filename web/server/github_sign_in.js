// The exchange of GitHub's OAuth: GitHub gives a token for a code and the secret of the owner's
// app, which no browser may have. It keeps nothing, writes nothing down, and asks GitHub alone. As
// a worker it is a default export with `fetch`; README.md says what to set.

import { bytesOf } from './response_bytes.js';

// Bytes of a question: a code, a verifier and an address have some 300.
const LONGEST = 2048;
// … of GitHub's answer.
const LONGEST_ANSWER = 8192;
// Milliseconds for GitHub's answer.
const PATIENCE = 10_000;
const FORM = 'application/x-www-form-urlencoded';
const FIELDS = ['redirect_uri', 'code', 'code_verifier'];
// … for a new token in the place of one that has ended (GitHub Apps: after eight hours).
const RENEWAL = ['redirect_uri', 'grant_type', 'refresh_token'];
// What a browser gets; GitHub's answer may have more one day.
const PASSED_ON = [
  'access_token',
  'token_type',
  'scope',
  'expires_in',
  'refresh_token',
  'error',
  'error_description',
];

/**
 * @param {{ client: string, secret: string, origins: string[], github?: string }} app `origins`: of
 *   the playgrounds that may ask, such as https://example.org
 * @returns {(request: Request) => Promise<Response>}
 */
export function createExchange({ client, secret, origins, github = 'https://github.com' }) {
  return async function exchange(request) {
    const origin = request.headers.get('origin') ?? '';
    const listed = origins.includes(origin);
    /** @param {number} status @param {Record<string, unknown>} said */
    const answer = (status, said) =>
      Response.json(said, {
        status,
        headers: {
          'cache-control': 'no-store',
          vary: 'origin',
          ...(listed && { 'access-control-allow-origin': origin }),
        },
      });
    if (!listed) return answer(403, { error: 'origin_not_listed' });
    if (request.method !== 'POST') return answer(405, { error: 'only_post' });
    if (request.headers.get('content-type') !== FORM) return answer(415, { error: 'only_a_form' });
    const body = await bytesOf(request, LONGEST + 1);
    if (body.length > LONGEST) return answer(413, { error: 'too_long' });
    const given = new URLSearchParams(new TextDecoder().decode(body));
    const fields = (given.get('grant_type') === 'refresh_token' ? RENEWAL : FIELDS).map(
      (name) => /** @type {[string, string[]]} */ ([name, given.getAll(name)]),
    );
    if (fields.some(([, [value, ...more]]) => !value || more.length))
      return answer(400, { error: 'invalid_request' });
    const [[, [back]]] = fields;
    if (!URL.canParse(back) || new URL(back).origin !== origin)
      return answer(400, { error: 'redirect_uri_mismatch' });
    try {
      const found = await fetch(`${github}/login/oauth/access_token`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': FORM },
        body: String(
          new URLSearchParams({
            ...Object.fromEntries(fields.map(([name, [value]]) => [name, value])),
            client_id: client,
            client_secret: secret,
          }),
        ),
        // The secret goes to no other place.
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      const all = JSON.parse(new TextDecoder().decode(await bytesOf(found, LONGEST_ANSWER)));
      const some = PASSED_ON.filter((name) => all[name] !== undefined);
      return answer(200, Object.fromEntries(some.map((name) => [name, all[name]])));
    } catch {
      return answer(502, { error: 'github_does_not_answer' });
    }
  };
}

export default {
  /** @param {Request} request @param {Record<string, string>} [given] a worker's variables */
  fetch(request, given) {
    const {
      MERIDIAN_GITHUB_CLIENT: client,
      MERIDIAN_GITHUB_SECRET: secret,
      MERIDIAN_ORIGINS: origins,
    } = { .../** @type {any} */ (globalThis).process?.env, ...given };
    if (!client || !secret || !origins)
      return Response.json({ error: 'not_configured' }, { status: 500 });
    return createExchange({ client, secret, origins: origins.split(/[\s,]+/) })(request);
  },
};
