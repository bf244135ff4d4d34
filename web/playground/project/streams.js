// DEFLATE by the browser's built-in compression.

import { perhaps } from '../../base/util.js';

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
    throw new Error('It is larger than can be opened.');
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
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
  if (!way) throw new DOMException(TOO_OLD, 'NotSupportedError');
  return through(bytes, way, most);
}

const TOO_OLD = 'This browser can’t unpack it: Safari can from version 16.4 on.';
// The most bytes of a stored block.
const BLOCK = 65_535;

/** DEFLATE without compression, for Safari before 16.4. @param {Uint8Array} bytes */
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
