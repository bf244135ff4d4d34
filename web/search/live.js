// An index that is made here, of pages that the site's core renders one by one, where no index was
// prepared. Delivered as `search-live.js`. It can be searched while it grows.

import { makeIndexer } from '../engine/indexer.js';
import { compile } from '../net/fetch.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('../engine/searchable_pages.js').Pages} Pages */

// Pages after which the index is shown for the first time; then whenever it has doubled.
const FIRST = 8;

/**
 * @param {Pages} pages
 * @param {(head: Uint8Array | undefined, done: number, all: number) => void} show called with the
 *   head of each index, and without one for each page
 * @returns {Promise<import('./reader.js').Source>} when the first index is there
 */
export async function liveIndex(pages, show) {
  const module = await compile(new URL('./indexer.wasm', import.meta.url).href);
  const indexer = await makeIndexer(module);
  /** @type {ReturnType<typeof indexer.write>} */
  let shards = new Map();
  const read = (/** @type {string} */ name) => indexer.read(shards.get(name) ?? [0, 0]);
  const write = () => {
    shards = indexer.write();
    return read('h0');
  };

  let next = FIRST;
  /** @type {() => void} */
  let begin = () => {};
  const begun = new Promise((resolve) => (begin = () => resolve(undefined)));
  const made = pages.each((page, done, all) => {
    indexer.add(page);
    if (done < next || done === all) return show(undefined, done, all);
    next *= 2;
    show(write(), done, all);
    begin();
  });
  await Promise.race([begun, made.then(() => show(write(), 1, 1))]);
  return { head: async () => read('h0'), shard: async (name) => read(name) };
}
