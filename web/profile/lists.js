// Reads a foreign site's list of files; in the card's worker, as it may have megabytes.

import { MARKDOWN, ending } from '../base/file_kinds.js';
import { sourcesInTree, sourcesOfManifest } from '../net/source_index.js';

const DOCUMENT = ending(`${MARKDOWN}|html?`);

/**
 * A host's list of files: JSON of a site's manifest, or of a repository's tree.
 * @typedef {{ name: string, list: Uint8Array, repository?: string, branch?: string }} Given
 */
/**
 * The folder of the sources, their list in the core's format, and the address of each.
 * @typedef {{ root: string, list: string, from: Map<string, string> }} Listed
 */

// Number of the latest documents that are read of a collection with dates in file names. A card
// shows at most ten.
const LATEST = 40;

/**
 * Omits older documents of large collections; documents without a date in their name stay.
 * @template T
 * @param {T[]} files `{path}` or a path each
 * @returns {T[]}
 */
function withoutOlder(files) {
  const dated = files.flatMap((file) => {
    const parts = String(/** @type {any} */ (file)?.path ?? file).split('/');
    const name = parts.pop() ?? '';
    const label = parts.findIndex((part) => part.startsWith('_'));
    return label >= 0 && /^\d{4}-\d\d?-\d\d?-/.test(name) && DOCUMENT.test(name)
      ? { file, name, folder: parts.slice(0, label + 1).join('/') }
      : [];
  });
  /** Counts the files of a folder. @type {Map<string, number>} */
  const read = new Map();
  const older = new Set();
  for (const { file, folder } of dated.sort((a, b) => (a.name < b.name ? 1 : -1))) {
    const count = read.get(folder) ?? 0;
    if (count < LATEST) read.set(folder, count + 1);
    else older.add(file);
  }
  return files.filter((file) => !older.has(file));
}

/** @param {Given} given @returns {Listed} throws when it is no list */
export function listOf({ name, list, repository, branch = '' }) {
  const data = JSON.parse(new TextDecoder().decode(list));
  if (repository) {
    const { root, entries } = sourcesInTree(
      withoutOlder(data.tree),
      'https://raw.githubusercontent.com/',
      repository,
      branch,
    );
    return {
      root,
      list: JSON.stringify({ files: entries.map(({ path }) => path), complete: true }),
      from: whereOf(entries),
    };
  }
  if (Array.isArray(data?.files)) data.files = withoutOlder(data.files);
  const { root, entries } = sourcesOfManifest(data, name);
  return { root, list: JSON.stringify(data), from: whereOf(entries) };
}

/** @param {import('../net/source_index.js').Entry[]} entries */
const whereOf = (entries) => new Map(entries.map(({ path, from }) => [path, from]));
