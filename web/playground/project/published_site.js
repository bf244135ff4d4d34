// A site that is published with its sources, as a project of the files in its manifest.

import { development } from '../../base/site_state.js';
import { MANIFEST, sourcesOfManifest } from '../../net/source_index.js';
import { ask, bytesWithin, isThere } from '../../net/limited_fetch.js';
import { LARGEST } from './limits.js';
import { gather } from './remote_files.js';

/** @typedef {import('../ui/progress.js').Watch} Watch */

/**
 * The folder of an address, with or without scheme, or on this host; undefined for other texts.
 * @param {string} text
 */
export function siteIn(text) {
  if (/^\/(?!\/)/.test(text)) return new URL('.', location.origin + text).href;
  const whole = /^[a-z]+:\/\//i.test(text);
  if (/\s/.test(text) || !(whole || /^[^/]+\.[^/]+/.test(text))) return undefined;
  try {
    const url = new URL('.', whole ? text : `https://${text}`);
    // Plain HTTP is accepted for localhost.
    return url.protocol === 'https:' || (development && url.protocol === 'http:')
      ? url.origin + url.pathname
      : undefined;
  } catch {
    return undefined;
  }
}

/** The reason why there is no answer, with a remedy. @param {string} root */
async function silence(root) {
  const { host } = new URL(root);
  if (!(await isThere(root + MANIFEST)))
    return `${host} can’t be reached. Is the address right, and this device online?`;
  return `${host} does not let other sites read its files (CORS). Its owner can send the header “Access-Control-Allow-Origin: *”, as GitHub Pages does; or open the repository that the site is made of.`;
}

/** @param {string} root the site's address, with a slash at its end @param {Watch} watch */
export async function fromSite(root, watch) {
  watch.report(`Asking ${new URL(root).host} for its files …`);
  const response = await ask(root + MANIFEST, { signal: watch.signal });
  if (!response) throw new Error(await silence(root));
  if (!response.ok)
    throw new Error(
      `${root} has no ${MANIFEST} (${response.status}): it is not published with its sources, as “meridian build --raw” does. If they are on GitHub, open the repository.`,
    );
  /** @type {any} */
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(await bytesWithin(response, MANIFEST, LARGEST)));
  } catch (error) {
    throw new Error(
      `The ${MANIFEST} of ${root} can’t be read: ${/** @type {Error} */ (error).message}`,
    );
  }
  const { entries } = sourcesOfManifest(manifest, root);
  return {
    ...(await gather(
      new URL(root).host + new URL(root).pathname.replace(/\/$/, ''),
      entries,
      watch,
    )),
    from: `?site=${encodeURIComponent(root)}`,
  };
}
