// A folder of a built site over HTTP, as static hosts give it, for the browser that compares.

import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { folder } from '../../server/folder.mjs';
import { BYTES, HTML, typeOf } from '../../server/media_types.js';

/**
 * @param {string} root
 * @param {string} base the path that the site lies under, without a slash at its end
 * @param {string} name under which it is asked
 * @returns {Promise<{ port: number, close: () => void }>} a port of this machine
 */
export async function hostOf(root, base, name) {
  const files = folder(root);
  /** @param {string} address */
  const find = async (address) => {
    const path = decodeURIComponent(new URL(address, 'http://host').pathname);
    if (!path.startsWith(`${base}/`)) return undefined;
    const name = path.slice(base.length + 1);
    const names = !name || name.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`];
    for (const each of names) {
      const answer = await files.open(each, new Request('http://host/'));
      if (answer) return { answer, type: typeOf(each) ?? BYTES };
    }
    return undefined;
  };
  const server = createServer(async (request, response) => {
    try {
      // A page of the web that resolves a name of its own to this address gets nothing.
      const found = request.headers.host === name && (await find(request.url ?? '/'));
      if (!found) return void response.writeHead(404, { 'content-type': HTML }).end();
      response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' });
      if (!found.answer.body) return void response.end();
      await pipeline(Readable.fromWeb(/** @type {any} */ (found.answer.body)), response);
    } catch {
      if (response.headersSent) response.destroy();
      else response.writeHead(404).end();
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port: address.port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
