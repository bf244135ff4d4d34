// The service worker of a site that asks for it (`meridian: {offline: true}`): navigations are
// answered by the core with finished pages, from sources that are kept; files come from the host,
// and are kept for when it can't be reached.
//
// It is imported by `meridian-offline.js` in the site's root, or that file is a copy of it with the
// address of the shell before it: this makes the root its scope. Pages
// can't call it: it listens to no messages.

import { SCOPE, worker } from '../base/kept_files.js';
import {
  check,
  clean,
  compare,
  current,
  hasEnded,
  isOutdated,
  keepFile,
  look,
  placeOf,
} from './changes.js';
import { askHost, files, foreignName } from './shell_files.js';

/** @typedef {import('./version.js').Version} Version */

// Other programs below the root, and what decides about this worker.
const OTHERS = /^(playground|card)\/|^meridian(-offline\.js|\.json)$/;
// Milliseconds for which a navigation waits for news, about as long as for a file. On a slower
// connection it gets the version that is kept, and the next one the new version.
const PATIENCE = 500;

/** @param {Request} request */
const isOurs = ({ method, url, headers, cache }) =>
  method === 'GET' &&
  (foreignName(url) || (url.startsWith(SCOPE) && !OTHERS.test(placeOf(url)))) &&
  !headers.has('range') &&
  !headers.has('authorization') &&
  cache !== 'only-if-cached';

/**
 * The host's file, kept for later; what is kept when the host can't be reached.
 * @param {any} event
 * @param {Version} version
 */
async function fromHost(event, version) {
  const { request } = event;
  const { url } = request;
  try {
    const response = await fetch(request);
    event.waitUntil(keepFile(url, response.clone(), version));
    return response;
  } catch {
    // Of a text the shell of an open page wants the source.
    return (await files.find(url)) ?? files.find(version.addressOfText(placeOf(url)));
  }
}

/** A finished page, or what else the core writes. @param {string} url @param {Version} version */
async function fromCore(url, version) {
  const response = await version.answer(new Request(url));
  const location = response.headers.get('location');
  return location ? Response.redirect(new URL(location, url).href) : response;
}

/** @param {any} event a FetchEvent @returns {Promise<Response>} */
async function answer(event) {
  const { request } = event;
  const { url, mode } = request;
  if (foreignName(url)) return askHost(url);
  if (mode === 'navigate') {
    const looked = look().catch(() => {});
    event.waitUntil(looked);
    await Promise.race([looked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }
  const version = await current();
  if (!version) return fetch(request);
  const place = placeOf(url);
  const ways = [() => fromCore(url, version), () => fromHost(event, version)];
  const hostFirst = version.isFile(place) || isOutdated();
  if (hostFirst) ways.reverse();
  const first = await ways[0]();
  // Hosts of raw sources give the shell for a page's address, with the status 404.
  if (first && first.status < (isOutdated() ? 500 : 400)) {
    if (mode === 'navigate' && !isOutdated()) event.waitUntil(compare(url).catch(() => {}));
    return first;
  }
  const second = await ways[1]();
  if (second && (second.status < 400 || !first)) return second;
  const [core, host] = hostFirst ? [second, first] : [first, second];
  return host ?? (core && version.hasFolder(place) ? core : Response.error());
}

// A version that waited for all pages of the old one to be closed would make pages of new sources
// by an old core; no page that is open is loaded again. What the old worker keeps is removed only
// when this one is active: until then the old one answers, and an installation may be cut off.
worker.addEventListener('install', (/** @type {any} */ event) =>
  event.waitUntil(
    check().then(async () => {
      if (!(await current())) throw new Error('the site can’t be kept');
      await worker.skipWaiting();
    }),
  ),
);
// The page that is open also gets what is kept, when the host is gone.
worker.addEventListener('activate', (/** @type {any} */ event) =>
  event.waitUntil(clean().then(() => worker.clients.claim())),
);
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  if (!hasEnded() && isOurs(event.request)) event.respondWith(answer(event));
});
