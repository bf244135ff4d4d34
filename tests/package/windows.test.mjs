// The package under a Node that has Windows' paths and line ends (windows_node.mjs).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { toCommand, toNode, wordsFor } from '../../web/command/windows.mjs';
import { filesOf, temporary } from '../server/support.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip = missing();
const WINDOWS = resolve('tests/package/windows_node.mjs');
const SITE = {
  '_config.yml': 'title: Größe\r\nsass: {style: compressed}\r\n',
  'index.md': '---\r\ntitle: Home\r\n---\r\n{% include a.html %}\r\n\r\nHello *all*\r\n',
  '_includes/a.html': '[A]({% link docs/a page.md %})\r\n',
  'docs/a page.md': '---\r\n---\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n',
  'css/main.scss': '---\r\n---\r\n@import "part";\r\n',
  '_sass/_part.scss': 'a {\r\n  b: c;\r\n}\r\n',
  '_data/list.csv': 'a,b\r\n1,2\r\n',
  'files/a.txt': 'as it is\r\n',
  'größe.md': '---\r\n---\r\n{{ site.data.list | jsonify }}\r\n',
};

let meridian;
before(() => (meridian = skip ? undefined : install()));
after(() => meridian?.remove());

const program = () => join(meridian.folder, 'meridian.mjs');
/** What Windows calls a path of this machine. */
const named = (path) => `C:${path.replaceAll('/', '\\')}`;
const onWindows = (words, options) =>
  run(process.execPath, [WINDOWS, program(), ...words], options);

test('paths of Windows are those of the command and back', () => {
  for (const [windows, command] of [
    ['C:\\a\\b c', '/C:/a/b c'],
    ['c:/a', '/c:/a'],
    ['C:\\', '/C:/'],
    ['a\\b', 'a/b'],
    ['..\\a', '../a'],
    ['\\\\server\\share\\a', '//server/share/a'],
    ['.', '.'],
  ]) {
    assert.equal(toCommand(windows), command);
    assert.equal(toNode(command), windows.replaceAll('\\', '/'));
  }
  assert.equal(toNode(3), 3);
  assert.equal(toNode('/c'), '/c');
});

test('only words that may be paths are changed', () => {
  const words = (text) => wordsFor(text.split(' '));
  assert.deepEqual(words('new a\\b --title x\\y --url=https://a.example/b\\c'), [
    ...['new', 'a/b', '--title', 'x\\y', '--url=https://a.example/b\\c'],
  ]);
  assert.deepEqual(words('build --destination=C:\\o --source s\\t --quiet'), [
    ...['build', '--destination=/C:/o', '--source', 's/t', '--quiet'],
  ]);
  assert.deepEqual(words('places Bad\\Ems'), ['places', 'Bad\\Ems']);
});

test('a site is built and checked with the same bytes as natively', { skip }, (t) => {
  const folder = temporary(t);
  put(folder, Object.fromEntries(Object.entries(SITE).map(([path, s]) => [`my site/${path}`, s])));
  const native = run(NATIVE, ['build', '--source', 'my site', '--destination', 'native'], {
    cwd: folder,
  });
  assert.equal(native.status, 0, native.stderr);
  const expected = filesOf(join(folder, 'native'));
  assert.match(String(expected.get('größe.html')), /“a”:”1”/);
  for (const [source, destination, place] of [
    ['my site', 'out\\a', 'out/a'],
    ['.\\my site', 'b', 'b'],
    [named(join(folder, 'my site')), named(join(folder, 'c')), 'c'],
  ]) {
    const built = onWindows(['build', source, '--destination', destination, '--quiet'], {
      cwd: folder,
    });
    assert.deepEqual(built, { status: 0, stdout: '', stderr: '' });
    const own = filesOf(join(folder, place));
    assert.deepEqual([...own.keys()].sort(), [...expected.keys()].sort());
    for (const [path, bytes] of expected) assert.ok(bytes.equals(own.get(path)), path);
    const checked = onWindows(['check', '--json', source], { cwd: folder });
    assert.deepEqual(checked, run(NATIVE, ['check', '--json', 'my site'], { cwd: folder }));
  }
  // A second build replaces its own files, and nothing of others.
  const again = onWindows(['build', 'my site', '--destination', 'b', '--quiet'], { cwd: folder });
  assert.equal(again.status, 0, again.stderr);
  const refused = onWindows(['build', 'my site', '--destination', '.\\my site'], { cwd: folder });
  assert.equal(refused.status, 2, refused.stderr);
});

test('new, raw pages with the shell, and the manifest are written', { skip }, (t) => {
  const folder = temporary(t);
  const made = onWindows(['new', 'a\\b', '--github', '--title', 'x\\y'], { cwd: folder });
  assert.equal(made.status, 0, made.stderr);
  assert.match(readFileSync(join(folder, 'a/b/_config.yml'), 'utf8'), /^title: "x\\\\y"$/m);
  assert.ok(filesOf(join(folder, 'a/b')).has('.github/workflows/pages.yml'));
  const raw = onWindows(['build', 'a\\b', '--raw', '--destination', named(join(folder, 'raw'))], {
    cwd: folder,
  });
  assert.equal(raw.status, 0, raw.stderr);
  const files = filesOf(join(folder, 'raw'));
  for (const path of ['index.html', 'meridian.json', 'meridian/meridian.wasm', 'about.md'])
    assert.ok(files.has(path), path);
  assert.ok([...files.keys()].every((path) => !path.includes('\\')));
  const indexed = onWindows(['index', 'a\\b'], { cwd: folder });
  assert.equal(indexed.status, 0, indexed.stderr);
  const { files: listed } = JSON.parse(readFileSync(join(folder, 'a/b/meridian.json'), 'utf8'));
  assert.deepEqual(
    listed.map(({ path }) => path).filter((path) => path.includes('/')),
    [...['_data/navigation.yml', '_posts/2026-01-01-first-post.md']],
  );
});

test('serve answers with pages, and with nothing outside of the sources', { skip }, async (t) => {
  const folder = temporary(t);
  put(folder, { ...SITE, '../outside.txt': 'secret' });
  const server = spawn(
    process.execPath,
    [WINDOWS, program(), 'serve', named(folder), '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(() => server.kill());
  let text = '';
  const origin = await new Promise((done) =>
    server.stdout.on('data', (piece) => {
      const found = /http:\/\/localhost:\d+/.exec((text += piece));
      if (found) done(found[0]);
    }),
  );
  const status = async (path) => (await fetch(`${origin}/${path}`)).status;
  assert.match(await (await fetch(`${origin}/`)).text(), /Hello <em>all<\/em>/);
  assert.equal(await (await fetch(`${origin}/files/a.txt`)).text(), 'as it is\r\n');
  assert.equal(await status('docs/a page.html'), 200);
  assert.equal(await status('css/main.css'), 200);
  assert.equal(await status('meridian/theme.css'), 200);
  for (const path of [
    '..%5Coutside.txt',
    'meridian/..%5C..%5Cmeridian.mjs',
    'docs%5C..%5C..%5Coutside.txt',
  ])
    assert.equal(await status(path), 404, path);
});
