// Fetches files of a profile's host, with limits of time and size.

import { readWithin } from '../net/limited_fetch.js';

// Limits: milliseconds for a file, and bytes of a text.
const PATIENCE = 10_000;
const LARGEST = 256 << 10;

/**
 * The file was not read, for a reason that scripts can't see: a host may allow cross-origin reads
 * (CORS) of its files, but not of its 404 responses.
 */
export class Unread extends Error {}

/** A request without cookies and referrer, which follows no redirect. @type {RequestInit} */
const INIT = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' };

/**
 * Fetches a file as bytes; undefined: the host has no such file.
 * @param {string} url
 * @param {number} most bytes
 * @param {RegExp} [type] of its content
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function fetchBytes(url, most, type) {
  const { host } = new URL(url);
  const signal = AbortSignal.timeout?.(PATIENCE);
  // WebKit's error of a request does not tell that it was the time.
  const late = () =>
    Promise.reject(
      signal?.aborted
        ? new Error(`${host} does not answer`)
        : new Unread(
            `${host} can’t be reached, sends elsewhere, or does not let other sites read it (CORS)`,
          ),
    );
  const response = await fetch(url, { ...INIT, signal }).catch(late);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${host} answered ${response.status}`);
  const kind = response.headers.get('content-type') ?? '';
  if (type && !type.test(kind)) {
    // A host that gives its front page for unknown paths.
    if (/^text\/html/i.test(kind)) return undefined;
    throw new Error(`${host} answered with ${kind || 'no type'}`);
  }
  const bytes = await readWithin(response, most).catch(late);
  if (!bytes) throw new Error(`${host} answered with more than ${most >> 10} KB`);
  return bytes;
}

/**
 * Fetches a file as text; undefined: the host has no such file.
 * @param {string} url
 * @param {RegExp} type
 * @param {number} [most]
 * @returns {Promise<string | undefined>}
 */
export async function fetchText(url, type, most = LARGEST) {
  const data = await fetchBytes(url, most, type);
  return data && new TextDecoder().decode(data);
}
