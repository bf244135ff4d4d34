// ZIP archives that no ordinary program writes.

import { crc32 } from 'node:zlib';

const bytesOf = (text) => (typeof text === 'string' ? Buffer.from(text) : Buffer.from(text));

/**
 * A ZIP archive of stored (uncompressed) files. Each file has a `path` in the central directory,
 * and optionally `inner` (its path in the local header), `text`, a Unix `mode`, `flags`, `extra`
 * and `innerExtra` (extra fields of both records), and `at`: the index of an earlier file whose
 * bytes it refers to. `count` is the number of entries that the end record claims.
 * @param {{ path: string | Uint8Array, inner?: string | Uint8Array, text?: string, mode?: number,
 *   flags?: number, extra?: Buffer, innerExtra?: Buffer, at?: number }[]} files
 * @param {{ count?: number }} [said]
 */
export function archiveOf(files, { count = files.length & 0xffff } = {}) {
  const [parts, list, places] = [[], [], []];
  let length = 0;
  for (const file of files) {
    const { path, inner = path, text = '', mode = 0, flags = 0, at } = file;
    const { extra = Buffer.alloc(0), innerExtra = extra } = file;
    const [name, own, data] = [bytesOf(path), bytesOf(inner), bytesOf(text)];
    const local = Buffer.alloc(30);
    const fields = [
      [4, crc32(data)],
      [4, data.length],
      [4, data.length],
      [2, own.length],
      [2, innerExtra.length],
    ];
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(flags, 6);
    for (let offset = 14, i = 0; i < fields.length; offset += fields[i++][0])
      local.writeUIntLE(fields[i][1], offset, fields[i][0]);
    places.push(at === undefined ? length : places[at]);
    if (at === undefined) {
      parts.push(local, own, innerExtra, data);
      length += local.length + own.length + innerExtra.length + data.length;
    }
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50);
    record.writeUInt16LE(flags, 8);
    local.copy(record, 16, 14, 26);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt32LE((mode * 0x10000) >>> 0, 38);
    record.writeUInt32LE(places.at(-1), 42);
    list.push(record, name, extra);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(
    list.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(length, 16);
  return new Uint8Array(Buffer.concat([...parts, ...list, end]));
}

// Paths and names that no project has: paths out of the folder, and names that resemble others.
export const NO_PATHS = [
  '../up.md',
  'a/../../up.md',
  '..\\up.md',
  '/../up.md',
  'C:\\Windows\\up.md',
  'c:/up.md',
  'nul\0.md',
  'line\nbreak.md',
  'photo\u202egnp.js',
  'a\u2066b.md',
  `${'long/'.repeat(300)}up.md`,
  `${'d/'.repeat(70)}up.md`,
  '.',
  './'.repeat(3) + '.',
];
