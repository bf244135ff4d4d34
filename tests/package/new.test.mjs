// `meridian new` for Node beside the native one: the same sites, and the same words where it
// refuses.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { filesOf, temporary } from '../server/support.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip = missing();
const KINDS = [[], ['--academic'], ['--notes'], ['--github'], ['--github', '--notes']];
const NASTY = '- "a\\": {{ b }}\r\n\u2028Zoë 北京 #';

let meridian;
before(() => (meridian = skip ? undefined : install()));
after(() => meridian?.remove());

test('every kind of site has the same bytes as by the native command', { skip }, (t) => {
  for (const kind of KINDS)
    for (const values of [[], ['--title', NASTY]]) {
      const folders = [temporary(t), temporary(t)];
      const words = ['new', 'a/my site', ...kind, ...values];
      for (const [at, program] of [NATIVE, meridian.program].entries()) {
        const done = run(program, words, { cwd: folders[at] });
        assert.deepEqual([done.status, done.stdout], [0, ''], done.stderr);
      }
      const [theirs, own] = folders.map((folder) => filesOf(folder));
      assert.ok(theirs.size > 3);
      assert.deepEqual([...own.keys()].sort(), [...theirs.keys()].sort());
      for (const [path, bytes] of theirs) assert.ok(bytes.equals(own.get(path)), path);
    }
});

test('a copy of another site has the same bytes and is told in the same words', { skip }, (t) => {
  const made = [NATIVE, meridian.program].map((program) => {
    const folder = temporary(t);
    put(folder, {
      'theirs/_config.yml': 'title: Theirs # a title\nemail: a@b.example\n',
      'theirs/index.md': '---\n---\nHello\n',
      'theirs/CNAME': 'b.example\n',
    });
    symlinkSync('/etc/passwd', join(folder, 'theirs/leak'));
    const words = ['new', 'mine', '--from', 'theirs', '--title', NASTY];
    const done = run(program, words, { cwd: folder });
    assert.deepEqual([done.status, done.stdout], [0, ''], done.stderr);
    const told = done.stderr.split('\n').filter((line) => !line.startsWith('  meridian '));
    return [told, filesOf(join(folder, 'mine'))];
  });
  assert.deepEqual(made[1], made[0]);
  assert.deepEqual([...made[0][1].keys()].sort(), ['_config.yml', 'index.md']);
});

test('what it makes is checked and built by the package alone', { skip }, (t) => {
  for (const kind of KINDS) {
    const folder = temporary(t);
    const made = run(meridian.program, ['new', 's', ...kind], { cwd: folder });
    assert.match(made.stderr, / {2}meridian serve s\n {2}meridian build --source s /);
    const checked = run(meridian.program, ['check', '--strict', '--source', 's'], { cwd: folder });
    assert.equal(checked.status, 0, checked.stderr);
    const words = ['build', '--source', 's', '--destination', 's/_site', '--quiet'];
    const built = run(meridian.program, words, { cwd: folder });
    assert.deepEqual(built, { status: 0, stdout: '', stderr: '' });
    assert.ok(existsSync(join(folder, 's/_site/index.html')));
  }
});

test('what is refused is refused in the same words', { skip }, (t) => {
  const folder = temporary(t);
  put(folder, { 'mine/index.md': 'mine', file: '' });
  mkdirSync(join(folder, 'empty'));
  symlinkSync('nowhere', join(folder, 'link'));
  const before = [...filesOf(folder).keys()].sort();
  for (const words of [
    [],
    [''],
    ['mine'],
    ['file'],
    ['file/x'],
    ['link'],
    ['-x'],
    ['a\nb'],
    ['s', '--notes', '--academic'],
    ['s', '--notes', '--name', 'Ada'],
    ['s', '--title', ' '],
    ['s', '--url', 'ada.example'],
  ]) {
    const [native, own] = [NATIVE, meridian.program].map((program) =>
      run(program, ['new', ...words], { cwd: folder }),
    );
    assert.deepEqual(own, native, words.join(' '));
    assert.notEqual(own.status, 0);
  }
  assert.deepEqual([...filesOf(folder).keys()].sort(), before);
});
