// Behind the text: whether the host still holds what the manifest says. The manifest is a hint, the sources are right.

import { PAGE, TEMPLATES, askGitHub, listFolders, parseListing } from './explore.js';
import { address, adopt, development, fetchSource, locate, meta, probe, read, recall, remember, site } from './host.js';
import { request } from './loader.js';
import { document } from './real.js';
import { pathOf, routeOf } from './router.js';
import { develop } from './telling.js';

/** @typedef {import('./host.js').Entry & { size?: number, hash?: string, text?: string, yaml?: string }} Told what the manifest tells of a file */
/** @typedef {import('./engine.js').Engine} Engine */

// Of the documents that a page links to so many are looked at; of those that the host's own list gives so many are read.
const LINKED = 30;
const READ = 40;
// Milliseconds for which GitHub's answer holds: it gives sixty an hour.
const RECENT = 600_000;
// Larger sources are compared by their size alone.
const LARGEST_HASHED = 1 << 18;

/** Sources that were compared, in this visit. @type {Set<string>} */
const compared = new Set();
/** What is not as the manifest says, by its path. @type {Map<string, 'new' | 'changed' | 'gone'>} */
const news = new Map();
/** How often the core was told of such, not of what a page asks for. */
let changes = 0;
/** @type {Promise<void> | undefined} */
let searched;

/** What the manifest tells of each file; none while there is no manifest. @type {Map<string, Told>} */
let told = new Map();
let json = '';

/**
 * Compares what the open page is made of, and what it leads to, with what the host holds now.
 * @param {Engine} engine @param {string[]} dependencies of the page @param {() => Promise<void>} refresh makes it anew
 */
export async function renew(engine, dependencies, refresh) {
  if (!begin()) return;
  const before = changes;
  await Promise.all([
    ...['_config.yml', ...dependencies].map((path) => compare(engine, path)),
    lookAtLinked(engine),
    (searched ??= search(engine)),
  ]);
  remember({ news: news.size ? [...news.keys()].slice(0, READ) : undefined });
  if (changes !== before) await refresh();
  if (development && news.size) await tellStale();
}

/** What the last visit found to be otherwise than in the manifest, before the first page of this one. @param {Engine} engine */
export async function catchUp(engine) {
  if (begin()) await Promise.all((recall().news ?? []).map((path) => compare(engine, path)));
}

/** @returns {boolean} whether there is a manifest */
function begin() {
  if (site.listing.kind !== 'manifest') return false;
  if (!json) {
    json = site.listing.json ?? '';
    told = new Map(site.listing.files.map((file) => (typeof file === 'string' ? { path: file } : file)).map((file) => [file.path, file]));
  }
  return true;
}

/** @param {Engine} engine @param {string} path of a source */
async function compare(engine, path) {
  if (compared.has(path) || !locate(path)) return;
  compared.add(path);
  const known = told.get(path);
  const had = site.files.has(path);
  const data = had ? site.files.get(path) : await fetchSource(path).catch(() => undefined);
  if (data === undefined) return; // it did not arrive: nothing is known
  if (known ? !differs(known, data) : !data) return;
  news.set(path, !known ? 'new' : data ? 'changed' : 'gone');
  if (!known || !had) changes++;
  if (!known) grow(engine, path);
  if (!had) await engine.put(path, data);
}

/** @param {Told} known @param {Uint8Array | null} data */
function differs({ size, hash, text, yaml }, data) {
  if (!data || (size !== undefined && size !== data.length)) return true;
  if (hash && data.length <= LARGEST_HASHED) return hash !== hashOf(data);
  if (text === undefined && yaml === undefined) return false;
  const now = new TextDecoder().decode(data);
  return text === undefined ? !now.replace(/^---[ \t]*\r?\n/, '').startsWith(yaml ?? '') : now !== text;
}

/** FNV-1a, 64 bits, as the manifest has it. @param {Uint8Array} data */
function hashOf(data) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of data) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/** A file that the manifest does not name. @param {Engine} engine @param {string} path */
function grow(engine, path) {
  const manifest = JSON.parse(site.listing.json ?? '{}');
  manifest.files.push({ path });
  engine.say('list', adopt({ ...site.listing, files: [...site.listing.files, path], json: JSON.stringify(manifest) }));
}

