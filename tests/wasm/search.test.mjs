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
  const queries = readQueries();
  assert.equal(queries.length, 100);
  const indexes = {};
  const missed = [];
  for (const { query, title, kind, language } of queries) {
    indexes[language] ??= await openIndex(files, language);
    const [first] = indexes[language].ask(query).results;
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
  const others = [
    { query: 'eclispe', language: 'en' },
    { query: 'aber', language: 'de' },
  ];
  for (const { query, language } of [...readQueries(), ...others]) {
    const index = await openIndex(files, language);
    assert.ok(index.ask(query, { first: true }).results.length, query);
    assert.ok(index.read() < FIRST_RESULT && index.read() < all / 20, `${query}: ${index.read()}`);
    read.push(index.read());
  }
  read.sort((a, b) => a - b);
  t.diagnostic(`before the first result: half ${read[50]} bytes, at most ${read.at(-1)}`);
});

// Of each language: a word of a page, and other forms of it that lead there; behind the semicolon,
// words that don't.
const FORMS = {
  en: 'connections: connection connect connected connecting; conclave',
  de: 'Häuser: Haus Hauses Häusern hausern; Hausarzt',
  fr: 'utilisées: utilisé utilise utiliser utilisèrent; utilité',
  es: 'canción: canciones cancion; canciller',
  it: 'ricerche: ricerca ricercato; ricevere',
  pt: 'informações: informação informacao informar; infância',
  ar: 'المدرسة: مدرسة المدرسون; مدينة',
  'pt-BR': 'responsáveis: responsável responsavel; resposta',
};

test('a word finds its other forms, in the reader’s language', { skip }, async () => {
  for (const [language, forms] of Object.entries(FORMS)) {
    const [word, found, missed] = forms.split(/: |; /);
    const page = { url: '/a/', title: 'A', year: 0, collection: '', tags: '' };
    const { files } = await writeIndex([{ ...page, html: `<p>${word} 1</p>` }]);
    const index = await openIndex(files, language);
    for (const form of found.split(' ')) {
      const [first] = index.ask(form).results;
      const marked = `\x02${word}\x03 1`;
      assert.equal(first?.sections[0].snippet, marked, `${language}: ${form} for ${word}`);
    }
    assert.equal(index.ask(missed).results.length, 0, `${language}: ${missed} for ${word}`);
  }
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
