// Where the sources of somebody's site lie: in a repository, or beside a manifest. What those say is not taken for granted.

/** A file and where it lies. `size`: bytes, as far as that is known; `text`: all of it. @typedef {{ path: string, from: string, size?: number, text?: string }} Entry */

export const MANIFEST = 'meridian.json';

/** As part of an address. @param {string} path */
export const encoded = (path) => path.split('/').map(encodeURIComponent).join('/');

/** Where the site lies in its repository: GitHub Pages knows the root and `docs`. @param {string[]} paths */
const siteFolder = (paths) => (!paths.includes('_config.yml') && paths.includes('docs/_config.yml') ? 'docs/' : '');

/**
 * The site's files in a repository. @param {{ path: string, type: string, size?: number }[]} tree as GitHub's API lists it
 * @param {string} raw where files are as they are, with a slash at its end @param {string} name `owner/name` @param {string} branch
 * @returns {{ root: string, entries: Entry[] }} `root`: the site's folder
 */
export function sourcesInTree(tree, raw, name, branch) {
  const blobs = tree.filter(({ type }) => type === 'blob');
  const folder = siteFolder(blobs.map(({ path }) => path));
  const root = `${raw}${name}/${encoded(branch)}/${folder}`;
  const entries = blobs.filter(({ path }) => path.startsWith(folder)).map(({ path, size }) => ({ path: path.slice(folder.length), from: root + encoded(path.slice(folder.length)), size }));
  return { root, entries };
}

/**
 * The files that a manifest names, which lie below it. @param {any} manifest its JSON @param {string} at the address of its folder, with a slash at its end
 * @returns {{ root: string, entries: Entry[] }} `root`: the folder of the sources
 */
export function sourcesOfManifest(manifest, at) {
  const files = Array.isArray(manifest?.files) ? manifest.files : [];
  const source = typeof manifest?.source === 'string' ? manifest.source.replace(/^\/+|\/*$/g, '').replace(/.$/, '$&/') : '';
  const entries = files.flatMap((/** @type {any} */ file) => entryOf(typeof file === 'string' ? { path: file } : file, at, source));
  return { root: at + encoded(source), entries };
}

/** @param {any} file @param {string} root @param {string} source @returns {Entry[]} */
function entryOf(file, root, source) {
  if (typeof file?.path !== 'string') return [];
  const from = new URL(encoded(typeof file.at === 'string' ? file.at : source + file.path), root).href;
  if (!from.startsWith(root)) return [];
  return [{ path: file.path, from, size: Number.isFinite(file.size) ? file.size : undefined, text: typeof file.text === 'string' ? file.text : undefined }];
}
