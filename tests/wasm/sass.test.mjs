// sass.wasm through web/engine/abi.js: hostile sheets end with a diagnostic, in bounded time and
// memory, and read nothing but the files of their bundle; each sheet has an instance of its own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { makeSass } from '../../web/engine/abi.js';
import { cpuTime } from './cpu.mjs';
import { STYLES, pack } from './sass_bundle.mjs';

const module = new WebAssembly.Module(readFileSync('build/wasm/sass.wasm'));
const MB = 1 << 20;
// Milliseconds of work on any machine; anything that is not bounded takes many times that.
const LONGEST = 30_000;
const ERROR = 2;

/** The CSS and the diagnostics of a result; undefined when the module trapped. */
function unpack(result) {
  const view = new DataView(result.buffer, result.byteOffset, result.length);
  let at = 4;
  const number = () => view.getUint32((at += 4) - 4, true);
  const text = () => {
    const size = number();
    at += size;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.subarray(at - size, at));
  };
  if (result.length === 4) return undefined;
  const css = text();
  const diagnostics = Array.from({ length: number() }, () => {
    const [severity, line, column] = [number(), number(), number()];
    const [file, message, remedy] = [text(), text(), text(), text()];
    return { severity, line, column, file, message, remedy };
  });
  return { css, errors: diagnostics.filter(({ severity }) => severity === ERROR) };
}

/** Compiles a sheet, then a plain one. */
function compile(text, files, options) {
  const sass = makeSass(module);
  let result;
  assert.ok(cpuTime(() => (result = sass(pack(text, files, options)))) < LONGEST, 'too slow');
  assert.ok(result.buffer.byteLength <= 1024 * MB, 'too much memory');
  const made = unpack(result);
  assert.equal(unpack(sass(pack('a { b: c }'))).css, 'a {\n  b: c;\n}\n');
  return made;
}

/** A diagnostic, and no CSS. */
function refused(text, words = /./, files = {}, options = {}) {
  const made = compile(text, files, options);
  assert.ok(made, `a trap: ${text.slice(0, 60)}`);
  assert.equal(made.css, '');
  assert.equal(made.errors.length, 1, text.slice(0, 60));
  assert.match(made.errors[0].message, words);
  assert.ok(made.errors[0].remedy || made.errors[0].line);
}

const deep = (open, close = '', middle = '') => open.repeat(50_000) + middle + close.repeat(50_000);

test('a sheet with imports, in the four styles', () => {
  const files = { 'css/_b.sass': 'a\n  b: c\n', '_sass/_d.scss': '.d { e: f }' };
  const css = STYLES.map(
    (style) =>
      compile('@import "b", "d";', files, { path: 'css/a.scss', loadPaths: ['_sass'], style }).css,
  );
  assert.equal(css[3], 'a{b:c}.d{e:f}\n');
  assert.equal(css[2], 'a { b: c; }\n\n.d { e: f; }\n');
  assert.equal(new Set(css).size, 4);
});

test('a mistake has file, line and column', () => {
  const { errors } = compile('@import "b";', { '_b.scss': 'a {\n  b: $c;\n}' });
  const [{ file, line, column, message }] = errors;
  assert.deepEqual([file, line, column], ['_b.scss', 2, 6]);
  assert.equal(message, 'Undefined variable: "$c".');
});

test('a bundle that is cut gives a result at each length', () => {
  const sass = makeSass(module);
  const whole = pack('@import "b"; a { b: c }', { '_b.scss': 'd { e: f }' }, { loadPaths: ['x'] });
  for (let size = 0; size <= whole.length; size++) assert.ok(unpack(sass(whole.subarray(0, size))));
});

for (const [name, text] of Object.entries({
  rules: deep('a {', '}'),
  'media rules': deep('@media a {', '}'),
  parentheses: `a { b: ${deep('(', ')', '1')} }`,
  lists: `a { b: ${deep('[', ']')} }`,
  signs: `a { b: ${deep('-(', ')', '1')} }`,
  negations: `${deep(':not(', ')', 'a')} { a: b }`,
  interpolations: `a { b: ${deep('#{', '}', '1')} }`,
  strings: `a { b: ${deep('"#{', '}"', '1')} }`,
  calls: `a { b: ${deep('f(', ')')} }`,
  maps: `$a: ${deep('(a:', ')', '1')};`,
  supports: `@supports ${deep('(', ')', 'a: b')} { a { b: c } }`,
  conditions: deep('@if true {', '}'),
  alternatives: `@if false {} ${deep('@else if false {}')}`,
  properties: `a { ${deep('b: {', '}')} }`,
  sum: `a { b: ${deep('1 + ')} 1 }`,
  'values that a loop nests': '$a: b; @for $i from 1 to 100000 { $a: [$a] } c { d: $a }',
  'selectors that a loop nests':
    '$a: b; @for $i from 1 to 5000 { $a: ":not(#{$a})" } #{$a} { c: d }',
})) {
  test(`far deeper than the limit: ${name}`, () => refused(text, /nested|deep|Stack depth/));
}

