// Sites on real hosts: sources and the built shell in a folder of their own, served by Python's
// http.server, by nginx, or by a small server of Node's that can delay, fail, and answer as the
// GitHub API does.

import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { unescape } from 'node:querystring';
import { fileURLToPath } from 'node:url';
import { browserMissing } from './browser.mjs';

export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const DIST = resolve(process.env.MERIDIAN_DIST ?? join(PROJECT, 'build/dist'));
export const SITES = join(PROJECT, 'tests/sites');
export const COMMAND = join(PROJECT, 'build/native/meridian');

/** The reason to skip, or undefined. */
export function notBuilt() {
  return existsSync(join(DIST, 'meridian/meridian.wasm'))
    ? undefined
    : 'build/dist is not complete: python3 serve.py --build';
}

/** The reason to skip a test that needs the built shell and a browser, or undefined. */
export const noBrowser = () => notBuilt() ?? browserMissing();

/** A file of the gazetteer, or a part of one, `places/0.bin#64-127`; no bytes if it is missing. */
export function placesFile(name) {
  const [file, first, last] = name.split(/[#-](?=\d+(?:-|$))/);
  const path = join(DIST, 'meridian', file);
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array();
  return last ? bytes.subarray(Number(first), Number(last) + 1) : bytes;
}

/** All files below a folder, as paths with slashes. */
export function filesBelow(folder, at = folder) {
  return readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    return statSync(path).isDirectory()
      ? filesBelow(folder, path)
      : [relative(folder, path).split(sep).join('/')];
  });
}

/**
 * A folder as an author would upload it. `sources`: a folder, or texts by path. `meta`: the shell's
 * <meta> settings, by name. `manifest`: true writes a meridian.json with paths and front matter, as
 * the command does; an object is written as it is. `shell`: false writes the sources only. The
 * result's `say` changes the shell's settings later.
 */
export function makeSite(
  t,
  sources,
  { meta = {}, manifest = false, into = '', shell = true } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-site-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, into);
  mkdirSync(root, { recursive: true });
  // Never through a link, into what is delivered.
  const remove = (path, { force = false } = {}) => {
    ownFolder(root, dirname(path));
    rmSync(join(root, path), { force });
  };
  const put = (path, text) => {
    remove(path, { force: true });
    writeFileSync(join(root, path), text);
  };
  if (typeof sources === 'string') cpSync(sources, root, { recursive: true });
  else for (const [path, text] of Object.entries(sources)) put(path, text);
  const paths = filesBelow(root);
  if (shell) {
    linkFiles(join(DIST, 'meridian'), join(root, 'meridian'));
    linkFiles(DIST, root);
  }
  const say = (page, meta) => {
    const said = Object.entries(meta)
      .map(([name, content]) => `<meta name="meridian-${name}" content="${content}">`)
      .join('');
    put(
      page,
      readFileSync(join(DIST, page), 'utf8').replace('<meta name="meridian-shell"', `${said}$&`),
    );
  };
  for (const page of shell ? ['index.html', '404.html'] : []) say(page, meta);
  if (manifest)
    put(
      'meridian.json',
      JSON.stringify(
        manifest === true
          ? { files: paths.map((path) => entry(root, path)), complete: true }
          : manifest,
      ),
    );
  return { folder, root, put, say, remove };
}

/** Makes a folder below `root` where it is not there, or is a link to what is delivered. */
function ownFolder(root, path) {
  if (path === '.') return;
  ownFolder(root, dirname(path));
  const folder = join(root, path);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const from = readlinkSync(folder);
    rmSync(folder);
    linkFiles(from, folder);
  } else mkdirSync(folder, { recursive: true });
}

/**
 * Makes `folder` hold links to what `from` holds, without compressed copies and without what is
 * there already: hundreds of files for each test take longer to copy and to remove than their test.
 */
function linkFiles(from, folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(from).filter((name) => !/\.(br|gz)$/.test(name)))
    if (!existsSync(join(folder, name))) symlinkSync(join(from, name), join(folder, name));
}

