// `_worker.js` under workerd, the runtime of Cloudflare's workers.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const WORKER = 'build/server/_worker.js';

/** The program, or undefined where it is not installed. */
export function workerd() {
  try {
    return createRequire(import.meta.url)('workerd').default;
  } catch {
    return undefined;
  }
}

/** A folder of the build that goes with the test: links to files of the build are possible. */
export function folderFor(t) {
  const folder = resolve(mkdtempSync('build/workerd-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A worker for each site, in Cap'n Proto's notation: workerd's own format. */
function configuration(sites, worker) {
  const modules = readdirSync(worker)
    .sort((a, b) => b.includes('index.js') - a.includes('index.js'))
    .map((name) => {
      const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
      return `(name = "${name}", ${kind} = embed "worker/${name}")`;
    });
  const address = (port) => `external = (address = "127.0.0.1:${port}", http = ())`;
  const services = sites.map(({ folder, port, cache, options }, at) => {
    const assets = folder ? `disk = (path = "${folder}", allowDotfiles = true)` : address(port);
    const json = JSON.stringify(JSON.stringify(JSON.stringify(options)));
    return `
    (name = "assets${at}", ${assets}),
    ${cache ? `(name = "cache${at}", ${address(cache)}),` : ''}
    (name = "site${at}", worker = (
      modules = .modules,
      compatibilityDate = "2026-01-01",
      ${cache ? `cacheApiOutbound = "cache${at}",` : ''}
      bindings = [
        (name = "ASSETS", service = "assets${at}"),
        (name = "MERIDIAN_OPTIONS", json = ${json}),
      ],
    )),`;
  });
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

/**
 * Runs a worker for each site until the test ends or `stop` is called; their addresses, and what
 * workerd says.
 * @param {import('node:test').TestContext} t
 * @param {string} folder
 * @param {{ folder?: string, port?: number, cache?: number, options?: object }[]} sites  assets in
 *   a folder, or those of a server at a port; `cache`: the port of the platform's cache
 * @param {string} worker the folder of its modules
 */
export async function serve(t, folder, sites, worker = WORKER) {
  const config = join(folder, 'config.capnp');
  cpSync(worker, join(folder, 'worker'), { recursive: true });
  writeFileSync(config, configuration(sites, worker));
  const child = spawn(workerd(), ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGKILL');
  t.after(stop);
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
  return {
    said,
    stop,
    pid: child.pid,
    addressOf: (at) => `http://127.0.0.1:${ports.get(`site${at}`)}`,
  };
}
