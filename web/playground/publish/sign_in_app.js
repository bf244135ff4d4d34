// The app by which one signs in on a host's own page, as the owner of the playground named it.

import { meta } from '../../base/site_state.js';

/**
 * The owner's app on a host. `exchange`: an address that turns a code into a token with the app's
 * secret; '': the host does without one.
 * @typedef {{ client: string, exchange: string }} App
 */

/**
 * A token, and what it is renewed with when it ends by itself. `verifier`: that of the sign-in,
 * which GitLab asks for again.
 * @typedef {{ token: string, renewal?: string, verifier?: string }} Grant
 */

/** Where the host's page comes back to. */
export const HERE = new URL('signed-in.html', import.meta.url);

/**
 * The app of a host, which the owner of the playground has named in its page; undefined without
 * one, or where its answer could not come back.
 * @param {import('./host.js').Door} door
 * @returns {App | undefined}
 */
export function appOf({ site, token }) {
  if (HERE.origin !== location.origin) return undefined;
  for (const entry of (meta('sign-in') ?? '').split(',')) {
    const [at, client, exchange = ''] = entry.trim().split(/\s+/);
    if (at.replace(/\/$/, '') === site && client && (token || exchange))
      return { client, exchange };
  }
  return undefined;
}
