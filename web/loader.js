// What comes over the network: files of the host and of the shell, modules that are compiled while they arrive.

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

/** What loads has loaded, or has failed. @param {Element} element */
export const settled = (element) =>
  new Promise((resolve) => {
    for (const type of ['load', 'error']) element.addEventListener(type, () => resolve(type), { once: true });
  });

// A tab that nobody looks at paints nothing.
const PAINT_PATIENCE = 100;

/** What was done before is to be seen before what comes next. */
export const painted = () => Promise.race([task(PAINT_PATIENCE), new Promise(requestAnimationFrame).then(() => task())]);

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
