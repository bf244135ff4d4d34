// Names of files in ZIP archives: UTF-8 or, from older programs, code page 437 (APPNOTE,
// Appendix D).

import { crc32 } from './crc32.js';

// "Info-ZIP Unicode Path Extra Field" (APPNOTE 4.6.9): its version, the checksum of the name that
// it stands for, the path in UTF-8.
const UNICODE_PATH = 0x7075;
const VERSION = 1;
const [FIELD_SIZE, PATH_AT] = [4, 5];

// The upper half of code page 437. The lower half is ASCII.
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The text of a name: many programs write UTF-8 without saying so, and text of code page 437 that
 * is valid UTF-8 as well is rare.
 * @param {Uint8Array} name
 */
export function textOf(name) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch {
    return Array.from(name, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80],
    ).join('');
  }
}

/**
 * The path in the extra fields of a record. Undefined without one, or if it stands for another
 * name: programs that don't know the field leave it when they rename a file.
 * @param {Uint8Array} extra
 * @param {Uint8Array} name
 */
export function unicodePath(extra, name) {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  for (let at = 0, end = 0; at + FIELD_SIZE <= extra.length; at = end) {
    end = at + FIELD_SIZE + view.getUint16(at + 2, true);
    const data = at + FIELD_SIZE;
    if (view.getUint16(at, true) !== UNICODE_PATH || end > extra.length) continue;
    if (end - data < PATH_AT || extra[data] !== VERSION) continue;
    if (view.getUint32(data + 1, true) === crc32(name))
      return textOf(extra.subarray(data + PATH_AT, end));
  }
  return undefined;
}
