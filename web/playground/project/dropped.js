// Files that were dropped on the page, with those of folders among them.

import { NO_SOURCE } from './file_content.js';
import { OWN_PROJECT } from './limits.js';

/** A file, and its path from what was chosen or dropped. @typedef {[string, File]} Local */

/** @param {Iterable<File>} files @returns {Local[]} */
export const withPaths = (files) =>
  Array.from(files, (file) => [file.webkitRelativePath || file.name, file]);

/**
 * What was dropped. Rejects if a folder can't be read or is too large. Must be called within the
 * event, after which its data are gone.
 * @param {DataTransfer} data
 * @returns {Promise<Local[]>}
 */
export async function droppedFiles({ items, files }) {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.());
  const all = withPaths(files);
  if (!entries.some((entry) => entry?.isDirectory)) return all;
  /** @type {Local[]} */
  const found = [];
  let seen = 0;
  // Each folder counts as a file: a tree of empty ones has an end, too.
  const walk = async (/** @type {FileSystemEntry} */ entry, at = '') => {
    const path = at + entry.name;
    if (NO_SOURCE.test(path)) return;
    if (++seen > OWN_PROJECT.most)
      throw new Error(`The folder has more than ${OWN_PROJECT.most.toLocaleString()} files.`);
    if (entry.isFile) found.push([path, await fileOf(entry)]);
    else for await (const inner of entriesOf(entry)) await walk(inner, `${path}/`);
  };
  for (const entry of entries) if (entry) await walk(entry);
  return found;
}

/** @param {FileSystemEntry} entry @returns {Promise<File>} */
const fileOf = (entry) =>
  new Promise((resolve, reject) =>
    /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
  );

/** The entries of a folder, which browsers give in parts. @param {FileSystemEntry} folder */
async function* entriesOf(folder) {
  const reader = /** @type {FileSystemDirectoryEntry} */ (folder).createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    yield* some;
  }
}
