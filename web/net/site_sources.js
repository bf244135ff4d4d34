// The sources of the open site: the address of each, and its bytes.

import { CONFIGS } from '../base/site_files.js';
import { meta, site } from '../base/site_state.js';
import { decode } from '../base/util.js';
import { Failure } from '../base/failure.js';
import { bytesOf, request, typeOf } from './fetch.js';

/** @typedef {import('../base/site_state.js').Listing} Listing */

// Of other files that a page takes, such as posts in a list, the manifest's data are often enough.
const PART = /(^|\/)_(includes|layouts|data)\//;

// Pages that lie beside the sources with the shell.
const PAGE_OF_SHELL = /^(index|404|card\/index|playground\/(index|signed-in|frame(-\w+)?))\.html$/;
// A page of the site's own that no template makes: it may be a whole one.
const WHOLE = /^(?!(.*\/)?_).*\.x?html?$/i;

/** Tells whether the host has a source; undefined if unknown. @param {string} path */
export const isListed = (path) =>
  site.listed.has(path) || site.moved.has(path) || (site.listing.complete ? false : undefined);

/** Adopts a list of files, and gives its form for the core. @param {Listing} listing */
export function adopt(listing) {
  site.listing = listing;
  if (listing.source !== undefined) site.source = slashed(listing.source);
  const entries = [...listing.files, ...site.borrowed].map((file) =>
    typeof file === 'string' ? { path: file } : file,
  );
  site.listed = new Set(entries.map(({ path }) => path));
  site.moved = new Map(entries.flatMap(({ path, at }) => (at ? [[path, at]] : [])));
  site.made = new Set(
    entries.filter((file) => 'yaml' in file || file.page).map(({ path }) => path),
  );
  // Assets of the theme that the configuration names, which the site has no file in place of.
  for (const path of site.listed) {
    const own = /^meridian\/themes\/[^/]+\/(assets\/.+)/.exec(path)?.[1];
    if (!own || site.listed.has(own)) continue;
    site.moved.set(own, site.moved.get(path) ?? path);
    if (site.made.has(path)) site.made.add(own);
  }
  return site.withTheme(
    listing.json ?? JSON.stringify({ files: [...site.listed], complete: listing.complete }),
  );
}

/**
 * A path of the site in its plain form, as its source may be named; undefined where none is.
 * @param {string} path
 */
export function bareRoute(path) {
  const bare = decode(path).replace(/^\/|\/$|(\/?index)?\.html$/g, '');
  return /[\\\0]|\/\/|^\.|\.md$/.test(bare) ? undefined : bare;
}

