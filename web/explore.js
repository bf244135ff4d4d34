// What a host holds when no manifest tells: the repository's tree, the host's own listings, likely names.

import {
  address, decode, development, isShell, locate, meta, probe, read, recall, remember, requestTree, site, textOf,
} from './host.js';
import { Failure } from './loader.js';

/** @typedef {import('./host.js').Listing} Listing */

// A folder of somebody else's files, or of ours, holds no sources.
const NO_SOURCES = /(^|\/)(\.[^/]*|node_modules|_site|meridian)\//;
// Bounds for hosts whose folders never end (a link to itself, a generated tree).
const MAX_LISTINGS = 400;
// Folders of Jekyll's and academicpages' conventions.
const FOLDERS = ['_posts/', '_pages/', '_data/', '_includes/', '_layouts/'];

/**
 * Finds out what the host holds, and gives the best that is known now. What takes longer (folders within folders) is
 * handed to `grown` when it has come.
 * @param {{ response?: Promise<Response>, repository?: string, folder?: Promise<Uint8Array | null>, there: string[] }} early what
 *   was asked for beside the manifest: the tree of `repository`, the listing of meridian/; and the likely sources that came
 * @param {(listing: Listing) => void} grown
 * @returns {Promise<{ listing: Listing, trouble?: Error }>}
 */
