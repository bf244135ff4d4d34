// The command for Node as a process of its own, and a reader without scripts who reads the whole
// demo from it in a browser.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { browserOrSkip } from '../web/browser.mjs';
import { DIST, TIME, build, meridian, temporary } from './support.mjs';

const SERVE = 'web/server/serve.mjs';

/** Runs the command until the test ends; its address, and what it says. */
async function serve(t, folder, ...options) {
  const given = [SERVE, folder, '--port', '0', '--dist', DIST, '--time', TIME, ...options];
  const child = spawn(process.execPath, given);
  t.after(() => child.kill('SIGKILL'));
  const said = { errors: '' };
  child.stderr.on('data', (data) => (said.errors += data));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => resolve(String(data).trim()));
    child.on('exit', () => reject(new Error(said.errors)));
  });
  return { child, address: address.replace('localhost', '127.0.0.1'), said };
}

/** An answer without what `fetch` does by itself. */
const get = (address, path, headers = {}, method = 'GET') =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const sent = request({ hostname, port, path, headers, method }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes: Buffer.concat(parts),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

test('pages, files, ranges and compressed forms over HTTP', async (t) => {
  const folder = join(temporary(t), 'site');
  cpSync('tests/server/site', folder, { recursive: true });
  writeFileSync(join(folder, 'large.txt'), 'A line of text.\n'.repeat(200_000));
  symlinkSync('/etc/hostname', join(folder, 'outside.txt'));
  const { address, child, said } = await serve(t, folder, '--host', '127.0.0.1');

  const about = await get(address, '/about/');
  assert.equal(about.status, 200);
  assert.match(about.bytes.toString(), /What the station measures/);
  const packed = await get(address, '/about/', { 'accept-encoding': 'gzip, br' });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.deepEqual(gunzipSync(packed.bytes), about.bytes);
  assert.equal(packed.headers.etag, `W/${about.headers.etag}`);
  const known = { 'if-none-match': packed.headers.etag, 'accept-encoding': 'gzip' };
  assert.equal((await get(address, '/about/', known)).status, 304);
  const refused = await get(address, '/about/', { 'accept-encoding': 'gzip;q=0, br' });
  assert.equal(refused.headers['content-encoding'], undefined);

  const head = await get(address, '/large.txt', {}, 'HEAD');
  assert.deepEqual([head.status, head.headers['content-length']], [200, '3200000']);
  const part = await get(address, '/large.txt', { range: 'bytes=16-31' });
  assert.deepEqual([part.status, part.bytes.toString()], [206, 'A line of text.\n']);
  assert.equal((await get(address, '/large.txt')).bytes.length, 3_200_000);

  const theme = await get(address, '/meridian/theme.css', { 'accept-encoding': 'br' });
  assert.equal(theme.headers['content-encoding'], 'br');
  for (const path of [
    '/outside.txt',
    '/meridian/..%2f..%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/%00',
    '//about/',
    '//127.0.0.1/about/',
    '/_config.yml',
  ])
    assert.equal((await get(address, path)).status, 404, path);
  assert.equal((await get(address, '/about/', {}, 'DELETE')).status, 405);
  assert.equal((await get(address, '/', { host: 'a b' })).status, 400);

  // A change on the disk, without a restart.
  writeFileSync(join(folder, 'terms.md'), '---\npermalink: /terms.html\n---\nOther terms.\n');
  assert.doesNotMatch((await get(address, '/terms')).bytes.toString(), /Other terms/);
  assert.equal(said.errors, '');
  child.kill('SIGTERM');
  assert.equal(await new Promise((resolve) => child.on('exit', (code) => resolve(code))), 0);
});

test('in development changes are seen at once', async (t) => {
  const folder = join(temporary(t), 'site');
  cpSync('tests/server/site', folder, { recursive: true });
  const { address } = await serve(t, folder, '--host', '127.0.0.1', '--development');
  assert.match((await get(address, '/terms')).bytes.toString(), /Terms of use/);
  writeFileSync(join(folder, 'terms.md'), '---\npermalink: /terms.html\n---\nOther terms.\n');
  assert.match((await get(address, '/terms')).bytes.toString(), /Other terms/);
});

test('a folder that `meridian build --raw` wrote', async (t) => {
  const folder = join(temporary(t), 'raw');
  const source = 'tests/sites/with-own-shell';
  meridian(
    ...['build', '--raw', '--quiet', '--source', source, '--destination', folder],
    ...['--time', TIME, '--shell', DIST],
  );
  const { address } = await serve(t, folder, '--host', '127.0.0.1', '--manifest');
  const home = await get(address, '/');
  assert.deepEqual(home.bytes, build(t, source).get('index.html'));
});

test('wrong use is explained', async () => {
  for (const [options, said] of [
    [[], /DIR: the site in a folder/],
    [['nope'], /nope is not a folder; name the one with the sources/],
    [['package.json'], /package\.json is not a folder/],
    [['a', 'b'], /unexpected argument `b`/],
    [['--fly'], /there is no option `--fly`/],
    [['--prot', '1', 'content'], /there is no option `--prot`/],
    [['content', '--port'], /`--port` needs a value/],
    [['content', '--port', 'x'], /invalid port `x`: give a number from 0 to 65535/],
    [['content', '--port', '65536'], /invalid port `65536`/],
    [['content', '--manifest=1'], /`--manifest` takes no value/],
    [['content', '--dist', '/nope'], /\/nope has no meridian\/meridian\.wasm; name .* --dist/],
    [['content', '--max-age', 'x'], /invalid --max-age `x`/],
  ]) {
    const child = spawn(process.execPath, [SERVE, ...options]);
    let errors = '';
    child.stderr.on('data', (data) => (errors += data));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    assert.equal(code, 2, `${options}: ${errors}`);
    assert.match(errors, said);
    assert.match(
      errors,
      /^(meridian: .*\n`node serve\.mjs --help` lists what there is\.\n$|node )/,
    );
  }
});

test('without scripts a reader gets to every page of the demo', async (t) => {
  const { address } = await serve(
    t,
    'content',
    '--host',
    '127.0.0.1',
    '--url',
    'https://d.example',
  );
  const browser = await browserOrSkip(t);
  if (!browser) return;
  const context = await browser.newContext({ javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  const failures = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failures.push(`${response.status()} ${response.url()}`);
  });
  const sitemap = (await get(address, '/sitemap.xml')).bytes.toString();
  const listed = [...sitemap.matchAll(/<loc>https:\/\/d\.example([^<]*)<\/loc>/g)];
  const rest = new Set(['/', ...listed.map(([, path]) => path)]);
  for (const path of rest) {
    const { status } = await get(address, path);
    assert.ok([200, 301].includes(status), `${path}: ${status}`);
    if (status === 301 || !/(\/|\.html)$/.test(path)) continue;
    await page.goto(new URL(path, address).href);
    assert.ok((await page.locator('h1').count()) > 0, `${path} has no heading`);
    assert.ok((await page.locator('main').innerText()).length > 20, `${path} has no text`);
    for (const name of ['link[rel=canonical]', 'meta[property="og:title"]'])
      assert.equal(await page.locator(name).count(), 1, `${path}: ${name}`);
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((one) => one.href));
    for (const link of links) rest.add(new URL(link).pathname);
  }
  // What crawlers look for.
  await page.goto(address);
  const facts = page.locator('script[type="application/ld+json"]');
  assert.equal(JSON.parse(await facts.textContent())['@context'], 'https://schema.org');
  const robots = (await get(address, '/robots.txt')).bytes.toString();
  assert.match(robots, /Sitemap: https:\/\/d\.example\/sitemap\.xml/);
  assert.ok(rest.size > 60, `${rest.size} pages`);
  assert.deepEqual(failures, []);
});
