// ZIP archives as the playground reads and writes them, compared with Python's zipfile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromArchive } from '../../web/playground/project/open.js';
import { describeLeft } from '../../web/playground/project/left_out.js';
import { unzip, zip } from '../../web/playground/project/zip.js';
import { unpack } from '../../web/playground/project/inflate.js';
import { deflate, inflate } from '../../web/playground/project/streams.js';
import { NO_PATHS, archiveOf } from './archives.mjs';
import { choices, random } from './random.mjs';
import './deflate.mjs';

const LIMITS = { most: 100, largest: 1 << 20 };
const bytes = (text) => new TextEncoder().encode(text);
const FILES = [
  ['_config.yml', bytes('title: T\n')],
  ['_posts/2020-01-01-北京.md', bytes('x'.repeat(10_000))],
  ['empty.txt', bytes('')],
  ['random.bin', Uint8Array.from({ length: 999 }, (_, i) => (i * i * 7919) >> 5)],
];

function folder(t) {
  const made = mkdtempSync(join(tmpdir(), 'meridian-zip-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
const python = (code, ...args) =>
  execFileSync('python3', ['-c', code, ...args], { encoding: 'utf8' });

test('a written archive is read again, also by other programs', async (t) => {
  const archive = await zip(FILES);
  assert.deepEqual(await unzip(archive, LIMITS), FILES);
  assert.deepEqual(await zip(FILES), archive);
  const file = join(folder(t), 'a.zip');
  writeFileSync(file, archive);
  const read = python(
    'import json,sys,zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({i.filename: len(z.read(i)) for i in z.infolist()}))',
    file,
  );
  assert.deepEqual(
    JSON.parse(read),
    Object.fromEntries(FILES.map(([path, { length }]) => [path, length])),
  );
});

test('archives of other programs are read: folders, a comment, stored and deflated files', async (t) => {
  const file = join(folder(t), 'b.zip');
  python(
    'import sys,zipfile\nz = zipfile.ZipFile(sys.argv[1], "w")\nz.comment = b"PK\\x05\\x06 a comment"\nz.writestr("site/", "")\nz.writestr("site/a.md", "A" * 5000, zipfile.ZIP_DEFLATED)\nz.writestr("site/ü.md", "B")\nz.close()',
    file,
  );
  const files = await unzip(new Uint8Array(readFileSync(file)), LIMITS);
  assert.deepEqual(
    files.map(([path, { length }]) => [path, length]),
    [
      ['site/a.md', 5000],
      ['site/ü.md', 1],
    ],
  );
});

/** As the playground opens it. */
const opened = (archive) => fromArchive(new File([archive], 'site.zip'));

/** Paths of an archive. */
const pathsIn = async (files) => (await unzip(archiveOf(files), LIMITS)).map(([path]) => path);

test('names are UTF-8, or else code page 437, as Python reads it', async (t) => {
  const old = Array.from({ length: 128 }, (_, i) => ({ path: Uint8Array.of(97, 0x80 + i) }));
  const file = join(folder(t), 'old.zip');
  writeFileSync(file, archiveOf(old));
  const read = python(
    'import json,sys,zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))',
    file,
  );
  assert.deepEqual(await pathsIn(old.slice(0, 100)), JSON.parse(read).slice(0, 100));
  assert.deepEqual(await pathsIn(old.slice(100)), JSON.parse(read).slice(100));
  // "Grüße.md" of DOS, of macOS (UTF-8 without a flag), and with the flag of UTF-8.
  const dos = Buffer.from('Gr\x81\xe1e.md', 'latin1');
  assert.deepEqual(await pathsIn([{ path: dos }]), ['Grüße.md']);
  assert.deepEqual(await pathsIn([{ path: 'Grüße.md' }]), ['Grüße.md']);
  assert.deepEqual(await pathsIn([{ path: 'Grüße.md', flags: 1 << 11 }]), ['Grüße.md']);
});

/** An extra field with a path in UTF-8, as Info-ZIP writes it. */
function unicodeField(name, path, { version = 1, crc = crc32(name) } = {}) {
  const text = Buffer.from(path);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075);
  field.writeUInt16LE(5 + text.length, 2);
  field[4] = version;
  field.writeUInt32LE(crc, 5);
  return Buffer.concat([field, text]);
}

test('the Unicode path of Info-ZIP counts, if it is for this name', async () => {
  const path = Buffer.from('?.md');
  const field = unicodeField(path, '北京.md');
  const time = Buffer.from([0x55, 0x54, 1, 0, 0]);
  const read = async (file) => (await pathsIn([{ path, ...file }]))[0];
  assert.equal(await read({ extra: field }), '北京.md');
  assert.equal(await read({ extra: Buffer.concat([time, field]) }), '北京.md');
  assert.equal(await read({ extra: field, innerExtra: time }), '北京.md');
  assert.equal(await read({ extra: field, flags: 1 << 11 }), '?.md');
  for (const wrong of [{ version: 2 }, { crc: 1 }])
    assert.equal(await read({ extra: unicodeField(path, 'x.md', wrong) }), '?.md');
  for (let length = 0; length < field.length; length++)
    assert.equal(await read({ extra: field.subarray(0, length) }), '?.md', `${length} bytes`);
  const others = { extra: field, innerExtra: unicodeField(path, '東京.md') };
  await assert.rejects(read(others), /damaged/);
  // It can't bring a path out of the project.
  const { left } = await opened(
    archiveOf([{ path: 'a.md' }, { path, extra: unicodeField(path, '../up.md') }]),
  );
  assert.deepEqual(left.named, ['../up.md']);
});

test('broken and hostile archives are refused with a reason, none hangs', async () => {
  const archive = await zip(FILES);
  await assert.rejects(unzip(bytes('no archive'), LIMITS), /no list of files/);
  await assert.rejects(unzip(new Uint8Array(0), LIMITS), /no list of files/);
  await assert.rejects(unzip(archive, { ...LIMITS, most: 3 }), /4 files; 3 can be opened/);
  await assert.rejects(unzip(archive, { ...LIMITS, largest: 5000 }), /more than/);
  const bomb = await zip([['zeros', new Uint8Array(1 << 20)]]);
  // It claims ten bytes.
  new DataView(bomb.buffer).setUint32(bomb.length - 22 - 46 - 5 + 24, 10, true);
  await assert.rejects(unzip(bomb, LIMITS), /damaged/);
  let refused = 0;
  for (let at = 0; at < archive.length; at += archive.length < 3000 ? 1 : 7) {
    const other = archive.slice();
    other[at] ^= 0x55;
    await unzip(other, LIMITS).then(
      (files) => assert.ok(files.length <= 4),
      () => refused++,
    );
    await unzip(archive.subarray(0, at), LIMITS).then(
      () => assert.fail('a part is no archive'),
      () => {},
    );
  }
  assert.ok(refused > 100, String(refused));
});

test('entries that can’t be a project’s path are skipped and reported, the rest is opened', async () => {
  const { files, left } = await opened(
    archiveOf([
      ...NO_PATHS.map((path) => ({ path, text: 'x' })),
      { path: '/etc/index.md', text: 'absolute' },
      { path: '__proto__', text: 'own' },
      { path: 'a/constructor', text: 'own' },
    ]),
  );
  assert.deepEqual(Object.entries(files), [
    ['etc/index.md', 'absolute'],
    ['__proto__', 'own'],
    ['a/constructor', 'own'],
  ]);
  assert.deepEqual(left.named, NO_PATHS);
  assert.equal(
    describeLeft(left),
    `Skipped, because their paths are not valid in a project: “../up.md”, “a/../../up.md”, “..\\up.md” and ${(NO_PATHS.length - 3).toLocaleString()} more.`,
  );
  assert.equal(
    describeLeft({ named: NO_PATHS.slice(6, 9) }),
    'Skipped, because their paths are not valid in a project: “nul\\u{0}.md”, “line\\u{a}break.md”, “photo\\u{202e}gnp.js”.',
  );
  await assert.rejects(
    opened(archiveOf([{ path: '../up.md' }])),
    /^Error: It contains no files\. Skipped, .*“\.\.\/up\.md”\.$/,
  );
});

test('symbolic links and devices are skipped and reported', async () => {
  const [LINK, DEVICE, FILE] = [0o120777, 0o020666, 0o100644];
  const { files, left } = await opened(
    archiveOf([
      { path: 'index.md', text: 'x', mode: FILE },
      { path: 'secret.md', text: '../../etc/passwd', mode: LINK },
      { path: 'null', mode: DEVICE },
      { path: 'dos.md', text: 'y' },
    ]),
  );
  assert.deepEqual(Object.keys(files), ['index.md', 'dos.md']);
  assert.equal(
    describeLeft(left),
    'Skipped, because they are links or devices, not files: “secret.md”, “null”.',
  );
});

test('of a path that occurs twice the last entry counts, which is reported', async () => {
  const { files, left } = await opened(
    archiveOf([
      { path: 'index.md', text: 'first' },
      { path: 'b.md', text: 'b' },
      { path: './index.md', text: 'second' },
      { path: 'index.md', text: 'third' },
    ]),
  );
  assert.deepEqual(files, { 'index.md': 'third', 'b.md': 'b' });
  assert.equal(describeLeft(left), 'Contained more than once; the last one counts: “index.md”.');
});

test('overlapping files, files with two names, and more files than the end record counts are refused', async () => {
  const file = { path: 'a.md', text: 'x'.repeat(100) };
  await assert.rejects(unzip(archiveOf([file, { ...file, at: 0 }]), LIMITS), /damaged/);
  await assert.rejects(unzip(archiveOf([{ ...file, inner: 'b.md' }]), LIMITS), /damaged/);
  await assert.rejects(unzip(archiveOf([{ path: '..', inner: 'index.md' }]), LIMITS), /damaged/);
  const many = Array.from({ length: 100_000 }, (_, at) => ({ path: `${at}.md` }));
  await assert.rejects(unzip(archiveOf(many), LIMITS), /34,464 files; 100 can be opened/);
  // 65,537 and more: the 16-bit count has wrapped.
  await assert.rejects(
    unzip(archiveOf(many.slice(0, 65_546)), LIMITS),
    /more than 65,535 files; 100 can be opened/,
  );
  await assert.rejects(unzip(archiveOf(many, { count: 0xffff }), LIMITS), /65,535 or more files/);
});

test('a ZIP bomb costs no more than its archive may hold', async () => {
  const zeros = await zip([['zeros', new Uint8Array(1 << 20)]]);
  const data = zeros.subarray(35, zeros.length - 22 - 51);
  // Ten thousand names for one file of a megabyte.
  const lie = archiveOf(
    Array.from({ length: 10_000 }, (_, at) => ({
      path: `${at}`,
      text: at ? '' : data,
      ...(at && { at: 0 }),
    })),
  );
  await assert.rejects(unzip(lie, { most: 20_000, largest: 1 << 26 }), /damaged/);
  await assert.rejects(unzip(zeros, { most: 10, largest: (1 << 20) - 1 }), /more than 1 MB/);
});

test('without deflate-raw (Safari before 16.4) archives and links are made and read', async (t) => {
  const { CompressionStream: packs, DecompressionStream: unpacks } = globalThis;
  t.after(() =>
    Object.assign(globalThis, { CompressionStream: packs, DecompressionStream: unpacks }),
  );
  const packed = await zip(FILES);
  Object.assign(globalThis, { CompressionStream: undefined, DecompressionStream: undefined });
  for (const size of [0, 1, 65_535, 65_536, 200_000]) {
    const text = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251);
    assert.deepEqual(new Uint8Array(inflateRawSync(await deflate(text))), text, `${size} bytes`);
    assert.deepEqual(await inflate(await deflate(text), size), text);
  }
  assert.deepEqual(await unzip(await zip(FILES), LIMITS), FILES);
  assert.deepEqual(await unzip(packed, LIMITS), FILES);
});

/** What zlib unpacks, or null. @param {Uint8Array} packed */
function byZlib(packed) {
  try {
    // zlib ignores what follows.
    const { buffer, engine } = inflateRawSync(packed, { info: true });
    return engine.bytesWritten === packed.length ? new Uint8Array(buffer) : null;
  } catch {
    return null;
  }
}
function byUnpack(packed, most = 1 << 22) {
  try {
    return unpack(packed, most);
  } catch (error) {
    assert.match(error.message, /^The compressed data is damaged\.$|^It is larger than/);
    return null;
  }
}

test('what DEFLATE packs in any way is unpacked, damaged or not, as zlib does', () => {
  const { below, one } = choices(random(7));
  const source = readFileSync(new URL('zip.test.mjs', import.meta.url));
  const texts = [
    bytes(''),
    bytes('a'),
    bytes('ab'.repeat(200_000)),
    source,
    Uint8Array.from({ length: 70_000 }, () => below(256)),
    Uint8Array.from({ length: 5_000 }, () => one([1, 1, 1, 1, 2, 3, 200])),
  ];
  const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;
  for (const text of texts)
    for (const level of [0, 1, 9])
      for (const strategy of [Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY]) {
        const packed = deflateRawSync(text, { level, strategy });
        assert.deepEqual(unpack(packed, text.length), new Uint8Array(text));
        if (text.length) assert.throws(() => unpack(packed, text.length - 1), /larger than/);
        assert.throws(() => unpack(new Uint8Array([...packed, 0]), 1 << 20), /damaged/);
        assert.throws(() => unpack(packed.subarray(0, -1), 1 << 20), /damaged/);
      }
  // A byte is another one.
  let damaged = 0;
  const seeds = texts.slice(3).map((text) => deflateRawSync(text.subarray(0, 3_000)));
  for (let round = 0; round < 3_000; round++) {
    const packed = new Uint8Array(one(seeds));
    packed[below(one([20, packed.length]))] = below(256);
    const expected = byZlib(packed);
    if (!expected) damaged++;
    assert.deepEqual(byUnpack(packed), expected, `round ${round}`);
  }
  assert.ok(damaged > 500 && damaged < 2_900, `${damaged} were damaged`);
});
