// The token of a host: in memory, and on request in this browser, encrypted with a key that no
// script can read.

import { runIn } from '../project/database.js';

const [NAME, STORE] = ['meridian-playground-account', 'kept'];
const [ALGORITHM, BITS, IV_BYTES] = ['AES-GCM', 256, 12];

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 */
const run = (mode, act) => runIn(NAME, STORE, mode, act);

/**
 * Keeps a token in this browser, with what renews it; throws where that is forbidden.
 * @param {string} host
 * @param {import('./sign_in_app.js').Grant} grant
 */
export async function keep(host, grant) {
  const key = await crypto.subtle.generateKey({ name: ALGORITHM, length: BITS }, false, [
    'encrypt',
    'decrypt',
  ]);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: ALGORITHM, iv },
    key,
    new TextEncoder().encode(JSON.stringify(grant)),
  );
  await run('readwrite', (store) => store.put({ key, iv, sealed }, host));
}

/**
 * The kept token.
 * @param {string} host
 * @returns {Promise<import('./sign_in_app.js').Grant | undefined>}
 */
export async function kept(host) {
  try {
    const { key, iv, sealed } = Object(await run('readonly', (store) => store.get(host)));
    const opened = await crypto.subtle.decrypt({ name: ALGORITHM, iv }, key, sealed);
    return JSON.parse(new TextDecoder().decode(opened));
  } catch {
    return undefined;
  }
}

/** Forgets the token, with its key. @param {string} host */
export const forget = (host) =>
  run('readwrite', (store) => store.delete(host)).catch(() => undefined);
