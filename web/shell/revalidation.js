// After the text is shown: compares the manifest with the host's files. The manifest is a hint, the
// sources decide.

import { gitHash } from '../base/hashes.js';
import { PAGE, TEMPLATES, askGitHub, listFolders, parseListing } from './discovery.js';
import { CONFIG, FRONT_MATTER } from '../base/site_files.js';
import { development, meta, site } from '../base/site_state.js';
import { address, adopt, dataOf, fetchSource, locate, read } from '../net/site_sources.js';
import { probe } from './site_root.js';
import { recall, remember } from './storage.js';
import { request } from '../net/fetch.js';
import { fetchWords } from './localize.js';
import { keepOffline } from './keep_offline.js';
import { document } from '../base/unclobbered.js';
import { pathOf, routeOf } from './router.js';
import { develop } from './notices.js';

/**
 * @typedef {import('../base/site_state.js').Entry & { size?: number, git?: string, text?: string,
 *   yaml?: string }} ListedFile the manifest's entry of a file
 */
/** @typedef {import('../engine/engine.js').Engine} Engine */

// The number of linked documents that are checked, and of documents from the host's list that are
// read.
const LINKED = 30;
const READ = 40;
// The number of sources whose ETag is remembered as matching the manifest.
const TAGS = 200;
// Milliseconds of the unit in which hosts give times.
const SECOND = 1000;
// Milliseconds for which GitHub's answer is reused: its API allows sixty requests an hour.
const RECENT = 600_000;
/** Sources that the core has as the manifest describes them. @type {Set<string>} */
export const asListed = new Set();
/** Sources compared during this visit. @type {Set<string>} */
const compared = new Set();
/**
 * Sources that differ from the manifest, by path.
 * @type {Map<string, 'new' | 'changed' | 'gone'>}
 */
const differing = new Map();
/** Tells whether a source like this differs from the manifest. @param {RegExp} like */
export const anyChanged = (like) => [...differing.keys()].some((path) => like.test(path));
/**
 * Hash of a source that differs from the manifest; undefined for others, and without hashes.
 * @param {string} path
 */
export async function hashOfChanged(path) {
  const data = differing.has(path) ? site.files.get(path) : undefined;
  return data ? gitHash(data) : data === null ? 'gone' : undefined;
}
/** Counts the changes given to the core, except those that a page requested. */
let changes = 0;
/**
 * Resolves to true if the host's list shows for every file whether it has changed.
 * @type {Promise<boolean> | undefined}
 */
let searched;

/** The manifest's entries; empty without a manifest. @type {Map<string, ListedFile>} */
let listed = new Map();
let json = '';

/**
 * Compares the sources of the open page, and of the pages to which links are in view, with the
 * host.
 * @param {Engine} engine
 * @param {string[]} dependencies of the page
 * @param {() => Promise<void>} refresh makes it anew
 */
export async function renew(engine, dependencies, refresh) {
  fetchWords();
  if (!begin()) return;
  const before = changes;
  // In a folder without one it would be a request for nothing.
  const config = [...listed.keys()].filter((path) => CONFIG.test(path));
  await Promise.all([
    ...[...config, ...dependencies].map((path) => compare(engine, path)),
    lookAtOthers(engine, refresh),
  ]);
  rememberNews();
  if (changes !== before) await refresh();
  keepOffline();
  if (development && differing.size) await reportStale();
}

/** The next visit begins with the sources that differ. */
const rememberNews = () =>
  remember({ news: differing.size ? [...differing.keys()].slice(0, READ) : undefined });

/**
 * Compares files with the host's list if it has one, else those that the page links to.
 * @param {Engine} engine
 * @param {() => Promise<void>} refresh
 */
async function lookAtOthers(engine, refresh) {
  // Which files of the host's list are new a manifest in segments can't tell.
  if (site.listing.segmentFor || !(await (searched ??= search(engine))))
    watchLinked(engine, refresh);
}

/**
 * Before the first page of a visit: fetches the sources that differed from the manifest in the last
 * one.
 * @param {Engine} engine
 */
export async function catchUp(engine) {
  if (begin()) await Promise.all((recall().news ?? []).map((path) => compare(engine, path)));
}

