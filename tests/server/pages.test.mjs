// The bytes of every page are those of `meridian build`: of the demo and of all sites of the tests,
// from a list of the sources and from a manifest.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { folder } from '../../web/server/folder.mjs';
import { createHandler } from '../../web/server/handler.js';
import {
  DIST,
  Memory,
  ORIGIN,
  TIME,
  ask,
  baseurlOf,
  build,
  meridian,
  modules,
  temporary,
  testSites,
} from './support.mjs';

/** Source, and the options of the build as those of the handler. */
const sites = [
  ['content', {}],
  ['content', { baseurl: '/sub/path' }],
  ...testSites().flatMap((path) => [
    [path, {}],
    [path, { theme: 'site' }],
  ]),
];

/** Where the address of a written file is asked for. */
const addressOf = (path) => path.split('/').map(encodeURIComponent).join('/');
/** Where a page that `meridian build` writes for a redirect leads, without its host. */
function targetOf(html, path) {
  const target = /location="([^"]*)"|location='([^']*)'/
    .exec(html)
    ?.slice(1)
    .find((one) => one);
  return pathOf(new URL(target ?? '/no/target', `${ORIGIN}/${path}`));
}
const pathOf = ({ pathname, search, hash }) => pathname + search + hash;

/** Compares every file of a build with the handler's answer. */
async function compare(handler, built, baseurl = '') {
  const differing = [];
  let pages = 0;
  for (const [path, bytes] of built) {
    if (path.startsWith('meridian/') && !path.startsWith('meridian/search/')) continue;
    const answer = await ask(handler, `${baseurl}/${addressOf(path)}`);
    pages++;
    if (answer.status === 301) {
      // The build has a page that leads there.
      const location = pathOf(new URL(answer.headers.location, ORIGIN));
      const target = targetOf(bytes.toString(), path);
      if (location !== target) differing.push(`${path}: ${location} instead of ${target}`);
    } else if (answer.status !== 200 || !answer.bytes.equals(bytes)) {
      const at = [...answer.bytes].findIndex((byte, i) => byte !== bytes[i]);
      differing.push(
        `${path}: ${answer.status}, byte ${at}: ${answer.bytes.subarray(at, at + 80)}\n  instead of ${bytes.subarray(at, at + 80)}`,
      );
    }
  }
  assert.deepEqual(differing, []);
  return pages;
}

const flags = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);

for (const [source, options] of sites)
  test(`${source} ${flags(options).join(' ')}`, async (t) => {
    const built = build(t, source, ...flags(options));
    const given = { ...options, time: TIME };
    const baseurl = options.baseurl ?? baseurlOf(source);
    await t.test('from a folder', async () => {
      const handler = createHandler({ sources: folder(source), modules, options: given });
      assert.ok((await compare(handler, built, baseurl)) > 0);
    });
    await t.test('from a manifest', async () => {
      const copy = join(temporary(t), 'src');
      cpSync(source, copy, { recursive: true });
      meridian('index', '--quiet', '--source', copy, '--shell', 'build/dist', '--time', TIME);
      const memory = Memory.fromFolder(copy);
      const handler = createHandler({
        sources: memory.sources({ list: false }),
        modules,
        options: given,
      });
      assert.ok((await compare(handler, built, baseurl)) > 0);
    });
  });

for (const source of ['content', 'tests/sites/with-own-shell', 'tests/sites/folder'])
  test(`${source}, as \`meridian build --raw\` publishes it`, async (t) => {
    const built = build(t, source);
    const raw = join(temporary(t), 'raw');
    const given = ['--quiet', '--source', source, '--destination', raw, '--time', TIME];
    meridian('build', '--raw', ...given, '--shell', DIST);
    // Thousands of files, which only journeys need.
    if (source !== 'content')
      rmSync(join(raw, 'meridian/places'), { recursive: true, force: true });
    // Sources that have the names of the shell's pages lie elsewhere.
    const sources = Memory.fromFolder(raw).sources({ list: false });
    const handler = createHandler({ sources, modules, options: { time: TIME } });
    assert.ok((await compare(handler, built)) > 0);
  });

test('a site with a search: its pages, and the index', async (t) => {
  const source = join(temporary(t), 'src');
  cpSync('content', source, { recursive: true });
  const config = join(source, '_config.yml');
  writeFileSync(config, `${readFileSync(config, 'utf8')}\nmeridian:\n  search: true\n`);
  const built = build(t, source);
  assert.ok(built.has('meridian/search/h0.bin'));
  const handler = createHandler({ sources: folder(source), modules, options: { time: TIME } });
  await compare(handler, built);
});

test('links to folders, also to those that they lie in, are followed as by the command', async (t) => {
  const source = join(temporary(t), 'src');
  mkdirSync(join(source, 'notes/deep'), { recursive: true });
  for (const path of ['index.md', 'notes/index.md', 'notes/deep/one.md'])
    writeFileSync(join(source, path), `---\n---\n${path}\n`);
  writeFileSync(join(source, '_config.yml'), 'title: Links\n');
  for (const [target, path] of [
    ['..', 'notes/up'],
    ['.', 'notes/a'],
    ['.', 'notes/b'],
    ['notes', 'linked'],
    ['../../notes', 'notes/deep/again'],
    ['/etc', 'out'],
    ['nowhere', 'dead'],
  ])
    symlinkSync(target, join(source, path));
  const built = build(t, source);
  assert.ok(built.has('linked/deep/one.html'));
  const handler = createHandler({ sources: folder(source), modules, options: { time: TIME } });
  await compare(handler, built);
  const pages = [...built.keys()].filter((path) => path.endsWith('.html'));
  const listed = (await folder(source).list()).map(({ path }) => path);
  const sources = listed.filter((path) => path.endsWith('.md'));
  assert.deepEqual(sources.map((path) => path.replace('.md', '.html')).sort(), pages.sort());
});
