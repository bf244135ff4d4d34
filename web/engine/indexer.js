// The module that makes a search index (wasm/indexer.h).

import { instantiate, wrap } from './abi.js';

/** @typedef {import('./searchable_pages.js').Page} Page */
/** Where a shard lies in the module's memory. @typedef {[pointer: number, size: number]} Shard */

// Stands between the fields of a page.
const END_OF_FIELD = '\x1F';

/** @param {WebAssembly.Module} module */
export async function makeIndexer(module) {
  const { call, bytes, u32 } = wrap(await instantiate(module), 'indexer_');
  return {
    /** Adds a page; false: the index is full. @param {Page} page */
    add({ url, title, collection, language, tags, year, isList, html }) {
      const own = [url, title, collection, language];
      const fields = own.map((text) => text.replaceAll(END_OF_FIELD, ' '));
      return !!call('add', year, Number(isList), [...fields, tags].join(END_OF_FIELD), html);
    },
    /** The shards of all pages so far, by name (`h0`). They stay until the next call. */
    write() {
      /** @type {Map<string, Shard>} */
      const shards = new Map();
      // u32 kind | u32 number | u32 pointer | u32 size, until the kind is 0
      for (let at = call('write'); u32(at); at += 16)
        shards.set(String.fromCharCode(u32(at)) + u32(at + 4), [u32(at + 8), u32(at + 12)]);
      return shards;
    },
    /** A copy of a shard. @param {Shard} shard */
    read: ([pointer, size]) => bytes(pointer, size).slice(),
  };
}
