// The files that are kept, and those of the shell among them. These are in the site's folder
// `meridian/`, or on another host: then the head of the worker's file, which `meridian init` writes
// (`meridian/one-file-offline.js`), has that host's address and each file's hash.

import { KeptFiles, SCOPE, ask, worker } from '../base/kept_files.js';
import { typeOf } from '../base/media_types.js';
import { RELEASE } from '../base/release.js';

/** What is kept of the site. */
export const files = new KeptFiles(`meridian-offline ${SCOPE}`);

export const SHELL = 'meridian/';

/**
 * The address of the shell's folder on another host, and the SHA-256 of its files in Base64 by
 * their paths in that folder.
 * @type {{ folder: string, hashes: Record<string, string> } | undefined}
 */
const foreign = worker.meridianShell;

/** Address of a file, by its path from the root. @param {string} place */
export const addressOf = (place) => SCOPE + place.split('/').map(encodeURIComponent).join('/');

/**
 * The path in `meridian/` of a file that comes from the other host, at the address there or at the
 * site's own: finished pages name the latter, and the open page of the shell the former.
 * @param {string} url
 * @returns {string | undefined}
 */
export function foreignName(url) {
  if (!foreign) return undefined;
  const folder = [addressOf(SHELL), foreign.folder].find((begin) => url.startsWith(begin));
  const name = folder && url.slice(folder.length).replace(/[?#].*/s, '');
  return name && Object.hasOwn(foreign.hashes, name) ? name : undefined;
}

/**
 * A file of the shell from another host, kept from then on. Rejects when its hash is another one.
 * @param {string} name that foreignName() gave
 */
async function askForeign(name) {
  const { folder, hashes } = /** @type {NonNullable<typeof foreign>} */ (foreign);
  const key = `${addressOf(SHELL + name)}?${RELEASE}`;
  const old = await files.find(key);
  if (old) return old;
  const integrity = (/** @type {string} */ path) => `sha256-${hashes[path]}`;
  const answer = await fetch(folder + name, { integrity: integrity(name), credentials: 'omit' });
  if (!answer.ok) return answer;
  let body = await answer.blob();
  // A frame without an origin has no worker: its page names the other host's script.
  if (name.endsWith('.html'))
    body = new Blob([
      (await body.text()).replace(
        /(<script src=")([^"?]+)([^"]*)/,
        (_, begin, path, rest) =>
          `${begin}${folder}${path}${rest}" crossorigin integrity="${integrity(path)}`,
      ),
    ]);
  // Hosts of packages call some types of files by other names.
  const headers = { 'content-type': typeOf(name) ?? '' };
  await files.keep(key, body, headers).catch(() => {}); // without room it is used all the same
  // Not the host's answer: a module would import its parts from that answer's address.
  return new Response(body, { headers });
}

/**
 * The answer of the host that has a file, not older than the request.
 * @param {string} url
 */
export function askHost(url) {
  const name = foreignName(url);
  return name ? askForeign(name) : ask(url);
}
