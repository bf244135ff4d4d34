// Finds a host's files without a manifest: by the repository's tree, directory listings, or likely
// names.

import { MARKDOWN, ending } from '../base/file_kinds.js';
import { GIT_DIGITS } from '../base/hashes.js';
import { CONFIG } from '../base/site_files.js';
import { development, meta, site } from '../base/site_state.js';
import { decode } from '../base/util.js';
import { askedHost, refusal, repositoryHere, requestTree } from '../net/github.js';
import {
  address,
  adopt,
  bareRoute,
  fetchAhead,
  fetchSource,
  isShell,
  locate,
  read,
  readManifest,
  settingsText,
  textOf,
} from '../net/site_sources.js';
import { rewrite } from './links.js';
import { navigation, probe, tellsObjects } from './site_root.js';
import { recall, remember } from './storage.js';
import { Failure } from '../base/failure.js';
import { task } from '../net/fetch.js';
import { fetchWords } from './localize.js';
import { supplyModule } from '../engine/modules.js';

/** @typedef {import('../base/site_state.js').Listing} Listing */

// Folders of third-party files, or of the shell, contain no sources.
const NO_SOURCES = /(^|\/)(\.[^/]*|node_modules|_site|meridian)\//;
// Programs that may list folders. Asking others would be a 404 in the console.
const LISTS = /^(simplehttp|nginx|apache|lighttpd|caddy|webfs|busybox|mini_httpd|thttpd|openbsd)/i;
// Limits for hosts with endless folders (a link to itself, a generated tree).
const MAX_LISTINGS = 400;
// Sites smaller than this are fetched as soon as their files are known, which saves a round trip.
const SMALL = { files: 100, bytes: 300_000 };
const TEXT = new RegExp(`(^_[^/]+/.*|^[^/]+)\\.(${MARKDOWN}|html|ya?ml|json|csv|tsv)$`);
// Folders of Jekyll's and academicpages' conventions.
const FOLDERS = ['_posts/', '_pages/', '_data/', '_includes/', '_layouts/'];

