// Sources of the site that is open: at which address each lies, and its bytes.

import { meta, site } from '../base/site_state.js';
import { Failure, bytesOf, request, typeOf } from './fetch.js';

/** @typedef {import('../base/site_state.js').Listing} Listing */

/** Whether the host holds a source; undefined: not known. @param {string} path */
export const isListed = (path) =>
  site.listed.has(path) || (site.listing.complete ? false : undefined);

/**
 * Takes a list for the truth, and gives what the core wants to know of it.
 * @param {Listing} listing
 */
export function adopt(listing) {
  site.listing = listing;
  if (listing.source !== undefined) site.source = slashed(listing.source);
  const entries = listing.files.map((file) => (typeof file === 'string' ? { path: file } : file));
  site.listed = new Set(entries.map(({ path }) => path));
  site.moved = new Map(entries.flatMap(({ path, at }) => (at ? [[path, at]] : [])));
  return listing.json ?? JSON.stringify({ files: [...site.listed], complete: listing.complete });
}

/** @param {string} folder */
export function slashed(folder) {
  return folder.replace(/^\/+|\/*$/g, '').replace(/.$/, '$&/');
}

/** Address of a file beside the shell. @param {string} path */
export const address = (path) =>
  location.origin + site.root + path.split('/').map(encodeURIComponent).join('/');

/**
 * Address of a source, undefined when the path leads out of the sources or names the shell.
 * @param {string} path
 */
export function locate(path) {
  const at = site.moved.get(path);
  if (at) return address(at);
  const outside = !path || path.startsWith('/') || path.split('/').includes('..');
  if (outside || (!site.source && /^(index|404)\.html$/.test(path))) return undefined;
  return address(site.source + path);
}

/**
 * The bytes of a source, null when the host does not have it. Throws a Failure when that can't be
 * known.
 * @param {string} path @param {RequestCache} [cache]
 */
export function fetchSource(path, cache) {
  const url = locate(path);
  if (!url) return Promise.resolve(null);
  const { coming } = site;
  const bytes = coming.get(path) ?? read(url, path, cache).finally(() => coming.delete(path));
  coming.set(path, bytes);
  return bytes;
}

/**
 * @param {string} url @param {string} name for the message
 * @param {RequestCache} [cache] by default the browser asks the host whether its copy still holds
 * @returns {Promise<Uint8Array | null>}
 */
export async function read(url, name, cache = 'no-cache') {
  const response = await request(url, name, { cache });
  const { ok, status, statusText } = response;
  if (ok) {
    const data = await bytesOf(response, name);
    if (!typeOf(response).startsWith('text/html')) return data;
    if (isShell(data)) return null;
    // The name of a folder, which may list what it holds, is empty or ends with a slash.
    if (/[^/]$/.test(name) && isForeign(data))
      throw new Failure(name, 'The host answered with another page, perhaps to sign in.');
    return data;
  }
  // Buckets that may not be listed answer 403 for what they do not have.
  if (/403|404|410/.test(String(status))) return null;
  throw new Failure(name, `The host answered ${status} ${statusText}.`);
}

/**
 * The shell itself, which some hosts give for every path that they do not have.
 * @param {Uint8Array} data
 */
export const isShell = (data) =>
  new TextDecoder().decode(data.subarray(0, 2000)).includes('name="meridian-shell"');

/**
 * A whole page without any template: no source, but what a network shows to who must sign in.
 * @param {Uint8Array} data
 */
const isForeign = (data) =>
  /^\s*<(!doctype|html)(?!.*\{[{%]).*<\/html/is.test(
    new TextDecoder().decode(data.subarray(0, 1 << 16)),
  );

/**
 * The manifest, undefined when there is none.
 * @param {RequestCache} [cache] @returns {Promise<Listing | undefined>}
 */
export async function readManifest(cache) {
  const name = meta('manifest') ?? 'meridian.json';
  const bytes = name === 'none' ? null : await read(address(name), name, cache);
  if (!bytes) return undefined;
  const json = new TextDecoder().decode(bytes);
  try {
    const manifest = JSON.parse(json);
    return { complete: true, ...manifest, files: manifest.files.slice(), kind: 'manifest', json };
  } catch (error) {
    throw new Failure(name, `The manifest can’t be read: ${error}.`);
  }
}

/** Text of a source that has come. @param {string} path */
export function textOf(path) {
  const data = site.files.get(path);
  return data ? new TextDecoder().decode(data) : undefined;
}
