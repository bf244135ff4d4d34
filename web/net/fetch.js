// Fetches files of the host and of the shell, and wasm modules, which are compiled while they
// arrive.

import { Failure } from '../base/failure.js';
import { RELEASE } from '../base/release.js';
import { fetchFile, importFile } from '../base/foreign.js';
import { OWN, concat, likePreload } from '../base/util.js';

const COPY = 'Copy the whole folder `meridian/`.';

/**
 * Files of two releases have met: a cache has an old one, or the site was replaced during the
 * visit.
 */
class Mixed extends Failure {
  mixed = true; // more.js has its own copy of the class

  /** @param {string} file */
  constructor(file) {
    super(
      file,
      'This site has just been replaced by a newer version. Try again in a minute.',
      COPY,
    );
  }
}

// Milliseconds of silence after which a host counts as unreachable. shell.css shows a message a
// moment later in any case.
const PATIENCE = 9_000;
// … or if it has sent fewer bytes than this meanwhile. A slow connection shared by twenty files
// delivers more.
const LEAST = 1_000;
// A wasm module is streamed, so its bytes are not counted.
const MODULE_PATIENCE = 60_000;
// The largest source that the core accepts.
const LARGEST = 64 << 20;

const SILENT = 'The host does not answer.';
const BROKEN = 'The connection was lost in the middle of the file.';
// How each engine names the policy that forbids a module, or in WebKit its instance. Safari before
// 16 does not know the 'wasm-unsafe-eval' of ours.
export const POLICY = /policy|CSP/i;
export const FORBIDDEN = 'A policy of the host forbids WebAssembly in this browser.';

/**
 * The same promise, rejected with a Failure after a time limit.
 * @template T
 * @param {Promise<T>} promise
 * @param {string} name for the message
 * @param {number} [time]
 * @returns {Promise<T>}
 */
export function within(promise, name, time = PATIENCE) {
  let timer = 0;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(name, SILENT)), time);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * A response; rejects with a Failure that gives the reason.
 * @param {string} url
 * @param {string} name for the message
 * @param {RequestInit} [init]
 */
export async function request(url, name, init) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    return await fetchFile(url, { ...init, signal: control.signal });
  } catch (/** @type {any} */ error) {
    if (error.file) throw error; // a Failure, perhaps of another script's copy of the class
    throw new Failure(name, control.signal.aborted ? SILENT : 'The connection to the host failed.');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A response's bytes; rejects with a Failure if the connection breaks, stays silent, or never ends.
 * @param {Response} response
 * @param {string} [name] for the message
 * @param {(part: Uint8Array) => void} [add] gets them as they arrive
 */
export async function bytesOf(response, name = response.url, add) {
  const reader = response.body?.getReader();
  const parts = [];
  let size = 0;
  let before = 0;
  let why = '';
  /** @param {string} reason */
  const stop = (reason) => {
    why = reason;
    reader?.cancel().catch(() => {});
  };
  const timer = setInterval(() => {
    if (size - before < LEAST) stop(SILENT);
    before = size;
  }, PATIENCE);
  try {
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      parts.push(part.value);
      add?.(part.value);
      size += part.value.length;
      if (size > LARGEST) stop('The file does not end.');
    }
  } catch {
    why ||= BROKEN;
  } finally {
    clearInterval(timer);
  }
  if (why) throw new Failure(name, why);
  return concat(parts);
}

/** Its media type. @param {Response} response */
export const typeOf = ({ headers }) => headers.get('content-type') ?? '';

/**
 * The bytes of a file that the command wrote for this site into the shell's folder.
 * @param {string} url
 * @param {RequestInit} init
 */
export async function fetchPrepared(url, init) {
  // What another host answers with is not this site's.
  const response = await request(url, url, { ...init, redirect: 'error' });
  if (!response.ok || typeOf(response).startsWith('text/html'))
    throw new Failure(url, `The host answered ${response.status}.`);
  return bytesOf(response);
}

