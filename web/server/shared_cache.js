// A handler behind the platform's cache (`caches.default` of Cloudflare's workers), which isolates
// share: a cold one answers from it without a core, and without reading a source.

import { hasAlready } from './conditional.js';
import { within } from './failure.js';

// Milliseconds until which a page is that of the sources, and when it was stored. Not every cache
// removes what is too old, and none gives it back with the `cache-control` that visitors get.
const UNTIL = 'x-meridian-until';
const STORED = 'x-meridian-stored';
const CONTROL = 'x-meridian-cache-control';
// Milliseconds for the cache's answer; a page is made in less than that.
const PATIENCE = 500;

/**
 * The cache only gets pages, each until the handler would look for changes of the sources: a change
 * is not seen later than without it. What the cache does wrong costs its help and nothing else.
 *
 * `purge` makes this handler look for changes and leave what was stored before alone; the cache of
 * others it can't reach.
 * @param {import('./handler.js').Handler} handler
 * @param {{ cache: Pick<Cache, 'match' | 'put'>, tag?: string, now?: () => number }} given  `tag`:
 *   of a deployment, whose pages are no others'
 */
export function withCache(handler, { cache, tag = '', now = Date.now }) {
  let purged = 0;
  /**
   * @param {Request} request
   * @param {import('./handler.js').Context} [context]
   */
  const answer = async (request, context) => {
    const { method, url } = request;
    if (method !== 'GET' && method !== 'HEAD') return handler(request, context);
    // The cache of a platform takes longer than this machine's memory.
    const here = handler.atHand(request);
    if (here && !handler.until(request)) return here;
    const key = keyOf(url, tag);
    if (!here) {
      /** @type {Response | undefined} */
      const found = await within(cache.match(key), PATIENCE, url).catch(() => undefined);
      if (found) {
        const { headers } = found;
        const fresh = Number(headers.get(UNTIL)) > now() && Number(headers.get(STORED)) >= purged;
        if (fresh) return given(found, request);
        await found.body?.cancel();
      }
    }
    const response = here ?? (await handler(request, context));
    const until = handler.until(request);
    if (method === 'GET' && response.status === 200 && until > now()) {
      const stored = new Response(response.clone().body, response);
      stored.headers.set(UNTIL, `${until}`);
      stored.headers.set(STORED, `${now()}`);
      stored.headers.set(CONTROL, response.headers.get('cache-control') ?? '');
      const seconds = Math.ceil((until - now()) / 1000);
      stored.headers.set('cache-control', `public, max-age=${seconds}`);
      const work = cache.put(key, stored).catch(() => {});
      context?.waitUntil?.(work);
    }
    return response;
  };
  const purge = () => {
    purged = now();
    handler.purge();
  };
  return Object.assign(answer, { purge });
}

/** A page is the same for all queries. @param {string} url @param {string} tag */
function keyOf(url, tag) {
  const { origin, pathname } = new URL(url);
  return new Request(origin + pathname + (tag && `?${tag}`));
}

/** @param {Response} found @param {Request} request */
function given(found, request) {
  const headers = new Headers(found.headers);
  headers.set('cache-control', headers.get(CONTROL) ?? '');
  for (const name of [UNTIL, STORED, CONTROL, 'age', 'cf-cache-status']) headers.delete(name);
  const known = hasAlready(request, headers.get('etag') ?? '');
  if (known) headers.delete('content-length');
  if (known || request.method === 'HEAD') found.body?.cancel();
  return new Response(known || request.method === 'HEAD' ? null : found.body, {
    status: known ? 304 : 200,
    headers,
  });
}
