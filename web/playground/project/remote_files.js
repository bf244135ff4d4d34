// Files on another host as a project: text is fetched at once, everything else on demand.

import { isShell } from '../../net/site_sources.js';
import { fetchFile, megabytes } from '../../net/limited_fetch.js';
import { cleanPath, contentOf, isText } from './file_content.js';
import { LARGEST, MOST_FILES } from './limits.js';

/**
 * @typedef {import('./project.js').Start} Start
 * @typedef {import('../ui/progress.js').Watch} Watch
 */
/** @typedef {import('../../net/source_index.js').Entry} Entry */

// Larger text, which nobody has typed, is fetched on demand.
export const LARGE = 512 << 10;
const AT_ONCE = 12;
// Folders of third-party files, or of the shell, contain no sources.
const NO_SOURCES = /(^|\/)(\.[^/]*|node_modules|vendor|_site|meridian)\/|^meridian\.json$/;
/** Tells whether a file on another host belongs to a project. @param {string} path */
export const isSource = (path) => !NO_SOURCES.test(path);
/** Tells whether a file is a page of the shell. @param {string} path @param {Uint8Array} bytes */
export const isShellPage = (path, bytes) => /^(index|404)\.html$/.test(path) && isShell(bytes);

/**
 * An untrusted project of files on another host.
 * @param {string} title
 * @param {Entry[]} entries
 * @param {Watch} watch
 * @returns {Promise<Start>}
 */
export async function gather(title, entries, { report, signal }) {
  const clean = entries.map((entry) => ({ ...entry, path: cleanPath(entry.path) }));
  const wanted = clean.filter(({ path }) => path && isSource(path));
  const named = entries.filter((_, at) => !clean[at].path).map(({ path }) => path);
  if (!wanted.length) throw new Error(`${title} has no files for a site.`);
  if (wanted.length > MOST_FILES)
    throw new Error(
      `${title} has ${wanted.length.toLocaleString()} files; ${MOST_FILES.toLocaleString()} can be opened.`,
    );
  const isNow = (/** @type {Entry} */ { path, size = 0, text }) =>
    text !== undefined || (isText(path) && size <= LARGE);
  const now = wanted.filter(isNow);
  const refuse = (/** @type {number} */ bytes) => {
    if (bytes > LARGEST)
      throw new Error(
        `${title} has more text than can be opened: ${megabytes(bytes)}, of ${megabytes(LARGEST)}.`,
      );
  };
  refuse(now.reduce((sum, { size = 0 }) => sum + size, 0));
  /** @type {Start['files']} */
  const files = Object.create(null);
  for (const { path, from, size = -1 } of wanted) files[path] = { from, size };
  let [done, held] = [0, 0];
  const todo = now.slice();
  const work = async () => {
    for (let entry = todo.shift(); entry && !signal.aborted; entry = todo.shift()) {
      const { path, from, text } = entry;
      const bytes =
        text === undefined
          ? await fetchFile(from, path, LARGEST, signal)
          : new TextEncoder().encode(text);
      refuse((held += bytes?.length ?? 0));
      // Skips the shell's own pages, and listed files that the host does not have.
      if (!bytes || isShellPage(path, bytes)) delete files[path];
      else files[path] = contentOf(path, bytes);
      report(`${++done} of ${now.length} files`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { title, files, trusted: false, left: { named } };
}
