// `_headers` as Netlify and Cloudflare Pages read it, from files that mean well and others.

import assert from 'node:assert/strict';
import test from 'node:test';
import { applyRules, rulesOf } from '../../web/server/host_headers.js';

/** The headers for a path. */
function headersFor(text, path) {
  const headers = new Headers();
  applyRules(rulesOf(text), path, headers);
  return Object.fromEntries(headers);
}

test('all rules that match apply, in their order', () => {
  const text = `# a comment
/*
  X-A: 1
  X-B: b: c
/docs/*/end.html
  X-A: 2
/docs/*
  ! X-B
  X-C:  spaced
/exact
  X-D: d
`;
  assert.deepEqual(headersFor(text, '/'), { 'x-a': '1', 'x-b': 'b: c' });
  assert.deepEqual(headersFor(text, '/docs/a/end.html'), { 'x-a': '1, 2', 'x-c': 'spaced' });
  assert.deepEqual(headersFor(text, '/docs/'), { 'x-a': '1', 'x-c': 'spaced' });
  assert.deepEqual(headersFor(text, '/exact'), { 'x-a': '1', 'x-b': 'b: c', 'x-d': 'd' });
  assert.deepEqual(headersFor(text, '/exactly'), { 'x-a': '1', 'x-b': 'b: c' });
});

test('stars stand for anything, also for nothing', () => {
  for (const [pattern, path, expected] of [
    ['/a*a', '/aa', true],
    ['/a*a', '/a', false],
    ['/a**b', '/ab', true],
    ['/*.css', '/x/y.css', true],
    ['/*.css', '/x.css.map', false],
    ['/*a*b*', '/xaybz', true],
    ['/*b*a*', '/xaybz', false],
  ])
    assert.equal(
      Object.keys(headersFor(`${pattern}\n  X-A: 1`, path)).length === 1,
      expected,
      `${pattern} ${path}`,
    );
});

test('what no header may be is left out', () => {
  const lines = [
    'no colon',
    ': empty',
    'Bad Name: 1',
    'X-Tab: a\tb',
    'X-Null: a\0b',
    'X-Euro: €',
    'Content-Length: 5',
    'ETag: "x"',
    'Location: https://example.org',
    'Transfer-Encoding: chunked',
    '!',
  ];
  assert.deepEqual(headersFor(`/*\n  ${lines.join('\n  ')}`, '/'), { 'x-tab': 'a\tb' });
  assert.deepEqual(headersFor('  X-A: 1\nX-B: 2\n', '/'), {});
});

test('a file that is made to take long takes no time', () => {
  const begin = performance.now();
  const stars = `/${'a*'.repeat(20_000)}b\n  X-A: 1\n`;
  assert.deepEqual(headersFor(stars, `/${'a'.repeat(200_000)}`), {});
  const spaces = `/*\n  X${' '.repeat(1_000_000)}y\n`;
  assert.deepEqual(headersFor(spaces, '/'), {});
  const many = `/*\n  X-A: 1\n`.repeat(100_000);
  assert.match(headersFor(many, '/')['x-a'], /^(1, ){999}1$/);
  assert.ok(performance.now() - begin < 2000);
});
