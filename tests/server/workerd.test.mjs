// `_worker.js` under workerd, the runtime of Cloudflare's workers, with a folder as its assets: the
// pages of the demo and of all sites of the tests are those of `meridian build`.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { DIST, TIME, baseurlOf, build, meridian, testSites } from './support.mjs';

const WORKER = 'build/server/_worker.js';
const SOURCES = ['content', 'tests/server/site', ...testSites()];
// Requests at once in a cold isolate.
const FIRST = 10;

/** The program, or undefined where it is not installed. */
function workerd() {
  try {
    return createRequire(import.meta.url)('workerd').default;
  } catch {
    return undefined;
  }
}

/** A site as it is deployed: sources, the shell's folder, a manifest. */
function deploy(source, site) {
  cpSync(source, site, { recursive: true });
  // Thousands of files: links to them, within the folder of the build.
  execFileSync('cp', ['-al', resolve(DIST, 'meridian'), site]);
  meridian('index', '--quiet', '--source', site, '--shell', DIST, '--time', TIME);
}

/** A worker for each site, in Cap'n Proto's notation: workerd's own format. */
function configuration(sites) {
  const modules = readdirSync(WORKER)
    .sort((a, b) => b.includes('index.js') - a.includes('index.js'))
    .map((name) => {
      const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
      return `(name = "${name}", ${kind} = embed "worker/${name}")`;
    });
  const options = JSON.stringify(JSON.stringify(JSON.stringify({ time: TIME })));
  const services = sites.map(
    (site, at) => `
    (name = "assets${at}", disk = (path = "${site}", allowDotfiles = true)),
    (name = "site${at}", worker = (
      modules = .modules,
      compatibilityDate = "2026-01-01",
      bindings = [
        (name = "ASSETS", service = "assets${at}"),
        (name = "MERIDIAN_OPTIONS", json = ${options}),
      ],
    )),`,
  );
  const sockets = sites.map(
    (_, at) => `(name = "site${at}", address = "127.0.0.1:0", http = (), service = "site${at}"),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const modules :List(Workerd.Worker.Module) = [${modules.join(', ')}];
const config :Workerd.Config = (
  services = [${services.join('')}
  ],
  sockets = [${sockets.join(' ')}],
);
`;
}

/** Runs the workers until the test ends; their addresses. */
async function serve(t, folder, sites) {
  const config = join(folder, 'config.capnp');
  cpSync(WORKER, join(folder, 'worker'), { recursive: true });
  writeFileSync(config, configuration(sites));
  const child = spawn(workerd(), ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const said = { errors: '' };
  child.stderr.on('data', (data) => (said.errors += data));
  const ports = new Map();
  await new Promise((found, reject) => {
    let text = '';
    child.stdio[3].on('data', (data) => {
      text += data;
      for (const line of text.split('\n').slice(0, -1)) {
        const { event, socket, port } = JSON.parse(line);
        if (event === 'listen') ports.set(socket, port);
      }
      if (ports.size === sites.length) found();
    });
    child.on('exit', () => reject(new Error(said.errors)));
  });
  return { said, addressOf: (at) => `http://127.0.0.1:${ports.get(`site${at}`)}` };
}

/** Compares every page of a build with the worker's; the number of pages. */
async function compare(built, address) {
  let pages = 0;
  for (const [path, bytes] of built) {
    if (path.startsWith('meridian/')) continue;
    const place = `${address}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const response = await fetch(place, { redirect: 'manual' });
    const answer = Buffer.from(await response.arrayBuffer());
    if (response.status === 301) continue;
    assert.equal(response.status, 200, `${path}: ${answer}`);
    assert.ok(answer.equals(bytes), `${path} is another page`);
    pages++;
    const etag = response.headers.get('etag');
    if (!etag) continue;
    const again = await fetch(place, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304, path);
  }
  return pages;
}

test('sites under workerd', async (t) => {
  if (!workerd()) return t.skip('workerd is not installed');
  const folder = resolve(mkdtempSync('build/workerd-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const sites = SOURCES.map((source, at) => join(folder, `site${at}`));
  SOURCES.forEach((source, at) => deploy(source, sites[at]));
  const { addressOf, said } = await serve(t, folder, sites);
  for (const [at, source] of SOURCES.entries())
    await t.test(source, async (t) => {
      const address = addressOf(at) + baseurlOf(source);
      // The first requests of a cold isolate, at once, one of which goes away.
      const gone = new AbortController();
      const left = fetch(`${address}/`, { signal: gone.signal }).catch(() => {});
      const first = Array.from({ length: FIRST }, async () => (await fetch(`${address}/`)).status);
      gone.abort();
      await left;
      assert.ok(!(await Promise.all(first)).includes(503), said.errors);
      assert.ok((await compare(build(t, source), address)) > 0);
      const theme = await fetch(`${address}/meridian/theme.css`);
      assert.equal(theme.headers.get('content-type'), 'text/css; charset=utf-8');
      assert.equal((await fetch(`${address}/nowhere/`)).status, 404);
      assert.equal((await fetch(`${address}/_config.yml`)).status, 404);
    });
});
