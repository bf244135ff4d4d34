// `meridian upgrade` for Node: an older shell beside the sources becomes the one in the package, as
// by the native command.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { filesOf, temporary } from '../server/support.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip = missing();
const LIST = 'meridian/shell.json';
const OLD = {
  'meridian/worker.js': 'export const old = true;\n',
  'meridian/gone.js': 'export const gone = true;\n',
};
const SITE = {
  '_config.yml': 'title: Ada\n',
  'index.md': '---\ntitle: Home\n---\nHello\n',
  'meridian/own.txt': 'mine',
};

let meridian, shell;
before(() => {
  if (skip) return;
  meridian = install();
  shell = join(meridian.folder, 'dist');
});
after(() => meridian?.remove());

/** A site beside whose sources the shell of an older version was copied. @param {string} folder */
function makeOlder(folder) {
  cpSync(shell, folder, { recursive: true });
  put(folder, { ...SITE, ...OLD });
  const list = JSON.parse(readFileSync(join(folder, LIST), 'utf8'));
  for (const [path, text] of Object.entries(OLD)) {
    const hash = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    list.contents[path] = [text.length, hash.slice(0, 16)];
  }
  put(folder, { [LIST]: JSON.stringify({ ...list, version: '0.0.1' }) });
}

test('every file is that of the package, and the sources are untouched', { skip }, (t) => {
  const results = [NATIVE, meridian.program].map((program) => {
    const folder = temporary(t);
    makeOlder(folder);
    const words = ['upgrade', '--source', folder, '--shell', shell];
    const done = run(program, program === NATIVE ? words : words.slice(0, 3));
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stderr, /^shell of Meridian 0\.0\.1 → \S+: 1 file written, 1 removed\n$/);
    const expected = filesOf(shell);
    for (const [path, text] of Object.entries(SITE)) expected.set(path, Buffer.from(text));
    const files = filesOf(folder);
    assert.deepEqual([...files.keys()].sort(), [...expected.keys()].sort());
    for (const [path, bytes] of expected) assert.ok(bytes.equals(files.get(path)), path);
    return done.stderr;
  });
  assert.equal(results[0], results[1]);
});

test('what is refused is refused in the same words, and nothing is written', { skip }, (t) => {
  const folder = temporary(t);
  makeOlder(folder);
  put(folder, { 'meridian/theme.css': 'mine {}' });
  const before = filesOf(folder);
  const words = ['upgrade', '--source', folder, '--shell', shell];
  const [native, own] = [NATIVE, meridian.program].map((program) => run(program, words));
  assert.deepEqual(own, native);
  assert.equal(own.status, 2);
  assert.match(own.stderr, /\n {2}meridian\/theme\.css\n/);
  assert.deepEqual(filesOf(folder), before);
  rmSync(join(folder, 'meridian'), { recursive: true });
  for (const page of ['index.html', '404.html']) rmSync(join(folder, page));
  assert.match(run(meridian.program, words).stderr, /no shell is next to the sources/);
});