for (const [name, text, words] of [
  ['a function', '@function f($n) { @return f($n + 1) } a { b: f(1) }', /Stack depth/],
  ['a mixin', '@mixin m { a { @include m } } @include m;', /stack level too deep/],
  ['a content block', '@mixin m { @content } @mixin n { @include m { @include n } } @include n;'],
  ['a default', '@function f($a: f()) { @return 1 } a { b: f() }', /Stack depth/],
  ['call()', '@function f() { @return call("f") } a { b: f() }', /Stack depth/],
  ['a mixin within rules', `@mixin m {${'a{'.repeat(60)}@include m${'}'.repeat(60)}} @include m;`],
  [
    'a function within parentheses',
    `@function f() { @return ${'('.repeat(60)}f()${')'.repeat(60)} } a { b: f() }`,
  ],
  [
    'a function within interpolations',
    `@function f() { @return ${'a#{'.repeat(40)}f()${'}'.repeat(40)} } a { b: f() }`,
  ],
])
  test(`endless recursion: ${name}`, () => refused(text, words));

for (const [name, text, words] of [
  ['@while', '@while true { }', /too many steps/],
  ['@while with rules', '@while true { a { b: c } }', /memory|steps/],
  ['@while in a function', '@function f() { @while true { } @return 1 } a { b: f() }', /steps/],
  ['a condition that became text', 'a { $i: 1; @while $i != 5 { $i: $i + & } }', /memory|MB/],
  ['@for', '@for $i from 1 to 1e300 { a { b: $i } }', /memory|steps/],
  ['text', '$s: a; @while true { $s: $s + $s; }', /more than 16 MB/],
  ['text in text', '$s: "a"; @for $i from 1 to 60 { $s: "#{$s}#{$s}" } a { b: $s }', /16 MB/],
  ['a list', '$l: a; @while true { $l: append($l, $l); }', /steps/],
  ['a list in itself', '$l: a; @for $i from 1 to 60 { $l: $l $l } a { b: $l }', /16 MB/],
  ['a map', '$m: (a: b); @for $i from 1 to 60 { $m: (a: $m, b: $m) } @debug $m;', /16 MB/],
  ['units', '$u: 1px; @for $i from 1 to 40 { $u: $u * $u } a { b: $u }', /100 units/],
  ['parents', `${'a,b,c,d,e,f,g,h {'.repeat(12)} x: y ${'}'.repeat(12)}`, /steps|memory/],
  ['CSS', '@for $i from 1 to 100000 { a { b: "'.concat('c'.repeat(1000), '" } }'), /MB|memory/],
  [
    'extensions',
    `${Array.from({ length: 300 }, (_, i) => `.a${i} .b${i} { @extend .c }`).join('')} .c .c .c .c .c { d: e }`,
    /absurdly|steps|memory/,
  ],
])
  test(`growth without end: ${name}`, () => refused(text, words));

test('sheets that import each other, or themselves', () => {
  refused('@import "a";', /loop/, { '_a.scss': '@import "b";', '_b.scss': '@import "a";' });
  refused('@import "main";', /loop/, { 'main.scss': '@import "main";' });
  const chain = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`_a${i}.scss`, `@import "a${i + 1}";`]),
  );
  refused('@import "a0";', /not found|deep|nested/, chain);
});

test('nothing is read but the files of the bundle', () => {
  const files = { 'secret.scss': 'a { b: secret }', '_sass/_c.scss': 'd { e: f }' };
  for (const address of [
    '../../secret',
    '/secret',
    '../etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
    `${'../'.repeat(1000)}etc/passwd`,
    `${'a/../'.repeat(1000)}../x`,
    'a\\0b',
  ]) {
    const made = compile(`@import "${address}";`, files, { path: 'css/main.scss' });
    assert.ok(made && !made.css.includes('root:'), address);
    if (!address.endsWith('secret')) assert.equal(made.errors.length, 1, address);
  }
});

test('16 MB', () => {
  assert.ok(compile('// a comment of a line, as there are many.\n'.repeat(390_000)).css === '');
  refused('a'.repeat(16 * MB + 1), /larger than 16 MB/);
  for (const text of ['a{b:c}', '/*', '"', '(', 'a{', '#{', '1 ', '$a:1;', '@x ', '\\', 'a,'])
    assert.ok(compile(text.repeat((2 * MB) / text.length)));
});

test('bytes of no meaning', () => {
  for (const bytes of [[0xff, 0xfe], [0xc3], [0x61, 0x7b, 0xed, 0xa0, 0x80]])
    refused(new Uint8Array(bytes));
  assert.equal(compile('a{b:c}\0d{e:f}').css, 'a {\n  b: c;\n}\n');
  let seed = 1;
  const random = new Uint8Array(20_000).map(() => {
    seed = (seed * 48271) % 2147483647;
    return seed & 127;
  });
  assert.ok(compile(random));
});