/**
 * Marks a promise whose rejection is handled by its later consumer.
 * @template T
 * @param {Promise<T>} promise
 */
export const reportedLater = (promise) => (promise.catch(() => {}), promise);

/**
 * Yields to the browser, so that it handles input before the next task.
 * @param {number} [pause] milliseconds
 */
export const task = (pause) => new Promise((resolve) => setTimeout(resolve, pause));

/**
 * Resolves when an element has loaded or failed, even if a page's scripts hear of it later.
 * @param {Element} element
 * @returns {Promise<'load' | 'error'>}
 */
export const settled = (element) =>
  new Promise((resolve) => {
    for (const type of /** @type {const} */ (['load', 'error']))
      for (const name of [type, OWN + type])
        element.addEventListener(name, () => resolve(type), { once: true });
  });

// Background tabs do not paint.
const PAINT_PATIENCE = 100;

/** Resolves when all changes so far are painted. */
export const painted = () =>
  Promise.race([task(PAINT_PATIENCE), new Promise(requestAnimationFrame).then(() => task())]);

/** Fetches a required file of the shell. @param {string} url @param {RequestInit} [init] */
export async function fetchShellFile(url, init = likePreload(url)) {
  const response = await request(url, url, init);
  const { ok, status } = response;
  if (!ok || typeOf(response).startsWith('text/html'))
    throw new Failure(
      url,
      ok || status === 404 ? 'The host does not have it.' : `The host answered ${status}.`,
      COPY,
    );
  return response;
}

/**
 * Loads a file of the shell and checks its release. A file of another release is requested again,
 * with an address that no cache has.
 * @template T
 * @param {string} url
 * @param {(url: string) => Promise<T>} make
 * @param {(made: T) => unknown} releaseOf
 */
export async function released(url, make, releaseOf) {
  for (const address of [url, `${url}?${RELEASE}`]) {
    const made = await make(address);
    if (!RELEASE || releaseOf(made) === RELEASE) return made;
  }
  throw new Mixed(url);
}

/** Fetches templates, which end with their release and a zero byte. @param {string} url */
export const templates = (url) =>
  released(
    url,
    async (at) => bytesOf(await fetchShellFile(at)),
    (bytes) => decoded(bytes.subarray(-RELEASE.length - 1, -1)),
  );

/** @param {BufferSource} bytes */
const decoded = (bytes) => new TextDecoder().decode(bytes);

/** Loads a wasm module, whose release is in a custom section. @param {string} url */
export const compile = (url) =>
  released(url, compileAgain, (module) =>
    decoded(WebAssembly.Module.customSections(module, 'release')[0] ?? new Uint8Array()),
  );

/** Imports a script of the shell that exports its release. @param {string} url */
export const releasedScript = (url) => released(url, script, ({ release }) => release);

/**
 * WebKit keeps the answer to a preload as long as its process lives, one of no use as well.
 * @param {string} url
 */
const compileAgain = (url) =>
  compileAny(url).catch((error) => {
    if (error.message === SILENT || error.message === FORBIDDEN) throw error;
    return compileAny(url, { cache: 'reload' });
  });

/**
 * Compiles while the bytes arrive. If the host gives another type than application/wasm, or bytes
 * follow the module, it is compiled from a buffer.
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<WebAssembly.Module>}
 */
async function compileAny(url, init) {
  const response = await fetchShellFile(url, init);
  try {
    const compiled =
      typeOf(response) === 'application/wasm'
        ? WebAssembly.compileStreaming(response)
        : bytesOf(response).then((bytes) =>
            WebAssembly.compile(/** @type {BufferSource} */ (bytes)),
          );
    return await within(compiled, url, MODULE_PATIENCE);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw POLICY.test(String(error))
      ? new Failure(url, FORBIDDEN)
      : new Failure(url, `The file is damaged: ${error}.`, COPY);
  }
}

/**
 * Imports a script of the shell, a module.
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function script(url) {
  try {
    return await within(importFile(url), url);
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(url, 'The file did not arrive, or is damaged.', COPY);
  }
}
