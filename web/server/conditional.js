// Conditional and range requests (RFC 9110, 13 and 14).

/**
 * Whether the visitor has the bytes with this etag already (If-None-Match, by weak comparison).
 * @param {Request} request
 * @param {string} etag quoted
 */
export function hasAlready(request, etag) {
  const known = request.headers.get('if-none-match');
  if (!known) return false;
  return (
    known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  );
}

/**
 * The range that is asked for, its end exclusive; undefined: all; null: none of it is there.
 * Several ranges count as none, which RFC 9110 allows.
 * @param {Request} request
 * @param {number} size
 * @param {string} etag quoted
 * @returns {[from: number, to: number] | null | undefined}
 */
function rangeOf({ method, headers }, size, etag) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
  const condition = headers.get('if-range');
  if (method !== 'GET' || (condition !== null && condition !== etag)) return undefined;
  if (first === undefined || (!first && !last)) return undefined;
  if (!first) return Number(last) ? [Math.max(0, size - Number(last)), size] : null;
  const from = Number(first);
  const to = last ? Math.min(Number(last) + 1, size) : size;
  if (last && Number(last) < from) return undefined; // not valid: ignored
  return from < size ? [from, to] : null;
}

/**
 * The answer with a file: 200, 206, 304 or 416.
 * @param {Request} request
 * @param {{ size: number, etag: string }} file  `etag`: quoted
 * @param {Record<string, string>} headers
 * @param {(from: number, to: number) => BodyInit | null} part its bytes, the end exclusive
 */
export function answerFile(request, { size, etag }, headers, part) {
  const head = { ...headers, etag, 'accept-ranges': 'bytes' };
  if (hasAlready(request, etag)) return new Response(null, { status: 304, headers: head });
  const range = rangeOf(request, size, etag);
  if (range === null)
    return new Response(null, {
      status: 416,
      headers: { ...head, 'content-range': `bytes */${size}`, 'content-length': '0' },
    });
  const [from, to] = range ?? [0, size];
  const length = { 'content-length': String(to - from) };
  const content = range && { 'content-range': `bytes ${from}-${to - 1}/${size}` };
  return new Response(part(from, to), {
    status: range ? 206 : 200,
    headers: { ...head, ...length, ...content },
  });
}

/**
 * The same for bytes that are there.
 * @param {Request} request
 * @param {Uint8Array} bytes
 * @param {string} etag quoted
 * @param {Record<string, string>} headers
 */
export const answerBytes = (request, bytes, etag, headers) =>
  answerFile(
    request,
    { size: bytes.length, etag },
    headers,
    (from, to) => /** @type {BodyInit} */ (bytes.subarray(from, to)),
  );
