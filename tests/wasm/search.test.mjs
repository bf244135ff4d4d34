// search.wasm and indexer.wasm as they are delivered: written queries, what a query loads, and
// bytes that are no index.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { makeDocuments, openIndex, readQueries, writeIndex } from './search.mjs';

const built = existsSync(new URL('../../build/wasm/search.wasm', import.meta.url));
const skip = built ? false : 'build/wasm/search.wasm is not built: python3 serve.py --build';

/** Queries whose document must come first. */
const LEAST = 97;

test('written queries in four languages find their page among 1,000', { skip }, async (t) => {
  const documents = makeDocuments(1000);
  const { files, time, memory } = await writeIndex(documents);
  const index = await openIndex(files);
  const queries = readQueries();
  assert.equal(queries.length, 100);
  const missed = [];
  for (const { query, title, kind } of queries) {
    const [first] = index.ask(query).results;
    const found = first?.title.replace(/[\x02\x03]/g, '');
    if (found !== title) missed.push(`${query} (${kind}): ${found}, not ${title}`);
  }
  t.diagnostic(`${queries.length - missed.length} of ${queries.length} found`);
  t.diagnostic(`indexed in ${time.toFixed()} ms, ${(memory / 2 ** 20).toFixed(1)} MB`);
  for (const line of missed) t.diagnostic(line);
  assert.ok(queries.length - missed.length >= LEAST, missed.join('\n'));
});

/** Bytes before the first result, the head with it. */
const FIRST_RESULT = 60_000;

test('a query loads a small part of an index', { skip }, async (t) => {
  const { files } = await writeIndex(makeDocuments(1000));
  const all = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const read = [];
  for (const query of [...readQueries().map(({ query }) => query), 'eclispe', 'aber']) {
    const index = await openIndex(files);
    assert.ok(index.ask(query, { first: true }).results.length, query);
    assert.ok(index.read() < FIRST_RESULT && index.read() < all / 20, `${query}: ${index.read()}`);
    read.push(index.read());
  }
  read.sort((a, b) => a - b);
  t.diagnostic(`before the first result: half ${read[50]} bytes, at most ${read.at(-1)}`);
});

test('a page that is no index, and a shard that is cut off, are no trap', { skip }, async () => {
  const { files } = await writeIndex(makeDocuments(100, 500));
  const other = new Map(files);
  other.set('h0', new TextEncoder().encode('<!doctype html>'));
  assert.equal((await openIndex(other)).opened, false);
  for (const name of files.keys()) {
    const cut = new Map(files);
    cut.set(name, files.get(name).subarray(0, files.get(name).length / 2));
    const index = await openIndex(cut);
    if (index.opened) index.ask('comet catalogue');
  }
});
