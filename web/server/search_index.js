// The index of a site's search, made of its pages when it is asked for first, as the command writes
// it beside them.

import { READY, instantiate, wrap } from '../engine/abi.js';
import { moduleOf } from './engine.js';
import { hashOf } from './bytes.js';

/** @typedef {{ bytes: Uint8Array, etag: string }} IndexFile */

// Fields of a document, and what stands between them (wasm/indexer.h).
const END_OF_FIELD = '\x1f';

/**
 * The files of the index by name (`h0.bin`), for one version of the sources.
 * @param {import('./engine.js').Modules} modules
 * @param {(path: string) => Promise<import('../engine/abi.js').Answer>} ask the core's function
 *   `search` (wasm/abi.h)
 * @returns {Promise<Map<string, IndexFile>>}
 */
export async function makeIndex(modules, ask) {
  const module = await moduleOf(modules, 'indexer');
  const { call, bytes, u32 } = wrap(await instantiate(module), 'indexer_');
  const { json: rows } = /** @type {{ json: any }} */ (await ask(''));
  for (const [path, url, collection, year, isList, tags] of rows) {
    const { status, html, json } = await ask(path);
    if (status !== READY) continue;
    const title = /** @type {string | null} */ (/** @type {unknown} */ (json));
    const fields = [url, title ?? '', collection].map((text) => text.replaceAll(END_OF_FIELD, ' '));
    if (!call('add', year, Number(isList), [...fields, tags].join(END_OF_FIELD), html)) break;
  }
  /** @type {Map<string, IndexFile>} */
  const files = new Map();
  // u32 kind | u32 number | u32 pointer | u32 size, until the kind is 0
  for (let at = call('write'); u32(at); at += 16) {
    const shard = bytes(u32(at + 8), u32(at + 12)).slice();
    const name = `${String.fromCharCode(u32(at))}${u32(at + 4)}.bin`;
    files.set(name, { bytes: shard, etag: await hashOf(shard) });
  }
  return files;
}
