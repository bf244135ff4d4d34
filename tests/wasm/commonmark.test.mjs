// commonmark.wasm with sources that are as large and as deeply nested as may be.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { makeCommonMark } from '../../web/engine/abi.js';

const module = new WebAssembly.Module(readFileSync('build/wasm/commonmark.wasm'));
const MB = 1 << 20;
const GITHUB = 1;

/** The size of the tree of a source; the module then still parses a plain one. */
async function tree(text) {
  const parse = await makeCommonMark(module);
  const size = parse(new TextEncoder().encode(text), GITHUB)?.length;
  assert.ok(parse(new TextEncoder().encode('plain\n'), GITHUB).length > 10);
  return size;
}

test('a source of 16 MB', async () => {
  const line =
    'Some *words* of a [text](http://example.org/) that goes on and on, to the end of the line.\n\n';
  assert.ok((await tree(line.repeat((16 * MB) / line.length))) > 16 * MB);
});

test('nested a thousand times and far deeper', async () => {
  for (const n of [1000, 100_000]) {
    const around = (open, close) => `${open.repeat(n)}x${close.repeat(n)}\n`;
    for (const text of [
      '> '.repeat(n) + 'x',
      '- '.repeat(n) + 'x',
      around('<b>', '</b>'),
      around('*a **b ', '** *'),
      around('[', '](u)'),
      around('![', '](u)'),
    ]) {
      assert.ok((await tree(text)) > 10);
    }
  }
});

test('a table of 128 columns and 100,000 cells, and one that is too wide', async () => {
  const row = (columns) => `|${'a|'.repeat(columns)}\n`;
  const table = (columns, rows) =>
    row(columns) + `|${'-|'.repeat(columns)}\n` + row(columns).repeat(rows);
  assert.ok((await tree(table(128, 780))) > 100_000);
  assert.ok((await tree(table(100_000, 10))) > 1000);
});
