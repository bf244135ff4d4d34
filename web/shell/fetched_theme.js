// A theme that is not among the site's files: it is part of the shell, or lies at the address that
// the site's configuration has (`theme_from` of `meridian`). Its files are listed below
// `meridian/themes/NAME/`, as if the site had them.

import { site } from '../base/site_state.js';
import { IN_SHELL, PART_OF_THEME, THEME } from '../base/theme_request.js';
import { resolve } from '../base/util.js';
import { Failure } from '../base/failure.js';
import { bytesOf, request } from '../net/fetch.js';
import { refusal, requestTree } from '../net/github.js';
import { MANIFEST, encoded } from '../net/source_index.js';
import { address, adopt, fetchAhead } from '../net/site_sources.js';

// jsDelivr's documented addresses of a repository of GitHub at a tag: its files, and their list.
const JSDELIVR = 'https://cdn.jsdelivr.net/gh/';
const JSDELIVR_LIST = 'https://data.jsdelivr.com/v1/packages/gh/';
const RAW = 'https://raw.githubusercontent.com/';
const REPOSITORY = /^(?:https:\/\/github\.com\/)?([\w.-]+\/[\w.-]+)@([\w.-]+)$/;
const LAYOUT = /^_layouts\//;
// Small themes' templates are fetched at once: each would be found in another, a round trip later.
const PART = /^_(data|includes|layouts)\//;
const MOST_AHEAD = { files: 150, bytes: 400_000 };
// Assets that may have front matter; only their text can tell.
const MAY_BE_PAGE = /\.(s[ac]ss|css|js|json|xml|html|txt)$/;
const MINIFIED = /\.min\.\w+$/;
const LARGEST_PAGE = 30_000;

export { share } from '../base/site_state.js';
export { RELEASE as release } from '../base/release.js';

/**
 * Lists the files of a theme, for the core and for this shell. Rejects with a Failure that names
 * the address.
 * @param {string} asked by the core: folder, `theme_from` and the theme's name, a blank between
 * @param {import('../engine/engine.js').Engine} engine
 * @returns {Promise<Uint8Array>} empty, for the core: the answer is the list
 */
export async function fetchTheme(asked, engine) {
  const [, folder, , from, name] = THEME.exec(asked) ?? [];
  const at = from === IN_SHELL ? `${site.folder}themes/${name}/` : placeOf(from, name);
  // Of a theme that is no gem the configuration is the demo's.
  const files = (await listOf(at)).filter(
    ({ path }) => PART_OF_THEME.test(path) && !/\/\.\.?\//.test(path),
  );
  if (!files.some(({ path }) => LAYOUT.test(path)))
    throw new Failure(at, 'This is not a theme: it has no layouts.');
  site.borrowed = files.map(({ path, size = 0, git }) => ({
    path: folder + path,
    at: at + encoded(path),
    page: MAY_BE_PAGE.test(path) && !MINIFIED.test(path) && size <= LARGEST_PAGE,
    git,
  }));
  site.withTheme = withTheme;
  engine.set('list', adopt(site.listing));
  engine.put(`${folder}_config.yml`, null); // where no list is complete, the core would ask for it
  const parts = files.filter(({ path }) => PART.test(path));
  const bytes = parts.reduce((sum, { size = 0 }) => sum + size, 0);
  if (parts.length <= MOST_AHEAD.files && bytes <= MOST_AHEAD.bytes)
    fetchAhead(
      parts.map(({ path }) => folder + path),
      (path, data) => engine.put(path, data),
    );
  return new Uint8Array();
}

/** @param {string} json the list of the site's own files */
function withTheme(json) {
  const list = JSON.parse(json);
  // In a list of bare paths the names tell which are pages.
  const bare = site.listing.kind !== 'manifest';
  const own = new Set(list.files);
  for (const { path, page } of site.borrowed)
    if (!own.has(path)) list.files.push(bare ? path : { path, page });
  return JSON.stringify(list);
}

/**
 * The address of a theme's folder, with a slash at its end.
 * @param {string} from `jsdelivr`, or an address
 * @param {string} name of the theme
 */
function placeOf(from, name) {
  if (from === 'jsdelivr') {
    const [, repository, tag] = REPOSITORY.exec(name) ?? [];
    if (repository) return `${JSDELIVR}${encoded(repository)}@${encoded(tag)}/`;
    throw new Failure(
      '_config.yml',
      `jsDelivr knows themes by repository and tag, and \`${name}\` does not name them.`,
      'Write `remote_theme: owner/name@tag`.',
    );
  }
  const url = resolve(from.replace(/\/*$/, '/'), address(''));
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new Failure('_config.yml', `\`theme_from\` is not an address: ${from}`);
}

/** @typedef {{ path: string, size?: number, git?: string }} File  `git`: a hash of its bytes */

/**
 * The files below an address.
 * @param {string} at
 * @returns {Promise<File[]>}
 */
async function listOf(at) {
  if (at.startsWith(RAW)) {
    const [owner, repository, tag] = at.slice(RAW.length).split('/');
    const response = await requestTree(`${owner}/${repository}@${tag}`);
    if (!response.ok) throw new Failure(at, refusal(response));
    return filesIn((await response.json()).tree, ({ path, size, sha }) => ({
      path,
      size,
      git: sha,
    }));
  }
  if (at.startsWith(JSDELIVR)) {
    const list = `${JSDELIVR_LIST}${at.slice(JSDELIVR.length, -1)}?structure=flat`;
    return filesIn((await readJson(list, at)).files, ({ name, size, hash }) => ({
      path: String(name).slice(1),
      size,
      git: hash,
    }));
  }
  return filesIn((await readJson(at + MANIFEST, at)).files, (file) =>
    file.path ? file : { path: String(file) },
  );
}

/**
 * @param {any} list
 * @param {(entry: any) => File} read
 * @returns {File[]}
 */
const filesIn = (list, read) =>
  Array.isArray(list) ? list.map(read).filter(({ path }) => typeof path === 'string') : [];

/** @param {string} url @param {string} name for the message */
async function readJson(url, name) {
  const response = await request(url, name);
  if (!response.ok) throw new Failure(name, `${new URL(url).host} answered ${response.status}.`);
  const text = new TextDecoder().decode(await bytesOf(response, name));
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(name, `The list of the theme’s files can’t be read: ${url}`);
  }
}
