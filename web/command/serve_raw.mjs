// What serve.py starts: the shell of build/dist over the raw sources of a site. Open pages follow
// changes of the sources; after those of Meridian itself it is built again.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Checker } from './checker.mjs';
import { openServer } from './local_server.mjs';
import { RawSite } from './raw_site.mjs';
import { Reload } from './reload.mjs';
import { SiteManifest } from './site_manifest.mjs';
import { messageOf, printable } from './terminal.mjs';
import { follow, snapshot, stateOf } from './watch.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NATIVE = join(ROOT, 'build/native/meridian');
const PACKAGED = join(ROOT, 'build/package/meridian-site/meridian.mjs');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: '/' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    dist: { type: 'string', default: join(ROOT, 'build/dist') },
    // The program that lists and checks; until the native one is compiled, the one for Node.
    command: { type: 'string', default: NATIVE },
    // Folders of Meridian's own sources, and the program that builds it again.
    input: { type: 'string', multiple: true, default: [] },
    rebuild: { type: 'string', default: '' },
    headers: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const { base, dist } = values;
const site = resolve(positionals[0]);
const command = () =>
  values.command === NATIVE && !existsSync(NATIVE)
    ? [process.execPath, PACKAGED]
    : [values.command];

const manifest = new SiteManifest(site, command);
const script = readFileSync(new URL('live_reload.js', import.meta.url), 'utf8');
const reload = new Reload(base, script);
const raw = new RawSite({ site, dist, base, manifest, reload, sendsHeaders: values.headers });
const say = (/** @type {string} */ line) => console.log(`  ${line}`);
const checker = new Checker(command, site, say, (findings) => reload.found(findings));

/** @param {Request} request */
async function answer(request) {
  const { method, url } = request;
  const response = !['GET', 'HEAD'].includes(method)
    ? new Response(null, { status: 501 })
    : (reload.answer(request) ?? (await raw.answer(request)));
  if (values.verbose)
    say(printable(`${method} ${decodeURI(new URL(url).pathname)} ${response.status}`));
  return response;
}

// ---- changes of the sources ----

// The site's files as last reported, to know which are gone, which were never more than temporary,
// and which are as they were.
const known = snapshot([site]);

/** The file itself if it is or was one; what a removed folder had. @param {string} path */
function filesAt(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isFile()) {
    const before = known.get(path);
    known.set(path, stateOf(status));
    return before === known.get(path) ? [] : [path];
  }
  // The files of a new folder are reported one by one.
  if (status) return [];
  const gone = [...known.keys()].filter((file) => file === path || file.startsWith(path + sep));
  for (const file of gone) known.delete(file);
  return gone;
}

/** @param {Set<string>} changed */
async function reportSources(changed) {
  const files = new Set(
    [...changed].filter((path) => path.startsWith(site + sep)).flatMap(filesAt),
  );
  const paths = [...files].map((file) => relative(site, file).replaceAll(sep, '/')).sort();
  if (!paths.length) return;
  checker.check(); // also for what Jekyll skips: the check says why
  const told = paths.filter((path) => manifest.listed.has(path));
  manifest.forget(paths);
  // A new file is reported when the new list has it: names of private files are not disclosed.
  for (const path of paths)
    if (!told.includes(path) && (await manifest.lists(path))) told.push(path);
  if (told.length) reload.changed(told.sort());
}

// ---- changes of Meridian ----

let building = false;
let wanted = false;

/** Tells open pages what of the shell has changed. @param {Map<string, string>} before */
function reportShell(before) {
  manifest.forget();
  const changed = [...snapshot([dist])]
    .filter(([path, state]) => before.get(path) !== state && !/\.(br|gz)$/.test(path))
    .map(([path]) => relative(dist, path).replaceAll(sep, '/'));
  // A style sheet is replaced in the page; anything else of the shell needs a new document.
  if (changed.length) reload.changed(changed.every((path) => path.endsWith('.css')) ? changed : []);
  else reload.mended();
}

/** Builds what is stale; once more if something changes meanwhile. */
async function rebuild() {
  wanted = true;
  if (building) return;
  building = true;
  while (wanted) {
    wanted = false;
    const before = snapshot([dist]);
    const child = spawn(values.rebuild, [join(ROOT, 'serve.py'), '--rebuild'], {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    });
    // It says in JSON that pages can be served, or why they can't.
    const words = createInterface({ input: /** @type {any} */ (child.stdio[3]) });
    words.on('line', (line) => {
      const { problem } = JSON.parse(line);
      if (problem) reload.failed(problem);
      else reportShell(before);
    });
    await new Promise((done) => child.once('close', done).once('error', done));
    manifest.forget();
  }
  building = false;
}

const inputs = values.input.map((path) => resolve(path));
const roots = [site, ...inputs.filter((path) => !path.startsWith(site + sep))];
const end = follow(roots, (changed) => {
  reportSources(changed);
  if ([...changed].some((path) => inputs.some((input) => path.startsWith(input + sep)))) rebuild();
});

try {
  const server = await openServer(Number(values.port), values.host, answer);
  if (server.moved) console.log(`Port ${values.port} is taken.`);
  const origin = server.origin.replace(/\/\/(127\.0\.0\.1|\[::1\])(?=:)/, '//localhost');
  console.log(`${positionals[0]} is at ${origin}${base}  (Ctrl-C ends)`);
  manifest.get(); // so that the first page finds it ready
  checker.check();
  // serve.py closes it, or has ended.
  process.stdin.resume().once('end', () => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
  process.once('exit', end);
} catch (error) {
  console.error(`serve.py: it can’t listen on ${values.host}:${values.port}: ${messageOf(error)}`);
  process.exit(1);
}
