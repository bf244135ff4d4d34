// A file of a project: its path, and its content as text or bytes.

import { MARKDOWN, OTHER_TEXTS } from '../../base/file_kinds.js';
import { LONGEST_PATH } from './limits.js';

/**
 * A file on another host that has not been fetched; `size`: in bytes, -1 if unknown.
 * @typedef {{ from: string, size: number }} Distant
 */
/**
 * Text, bytes of a binary file, or the address of a file that was not fetched.
 * @typedef {string | Uint8Array | Distant} Content
 */

/** Names of text files. */
const TEXT = new RegExp(`\\.(${MARKDOWN}|${OTHER_TEXTS})$|(^|/)[^./]+$`, 'i');
/** @param {string} path */
export const isText = (path) => TEXT.test(path);

// Folders of a path: the list of files nests an element for each.
const DEEPEST = 64;

// A drive, and invisible characters: control characters, and directional marks, which reorder the
// letters around them (`gnp.js` for `sj.png`).
const NO_PATH = /^[a-z]:[\\/]|[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/i;

/**
 * A path in the core's form: from the root, without `.`, `..` and empty parts; '' when it leads
 * out, is longer or deeper than file systems allow, or contains invisible characters.
 * @param {string} path
 */
export function cleanPath(path) {
  if (path.length > LONGEST_PATH || NO_PATH.test(path)) return '';
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part && part !== '.');
  return parts.includes('..') || parts.length > DEEPEST ? '' : parts.join('/');
}

/** Tells whether a project can have a path as it is. @param {string} path */
export const isPath = (path) => cleanPath(path) === path;

// Files of version control, editors and builds are not sources.
export const NO_SOURCE =
  /(^|\/)(\.git|\.svn|\.hg|node_modules|vendor|\.jekyll-cache|\.sass-cache|_site|\.DS_Store|__MACOSX)(\/|$)/;

/** The last part of a path. @param {string} path */
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

// Text must be valid UTF-8, and a byte order mark is kept: written bytes equal those that were
// read.
const exact = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes that are UTF-8, undefined of others. @param {Uint8Array} bytes */
export function textOf(bytes) {
  try {
    return exact.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A file's content: text, if its name and its bytes are text.
 * @param {string} path
 * @param {Uint8Array} bytes
 * @returns {Content}
 */
export const contentOf = (path, bytes) => (isText(path) ? textOf(bytes) : undefined) ?? bytes;
