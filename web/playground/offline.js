// The playground's service worker: caches its files as one version, and answers from the cache. It
// caches nothing else: no project, no page of the site beside it.

import { KeptFiles, SCOPE, ask, isAnswer, isStamped, worker } from '../base/kept_files.js';

/**
 * Inserted by the build: a hash of all files, and by their addresses relative to this one, whether
 * they name their release.
 * @type {{ version: string, files: Record<string, boolean> }}
 */
// @ts-ignore
const { version, files } = BUILD;

const PREFIX = `meridian-playground ${SCOPE} `;
const SHELL = new URL('../meridian/', SCOPE).href;
const kept = new KeptFiles(PREFIX + version);

/** By address. @type {Map<string, boolean>} */
const installed = new Map(
  Object.entries(files).map(([path, stamped]) => [new URL(path, SCOPE).href, stamped]),
);

/** Fetches each file again from the host: an HTTP cache may have an older one. All or none. */
async function install() {
  const done = await Promise.allSettled(
    [...installed].map(async ([url, stamped]) => kept.keepAnswer(url, await ask(url), stamped)),
  );
  const failed = done.find(({ status }) => status === 'rejected');
  if (!failed) return;
  await kept.forgetAll();
  throw /** @type {PromiseRejectedResult} */ (failed).reason;
}

/** Deletes older caches of this worker only: others may use the storage as well. */
const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith(PREFIX) && name !== kept.name)
      .map((name) => caches.delete(name)),
  );
};

/** The address of a part of a file (206), which a cache refuses: no file has it. */
const partAt = (/** @type {string} */ url) => `${url}&part`;

/** @param {string} url @returns {Promise<Response | undefined>} */
async function find(url) {
  const part = await kept.find(partAt(url));
  return part ? new Response(part.body, { status: 206 }) : kept.find(url);
}

/** @param {Request} request @param {Response} response */
async function keep({ url, headers }, response) {
  if (!isAnswer(response, url, 206)) return kept.keepAnswer(url, response);
  const [first, last] = headers.get('range')?.match(/\d+/g)?.map(Number) ?? [];
  const body = await response.blob();
  if (body.size === last - first + 1) await kept.keep(partAt(url), body);
}

/**
 * Answers from this version, else from the host; files of the shell are then cached. What names no
 * release is the host's as long as that has it: a wrong answer lasts no longer than a visit.
 * @param {any} event a FetchEvent
 */
async function answer(event) {
  const { request } = event;
  // The page is the same with any query; a file with a release in its address is fetched from the
  // host.
  const url = request.mode === 'navigate' ? request.url.replace(/[?#].*/s, '') : request.url;
  // The storage may be out of order.
  const mine = await find(url).catch(() => undefined);
  if (mine && (installed.has(url) || isStamped(url))) return mine;
  try {
    const response = await fetch(request);
    if (!url.startsWith(SHELL)) return response;
    const keeping = keep(request, response.clone());
    if (mine)
      return await keeping.then(
        () => response,
        () => mine,
      );
    // Without room the page gets its file all the same.
    event.waitUntil(keeping.catch(() => {}));
    return response;
  } catch (error) {
    if (mine) return mine;
    throw error;
  }
}

// A new version is activated when no page of the old one is open: no page gets files of two.
worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) =>
  event.waitUntil(forgetOthers().then(() => worker.clients.claim())),
);
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const [address] = request.url.split(/[?#]/);
  if (request.method === 'GET' && [SCOPE, SHELL].some((folder) => address.startsWith(folder)))
    event.respondWith(answer(event));
});
