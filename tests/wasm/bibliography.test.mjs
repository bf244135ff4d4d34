// bibliography.wasm through web/engine/abi.js: a bibliography of 500 entries of every kind is read
// in time, what is copied out of it reads as the same, and hostile files end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { makeBibliography } from '../../web/engine/abi.js';
import { broken, generated } from './bibtex_generator.mjs';
import { cpuTime } from './cpu.mjs';

const module = new WebAssembly.Module(readFileSync('build/wasm/bibliography.wasm'));
const FILE = '_bibliography/references.bib';
// Milliseconds: the promise, and what anything that is bounded takes on any machine.
const PROMISED = 20;
const LONGEST = 30_000;

/** @param {Record<string, string>} fields */
function packed(fields) {
  const parts = Object.entries(fields).flatMap((pair) =>
    pair.flatMap((text) => {
      const bytes = new TextEncoder().encode(text);
      return [new Uint8Array(new Uint32Array([bytes.length]).buffer), bytes];
    }),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/** @param {ReturnType<typeof makeBibliography>} answer @param {Record<string, string>} fields */
function ask(answer, { file = '', ...fields }) {
  const result = answer(packed({ tag: 'data', [`file:${FILE}`]: file, ...fields }));
  return result.length > 4 ? JSON.parse(new TextDecoder().decode(result.subarray(4))) : undefined;
}

/** With single spaces: lines of a value are indented where it is printed, which BibTeX ignores. */
const plain = (/** @type {unknown} */ value) =>
  JSON.parse(JSON.stringify(value).replace(/(\\n|\s)+/g, ' '));

const messages = (/** @type {any} */ { diagnostics = [] }) =>
  diagnostics.map((/** @type {any} */ d) => `${d.line}:${d.column} ${d.message}`);

test('500 entries of every type are all there, and read in 20 ms', () => {
  const file = generated(500);
  const entries = ask(makeBibliography(module), { file }).data;
  assert.equal(entries.length, 500);
  const answer = makeBibliography(module);
  ask(answer, { file: '@misc{first,}' });
  // Another text each time: the file that was read last is kept.
  const times = Array.from({ length: 15 }, (_, i) => {
    const request = packed({ tag: 'bibliography_count', [`file:${FILE}`]: `${file}\n% ${i}` });
    return cpuTime(() => answer(request));
  }).sort((a, b) => a - b);
  console.log(`500 entries, ${file.length} bytes: ${times[0].toFixed(1)} ms, median ${times[7]}`);
  assert.ok(times[0] < PROMISED, `${times[0]} ms`);
});

test('BibTeX that is copied out reads as the same fields', () => {
  const answer = makeBibliography(module);
  const settings = { site: '{"bibtex_skip_fields":["month_numeric"]}' };
  const entries = ask(answer, { file: generated(500), ...settings }).data;
  let compared = 0;
  for (const entry of entries) {
    const [again, ...more] = ask(answer, { file: entry.bibtex, ...settings }).data;
    assert.equal(more.length, 0);
    assert.deepEqual(plain(again), plain(entry));
    compared += Object.keys(again).length;
  }
  assert.ok(compared > 5000);
});

test('broken entries are named with line and column, and the others are there', () => {
  const { file, places, left } = broken(generated(60));
  const answer = ask(makeBibliography(module), { file });
  assert.equal(answer.data.length, left);
  const found = messages(answer);
  for (const place of places)
    assert.ok(
      found.some((/** @type {string} */ line) => line.startsWith(place)),
      `${place} in\n${found.join('\n')}`,
    );
});

test('hostile files end, and the next file is read', () => {
  const answer = makeBibliography(module);
  const files = [
    '@misc{a, t={x\n'.repeat(60_000),
    `@misc{a, t={${'{'.repeat(1_000_000)}`,
    `@misc{a, author={${'a,'.repeat(500_000)}}}`,
    `@misc{a, title={${'\\emph{'.repeat(200_000)}}}`,
    `@misc{a, ${Array.from({ length: 100_000 }, (_, i) => `f${i}=1`)}}`,
    `${Array.from({ length: 40 }, (_, i) => `@string{s${i + 1} = s${i} # s${i}}`).join('')}
     @string{s0="x"} @misc{a, t=s40}`,
    '\xff\xfe@\0{',
  ];
  for (const file of files) {
    const time = cpuTime(() => ask(answer, { file }));
    assert.ok(time < LONGEST, file.slice(0, 30));
    assert.equal(ask(answer, { file: '@misc{next,}' }).data[0].key, 'next');
  }
});

test('a module that can not be had gives an empty answer', () => {
  assert.equal(ask(makeBibliography(null), {}), undefined);
});