// Folders whose files are used by other files and are never pages.
export const TEMPLATES = /^_(includes|layouts|data|sass)\//;
export const PAGE = ending(`${MARKDOWN}|html?`);
// The number of files that are read before the text for a route with several candidates; most
// routes have one.
const CANDIDATES = 2;
// Data files of pages, the most likely first: those of the theme, then files that authors write by
// hand. This many are fetched with the page's source, a round trip before the core can request
// them; others, and larger ones, wait for the request.
const DATA = [/^_data\/(navigation|ui-text)\./, /^_data\/.*\.ya?ml$/];
const DATA_AHEAD = { files: 4, bytes: 32_000 };
// Layouts that win over Meridian's theme, unless the configuration chooses it.
const OWN_LAYOUT = /^_layouts\/default\./;
const MERIDIAN = /\btheme[ \t]*:[ \t]*["']?meridian\b/;
const PART = /^_(layouts|includes)\//;
// Style sheets, and parts of some. More than this waits until the core asks.
const SASS = /\.s[ac]ss$/;
const SHEET = /^(?!.*(^|\/)_).*\.s[ac]ss$/;
const SASS_AHEAD = { files: 200, bytes: 1 << 20 };
// Another dialect than kramdown.
const GITHUB_MARKDOWN = /^markdown[ \t]*:[ \t]*["']?(GFM|CommonMark)/im;
// Packs of templates that a configuration makes likely.
const PACKS = {
  plugins: /^(plugins|gems)[ \t]*:/m,
  words: /^(lang|locale)[ \t]*:[ \t]*["']?(?!en\b)[a-z]{2}/m,
};
// Milliseconds for GitHub's API; then the page is made from the last known list, or from likely
// names.
const TREE_PATIENCE = 2000;

/**
 * Gives the core the files that the first page needs, so that its text needs few requests.
 * @param {Omit<Parameters<typeof explore>[0], 'there'> & { files: Promise<(readonly [path: string,
 *   data: Uint8Array | null | undefined])[]> }} early what was asked for; `files`: likely sources
 * @param {import('../engine/engine.js').Engine} engine
 * @param {() => void} shown is called when the list has grown
 * @returns {Promise<{ trouble?: Error, grow?: () => Promise<void> }>} `grow` finds the rest, once;
 *   its reader has a page meanwhile
 */
export async function survey({ files, ...asked }, engine, shown) {
  const there = [];
  for (const [path, data] of await files) {
    if (data) there.push(path);
    if (data !== undefined) engine.put(path, data);
  }
  const put = (/** @type {string} */ path, /** @type {Uint8Array | null} */ data) =>
    engine.put(path, data);
  supplyLikely(engine);
  const { listing, trouble, rest, ahead = [], sass = [] } = await explore({ ...asked, there }, put);
  engine.set('list', adopt(listing));
  fetchAhead(ahead, put);
  if (sass.length)
    engine.module.then(() => {
      supplyModule('sass', engine).catch(() => {}); // the core asks again
      fetchAhead(sass, put, 'low');
    }, String);
  /** @type {Promise<void> | undefined} */
  let growing;
  const grow = async () => {
    const all = await rest?.();
    if (!all) return;
    engine.set('list', adopt(all));
    // Links of the page that is there already: some lead out of the site's folder.
    if (site.tree) rewrite(document, true);
    shown();
    fetchWords();
  };
  return { trouble, grow: rest && (() => (growing ??= grow())) };
}

/**
 * Fetches modules and packs of templates that the core will probably request.
 * @param {import('../engine/engine.js').Engine} engine
 */
function supplyLikely(engine) {
  const config = settingsText();
  const packs = Object.entries(PACKS).flatMap(([name, likely]) =>
    likely.test(config ?? '') ? [name] : [],
  );
  const kramdown = config !== undefined && !GITHUB_MARKDOWN.test(config);
  for (const name of [kramdown ? 'kramdown' : 'commonmark', ...packs])
    supplyModule(name, engine).catch(() => {}); // the core asks again
}

let listedIn = 0;
/** @type {Promise<unknown> | undefined} */
let relisted;

/**
 * A listed file is gone: reads the outdated list again, at most once for a page.
 * @param {import('../engine/engine.js').Engine} engine
 * @param {number} visit number of the page
 */
export function listAgain(engine, visit) {
  if (site.listing.kind === 'manifest' && listedIn !== visit) {
    listedIn = visit;
    relisted = readManifest('reload').then(
      (manifest) => manifest && engine.set('list', adopt(manifest)),
      () => {},
    );
  }
  return relisted;
}

/**
 * Finds the host's files that the first page needs, and a way to find the rest.
 * @param {{ response?: Promise<Response>, repository?: string, route: string, there: string[] }}
 *   early what was asked for beside the manifest: the tree of `repository`; `route`: of the first
 *   page; `there`: likely sources that came
 * @param {(path: string, data: Uint8Array | null) => void} put
 * @returns {Promise<{ listing: Listing, trouble?: Error, ahead?: string[], sass?: string[],
 *   rest?: () => Promise<Listing | undefined> }>} `ahead`: what the first page will probably take;
 *   `sass`: what its style sheets will
 */
async function explore({ response, repository, route, there }, put) {
  const config = settingsText();
  const names = /** @type {Listing} */ ({ kind: 'names', files: there, complete: false });
  if (!repository) {
    const named = /^repository[ \t]*:\s*["']?([\w.-]+\/[\w.-]+)/m.exec(config ?? '')?.[1];
    // A copy on the author's own machine may differ from the repository on GitHub.
    if (named && (!development || meta('github-api')))
      [repository, response] = [named, requestTree(named)];
  }
  if (!repository || !response) return { listing: names, rest: () => listed(there, config, put) };
  const tree = readTree(repository, response);
  const known = recall().tree;
  // The tree of an earlier visit suffices for the first page.
  /** @type {Awaited<typeof tree> | undefined} */
  const found = known
    ? { files: known }
    : await Promise.race([tree, task(TREE_PATIENCE).then(() => undefined)]);
  const rest = async () => {
    const { files, complete, sources = [] } = await tree;
    const texts = sources.filter(({ path }) => TEXT.test(path));
    if (isSmall(texts))
      fetchAhead(
        texts.map(({ path }) => path),
        put,
      );
    const kind = /** @type {const} */ ('github');
    return files && { kind, files: hashed(files, sources), complete: !!complete };
  };
  if (!found?.files) return { listing: names, trouble: found?.trouble, rest };
  const { sources = [] } = found;
  const parts = partsOf(sources, config ?? '');
  // Those of another name than the one that was asked for.
  const settings = config === undefined ? found.files.filter((path) => CONFIG.test(path)) : [];
  const ahead = [
    ...settings,
    ...candidates(pagesOf(found.files), route),
    ...parts,
    ...dataOf(sources),
  ];
  const listing = firstOf(found.files, !!found.complete, route);
  if (found.complete) listing.files = hashed(/** @type {string[]} */ (listing.files), sources);
  const sass = parts.length ? sassOf(sources) : [];
  return { listing, trouble: found.trouble, rest, ahead, sass };
}

/** Adds the hashes that the tree has to paths. @param {string[]} files @param {Blob[]} sources */
function hashed(files, sources) {
  const hashes = new Map(sources.map(({ path, sha }) => [path, sha?.slice(0, GIT_DIGITS)]));
  return files.map((path) => (hashes.get(path) ? { path, git: hashes.get(path) } : path));
}

/** All Sass of a site that has sheets in it, unless it is much. @param {Blob[]} sources */
function sassOf(sources) {
  const all = sources.filter(({ path }) => SASS.test(path));
  const few = isWithin(all, SASS_AHEAD) && all.some(({ path }) => SHEET.test(path));
  return few ? all.map(({ path }) => path) : [];
}

/**
 * Layouts and includes of a site that has its own, unless they are large: the core would learn of
 * them from each other, and each level would be a round trip.
 * @param {Blob[]} sources
 * @param {string} config
 */
function partsOf(sources, config) {
  const own = sources.some(({ path }) => OWN_LAYOUT.test(path)) && !MERIDIAN.test(config);
  const parts = sources.filter(({ path }) => PART.test(path));
  return own && isSmall(parts) ? parts.map(({ path }) => path) : [];
}

/** Data files that the first page may use. @param {Blob[]} sources */
function dataOf(sources) {
  const rankOf = (/** @type {string} */ path) => DATA.findIndex((kind) => kind.test(path));
  const small = sources
    .filter(({ path, size = 0 }) => rankOf(path) >= 0 && size <= DATA_AHEAD.bytes)
    .map(({ path }) => path);
  return small.sort((a, b) => rankOf(a) - rankOf(b)).slice(0, DATA_AHEAD.files);
}

/** @param {string[]} files */
const pagesOf = (files) => files.filter((path) => PAGE.test(path) && !TEMPLATES.test(path));

/**
 * Selects the files of a list that the page of a route may need: for every page's exact address all
 * would have to be read.
 * @param {string[]} files
 * @param {boolean} complete
 * @param {string} route
 * @returns {Listing}
 */
function firstOf(files, complete, route) {
  const first = [
    ...files.filter((path) => TEMPLATES.test(path) || !PAGE.test(path)),
    ...candidates(pagesOf(files), route),
  ];
  // Unlisted names then count as missing: no include, no layout. A plain folder has neither, and
  // links to files that are not listed yet.
  const known = complete && first.some((path) => CONFIG.test(path));
  return {
    kind: 'github',
    files: first,
    complete: false,
    json: JSON.stringify({ files: first, complete: known }),
  };
}

/** The same of a route. @param {string} route */
const bare = (route) => bareRoute(route.replace(/[?#].*/s, ''));

/**
 * The pages that a route probably means, the most likely first.
 * @param {string[]} pages
 * @param {string} route
 */
export function candidates(pages, route) {
  const path = (bare(route) ?? '').toLowerCase();
  const jekyll = settingsText() !== undefined;
  const wanted = path
    ? [path.slice(path.lastIndexOf('/') + 1)]
    : jekyll
      ? ['index', 'about', 'home']
      : ['index', 'readme'];
  /**
   * The distance of a file's name from the route; undefined if it means another.
   * @param {string} file
   */
  const distance = (file) => {
    const whole = file
      .toLowerCase()
      .replace(PAGE, '')
      .replace(/^_(pages\/)?/, '');
    const name = whole.slice(whole.lastIndexOf('/') + 1).replace(/^\d+-\d+-\d+-/, '');
    if (path && (whole === path || whole === `${path}/index` || whole === `${path}/readme`))
      return 0;
    const at = wanted.indexOf(name);
    // The home page lies in the root, or in _pages/.
    return at < 0 || (!path && whole.includes('/')) ? Infinity : at + 1;
  };
  const ranked = pages
    .map((file) => ({ file, far: distance(file) }))
    .filter(({ far }) => far < Infinity);
  return ranked
    .sort((a, b) => a.far - b.far)
    .slice(0, CANDIDATES)
    .map(({ file }) => file);
}

/**
 * The files of a host with directory listings.
 * @param {string[]} there likely sources that came
 * @param {string | undefined} config
 * @param {(path: string, data: Uint8Array | null) => void} put
 * @returns {Promise<Listing | undefined>}
 */
async function listed(there, config, put) {
  if (recall().lists === false && !development) return undefined;
  // The root shows the shell instead of a listing: without a separate folder of sources its files
  // are only found by name.
  const plain = config === undefined && !site.source;
  // One folder shows whether the host lists any: that of the shell, or one that the site may have.
  const likely = plain ? foldersIn(linksOf(there))[0] : FOLDERS[0];
  const folder = !site.foreign ? 'meridian/' : LISTS.test(site.server) ? likely : undefined;
  const own = folder && (await read(address(folder), folder).catch(() => null));
  const lists = !!own && !!parseListing(own, address(folder));
  if (folder) remember({ lists });
  if (!lists) return undefined;
  const links = plain ? await linked(put) : await home(put);
  const known = [...there, ...links.filter((path) => !path.includes('/') && site.files.get(path))];
  const start = plain ? foldersIn(links) : [...FOLDERS, ...collections(config ?? '')];
  const { files, complete } = await listFolders(site.source ? [''] : start);
  return {
    kind: 'listing',
    files: [...new Set([...known, ...files])],
    complete: complete && !!site.source,
  };
}

/**
 * Looks for the source of a page that no list names: one after the other, as each missing one is a
 * 404. Beside a manifest only Markdown that is known to exist: HTML pages are not fetched to see
 * whether they do.
 * @param {string} route
 * @param {(needs: { paths: string[] }) => Promise<unknown>} supply loads sources
 */
export async function guess(route, supply) {
  const path = bare(route);
  if (path === undefined) return;
  const jekyll = settingsText() !== undefined;
  const home = jekyll ? ['index.md', '_pages/about.md'] : ['index.md', 'README.md'];
  const inner = jekyll
    ? [`_pages/${path}.md`, `_pages/${path}.html`, ...(path.includes('/') ? [`_${path}.md`] : [])]
    : [`${path}/index.md`, `${path}/README.md`];
  const names = (path ? [`${path}.md`, ...inner] : home).filter((name) => !site.files.has(name));
  const there =
    site.listing.kind === 'manifest'
      ? await Promise.all(
          names.map(
            async (name) =>
              name.endsWith('.md') && (await probe(locate(name) ?? ''))?.status === 200,
          ),
        )
      : names;
  for (const [at, name] of names.entries()) {
    if (there[at]) await supply({ paths: [name] });
    if (site.files.get(name)) return;
  }
}

/**
 * Tells whether a page shows a list of files while the list is unknown.
 * @param {string[]} dependencies
 */
export function wantsList(dependencies) {
  const own = collections(settingsText() ?? '').map((name) => name.slice(1, -1));
  const names = ['posts', 'pages', 'documents', 'collections', 'categories', 'tags', ...own];
  const loop = new RegExp(`\\bsite\\.(${names.join('|')})\\b`);
  return dependencies.some((path) => loop.test(textOf(path) ?? ''));
}

/** Folders of the collections that a configuration names. @param {string} config */
function collections(config) {
  const block =
    /^collections[ \t]*:[ \t]*\n((?:[ \t]+.*\n|[ \t]*#.*\n|[ \t]*\n)*)/m.exec(config + '\n')?.[1] ??
    '';
  const indent = /^[ \t]+/m.exec(block)?.[0] ?? ' ';
  const names = [...block.matchAll(new RegExp(`^${indent}(?:- )?([\\w-]+)`, 'gm'))].map(
    ([, name]) => `_${name}/`,
  );
  return names.filter((name) => !FOLDERS.includes(name));
}

/**
 * The home page in a root without a listing.
 * @param {(path: string, data: Uint8Array | null) => void} put
 */
async function home(put) {
  if (!site.files.has('index.md')) put('index.md', await fetchSource('index.md').catch(() => null));
  return ['index.md'];
}

/**
 * Files that the pages in a plain folder's root link to, transitively.
 * @param {(path: string, data: Uint8Array | null) => void} put
 */
async function linked(put) {
  const links = new Set(['README.md', 'index.md']);
  for (const path of links) {
    if (path.includes('/') || !ending(MARKDOWN).test(path)) continue;
    if (!site.files.has(path)) put(path, await fetchSource(path).catch(() => null));
    for (const link of linksOf([path])) links.add(link);
  }
  return [...links];
}

/** What sources that have arrived link to below their folder. @param {string[]} paths */
const linksOf = (paths) =>
  paths.flatMap((path) =>
    [...(textOf(path) ?? '').matchAll(/\]\(\s*<?(?:\.\/)?([^)\s#?>:]+)/g)]
      .map(([, link]) => link)
      .filter((link) => /^[^./]/.test(link))
      .map(decode),
  );

/** The folders in the root that paths lie in. @param {string[]} paths */
const foldersIn = (paths) => [
  ...new Set(paths.filter((path) => path.includes('/')).map((path) => path.replace(/\/.*/, '/'))),
];

// ---- the repository ----

/**
 * The sources of a repository; if its host does not answer, those of the last visit.
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH`
 * @param {Promise<Response>} asked
 * @returns {Promise<{ files?: string[], complete?: boolean, trouble?: Error, sources?: Blob[] }>}
 */
async function readTree(repository, asked) {
  const where = `the tree of ${repository} on ${askedHost()}`;
  try {
    const response = await asked;
    if (!response.ok) throw new Failure(where, refusal(response));
    const { tree, truncated } = await response.json();
    const own = ownSources(tree, repository);
    const files = own.map(({ path }) => path);
    if (!truncated) remember({ tree: files });
    return {
      files,
      complete:
        !truncated &&
        !(/** @type {Blob[]} */ (tree).some(({ mode }) => mode === LINK || mode === MODULE)),
      sources: own.filter(({ mode }) => mode !== LINK),
      trouble: truncated
        ? new Failure(where, `The repository is so large that ${askedHost()} cut the list off.`)
        : undefined,
    };
  } catch (error) {
    const trouble =
      error instanceof Failure
        ? error
        : new Failure(where, `${askedHost()}’s answer can’t be read: ${error}.`);
    return { files: recall().tree, complete: false, trouble };
  }
}

/** Tells whether all of them are fetched as soon as they are known. @param {Blob[]} texts */
const isSmall = (texts) => isWithin(texts, SMALL);

/** @param {Blob[]} blobs @param {{ files: number, bytes: number }} most */
const isWithin = (blobs, most) =>
  blobs.length <= most.files && blobs.reduce((sum, { size = 0 }) => sum + size, 0) <= most.bytes;

/** The files of this site's repository; undefined without one, or when GitHub does not answer. */
export async function askGitHub() {
  const repository = repositoryHere();
  const response = repository ? await requestTree(repository).catch(() => undefined) : undefined;
  if (!response?.ok) return undefined;
  const { tree, truncated } = await response.json();
  const own = ownSources(tree, /** @type {string} */ (repository));
  if (!truncated) remember({ tree: own.map(({ path }) => path) });
  return own;
}

// A symbolic link may be a folder, and so may a submodule: the tree does not list their content.
const [LINK, MODULE] = ['120000', '160000'];

/** @typedef {{ path: string, type?: string, mode?: string, size?: number, sha?: string }} Blob */

/**
 * The folder of its repository that a site is: it begins where the shell is. Where that is one
 * page, GitHub publishes the whole repository, or `docs/`.
 * @param {Blob[]} blobs
 */
function folderIn(blobs) {
  if (site.foreign)
    return ['', 'docs/'].find((at) => blobs.some(({ path }) => path === `${at}index.html`)) ?? '';
  const core = 'meridian/meridian.wasm';
  const at = blobs.find(({ path }) => path === core || path.endsWith('/' + core))?.path ?? core;
  return at.slice(0, -core.length);
}

/**
 * The site's files in a repository, without the shell's own.
 * @param {Blob[]} tree
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH`
 */
function ownSources(tree, repository) {
  const blobs = tree.filter(({ type }) => type === 'blob');
  const prefix = folderIn(blobs) + site.source;
  const [name, branch = 'HEAD'] = repository.split('@');
  if (site.foreign) site.tree = `https://github.com/${name}/blob/${branch}/${prefix}`;
  return blobs
    .flatMap(({ path, mode, size = 0, sha }) =>
      path.startsWith(prefix) ? { path: path.slice(prefix.length), mode, size, sha } : [],
    )
    .filter(({ path }) => !NO_SOURCES.test(path) && locate(path));
}

// ---- listings ----

/**
 * The files below folders, from the host's listings.
 * @param {string[]} start paths relative to the sources, empty or with a slash at the end
 */
export async function listFolders(start) {
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
 * The names in a folder, subfolders with a slash at their end; undefined if the page is no listing.
 * @param {Uint8Array} bytes
 * @param {string} url of the folder
 */
export function parseListing(bytes, url) {
  const html = new TextDecoder().decode(bytes);
  if (!/<title>\s*(Directory listing for|Index of)\b/i.test(html)) return undefined;
  const names = new Set();
  for (const [, , double, single, bare] of html.matchAll(
    /<a\s[^>]*?href\s*=\s*("([^"]*)"|'([^']*)'|([^\s>"']+))/gi,
  )) {
    try {
      const { href, search } = new URL((double ?? single ?? bare).replaceAll('&amp;', '&'), url);
      const name = href.startsWith(url) ? decodeURIComponent(href.slice(url.length)) : '';
      if (!search && /^[^/]+\/?$/.test(name)) names.add(name);
    } catch {
      // an invalid address, or a name that is not UTF-8
    }
  }
  return [...names];
}

// ---- routes ----

// Bytes that a page of the shell has for readers without scripts.
const LONGEST_TEXT = 1 << 20;

/** Tells whether the host gives the shell for unknown paths; then addresses can be real paths. */
export async function givesShell() {
  const url = address('meridian/is-there-a-404-page');
  const answer = tellsObjects() ? await probe(url).catch(() => undefined) : undefined;
  if (answer) {
    // index.html and 404.html come from one template: their sizes differ by a few bytes, and by
    // what readers without scripts see. No other error page is as long as the shell's script.
    const { inlined } = site;
    if (inlined) return answer.size > inlined && answer.size < inlined + LONGEST_TEXT;
    return Math.abs(answer.size - (navigation()?.decodedBodySize ?? 0)) < 1000;
  }
  const response = await fetch(url).catch(() => undefined);
  return !!response && isShell(new Uint8Array(await response.arrayBuffer()));
}
