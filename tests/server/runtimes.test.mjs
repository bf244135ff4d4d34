// The server in Deno and Bun, and Netlify's edge function in Deno: pages are those of a build.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { DIST, TIME, build, comparePages, meridian } from './support.mjs';

const SOURCES = ['content', 'tests/server/site'];
const PROGRAMS = {
  deno: '@deno/linux-x64-glibc/deno',
  bun: '@oven/bun-linux-x64/bin/bun',
};
const options = JSON.stringify({ time: TIME });

/** The program of a package, or undefined where it is not installed. */
function program(name) {
  try {
    return createRequire(import.meta.url).resolve(PROGRAMS[name]);
  } catch {
    return undefined;
  }
}

/** Runs a server until the test ends; its address, by the port that it prints. */
async function run(t, name, args, env) {
  const child = spawn(program(name), args, {
    env: { ...process.env, ...env, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const port = await new Promise((found, reject) => {
    let text = '';
    const read = (data) => {
      text += data;
      const [, number] = /(?:^|:)(\d{2,5})\/?\s/m.exec(text) ?? [];
      if (number) found(number);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(text)));
  });
  return `http://127.0.0.1:${port}`;
}

/** Compares a build with the server's answers. */
async function compare(built, address) {
  const pages = await comparePages(built, address);
  assert.ok(pages > 5, `${pages} pages`);
  const theme = await fetch(`${address}/meridian/theme.css`);
  assert.equal(theme.headers.get('content-type'), 'text/css; charset=utf-8');
  await theme.arrayBuffer();
  assert.equal((await fetch(`${address}/nowhere/`)).status, 404);
  assert.equal((await fetch(`${address}/_config.yml`)).status, 404);
}

const permissions = ['--allow-read', '--allow-env', '--no-prompt'];
const COMMANDS = {
  'Deno, fetch.mjs': [
    'deno',
    (entry) => ['serve', ...permissions, '--host', '127.0.0.1', '--port', '0', entry],
    'fetch.mjs',
  ],
  'Bun, fetch.mjs': ['bun', (entry) => [entry], 'fetch.mjs'],
  'Deno, serve.mjs': [
    'deno',
    (entry, folder) => ['run', ...permissions, '--allow-net', entry, folder],
    'serve.mjs',
  ],
  'Bun, serve.mjs': ['bun', (entry, folder) => [entry, folder], 'serve.mjs'],
};
for (const [title, [name, argsOf, entry]] of Object.entries(COMMANDS))
  for (const source of SOURCES)
    test(`${title}: ${source}`, async (t) => {
      if (!program(name)) return t.skip(`${name} is not installed`);
      const given =
        entry === 'serve.mjs' ? ['--port', '0', '--host', '127.0.0.1', '--time', TIME] : [];
      const args = [...argsOf(resolve('build/server', entry), resolve(source)), ...given];
      const address = await run(t, name, args, {
        ...{ MERIDIAN_SOURCE: resolve(source), MERIDIAN_DIST: resolve(DIST) },
        ...{ MERIDIAN_OPTIONS: options, PORT: '0' },
      });
      await compare(build(t, source), address);
    });

for (const source of SOURCES)
  test(`Netlify’s edge function: ${source}`, async (t) => {
    if (!program('deno')) return t.skip('deno is not installed');
    // Links to the modules, within the folder of the build.
    const folder = resolve(mkdtempSync('build/netlify-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const site = join(folder, '_sources');
    cpSync(source, site, { recursive: true });
    execFileSync('cp', ['-al', resolve(DIST, 'meridian'), site]);
    meridian('index', '--quiet', '--source', site, '--shell', DIST, '--time', TIME);
    const args = ['run', '-A', 'tests/server/netlify_host.mjs', resolve('build/server/netlify.js')];
    const address = await run(t, 'deno', [...args, folder], { MERIDIAN_OPTIONS: options });
    await compare(build(t, source), address);
  });
