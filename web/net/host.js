// Addresses and files of one host: where the site begins, what is known to be there, at which address a source lies.

import { Failure, bytesOf, own, reportedLater, request, typeOf } from './fetch.js';
import { document } from '../base/unclobbered.js';

/**
 * An entry of the manifest; what else it holds is for the core.
 * @typedef {{ path: string, at?: string }} Entry
 *
 * What the host is known to hold; `json` is the manifest's own text.
 * @typedef {{
 *   kind: 'manifest' | 'github' | 'listing' | 'names',
 *   files: (string | Entry)[],
 *   complete: boolean,
 *   source?: string,
 *   pages?: Record<string, string[]>,
 *   routes?: string,
 *   json?: string,
 * }} Listing
 */

/** What is known of the site that is open; more.js, which has its own copy of this script, shares it. */
export let site = {
  /** The path at which it begins, with slashes at both ends. */
  root: '/',
  /** The folder of the sources below the root, empty or with a slash at its end. */
  source: '',
  /** Where a source lies that isn't at its own path. @type {Map<string, string>} */
  moved: new Map(),
  /** @type {Listing} */
  listing: { kind: 'names', files: [], complete: false },
  /** What the list names. @type {Set<string>} */
  listed: new Set(),
  /** Address of `meridian/`. */
  folder: '',
  /** Bytes of sources by path, as the core was given them; null: not there. @type {Map<string, Uint8Array | null>} */
  files: new Map(),
  /** Sources on their way. @type {Map<string, Promise<Uint8Array | null>>} */
  coming: new Map(),
  /** Whether addresses are real paths: the host gives the shell for a path that it does not have. */
  byPath: true,
  /** The route of the page that is open. */
  shown: '',
  /** Where a policy asks for Trusted Types, what makes an address one that code may come from; of mount.js. @param {string} url */
  trust: (url) => url,
};
/** The author's own machine. */
export const development = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

/** @param {typeof site} other */
export function share(other) {
  site = other;
}

/** What the shell's HTML says. @param {string} name */
export const meta = (name) =>
  document.querySelector(`meta[name="meridian-${name}"]`)?.getAttribute('content') ?? undefined;

/** What the reader has set. @param {string} what */
export const prefers = (what) => matchMedia(`(prefers-${what})`).matches;

// ---- memory -----------------------------------------------------------------------------------------------------

// What was found out about a host, by its root. Storage may be forbidden: then nothing is remembered.
const STORE = 'meridian:';

/** @typedef {{ routes?: string, manifest?: boolean, tree?: string[], pages?: string[], news?: string[], asked?: number, lists?: boolean, tags?: Record<string, string> }} Memory
 * `news`: sources that were not as the manifest says; `asked`: when GitHub was asked for them; `lists`: the host lists its folders;
 * `tags`: by path, the ETag with which a source was as the manifest says, and its hash there */

/** What an action gives, undefined when it throws. @param {() => any} action @returns {any} */
export const perhaps = (action) => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

/** Where a policy asks for Trusted Types, code in an attribute is refused: it alone. @param {Element} element @param {string} name @param {string} value */
export const set = (element, name, value) => perhaps(() => element.setAttribute(name, value));

/** @param {string} [at] @returns {Memory} */
export const recall = (at = site.root) => perhaps(() => JSON.parse(localStorage[STORE + at])) ?? {};

/** @param {Memory} news */
export const remember = (news) =>
  perhaps(() => (localStorage[STORE + site.root] = JSON.stringify({ ...recall(), ...news })));

// Pages as an earlier visit left them: so many, so many characters each. Browsers give an origin some five million.
const PAGES = 12;
const LONGEST_PAGE = 300_000;

/** @param {string} path of a page below the root */
const pageKey = (path) => `${STORE}${site.root}:${path}`;

/** A page's HTML as the last visit left it; nothing when there is none to show. @param {string} path @returns {string | undefined} */
export const keptPage = (path) => perhaps(() => localStorage[pageKey(path)]);

/**
 * Keeps a page for the next visit; the one that has not been seen for longest goes, and all when the storage is full.
 * @param {string} path @param {string} html empty: there is no page any more
 */
export const keepPage = (path, html) =>
  perhaps(() => {
    const pages = [path, ...(recall().pages ?? []).filter((other) => other !== path)];
    const room = perhaps(() => ((localStorage[pageKey(path)] = html.length > LONGEST_PAGE ? '' : html), true));
    for (const old of pages.splice(room ? PAGES : 0)) delete localStorage[pageKey(old)];
    remember({ pages });
  });

// ---- the root ---------------------------------------------------------------------------------------------------

/**
 * Asks for an address without fetching it into the page. An `<object>` is the one way in which Chromium does not write
 * the 404 to the console that is an expected answer here; the browser's own timing then tells status and size. What the
 * object would show is a style sheet or an error page, in no case a script of the site.
 * @param {string} url @returns {Promise<{ status: number, size: number } | undefined>} undefined: can't be told
 */
