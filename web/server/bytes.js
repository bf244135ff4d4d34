// Short texts in bytes, since HTML is not decoded, which may be no UTF-8; and in HTML.

import { hex } from '../base/hashes.js';

/** @param {string} text */
export const encode = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes @param {Uint8Array} text @param {number} at */
const isAt = (bytes, text, at) => text.every((byte, i) => bytes[at + i] === byte);

/** Offset of a text; -1: it is not there. @param {Uint8Array} bytes @param {Uint8Array} text */
export function find(bytes, text) {
  let at = bytes.indexOf(text[0]);
  while (at >= 0 && !isAt(bytes, text, at)) at = bytes.indexOf(text[0], at + 1);
  return at;
}

/** Offset of the last one. @param {Uint8Array} bytes @param {Uint8Array} text */
export function findLast(bytes, text) {
  let at = bytes.lastIndexOf(text[0]);
  while (at > 0 && !isAt(bytes, text, at)) at = bytes.lastIndexOf(text[0], at - 1);
  return at === 0 && !isAt(bytes, text, at) ? -1 : at;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {Uint8Array} text
 */
export function insert(bytes, at, text) {
  const all = new Uint8Array(bytes.length + text.length);
  all.set(bytes.subarray(0, at));
  all.set(text, at);
  all.set(bytes.subarray(at), at + text.length);
  return all;
}

const REFERENCES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text in HTML, as the core escapes it. @param {unknown} text */
export const escaped = (text) =>
  String(text).replace(/[&<>"']/g, (sign) => REFERENCES[/** @type {keyof REFERENCES} */ (sign)]);

/** The first 32 digits of SHA-256. @param {Uint8Array} bytes */
export const hashOf = async (bytes) =>
  hex(
    new Uint8Array(
      await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)),
      0,
      16,
    ),
  );
