// The bytes of a response or a request, no more of them than are needed.

/**
 * At least the first `most` bytes; the rest does not come.
 * @param {Pick<Response, 'body'>} response
 * @param {number} [most]
 */
export async function bytesOf({ body }, most = Infinity) {
  const parts = [];
  let size = 0;
  const reader = body?.getReader();
  while (reader && size < most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  await reader?.cancel();
  const bytes = new Uint8Array(size);
  size = 0;
  for (const part of parts) {
    bytes.set(part, size);
    size += part.length;
  }
  return bytes;
}