/** @returns {boolean} whether there is a manifest */
function begin() {
  if (site.listing.kind !== 'manifest') return false;
  if (json !== site.listing.json) {
    json = site.listing.json ?? '';
    written = undefined;
    listed = new Map(
      site.listing.files
        .map((file) => (typeof file === 'string' ? { path: file } : file))
        .map((file) => [file.path, file]),
    );
  }
  return true;
}

/**
 * @param {Engine} engine
 * @param {string} path of a source
 * @param {() => Promise<Uint8Array | null | undefined>} [get] gets its bytes; undefined: nothing is
 *   known of them
 */
async function compare(engine, path, get = () => fetchSource(path)) {
  if (compared.has(path) || !locate(path) || site.borrowed.some((file) => file.path === path))
    return;
  compared.add(path);
  const known = listed.get(path);
  // As of plugins, which the browser loads, when the manifest says nothing of their bytes.
  if (known && [known.size, known.git, known.text, known.yaml].every((one) => one === undefined))
    return;
  const had = site.files.has(path) && !asListed.has(path);
  const data = had ? site.files.get(path) : await get().catch(() => undefined);
  if (data === undefined) return; // it did not arrive: nothing is known
  if (known ? !(await differs(known, data)) : !data) return;
  differing.set(path, !known ? 'new' : data ? 'changed' : 'gone');
  if (!known || !had) changes++;
  if (!known) grow(engine, path);
  // A page may have requested it meanwhile.
  if (asListed.delete(path) || !site.files.has(path)) await engine.put(path, data);
}

/** @param {ListedFile} known @param {Uint8Array | null} data */
async function differs({ size, git, text, yaml }, data) {
  if (!data || (size !== undefined && size !== data.length)) return true;
  const hash = git && (await gitHash(data));
  if (hash) return hash !== git;
  if (text === undefined && yaml === undefined) return false;
  const now = new TextDecoder().decode(data);
  return text === undefined ? !now.replace(FRONT_MATTER, '').startsWith(yaml ?? '') : now !== text;
}

/**
 * Adds a file that is missing in the manifest.
 * @param {Engine} engine
 * @param {string} path
 */
function grow(engine, path) {
  const manifest = JSON.parse(site.listing.json ?? '{}');
  manifest.files.push({ path });
  engine.set(
    'list',
    adopt({
      ...site.listing,
      files: [...site.listing.files, path],
      json: JSON.stringify(manifest),
    }),
  );
}

// ---- linked pages ----

/** Reports links of the open page that are in view. @type {IntersectionObserver | undefined} */
let inView;
/** When the manifest was written, if the host tells it. @type {Promise<number> | undefined} */
let written;

/**
 * Compares the sources of linked pages, of which the open page shows titles, dates and excerpts,
 * when their links come into view.
 * @param {Engine} engine
 * @param {() => Promise<void>} refresh
 */
function watchLinked(engine, refresh) {
  inView?.disconnect();
  inView = new IntersectionObserver(async (entries) => {
    const before = changes;
    const seen = entries.filter(({ isIntersecting }) => isIntersecting);
    await Promise.all(
      seen.map(({ target }) => {
        inView?.unobserve(target);
        const source = sources.get(target);
        return source && revalidate(engine, source);
      }),
    );
    if (changes === before) return;
    rememberNews();
    await refresh(); // which renews, and reports
  });
  /** @type {Map<Element, string>} */
  const sources = new Map();
  const distinct = new Set();
  for (const link of document.links) {
    const route = routeOf(link.href, site.shown);
    const [source] = (route !== undefined && site.listing.pages?.[pathOf(route)]) || [];
    if (!source || !listed.has(source) || compared.has(source)) continue;
    if (distinct.add(source).size > LINKED) return;
    sources.set(link, source);
    inView.observe(link);
  }
}

/** The time at which the manifest was written; NaN if the host does not tell it. */
async function writtenAt() {
  const name = meta('manifest') ?? 'meridian.json';
  const head = request(address(name), name, { method: 'HEAD', cache: 'no-cache' });
  const answer = await head.catch(() => undefined);
  return Date.parse(answer?.headers.get('last-modified') ?? '');
}