/** A file's entry of the manifest. */
export function entry(root, path) {
  const front = /^---\r?\n([^]*?\n)?---\r?\n/.exec(
    readFileSync(join(root, path), 'latin1').slice(0, 4000),
  );
  return front ? { path, yaml: Buffer.from(front[1] ?? '', 'latin1').toString() } : { path };
}

export async function freePort() {
  const socket = createSocket().listen(0, '127.0.0.1');
  await new Promise((resolve) => socket.once('listening', resolve));
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

async function reachable(port) {
  for (let tries = 0; tries < 100; tries++) {
    const there = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () =>
        resolve(false),
      );
      socket.on('connect', () => socket.end());
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}

async function start(t, port, command, args) {
  const child = spawn(command, args, { stdio: 'ignore' });
  t.after(() => child.kill());
  await reachable(port);
  return `http://127.0.0.1:${port}/`;
}

/** `python3 -m http.server`: with listings, without a 404 page of the site's. */
export async function python(t, folder) {
  const port = await freePort();
  return start(t, port, 'python3', [
    '-m',
    'http.server',
    String(port),
    '--bind',
    '127.0.0.1',
    '--directory',
    folder,
  ]);
}

function findNginx() {
  return [
    '/usr/sbin/nginx',
    '/usr/bin/nginx',
    '/usr/local/bin/nginx',
    '/opt/homebrew/bin/nginx',
  ].find((path) => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * nginx in a common configuration: `listing` turns autoindex on, `page404` answers unknown paths.
 * Null when nginx is not installed.
 */
export async function nginx(
  t,
  folder,
  { page404 = '/404.html', errors = '404', autoindex = false, fallback = '' } = {},
) {
  const program = findNginx();
  if (!program) {
    t.skip('nginx is not installed');
    return null;
  }
  const port = await freePort();
  const own = mkdtempSync(join(tmpdir(), 'meridian-nginx-'));
  t.after(() => rmSync(own, { recursive: true, force: true }));
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join(' ');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    join(own, 'nginx.conf'),
    `${user} worker_processes 1; daemon off; pid ${own}/pid; error_log ${own}/error.log;
events { worker_connections 256; }
http {
  types { text/html html; text/css css; text/javascript js; application/wasm wasm; application/json json; image/svg+xml svg; }
  default_type text/plain; access_log off; ${temp}
  server {
    listen 127.0.0.1:${port}; root ${folder}; ${autoindex ? 'autoindex on;' : ''}
    ${page404 ? `error_page ${errors} ${page404};` : ''}
    ${fallback ? `location / { try_files $uri ${fallback}; }` : ''}
  }
}`,
  );
  return start(t, port, program, ['-c', join(own, 'nginx.conf'), '-e', join(own, 'error.log')]);
}

export const TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/**
 * A static host in Node. `answer(request, response, path)` handles a request itself if it returns
 * true; `delay`: milliseconds before every answer; `notFound`: the file for unknown paths;
 * `headers`: additional headers by name, or a function of the path that returns them. Gives the
 * address, a log of requests, and an object with these settings, which may change while the host
 * runs; `stop` ends the server, `start` starts it again at the same address.
 */
export async function host(t, folder, options = {}) {
  const state = { delay: 0, notFound: '404.html', headers: {}, answer: () => false, ...options };
  /** @type {{ path: string, status: number, method: string }[]} */
  const log = [];
  const server = createServer(async (request, response) => {
    // Not relative to an address: a path may begin with two slashes.
    const path = unescape(new URL(`http://host${request.url}`).pathname);
    const past = request.headers['cache-control'] === 'no-cache';
    const entry = { path, status: 0, method: request.method, past };
    log.push(entry);
    response.on('finish', () => (entry.status = response.statusCode));
    if (state.delay) await new Promise((resolve) => setTimeout(resolve, state.delay));
    if (await state.answer(request, response, path)) return;
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    let status = 200;
    if (!existsSync(file)) [status, file] = [404, join(folder, state.notFound)];
    const headers = typeof state.headers === 'function' ? state.headers(path) : state.headers;
    if (!existsSync(file))
      return response
        .writeHead(404, { 'content-type': 'text/plain', ...headers })
        .end('no such file');
    response.writeHead(status, {
      'content-type': TYPES[extname(file)] ?? 'text/plain',
      'cache-control': 'no-cache',
      ...headers,
    });
    response.end(readFileSync(file));
  });
  // An engine may use a connection in the moment in which the host ends it: WebKit then reports
  // "Connection terminated unexpectedly". An idle connection stays.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  t.after(stop);
  const start = () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}/`, log, state, stop, start };
}

/**
 * Parses a `_headers` file as static hosts do: all rules that match a path apply in order; values
 * of equal names are joined by a comma, and `! Name` removes the values of earlier rules.
 * @param {string} text
 * @returns {(path: string) => Record<string, string>}
 */
export function headersBy(text) {
  const rules = [];
  for (const line of text.split('\n').filter((line) => line.trim() && !line.startsWith('#'))) {
    if (/^\S/.test(line))
      rules.push({
        path: new RegExp(
          `^${line
            .split('*')
            .map((part) => part.replace(/[^\w/]/g, '\\$&'))
            .join('.*')}$`,
        ),
        lines: [],
      });
    else rules.at(-1).lines.push(line.trim());
  }
  return (path) => {
    const headers = {};
    for (const line of rules.flatMap((rule) => (rule.path.test(path) ? rule.lines : []))) {
      const [, gone, name, value] = /^(! )?([\w-]+):? ?(.*)$/.exec(line);
      const key = name.toLowerCase();
      if (gone) delete headers[key];
      else
        headers[key] =
          /^content-type$/.test(key) || !headers[key] ? value : `${headers[key]}, ${value}`;
    }
    return headers;
  };
}

/**
 * The paths that a log's requests have read. Whether a source has changed is asked past the cache
 * (shell/revalidation.js), at a time that depends on the machine: from there on a path is left out.
 * @param {{ path: string, method: string, past: boolean }[]} log
 */
export function readIn(log) {
  const renewed = new Set();
  return log.flatMap(({ path, method, past }) => {
    if (past || method === 'HEAD') renewed.add(path);
    return renewed.has(path) ? [] : path;
  });
}

/** For a page with animations, as most readers have it. */
export const MOVING = { reducedMotion: 'no-preference' };

/**
 * Requests of the shell that a 404 answers, or a 403. Only in Chromium they can be made in silence
 * (shell/site_root.js); Firefox's console does not tell them, WebKit's does. No page of the tests
 * is `no/such/page`.
 */
const QUESTION =
  /\/(meridian\/is-there-a-404-page|meridian\/theme\.css|_\w+\/|_config\.yml|no\/such\/page(\.md|\/\w+\.md))$/;
export const isAnswer = (browser, text, url) =>
  browser.browserType().name() === 'webkit' && /status of 40[34]/.test(text) && QUESTION.test(url);

/**
 * Is this Firefox's word that it stopped a script of a page that was left? Only a slow machine
 * leaves a script in the middle.
 */
const isStop = (browser, text) =>
  browser.browserType().name() === 'firefox' && text.startsWith('Script terminated by timeout');

/**
 * Is this Firefox's word on an author's page without a doctype? It is said of such a file, too;
 * page-load.test.mjs proves that the mode is the page's own.
 */
const isMode = (browser, text, url) =>
  browser.browserType().name() === 'firefox' &&
  text.startsWith('This page is in Quirks Mode.') &&
  url.endsWith('/meridian/more.js');

/**
 * Is this WebKit's word that a preloaded file was not used by three seconds after the load event?
 * Only a slow machine takes that long; preloads.test.mjs proves that each file is used.
 */
const isLate = (browser, text) =>
  browser.browserType().name() === 'webkit' && /was preloaded using link preload but/.test(text);

/**
 * Is this an engine's word for a request that was cut off because the page was left? WebKit's, to
 * the page's own host: that has no access control. Chromium's, of a file with a hash: without a
 * reason, which a file that differs or is missing has.
 */
export const isCut = (text, address) =>
  (/ due to access control checks\.$/.test(text) && text.includes(new URL(address).origin)) ||
  /^Fetch API cannot load \S+\. *$/.test(text);

/**
 * A page that records its console messages and its depth: the number of consecutive answers that
 * its last request had to wait for, whatever the browser's limit of connections.
 */
export async function openPage(t, browser, options = {}) {
  // View transitions, which nobody sees here, take a fifth of the time; tests of motion and
  // measurements want them.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  t.after(() => context.close());
  // A page may be slow beside other work.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const lines = [];
  page.on('console', (message) => {
    const { url } = message.location();
    const text = message.text();
    if (!['error', 'warning'].includes(message.type())) return;
    const known = [isAnswer, isStop, isLate, isMode].some((is) => is(browser, text, url));
    if (!known && !isCut(text, page.url())) lines.push(`${text} ${url}`);
  });
  page.on(
    'pageerror',
    (error) => isCut(error.message, page.url()) || lines.push(String(error.stack || error)),
  );
  const depths = new Map();
  let deepest = 0;
  page.on('request', (request) => depths.set(request, deepest + 1));
  page.on('response', (response) => {
    // Requests of the document itself begin while it is still arriving.
    if (response.request().isNavigationRequest()) deepest = Math.max(deepest, 1);
  });
  page.on('requestfinished', (request) => (deepest = Math.max(deepest, depths.get(request) ?? 0)));
  return {
    page,
    context,
    lines,
    depth: () => deepest,
    requests: () => [...depths].map(([request, depth]) => `${depth} ${request.url()}`),
  };
}

/** Waits until the shell has shown the page at `path` (or any page) and its scripts have run. */
export async function settled(
  page,
  test = () => !document.querySelector('main[aria-busy]') && document.querySelector('h1, main, p'),
) {
  await page.waitForFunction(test, undefined, { timeout: 30_000 });
}

/**
 * Opens a page of a site whose sources lie, with a manifest, beside the shell.
 * @param {any} t @param {any} browser @param {Record<string, string>} sources
 * @param {{ path?: string, context?: object, meta?: Record<string, string> }} [options]
 */
export async function visit(t, browser, sources, { path = '', context = {}, meta = {} } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { root: '/', manifest: 'meridian.json', ...meta },
  });
  const server = await host(t, site.folder);
  const opened = await openPage(t, browser, context);
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, server, site, asked: () => server.log.map((request) => request.path) };
}

/**
 * A folder with a site as `meridian build` leaves it.
 * @param {any} t @param {Record<string, string>} sources @param {string[]} options of the command
 */
export function built(t, sources, ...options) {
  const { root } = makeSite(t, sources, { shell: false });
  const folder = mkdtempSync(join(tmpdir(), 'meridian-built-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const command = ['build', ...options, '--source', root, '--destination', folder];
  execFileSync(COMMAND, [...command, '--shell', DIST, '--quiet'], { stdio: 'pipe' });
  return folder;
}

/**
 * Where elements of a page are, and how large: `x y width height` of each, in whole pixels.
 * @param {import('playwright-core').Page} page
 * @param {string[]} selectors
 */
export const boxesOf = (page, selectors) =>
  page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join(' ');
      }),
    selectors,
  );

/** Waits for two frames: layout, scroll events and drawing of the current task are done. */
export const painted = (page) =>
  page.evaluate(
    () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))),
  );

/**
 * Waits for a condition outside of a page, such as a request at a server or an entry in a storage.
 * @param {() => unknown} condition, perhaps a promise; gives what it gave
 * @param {string} [what] for the message
 */
export async function until(condition, what = String(condition)) {
  for (
    const end = Date.now() + 60_000;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 10))
  ) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`never: ${what}`);
}

/** Runs in a page: nothing more fits into its localStorage. */
export function fillStorage() {
  let text = 'x'.repeat(1 << 20);
  for (let at = 0; text; at++) {
    try {
      localStorage[`full-${at}`] = text;
    } catch {
      text = text.slice(text.length / 2 + 1);
    }
  }
}
