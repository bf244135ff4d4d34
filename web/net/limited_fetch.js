// Fetches files of untrusted hosts, with limits of size.

import { concat } from '../base/util.js';

export const megabytes = (/** @type {number} */ bytes) =>
  `${Math.ceil(bytes / (1 << 20)).toLocaleString()} MB`;

/** Requests to untrusted hosts carry no credentials and no referrer. @type {RequestInit} */
const INIT = { credentials: 'omit', referrerPolicy: 'no-referrer' };
/** GitHub's API gives the file itself for it, and JSON around it otherwise. */
const RAW = { accept: 'application/vnd.github.raw+json, */*' };

/**
 * A response; undefined on any failure.
 * @param {string} url
 * @param {RequestInit} [init]
 */
export const ask = (url, init) => fetch(url, { ...INIT, ...init }).catch(() => undefined);

/** Tells whether a host answers at all, if CORS forbids to read its answer. @param {string} url */
export const isThere = (url) =>
  fetch(url, { ...INIT, mode: 'no-cors' }).then(
    () => true,
    () => false,
  );

/**
 * A response's bytes; undefined when they exceed the limit: the reported size is not trusted.
 * @param {Response} response
 * @param {number} most
 * @param {(size: number) => boolean} [counted] of each piece; false: no more is wanted
 */
export async function readWithin(response, most, counted = () => true) {
  const reader = response.body?.getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (counted(part.value.length) && size <= most) continue;
    reader?.cancel().catch(() => {});
    return undefined;
  }
  return concat(parts);
}

/**
 * The same, with an error that gives the reason.
 * @param {Response} response
 * @param {string} name for the message
 * @param {number} most
 * @param {(size: number) => boolean} [counted] as above
 */
export async function bytesWithin(response, name, most, counted) {
  const bytes = await readWithin(response, most, counted);
  if (!bytes) throw new Error(`${name} has more than ${megabytes(most)}.`);
  return bytes;
}

/**
 * A file of another host; undefined when it is not there.
 * @param {string} from
 * @param {string} path for the message
 * @param {number} most bytes
 * @param {AbortSignal} [signal]
 * @param {(size: number) => boolean} [counted] as above
 */
export async function fetchFile(from, path, most, signal, counted) {
  const response = await ask(from, { signal, headers: RAW });
  if (!response)
    throw new Error(`${path} can’t be fetched: the connection to ${new URL(from).host} failed.`);
  if (response.status === 404) return undefined;
  if (!response.ok)
    throw new Error(`${path} can’t be fetched: ${new URL(from).host} answered ${response.status}.`);
  return bytesWithin(response, path, most, counted);
}
