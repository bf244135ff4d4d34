// A site from the raw sources in a folder, over HTTP, under Node:
//
//     node web/server/serve.mjs DIR --port 8080

import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
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

export const LAST_PORT = 65_535;

/**
 * What the words of a command line say. Throws an Error with a message for its user.
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function argumentsOf(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const [, name] = /'(?:-\w, )?(-[^' ]*)/.exec(message) ?? [];
    if (!name) throw error;
    const takesNone = message.includes('does not take');
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new Error(`there is no option \`${name}\``);
    throw new Error(`\`${name}\` ${takesNone ? 'takes no value' : 'needs a value'}`);
  }
}

/** A number of a port; throws an Error with a message for its user. @param {string} port */
export function portOf(port) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > LAST_PORT)
    throw new Error(`invalid port \`${port}\`: give a number from 0 to ${LAST_PORT}`);
  return Number(port);
}

/** Throws an Error with a message for its user when it is not a folder. @param {string} path */
export function checkSources(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${path} is not a folder; name the one with the sources of the site`);
}

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
  const { values, positionals } = argumentsOf({
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
  if (help || !positionals.length) {
    console[help ? 'log' : 'error'](USAGE);
    process.exitCode = help ? 0 : 2;
    return;
  }
  if (positionals.length > 1) throw new Error(`unexpected argument \`${positionals[1]}\``);
  checkSources(positionals[0]);
  const listened = portOf(port);
  if (age !== undefined && !/^\d+(\.\d+)?$/.test(age))
    throw new Error(`invalid --max-age \`${age}\`: give a number of seconds`);
  if (!existsSync(join(dist, 'meridian/meridian.wasm')))
    throw new Error(`${dist} has no meridian/meridian.wasm; name the built shell with --dist`);
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
  server.listen(listened, host, () => {
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
    console.error(`meridian: ${error.message}\n\`node serve.mjs --help\` lists what there is.`);
    process.exitCode = 2;
  });
