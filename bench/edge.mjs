// How many requests a server at the edge answers: node bench/edge.mjs [--seconds N] [--rounds N]
// [--requests N] [--documents N]. Prepared by: python3 serve.py --build; (cd tests/server && npm
// ci). Wants wrk, nginx, Jekyll and two processors: one for the server, one for what asks it.
//
// The demo's pages, asked for in turn over 50 connections by wrk, from `_worker.js` under workerd
// (the runtime of Cloudflare's workers), from nginx and `jekyll serve` as files that were built
// before. "made for each request": the same worker, bundled with a store of pages that keeps none.
// "a constant": a worker that answers each address with the same bytes, as many as a page has.
// Candidates take turns; the medians of the rounds count. First as many requests as are answered,
// so that each waits for 49 others; then ENOUGH a second, spread at random over the connections.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { temporary } from '../tests/server/support.mjs';
import { COMMAND, freePort, nginx } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { prose } from './prose.mjs';
import { WORKER, deployed, worker } from './worker.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '0' },
    documents: { type: 'string', default: '0' },
  },
});
const CONNECTIONS = 50;
const ENOUGH = 300;
const [SERVER, CLIENT] = ['0', '1'];
const closing = [];
const t = { after: (f) => closing.push(f), skip: (why) => console.log(why) };

// What this process starts from here on runs on one processor.
execFileSync('taskset', ['-cp', SERVER, String(process.pid)], { stdio: 'ignore' });

const made = () => temporary(t);

// ---- workers ----

/** `_worker.js` without the memory for finished pages. */
async function forgetful() {
  const folder = made();
  const forget = {
    name: 'no page is kept',
    setup: ({ onLoad }) =>
      onLoad({ filter: /kept_pages\.js$/ }, () => ({
        contents: 'export class KeptPages { get() {} add() {} isNews() {} }',
      })),
  };
  const wasm = {
    name: 'modules apart',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true })),
  };
  await build({
    entryPoints: ['web/server/worker.js'],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    outfile: join(folder, 'index.js'),
    plugins: [forget, wasm],
  });
  for (const name of readdirSync(WORKER).filter((name) => name.endsWith('.wasm')))
    cpSync(join(WORKER, name), join(folder, name));
  return folder;
}

/** A worker that answers with `length` bytes. */
function constant(length) {
  const folder = made();
  writeFileSync(
    join(folder, 'index.js'),
    `const body = new TextEncoder().encode('x'.repeat(${length}));
export default { fetch: () => new Response(body, { headers: { 'content-type': 'text/html' } }) };
`,
  );
  return folder;
}

async function jekyll(built) {
  const port = await freePort();
  const options = ['serve', '--skip-initial-build', '-d', built, '-P', String(port), '--quiet'];
  const child = spawn('jekyll', options, { cwd: made(), stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    const up = await fetch(address).catch(() => undefined);
    if (up) return { address, pid: child.pid };
    await new Promise((done) => setTimeout(done, 200));
  }
}

// ---- what asks ----

/**
 * What wrk found: requests, also a second, milliseconds by share of them, how many went wrong.
 * `rate`: not more requests a second.
 */
function load({ address }, paths, seconds, rate) {
  const script = join(made(), 'pages.lua');
  const list = paths.map((path) => JSON.stringify(path)).join(', ');
  writeFileSync(
    script,
    `local paths = { ${list} }
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
${rate ? `delay = function() return math.random(0, ${Math.round((2000 * CONNECTIONS) / rate)}) end` : ''}
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("{\\"requests\\": %d, \\"rate\\": %f, \\"median\\": %f, \\"p99\\": %f, \\"wrong\\": %d}\\n",
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
`,
  );
  const options = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, address];
  const output = execFileSync('taskset', ['-c', CLIENT, 'wrk', ...options], { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1));
}

