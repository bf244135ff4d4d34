// `_worker.js` under workerd, the runtime of Cloudflare's workers, with a folder as its assets: the
// pages are those of `meridian build`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { DIST, TIME, baseurlOf, build, meridian, temporary } from './support.mjs';

const WORKER = 'build/server/_worker.js';

/** The program, or undefined where it is not installed. */
function workerd() {
  try {
    return createRequire(import.meta.url)('workerd').default;
  } catch {
    return undefined;
  }
}

/** A configuration in Cap'n Proto's notation: workerd's own format. */
function configuration(assets, options) {
  const modules = readdirSync(WORKER).map((name) => {
    const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `(name = "${name}", ${kind} = embed "worker/${name}")`;
  });
  modules.sort((a, b) => b.includes('index.js') - a.includes('index.js'));
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "assets", disk = (path = "${assets}", writable = false, allowDotfiles = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "2026-01-01",
  bindings = [
    (name = "ASSETS", service = "assets"),
    (name = "MERIDIAN_OPTIONS", json = ${JSON.stringify(JSON.stringify(JSON.stringify(options)))}),
  ],
);
`;
}

/** Runs the worker with a folder until the test ends; its address. */
async function serve(t, assets, options) {
  const folder = temporary(t);
  const config = join(folder, 'config.capnp');
  cpSync(WORKER, join(folder, 'worker'), { recursive: true });
  writeFileSync(config, configuration(assets, options));
  const child = spawn(workerd(), ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const said = { errors: '' };
  child.stderr.on('data', (data) => (said.errors += data));
  const port = await new Promise((found, reject) => {
    child.stdio[3].on('data', (data) => {
      for (const line of String(data).trim().split('\n')) {
        const event = JSON.parse(line);
        if (event.event === 'listen') found(event.port);
      }
    });
    child.on('exit', () => reject(new Error(said.errors)));
  });
  return { address: `http://127.0.0.1:${port}`, said };
}

for (const source of ['content', 'tests/server/site', 'tests/sites/plugins'])
  test(`${source} under workerd`, async (t) => {
    if (!workerd()) return t.skip('workerd is not installed');
    const built = build(t, source);
    const site = join(temporary(t), 'site');
    cpSync(source, site, { recursive: true });
    // The gazetteer has thousands of files, which only journeys need.
    const filter = (path) => source === 'content' || !path.endsWith('/places');
    cpSync(join(DIST, 'meridian'), join(site, 'meridian'), { recursive: true, filter });
    meridian('index', '--quiet', '--source', site, '--shell', DIST, '--time', TIME);
    const { address: host, said } = await serve(t, site, { time: TIME });
    const address = host + baseurlOf(source);
    // The first requests of a cold isolate, at once, one of which goes away.
    const gone = new AbortController();
    const left = fetch(`${address}/`, { signal: gone.signal }).catch(() => {});
    const first = Array.from({ length: 10 }, async () => (await fetch(`${address}/`)).status);
    gone.abort();
    await left;
    assert.deepEqual(await Promise.all(first), Array(10).fill(200), said.errors);
    let pages = 0;
    for (const [path, bytes] of built) {
      if (path.startsWith('meridian/')) continue;
      const place = path.split('/').map(encodeURIComponent).join('/');
      const response = await fetch(`${address}/${place}`, { redirect: 'manual' });
      const answer = Buffer.from(await response.arrayBuffer());
      if (response.status === 301) continue;
      assert.equal(response.status, 200, `${path}: ${answer} ${said.errors}`);
      assert.ok(answer.equals(bytes), `${path} is another page`);
      pages++;
      const etag = response.headers.get('etag');
      if (!etag) continue;
      const headers = { 'if-none-match': etag };
      assert.equal((await fetch(`${address}/${place}`, { headers })).status, 304, path);
    }
    assert.ok(pages > 5, `${pages} pages`);
    const theme = await fetch(`${address}/meridian/theme.css`);
    assert.equal(theme.headers.get('content-type'), 'text/css; charset=utf-8');
    assert.equal((await fetch(`${address}/nowhere/`)).status, 404);
    assert.equal((await fetch(`${address}/_config.yml`)).status, 404);
    const many = await Promise.all(
      Array.from({ length: 50 }, async () => (await fetch(`${address}/`)).status),
    );
    assert.deepEqual(new Set(many), new Set([200]));
  });
