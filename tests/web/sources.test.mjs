// Locations of a site's sources from a repository or a manifest, neither of which is trusted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourcesInTree, sourcesOfManifest } from '../../web/net/source_index.js';

const RAW = 'https://raw.example/';
const blob = (path, size) => ({ path, type: 'blob', size });
const ROOT = 'https://ada.example/site/';

test('a site is its repository, or its docs folder', () => {
  const tree = [blob('_config.yml', 5), { path: 'a', type: 'tree' }, blob('a/b c#.md', 7)];
  assert.deepEqual(sourcesInTree(tree, RAW, 'o/n', 'x/y'), {
    root: 'https://raw.example/o/n/x/y/',
    entries: [
      { path: '_config.yml', from: 'https://raw.example/o/n/x/y/_config.yml', size: 5 },
      { path: 'a/b c#.md', from: 'https://raw.example/o/n/x/y/a/b%20c%23.md', size: 7 },
    ],
  });
  const docs = sourcesInTree(
    [blob('README.md'), blob('docs/_config.yml'), blob('docs/index.md')],
    RAW,
    'o/n',
    'HEAD',
  );
  assert.deepEqual(
    [docs.root, docs.entries.map(({ path, from }) => [path, from])],
    [
      `${RAW}o/n/HEAD/docs/`,
      [
        ['_config.yml', `${RAW}o/n/HEAD/docs/_config.yml`],
        ['index.md', `${RAW}o/n/HEAD/docs/index.md`],
      ],
    ],
  );
  assert.deepEqual(sourcesInTree([], RAW, 'o/n', 'HEAD').entries, []);
});

test('a manifest names files beside it or below', () => {
  const { root, entries } = sourcesOfManifest(
    {
      source: '/src',
      files: [
        'a.md',
        { path: 'b.md', size: 3, text: 'abc' },
        { path: 'c.md', at: 'else where/c.md' },
      ],
    },
    ROOT,
  );
  assert.equal(root, `${ROOT}src/`);
  assert.deepEqual(
    entries.map(({ path, from, size, text }) => [path, from, size, text]),
    [
      ['a.md', `${ROOT}src/a.md`, undefined, undefined],
      ['b.md', `${ROOT}src/b.md`, 3, 'abc'],
      ['c.md', `${ROOT}else%20where/c.md`, undefined, undefined],
    ],
  );
});

test('… and nothing else, whatever it contains', () => {
  for (const manifest of [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    { files: 'a.md' },
    { files: { 0: 'a.md' } },
    { source: 7, files: null },
  ])
    assert.deepEqual(sourcesOfManifest(manifest, ROOT).entries, []);
  const files = [
    null,
    7,
    {},
    { path: 7 },
    { path: ['a'] },
    '../secret.md',
    { path: 'a.md', at: '../../x' },
    { path: 'a.md', at: '/x' },
    'a.md',
  ];
  assert.deepEqual(
    sourcesOfManifest({ files }, ROOT).entries.map(({ from }) => from),
    [`${ROOT}a.md`],
  );
  assert.deepEqual(sourcesOfManifest({ source: '../..', files: ['a.md'] }, ROOT).entries, []);
  // A path that resembles another host is a name here.
  assert.deepEqual(
    sourcesOfManifest(
      { files: ['https://evil.example/a.md', '//evil.example/a.md', '\\\\evil.example\\a.md'] },
      ROOT,
    )
      .entries.map(({ from }) => new URL(from).host)
      .filter((host) => host !== 'ada.example'),
    [],
  );
  assert.deepEqual(
    sourcesOfManifest({ files: [{ path: 'a.md', size: '9', text: 9 }] }, ROOT).entries,
    [{ path: 'a.md', from: `${ROOT}a.md`, size: undefined, text: undefined }],
  );
});
