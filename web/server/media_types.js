// Media types as the server uses them.

import { UTF_8 } from '../base/media_types.js';

export { BY_ENDING, typeOf } from '../base/media_types.js';

export const HTML = `text/html${UTF_8}`;
export const PLAIN_TEXT = `text/plain${UTF_8}`;
export const BYTES = 'application/octet-stream';

/** Tells whether hosts compress a file of a type. @param {string} type */
export const isCompressible = (type) =>
  /^text\/|^application\/([\w.-]+\+)?(json|xml|wasm)|^image\/svg/.test(type);

/** A type for a file whose name tells none. @param {Uint8Array} bytes */
export function textOr(bytes) {
  const sample = bytes.subarray(0, 4096);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
  } catch {
    return BYTES;
  }
  return sample.includes(0) ? BYTES : PLAIN_TEXT;
}