// ---- what the page leads to ---------------------------------------------------------------------------------------

/** The sources of pages that the open one links to: of those it shows titles, dates, beginnings. @param {Engine} engine */
async function lookAtLinked(engine) {
  const sources = new Set();
  for (const { href } of document.links) {
    const route = routeOf(href, site.shown);
    const [source] = (route !== undefined && site.listing.pages?.[pathOf(route)]) || [];
    if (source && told.has(source) && !compared.has(source)) sources.add(source);
  }
  if (!sources.size) return;
  const since = await writtenAt();
  await Promise.all([...sources].slice(0, LINKED).map(async (path) => (await mayDiffer(path, since)) && compare(engine, path)));
}

/** @param {string} url @param {string} name */
const headOf = (url, name) => request(url, name, { method: 'HEAD', cache: 'no-cache' }).catch(() => undefined);

/** When the manifest was written, as far as the host tells. */
async function writtenAt() {
  const name = meta('manifest') ?? 'meridian.json';
  return Date.parse((await headOf(address(name), name))?.headers.get('last-modified') ?? '');
}

/** Whether it is worth reading: by what the host tells of it without its bytes. @param {string} path @param {number} since */
async function mayDiffer(path, since) {
  const { ok, headers } = (await headOf(locate(path) ?? '', path)) ?? { ok: false, headers: new Headers() };
  const size = headers.has('content-encoding') ? undefined : headers.get('content-length');
  const known = told.get(path)?.size;
  if (ok && size && known !== undefined && Number(size) !== known) return true;
  const at = Date.parse(headers.get('last-modified') ?? '');
  return ok && !(at <= since);
}

// ---- what is new --------------------------------------------------------------------------------------------------

/** Looks for files that the manifest does not name, where the host can tell. @param {Engine} engine */
async function search(engine) {
  const found = (await fromGitHub()) ?? (await fromListings());
  const worth = found.filter(({ path, size }) => {
    const known = told.get(path);
    const source = PAGE.test(path) || TEMPLATES.test(path) || path === '_config.yml';
    return source && (!known || (size !== undefined && known.size !== undefined && size !== known.size));
  });
  await Promise.all(worth.slice(0, READ).map(({ path }) => compare(engine, path)));
}

/** @returns {Promise<{ path: string, size?: number }[] | undefined>} */
async function fromGitHub() {
  if (development && !meta('github-api')) return undefined;
  const { asked = 0 } = recall();
  const tree = Date.now() - asked > RECENT ? await askGitHub() : [];
  if (tree?.length) remember({ asked: Date.now() });
  return tree;
}

/** @returns {Promise<{ path: string, size?: number }[]>} */
async function fromListings() {
  const folders = [...new Set([...told.keys()].filter((path) => PAGE.test(path) && path.includes('/')).map((path) => path.replace(/\/.*/, '/')))];
  if (!folders.length || recall().lists === false) return [];
  const url = address(site.source + folders[0]);
  // A host that lists nothing would answer with an error, which browsers write to the console.
  const listing = (await probe(url))?.status === 200 && (await read(url, folders[0]).catch(() => null));
  const lists = !!listing && !!parseListing(listing, url);
  remember({ lists });
  return lists ? (await listFolders(folders)).files.map((path) => ({ path })) : [];
}

// ---- telling ------------------------------------------------------------------------------------------------------

/** In development: that the manifest is old, in overlay and console. */
async function tellStale() {
  const names = [...news].map(([path, how]) => `\`${path}\` ${how === 'changed' ? 'has changed' : `is ${how}`}`);
  const rest = names.length > 3 ? `, and ${names.length - 3} more` : '';
  const file = meta('manifest') ?? 'meridian.json';
  const message = `The manifest is older than the sources: ${names.slice(0, 3).join(', ')}${rest}.`;
  const remedy = 'Run `meridian index` in the folder of the site; a git hook or a workflow keeps it fresh (README, “Publish a site”).';
  (await develop()).tellEverywhere([{ severity: 'warning', file, message, remedy }]);
}