/** Megabytes of a process: now, and the most it had. */
function memory({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return ['VmRSS', 'VmHWM'].map((name) => Math.round(status.match(`${name}:\\s*(\\d+)`)[1] / 1024));
}

/** Paths of the pages that the server's sitemap lists, each of which answers. */
async function pagesOf({ address }) {
  const sitemap = await (await fetch(`${address}/sitemap.xml`)).text();
  return [...sitemap.matchAll(/<loc>(?:https?:\/\/[^/<]+)?([^<]*)<\/loc>/g)]
    .map(([, path]) => path)
    .filter((path) => /(\/|\.html)$/.test(path));
}

/** What a process has after each tenth of so many requests. */
async function manyRequests(server, paths, count) {
  console.log(`\nmemory after so many requests: 0: ${memory(server)[0]} MB`);
  let [asked, wrong] = [0, 0];
  for (let part = 1; part <= 10; part++) {
    while (asked < (count * part) / 10) {
      const { requests, wrong: more } = load(server, paths, values.seconds);
      asked += requests;
      wrong += more;
    }
    console.log(`${asked}: ${memory(server)[0]} MB, ${wrong} errors`);
  }
}

/** A site of so many posts, each a page; what it takes beyond a worker that answers a constant. */
async function manyDocuments(count, fixed) {
  const source = made();
  mkdirSync(join(source, '_posts'));
  writeFileSync(join(source, '_config.yml'), 'title: Many\nurl: https://many.example\n');
  writeFileSync(
    join(source, 'index.md'),
    '---\ntitle: Home\n---\n{% for post in site.posts limit: 20 %}\n- [{{ post.title }}]({{ post.url }}){% endfor %}\n',
  );
  for (let i = 0; i < count; i++) {
    const date = new Date(Date.UTC(2000, 0, 1 + (i % 9000))).toISOString().slice(0, 10);
    writeFileSync(
      join(source, `_posts/${date}-post-${i}.md`),
      `---\ntitle: Post ${i}\ntags: [tag-${i % 50}]\n---\n${prose(3000)}\n`,
    );
  }
  const folder = deployed(t, source);
  const site = await worker(t, folder);
  const begin = performance.now();
  await (await fetch(site.address)).arrayBuffer();
  const first = performance.now() - begin;
  const [home] = memory(site);
  const { pages: listed } = JSON.parse(readFileSync(join(folder, 'meridian.json'), 'utf8'));
  const pages = Object.keys(listed).filter((path) => path !== '/');
  const { rate, p99, wrong } = load(site, pages, values.seconds);
  const [now, most] = memory(site);
  console.log(
    `\n${count} posts of 3 KB: the first answer after ${Math.round(first)} ms; ${home} MB then; ` +
      `${Math.round(rate)} posts/s, 99 % in ${p99.toFixed(0)} ms, ${wrong} errors; ` +
      `${now} MB after that, ${most} at most; a constant's worker has ${memory(fixed)[0]} MB`,
  );
}

// ---- main ----

try {
  const demo = deployed(t, 'content');
  const built = join(made(), 'site');
  execFileSync(COMMAND, ['build', '--source', 'content', '--destination', built, '--quiet']);
  const cached = await worker(t, demo);
  const pages = await pagesOf(cached);
  const sizes = await Promise.all(
    pages.map(
      async (path) => (await (await fetch(cached.address + path)).arrayBuffer()).byteLength,
    ),
  );
  const size = Math.round(sizes.reduce((a, b) => a + b) / sizes.length);
  const fixed = await worker(t, demo, constant(size));
  console.log(`${pages.length} pages of ${Math.round(size / 1000)} KB, ${CONNECTIONS} connections`);
  const host = await nginx(t, built);
  const candidates = {
    'Meridian under workerd, made for each request': await worker(t, demo, await forgetful()),
    'Meridian under workerd, kept pages': cached,
    'workerd, a constant': fixed,
    'nginx, files': { address: host.replace(/\/$/, '') },
    'jekyll serve, files': await jekyll(built),
  };
  const found = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, candidate] of Object.entries(candidates))
      found[name].push({
        ...load(candidate, pages, values.seconds),
        enough: load(candidate, pages, values.seconds, ENOUGH),
      });
  const middle = (list, key) => median(list.map((one) => one[key]));
  console.log(
    table(
      ['', 'requests/s', 'median', '99 %', `99 % at ${ENOUGH}/s`, 'errors', 'memory'],
      Object.entries(candidates).map(([name, candidate]) => [
        name,
        Math.round(middle(found[name], 'rate')),
        `${middle(found[name], 'median').toFixed(1)} ms`,
        `${middle(found[name], 'p99').toFixed(1)} ms`,
        `${median(found[name].map(({ enough }) => enough.p99)).toFixed(1)} ms`,
        found[name].reduce((sum, { wrong, enough }) => sum + wrong + enough.wrong, 0),
        candidate.pid ? `${memory(candidate)[0]} MB` : '',
      ]),
    ),
  );
  if (Number(values.requests)) await manyRequests(cached, pages, Number(values.requests));
  if (Number(values.documents)) await manyDocuments(Number(values.documents), fixed);
} finally {
  for (const close of closing.reverse()) await close();
}
