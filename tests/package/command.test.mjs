// The command for Node beside the native one: the same files, output and exit statuses, with
// nothing but Node.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { lock } from '../../web/command/lock.mjs';
import { TIME, filesOf, temporary, testSites } from '../server/support.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip = missing();
// Bytes that npm sends, and files that it unpacks: the time until the command runs.
const LARGEST = 6_650_000;
const MOST_FILES = 400;

let meridian;
before(() => (meridian = skip ? undefined : install()));
after(() => meridian?.remove());

const SITE = {
  '_config.yml': 'title: T\ntimezone: Europe/Berlin\n',
  'index.md':
    '---\ntitle: Home\n---\nIt is {{ site.time }}, in {{ jekyll.environment }}. {{ page.title | shout }}\n',
  '_plugins/a.js': 'export const filters = { shout: (input) => `${input}!` };\n',
  '_posts/2026-07-01-summer.md': '---\ntitle: Summer\n---\n{{ page.date }}\n',
  '_posts/1893-03-31-mean-time.md': '---\ntitle: Mean time\n---\n{{ page.date }}\n',
};

/** The same words for both commands; the shell of the package, which has no compressed forms. */
function both(words, options) {
  const shell = ['--shell', join(meridian.folder, 'dist')];
  return [run(NATIVE, [...shell, ...words], options), run(meridian.program, words, options)];
}

/** The same output and status; a long output is not printed. */
function assertSame(own, native, words) {
  assert.deepEqual([own.status, own.stderr], [native.status, native.stderr], words);
  assert.ok(own.stdout === native.stdout, `${words}: another output`);
}

/** Both write a site, to the same place one after the other; the files are the same. */
function assertSameFiles(t, words) {
  const folders = [temporary(t), temporary(t)].map((folder) => join(folder, 'out'));
  const shell = ['--shell', join(meridian.folder, 'dist')];
  const native = run(NATIVE, [...words, ...shell, '--destination', folders[0]]);
  const ours = run(meridian.program, [...words, '--destination', folders[1]]);
  const told = ({ status, stderr }) => [status, stderr];
  assert.deepEqual(told(ours), told(native));
  const [theirs, own] = folders.map((folder) => filesOf(folder));
  assert.deepEqual([...own.keys()].sort(), [...theirs.keys()].sort());
  for (const [path, bytes] of theirs) assert.ok(bytes.equals(own.get(path)), path);
  return theirs.size;
}

test('it depends on nothing, and is small enough to be tried', { skip }, () => {
  const { dependencies, bin, engines } = JSON.parse(
    readFileSync(join(meridian.folder, 'package.json'), 'utf8'),
  );
  assert.equal(dependencies, undefined);
  assert.deepEqual([Object.keys(bin), engines], [['meridian'], { node: '>=20' }]);
  assert.ok(statSync(meridian.archive).size < LARGEST, `${statSync(meridian.archive).size} bytes`);
  const files = [...filesOf(meridian.folder).keys()];
  assert.ok(files.length < MOST_FILES, `${files.length} files`);
  for (const path of ['LICENSE', 'NOTICE.txt', 'README.md', 'dist/.nojekyll', 'dist/index.html'])
    assert.ok(files.includes(path), path);
});

test('it follows the sources', { skip }, async (t) => {
  const [source, out] = ['source', 'out'].map((name) => join(temporary(t), name));
  put(source, SITE);
  const words = ['build', '--watch', '--source', source, '--destination', out];
  const child = spawn(meridian.program, words);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  const until = async (pattern) => {
    while (!pattern.test(said)) {
      const [more] = await once(child.stderr, 'data');
      said += more;
    }
  };
  await until(/following/);
  const page = join(out, '2026/07/01/summer.html');
  const post = '_posts/2026-07-01-summer.md';
  put(source, { [post]: `${SITE[post]}Warm.\n` });
  await until(/summer\.md: 1 file, \d+ ms/);
  assert.match(readFileSync(page, 'utf8'), /Warm\./);
  put(source, { 'new.md': '---\ntitle: New\n---\nA page.\n' });
  await until(/new\.md: all files, \d+ ms/);
  assert.match(readFileSync(join(out, 'new.html'), 'utf8'), /A page\./);
});

test('every site of the tests is written as by the native command', { skip }, (t) => {
  let files = 0;
  for (const source of ['content', ...testSites()])
    files += assertSameFiles(t, ['build', '--source', source, '--time', TIME]);
  assert.ok(files > 500, `${files} files`);
});

test('so are raw sources with the shell', { skip }, (t) => {
  assertSameFiles(t, ['build', '--raw', '--pages', '--source', 'content', '--time', TIME]);
});

test('what other commands print is the same', { skip }, () => {
  const source = ['--source', 'content'];
  for (const words of [
    ['index', ...source, '--output', '-'],
    ['check', '--json', ...source],
    ['check', ...source],
    ['compare', 'tests/sites/lists.expected', 'tests/sites/archive.expected'],
    ['compare', '--json', 'tests/sites/lists.expected', 'tests/sites/archive.expected'],
    ['doctor', ...source],
    ['doctor', '--json', '--source', 'tests/sites/plugins'],
    ['render', 'content/_pages/travel.md', ...source, '--time', TIME],
    ['places', 'Quito', 'Berlin', 'Nowhere at all'],
    ['theme', 'list', ...source],
    ['--version'],
  ]) {
    const [native, own] = both(words);
    assertSame(own, native, words.join(' '));
  }
});

