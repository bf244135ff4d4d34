// The entry for Cloudflare: `_worker.js` beside the sources. It is built into a folder with the
// modules that it imports.

import bibliography from './bibliography.wasm';
import commonmark from './commonmark.wasm';
import indexer from './indexer.wasm';
import live from './live.wasm';
import rouge from './rouge.wasm';
import sass from './sass.wasm';
import stills from './stills.wasm';
import travel from './travel.wasm';
import { assets, bundled } from './assets.js';
import { createHandler } from './handler.js';
import { withCache } from './shared_cache.js';

const MODULES = { bibliography, commonmark, indexer, live, rouge, sass, stills, travel };

/** @type {ReturnType<typeof withCache> | undefined} */
let handler;

export default {
  /**
   * @param {Request} request
   * @param {{
   *   ASSETS: { fetch(request: Request): Promise<Response> }, MERIDIAN_OPTIONS?: string,
   *   CF_VERSION_METADATA?: { id: string },
   * }} env  MERIDIAN_OPTIONS: the options of createHandler() as JSON
   * @param {{ waitUntil(work: Promise<unknown>): void }} context
   */
  fetch(request, env, context) {
    const fetch = (/** @type {Request} */ one) => env.ASSETS.fetch(one);
    handler ??= withCache(
      createHandler({
        sources: assets(fetch),
        modules: bundled(fetch, MODULES),
        options: {
          log: (event) => console.error(JSON.stringify(event, readable)),
          ...JSON.parse(env.MERIDIAN_OPTIONS ?? '{}'),
        },
      }),
      {
        cache: /** @type {{ default: Cache }} */ (/** @type {unknown} */ (caches)).default,
        tag: env.CF_VERSION_METADATA?.id,
      },
    );
    const response = handler(request, context);
    // Other requests wait for what this one reads, also when its visitor goes away.
    context.waitUntil(response);
    return response;
  },
};

/** @param {string} _ @param {unknown} value */
const readable = (_, value) =>
  value instanceof Error ? { message: value.message, .../** @type {object} */ (value) } : value;
