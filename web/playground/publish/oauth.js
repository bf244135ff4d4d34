// Sign-in on the host's own page: OAuth 2.0 with a code and PKCE (RFC 6749, RFC 7636). The code
// comes back to signed-in.html, which passes it on to this tab; it is worth nothing without the
// verifier, which no other page, link or frame ever sees. A file of its own, loaded where the owner
// offers it.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { Fault, parsed, request } from './host.js';
import { keepChoice, mayBox, reasonOf } from './sign_in.js';
import { HERE } from './sign_in_app.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./sign_in_app.js').App} App
 * @typedef {import('./sign_in_app.js').Grant} Grant
 */

// Where signed-in.html passes a code on: only pages of this origin hear it.
const CHANNEL = 'meridian-sign-in';
const BYTES = 32;
const WINDOW = 'popup,width=560,height=760';
// Tokens of Forgejo are signed texts of some 700 characters.
const TOKEN = /^[\x21-\x7e]{20,4096}$/;

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(BYTES)));

/** The code that comes with this state. @param {string} state @param {AbortSignal} signal */
const codeFor = (state, signal) =>
  new Promise((resolve, reject) => {
    const channel = new BroadcastChannel(CHANNEL);
    signal.addEventListener('abort', () => (channel.close(), reject(signal.reason)));
    channel.addEventListener('message', ({ data }) => {
      const { state: given, code, error } = Object(data);
      if (given !== state) return;
      channel.postMessage({ heard: state });
      channel.close();
      if (typeof code === 'string' && code) resolve(code);
      else reject(new Fault('refused', { said: String(error || 'no code came') }));
    });
  });

/**
 * Asks for a token.
 * @param {import('./host.js').Door} door
 * @param {App} app
 * @param {Record<string, string>} by what it is given for
 * @returns {Promise<Grant>}
 */
async function grantFor({ token }, { client, exchange }, by) {
  const given = new URLSearchParams({ client_id: client, redirect_uri: HERE.href, ...by });
  // As a form, and with no header of its own: hosts allow other sites no more here.
  const { status, text } = await request(exchange || token, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: String(given),
  });
  const {
    access_token: found,
    refresh_token: renewal,
    error,
    error_description: said,
  } = Object(parsed(text));
  if (typeof found !== 'string' || !TOKEN.test(found))
    throw new Fault('refused', { status, said: String(said ?? error ?? '') });
  const renewable = typeof renewal === 'string' && TOKEN.test(renewal);
  return renewable ? { token: found, renewal, verifier: by.code_verifier } : { token: found };
}

/**
 * A new token in the place of one that has ended; the host takes what renews it once.
 * @param {import('./host.js').Door} door
 * @param {App} app
 * @param {Grant} grant
 */
export const renewed = (door, app, { renewal = '', verifier = '' }) =>
  grantFor(door, app, {
    grant_type: 'refresh_token',
    refresh_token: renewal,
    code_verifier: verifier,
  });

/**
 * Signs in in a window of the host, and gives the token.
 * @param {import('./host.js').Door} door
 * @param {App} app
 * @param {AbortSignal} signal
 * @param {(address: string) => void} opened gets the address of the host's page
 */
async function signInThere(door, app, signal, opened) {
  // At once: later the browser would take it for a window that nobody asked for.
  const there = open('', '_blank', WINDOW);
  // The host's page must not reach this one.
  if (there) there.opener = null;
  signal.addEventListener('abort', () => there?.close());
  const [state, verifier] = [random(), random()];
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const asked = new URLSearchParams({
    client_id: app.client,
    redirect_uri: HERE.href,
    response_type: 'code',
    scope: door.scope,
    state,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: 'S256',
  });
  const address = `${door.authorize}?${asked}`;
  const coming = codeFor(state, signal);
  there?.location.replace(address);
  opened(address);
  return grantFor(door, app, {
    grant_type: 'authorization_code',
    code: await coming,
    code_verifier: verifier,
  });
}

/**
 * The form that leads to the host's own page. Closing the dialog ends the sign-in.
 * @param {import('./sign_in.js').Of & { app: App, dialog: HTMLElement }} of
 */
export function accountForm({ host, name, signIn, cancel, instead, app, dialog }) {
  const { field, kept } = keepChoice();
  const said = make('p', { class: 'said', role: 'status' });
  let stop = new AbortController();
  dialog.addEventListener('close', () => stop.abort(), { once: true });
  const go = button(
    `Sign in with ${host.name}`,
    async () => {
      stop.abort();
      const { signal } = (stop = new AbortController());
      try {
        const grant = await signInThere(host.door, app, signal, (address) => {
          const to = { href: address, target: '_blank', rel: 'noopener noreferrer' };
          said.replaceChildren(
            `Continue in the window of ${host.name}. Nothing there? `,
            make('a', { ...to, class: 'text' }, 'Open it again'),
          );
        });
        said.textContent = `Asking ${host.name} …`;
        await signIn(grant, kept.checked);
      } catch (error) {
        if (!signal.aborted) said.textContent = reasonOf(error, host, name);
      }
    },
    { class: 'main' },
  );
  const leave = (/** @type {() => void} */ act) => () => (stop.abort(), act());
  return make(
    'div',
    { class: 'sign-in' },
    make('p', {}, `${host.name} asks for your password on its own page. This page never sees it.`),
    said,
    mayBox(host.door.can(app.client), host.door.cannot),
    field,
    make(
      'footer',
      {},
      button('Use a token instead', leave(instead ?? cancel), { class: 'text' }),
      button('Cancel', leave(cancel), { class: 'line' }),
      go,
    ),
  );
}
