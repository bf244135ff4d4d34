// Locates the sources of a foreign site: in a repository, or beside a manifest. Their contents are
// untrusted.

import { CONFIGS } from '../base/site_files.js';

/**
 * A file and where it lies. `size`: bytes, as far as that is known; `text`: all of it.
 * @typedef {{ path: string, from: string, size?: number, text?: string }} Entry
 */

export const MANIFEST = 'meridian.json';

// Limits for untrusted lists: entries (GitHub's API gives up to 100,000, and reports if there are
// more), and characters of a path. Each entry becomes an address, which begins with the folder of
// the sources.
const ENTRIES = 100_000;
const LONGEST_PATH = 1024;

/** A text without slashes at its ends. @param {string} text */
export function trimSlashes(text) {
  let [begin, end] = [0, text.length];
  while (text[begin] === '/') begin++;
  while (end > begin && text[end - 1] === '/') end--;
  return text.slice(begin, end);
}

/** Encodes a path for an address. @param {string} path */
export const encoded = (path) => path.split('/').map(encodeURIComponent).join('/');

/**
 * Checks a list of files; throws when it is longer than any site's.
 * @param {any} list
 * @returns {any[]}
 */
function entriesOf(list) {
  if (!Array.isArray(list)) return [];
  if (list.length > ENTRIES)
    throw new Error(
      `The list of its files has ${list.length.toLocaleString()} entries; ${ENTRIES.toLocaleString()} are read.`,
    );
  return list;
}

/** @param {any} path */
const isPath = (path) => typeof path === 'string' && path.length <= LONGEST_PATH;

/** @param {any} size */
const sizeOf = (size) => (size >= 0 && Number.isFinite(size) ? size : undefined);

/**
 * The folder of the site in its repository: GitHub Pages uses the root or `docs`.
 * @param {string[]} paths
 */
const siteFolder = (paths) => {
  const isIn = (/** @type {string} */ folder) =>
    CONFIGS.some((name) => paths.includes(folder + name));
  return !isIn('') && isIn('docs/') ? 'docs/' : '';
};

/**
 * The files of a site in a repository.
 * @param {any} tree as GitHub's API lists it
 * @param {string} raw where files are as they are, with a slash at its end
 * @param {string} name `owner/name`
 * @param {string} branch
 * @returns {{ root: string, entries: Entry[] }} `root`: the site's folder
 */
export function sourcesInTree(tree, raw, name, branch) {
  const blobs = entriesOf(tree).filter((entry) => entry?.type === 'blob' && isPath(entry.path));
  const folder = siteFolder(blobs.map(({ path }) => path));
  const root = `${raw}${name}/${encoded(branch)}/${folder}`;
  const entries = blobs
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, size }) => ({
      path: path.slice(folder.length),
      from: root + encoded(path.slice(folder.length)),
      size: sizeOf(size),
    }));
  return { root, entries };
}

/**
 * The files that a manifest names, which lie below it.
 * @param {any} manifest its JSON
 * @param {string} at the address of its folder, with a slash at its end
 * @returns {{ root: string, entries: Entry[] }} `root`: the folder of the sources
 */
export function sourcesOfManifest(manifest, at) {
  const files = entriesOf(manifest?.files);
  const folder = isPath(manifest?.source) ? trimSlashes(manifest.source) : '';
  const source = folder && `${folder}/`;
  const entries = files.flatMap((/** @type {any} */ file) =>
    entryOf(typeof file === 'string' ? { path: file } : file, at, source),
  );
  return { root: at + encoded(source), entries };
}

/** @param {any} file @param {string} root @param {string} source @returns {Entry[]} */
function entryOf(file, root, source) {
  if (!isPath(file?.path)) return [];
  const from = new URL(encoded(isPath(file.at) ? file.at : source + file.path), root).href;
  if (!from.startsWith(root)) return [];
  return [
    {
      path: file.path,
      from,
      size: sizeOf(file.size),
      text: typeof file.text === 'string' ? file.text : undefined,
    },
  ];
}
