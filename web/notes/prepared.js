// Links that `meridian index` or `build` wrote, in the shell's folder of this site: files of JSON,
// each with the HTML for some of the notes.

import { shardOf } from '../base/hashes.js';
import { decode } from '../base/util.js';
import { fetchPrepared } from '../net/fetch.js';

/** @type {Map<string, Promise<Record<string, string>>>} */
const files = new Map();

/** @param {string} address @returns {Promise<Record<string, string>>} */
async function read(address) {
  return JSON.parse(new TextDecoder().decode(await fetchPrepared(address, { cache: 'no-cache' })));
}

/**
 * The HTML of a note; undefined: nothing links to it, and it to nothing.
 * @param {number} shards
 * @param {string} root path at which the site begins
 * @param {string} url percent-encoded, from the site's root
 */
export async function prepared(shards, root, url) {
  const name = decode(url);
  const address = `${location.origin}${root}meridian/notes/${shardOf(name, shards)}.json`;
  let file = files.get(address);
  if (!file) {
    file = read(address);
    files.set(address, file);
    file.catch(() => files.delete(address)); // the next note tries again
  }
  const found = await file;
  return Object.hasOwn(found, name) ? found[name] : undefined;
}
