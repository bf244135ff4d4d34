// Files that a project can't have: every way in leaves them out and names them, and takes the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Folder } from '../../web/playground/project/folder.js';
import { filesWithin } from '../../web/playground/project/initial_files.js';
import { describeLeft } from '../../web/playground/project/left_out.js';
import { fromFolder } from '../../web/playground/project/open.js';
import { upload } from '../../web/playground/project/upload.js';
import { NO_PATHS } from './archives.mjs';

const named = (paths) => paths.map((path) => [path, new File(['x'], 'x')]);

test('files that are added', async () => {
  const project = { files: new Map([['b.md', 'before']]), put: (...file) => files.set(...file) };
  const { files } = project;
  const lost = new File([], 'lost');
  lost.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  const chosen = [...named(['a.md', ...NO_PATHS]), ['lost.md', lost], ...named(['b.md'])];
  const { paths, before, left } = await upload(project, chosen, '');
  assert.deepEqual(paths, ['a.md', 'b.md']);
  assert.deepEqual(before, [
    ['a.md', undefined],
    ['b.md', 'before'],
  ]);
  assert.deepEqual(left, { named: NO_PATHS, unread: ['lost.md'] });
  assert.deepEqual([...files.keys()].sort(), ['a.md', 'b.md']);
  assert.match(describeLeft(left), / Skipped, because they can’t be read: “lost\.md”\.$/);
});

test('a folder that is opened as a copy', async () => {
  const { files, left } = await fromFolder(named(['site/a.md', 'site/.git/config', ...NO_PATHS]));
  assert.deepEqual(Object.keys(files), ['a.md']);
  assert.deepEqual(left.named, NO_PATHS);
});

/** A folder of the disk with files of these names. */
const folderOf = (names) => ({
  name: 'site',
  async *entries() {
    for (const name of names) {
      const getFile = async () => new File(['x'], name, { lastModified: 1 });
      yield [name, { kind: 'file', getFile }];
    }
  },
});

test('a folder that is saved: what is left out stays on the disk', async () => {
  const names = ['line\nbreak.md', 'back\\slash.md', ' blank.md', 'photo\u202egnp.js'];
  const folder = new Folder(folderOf([...names, 'a.md']));
  const { files, left } = await folder.read();
  assert.deepEqual(Object.keys(files), ['a.md']);
  assert.deepEqual(left.named, names);
  const project = {
    files: new Map(Object.entries(files)),
    paths: ['a.md'],
    has: (p) => p in files,
  };
  assert.deepEqual(folder.differing(project), { written: [], gone: [] });
  await assert.rejects(
    new Folder(folderOf(names)).read(),
    /^Error: It contains no files\. Skipped, .* and 1 more\.$/,
  );
  // One that was kept with such a file.
  const known = [...names, 'a.md'].map((path) => [path, { changed: 1, size: 1, content: 'x' }]);
  const again = Folder.of({ handle: folder.handle, known }, files);
  assert.deepEqual(again.differing(project).gone, []);
});

test('files of another host', async () => {
  globalThis.location = new URL('https://reader.example/');
  const { gather } = await import('../../web/playground/project/remote_files.js');
  const entries = ['a.md', ...NO_PATHS].map((path) => ({ path, from: 'https://a/', text: 'x' }));
  const watch = { report() {}, signal: new AbortController().signal };
  const { files, left } = await gather('Site', entries, watch);
  assert.deepEqual(Object.keys(files), ['a.md']);
  assert.deepEqual(left.named, NO_PATHS);
});

test('files within an element', () => {
  const within = (paths) =>
    filesWithin({
      getAttribute: () => 'Title',
      querySelectorAll: () => paths.map((path) => ({ getAttribute: () => path, textContent: 'x' })),
    });
  const { files, open, left } = within(['../up.md', 'a.md']);
  assert.deepEqual([Object.keys(files), open, left.named], [['a.md'], 'a.md', ['../up.md']]);
  assert.deepEqual(within(['../up.md']).left.named, ['../up.md']);
  assert.equal(within([]), undefined);
});
