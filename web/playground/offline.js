// The playground without a network: what it is made of is kept when it was loaded once, as one
// version, and given from there. Nothing else is: no project, no page of the site beside it.

/**
 * Written in by the build: a hash of all files, and their addresses from here.
 * @type {{ version: string, files: string[] }}
 */
// @ts-ignore
const { version, files } = BUILD;

// The types of documents have no ServiceWorkerGlobalScope.
const worker = /** @type {any} */ (self);
const PREFIX = 'meridian-playground-';
const HERE = new URL('.', location.href).href;
const SHELL = new URL('../meridian/', HERE).href;

/** Each once more from the host: a cache in between may have an older one. */
const fetchAll = async () =>
  (await caches.open(PREFIX + version)).addAll(
    files.map((path) => new Request(new URL(path, HERE), { cache: 'no-cache' })),
  );

/** Only of its own kind: others may keep something here as well. */
const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version)
      .map((name) => caches.delete(name)),
  );
};

/**
 * From this version; else from the host, and what is of the shell is kept.
 * @param {Request} request
 */
async function answer(request) {
  const cache = await caches.open(PREFIX + version);
  // A page is the same whatever its address asks for; a file that is asked for with a release is
  // wanted from the host.
  const kept = await cache.match(request, {
    ignoreSearch: request.mode === 'navigate',
    ignoreVary: true,
  });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && request.url.startsWith(SHELL)) await cache.put(request, response.clone());
  return response;
}

// Another version comes in when no page of this one is open any more: no page gets files of two.
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
