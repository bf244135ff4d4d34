// The site's sources as a server asks for them: every answer checked, with limits of time, size and
// number, and asked for again when the storage fails.

import { gitHash } from '../base/hashes.js';
import { hashOf } from './bytes.js';
import { Failure, within } from './failure.js';

/**
 * A file of the sources. `etag`: changes with the bytes; without one the file is read again at each
 * look for changes. `page`: whether it begins with front matter (`---`); without it the server
 * reads the file to know.
 * @typedef {{ path: string, size?: number, etag?: string, page?: boolean }} SourceEntry
 *
 * What a manifest (meridian.json) has beside that.
 * @typedef {SourceEntry & {
 *   git?: string, at?: string, text?: string, yaml?: string, excerpt?: string, title?: string,
 * }} Entry
 *
 * A file's bytes with their `etag`. Without bytes: they are as the caller knows them.
 * @typedef {{ bytes?: Uint8Array, etag?: string }} Found
 *
 * Where a site's sources come from. Paths have no slash in front.
 *
 * - `get`: the bytes of a file; undefined when there is none; rejects when that can't be told now.
 *   `known` is an etag that the caller has the bytes of. Of a file that is longer than `most`, the
 *   first `most` bytes suffice.
 * - `list`: all files. Without it the sources have a manifest, `meridian.json`.
 * - `open`: answers a visitor's request for a file that is sent as it is, with its validators and
 *   ranges; without it the server does by `get`.
 * @typedef {{
 *   get(path: string, known?: string, most?: number): Promise<Found | undefined>,
 *   list?(): Promise<SourceEntry[]>,
 *   open?(path: string, request: Request): Promise<Response | undefined>,
 * }} Sources
 *
 * All files of the sources. `hint`: of a manifest, which may be older than the files, and has what
 * the core needs of them before it asks for their bytes.
 * @typedef {{ entries: Map<string, Entry>, hint: boolean }} Listing
 */

export const MANIFEST = 'meridian.json';
/** The folder of the search's index. */
export const INDEX = 'meridian/search/';
// The largest source that the core accepts, and a byte more, so that it sees that it is too much.
export const MOST_BYTES = (16 << 20) + 1;
// A file that visitors get as it is goes through memory when the sources have no `open`.
const MOST_STATIC = 64 << 20;
// Jekyll's largest sites have some ten thousand; a list of this many takes 50 MB.
const MOST_FILES = 200_000;
// A manifest has up to some hundred bytes of each file.
const MOST_MANIFEST = 64 << 20;
// A storage that fails every second time fails a site of 500 files in one of two starts with eight
// tries; what has come by then is kept.
const TRIES = 8;
// Milliseconds before the second try; each wait is twice as long as the last one.
const WAIT = 5;

const SHELL = /^meridian\/(?!themes\/)|^(sass\.)?meridian\.json$/;
const NO_SOURCE = /(^|\/)(\.git|node_modules)(\/|$)/;
// Hosts and Windows read a backslash as a slash.
const WRONG = /[\0-\x1f\x7f\\\ufffd]|(^|\/)(\.{0,2})(\/|$)/;

/** Tells whether a path can be that of a source. @param {unknown} path @returns {path is string} */
export const isSource = (path) =>
  typeof path === 'string' && !WRONG.test(path) && !SHELL.test(path) && !NO_SOURCE.test(path);

export class Storage {
  /**
   * @param {Sources} sources
   * @param {number} patience milliseconds for an answer
   */
  constructor(sources, patience) {
    this.sources = sources;
    this.patience = patience;
    /** The manifest as it was read last. @type {{ etag?: string, listing: Listing } | undefined} */
    this.manifest = undefined;
  }

  /** @returns {Promise<Listing>} */
  async list() {
    if (!this.sources.list) return this.listByManifest();
    const { sources } = this;
    const files = await this.insist('', () => /** @type {any} */ (sources).list());
    return { entries: entriesOf(files, 'the list of the sources'), hint: false };
  }

