// The core and what it was given: fetches and compiles it while the first files are on their way, and makes it anew from
// the files kept here when it has stopped.

import { Trap, makeCore } from './abi.js';

/** @typedef {import('./abi.js').Answer} Answer @typedef {import('./abi.js').Core} Core @typedef {import('./abi.js').Verb} Verb */

/** Something that the shell could not get, in words for the page. */
export class Failure extends Error {
  /** @param {string} file @param {string} message @param {string} [remedy] */
  constructor(file, message, remedy) {
    super(message);
    this.file = file;
    this.remedy = remedy;
  }
}

// A host that has said nothing for this long is taken to be gone.
const PATIENCE = 10_000;

/**
 * A response, or a Failure that says why there is none.
 * @param {string} url @param {string} name for the message @param {RequestInit} [init]
 */
export async function request(url, name, init) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    return await fetch(url, { ...init, signal: control.signal });
  } catch {
    const silent = control.signal.aborted;
    throw new Failure(name, silent ? 'The host did not answer for ten seconds.' : 'The connection to the host failed.');
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} response @param {string} [name] for the message */
export const bytesOf = async (response, name = response.url) =>
  new Uint8Array(
    await response.arrayBuffer().catch(() => {
      throw new Failure(name, 'The connection broke off in the middle of the file.');
    }),
  );

/** Its media type. @param {Response} response */
export const typeOf = ({ headers }) => headers.get('content-type') ?? '';

/** A promise whose failure is reported by whoever waits for it. @template T @param {Promise<T>} promise */
export const reportedLater = (promise) => (promise.catch(() => {}), promise);

/** What comes next is a task of its own: before it the reader is heard. @param {number} [pause] milliseconds */
export const task = (pause) => new Promise((resolve) => setTimeout(resolve, pause));

const COPY = 'Copy the whole folder `meridian/`.';

/** A file of the shell, which has to be there. @param {string} url */
export async function own(url) {
  const response = await request(url, url);
  if (!response.ok || typeOf(response).startsWith('text/html')) throw new Failure(url, 'The host does not have it.', COPY);
  return response;
}

/**
 * Compiles while the bytes arrive. A host that gives another type than application/wasm, or says more behind it, costs the streaming only.
 * @param {string} url @returns {Promise<WebAssembly.Module>}
 */
export async function compile(url) {
  const response = await own(url);
  try {
    return typeOf(response) === 'application/wasm'
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    throw new Failure(url, `The file is damaged: ${error}.`, COPY);
  }
}

/** The core, and everything it was told. */
export class Engine {
  /**
   * @param {string} folder address of `meridian/`
   * @param {Map<string, Uint8Array | null>} files bytes by path, as they are put; null: not there
   */
  constructor(folder, files) {
    this.module = reportedLater(compile(folder + 'meridian.wasm'));
    /** The theme's templates. */
    this.theme = reportedLater(own(folder + 'theme.txt').then(bytesOf));
    this.files = files;
    /** Everything else, the last word on each subject. @type {Map<string, Change>} */
    this.told = new Map();
    /** Parses CommonMark, once a page has needed it. @type {import('./abi.js').Parse | undefined} */
    this.commonmark = undefined;
    /** @type {Promise<Core> | undefined} */
    this.core = undefined;
    /** Counts changes, so that a kept answer can be told from a stale one. */
    this.version = 0;
  }

  /** A new instance that knows what the last one did. */
  async start() {
    const core = await makeCore(await this.module, (source, flags) => this.commonmark?.(source, flags));
    core.tell('theme', await this.theme);
    for (const change of this.told.values()) core.tell(...change);
    for (const [path, data] of this.files) core.tell(...fileChange(path, data));
    await task();
    return core;
  }

  /**
   * Tells the core, when it is there; else start() will. A trap only drops the instance: what it was told is kept here.
   * @param {Change} change
   */
  tell(change) {
    this.version++;
    const { core } = this;
    return core?.then((it) => it.tell(...change)).catch(() => this.drop(core));
  }

  /** A list, options or a zone: the last word on its subject, which is what stands before its JSON. @param {Change} change */
  say(...change) {
    this.told.set(String(change[change.length - 2]), change);
    return this.tell(change);
  }

  /** @param {string} path @param {Uint8Array | null} data null: it is not there */
  put(path, data) {
    this.files.set(path, data);
    return this.tell(fileChange(path, data));
  }

  /** It is gone; nothing is known of the path. @param {string} path */
  remove(path) {
    this.files.delete(path);
    return this.tell(['put_missing', path]);
  }

  /** @param {Promise<Core>} core */
  drop(core) {
    if (this.core === core) this.core = this.commonmark = undefined;
  }

  /**
   * The core's answer. After a trap it is asked once more in a new instance, where memory is fresh; a second trap is
   * the answer.
   * @param {string} url @returns {Promise<Answer>}
   */
  async render(url) {
    for (let again = false; ; again = true) {
      const core = (this.core ??= this.start());
      try {
        return (await core).render(url);
      } catch (error) {
        this.drop(core);
        if (again || !(error instanceof Trap)) throw error;
      }
    }
  }
}

/** @typedef {[verb: Verb, ...texts: (string | Uint8Array)[]]} Change */

/** @param {string} path @param {Uint8Array | null} data @returns {Change} */
const fileChange = (path, data) => (data ? ['put', path, data] : ['put_missing', path]);
