// The words by which two pages differ, as they are marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
