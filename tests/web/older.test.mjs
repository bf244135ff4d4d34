// The walk without what the oldest promised browsers lack, which older.mjs takes away: in Chromium
// what any of them lacks; with `tests/run.py --browser ENGINE` in that engine what its own oldest
// version lacks.
// Runs alone: it serves another copy of the shell.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TARGETS } from '../../web/build/targets.mjs';
import { lacks } from './older-browsers.mjs';
import { makeOlder } from './older.mjs';

test('a browser lacks what came later, and a sheet’s words become unknown', () => {
  const { words, names, inWorkers } = lacks(['safari15.4']);
  assert.ok(names.includes('CompressionStream') && !names.includes('Intl.Segmenter'));
  assert.deepEqual(inWorkers, ['Worker']);
  assert.ok(lacks(TARGETS).names.includes('Intl.Segmenter'));
  const older = (/** @type {string} */ text) =>
    words.reduce((text, word) => text.replace(word, 'lacking-$&'), text);
  for (const [text, expected] of [
    ['a:has(b){color:color-mix(in oklab,red,blue)}', 'a:has(b){color:lacking-color-mix('],
    ['@container x (width>1rlh)', '@lacking-container x (width>1lacking-rlh)'],
    ['@supports not (container-type: a)', '@supports not (lacking-container-type: a)'],
    ['text-wrap:balance', 'lacking-text-wrap:'],
    ['container:masthead/inline-size', 'container:masthead/lacking-inline-size'],
    ['inline-size:10dvh;--my-text-wrap:1', 'inline-size:10dvh;--my-text-wrap:1'],
  ])
    assert.ok(older(text).startsWith(expected), older(text));
  assert.deepEqual(lacks(['chrome999']).words, []);
  assert.throws(() => lacks(['netscape4']), /netscape4/);
});

const OWN = { chromium: 'chrome', firefox: 'firefox', webkit: 'safari' };
const BUILT = fileURLToPath(new URL('../../build/dist', import.meta.url));
const { MERIDIAN_BROWSER: chosen, MERIDIAN_DIST: shell = BUILT } = process.env;
const targets = chosen ? TARGETS.filter((target) => target.startsWith(OWN[chosen])) : TARGETS;

if (existsSync(join(shell, 'index.html'))) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-older-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  makeOlder(shell, folder, targets);

  test(`the shell is one without what ${targets.join(', ')} lack`, () => {
    assert.match(readFileSync(join(folder, 'meridian/theme.css'), 'utf8'), /lacking-light-dark\(/);
    for (const file of ['meridian/site.js', 'meridian/worker.js', 'playground/playground.js'])
      assert.match(readFileSync(join(folder, file), 'utf8'), /^\(function remove\(/, file);
  });

  // Both are read when the modules begin.
  Object.assign(process.env, {
    MERIDIAN_DIST: folder,
    MERIDIAN_BROWSER: chosen ?? 'chromium',
    MERIDIAN_OLDER: '1',
  });
  await import('./walk.test.mjs');
} else test('the walk', { skip: 'build/dist is not built: python3 serve.py --build' });
