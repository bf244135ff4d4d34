// DEFLATE by the browser's built-in compression. Safari has it since version 16.4: before, what is
// written is not compressed.

import { concat, perhaps } from '../../base/util.js';
import { TOO_LARGE, unpack } from './inflate.js';

/**
 * Bytes through a stream; throws if the result has more than `most`.
 * @param {Uint8Array} bytes
 * @param {CompressionStream | DecompressionStream} way
 * @param {number} most
 * @returns {Promise<Uint8Array>}
 */
async function through(bytes, way, most) {
  const writer = way.writable.getWriter();
  writer.write(/** @type {BufferSource} */ (bytes)).catch(() => {});
  writer.close().catch(() => {});
  const reader = way.readable.getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size <= most) continue;
    reader.cancel().catch(() => {});
    throw new Error(TOO_LARGE);
  }
  return concat(parts);
}

/** Bytes as DEFLATE (RFC 1951). @param {Uint8Array} bytes */
export async function deflate(bytes) {
  const way = perhaps(() => new CompressionStream('deflate-raw'));
  return way ? through(bytes, way, Infinity) : stored(bytes);
}

/**
 * The bytes of DEFLATE; throws if there are more than `most`.
 * @param {Uint8Array} bytes
 * @param {number} most
 */
export async function inflate(bytes, most) {
  const way = perhaps(() => new DecompressionStream('deflate-raw'));
  return way ? through(bytes, way, most) : unpack(bytes, most);
}

// The most bytes of a stored block.
const BLOCK = 65_535;

/** DEFLATE without compression. @param {Uint8Array} bytes */
function stored(bytes) {
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
  const out = new Uint8Array(bytes.length + 5 * blocks);
  const view = new DataView(out.buffer);
  for (let block = 0, at = 0; block < blocks; block++) {
    const part = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
    out[at] = Number(block === blocks - 1);
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length, true);
    out.set(part, at + 5);
    at += part.length + 5;
  }
  return out;
}