/** @param {string} folder */
export function slashed(folder) {
  return folder.replace(/^\/+|\/*$/g, '').replace(/.$/, '$&/');
}

/** Address of a file beside the shell. @param {string} path */
export const address = (path) =>
  location.origin + site.root + path.split('/').map(encodeURIComponent).join('/');

/**
 * Address of a source; undefined for paths that lead out of the sources or are the shell's.
 * @param {string} path
 */
export function locate(path) {
  const at = site.moved.get(path);
  if (at) return at.includes('://') ? at : address(at);
  const outside = !path || path.startsWith('/') || path.split('/').includes('..');
  if (outside || (!site.source && PAGE_OF_SHELL.test(path))) return undefined;
  return address(site.source + path);
}

/**
 * Where a file of the site lies that is not at its own address: of a theme, or beside it.
 * @param {string} path
 */
export const movedTo = (path) => (site.moved.has(path) ? locate(path) : undefined);

/**
 * The bytes of a source, null when the host does not have it. Rejects with a Failure when that
 * can't be determined.
 * @param {string} path
 * @param {RequestCache} [cache]
 * @param {RequestPriority} [priority]
 * @param {(part: Uint8Array) => void} [add] gets them as they arrive, if the host has it
 */
export function fetchSource(path, cache, priority, add) {
  const url = locate(path);
  if (!url) return Promise.resolve(null);
  const { coming } = site;
  // A theme's host says itself how long its files hold.
  if (!url.startsWith(location.origin)) cache ??= 'default';
  const fetched = () => read(url, path, cache, priority, add).finally(() => coming.delete(path));
  const bytes = coming.get(path) ?? fetched();
  coming.set(path, bytes);
  return bytes;
}

/**
 * The sources that a page takes, as far as the manifest names them and does not have their text.
 * @param {string} page its path
 * @param {Listing} manifest
 */
export function partsOf(page, { files, pages }) {
  const [own, ...others] = pages?.[page] ?? [];
  const paths = new Set(own ? [own, ...others.filter((path) => PART.test(path))] : []);
  for (const file of files) if (typeof file !== 'string' && 'text' in file) paths.delete(file.path);
  return [...paths];
}

/**
 * Fetches sources before the core asks for them. It asks again for what fails.
 * @param {string[]} paths
 * @param {(path: string, data: Uint8Array | null) => void} put
 * @param {RequestPriority} [priority]
 */
export function fetchAhead(paths, put, priority) {
  for (const path of paths)
    if (!site.files.has(path))
      fetchSource(path, undefined, priority).then(
        (data) => site.files.has(path) || put(path, data),
        () => {},
      );
}

/**
 * @param {string} url @param {string} name for the message
 * @param {RequestCache} [cache] by default the browser asks the host whether its copy still holds
 * @param {RequestPriority} [priority]
 * @param {(part: Uint8Array) => void} [add] gets the bytes as they arrive, but those of HTML
 * @returns {Promise<Uint8Array | null>}
 */
export const read = async (url, name, cache = 'no-cache', priority, add) =>
  dataOf(await request(url, name, { cache, priority }), name, add);

/**
 * The bytes of a source by the host's answer, null when the host does not have it.
 * @param {Response} response
 * @param {string} name for the message
 * @param {(part: Uint8Array) => void} [add]
 * @returns {Promise<Uint8Array | null>}
 */
export async function dataOf(response, name, add) {
  const { ok, status, statusText } = response;
  site.server ||= response.headers.get('server') ?? '';
  if (ok) {
    const html = typeOf(response).startsWith('text/html');
    const data = await bytesOf(response, name, html ? undefined : add);
    if (!html) return data;
    if (isShell(data)) {
      site.gives = 'found';
      return null;
    }
    // A folder's name, which may list its content, is empty or ends with a slash.
    const whole = WHOLE.test(name) && !site.made.has(name);
    if (/[^/]$/.test(name) && !whole && isForeign(data))
      throw new Failure(name, 'The host answered with another page, perhaps to sign in.');
    return data;
  }
  // Buckets without listing answer 403 for unknown files.
  if (/403|404|410/.test(String(status))) {
    beginningOf(response).then((data) => {
      // A bucket's answer in XML is no error page.
      if (isShell(data)) site.gives ??= 'lost';
      else if (typeOf(response).startsWith('text/html')) site.gives ??= '';
    }, String);
    return null;
  }
  throw new Failure(name, `The host answered ${status} ${statusText}.`);
}

// Bytes by which an error page shows whether it is the shell.
const BEGINNING = 2000;

/**
 * The beginning of an error page. The rest is not loaded: each is as large as the shell, and the
 * first page's files share the connection with it.
 * @param {Response} response
 */
async function beginningOf(response) {
  const reader = response.body?.getReader();
  let data = new Uint8Array();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    data = new Uint8Array([...data, ...part.value.subarray(0, BEGINNING)]);
    if (data.length >= BEGINNING) break;
  }
  await reader?.cancel();
  return data;
}

/**
 * Recognises the shell itself, which some hosts give for every unknown path.
 * @param {Uint8Array} data
 */
export const isShell = (data) =>
  new TextDecoder().decode(data.subarray(0, BEGINNING)).includes('name="meridian-shell"');

/**
 * Recognises a whole HTML page without templates: not a source, but the sign-in page of a network.
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
    const { files, pages = {}, source = '' } = manifest;
    const paths = [
      source,
      ...files.flatMap((/** @type {any} */ file) =>
        file.trim ? file : [file.path, file.at ?? ''],
      ),
      ...Object.values(pages).flat(),
    ];
    for (const path of paths) path.trim(); // throws for what is not a string
    return { complete: true, ...manifest, files: [...files], kind: 'manifest', json };
  } catch (error) {
    throw new Failure(name, `The manifest can’t be read: ${error}.`);
  }
}

/** The text of a source that has arrived. @param {string} path */
export function textOf(path) {
  const data = site.files.get(path);
  return data ? new TextDecoder().decode(data) : undefined;
}

/** The text of the settings that have arrived; undefined: none have. */
export const settingsText = () => CONFIGS.map(textOf).find((text) => text !== undefined);
