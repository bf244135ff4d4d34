// Hashes as texts.

import { concat } from './util.js';

/** Digits of a file's git hash that a manifest has. */
export const GIT_DIGITS = 16;

/** Bytes as hexadecimal digits. @param {Uint8Array} bytes */
export const hex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The beginning of a file's git hash, as a manifest has it; undefined in an insecure context, where
 * browsers do not hash.
 * @param {Uint8Array} bytes
 * @param {number} [digits]
 */
export async function gitHash(bytes, digits = GIT_DIGITS) {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const digest = await crypto.subtle?.digest('SHA-1', concat([head, bytes]));
  return digest && hex(new Uint8Array(digest, 0, digits / 2));
}

/**
 * The number of the file in which the command has put what belongs to an address: FNV-1a with 32
 * bits, as shard_of() has it (core/include/meridian/workspace.h).
 * @param {string} url
 * @param {number} count of files
 */
export function shardOf(url, count) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(url)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
