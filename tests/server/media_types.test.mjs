// Media types of files, by their names.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BYTES, PLAIN_TEXT, textOr, typeOf } from '../../web/server/media_types.js';

test('an ending counts in any case, and only the last one', () => {
  assert.equal(typeOf('a/B.tar.GZ'), 'application/gzip');
  assert.equal(typeOf('photo.JPG'), 'image/jpeg');
  assert.equal(typeOf('page.html'), 'text/html; charset=utf-8');
  assert.equal(typeOf('events.ics'), 'text/calendar');
  assert.equal(typeOf('LICENSE'), undefined);
  assert.equal(typeOf('a.html/b'), undefined);
});

test('a file without a known ending is text where it is UTF-8 without zeros', () => {
  const bytes = (text) => new TextEncoder().encode(text);
  assert.equal(textOr(bytes('Words\n')), PLAIN_TEXT);
  assert.equal(textOr(bytes('a\0b')), BYTES);
  assert.equal(textOr(new Uint8Array([0xff, 0xfe])), BYTES);
  assert.equal(textOr(bytes(`${'a'.repeat(4095)}é`)), PLAIN_TEXT, 'a cut character');
});
