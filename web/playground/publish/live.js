// Whether visitors see a commit: what the host says of its deployment, and the bytes of the public
// site itself, which alone count.

import { task } from '../../net/fetch.js';
import { ask, readWithin } from '../../net/limited_fetch.js';

/**
 * What is published, and where it is seen. `site`: its address, '' if it is not known; `raw`: it
 * has the sources themselves; `page`: the path of a page of it, `before`: that page's text before
 * publishing, if it could be read; `path`: that of a file whose new text is `text`.
 * @typedef {{ site: string, raw: boolean, page: string, before?: string, path: string, text: string
 *   }} Place
 */
/** @typedef {{ state: 'building' | 'live' | 'failed' | 'late', url: string }} News */

// Milliseconds between looks, and their number: hosts build for minutes.
const [PAUSE, LOOKS] = [5000, 120];
// Characters of a page or a file that are compared.
const LONGEST = 1 << 20;

/**
 * A text of the public site as its host has it now, past caches; undefined if it can't be read.
 * @param {string} address
 * @param {string} [mark]
 */
export async function seen(address, mark = String(Date.now())) {
  const response = await ask(`${address}?meridian=${mark}`);
  const bytes = response?.ok
    ? await readWithin(response, LONGEST).catch(() => undefined)
    : undefined;
  return bytes && new TextDecoder().decode(bytes);
}

/** @param {string} site @param {string} path */
export const below = (site, path) => new URL(path.replace(/^\/+/, ''), site).href;

/** Tells whether the public site shows the commit. @param {Place} place */
async function isLive({ site, raw, page, before, path, text }) {
  if (raw) return (await seen(below(site, path))) === text;
  const now = before === undefined ? undefined : await seen(below(site, page));
  return now !== undefined && now !== before;
}

/**
 * Looks until the commit is live, its deployment has failed, or nothing is known.
 * @param {import('./host.js').Host} host
 * @param {string} name
 * @param {string} commit
 * @param {Place} place
 * @param {AbortSignal} signal
 * @param {(news: News) => void} report
 */
export async function watch(host, name, commit, place, signal, report) {
  for (let left = LOOKS; left && !signal.aborted; left--) {
    const found = await host.deployment(name, commit).catch(() => undefined);
    if (signal.aborted) return;
    const url = found?.url ?? '';
    // While the host is at it there is nothing to see.
    const building = found?.state === 'building';
    if (!building && (await isLive(place))) return report({ state: 'live', url: place.site });
    if (found?.state === 'failed') return report({ state: 'failed', url });
    if (building || place.site) report({ state: 'building', url });
    else if (!found) return report({ state: 'late', url });
    await task(PAUSE);
  }
  if (!signal.aborted) report({ state: 'late', url: '' });
}