export async function explore({ response, repository, folder, there }, grown) {
  const config = textOf('_config.yml');
  let trouble;
  if (!repository) {
    const named = /^repository[ \t]*:\s*["']?([\w.-]+\/[\w.-]+)/m.exec(config ?? '')?.[1];
    // A copy on the author's own machine is not what lies on GitHub.
    if (named && (!development || meta('github-api'))) [repository, response] = [named, requestTree(named)];
  }
  if (repository && response) {
    const found = await readTree(repository, response);
    if (found.listing) return { listing: found.listing, trouble: found.trouble };
    trouble = found.trouble;
  }
  const listing = /** @type {Listing} */ ({ kind: 'names', files: there, complete: false });
  const own = await folder?.catch(() => null);
  if (!own || !parseListing(own, address('meridian/'))) return { listing, trouble };
  // The root shows the shell instead of a listing: without a folder for the sources, what lies there is known by name only.
  const links = config === undefined ? linked() : [];
  const start = site.source
    ? ['']
    : config === undefined
      ? [...new Set(links.filter((path) => path.includes('/')).map((path) => path.replace(/\/.*/, '/')))]
      : [...FOLDERS, ...collections(config)];
  const known = [...there, ...links.filter((path) => /^[^/]+\.(md|markdown)$/i.test(path))];
  const rest = listFolders(start).then(({ files, complete }) => ({
    kind: /** @type {const} */ ('listing'),
    files: [...new Set([...known, ...files])],
    complete: complete && !!site.source,
  }));
  if (site.source) return { listing: await rest };
  rest.then(grown);
  return { listing: { kind: 'listing', files: known, complete: false } };
}

/** Whether a page shows a list of files that nobody could give. @param {string[]} dependencies */
export function wantsList(dependencies) {
  const own = collections(textOf('_config.yml') ?? '').map((name) => name.slice(1, -1));
  const names = ['posts', 'pages', 'documents', 'collections', 'categories', 'tags', ...own];
  const loop = new RegExp(`\\bsite\\.(${names.join('|')})\\b`);
  return dependencies.some((path) => loop.test(textOf(path) ?? ''));
}

/** Folders of the collections that a configuration names. @param {string} config */
function collections(config) {
  const block = /^collections[ \t]*:[ \t]*\n((?:[ \t]+.*\n|[ \t]*#.*\n|[ \t]*\n)*)/m.exec(config + '\n')?.[1] ?? '';
  const indent = /^[ \t]+/m.exec(block)?.[0] ?? ' ';
  const names = [...block.matchAll(new RegExp(`^${indent}(?:- )?([\\w-]+)`, 'gm'))].map(([, name]) => `_${name}/`);
  return names.filter((name) => !FOLDERS.includes(name));
}

/** What a plain folder's first page links to in the same folder or below. */
function linked() {
  const page = textOf('README.md') ?? textOf('index.md') ?? '';
  const links = [...page.matchAll(/\]\(\s*<?(?:\.\/)?([^)\s#?>:]+)/g)].map(([, path]) => decode(path));
  return links.filter((path) => /^[^./]/.test(path));
}

// ---- the repository ---------------------------------------------------------------------------------------------

/**
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH` @param {Promise<Response>} asked
 * @returns {Promise<{ listing?: Listing, trouble?: Error }>}
 */
async function readTree(repository, asked) {
  const where = `the tree of ${repository} on GitHub`;
  try {
    const response = await asked;
    if (!response.ok) throw new Failure(where, refusal(response));
    const { tree, truncated } = await response.json();
    const paths = /** @type {{ path: string, type: string }[]} */ (tree).flatMap(({ type, path }) => (type === 'blob' ? path : []));
    // The site may be a folder of its repository (docs/): the shell lies where the site begins.
    const core = 'meridian/meridian.wasm';
    const at = paths.find((path) => path === core || path.endsWith('/' + core)) ?? core;
    const prefix = at.slice(0, -core.length) + site.source;
    const files = paths
      .flatMap((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : []))
      .filter((path) => !NO_SOURCES.test(path) && locate(path));
    if (!truncated) remember({ tree: files });
    return {
      listing: { kind: 'github', files, complete: !truncated },
      trouble: truncated ? new Failure(where, 'The repository is so large that GitHub cut the list off.') : undefined,
    };
  } catch (error) {
    // What was known at the last visit will do.
    const files = recall().tree;
    const trouble = error instanceof Failure ? error : new Failure(where, `GitHub’s answer can’t be read: ${error}.`);
    return files ? { listing: { kind: 'github', files, complete: false } } : { trouble };
  }
}

/** @param {Response} response */
function refusal({ status, headers }) {
  if (status === 404) return 'GitHub knows no such repository or branch (404).';
  const none = headers.get('x-ratelimit-remaining') === '0';
  if (status !== 429 && !none) return `GitHub refused to give it (${status}).`;
  const reset = Number(headers.get('x-ratelimit-reset'));
  const until = reset ? `until ${new Date(reset * 1000).toLocaleTimeString()}` : 'for a while';
  return `GitHub answers no more questions from this network ${until} (${status}).`;
}

// ---- listings ---------------------------------------------------------------------------------------------------

/**
 * The files below folders, as the host's own listings give them.
 * @param {string[]} start paths relative to the sources, empty or with a slash at the end
 */
async function listFolders(start) {
  /** @type {string[]} */
  const files = [];
  const seen = new Set(start);
  let left = MAX_LISTINGS;
  /** @param {string} folder @returns {Promise<void>} */
  const visit = async (folder) => {
    if (left-- <= 0) return;
    const url = address(site.source + folder);
    const html = await read(url, folder).catch(() => null);
    const inner = [];
    for (const name of (html && parseListing(html, url)) ?? []) {
      const path = folder + name;
      if (NO_SOURCES.test(path) || seen.has(path)) continue;
      seen.add(path);
      if (path.endsWith('/')) inner.push(visit(path));
      else if (locate(path)) files.push(path);
    }
    await Promise.all(inner);
  };
  await Promise.all(start.map(visit));
  return { files, complete: left >= 0 };
}

/**
 * Names in a folder, folders with a slash at their end; undefined when it is no listing.
 * @param {Uint8Array} bytes @param {string} url of the folder
 */
export function parseListing(bytes, url) {
  const html = new TextDecoder().decode(bytes);
  if (!/<title>\s*(Directory listing for|Index of)\b/i.test(html)) return undefined;
  const names = new Set();
  for (const [, , double, single, bare] of html.matchAll(/<a\s[^>]*?href\s*=\s*("([^"]*)"|'([^']*)'|([^\s>"']+))/gi)) {
    try {
      const { href, search } = new URL((double ?? single ?? bare).replaceAll('&amp;', '&'), url);
      const name = href.startsWith(url) ? decodeURIComponent(href.slice(url.length)) : '';
      if (!search && /^[^/]+\/?$/.test(name)) names.add(name);
    } catch {
      // an address that is none, or a name that is no UTF-8
    }
  }
  return [...names];
}

// ---- routes -----------------------------------------------------------------------------------------------------

/** Whether the host gives the shell for a path that it does not have; then addresses can be real paths. */
export async function givesShell() {
  const url = address('meridian/is-there-a-404-page');
  const answer = 'responseStatus' in PerformanceResourceTiming.prototype ? await probe(url) : undefined;
  if (answer) {
    // index.html and 404.html come from one template: their sizes differ by a few bytes.
    const [own] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('navigation'));
    return Math.abs(answer.size - own.decodedBodySize) < 1000;
  }
  const response = await fetch(url).catch(() => undefined);
  return !!response && isShell(new Uint8Array(await response.arrayBuffer()));
}
