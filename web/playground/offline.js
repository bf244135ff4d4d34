// The playground's service worker: caches its files as one version, and answers from the cache. It
// caches nothing else: no project, no page of the site beside it.

/**
 * Inserted by the build: a hash of all files, and their addresses relative to this one.
 * @type {{ version: string, files: string[] }}
 */
// @ts-ignore
const { version, files } = BUILD;

// TypeScript's DOM types lack ServiceWorkerGlobalScope.
const worker = /** @type {any} */ (self);
const PREFIX = 'meridian-playground-';
const HERE = new URL('.', location.href).href;
const SHELL = new URL('../meridian/', HERE).href;

/** Fetches each file again from the host: an HTTP cache may have an older one. */
const fetchAll = async () =>
  (await caches.open(PREFIX + version)).addAll(
    files.map((path) => new Request(new URL(path, HERE), { cache: 'no-cache' })),
  );

/** Deletes older caches of this worker only: others may use the storage as well. */
const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version)
      .map((name) => caches.delete(name)),
  );
};

/**
 * Answers from this version, else from the host; files of the shell are then cached.
 * @param {Request} request
 */
async function answer(request) {
  const cache = await caches.open(PREFIX + version);
  // The page is the same with any query; a file with a release in its address is fetched from the
  // host.
  const kept = await cache.match(request, {
    ignoreSearch: request.mode === 'navigate',
    ignoreVary: true,
  });
  if (kept) return kept;
  // A cache refuses a part of a file (206): its bytes are kept, under an address that no file has.
  const address = `${request.url}&part`;
  const part = await cache.match(address);
  if (part) return new Response(part.body, { status: 206 });
  const response = await fetch(request);
  if (response.ok && request.url.startsWith(SHELL)) {
    const copy = response.clone();
    if (response.status === 206) await cache.put(address, new Response(copy.body));
    else await cache.put(request, copy);
  }
  return response;
}

// A new version is activated when no page of the old one is open: no page gets files of two.
worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(fetchAll()));
worker.addEventListener('activate', (/** @type {any} */ event) =>
  event.waitUntil(forgetOthers().then(() => worker.clients.claim())),
);
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const [address] = request.url.split(/[?#]/);
  if (request.method === 'GET' && [HERE, SHELL].some((folder) => address.startsWith(folder)))
    event.respondWith(answer(request));
});