  async listByManifest() {
    const found = await this.read(MANIFEST, MOST_MANIFEST, this.manifest?.etag);
    if (!found)
      throw new Failure(
        503,
        MANIFEST,
        'the sources can’t be listed, and have no manifest',
        'run `meridian index`, or give `sources` a function `list`',
      );
    if (this.manifest && !found.bytes) return this.manifest.listing;
    let json;
    try {
      json = JSON.parse(new TextDecoder().decode(found.bytes));
    } catch {
      json = undefined;
    }
    const entries = entriesOf(json?.files, MANIFEST);
    const folder = typeof json.source === 'string' ? json.source : '';
    for (const entry of entries.values()) {
      entry.at = typeof entry.at === 'string' ? entry.at : folder + entry.path;
      entry.etag = typeof entry.git === 'string' ? entry.git : undefined;
    }
    const listing = { entries, hint: true };
    this.manifest = { etag: found.etag, listing };
    return listing;
  }

  /**
   * The bytes of a source, at most MOST_BYTES; undefined when there is none.
   * @param {Entry} entry
   * @param {string} [known] etag of the bytes that the caller has
   * @returns {Promise<{ bytes?: Uint8Array, etag: string } | undefined>}
   */
  async get(entry, known) {
    const byGit = typeof entry.git === 'string';
    const found = await this.read(entry.at ?? entry.path, MOST_BYTES, byGit ? undefined : known);
    if (!found?.bytes) return found && { etag: known ?? '' };
    const { bytes } = found;
    if (byGit) return { bytes, etag: await gitHash(bytes) };
    return { bytes, etag: found.etag ?? (await hashOf(bytes)) };
  }

  /** A file for visitors. @param {Entry} entry */
  async whole({ path, at = path }) {
    const found = await this.read(at, MOST_STATIC + 1);
    if (!found?.bytes) return undefined;
    const { bytes } = found;
    if (bytes.length > MOST_STATIC)
      throw new Failure(
        500,
        path,
        'it is larger than 64 MB, too much to go through memory',
        'give `sources` a function `open`',
      );
    return { bytes, etag: await hashOf(bytes) };
  }

  /**
   * @param {string} path
   * @param {number} most
   * @param {string} [known]
   * @returns {Promise<Found | undefined>}
   */
  async read(path, most, known) {
    const found = await this.insist(path, () => this.sources.get(path, known, most));
    if (!found) return undefined;
    const { bytes, etag } = found;
    if (etag !== undefined && typeof etag !== 'string')
      throw invalid(path, 'the etag of a source is not text');
    if (!bytes && etag !== undefined && etag === known) return { etag };
    if (!(bytes instanceof Uint8Array)) throw invalid(path, 'the bytes of a source are not bytes');
    return bytes.length > most ? { bytes: bytes.subarray(0, most), etag } : { bytes, etag };
  }

  /**
   * The storage's answer, asked for again when it fails; one that is late counts as the last try.
   * @template T
   * @param {string} path
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async insist(path, ask) {
    for (let tried = 1; ; tried++) {
      try {
        return await within(Promise.resolve(ask()), this.patience, path);
      } catch (error) {
        if (error instanceof Failure) throw error;
        if (tried === TRIES)
          throw new Failure(503, path, `its storage failed: ${error}`, 'ask again');
        await new Promise((resolve) => setTimeout(resolve, WAIT * 2 ** tried));
      }
    }
  }
}

/** @param {string} path @param {string} message */
const invalid = (path, message) =>
  new Failure(503, path, message, 'mend the `sources` that were given to createHandler');

/**
 * The entries that can be sources.
 * @param {unknown} files
 * @param {string} whose
 * @returns {Map<string, Entry>}
 */
function entriesOf(files, whose) {
  if (!Array.isArray(files)) throw invalid(whose, 'it is not a list of files');
  if (files.length > MOST_FILES)
    throw invalid(whose, `it has more than ${MOST_FILES.toLocaleString('en')} files`);
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const file of files) {
    const entry = typeof file === 'string' ? { path: file } : { ...file };
    if (isSource(entry.path)) entries.set(entry.path, entry);
  }
  return entries;
}
