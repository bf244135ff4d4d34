// ZIP archives (PKWARE's APPNOTE 6.3): stored or deflated files, without encryption, in one part,
// below 4 GB. The browser's own streams compress.

import { concat } from '../../base/util.js';
import { crc32 } from './crc32.js';
import { deflate, inflate } from './streams.js';
import { textOf, unicodePath } from './zip_names.js';

/** @typedef {[path: string, bytes: Uint8Array]} File */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
// Lengths of the records without their names, extra fields and comments.
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE] = [30, 46, 22];
// The maximum of the number of files.
const MOST = 0xffff;
const [STORED, DEFLATED] = [0, 8];
// Unix file types, in the upper half of the external attributes.
const [KIND, REGULAR] = [0o170000, 0o100000];
const UTF8 = 1 << 11;
const ENCRYPTED = 1;
// Deflate expands a byte to at most 1,032.
const RATIO = 1040;

/**
 * The files of an archive, without folders. Throws an error with the reason if it is invalid.
 * @param {Uint8Array} archive
 * @param {{ most: number, largest: number }} limits how many files, how many bytes in all
 * @param {string[]} [linked] gets the paths of what Unix calls no regular file: links, devices
 * @returns {Promise<File[]>}
 */
export async function unzip(archive, { most, largest }, linked = []) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const u16 = (/** @type {number} */ at) => view.getUint16(at, true);
  const u32 = (/** @type {number} */ at) => view.getUint32(at, true);
  const damaged = () =>
    new Error('This is not a ZIP archive, or it is damaged: it has no list of files.');
  // The end record is the last; a comment of up to 64 KB may follow.
  let end = archive.length - END_SIZE;
  const first = Math.max(0, end - 0xffff);
  while (end >= first && u32(end) !== END) end--;
  if (end < first || end < 0) throw damaged();
  const count = u16(end + 10);
  let at = u32(end + 16);
  const many = (/** @type {string} */ count) =>
    new Error(`The archive has ${count} files; ${most.toLocaleString()} can be opened.`);
  if (count > most) throw many(`${count.toLocaleString()}${count === MOST ? ' or more' : ''}`);
  /** @type {File[]} */
  const files = [];
  let room = largest;
  /**
   * Ranges of files: overlapping ones would make a small archive expand without limit.
   * @type {[begin: number, end: number][]}
   */
  const taken = [];
  for (let i = 0; i < count; i++, at += CENTRAL_SIZE + u16(at + 28) + u16(at + 30) + u16(at + 32)) {
    if (at + CENTRAL_SIZE > end || u32(at) !== CENTRAL) throw damaged();
    const [flags, method, crc, packed, size, local] = [
      u16(at + 8),
      u16(at + 10),
      u32(at + 16),
      u32(at + 20),
      u32(at + 24),
      u32(at + 42),
    ];
    const name = archive.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + u16(at + 28));
    // With the flag, the name itself is the path in UTF-8.
    const pathIn = (/** @type {number} */ extra, /** @type {number} */ length) =>
      flags & UTF8 ? undefined : unicodePath(archive.subarray(extra, extra + length), name);
    const path = pathIn(at + CENTRAL_SIZE + name.length, u16(at + 30)) ?? textOf(name);
    if (path.endsWith('/')) continue;
    const kind = (u32(at + 38) >>> 16) & KIND;
    if (kind && kind !== REGULAR) {
      linked.push(path);
      continue;
    }
    if (flags & ENCRYPTED) throw new Error(`${path} is encrypted.`);
    if (method !== STORED && method !== DEFLATED)
      throw new Error(`${path} uses an unknown compression method (${method}).`);
    room -= size;
    if (room < 0)
      throw new Error(`The archive has more than ${Math.round(largest / (1 << 20))} MB.`);
    if (
      local + LOCAL_SIZE > archive.length ||
      u32(local) !== LOCAL ||
      size > RATIO * packed + RATIO
    )
      throw damaged();
    const extra = local + LOCAL_SIZE + u16(local + 26);
    const begin = extra + u16(local + 28);
    // Central directory and local header must name one path: other programs use the other.
    if (
      u16(local + 26) !== name.length ||
      name.some((byte, i) => byte !== archive[local + LOCAL_SIZE + i]) ||
      (pathIn(extra, u16(local + 28)) ?? path) !== path
    )
      throw damaged();
    taken.push([local, begin + packed]);
    const data = archive.subarray(begin, begin + packed);
    const bytes =
      method === STORED ? data.slice() : await inflate(data, size).catch(() => new Uint8Array());
    if (bytes.length !== size || crc32(bytes) !== crc)
      throw new Error(`${path} is damaged in the archive.`);
    files.push([path, bytes]);
  }
  taken.sort(([a], [b]) => a - b);
  if (taken.some(([begin], i) => i && begin < taken[i - 1][1])) throw damaged();
  // The number has 16 bits: for 65,537 files it is one.
  if (at + CENTRAL_SIZE <= end && u32(at) === CENTRAL) throw many('more than 65,535');
  return files;
}

/** A deterministic archive of files. @param {File[]} files */
export async function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {Uint8Array[]} */
  const list = [];
  let at = 0;
  const add = (/** @type {Uint8Array[]} */ to, /** @type {Uint8Array[]} */ ...bytes) => {
    for (const part of bytes) {
      to.push(part);
      at += to === parts ? part.length : 0;
    }
  };
  for (const [path, bytes] of files) {
    const name = encoder.encode(path);
    const deflated = await deflate(bytes);
    const smaller = deflated.length < bytes.length;
    const data = smaller ? deflated : bytes;
    // From "version needed" to the length of the name, the same in both records; 1980-01-01, the
    // first possible date.
    const common = new DataView(new ArrayBuffer(24));
    const fields = /** @type {const} */ ([
      [2, 20],
      [2, UTF8],
      [2, smaller ? DEFLATED : STORED],
      [2, 0],
      [2, 33],
      [4, crc32(bytes)],
      [4, data.length],
      [4, bytes.length],
      [2, name.length],
    ]);
    let offset = 0;
    for (const [size, value] of fields) {
      if (size === 2) common.setUint16(offset, value, true);
      else common.setUint32(offset, value, true);
      offset += size;
    }
    const shared = new Uint8Array(common.buffer);
    const record = new DataView(new ArrayBuffer(CENTRAL_SIZE));
    record.setUint32(0, CENTRAL, true);
    record.setUint16(4, 20, true);
    new Uint8Array(record.buffer).set(shared, 6);
    record.setUint32(42, at, true);
    list.push(new Uint8Array(record.buffer), name);
    const local = new DataView(new ArrayBuffer(LOCAL_SIZE));
    local.setUint32(0, LOCAL, true);
    new Uint8Array(local.buffer).set(shared, 4);
    add(parts, new Uint8Array(local.buffer), name, data);
  }
  const end = new DataView(new ArrayBuffer(END_SIZE));
  end.setUint32(0, END, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(
    12,
    list.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  end.setUint32(16, at, true);
  return concat([...parts, ...list, new Uint8Array(end.buffer)]);
}
