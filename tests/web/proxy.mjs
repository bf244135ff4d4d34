// Records the requests that leave a browser: requests to other hosts than the test's go to a proxy
// on loopback, which logs them and does not answer. (Drivers of browsers also report requests that
// a policy stops before they leave.)

import { createServer } from 'node:http';

// Hosts that Firefox connects to by itself.
const BROWSERS_OWN = /^[\w.-]+\.mozilla\.(com|net|org):443$/;

/**
 * A proxy that forwards nothing.
 * @param {{ after: (end: () => unknown) => void }} t
 * @param {string | string[]} own addresses that are asked without it
 * @returns {Promise<{ asked: string[], options: Record<string, object> }>} lines of requests in
 *   order, and what engines are launched with
 */
export async function writingProxy(t, own) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.writeHead(502).end();
  });
  server.on('connect', ({ url }, socket) => {
    if (!BROWSERS_OWN.test(url)) asked.push(`CONNECT ${url}`);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  const hosts = [own].flat().map((address) => new URL(address).host);
  const prefs = {
    type: 1,
    http: '127.0.0.1',
    http_port: port,
    ssl: '127.0.0.1',
    ssl_port: port,
    allow_hijacking_localhost: true,
    no_proxies_on: hosts.join(),
    failover_direct: false,
  };
  return {
    asked,
    options: {
      Chromium: {
        args: [
          `--proxy-server=127.0.0.1:${port}`,
          `--proxy-bypass-list=<-loopback>;${hosts.join(';')}`,
        ],
      },
      Firefox: {
        firefoxUserPrefs: Object.fromEntries(
          Object.entries(prefs).map(([name, value]) => [`network.proxy.${name}`, value]),
        ),
      },
      WebKit: { proxy: { server: `http://127.0.0.1:${port}`, bypass: hosts } },
    },
  };
}