/**
 * Compares a source, unless the host answers that it is still the one of the manifest: by an ETag
 * that these bytes had before, or by its time.
 * @param {Engine} engine
 * @param {string} path
 */
async function revalidate(engine, path) {
  const url = locate(path);
  const { git } = listed.get(path) ?? {};
  // Another origin would be asked first whether it accepts these headers.
  if (!url?.startsWith(location.origin)) return;
  let tag = recall().tags?.[path];
  const etag = git && tag?.endsWith(git) ? tag.slice(0, -git.length) : '';
  // On a host that was filled at once the manifest and all sources have the same time, which proves
  // nothing.
  const since = etag ? NaN : (await (written ??= writtenAt())) - SECOND;
  /** @type {Record<string, string>} */
  const headers = {};
  if (etag) headers['if-none-match'] = etag;
  if (since) headers['if-modified-since'] = new Date(since).toUTCString();
  await compare(engine, path, async () => {
    const response = await request(url, path, { headers, cache: 'no-store' });
    if (!response.ok) return undefined; // 304: as it was
    const now = response.headers.get('etag');
    tag = (now && git && now + git) || undefined;
    return dataOf(response, path);
  });
  if (!tag || differing.has(path)) return;
  const tags = Object.entries({ ...recall().tags, [path]: tag });
  remember({ tags: Object.fromEntries(tags.slice(-TAGS)) });
}

// ---- new files ----

/**
 * Finds files that are missing in the manifest, if the host can list them, and files that the list
 * shows as changed.
 * @param {Engine} engine
 * @returns {Promise<boolean>} whether the host listed all of them
 */
async function search(engine) {
  const tree = await fromGitHub();
  const found = tree ?? (await fromListings());
  const worth = found.filter(({ path, size, sha }) => {
    const known = listed.get(path);
    const source = PAGE.test(path) || TEMPLATES.test(path) || CONFIG.test(path);
    if (!source || !known) return source;
    return known.git && sha
      ? !sha.startsWith(known.git)
      : size !== undefined && known.size !== undefined && size !== known.size;
  });
  await Promise.all(worth.slice(0, READ).map(({ path }) => compare(engine, path)));
  return !!tree?.length && tree.every(({ sha }) => sha);
}

/** @typedef {{ path: string, size?: number, sha?: string }} Found in a list of the host's */

/** @returns {Promise<Found[] | undefined>} */
async function fromGitHub() {
  if (development && !meta('github-api')) return undefined;
  const { asked = 0 } = recall();
  const tree = Date.now() - asked > RECENT ? await askGitHub() : [];
  if (tree?.length) remember({ asked: Date.now() });
  return tree;
}

/** @returns {Promise<Found[]>} */
async function fromListings() {
  const folders = [
    ...new Set(
      [...listed.keys()]
        .filter((path) => PAGE.test(path) && path.includes('/'))
        .map((path) => path.replace(/\/.*/, '/')),
    ),
  ];
  if (!folders.length || recall().lists === false) return [];
  const url = address(site.source + folders[0]);
  // A host without listings would answer with an error, which browsers log in the console.
  const listing =
    (await probe(url))?.status === 200 && (await read(url, folders[0]).catch(() => null));
  const lists = !!listing && !!parseListing(listing, url);
  remember({ lists });
  return lists ? (await listFolders(folders)).files.map((path) => ({ path })) : [];
}

// ---- reporting ----

/** In development: reports in overlay and console that the manifest is outdated. */
async function reportStale() {
  // A development server makes the manifest for each request: what differs was just edited.
  if (meta('core')) return;
  const names = [...differing].map(
    ([path, how]) => `\`${path}\` ${how === 'changed' ? 'has changed' : `is ${how}`}`,
  );
  const rest = names.length > 3 ? `, and ${names.length - 3} more` : '';
  const file = meta('manifest') ?? 'meridian.json';
  const message = `The manifest is older than the sources: ${names.slice(0, 3).join(', ')}${rest}.`;
  const remedy =
    'Run `meridian index` in the folder of the site; a git hook or a workflow keeps it fresh (docs/guide/publish.md).';
  (await develop()).tellEverywhere([{ severity: 'warning', file, message, remedy }]);
}
