// `meridian serve`: the pages of a folder of sources over HTTP, made when they are asked for, as
// `meridian build` writes them. Open pages follow each change; mistakes are shown in the terminal
// and over the page.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, release } from '../server/folder.mjs';
import { createHandler } from '../server/handler.js';
import { argumentsOf, checkSources, portOf } from '../server/serve.mjs';
import { Checker } from './checker.mjs';
import { openServer } from './local_server.mjs';
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

/** @param {string} path beside this file, in the package */
const file = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @param {string[]} words */
function optionsOf(words) {
  try {
    return argumentsOf({
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

/** @param {string[]} words after `serve` */
export async function main(words) {
  const parsed = optionsOf(words);
  if (!parsed) return;
  const { port, host, source: named, quiet, help, ...core } = parsed.values;
  if (help) return console.log(HELP);
  const [source = named ?? '.', ...others] = parsed.positionals;
  if (others.length) return refuse('serve', `unexpected argument \`${others[0]}\``);
  try {
    portOf(port);
    checkSources(source);
  } catch (error) {
    return refuse('serve', messageOf(error));
  }
  if (core.theme !== undefined && !THEMES.includes(core.theme))
    return refuse('serve', `invalid --theme \`${core.theme}\`: auto, site or meridian`);

  /** @type {(request: Request) => Promise<Response>} */
  let answer = async () => new Response(null, { status: 503 });
  let server;
  try {
    server = await openServer(Number(port), host, (request) => answer(request));
  } catch (error) {
    return refuse('serve', `it can’t listen on ${host}:${port}: ${messageOf(error)}`);
  }
  const { origin } = server;
  const say = (/** @type {string} */ line) => quiet || console.log(`  ${line}`);

  const base = `${core.baseurl ?? ''}/`;
  const reload = new Reload(base, readFileSync(file('./live_reload.js'), 'utf8'));
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
        log: ({ kind, path = '', diagnostics = [], error }) =>
          kind === 'diagnostics'
            ? reload.note(path, diagnostics)
            : console.error(`  ${path}: ${messageOf(error)}`),
      },
    });
  } catch (error) {
    server.close();
    return refuse('serve', messageOf(error).replace('createHandler: ', ''));
  }
  answer = async (request) =>
    reload.answer(request) ?? reload.into(request, () => handler(request));

  if (server.moved) console.log(`Port ${port} is taken.`);
  console.log(`${source} is at ${origin}${base}  (Ctrl-C ends)`);
  const program = [process.execPath, file('./meridian.mjs')];
  const checker = new Checker(
    () => program,
    source,
    say,
    (findings) => reload.found(findings),
  );
  checker.check();
  const end = follow([resolve(source)], () => {
    reload.changed();
    checker.check();
  });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      end();
      server.close();
    });
}
