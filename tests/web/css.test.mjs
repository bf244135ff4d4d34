// Style sheets in the playground: what they load is found in whatever way it is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewrite } from '../../web/playground/css.js';

/** A sheet behind the wall, and what it would have loaded. */
function walled(sheet) {
  const asked = [];
  const text = rewrite(sheet, { address: (address, property) => (asked.push([address, property]), 'X'), ids: 'p-', strict: true });
  return { text, asked };
}

for (const [sheet, text, ...asked] of [
  ['a{background:url(x.png)}', 'a{background:url("X")}', ['x.png', 'background']],
  ['a{background:url( "x\\"y" )}', 'a{background:url("X" )}', ['x"y', 'background']],
  ['a{background:u\\72l(x)}', 'a{background:url("X")}', ['x', 'background']],
  ['a{background:\\75\\72 l(x)}', 'a{background:url("X")}', ['x', 'background']],
  ['a{background:URL(//evil.example/a\\)b)}', 'a{background:url("X")}', ['//evil.example/a)b', 'background']],
  ["a{background:url('x", "a{background:url(\"X\"", ['x', 'background']],
  ['a{background:url(x', 'a{background:url("X")', ['x', 'background']],
  ['/* url(x) */a{}', '/**/a{}'],
  ['a{b:u/**/rl(x)}', 'a{b:u/**/rl(x)}'],
  ['a{content:"url(x)"}', 'a{content:"url(x)"}'],
  ['a{b:"x\ny:url(z)}', 'a{b:"x\ny:url("X")}', ['z', 'b']],
  ['@import "x.css";a{}', '@no-import "x.css";a{}'],
  ['@\\69mport url(x.css);', '@no-import url("X");', ['x.css', '@import']],
  ['a{background:image-set("x" 1x)}', 'a{background:no-image-set("x" 1x)}'],
  ['a{background:-webkit-IMAGE-set("x" 1x)}', 'a{background:no--webkit-image-set("x" 1x)}'],
  ['@font-face{src:url(x) format("woff2")}', '@font-face{src:url("X") format("woff2")}', ['x', 'src']],
  ['#a, .b #c:hover{color:#fff}', '#p-a, .b #p-c:hover{color:#fff}'],
  ['@media (width<5em){#a{color:#abc}}', '@media (width< 5em){#p-a{color:#abc}}'],
  ['a{content:"</style><script>"}', 'a{content:"\\3c /style>\\3c script>"}'],
  ['a{--x:{#b:#c}}', 'a{--x:{#b:#c}}'],
]) {
  test(`behind the wall: ${JSON.stringify(sheet)}`, () => assert.deepEqual(walled(sheet), { text, asked }));
}

test('one’s own sheet stays as it is but for its files', () => {
  const sheet = '@import "x.css" print;@import url(y.css);#a{background:image-set("x" 1x),url(https://a.example/1.png)}';
  assert.equal(rewrite(sheet, { address: (address) => address }), '@import url("x.css") print;@import url("y.css");#a{background:image-set("x" 1x),url("https://a.example/1.png")}');
});

test('a large sheet takes as long as it is', () => {
  const time = (text) => {
    const begin = performance.now();
    rewrite(text, { address: (address) => address, ids: 'p-', strict: true });
    return performance.now() - begin;
  };
  for (const unit of ['url(', '"', '\\', '/*', 'a{', '#a', "url('", '@import ', '(']) {
    time(unit.repeat(1000));
    assert.ok(time(unit.repeat(100_000)) < 2000, unit);
  }
});
