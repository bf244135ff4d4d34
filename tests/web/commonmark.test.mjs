// commonmark.wasm as delivered, through web/engine/abi.js: it gives the same bytes as the native
// parser for every source of the specification runners, in all dialects. Its md4c.c is generated
// and smaller, and link-time optimised: a difference between the two would show here.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { makeCommonMark } from '../../web/engine/abi.js';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
const file = ['build/dist/meridian/commonmark.wasm', 'build/wasm/commonmark.wasm']
  .map((name) => path.join(root, name))
  .find(existsSync);

const load = async () =>
  makeCommonMark(await WebAssembly.compile(readFileSync(/** @type {string} */ (file))));
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** FNV-1a, as commonmark_spec --flat computes it. @param {Uint8Array} data */
function hash(data) {
  let value = 2166136261;
  for (const byte of data) value = Math.imul(value ^ byte, 16777619);
  return value >>> 0;
}

/** The native parser's lines: flags, source, hash of the flat tree. */
function nativeLines() {
  execFileSync('ninja', ['-C', path.join(root, 'build/native'), 'commonmark_spec'], {
    stdio: 'pipe',
  });
  const program = path.join(root, 'build/native/spec/commonmark_spec');
  const env = { MERIDIAN_SHARED: path.join(root, '../shared'), ...process.env };
  const text = execFileSync(program, ['--flat'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
}

test('commonmark.wasm is built', () => assert.ok(file, 'neither in build/dist nor in build/wasm'));

test('commonmark.wasm and the native parser give the same bytes', async () => {
  const parse = await load();
  const lines = nativeLines();
  assert.ok(lines.length >= 652 * 3, `only ${lines.length} sources`);
  for (const [flags, hex, expected] of lines) {
    const source = Buffer.from(hex, 'hex');
    const tree = parse(source, Number(flags));
    assert.ok(tree, 'no tree');
    assert.equal(hash(tree.subarray(4)), Number(expected), `flags ${flags}:\n${source}`);
  }
});

test('an empty source gives a tree: the core tests this way whether the module is loaded', async () => {
  const tree = (await load())(new Uint8Array(), 0);
  assert.deepEqual([...(tree ?? [])], [3, 0, 0, 0, 0x4d, 0x44, 1]);
});

test('the module works after hostile input, without growing its memory', async () => {
  const parse = await load();
  const plain = Buffer.from(parse(bytes('# a :tada:\n'), 1) ?? []);
  for (let round = 0; round < 3; round++) {
    for (const piece of [
      '> ',
      '[',
      '*a **a ',
      '- ',
      '<!--',
      '`',
      '[^1]: ',
      '|a',
      '&a;',
      '$',
      '\n$$\n',
    ])
      assert.ok(parse(bytes(piece.repeat(20000)), 1), piece);
    assert.deepEqual(Buffer.from(parse(bytes('# a :tada:\n'), 1) ?? []), plain);
  }
});
