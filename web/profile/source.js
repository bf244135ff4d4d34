// Loads profiles: profile.json of a site, else its raw sources. Each source is requested once,
// however many cards a page has.

import { base } from '../base/base_url.js';
import { same } from '../base/release.js';
import { Unread, fetchText } from './fetch_file.js';
import { profileOf } from './validate.js';

/** @typedef {import('./validate.js').Profile} Profile */

const REPOSITORY = /^github:([\w.-]+\/[\w.-]+)(@[\w./-]+)?$/;

/**
 * Profiles of this page: written ones, and those made from sources, by the requested parts.
 * @type {Map<string, Promise<any>>}
 */
const known = new Map();

/** The folder of a source, or `github:owner/name`. @param {string} src */
export function rootOf(src) {
  const repository = src.includes('github:') && REPOSITORY.exec(src.trim());
  if (repository) return repository[0];
  const url = new URL(src, base());
  // Plain HTTP is accepted on pages that use it themselves.
  if (url.protocol !== 'https:' && url.protocol !== location.protocol)
    throw new Error('only https addresses are read');
  if (!url.protocol.startsWith('http')) throw new Error('it is not the address of a site');
  return new URL('.', url.origin + url.pathname).href;
}

/**
 * The profile.json of a site, or the reason why it was not read.
 * @param {string} root
 * @returns {Promise<{ profile?: Profile, unread?: Error }>}
 */
async function written(root) {
  try {
    const text = await fetchText(`${root}profile.json`, /json|^text\/plain/i);
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

/** The parts that `show` requests, without the numbers of entries. */
const COUNTS = /:\d{1,2}(?=[\s,]|$)/g;

/**
 * Returns the cached promise of a key, or makes one.
 * @template T
 * @param {string} key
 * @param {boolean} anew even if it is known
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
function once(key, anew, ask) {
  const asked = (!anew && known.get(key)) || ask();
  known.set(key, asked);
  // The next attempt may succeed.
  asked.catch(() => known.get(key) === asked && known.delete(key));
  return asked;
}

/**
 * Loads the profile of a source.
 * @param {string} src
 * @param {string} show the card's attribute: what of it is wanted, should it be made of raw sources
 *   (`*`: all)
 * @param {boolean} [anew] it is asked even if the answer is known
 * @returns {Promise<Profile>}
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
