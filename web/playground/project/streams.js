// The browser's built-in compression.

/**
 * Bytes through a stream; throws if the result has more than `most`.
 * @param {Uint8Array} bytes
 * @param {CompressionStream | DecompressionStream} way
 * @param {number} most
 * @returns {Promise<Uint8Array>}
 */
export async function through(bytes, way, most) {
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
