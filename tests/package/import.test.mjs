// `meridian import` for Node beside the native one: the same sources, and the same report.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { filesOf, temporary } from '../server/support.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip = missing();
const SITE = {
  'hugo.toml':
    'baseURL = "https://ada.example/"\ntitle = "Zoë 北京"\n[params]\nsince = 1815-12-10\n',
  'content/posts/first/index.md':
    '+++\ntitle = "First"\ndate = 2026-01-31T12:00:00+01:00\ntags = ["A b"]\n+++\n{{< figure src="a.png" >}} {{ x }}\n',
  'content/posts/first/a.png': 'PNG',
  'content/docs/a.md': '---\ntitle: A\n---\n{{< own >}}\n',
  'content/broken.md': '+++\ntitle =\n+++\n',
  'static/a/b.txt': 'b',
  'data/a.toml': 'a = 1.5\n',
};

let meridian;
before(() => (meridian = skip ? undefined : install()));
after(() => meridian?.remove());

test('a site has the same bytes and the same report as by the native command', { skip }, (t) => {
  const folders = [temporary(t), temporary(t)];
  const [native, own] = [NATIVE, meridian.program].map((program, at) => {
    put(folders[at], Object.fromEntries(Object.entries(SITE).map(([k, v]) => [`hugo/${k}`, v])));
    return run(program, ['import', 'hugo', 'new'], { cwd: folders[at] });
  });
  assert.equal(native.status, 1);
  assert.match(native.stdout, /content\/broken\.md:2:8: this is not a TOML value/);
  assert.deepEqual(own, native);
  const [theirs, ours] = folders.map((folder) => filesOf(join(folder, 'new')));
  assert.ok(theirs.size > 8);
  assert.deepEqual([...ours.keys()].sort(), [...theirs.keys()].sort());
  for (const [path, bytes] of theirs) assert.ok(bytes.equals(ours.get(path)), path);
});

test('what is refused is refused in the same words', { skip }, (t) => {
  const folder = temporary(t);
  put(folder, { 'hugo/hugo.toml': '', 'full/a': '', 'none/a.md': '' });
  for (const words of [[], ['hugo'], ['nowhere', 'new'], ['none', 'new'], ['hugo', 'full']]) {
    const [native, own] = [NATIVE, meridian.program].map((program) =>
      run(program, ['import', ...words], { cwd: folder }),
    );
    assert.deepEqual(own, native, words.join(' '));
    assert.equal(own.status, 2);
  }
});
