// What a service worker keeps: files in one cache, whose name has the worker's scope, because sites
// and playgrounds may share an origin (`/a/` and `/b/` of one host).

import { RELEASE } from './release.js';

/** TypeScript's DOM types lack ServiceWorkerGlobalScope. @type {any} */
export const worker = self;

/** Address of the folder that the worker answers for, with a slash at its end. @type {string} */
export const SCOPE = worker.registration.scope;

/** The header with the number of bytes of a kept file. */
const SIZE = 'x-meridian-size';
// Sources of a large site are some MB, pictures the rest. A phone's browser gives an origin some
// hundred; what is over the limit is fetched, as without a worker.
export const MOST_KEPT = 50 << 20;
// The largest file that a page shows: a few larger pictures would leave no room for others.
const LARGEST = 5 << 20;

/** Modules and templates, which have their release in them. */
const STAMPED = /\/meridian\/[\w-]+\.(wasm|txt)$/;
export const isStamped = (/** @type {string} */ url) => STAMPED.test(pathOf(url));

/** What the host has to call a file, by its extension: browsers refuse other types for these. */
const TYPES = [
  [/\.m?js$/, /javascript/],
  [/\.css$/, /^text\/css/],
  [/\.svg$/, /^image\/svg/],
  [/\/$|\.[sx]?html?$/, /html/],
  // A host that answers every address, or says that it is closed, does so with a page.
  [/\.\w+$/, /^(?!text\/html)/],
];

/** @param {string} url */
const pathOf = (url) => url.replace(/[?#].*/s, '');

/**
 * The host's answer, not older than the request.
 * @param {string} url
 * @param {RequestInit} [options]
 */
export const ask = (url, options) => fetch(url, { cache: 'no-cache', ...options });

/**
 * Tells whether an answer is the file of an address, by what precedes its bytes: not a redirect to
 * another page, nor a page in place of a file. Hosts that drop `.html` from addresses may do so.
 * @param {Response} response
 * @param {string} url
 * @param {number} [wanted] its status
 */
export function isAnswer({ status, type, url: from, headers }, url, wanted = 200) {
  const path = pathOf(url);
  if (status !== wanted || type !== 'basic') return false;
  if (![path, path.replace(/\.html$/, '')].includes(pathOf(from))) return false;
  const given = headers.get('content-type') ?? '';
  return TYPES.find(([ending]) => ending.test(path))?.[1].test(given) ?? true;
}

/** Tells whether a file names this release. @param {ArrayBuffer} bytes */
const isOfRelease = (bytes) => new TextDecoder('latin1').decode(bytes).includes(RELEASE);

/** The files of one worker, or of one version of what it keeps. */
export class KeptFiles {
  /** @param {string} name of the cache */
  constructor(name) {
    this.name = name;
    /** Bytes of all files, once they have been counted. @type {Promise<number> | undefined} */
    this.counted = undefined;
  }

  open() {
    return caches.open(this.name);
  }

  async count() {
    const all = await (await this.open()).matchAll();
    return all.reduce((sum, response) => sum + sizeOf(response), 0);
  }

  /** @param {string} url @returns {Promise<Response | undefined>} */
  async find(url) {
    return (await this.open()).match(url, { ignoreVary: true });
  }

  /** The addresses of all files. */
  async addresses() {
    return new Set((await (await this.open()).keys()).map(({ url }) => url));
  }

  /**
   * Keeps a file. Rejects when there is no room for it.
   * @param {string} url
   * @param {Blob} body
   * @param {HeadersInit} [given]
   */
  async keep(url, body, given) {
    const cache = await this.open();
    const old = await cache.match(url, { ignoreVary: true });
    const used = (await (this.counted ??= this.count())) - (old ? sizeOf(old) : 0) + body.size;
    if (used > MOST_KEPT) throw new RangeError('there is no room');
    const headers = new Headers(given);
    headers.delete('vary'); // `*` can't be kept
    headers.set(SIZE, `${body.size}`);
    await cache.put(url, new Response(body, { headers }));
    this.counted = Promise.resolve(used);
  }

  /**
   * Keeps the host's answer. Rejects when it is not the file of its address, has no bytes, is of
   * another release, or there is no room for it.
   * @param {string} url
   * @param {Response} response
   * @param {boolean} [stamped] the file names its release
   */
  async keepAnswer(url, response, stamped = isStamped(url)) {
    const body = isAnswer(response, url) ? await response.blob() : undefined;
    if (!body?.size || body.size > LARGEST) throw new RangeError(`${url} can’t be kept`);
    if (stamped && !isOfRelease(await body.arrayBuffer()))
      throw new Error(`${url} is of another release`);
    await this.keep(url, body, response.headers);
  }

  /** Forgets the files whose address is not wanted. @param {(url: string) => boolean} wanted */
  async forget(wanted) {
    const cache = await this.open();
    for (const request of await cache.keys()) if (!wanted(request.url)) await cache.delete(request);
    this.counted = undefined;
  }

  /** Forgets everything. */
  forgetAll() {
    this.counted = undefined;
    return caches.delete(this.name);
  }
}

/** @param {Response} response */
const sizeOf = ({ headers }) => Number(headers.get(SIZE));
