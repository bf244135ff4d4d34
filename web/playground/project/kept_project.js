// Stored projects as data: what a storage contains is validated like the answer of a host.

import { cleanPath } from './file_content.js';

/** @typedef {import('./file_content.js').Content} Content */
/**
 * An entry of the list of projects. `changed`, `used`: milliseconds since 1970; `size`: UTF-16 code
 * units and bytes; `broken`: it can't be read.
 * @typedef {{ id: string, revision: string, title: string, trusted: boolean, from: string, touched:
 *   boolean, changed: number, used: number, count: number, size: number, broken?: boolean }} Entry
 * @typedef {{ files: [string, Content][], open: string, folder?: import('./folder.js').KeptFolder,
 *   upstream?: import('./project.js').Upstream }} Stored
 * @typedef {Pick<Entry, 'title' | 'trusted' | 'from' | 'touched' | 'count' | 'size'> & { content:
 *   Stored }} Kept
 */

export const LONGEST_TITLE = 200;

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : '');
/** @param {unknown} value */
const numberOf = (value) =>
  typeof value === 'number' && value >= 0 && value < Infinity ? value : 0;

/** @param {string} id by which it is found @param {any} value @returns {Entry} */
export function readRecord(id, value) {
  const { title, revision, trusted, from, touched, changed, used, count, size } = Object(value);
  const broken = typeof revision !== 'string' || typeof title !== 'string';
  return {
    id,
    revision: textOf(revision),
    title: textOf(title).slice(0, LONGEST_TITLE) || 'Untitled',
    // Only an explicit mark makes a project trusted, and only an address of this page is a valid
    // origin of it.
    trusted: trusted === true,
    from: textOf(from).startsWith('?') ? from : '',
    touched: touched === true,
    changed: numberOf(changed),
    used: numberOf(used),
    count: numberOf(count),
    size: numberOf(size),
    ...(broken && { broken }),
  };
}

/** @param {Content} content */
const sizeOf = (content) =>
  typeof content === 'string' || content instanceof Uint8Array ? content.length : 0;

/**
 * Tells whether a value is a file's content: text, bytes, or a file that was not fetched.
 * @param {any} content
 * @returns {content is Content}
 */
const isContent = (content) =>
  typeof content === 'string' ||
  content instanceof Uint8Array ||
  (typeof content?.from === 'string' &&
    /^https?:\/\//.test(content.from) &&
    typeof content.size === 'number');

/** @param {any} value */
export function readContent(value) {
  const { files: entries, open, folder, upstream } = Object(value);
  /** @type {Record<string, Content>} */
  const files = Object.create(null);
  let [lost, size] = [0, 0];
  for (const entry of Array.isArray(entries) ? entries : []) {
    const [path, content] = Array.isArray(entry) ? entry : [];
    if (typeof path !== 'string' || !cleanPath(path) || !isContent(content)) lost++;
    else {
      files[path] = content;
      size += sizeOf(content);
    }
  }
  // A project may have no files: all were deleted.
  const damaged = !Array.isArray(entries) || (lost > 0 && lost === entries.length);
  const known = Array.isArray(folder?.known) && typeof folder.handle?.getFileHandle === 'function';
  return {
    files,
    open: textOf(open),
    folder: known ? /** @type {import('./folder.js').KeptFolder} */ (folder) : undefined,
    /** @type {import('./project.js').Upstream | undefined} */
    // A file that can't be read is not one that the reader deleted.
    upstream: !lost && typeof upstream?.commit === 'string' ? upstream : undefined,
    lost,
    size,
    damaged,
  };
}

/**
 * A snapshot of an open project in the stored form.
 * @param {import('./project.js').Project} project
 * @param {Pick<Stored, 'open' | 'folder'>} beside
 * @returns {Kept}
 */
export function snapshot(project, beside) {
  const { title, trusted, from, touched, upstream } = project;
  const files = [...project.files];
  const size = files.reduce((sum, [, content]) => sum + sizeOf(content), 0);
  return {
    title,
    trusted,
    from: from.startsWith('?') ? from : '',
    touched,
    count: files.length,
    size,
    content: { files, upstream, ...beside },
  };
}
