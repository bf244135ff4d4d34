// Delivered scripts and sheets have no syntax that is newer than the oldest browsers promised:
// lowered to those, they stay as they are.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { transform } from 'esbuild';
import { TARGETS } from '../../web/build/targets.mjs';
import { DIST } from './hosts.mjs';

const skip = existsSync(join(DIST, 'index.html'))
  ? undefined
  : 'build/dist is not built: python3 serve.py --build';

// What is not lowered: colours in custom properties, where no earlier declaration takes over, and
// units of lengths.
const NEWER = /--[\w-]+:[^;}]*\b(light-dark|oklch)\(|[\d.](rlh|lh|vi|vb)\b/;

/**
 * What is too new in a text.
 * @param {string} text
 * @param {'js' | 'css'} loader
 */
async function tooNew(text, loader) {
  const lowered = async (/** @type {string | string[]} */ target) =>
    (await transform(text, { loader, target, minifyWhitespace: true })).code;
  const [as, before] = [await lowered('esnext'), await lowered(TARGETS)];
  if (as !== before) {
    let at = 0;
    while (as[at] === before[at]) at++;
    return as.slice(Math.max(0, at - 20), at + 60);
  }
  return '';
}

/** Scripts and sheets of a file, those within a page as well. @param {string} file */
function* parts(file) {
  const text = readFileSync(join(DIST, file), 'utf8');
  if (file.endsWith('.js')) yield /** @type {const} */ (['js', text]);
  if (file.endsWith('.css')) yield /** @type {const} */ (['css', text]);
  if (!file.endsWith('.html')) return;
  for (const [, script] of text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g))
    yield /** @type {const} */ (['js', script]);
  for (const [, sheet] of text.matchAll(/<style>([^]*?)<\/style>/g))
    yield /** @type {const} */ (['css', sheet]);
}

test('the test finds nested rules, ranges, lookbehind and static blocks', async () => {
  for (const sheet of ['a{b{color:red}}', '@media (width>=2em){a{color:red}}'])
    assert.notEqual(await tooNew(sheet, 'css'), '', sheet);
  for (const script of ['/(?<=a)b/.test(c)', 'class A{static{b()}}'])
    assert.notEqual(await tooNew(script, 'js'), '', script);
});

test('delivered files have no syntax beyond the promised browsers', { skip }, async () => {
  const files = readdirSync(DIST, { recursive: true }).map(String);
  let seen = 0;
  for (const file of files.sort())
    for (const [loader, text] of /\.(js|css|html)$/.test(file) ? parts(file) : []) {
      assert.equal(await tooNew(text, loader), '', file);
      seen++;
    }
  assert.ok(seen > 50, `${seen} scripts and sheets`);
});

test(
  'the release in a custom property is a string: as a number it would be rewritten',
  { skip },
  () => {
    const sheet = readFileSync(join(DIST, 'meridian/theme.css'), 'utf8');
    assert.match(sheet, /--release:\s*"[0-9a-f]{8}"/);
  },
);

test('text-decoration has a line alone: Safari drops a shorthand with more', { skip }, () => {
  let seen = 0;
  for (const file of readdirSync(DIST, { recursive: true }).map(String)) {
    if (!/\.(css|html|js)$/.test(file)) continue;
    for (const [rule] of readFileSync(join(DIST, file), 'utf8').matchAll(
      /[\s;{]text-decoration:[^;}]*/g,
    )) {
      assert.match(rule, /:\s*(none|underline|line-through|inherit)\s*$/, file);
      seen++;
    }
  }
  assert.ok(seen > 8, `${seen} decorations`);
});

test('no sheet has a statement of layers, by which Chromium 103 hangs', { skip }, () => {
  const sheets = readdirSync(DIST, { recursive: true }).map(String);
  for (const file of sheets.filter((file) => file.endsWith('.css')))
    assert.doesNotMatch(readFileSync(join(DIST, file), 'utf8'), /@layer[^{}]*;/, file);
  assert.match(readFileSync(join(DIST, 'meridian/theme.css'), 'utf8'), /^@layer tokens\{\}@layer/);
});

test('heights of the dynamic viewport follow one that every browser knows', { skip }, () => {
  let seen = 0;
  for (const file of readdirSync(DIST, { recursive: true }).map(String)) {
    if (!/\.(css|html)$/.test(file)) continue;
    for (const [, block] of readFileSync(join(DIST, file), 'utf8').matchAll(/\{([^{}]*)\}/g)) {
      const rules = block.split(';').map((rule) => rule.split(':', 2).map((part) => part.trim()));
      rules.forEach(([property, value], at) => {
        if (!/\ddv[hbwi]\b/.test(value)) return;
        assert.equal(rules[at - 1]?.[0], property, `${file}: ${property}: ${value}`);
        seen++;
      });
    }
  }
  assert.ok(seen > 4, `${seen} heights`);
});

test('newer units and colours of sheets stand behind @supports', { skip }, () => {
  for (const file of [
    'meridian/theme.css',
    'meridian/globe.css',
    'meridian/publications.css',
    'playground/playground.css',
  ]) {
    const sheet = readFileSync(join(DIST, file), 'utf8');
    // A block of `@supports` ends where its braces are balanced.
    const bare = sheet.replace(/@supports[^{]*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '');
    assert.ok(bare.length > sheet.length / 2, file);
    const found = bare.match(NEWER);
    assert.equal(found && bare.slice(Math.max(0, found.index - 60), found.index + 20), null, file);
  }
});
