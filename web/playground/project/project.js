// A project: files by path, as they are edited. Whoever shows one listens to what changes.

import { trimSlashes } from '../../net/source_index.js';
import { fetchFile } from '../../net/limited_fetch.js';
import { contentOf } from './file_content.js';
import { LARGEST, UNASKED } from './limits.js';

/** @typedef {import('./file_content.js').Content} Content */
/**
 * Of a text: UTF-16 code units from … to … become another text. Several are made one after the
 * other.
 * @typedef {[from: number, to: number, text: string]} Change
 */
/**
 * Where a project is kept, if it is: `revision` is that of the record, '' before there is one.
 * @typedef {{ id: string, revision: string }} Slot
 */
/**
 * A project to open. `open`: the file that is shown first; `trusted`: the reader's own,
 * whatever it brings may run; `from`: the query of the address that it came by, or a fragment;
 * `folder`: where it is saved; `slot`: where this browser keeps it; `touched`: there is something
 * to be kept; `pending`: its files are still to come; `left`: what of it is not there.
 * @typedef {{ title: string, files: Record<string, Content>, open?: string, trusted?: boolean,
 *   from?: string, folder?: import('./folder.js').Folder, slot?: Slot, touched?: boolean, pending?:
 *   boolean, left?: import('./left_out.js').Left }} Start
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Project extends EventTarget {
  title = '';
  /** Whether it is the reader's own: not what came by a link, from a repository or a site. */
  trusted = false;
  /** The query of the address that it came by, and whether it was changed since. */
  from = '';
  touched = false;
  /** @type {Slot} */
  slot = { id: '', revision: '' };
  /** The bytes and files that may still be fetched without asking. */
  room = { ...UNASKED };
  /** Timer of the event `refused`. */
  refusal = 0;
  /** Cache of `base`. @type {string | undefined} */
  based = undefined;
  /** @type {Map<string, Content>} */
  settled = new Map();
  /**
   * The text that is typed, until it is read: a text of megabytes is not put together for each
   * letter.
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

  /** Another project takes the place of this one. @param {Start} start */
  open({ title, files, trusted = false, from = '', touched = false, slot }) {
    // Listeners that keep this project have to see it as it is now.
    this.dispatchEvent(new Event('leave'));
    this.title = title;
    [this.trusted, this.from, this.touched, this.based] = [trusted, from, touched, undefined];
    this.slot = slot ?? { id: crypto.getRandomValues(new Uint32Array(2)).join('-'), revision: '' };
    this.late = undefined;
    this.room = { ...UNASKED };
    this.settled = new Map(Object.entries(files));
    this.dispatchEvent(new Event('open'));
  }

  /** The reader takes it for their own. */
  trust() {
    this.trusted = true;
    this.dispatchEvent(new Event('trust'));
  }

  /** All files, sorted. */
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
   * The bytes of a file, unless they have still to be fetched.
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
   * A file, fetched if it lies elsewhere; undefined when it is not there. Throws why it can't be
   * had.
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
    // Meanwhile it may have been changed.
    if (bytes && this.files.get(path) === content) this.files.set(path, contentOf(path, bytes));
    return bytes;
  }

  /**
   * Many are refused at once: that is told once, behind what each of them says.
   * @param {string} path
   */
  refused(path) {
    clearTimeout(this.refusal);
    this.refusal = window.setTimeout(() => this.dispatchEvent(new Event('refused')));
    return new Error(`${path} is not fetched.`);
  }

  /**
   * All files, fetched if they lie elsewhere.
   * @param {(done: number, all: number) => void} [told]
   * @returns {Promise<[path: string, bytes: Uint8Array][]>}
   */
  async loadAll(told) {
    const { paths } = this;
    /** @type {[string, Uint8Array][]} */
    const files = [];
    for (const path of paths) {
      files.push([path, (await this.load(path)) ?? new Uint8Array()]);
      told?.(files.length, paths.length);
    }
    return files;
  }

  /**
   * The path below which the configuration puts the site, without slashes at its ends: the
   * addresses in its pages begin with it.
   */
  get base() {
    return (this.based ??= trimSlashes(
      /^baseurl[ \t]*:[ \t]*["']?\/*([^"'\s#]*)/m.exec(this.text('_config.yml') ?? '')?.[1] ?? '',
    ));
  }

  /** @param {string} path @param {Content} content */
  put(path, content) {
    const had = this.files.has(path);
    this.files.set(path, content);
    this.changed(path, !had);
  }

  /**
   * A text is edited.
   * @param {string} path
   * @param {{ toString(): string }} text all of it, now
   * @param {Change[]} changes
   */
  edit(path, text, changes) {
    if (this.late?.path !== path) void this.files;
    this.late = { path, text };
    this.changed(path, false, changes);
  }

  /** @param {string} path */
  remove(path) {
    if (this.files.delete(path)) this.changed(path, true);
  }

  /** A file, or all below a folder. @param {string} from @param {string} to */
  rename(from, to) {
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
    if (path === '_config.yml') this.based = undefined;
    this.dispatchEvent(new CustomEvent('change', { detail: { path, listed, changes } }));
  }
}
