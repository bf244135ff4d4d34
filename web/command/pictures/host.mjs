// A folder of a built site over HTTP, as static hosts give it, for the browser that compares.

import { folder } from '../../server/folder.mjs';
import { BYTES, HTML, typeOf } from '../../server/media_types.js';
import { serverFor } from '../../server/serve.mjs';

/** Undefined for what no address has. @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {string} base the path that the site lies under, without a slash at its end
 * @param {string} name under which it is asked
 * @returns {Promise<{ port: number, close: () => void }>} a port of this machine
 */
export async function hostOf(root, base, name) {
  const files = folder(root);
  const nothing = () => new Response(null, { status: 404, headers: { 'content-type': HTML } });
  const server = serverFor(async (/** @type {Request} */ request) => {
    const { host, pathname } = new URL(request.url);
    const path = decoded(pathname);
    // A page of the web that resolves a name of its own to this address gets nothing.
    if (host !== name || !path?.startsWith(`${base}/`)) return nothing();
    const file = path.slice(base.length + 1);
    for (const each of !file || file.endsWith('/')
      ? [`${file}index.html`]
      : [file, `${file}.html`]) {
      const answer = await files.open(each, new Request('http://host/'));
      const headers = { 'content-type': typeOf(each) ?? BYTES, 'cache-control': 'no-store' };
      if (answer) return new Response(answer.body, { headers });
    }
    return nothing();
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
