// The index of a site's search, made of its pages when it is asked for first, as the command writes
// it beside them.

import { READY } from '../engine/abi.js';
import { makeIndexer } from '../engine/indexer.js';
import { moduleOf } from './engine.js';
import { hashOf } from './bytes.js';

/** @typedef {{ bytes: Uint8Array, etag: string }} IndexFile */

/**
 * The files of the index by name (`h0.bin`), for one version of the sources.
 * @param {import('./engine.js').Modules} modules
 * @param {(path: string) => Promise<import('../engine/abi.js').Answer>} ask the core's function
 *   `search` (wasm/abi.h)
 * @returns {Promise<Map<string, IndexFile>>}
 */
export async function makeIndex(modules, ask) {
  const indexer = await makeIndexer(await moduleOf(modules, 'indexer'));
  const { json: rows } = /** @type {{ json: any }} */ (await ask(''));
  for (const [path, url, collection, language, year, isList, tags] of rows) {
    const { status, html, json } = await ask(path);
    if (status !== READY) continue;
    const title = /** @type {string | null} */ (/** @type {unknown} */ (json)) ?? '';
    if (!indexer.add({ url, title, collection, language, year, isList, tags, html })) break;
  }
  /** @type {Map<string, IndexFile>} */
  const files = new Map();
  for (const [name, place] of indexer.write()) {
    const shard = indexer.read(place);
    files.set(`${name}.bin`, { bytes: shard, etag: await hashOf(shard) });
  }
  return files;
}
