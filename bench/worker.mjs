// Sites behind `_worker.js` under workerd, the runtime of Cloudflare's workers.

import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { temporary } from '../tests/server/support.mjs';
import { folderFor, serve } from '../tests/server/workerd.mjs';
import { COMMAND, DIST, host } from '../tests/web/hosts.mjs';

export const WORKER = 'build/server/_worker.js';

/** A copy of the sources with the shell's folder and a manifest, as one deploys them. */
export function deployed(t, source) {
  const folder = temporary(t);
  cpSync(source, folder, { recursive: true });
  cpSync(join(DIST, 'meridian'), join(folder, 'meridian'), { recursive: true });
  execFileSync(COMMAND, ['index', '--source', folder, '--quiet'], { stdio: 'ignore' });
  return folder;
}

/** A process of workerd with one site. `bundle`: the folder of another worker. */
export async function worker(t, folder, bundle) {
  const sites = [{ folder: resolve(folder), options: {} }];
  const { addressOf, pid, stop } = await serve(t, folderFor(t), sites, bundle);
  return { address: addressOf(0), pid, stop };
}

// What hosts compress while they answer, and what they keep compressed.
const [AT_ONCE, BEFORE] = [5, 11];
const COMPRESSED = /^(text|font)\/|json|javascript|wasm|xml/;

/**
 * The network's end of a worker: compresses with brotli, pages while they are sent, and files once.
 * @returns its address, and `renew`, which starts another process of workerd: a cold one
 */
export async function edge(t, folder) {
  const kept = new Map();
  let site = await worker(t, folder);
  async function answer(request, response) {
    const known = request.headers['if-none-match'];
    const found = await fetch(site.address + request.url, {
      headers: known ? { 'if-none-match': known } : {},
      redirect: 'manual',
    });
    const type = found.headers.get('content-type') ?? '';
    const headers = Object.fromEntries(found.headers);
    delete headers['transfer-encoding'];
    let body = Buffer.from(await found.arrayBuffer());
    if (body.length && COMPRESSED.test(type)) {
      const quality = type.startsWith('text/html') ? AT_ONCE : BEFORE;
      const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
      const key = quality === BEFORE && found.headers.get('etag');
      body = (key && kept.get(key)) || brotliCompressSync(body, { params });
      if (key) kept.set(key, body);
      headers['content-encoding'] = 'br';
      headers['content-length'] = body.length;
    }
    response.writeHead(found.status, headers).end(body);
    return true;
  }
  const { url } = await host(t, folder, { answer });
  return {
    address: url.replace('127.0.0.1', 'reader.localhost'),
    async renew() {
      site.stop();
      site = await worker(t, folder);
    },
  };
}
