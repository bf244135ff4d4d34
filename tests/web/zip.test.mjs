// Archives as the playground reads and writes them, beside Python's zipfile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzip, zip } from '../../web/playground/zip.js';
import './deflate.mjs';

const LIMITS = { most: 100, largest: 1 << 20 };
const bytes = (text) => new TextEncoder().encode(text);
const FILES = [['_config.yml', bytes('title: T\n')], ['_posts/2020-01-01-北京.md', bytes('x'.repeat(10_000))], ['empty.txt', bytes('')], ['random.bin', Uint8Array.from({ length: 999 }, (_, i) => (i * i * 7919) >> 5)]];

function folder(t) {
  const made = mkdtempSync(join(tmpdir(), 'meridian-zip-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
const python = (code, ...args) => execFileSync('python3', ['-c', code, ...args], { encoding: 'utf8' });

test('what is written is read again, and by others', async (t) => {
  const archive = await zip(FILES);
  assert.deepEqual(await unzip(archive, LIMITS), FILES);
  assert.deepEqual(await zip(FILES), archive);
  const file = join(folder(t), 'a.zip');
  writeFileSync(file, archive);
  const read = python('import json,sys,zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({i.filename: len(z.read(i)) for i in z.infolist()}))', file);
  assert.deepEqual(JSON.parse(read), Object.fromEntries(FILES.map(([path, { length }]) => [path, length])));
});

test('what others write is read: folders, a comment, stored and deflated files', async (t) => {
  const file = join(folder(t), 'b.zip');
  python('import sys,zipfile\nz = zipfile.ZipFile(sys.argv[1], "w")\nz.comment = b"PK\\x05\\x06 a comment"\nz.writestr("site/", "")\nz.writestr("site/a.md", "A" * 5000, zipfile.ZIP_DEFLATED)\nz.writestr("site/ü.md", "B")\nz.close()', file);
  const files = await unzip(new Uint8Array(readFileSync(file)), LIMITS);
  assert.deepEqual(files.map(([path, { length }]) => [path, length]), [['site/a.md', 5000], ['site/ü.md', 1]]);
});

test('broken and hostile archives are refused with a reason, none hangs', async () => {
  const archive = await zip(FILES);
  await assert.rejects(unzip(bytes('no archive'), LIMITS), /no list of its files/);
  await assert.rejects(unzip(new Uint8Array(0), LIMITS), /no list of its files/);
  await assert.rejects(unzip(archive, { ...LIMITS, most: 3 }), /4 files; 3 can be opened/);
  await assert.rejects(unzip(archive, { ...LIMITS, largest: 5000 }), /more than/);
  const bomb = await zip([['zeros', new Uint8Array(1 << 20)]]);
  new DataView(bomb.buffer).setUint32(bomb.length - 22 - 46 - 5 + 24, 10, true); // says that it has ten bytes
  await assert.rejects(unzip(bomb, LIMITS), /damaged/);
  let refused = 0;
  for (let at = 0; at < archive.length; at += archive.length < 3000 ? 1 : 7) {
    const other = archive.slice();
    other[at] ^= 0x55;
    await unzip(other, LIMITS).then((files) => assert.ok(files.length <= 4), () => refused++);
    await unzip(archive.subarray(0, at), LIMITS).then(() => assert.fail('a part is no archive'), () => {});
  }
  assert.ok(refused > 100, String(refused));
});
