// A project: files by path, as they are edited. Whoever shows one listens to what changes.

import { trimSlashes } from '../../net/source_index.js';
import { fetchFile } from '../../net/limited_fetch.js';

/**
 * A file on another host that has not been fetched; `size`: -1, not known.
 * @typedef {{ from: string, size: number }} Distant
 */
/**
 * Text, bytes of what is none, or where they lie.
 * @typedef {string | Uint8Array | Distant} Content
 */
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
 * What a project begins with. `open`: which file is shown first; `trusted`: the reader's own,
 * whatever it brings may run; `from`: the query of the address that it came by, or a fragment;
 * `folder`: where it is saved; `slot`: where this browser keeps it; `touched`: there is something
 * to be kept; `pending`: its files are still to come; `left`: what of it is not there.
 * @typedef {{ title: string, files: Record<string, Content>, open?: string, trusted?: boolean,
 *   from?: string, folder?: import('./folder.js').Folder, slot?: Slot, touched?: boolean, pending?:
 *   boolean, left?: import('./left_out.js').Left }} Start
 */

// As the issue of limits has it for what is not one's own: a whole project, and its files.
export const LARGEST = 8 << 20;
export const MOST_FILES = 2000;
// Of what lies elsewhere and comes when a page shows it, in all: as much as one's own project may
// have, and as many pictures as nobody looks at in one visit. More would fill the memory, and what
// the reader's connection allows, by somebody else's choice: the reader is asked.
export const UNASKED = { bytes: 64 << 20, files: 1000 };

/** What is text by its name. */
const TEXT =
  /\.(md|markdown|mkdn?|mkd|x?html?|xml|ya?ml|json|csv|tsv|txt|liquid|css|scss|sass|js|mjs|bib|svg|toml)$|(^|\/)[^./]+$/i;
/** @param {string} path */
export const isText = (path) => TEXT.test(path);

// Characters and folders of a path. No file system takes longer ones, and the list of files nests
// an element for each folder.
export const LONGEST_PATH = 1024;
const DEEPEST = 64;

// A drive, and what a name can't show: control characters, and signs that turn the letters around
// them (`gnp.js` for `sj.png`).
const NO_PATH = /^[a-z]:[\\/]|[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/i;

/**
 * A path as the core has it: from the root, without `.`, `..` and empty parts; '' when it leads
 * out, is longer or deeper than a file system allows, or can't be shown as it is.
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

/** The last part of a path. @param {string} path */
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

const encoder = new TextEncoder();
const decoder = new TextDecoder();
// What is no UTF-8 is no text, and a byte order mark counts: the bytes that are written are those
// that were read.
const exact = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A file's content: text, where its name and its bytes say so.
 * @param {string} path
 * @param {Uint8Array} bytes
 * @returns {Content}
 */
export function contentOf(path, bytes) {
  if (!isText(path)) return bytes;
  try {
    return exact.decode(bytes);
  } catch {
    return bytes;
  }
}

export class Project extends EventTarget {
  title = '';
  /** Whether it is the reader's own: not what came by a link, from a repository or a site. */
  trusted = false;
  /** The query of the address that it came by, and whether it was changed since. */
  from = '';
  touched = false;
  /** @type {Slot} */
  slot = { id: '', revision: '' };
  /** What may still be fetched without a question. */
  room = { ...UNASKED };
  /** Somebody is to be told that it may not. */
  refusal = 0;
  /** What `base` found. @type {string | undefined} */
  based = undefined;
  /** @type {Map<string, Content>} */
  settled = new Map();
  /**
   * What is typed, until somebody asks for it: a text of megabytes is not put together for each
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
    // Whoever keeps this one has to see it as it is now.
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
   * What is here; not what has still to be fetched.
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
    this.tell(path, !had);
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
    this.tell(path, false, changes);
  }

  /** @param {string} path */
  remove(path) {
    if (this.files.delete(path)) this.tell(path, true);
  }

  /** A file, or all below a folder. @param {string} from @param {string} to */
  rename(from, to) {
    for (const [path, content] of [...this.files]) {
      if (path !== from && !path.startsWith(from + '/')) continue;
      this.files.delete(path);
      this.files.set(to + path.slice(from.length), content);
      this.tell(path, true);
      this.tell(to + path.slice(from.length), true);
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
  tell(path, listed, changes) {
    this.touched = true;
    if (path === '_config.yml') this.based = undefined;
    this.dispatchEvent(new CustomEvent('change', { detail: { path, listed, changes } }));
  }
}
