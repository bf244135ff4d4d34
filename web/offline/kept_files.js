// What the worker keeps: files in one cache, whose name has the scope, because sites may share an
// origin (`/a/` and `/b/` of one host).

/** TypeScript's DOM types lack ServiceWorkerGlobalScope. @type {any} */
export const worker = self;

/** Address of the site's root, with a slash at its end. @type {string} */
export const SCOPE = worker.registration.scope;

const NAME = `meridian-offline ${SCOPE}`;
/** The header with the number of bytes of a kept file. */
const SIZE = 'x-meridian-size';
// Sources of a large site are some MB, pictures the rest. A phone's browser gives an origin some
// hundred; what is over the limit is fetched, as without a worker.
export const MOST_KEPT = 50 << 20;
// The largest file that a page shows: a few larger pictures would leave no room for others.
export const LARGEST = 5 << 20;

/** Bytes of all kept files, once they have been counted. @type {Promise<number> | undefined} */
let counted;

const open = () => caches.open(NAME);

/** @param {Response} response */
const sizeOf = ({ headers }) => Number(headers.get(SIZE));

async function count() {
  const all = await (await open()).matchAll();
  return all.reduce((sum, response) => sum + sizeOf(response), 0);
}

/** @param {string} url @returns {Promise<Response | undefined>} */
export const kept = async (url) => (await open()).match(url, { ignoreVary: true });

/** The addresses of all kept files. */
export const keptAddresses = async () =>
  new Set((await (await open()).keys()).map(({ url }) => url));

/**
 * Keeps a file. Rejects when there is no room for it.
 * @param {string} url
 * @param {Blob} body
 * @param {HeadersInit} [given]
 */
export async function keep(url, body, given) {
  const cache = await open();
  const old = await cache.match(url, { ignoreVary: true });
  const used = (await (counted ??= count())) - (old ? sizeOf(old) : 0) + body.size;
  if (used > MOST_KEPT) throw new RangeError('there is no room');
  const headers = new Headers(given);
  headers.delete('vary'); // `*` can't be kept
  headers.set(SIZE, `${body.size}`);
  await cache.put(url, new Response(body, { headers }));
  counted = Promise.resolve(used);
}

/** Forgets the files whose address is not wanted. @param {(url: string) => boolean} wanted */
export async function forget(wanted) {
  const cache = await open();
  for (const request of await cache.keys()) if (!wanted(request.url)) await cache.delete(request);
  counted = undefined;
}

/** Forgets everything. */
export const forgetAll = () => caches.delete(NAME);
