// Aligning Markdown tables without changing their meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable, tableAround, widthOf } from '../../web/playground/editor/tables.js';

const format = (text) => formatTable(text.split('\n')).join('\n');

test('columns are as wide as their widest cell, aligned as the delimiter row says', () => {
  assert.equal(
    format('|a|b|c|\n|-|:-:|--:|\n|one|two|3|\n|longer|x|10|'),
    '| a      |  b  |   c |\n|--------|:---:|----:|\n| one    | two |   3 |\n| longer |  x  |  10 |',
  );
});
test('East Asian characters take two columns, combining accents none', () => {
  assert.equal(widthOf('北京'), 4);
  assert.equal(widthOf('e\u0301'), 1);
  assert.equal(
    format('|城市|n|\n|--|--|\n|北京市|1|\n|ab|2|'),
    '| 城市   | n   |\n|--------|-----|\n| 北京市 | 1   |\n| ab     | 2   |',
  );
});
test('bars in code, in Liquid and after a backslash separate no cells', () => {
  assert.equal(
    format('|a|b|\n|-|-|\n|`x|y`|{{ p | join: "|" }}|\n|\\||1|'),
    '| a     | b                   |\n|-------|---------------------|\n| `x|y` | {{ p | join: "|" }} |\n| \\|    | 1                   |',
  );
});
test('Liquid tags between rows stay as they are, and rows keep their cells', () => {
  assert.equal(
    format('|a|b|\n|--|--|\n{% for x in y -%}\n|{{x}}|\n{% endfor %}'),
    '| a     | b   |\n|-------|-----|\n{% for x in y -%}\n| {{x}} |\n{% endfor %}',
  );
});
test('an aligned table is unchanged; plus signs in the delimiter row become bars', () => {
  const once = format('a | b\n--+--\n1 | 2');
  assert.equal(once, '| a   | b   |\n|-----|-----|\n| 1   | 2   |');
  assert.equal(format(once), once);
});
test('a table is found from any of its lines, and only in its lines', () => {
  const lines = 'Text\n\n| a |\n|---|\n| b |\n\nx | y, no rule'.split('\n');
  for (const at of [2, 3, 4]) assert.deepEqual(tableAround(lines, at), [2, 4]);
  for (const at of [0, 1, 5, 6, 7]) assert.equal(tableAround(lines, at), undefined);
});
