// How files of the shell are loaded: by the browser's own means, or where the shell lies on another
// host than the site by those of its entry, which compares each file with its hash
// (shell/foreign_shell.js).

/**
 * @param {'fetchFile' | 'importFile' | 'readPage'} name
 * @returns {((...all: any[]) => any) | undefined}
 */
function ofEntry(name) {
  const own = /** @type {any} */ (globalThis).meridian?.[name];
  return typeof own === 'function' ? own : undefined;
}

/** The browser's own: that of the page's scripts has rendered files (shell/rendered_files.js). */
const { fetch } = globalThis;

/** @param {string} url @param {RequestInit} [init] @returns {Promise<Response>} */
export const fetchFile = (url, init) => (ofEntry('fetchFile') ?? fetch)(url, init);

/** @param {string} url of a module @returns {Promise<any>} */
export const importFile = (url) => ofEntry('importFile')?.(url) ?? import(url);

/**
 * The end of the address of a site's service worker where the shell is on another host: so that the
 * pages that it answers with know.
 */
export const FOREIGN = '?foreign';

/** Pages from a worker have no other script that makes HTML. @type {any} */
let policy;

/** A page of the shell that such a worker has given absolute addresses. @param {string} url */
async function readFromWorker(url) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  const createHTML = (/** @type {string} */ text) => text;
  policy ??= trustedTypes?.createPolicy('meridian', { createHTML }) ?? { createHTML };
  const response = await fetch(url);
  return policy.createHTML(await response.text());
}

/**
 * What shows a page of the shell in a frame: its address, or its text, as hosts of packages give
 * pages as plain text.
 * @param {string} url
 * @returns {Promise<{ src: string } | { srcdoc: string }>}
 */
export async function pageForFrame(url) {
  const worker = navigator.serviceWorker?.controller?.scriptURL;
  const read = ofEntry('readPage') ?? (worker?.endsWith(FOREIGN) && readFromWorker);
  return read ? { srcdoc: await read(url) } : { src: url };
}
