// A server for a site on this machine: its address, and who may ask.

import { LAST_PORT, serverFor } from '../server/serve.mjs';

const PORTS_TO_TRY = 20;
// Milliseconds for which open requests are waited for at the end.
const PATIENCE = 500;

/**
 * Names of this machine. A page of another origin must not read a local site by resolving a name
 * of its own to this address (DNS rebinding).
 */
const LOCAL = /^(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/i;

/**
 * Listens on the port, or on the next one that is free.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port; rejects when there is none
 */
async function listen(server, port, host) {
  for (let tries = 0; ; tries++) {
    const candidate = tries < PORTS_TO_TRY && port + tries <= LAST_PORT ? port + tries : 0;
    const error = await new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(candidate, host, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    const address = server.address();
    if (!error && address && typeof address === 'object') return address.port;
    if (!['EADDRINUSE', 'EACCES'].includes(error?.code) || !candidate) throw error;
  }
}

/**
 * Opens a server. A page of another origin gets no answer of one that listens to this machine.
 * @param {number} port
 * @param {string} host
 * @param {(request: Request) => Promise<Response>} answer
 * @returns {Promise<{ origin: string, moved: boolean, close(): void }>} `moved`: the port was taken
 */
export async function openServer(port, host, answer) {
  // As addresses have it.
  const name = host.includes(':') ? `[${host}]` : host;
  const isLocal = LOCAL.test(name);
  const server = serverFor(async (/** @type {Request} */ request) =>
    isLocal && !LOCAL.test(new URL(request.url).hostname)
      ? new Response('This server answers to localhost only.\n', { status: 403 })
      : answer(request),
  );
  const own = await listen(server, port, host);
  return {
    origin: `http://${name}:${own}`,
    moved: port !== 0 && own !== port,
    close() {
      server.close();
      setTimeout(() => server.closeAllConnections(), PATIENCE);
    },
  };
}
