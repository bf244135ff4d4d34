// The server for raw sources and the development server give a file the same type.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { BY_ENDING, isCompressible, typeOf } from '../../web/server/media_types.js';

const python = readFileSync(new URL('../../server/mime_types.py', import.meta.url), 'utf8');
const theirs = new Map(
  [...python.matchAll(/^ {4}"\.(\w+)": "([^"]+)",$/gm)].map(([, ending, type]) => [ending, type]),
);

test('both lists have the same endings, with the same types', () => {
  assert.ok(theirs.size > 50, 'the list is read');
  const sorted = (/** @type {Map<string, string>} */ list) =>
    Object.fromEntries([...list].sort(([one], [other]) => (one < other ? -1 : 1)));
  assert.deepEqual(sorted(BY_ENDING), sorted(theirs));
});

test('both compress the same types', () => {
  const pattern = /COMPRESSIBLE = re\.compile\(r"([^"]+)"\)/.exec(python)?.[1];
  assert.ok(pattern, 'the pattern is read');
  const compressible = new RegExp(`^(?:${pattern})`);
  for (const type of new Set(theirs.values()))
    assert.equal(isCompressible(type), compressible.test(type), type);
});

test('an ending counts in any case, and only the last one', () => {
  assert.equal(typeOf('a/B.tar.GZ'), 'application/gzip');
  assert.equal(typeOf('photo.JPG'), 'image/jpeg');
  assert.equal(typeOf('page.html'), 'text/html; charset=utf-8');
  assert.equal(typeOf('events.ics'), 'text/calendar');
  assert.equal(typeOf('LICENSE'), undefined);
  assert.equal(typeOf('a.html/b'), undefined);
});
