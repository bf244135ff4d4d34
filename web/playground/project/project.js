// A project: files by path, with events for changes.

import { CONFIGS } from '../../base/site_files.js';
import { trimSlashes } from '../../net/source_index.js';
import { fetchFile } from '../../net/limited_fetch.js';
import { contentOf } from './file_content.js';
import { LARGEST, UNASKED } from './limits.js';

/** @typedef {import('./file_content.js').Content} Content */
/**
 * Replaces UTF-16 code units from … to … of a text. Several changes are applied one after the
 * other.
 * @typedef {[from: number, to: number, text: string]} Change
 */
/**
 * The place of a stored project: `revision` is that of the record, '' before there is one.
 * @typedef {{ id: string, revision: string }} Slot
 */
/**
 * The repository that a project was read from, or that publishing has made for it. `at`: its host,
 * without it GitHub; `branch`: '' for its default; `commit`: the last one that is in the project;
 * `folder`: that of the site, with a slash at its end; `blobs`: git's hash of each file as it is
 * there, by path; `onto`: where the branch is to be merged, if publishing made it; `pull`: the
 * number of its pull request, once there is one; its `blobs`: the hashes there of the files that
 * were published; `draft`: a branch to show to others; `first`: how many steps of a first site are
 * done.
 * @typedef {{ kind: 'GitHub' | 'GitLab' | 'Forgejo', site: string }} Place
 * @typedef {{ at?: Place, name: string, branch: string, commit: string, folder: string, blobs:
 *   Record<string, string>, onto?: { name: string, branch: string, blobs: Record<string, string>,
 *   pull?: number, draft?: boolean }, first?: number }} Upstream
 */
