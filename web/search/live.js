// An index that is made here, of pages that the site's core renders one by one, where no index was
// prepared. Delivered as `search-live.js`. It can be searched while it grows.

import { instantiate, wrap } from '../engine/abi.js';
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
  const { call, bytes, u32 } = wrap(await instantiate(module), 'indexer_');
  /** @type {Map<string, [pointer: number, size: number]>} */
  let shards = new Map();
  const read = (/** @type {string} */ name) => {
    const [pointer, size] = shards.get(name) ?? [0, 0];
    return bytes(pointer, size).slice();
  };
  const write = () => {
    shards = new Map();
    // u32 kind | u32 number | u32 pointer | u32 size, until the kind is 0
    for (let at = call('write'); u32(at); at += 16)
      shards.set(String.fromCharCode(u32(at)) + u32(at + 4), [u32(at + 8), u32(at + 12)]);
    return read('h0');
  };

  let next = FIRST;
  /** @type {() => void} */
  let begin = () => {};
  const begun = new Promise((resolve) => (begin = () => resolve(undefined)));
  const made = pages.each(({ url, title, collection, year, tags, isList, html }, done, all) => {
    const fields = [url, title, collection].map((text) => text.replaceAll('\x1F', ' '));
    call('add', year, Number(isList), [...fields, tags].join('\x1F'), html);
    if (done < next || done === all) return show(undefined, done, all);
    next *= 2;
    show(write(), done, all);
    begin();
  });
  await Promise.race([begun, made.then(() => show(write(), 1, 1))]);
  return { head: async () => read('h0'), shard: async (name) => read(name) };
}
