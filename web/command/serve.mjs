// `meridian serve`: the pages of a folder of sources over HTTP, made when they are asked for, as
// `meridian build` writes them. Open pages follow each change, and mistakes are told in the
// terminal.

import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folder, release } from '../server/folder.mjs';
import { createHandler } from '../server/handler.js';
import { serverFor } from '../server/serve.mjs';
import { Checker } from './checker.mjs';
import { Reload } from './reload.mjs';
import { messageOf, refuse } from './terminal.mjs';
import { follow } from './watch.mjs';

const HELP = `meridian serve [DIR]: the site in a folder of sources (.), whose pages follow each change

  --port N              where it listens, or the next free port     (4000)
  --host NAME           on which address                            (localhost)
  --source DIR          the same as DIR
  --baseurl /PATH       the path that the site lies under           (from _config.yml)
  --url URL             the site's address                          (that of this server)
  --theme NAME          auto, site (its own layouts only) or meridian
  --drafts, --future    also drafts; also posts with a date to come
  --time ISO            site.time and "now", as 2026-01-31T12:00:00Z (the clock's)
  --quiet               only the address, and what can't be served
  --help

JEKYLL_ENV sets jekyll.environment (development).`;

const THEMES = ['auto', 'site', 'meridian'];
const PORTS_TO_TRY = 20;
const LAST_PORT = 65_535;
// Milliseconds for which open requests are waited for at the end.
const PATIENCE = 500;

/** @param {string} path beside this file, in the package */
const file = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Names of this machine. A page of another origin must not read a local site by resolving a name
 * of its own to this address (DNS rebinding).
 */
const LOCAL = /^(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/i;

/** @param {string[]} words */
function optionsOf(words) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '4000' },
        host: { type: 'string', default: 'localhost' },
        source: { type: 'string' },
        baseurl: { type: 'string' },
        url: { type: 'string' },
        theme: { type: 'string' },
        drafts: { type: 'boolean' },
        future: { type: 'boolean' },
        time: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return refuse('serve', messageOf(error));
  }
}

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

/** @param {string[]} words after `serve` */
export async function main(words) {
  const parsed = optionsOf(words);
  if (!parsed) return;
  const { port, host, source: named, quiet, help, ...core } = parsed.values;
  if (help) return console.log(HELP);
  const [source = named ?? '.', ...others] = parsed.positionals;
  if (others.length) return refuse('serve', `what is \`${others[0]}\` for?`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > LAST_PORT)
    return refuse('serve', `\`--port ${port}\` is no port`);
  if (core.theme !== undefined && !THEMES.includes(core.theme))
    return refuse('serve', '`--theme` is auto, site or meridian');
  if (!statSync(source, { throwIfNoEntry: false })?.isDirectory())
    return refuse('serve', `${source} is no folder; name the one with the sources of the site`);

  /** @type {(request: Request) => Promise<Response>} */
  let answer = async () => new Response(null, { status: 503 });
  // As addresses have it.
  const name = host.includes(':') ? `[${host}]` : host;
  const isLocal = LOCAL.test(name);
  const server = serverFor(async (/** @type {Request} */ request) =>
    isLocal && !LOCAL.test(new URL(request.url).hostname)
      ? new Response('This server answers to localhost only.\n', { status: 403 })
      : answer(request),
  );
  let own;
  try {
    own = await listen(server, Number(port), host);
  } catch (error) {
    return refuse('serve', `it can’t listen on ${host}:${port}: ${messageOf(error)}`);
  }
  const origin = `http://${name}:${own}`;
  const say = (/** @type {string} */ line) => quiet || console.log(`  ${line}`);

  /** @type {(request: Request) => Promise<Response>} */
  let handler;
  try {
    handler = createHandler({
      sources: folder(source),
      modules: release(file('./dist')),
      options: {
        url: origin,
        environment: process.env.JEKYLL_ENV || 'development',
        .../** @type {import('../server/settings.js').Options} */ (core),
        development: true,
        maxAge: 0,
        log: ({ kind, path, error }) =>
          kind === 'diagnostics' || console.error(`  ${path ?? ''}: ${messageOf(error)}`),
      },
    });
  } catch (error) {
    server.close();
    return refuse('serve', messageOf(error).replace('createHandler: ', ''));
  }
  const base = `${core.baseurl ?? ''}/`;
  const reload = new Reload(base, readFileSync(file('./live_reload.js'), 'utf8'));
  answer = async (request) =>
    reload.answer(request) ?? reload.into(request, () => handler(request));

  if (own !== Number(port) && port !== '0') console.log(`Port ${port} is taken.`);
  console.log(`${source} is at ${origin}${base}  (Ctrl-C ends)`);
  const program = [process.execPath, file('./meridian.mjs')];
  const checker = new Checker(program, source, say);
  if (!quiet) checker.check();
  const end = follow(
    source,
    () => {
      reload.send();
      if (!quiet) checker.check();
    },
    (error) => console.error(`  Pages don’t follow changes, load them again: ${error.message}`),
  );
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      end();
      server.close();
      setTimeout(() => server.closeAllConnections(), PATIENCE);
    });
}