/**
 * A project to open. `open`: the file to show first; `trusted`: its scripts may run; `from`: the
 * query or fragment of the address that it came from; `folder`: where it is saved; `slot`: where
 * this browser stores it; `touched`: it has changes to store; `pending`: its files are still
 * loading; `delivered`: a template; `left`: omitted files; `upstream`: where its changes can be
 * published; `draft`: the branch that is shown to read.
 * @typedef {{ title: string, files: Record<string, Content>, open?: string, trusted?: boolean,
 *   from?: string, folder?: import('./folder.js').Folder, slot?: Slot, touched?: boolean, pending?:
 *   boolean, delivered?: boolean, left?: import('./left_out.js').Left, upstream?: Upstream, draft?:
 *   string }} Start
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Project extends EventTarget {
  title = '';
  /**
   * True if it is trusted: not from a link, a repository or a site, unless the reader has decided
   * so.
   */
  trusted = false;
  /** The query of the address that it came from, and whether it was changed since. */
  from = '';
  touched = false;
  /** A template that nobody has changed: it has no problems. */
  delivered = false;
  /** @type {Slot} */
  slot = { id: '', revision: '' };
  /** @type {Upstream | undefined} */
  upstream = undefined;
  /** The branch that somebody shares: nothing is changed. '': it may be. */
  draft = '';
  /** The bytes and files that may still be fetched without a question. */
  room = { ...UNASKED };
  /** Timer of the events `refused` and `locked`. */
  refusal = 0;
  /** Cache of `base`. @type {string | undefined} */
  based = undefined;
  /** @type {Map<string, Content>} */
  settled = new Map();
  /**
   * The edited text, converted on demand: a text of megabytes is not joined for each letter.
   * @type {{ path: string, text: { toString(): string } } | undefined}
   */
  late = undefined;

  /** Files by path. */
  get files() {
    const { late, settled } = this;
    this.late = undefined;
    if (late && settled.has(late.path)) settled.set(late.path, late.text.toString());
    return settled;
  }

  /** This project as one to open. @returns {Start} */
  get state() {
    const { title, trusted, from, slot, touched, upstream, draft } = this;
    const files = Object.fromEntries(this.files);
    return { title, trusted, from, slot, touched, upstream, draft, files };
  }

  /** Replaces this project by another. @param {Start} start */
  open({ title, files, trusted = false, from = '', touched = false, delivered = false, ...more }) {
    const { slot, upstream, draft = '' } = more;
    // Listeners that store this project must see its last state.
    this.dispatchEvent(new Event('leave'));
    this.title = title;
    [this.trusted, this.from, this.touched, this.based] = [trusted, from, touched, undefined];
    this.slot = slot ?? { id: crypto.getRandomValues(new Uint32Array(2)).join('-'), revision: '' };
    [this.delivered, this.upstream, this.draft] = [delivered, upstream, draft];
    this.late = undefined;
    this.room = { ...UNASKED };
    this.settled = new Map(Object.entries(files));
    this.dispatchEvent(new Event('open'));
  }

  /** Marks the project as trusted by the reader. */
  trust() {
    this.trusted = true;
    this.dispatchEvent(new Event('trust'));
  }

  /** All paths, sorted. */
  get paths() {
    return [...this.files.keys()].sort((a, b) => (a < b ? -1 : 1));
  }

  /** @param {string} path */
  has(path) {
    return this.settled.has(path);
  }

  /** @param {string} path */
  text(path) {
    const content = this.files.get(path);
    return content instanceof Uint8Array
      ? decoder.decode(content)
      : typeof content === 'string'
        ? content
        : undefined;
  }

  /**
   * The bytes of a file, undefined if it must be fetched.
   * @param {string} path
   * @returns {Uint8Array | undefined}
   */
  bytes(path) {
    const content = this.files.get(path);
    return typeof content === 'string'
      ? encoder.encode(content)
      : content instanceof Uint8Array
        ? content
        : undefined;
  }

  /**
   * A file, fetched if necessary; undefined when it does not exist. Throws an error with the reason
   * when fetching fails.
   * @param {string} path
   */
  async load(path) {
    const content = this.files.get(path);
    if (content === undefined || typeof content === 'string' || content instanceof Uint8Array)
      return this.bytes(path);
    const { room } = this;
    if (!room.files || room.bytes < Math.max(1, content.size)) throw this.refused(path);
    room.files--;
    const bytes = await fetchFile(
      content.from,
      path,
      LARGEST,
      undefined,
      (size) => (room.bytes -= size) >= 0,
    ).catch((error) => {
      throw room.bytes < 0 ? this.refused(path) : error;
    });
    // It may have been changed meanwhile.
    if (bytes && this.files.get(path) === content) this.files.set(path, contentOf(path, bytes));
    return bytes;
  }

  /** Many are refused at once: one event reports all. @param {'refused' | 'locked'} event */
  report(event) {
    clearTimeout(this.refusal);
    this.refusal = window.setTimeout(() => this.dispatchEvent(new Event(event)));
  }

  /** @param {string} path */
  refused(path) {
    this.report('refused');
    return new Error(`${path} was not fetched.`);
  }

  /** Tells whether changes are refused, which is reported. */
  refuses() {
    if (this.draft) this.report('locked');
    return !!this.draft;
  }

  /**
   * All files, fetched if necessary.
   * @param {(done: number, all: number) => void} [progress]
   * @returns {Promise<[path: string, bytes: Uint8Array][]>}
   */
  async loadAll(progress) {
    const { paths } = this;
    /** @type {[string, Uint8Array][]} */
    const files = [];
    for (const path of paths) {
      files.push([path, (await this.load(path)) ?? new Uint8Array()]);
      progress?.(files.length, paths.length);
    }
    return files;
  }

  /**
   * The configured baseurl, without slashes at its ends: addresses in the project's pages begin
   * with it.
   */
  get base() {
    return (this.based ??= trimSlashes(
      /^baseurl[ \t]*:[ \t]*["']?\/*([^"'\s#]*)/m.exec(
        CONFIGS.map((path) => this.text(path)).find(Boolean) ?? '',
      )?.[1] ?? '',
    ));
  }

  /** @param {string} path @param {Content} content */
  put(path, content) {
    if (this.refuses()) return;
    const had = this.files.has(path);
    this.files.set(path, content);
    this.changed(path, !had);
  }

  /**
   * Records an edit of a text.
   * @param {string} path
   * @param {{ toString(): string }} text all of it, now
   * @param {Change[]} changes
   */
  edit(path, text, changes) {
    if (this.refuses()) return;
    if (this.late?.path !== path) void this.files;
    this.late = { path, text };
    this.changed(path, false, changes);
  }

  /** @param {string} path */
  remove(path) {
    if (!this.refuses() && this.files.delete(path)) this.changed(path, true);
  }

  /**
   * Renames a file, or all below a folder.
   * @param {string} from
   * @param {string} to
   */
  rename(from, to) {
    if (this.refuses()) return;
    for (const [path, content] of [...this.files]) {
      if (path !== from && !path.startsWith(from + '/')) continue;
      this.files.delete(path);
      this.files.set(to + path.slice(from.length), content);
      this.changed(path, true);
      this.changed(to + path.slice(from.length), true);
    }
  }

  /**
   * @param {(path: string, listed: boolean, changes?: Change[]) => void} act `listed`: which files
   *   there are has changed, too; `changes`: all that is another in the file
   */
  whenChanged(act) {
    this.addEventListener('change', (event) => {
      const { path, listed, changes } = /** @type {CustomEvent} */ (event).detail;
      act(path, listed, changes);
    });
  }

  /** @param {string} path @param {boolean} listed @param {Change[]} [changes] */
  changed(path, listed, changes) {
    this.touched = true;
    this.delivered = false;
    if (CONFIGS.includes(path)) this.based = undefined;
    this.dispatchEvent(new CustomEvent('change', { detail: { path, listed, changes } }));
  }
}
