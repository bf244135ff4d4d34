// The modules' own malloc and memcpy (wasm/alloc.cpp, wasm/memory.cpp), as the delivered modules
// contain them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const module = new WebAssembly.Module(readFileSync('build/wasm/tests/alloc.wasm'));
const imports = { env: { emscripten_notify_memory_growth() {} } };

function instance() {
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize();
  return exports;
}

/** Numbers that look random and are the same in every run. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const bytes = (core, at, size) => new Uint8Array(core.memory.buffer, at, size);

test('blocks are aligned, do not overlap, and keep their content', () => {
  const core = instance();
  const next = numbers(7);
  const blocks = new Map();
  for (let round = 0; round < 20000; round++) {
    if (blocks.size && next(3) === 0) {
      const [at, { size, mark }] = [...blocks][next(blocks.size)];
      assert.ok(
        bytes(core, at, size).every((byte) => byte === mark),
        `block of ${size} bytes was written over`,
      );
      core.free(at);
      blocks.delete(at);
      continue;
    }
    const size = next(4) ? next(200) : next(5000);
    const at = core.malloc(size);
    assert.equal(at % 16, 0);
    assert.ok(at > 0 && !blocks.has(at));
    const mark = next(256);
    bytes(core, at, size).fill(mark);
    blocks.set(at, { size, mark });
    if (blocks.size > 300)
      for (const old of [...blocks.keys()].slice(0, 100)) (core.free(old), blocks.delete(old));
  }
  for (const at of blocks.keys()) core.free(at);
  assert.equal(core.in_use(), 0);
});

test('every size up to 70,000 fits and wastes at most an eighth and a header', () => {
  const core = instance();
  for (let size = 0; size <= 70000; size += size < 600 ? 1 : 97) {
    const before = core.in_use();
    const at = core.malloc(size);
    const taken = core.in_use() - before;
    assert.ok(taken >= size + 16, `${taken} for ${size}`);
    assert.ok(taken <= Math.max(32, (size + 16) * 1.125 + 16), `${taken} for ${size}`);
    core.free(at);
  }
});

test('freed blocks are used again', () => {
  const core = instance();
  core.free(core.malloc(1000));
  const pages = core.memory.buffer.byteLength;
  for (let i = 0; i < 100000; i++) core.free(core.malloc(1000));
  assert.equal(core.memory.buffer.byteLength, pages);
});

test('realloc keeps the content, in place while there is room', () => {
  const core = instance();
  let at = core.realloc(0, 10);
  bytes(core, at, 10).fill(9);
  assert.equal(core.realloc(at, 12), at);
  for (let size = 20; size < 2e6; size *= 2) {
    at = core.realloc(at, size);
    assert.ok(bytes(core, at, 10).every((byte) => byte === 9));
  }
  core.free(at);
  assert.equal(core.in_use(), 0);
});

test('calloc gives zeros and refuses what overflows', () => {
  const core = instance();
  const dirty = core.malloc(4096);
  bytes(core, dirty, 4096).fill(255);
  core.free(dirty);
  const clean = core.calloc(64, 64);
  assert.ok(bytes(core, clean, 4096).every((byte) => byte === 0));
  assert.equal(core.calloc(0x10000, 0x10001), 0);
});

test('the limit counts every byte that is out', () => {
  const core = instance();
  core.set_limit(1 << 20);
  const blocks = [];
  for (let at; (at = core.malloc(1000));) blocks.push(at);
  assert.ok(core.in_use() <= 1 << 20 && core.in_use() > (1 << 20) - 2000);
  assert.equal(core.realloc(blocks[0], 1 << 20), 0);
  core.free(blocks.pop());
  assert.notEqual(core.malloc(1000), 0);
  assert.equal(core.malloc(0xffffffff), 0);
  assert.equal(core.malloc(0x7fffffff), 0);
});

test('memory beyond the maximum is refused, and the module still works', () => {
  const core = instance();
  const blocks = [];
  for (let at; (at = core.malloc(100 << 20));) blocks.push(at);
  assert.ok(blocks.length >= 7 && blocks.length <= 10, `${blocks.length} blocks`);
  assert.notEqual(core.malloc(100), 0);
});

test('memcpy, memmove and memset', () => {
  const core = instance();
  const at = core.malloc(100);
  const view = bytes(core, at, 100);
  view.forEach((_, i) => (view[i] = i));
  assert.equal(core.memmove(at + 10, at, 50), at + 10);
  assert.deepEqual([...view.slice(8, 14)], [8, 9, 0, 1, 2, 3]);
  core.memcpy(at, at + 60, 10);
  assert.equal(view[0], 60);
  core.memset(at, 0x141, 3);
  assert.deepEqual([...view.slice(0, 4)], [0x41, 0x41, 0x41, 63]);
});
