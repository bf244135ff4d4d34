// The words by which two pages differ, as they are marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  changedPictures,
  namesOne,
  pictureDifference,
} from '../../web/playground/publish/picture_difference.js';
import { wordDifference } from '../../web/playground/publish/word_difference.js';

const shown = (texts, words) => words.map(([text, from, to]) => texts[text].slice(from, to));
const both = (before, after) => {
  const { gone, come } = wordDifference(before, after);
  return [shown(before, gone), shown(after, come)];
};

test('a word, several that are neighbours, a text of its own, and none', () => {
  assert.deepEqual(both(['Home', 'a mining enginer.'], ['Home', 'a mining engineer.']), [
    ['enginer.'],
    ['engineer.'],
  ]);
  assert.deepEqual(both(['a b c d'], ['a x  y d']), [['b c'], ['x  y']]);
  assert.deepEqual(both(['a', 'c'], ['a', 'new text', 'c']), [[], ['new text']]);
  assert.deepEqual(both(['a \n b'], [' a b ']), [[], []]);
  assert.deepEqual(both([], ['a']), [[], ['a']]);
  assert.deepEqual(both(['a'], []), [['a'], []]);
  assert.deepEqual(both([], []), [[], []]);
});

test('without the marked words both pages have the same ones', () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const made = () =>
    Array.from({ length: random(7) }, () =>
      Array.from({ length: 1 + random(6) }, () => 'abcde'[random(5)]).join(random(4) ? ' ' : '\n '),
    );
  const rest = (texts, words) =>
    texts
      .map((text, at) => {
        for (const [, from, to] of words.filter(([number]) => number === at).reverse())
          text = `${text.slice(0, from)} ${text.slice(to)}`;
        return text;
      })
      .join(' ')
      .split(/\s+/)
      .filter(Boolean);
  let marks = 0;
  for (let round = 0; round < 3000; round++) {
    const [before, after] = [made(), made()];
    const { gone, come } = wordDifference(before, after);
    assert.deepEqual(rest(before, gone), rest(after, come));
    marks += gone.length + come.length;
  }
  assert.ok(marks > 3000);
});

test('pages that are too long are not compared; many changed words take no time', () => {
  assert.deepEqual(both(['a'.repeat(1 << 21)], ['b']), [[], []]);
  const words = (word) => Array.from({ length: 100_000 }, () => word).join(' ');
  const [gone, come] = both([words('one')], [words('two')]);
  assert.deepEqual([gone.length, come.length], [1, 1]);
});

test('pictures are compared by what they show', () => {
  const [a, b, c] = [
    new Uint8Array([1]),
    new Uint8Array([2]),
    { from: 'https://x/c.png', size: -1 },
  ];
  const of = (files, pictures, base = '') => ({ files, base, pictures });
  const files = { 'a.png': a, 'b.png': b, 'c.png': c };
  const differ = (before, after) => pictureDifference(before, after);
  assert.deepEqual(differ(of(files, ['a.png', 'c.png']), of(files, ['a.png', 'c.png'])), {
    gone: [],
    come: [],
  });
  // The same file by another name, and one that was not fetched.
  const moved = { 'd.png': a, 'e.png': { ...c } };
  assert.deepEqual(differ(of(files, ['a.png', 'c.png']), of(moved, ['d.png', 'e.png'])), {
    gone: [],
    come: [],
  });
  assert.deepEqual(differ(of(files, ['a.png']), of({ 'a.png': b }, ['a.png', 'https://x/y.png'])), {
    gone: [[0, 'changed']],
    come: [
      [0, 'changed'],
      [1, 'new'],
    ],
  });
  assert.deepEqual(differ(of(files, ['a.png', 'b.png']), of(files, ['b.png'])), {
    gone: [[0, 'deleted']],
    come: [],
  });
  // Of several the one with the same address is the one that has changed.
  const next = { ...files, 'b.png': new Uint8Array([3]) };
  assert.deepEqual(differ(of(files, ['a.png', 'b.png']), of(next, ['b.png'])), {
    gone: [
      [0, 'deleted'],
      [1, 'changed'],
    ],
    come: [[0, 'changed']],
  });
  // Addresses with the base of the site name the same files.
  assert.deepEqual(differ(of(files, ['a.png']), of(files, ['base/a.png'], 'base')), {
    gone: [],
    come: [],
  });
  // Names of every object are no files.
  assert.deepEqual(differ(of(files, ['constructor']), of(files, ['constructor'])), {
    gone: [],
    come: [],
  });
});

test('a page that names a changed picture is known by its HTML', () => {
  const changed = changedPictures(
    [
      { 'i/a b.png': 'x', 'c.svg': 's' },
      { 'i/a b.png': 'y', 'c.svg': 's', 'n.webp': 'z' },
    ],
    'base',
  );
  assert.deepEqual([...changed].sort(), [
    '/base/i/a b.png',
    '/base/n.webp',
    '/i/a b.png',
    '/n.webp',
  ]);
  for (const html of ['<img src="a%20b.png">', "<img srcset='/x.png 1x, /base/n.webp 2x'>"])
    assert.ok(namesOne(html, '/i/', changed), html);
  for (const html of ['<img src="c.svg">', '<img src="/j/a%20b.png">', 'a%zz.png', ''])
    assert.ok(!namesOne(html, '/i/', changed), html);
});