export function probe(url) {
  return new Promise((resolve) => {
    const object = document.createElement('object');
    object.onload = object.onerror = () => {
      object.remove();
      // The entry is written a moment after the event.
      setTimeout(() => {
        const entry = /** @type {PerformanceResourceTiming | undefined} */ (performance.getEntriesByName(url).pop());
        resolve(entry?.responseStatus ? { status: entry.responseStatus, size: entry.decodedBodySize } : undefined);
      }, 50);
    };
    object.data = site.trust(url);
    object.style.cssText = 'position:fixed;opacity:0';
    object.setAttribute('aria-hidden', 'true');
    document.documentElement.append(object);
  });
}

/**
 * Finds the path at which the site begins. index.html lies in it; 404.html is given at any depth below it, and a host
 * that answers every address with index.html does the same. At most one round trip, for the first visit to a deep
 * address of a host that nothing is known about.
 * @param {boolean} [elsewhere] the own folder has been tried and is not it
 */
export async function findRoot(elsewhere) {
  const said = meta('root');
  if (said !== undefined) return new URL(said.replace(/\/?$/, '/'), location.href).pathname;
  // `/a/b/c` lies in `/`, `/a/` and `/a/b/`.
  const { pathname } = location;
  const folders = [...pathname.matchAll(/\//g)].map(({ index = 0 }) => pathname.slice(0, index + 1));
  const here = folders[folders.length - 1];
  if (meta('shell') !== '404' && !elsewhere) return here;
  // A page's own folder can't be the root: there its index.html would have been given. The inner site counts when there
  // are two: its error page is the one that was given.
  const candidates = folders.filter((folder) => folder !== pathname).reverse();
  const known = candidates.find((folder) => 'manifest' in recall(folder));
  if ((known && !elsewhere) || candidates.length < 2) return known ?? candidates[0] ?? here;
  const found = await Promise.all(
    candidates.map(async (folder) => {
      const url = `${location.origin}${folder}meridian/theme.css`;
      // A host that answers every address with index.html has all of them: the answer itself tells.
      if (elsewhere) return own(url).then(() => true, () => false);
      return (await probe(url).catch(() => undefined))?.status === 200;
    }),
  );
  return candidates.find((_, index) => found[index]) ?? '/';
}

// ---- sources ----------------------------------------------------------------------------------------------------

/** Whether the host holds a source; undefined: not known. @param {string} path */
export const isListed = (path) => site.listed.has(path) || (site.listing.complete ? false : undefined);

/** Takes a list for the truth, and gives what the core wants to know of it. @param {Listing} listing */
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
export const address = (path) => location.origin + site.root + path.split('/').map(encodeURIComponent).join('/');

/** Address of a source, undefined when the path leads out of the sources or names the shell. @param {string} path */
export function locate(path) {
  const at = site.moved.get(path);
  if (at) return address(at);
  const outside = !path || path.startsWith('/') || path.split('/').includes('..');
  if (outside || (!site.source && /^(index|404)\.html$/.test(path))) return undefined;
  return address(site.source + path);
}

/**
 * The bytes of a source, null when the host does not have it. Throws a Failure when that can't be known.
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
    if (/[^/]$/.test(name) && isForeign(data)) throw new Failure(name, 'The host answered with another page, perhaps to sign in.');
    return data;
  }
  // Buckets that may not be listed answer 403 for what they do not have.
  if (/403|404|410/.test(String(status))) return null;
  throw new Failure(name, `The host answered ${status} ${statusText}.`);
}

/** The shell itself, which some hosts give for every path that they do not have. @param {Uint8Array} data */
export const isShell = (data) => new TextDecoder().decode(data.subarray(0, 2000)).includes('name="meridian-shell"');

/** A whole page without any template: no source, but what a network shows to who must sign in. @param {Uint8Array} data */
const isForeign = (data) => /^\s*<(!doctype|html)(?!.*\{[{%]).*<\/html/is.test(new TextDecoder().decode(data.subarray(0, 1 << 16)));

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

/** The repository of this site, as far as shell and address tell. */
export function repositoryHere() {
  const { hostname } = location;
  const owner = /^([^.]+)\.github\.io$/.exec(hostname)?.[1];
  return meta('repository') ?? (owner && `${owner}/${site.root.slice(1, -1) || hostname}`);
}

/**
 * Asks GitHub for the tree of a repository.
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH`
 */
export function requestTree(repository) {
  const [name, branch = 'HEAD'] = repository.split('@');
  const api = meta('github-api') ?? 'https://api.github.com';
  const url = `${api}/repos/${name}/git/trees/${encodeURIComponent(branch)}?recursive=1`;
  return reportedLater(request(url, repository, { cache: 'no-cache' }));
}

/** Text of a source that has come. @param {string} path */
export function textOf(path) {
  const data = site.files.get(path);
  return data ? new TextDecoder().decode(data) : undefined;
}

// ---- text -------------------------------------------------------------------------------------------------------

/** @param {string} href @param {string} base @returns {URL | undefined} */
export const resolve = (href, base) => perhaps(() => new URL(href, base));
/** @param {string} text @returns {string} */
export const decode = (text) => perhaps(() => decodeURIComponent(text)) ?? text;
