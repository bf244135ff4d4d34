// A site from the raw sources in a folder, over HTTP, under Node:
//
//     node web/server/serve.mjs DIR --port 8080

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { folder, release } from './folder.mjs';
import { createHandler } from './handler.js';
import { isCompressible } from './media_types.js';

const USAGE = `node serve.mjs DIR: the site in a folder of raw sources, rendered at each request

  --port N         where it listens                                 (8080; 0: any free port)
  --host NAME      on which address                                 (localhost)
  --dist DIR       the built shell, with the modules in meridian/   (build/dist)
  --url URL, --baseurl /PATH, --time ISO, --drafts, --future, --theme NAME
                   as of \`meridian build\`
  --max-age N      seconds after which changes are looked for       (60)
  --manifest       takes the list of files from meridian.json, as a folder of
                   \`meridian build --raw\` needs
  --development    tells who asks why a page could not be made; changes are seen at once
  --quiet          does not print what is wrong in the sources`;

// From build/server, and from the sources.
const DISTS = ['../dist', '../../build/dist'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

// Milliseconds for which open requests are waited for at the end.
const PATIENCE = 2000;

/** An answer as Node sends it. */
async function send(response, incoming, outgoing) {
  const headers = Object.fromEntries(response.headers);
  const accepted = incoming.headers['accept-encoding'] ?? '';
  const packs =
    response.status === 200 &&
    response.body &&
    !headers['content-encoding'] &&
    /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) &&
    isCompressible(headers['content-type'] ?? '');
  if (packs) {
    headers['content-encoding'] = 'gzip';
    delete headers['content-length'];
    delete headers['accept-ranges'];
    // Other bytes for the same page.
    if (headers.etag) headers.etag = `W/${headers.etag}`;
  }
  outgoing.writeHead(response.status, headers);
  if (!response.body) return outgoing.end();
  const body = Readable.fromWeb(response.body);
  return packs ? pipeline(body, createGzip(), outgoing) : pipeline(body, outgoing);
}

/**
 * A server for a handler; it does not listen yet.
 * @param {(request: Request) => Promise<Response>} handler
 */
export function serverFor(handler) {
  return createServer(async (incoming, outgoing) => {
    try {
      const target = incoming.url ?? '/';
      const host = `http://${incoming.headers.host ?? 'localhost'}`;
      // A path may begin with two slashes, which URL would take for a host.
      const address = new URL(target.startsWith('/') ? host + target : target);
      const { method } = incoming;
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers))
        if (!name.startsWith(':')) headers.set(name, String(value));
      await send(await handler(new Request(address, { method, headers })), incoming, outgoing);
    } catch (error) {
      // A visitor who goes away is no fault.
      if (outgoing.headersSent) return outgoing.destroy();
      outgoing.writeHead(error instanceof TypeError ? 400 : 500).end();
    }
  });
}

function print({ kind, path, id, error, diagnostics = [] }) {
  for (const { file, line, column, severity, message, remedy } of diagnostics)
    if (severity !== 'info')
      console.error([file, line, column].filter(Boolean).join(':') + `: ${message}; ${remedy}`);
  if (kind === 'diagnostics') return;
  const what = error instanceof Error ? error : new Error(String(error));
  const about = [id, what.file ?? path, what.message, what.remedy].filter(Boolean);
  console.error(about.join(': '));
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: 'localhost' },
      dist: {
        type: 'string',
        default: DISTS.find((folder) => existsSync(folder)) ?? DISTS[0],
      },
      url: { type: 'string' },
      baseurl: { type: 'string' },
      time: { type: 'string' },
      theme: { type: 'string' },
      'max-age': { type: 'string' },
      drafts: { type: 'boolean' },
      future: { type: 'boolean' },
      manifest: { type: 'boolean', default: false },
      development: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const { port, host, dist, manifest, quiet, help, 'max-age': age, ...rest } = values;
  if (help || positionals.length !== 1) {
    console[help ? 'log' : 'error'](USAGE);
    process.exitCode = help ? 0 : 2;
    return;
  }
  const { list, ...others } = folder(positionals[0]);
  const handler = createHandler({
    sources: manifest ? others : { list, ...others },
    modules: release(dist),
    options: {
      ...rest,
      maxAge: age === undefined ? (rest.development ? 0 : undefined) : Number(age),
      log: quiet ? undefined : print,
    },
  });
  const server = serverFor(handler);
  server.on('error', (error) => {
    console.error(`meridian: it can’t listen on ${host}:${port}: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(Number(port), host, () => {
    const { port: own } = server.address();
    console.log(`http://${host.includes(':') ? `[${host}]` : host}:${own}/`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      server.close();
      setTimeout(() => server.closeAllConnections(), PATIENCE).unref();
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main().catch((error) => {
    console.error(`meridian: ${error.message}`);
    process.exitCode = 2;
  });
