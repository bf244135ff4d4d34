// The files that publishing is made of: what each lends to others is there, and no way to publish
// loads more than 30 KB beside the playground.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { LENT } from '../../web/build/files_apart.mjs';
import { DIST } from './hosts.mjs';

const KILOBYTE = 1024;
const MOST = 30 * KILOBYTE;
const PARTS = 'conflict first_site forgejo github gitlab merge oauth opening pages review';
const read = (name) => readFileSync(join(DIST, 'playground', name), 'utf8');
const names = (list) => list.split(',').map((name) => name.trim().split(/\s+as\s+/));

test('what these files import of publish.js is there', () => {
  assert.deepEqual([...new Set(Object.values(LENT))], ['playground/publish.js']);
  const there = new Set(
    [...read('publish.js').matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, list]) =>
      names(list).map((name) => name.at(-1)),
    ),
  );
  for (const part of PARTS.split(' ')) {
    const lists = [
      ...read(`${part}.js`).matchAll(/import\s*\{([^}]*)\}\s*from\s*"\.\/publish\.js/g),
    ];
    for (const [name] of lists.flatMap(([, list]) => names(list)))
      assert.ok(there.has(name), `${part}.js imports ${name}`);
  }
});

test('no way to publish loads more than 30 KB', () => {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const sizes = {};
  const sizeOf = (name) => (sizes[name] ??= brotliCompressSync(read(name), quality).length);
  const review = ['review.js', 'pages.js'];
  const conflict = ['merge.js', 'conflict.js'];
  for (const host of ['github.js', 'gitlab.js', 'forgejo.js'])
    for (const account of [[], ['oauth.js']])
      for (const [way, parts] of Object.entries({
        commit: review,
        conflict: [...review, ...conflict],
        // The form begins with GitHub.
        'first site': ['github.js', 'first_site.js'],
      })) {
        const all = new Set(['publish.js', 'publish.css', host, ...account, ...parts]);
        const bytes = [...all].reduce((sum, name) => sum + sizeOf(name), 0);
        assert.ok(bytes <= MOST, `${way} by ${[...all].join(' ')}: ${bytes}`);
      }
});
