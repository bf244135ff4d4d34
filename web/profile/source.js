// Where profiles come from: profile.json of a site, else its raw sources. Each source is asked
// once, however many cards a page has.

import { base } from '../base/base_url.js';
import { readWithin } from '../net/limited_fetch.js';
import { same } from '../base/release.js';
import { profileOf } from './validate.js';

/** @typedef {import('./validate.js').Profile} Profile */

// Milliseconds and bytes that a profile may take.
const PATIENCE = 10_000;
const LARGEST = 256 << 10;

const REPOSITORY = /^github:([\w.-]+\/[\w.-]+)(@[\w./-]+)?$/;

/**
 * Why can't be told: a host may let others read what it has, and not its word that it has something
 * not.
 */
class Unread extends Error {}

/**
 * Of this page: what sites have written, and what was made of sources, by what of it is wanted.
 * @type {Map<string, Promise<any>>}
 */
const known = new Map();

/**
 * Nothing of the reader's goes with a question; who would be sent elsewhere is not followed there.
 * @type {RequestInit}
 */
const INIT = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' };

/**
 * What a host answers; undefined: there is no such file.
 * @param {string} url
 * @param {number} most bytes
 * @param {RegExp} [type] of its content
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function takeBytes(url, most, type) {
  const { host } = new URL(url);
  const late = (/** @type {Error} */ { name }) =>
    name === 'TimeoutError'
      ? new Error(`${host} does not answer`)
      : new Unread(
          `${host} can’t be reached, sends elsewhere, or does not let other sites read it (CORS)`,
        );
  const response = await fetch(url, { ...INIT, signal: AbortSignal.timeout?.(PATIENCE) }).catch(
    (error) => Promise.reject(late(error)),
  );
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${host} answered ${response.status}`);
  const kind = response.headers.get('content-type') ?? '';
  if (type && !type.test(kind)) {
    // A host that gives its front page for whatever it does not have.
    if (/^text\/html/i.test(kind)) return undefined;
    throw new Error(`${host} answered with ${kind || 'no type'}`);
  }
  const bytes = await readWithin(response, most).catch((error) => Promise.reject(late(error)));
  if (!bytes) throw new Error(`${host} answered with more than ${most >> 10} KB`);
  return bytes;
}

/**
 * The same as a text.
 * @param {string} url
 * @param {RegExp} type
 * @param {number} [most]
 * @returns {Promise<string | undefined>}
 */
export async function take(url, type, most = LARGEST) {
  const data = await takeBytes(url, most, type);
  return data && new TextDecoder().decode(data);
}

/** The folder of a source, or `github:owner/name`. @param {string} src */
export function rootOf(src) {
  const repository = src.includes('github:') && REPOSITORY.exec(src.trim());
  if (repository) return repository[0];
  const url = new URL(src, base());
  // Plain HTTP is for pages that came so themselves.
  if (url.protocol !== 'https:' && url.protocol !== location.protocol)
    throw new Error('only https addresses are read');
  if (!url.protocol.startsWith('http')) throw new Error('it is no address of a site');
  return new URL('.', url.origin + url.pathname).href;
}

/**
 * What a site has written of its person; else why that can't be told, if so.
 * @param {string} root
 * @returns {Promise<{ profile?: Profile, unread?: Error }>}
 */
async function written(root) {
  try {
    const text = await take(`${root}profile.json`, /json|^text\/plain/i);
    return { profile: text === undefined ? undefined : profileOf(JSON.parse(text), root) };
  } catch (error) {
    if (error instanceof Unread) return { unread: error };
    throw error;
  }
}

/**
 * @param {string} root
 * @param {string} wanted
 * @param {boolean} anew
 * @param {Error | undefined} unread
 * @returns {Promise<Profile>}
 */
async function rendered(root, wanted, anew, unread) {
  const { fromSources } = same(await import('./render_sources.js'));
  return fromSources(root, wanted, anew).catch((/** @type {Error} */ error) =>
    Promise.reject(unread ?? error),
  );
}

/** Of what `show` says: how many of a list are shown makes no other profile. */
const COUNTS = /:\d{1,2}(?=[\s,]|$)/g;

/**
 * What is known by a name, or is asked now.
 * @template T
 * @param {string} key
 * @param {boolean} anew even if it is known
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
function once(key, anew, ask) {
  const asked = (!anew && known.get(key)) || ask();
  known.set(key, asked);
  // It may go better the next time.
  asked.catch(() => known.get(key) === asked && known.delete(key));
  return asked;
}

/**
 * The person behind a source.
 * @param {string} src
 * @param {string} show the card's attribute: what of it is wanted, should it be made of raw sources
 *   (`*`: all)
 * @param {boolean} [anew] it is asked even if the answer is known @returns {Promise<Profile>}
 */
export async function profileFrom(src, show, anew = false) {
  const root = rootOf(src);
  const { profile, unread } = root.startsWith('github:')
    ? {}
    : await once(root, anew, () => written(root));
  if (profile) return profile;
  const wanted = show.replace(COUNTS, '');
  return once(`${root} ${wanted}`, anew, () => rendered(root, wanted, anew, unread));
}