test('what is refused is refused in the same words', { skip }, (t) => {
  const folder = temporary(t);
  put(folder, { 'broken/index.md': '---\ntitle: [\n---\n{% nope %}\n' });
  for (const words of [
    ['bild'],
    ['build', '--nope'],
    ['build', '--source'],
    ['build', '--source', join(folder, 'none')],
    ['check', '--source', join(folder, 'broken')],
    ['build', '--source', join(folder, 'broken'), '--destination', join(folder, 'broken')],
    ['build', '--source', 'content', '--time', 'yesterday'],
    ['theme', 'add', 'none', '--source', join(folder, 'broken')],
  ]) {
    const [native, own] = both(words);
    assertSame(own, native, words.join(' '));
    assert.notEqual(own.status, 0, words.join(' '));
  }
  const { status, stderr } = run(meridian.program, []);
  assert.equal(status, 2);
  assert.match(stderr, /meridian serve \[DIR\]/);
});

test('with nothing but Node: no other program, no home, no time zones', { skip }, (t) => {
  const folder = temporary(t);
  put(join(folder, 'site'), SITE);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(process.execPath, join(folder, 'bin/node'));
  const options = ['build', '--source', 'site', '--quiet'];
  const variables = { SOURCE_DATE_EPOCH: '1234567890', JEKYLL_ENV: 'staging' };
  const bare = {
    cwd: folder,
    env: { ...variables, PATH: join(folder, 'bin'), HOME: '/nonexistent', TZDIR: '/nonexistent' },
  };
  const own = run(meridian.program, [...options, '--destination', 'own'], bare);
  assert.deepEqual(own, { status: 0, stdout: '', stderr: '' });
  const native = [...options, '--destination', 'native', '--shell', join(meridian.folder, 'dist')];
  assert.equal(run(NATIVE, native, { cwd: folder, env: variables }).status, 0);
  const [theirs, ours] = ['native', 'own'].map((name) => filesOf(join(folder, name)));
  for (const [path, bytes] of theirs) assert.equal(String(ours.get(path)), String(bytes), path);
  assert.match(String(ours.get('index.html')), /2009-02-14 00:31:30 \+0100, in staging/);
});

test('output of any length reaches a reader who is slow', { skip }, (t) => {
  const folder = temporary(t);
  put(folder, { 'index.md': `---\ntitle: Long\n---\n${'A line of text.\n\n'.repeat(60_000)}` });
  const words = `render '${folder}/index.md' --source '${folder}' --content-only`;
  const slowly = (program) => run('sh', ['-c', `'${program}' ${words} | (sleep 1; cat)`]);
  const native = slowly(NATIVE);
  assert.ok(native.stdout.length > 1_000_000);
  assert.equal(slowly(meridian.program).stdout, native.stdout);
});

test('two builds do not write into one folder, and a killed one is no hindrance', { skip }, (t) => {
  const folder = realpathSync(temporary(t));
  const [source, out] = ['site', 'out'].map((name) => join(folder, name));
  put(source, SITE);
  mkdirSync(out);
  const build = () =>
    run(meridian.program, ['build', '--quiet', '--source', source, '--destination', out]);
  const holder = `import { lock } from '${resolve('web/command/lock.mjs')}';
    console.log(lock(${JSON.stringify(out)})); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', holder]);
  t.after(() => child.kill('SIGKILL'));
  return new Promise((then, fail) => {
    child.stdout.once('data', (data) => {
      try {
        assert.equal(String(data), 'true\n');
        assert.equal(lock(out), false);
        const { status, stderr } = build();
        assert.equal(status, 1);
        assert.match(stderr, /another build is writing/);
        assert.deepEqual(readdirSync(out), []);
        child.kill('SIGKILL');
      } catch (error) {
        fail(error);
      }
    });
    child.once('exit', () => {
      try {
        assert.deepEqual(build(), { status: 0, stdout: '', stderr: '' });
        assert.ok(existsSync(join(out, 'index.html')));
        // Nor does one that has ended.
        assert.equal(build().status, 0);
        then();
      } catch (error) {
        fail(error);
      }
    });
  });
});

test('a build that is killed leaves each file old or new', { skip }, async (t) => {
  const folder = temporary(t);
  const [source, out] = ['site', 'out'].map((name) => join(folder, name));
  const texts = {};
  const words = ['build', '--quiet', '--source', source, '--destination', out, '--time', TIME];
  const pages = (which) => ({
    '_config.yml': 'meridian: {theme: site}\n',
    ...Object.fromEntries(
      Array.from({ length: 150 }, (_, n) => [`p${n}.md`, `---\n---\n${`${which} `.repeat(400)}\n`]),
    ),
  });
  for (const which of ['old', 'new']) {
    put(source, pages(which));
    assert.deepEqual(run(meridian.program, words), { status: 0, stdout: '', stderr: '' });
    texts[which] = filesOf(out);
  }
  let killed = 0;
  for (let turn = 0; turn < 8; turn++) {
    const which = ['old', 'new'][turn % 2];
    put(source, pages(which));
    const child = spawn(meridian.program, words, { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    // Once its first page is there, whenever that is.
    const first = () => readFileSync(join(out, 'p0.html'), 'utf8').includes(which);
    while (!first() && child.exitCode === null) await new Promise((then) => setTimeout(then, 2));
    await new Promise((then) => setTimeout(then, turn * 5));
    child.kill('SIGKILL');
    killed += (await ended) === 'SIGKILL' ? 1 : 0;
    for (const [path, bytes] of filesOf(out))
      if (!/^\.meridian/.test(path))
        assert.ok(
          ['old', 'new'].some((name) => texts[name].get(path)?.equals(bytes)),
          path,
        );
    assert.equal(run(meridian.program, words).status, 0);
    const files = filesOf(out);
    for (const [path, bytes] of texts[which]) assert.ok(bytes.equals(files.get(path)), path);
  }
  assert.ok(killed > 0, 'no build was killed while it wrote');
});
