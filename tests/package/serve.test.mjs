// `meridian serve` of the npm package: pages as they are built, which follow the changes of their
// sources in a browser; who may ask; ports; how it ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { TIME, filesOf, temporary } from '../server/support.mjs';
import { browserOrSkip } from '../web/browser.mjs';
import { NATIVE, PACKAGE, missing, put, run } from './installed.mjs';

const skip = missing();
const PROGRAM = join(PACKAGE, 'meridian.mjs');
const SCRIPT =
  '<script src="/__reload.js?made=0" data-overlay="/meridian/develop.js" data-files="[]" defer></script>\n';

/** Serves until the test ends. `until(pattern)`: what it has said, once that matches. */
async function serve(t, words, options = {}) {
  const child = spawn(PROGRAM, ['serve', ...words], options);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  const waiting = new Set();
  const hear = (data) => {
    said += data;
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const until = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!pattern.test(said)) return;
        waiting.delete(look);
        resolve(said);
      };
      waiting.add(look);
      ended.then((code) => reject(new Error(`it ended with ${code}: ${said}`)));
      look();
    });
  const [address] = /http:\/\/\S+/.exec(await until(/Ctrl-C/)) ?? [];
  return { child, address, until, ended, said: () => said };
}

/** The answer to a path, which is sent as it is. */
const get = (address, path, headers = {}) =>
  new Promise((resolve, reject) => {
    const { port } = new URL(address);
    const sent = request({ host: 'localhost', port, path, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

test('every page is the one that a build writes', { skip }, async (t) => {
  const { address } = await serve(t, ['content', '--port', '0', '--time', TIME, '--quiet'], {
    env: { ...process.env, JEKYLL_ENV: 'production' },
  });
  const out = join(temporary(t), 'out');
  const words = ['build', '--quiet', '--source', 'content', '--destination', out, '--time', TIME];
  const url = ['--url', address.slice(0, -1), '--shell', join(PACKAGE, 'dist')];
  assert.equal(run(NATIVE, [...words, ...url], { env: { JEKYLL_ENV: 'production' } }).status, 0);
  let [pages, frames] = [0, 0];
  for (const [path, bytes] of filesOf(out)) {
    if (!path.endsWith('.html')) continue;
    const { status, text } = await get(address, `/${encodeURI(path)}`);
    if (status === 301) continue;
    if (path.startsWith('meridian/')) {
      // Of the shell, which has policies of its own.
      assert.equal(text, String(bytes), path);
      frames++;
      continue;
    }
    assert.equal(status, 200, path);
    assert.ok(text.includes(SCRIPT), path);
    assert.equal(text.replace(SCRIPT, ''), String(bytes), path);
    pages++;
  }
  assert.ok(pages > 40 && frames > 0, `${pages} pages, ${frames} frames`);
});

test('an open page follows each change, and mistakes are told', { skip }, async (t) => {
  const browser = await browserOrSkip(t);
  if (!browser) return;
  const folder = temporary(t);
  put(folder, {
    '_config.yml': 'title: Station\n',
    'index.md': '---\ntitle: Home\n---\nThe first text.\n',
  });
  const { address, until } = await serve(t, [folder, '--port', '0']);
  const page = await browser.newPage();
  const lines = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(String(error)));
  await page.goto(address);
  await page.waitForFunction(() => document.body.innerText.includes('The first text.'));
  put(folder, { 'index.md': '---\ntitle: Home\n---\nThe second text. {{ 1 | nofilter }}\n' });
  await page.waitForFunction(() => document.body.innerText.includes('The second text.'));
  await until(/index\.md:4:\d+: unknown filter 'nofilter'/);
  put(folder, { 'index.md': '---\ntitle: Home\n---\nThe third text.\n' });
  await until(/All mistakes are mended/);
  await page.waitForFunction(() => document.body.innerText.includes('The third text.'));
  // A page in a new folder.
  // The open page loads itself again, which would cut off what the test asks for.
  const again = page.waitForEvent('load');
  put(folder, { 'notes/one.md': '---\npermalink: /one/\n---\nA note.\n' });
  await again;
  await page.goto(`${address}one/`);
  await page.waitForFunction(() => document.body.innerText.includes('A note.'));
  writeFileSync(join(folder, 'notes/one.md'), '---\npermalink: /one/\n---\nA changed note.\n');
  await page.waitForFunction(() => document.body.innerText.includes('A changed note.'));
  // The overlay writes the mistakes of the open page into the console as well.
  assert.deepEqual(
    lines.filter((line) => !line.includes("unknown filter 'nofilter'")),
    [],
  );
});

test('mistakes are shown over the page, those of its own file unfolded', { skip }, async (t) => {
  const browser = await browserOrSkip(t);
  if (!browser) return;
  const folder = temporary(t);
  put(folder, {
    '_config.yml': 'title: Station\n',
    'index.md': '---\ntitle: "Home\nmore: "1"\n---\nThe text.\n',
    'other.md': '---\npermalink: /other/\n---\n{{ 1 | nofilter }}\n',
  });
  const { address } = await serve(t, [folder, '--port', '0', '--quiet']);
  const page = await browser.newPage();
  await page.goto(address);
  const overlay = page.locator('.mer-notes');
  await overlay.getByText('a quoted value is not closed').waitFor();
  await overlay.getByText('index.md:2:8').waitFor();
  assert.equal(await overlay.getByText("unknown filter 'nofilter'").isVisible(), false);
  await page.goto(`${address}other/`);
  await overlay.getByText("unknown filter 'nofilter'").waitFor();
  put(folder, { 'other.md': '---\npermalink: /other/\n---\nx\n' });
  await page.waitForFunction(() => !document.body.innerText.includes('nofilter'));
});

test('only this machine’s own pages are answered', { skip }, async (t) => {
  const folder = temporary(t);
  put(folder, { 'index.md': '---\ntitle: Home\n---\nText.\n', '_data/secret.yml': 'a: b\n' });
  const { address } = await serve(t, [folder, '--port', '0', '--quiet']);
  const status = async (path, headers) => (await get(address, path, headers)).status;
  assert.equal(await status('/'), 200);
  // A name that somebody else lets resolve to this machine.
  assert.equal(await status('/', { host: 'evil.example' }), 403);
  assert.equal(await status('/__reload.js', { host: 'evil.example:4000' }), 403);
  assert.equal(await status('/__reload', { 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await status('/no/such/page'), 404);
  assert.equal(await status('/../../../../etc/passwd'), 404);
  assert.equal(await status('/%2e%2e/%2e%2e/etc/passwd'), 404);
});

test('a port that is taken, options, and the end', { skip }, async (t) => {
  const folder = temporary(t);
  cpSync('tests/server/site', folder, { recursive: true });
  const taken = createServer().listen(0, 'localhost');
  await new Promise((then) => taken.once('listening', then));
  t.after(() => taken.close());
  const { port } = taken.address();
  const first = await serve(t, [folder, '--port', String(port), '--baseurl', '/sub', '--quiet']);
  assert.match(first.said(), new RegExp(`Port ${port} is taken`));
  assert.equal(new URL(first.address).pathname, '/sub/');
  assert.equal((await get(first.address, '/sub/about/')).status, 200);
  assert.match((await get(first.address, '/sub/')).text, /src="\/sub\/__reload\.js\?made=0"/);
  first.child.kill('SIGINT');
  assert.equal(await first.ended, 0);

  for (const [words, said] of [
    [['--nope'], /there is no option `--nope`/],
    [['--port'], /`--port` needs a value/],
    [['--drafts=1'], /`--drafts` takes no value/],
    [['--port', 'x'], /invalid port `x`/],
    [['--port', '99999'], /invalid port `99999`/],
    [[join(folder, 'none')], /is not a folder/],
    [[folder, folder], /unexpected argument `.*`/],
    [[folder, '--time', 'yesterday'], /`time` must be a time/],
    [[folder, '--theme', 'nope', '--port', '0'], /theme/],
  ]) {
    const { status, stderr } = run(PROGRAM, ['serve', ...words]);
    assert.equal(status, 2, `${words}: ${stderr}`);
    assert.match(stderr, said);
  }
  const { status, stdout } = run(PROGRAM, ['serve', '--help']);
  assert.equal(run(PROGRAM, ['help', 'serve']).stdout, stdout);
  assert.equal(status, 0);
  // What parseArgs() knows is what the help lists.
  const known = readFileSync('web/command/serve.mjs', 'utf8').matchAll(/^ {8}(\w+): \{ type:/gm);
  assert.deepEqual(
    [...new Set(stdout.match(/--[a-z]+/g))].sort(),
    [...known].map(([, name]) => `--${name}`).sort(),
  );
});
