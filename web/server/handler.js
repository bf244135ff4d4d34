// A site's pages from its raw sources, finished, as `meridian build` writes them: a function from a
// Request to a Response, on web standards alone. README.md has a table of the answers.
//
//     const handler = createHandler({ sources: folder('my-site'), modules: release('dist') });
//     const response = await handler(new Request('https://example.org/about/'));

import { onHost } from '../base/util.js';
import { answerBytes, hasAlready } from './conditional.js';
import { Failure, Late, within } from './failure.js';
import { failed, notFound, refusal } from './failure_pages.js';
import { applyRules, rulesOf } from './host_headers.js';
import { BYTES, HTML, isCompressible, textOr, typeOf } from './media_types.js';
import { settingsOf } from './settings.js';
import { Site } from './site.js';
import { INDEX } from './storage.js';

/**
 * @typedef {import('./storage.js').Sources} Sources
 * @typedef {import('./engine.js').Modules} Modules
 * @typedef {import('./settings.js').Options} Options
 * @typedef {import('./settings.js').Settings} Settings
 * @typedef {import('./site.js').Outputs} Outputs
 *
 * `purge`: the next request looks for changes of the sources, whatever their age. `atHand`: the
 * answer, if it is here and `maxAge` has not passed. `until`: when a page that a request got is to
 * be looked at again by `maxAge`, in milliseconds; 0: it got none, or this was said before.
 * @typedef {{ waitUntil?(work: Promise<unknown>): void }} Context  of a request, as workers get it
 * @typedef {((request: Request, context?: Context) => Promise<Response>) & {
 *   purge(): void, atHand(request: Request): Response | undefined, until(request: Request): number,
 * }} Handler
 *
 * What a Response is made of.
 * @typedef {{ status: number, headers: HeadersInit, body: BodyInit | null }} Parts
 */

const HEADERS = '_headers';
const NOT_FOUND_PAGE = '404.html';
// The shell's folder; its themes are sources.
const SHELL = 'meridian/';
const THEMES = 'meridian/themes/';
// Speculation rules (HTML): browsers that know them fetch a page when the pointer rests on a link.
const PREFETCH = 'meridian/prefetch.json';
const RULES_TYPE = 'application/speculationrules+json';
// Pages and files are asked for again at each use, with their etag.
const CONTROL = 'cache-control';
const CACHE = { [CONTROL]: 'public, max-age=0, must-revalidate' };
// What a storage says of a file, and not of itself.
const PASSED_ON =
  'accept-ranges cache-control content-encoding content-length content-range content-type etag last-modified vary'.split(
    ' ',
  );
// A request may read sources several times, one after another: each has `patience`.
const MOST_READS = 3;
const ID_LENGTH = 8;

/**
 * A handler for one site. It keeps all that it knows to itself: there may be several in a process.
 * @param {{ sources: Sources, modules: Modules, options?: Options }} site
 * @returns {Handler}
 */
export function createHandler({ sources, modules, options = {} }) {
  if (typeof sources?.get !== 'function')
    throw new TypeError('createHandler: `sources` must have a function `get`');
  if (typeof modules?.get !== 'function')
    throw new TypeError('createHandler: `modules` must have a function `get`');
  const server = new Server(sources, modules, settingsOf(options));
  const atHand = (/** @type {Request} */ request) => server.atHand(request);
  /** @param {Request} request @param {Context} [context] */
  const handler = async (request, context) => atHand(request) ?? server.answer(request, context);
  return Object.assign(handler, {
    purge: () => server.site.versions.expire(),
    atHand,
    until: (/** @type {Request} */ request) => server.until.get(request) ?? 0,
  });
}

class Server {
  /** @param {Sources} sources @param {Modules} modules @param {Settings} settings */
  constructor(sources, modules, settings) {
    this.sources = sources;
    this.modules = modules;
    this.settings = settings;
    this.site = new Site(sources, modules, settings);
    /** Of the file `_headers` and of `headers`, in the version that was read last. */
    this.rules = rulesOf(settings.headers);
    this.rulesTag = '';
    /** The version that `rules` are of. @type {number | undefined} */
    this.rulesNumber = undefined;
    this.baseurl = '';
    /** When answers are to be looked at again. @type {WeakMap<Request, number>} */
    this.until = new WeakMap();
  }

  /**
   * Never rejects.
   * @param {Request} request
   * @param {Context} [context]
   * @returns {Promise<Response>}
   */
  async answer(request, context) {
    const { patience, development, log } = this.settings;
    let path = '/';
    let response;
    try {
      path = new URL(request.url).pathname;
      response = await within(
        this.route(request, path, context),
        patience * 1000 * MOST_READS,
        path,
      );
    } catch (error) {
      const id = crypto.randomUUID().slice(0, ID_LENGTH);
      log({ kind: 'failure', path, id, error });
      response = failed(error, id, development);
      // Others must not wait for what may never come: a worker's host may end a request's storage.
      if (error instanceof Late) this.site.abandon();
    }
    return this.finished(request, path, response);
  }

  /**
   * A page that is kept, when nothing has to be asked or waited for.
   * @param {Request} request
   */
  atHand(request) {
    const { site } = this;
    const { version } = site.versions;
    const outputs = site.known(version);
    if (!version || !outputs || this.rulesNumber !== version.number) return undefined;
    const { pathname } = new URL(request.url);
    const path = decoded(pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    if (!path?.startsWith(`${outputs.baseurl}/`)) return undefined;
    const found = outputFor(outputs, path.slice(outputs.baseurl.length + 1));
    if (!found || found === 'folder' || found.kind === 'static') return undefined;
    const page = site.kept.get(found.path, version);
    const parts = page && page.url === undefined && pageParts(request, found.path, page);
    if (!parts) return undefined;
    if (parts.body) this.tellUntil(request, found.path);
    return this.finished(request, pathname, parts);
  }

  /**
   * Says once after each look for changes when the next one is due.
   * @param {Request} request
   * @param {string} path
   */
  tellUntil(request, path) {
    const { kept, versions } = this.site;
    const until = versions.until();
    if (request.method === 'GET' && kept.isNews(path, until)) this.until.set(request, until);
  }

  /**
   * The answer with the headers that all have.
   * @param {Request} request
   * @param {string} path
   * @param {Parts} parts
   */
  finished({ method }, path, { status, headers: given, body }) {
    const headers = new Headers(given);
    headers.set('x-content-type-options', 'nosniff');
    const varies = /\*|accept-encoding/i.test(headers.get('vary') ?? '');
    const type = headers.get('content-type') ?? '';
    if (!varies && isCompressible(type)) headers.append('vary', 'accept-encoding');
    if (status === 200 && type === HTML)
      headers.set('speculation-rules', `"${encodeURI(this.baseurl)}/${PREFETCH}"`);
    const place = path.startsWith(this.baseurl) ? path.slice(this.baseurl.length) : path;
    applyRules(this.rules, decoded(place) ?? place, headers);
    return new Response(method === 'HEAD' ? null : body, { status, headers });
  }

  /**
   * @param {Request} request
   * @param {string} pathname
   * @param {Context} [context]
   * @returns {Promise<Response>}
   */
  async route(request, pathname, context) {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refusal(405, 'Not allowed', 'This site only answers GET and HEAD.', {
        allow: 'GET, HEAD',
      });
    const path = decoded(pathname);
    if (path === undefined)
      return refusal(400, 'Bad address', 'This address is not percent-encoded as it should be.');
    await this.site.versions.refresh((work) => context?.waitUntil?.(work));
    const outputs = await this.site.outputs();
    await this.readRules();
    const base = outputs.baseurl;
    this.baseurl = base;
    const { search } = new URL(request.url);
    if (base && path === base) return moved(`${encodeURI(base)}/${search}`);
    if (!path.startsWith(`${base}/`)) return this.lost(outputs);
    const name = path.slice(base.length + 1);
    const found = outputFor(outputs, name);
    if (found === 'folder') return moved(`${pathname}/${search}`);
    if (found?.kind === 'static') return this.sendFile(outputs, request, found);
    if (found) return this.sendPage(outputs, request, found.path);
    if (outputs.search && name.startsWith(INDEX)) {
      const file = await this.site.indexFile(name.slice(INDEX.length));
      const headers = { ...CACHE, 'content-type': BYTES };
      if (file) return answerBytes(request, file.bytes, quoted(file.etag), headers);
    }
    if (name === PREFETCH) {
      const headers = { [CONTROL]: this.control(), 'content-type': RULES_TYPE };
      return new Response(prefetchRules(encodeURI(base)), { headers });
    }
    const shell = name.startsWith(SHELL) && !name.startsWith(THEMES) && isPlain(name);
    const response = shell && (await this.openShell(request, name));
    return response || this.lost(outputs);
  }

  /** @param {Outputs} outputs @param {Request} request @param {string} path */
  async sendPage(outputs, request, path) {
    if (request.headers.has('if-none-match')) {
      const etag = await this.site.etag(path);
      const known = etag && pageParts(request, path, { etag });
      if (known) return new Response(known.body, known);
    }
    const page = await this.site.page(path);
    const parts = page && pageParts(request, path, page);
    if (!parts) return this.lost(outputs);
    const target = page.url === undefined ? undefined : locationOf(page.url, request.url);
    if (target) return moved(target);
    // It may have been made for others, of the version before.
    if (this.site.isCurrent(path, page)) this.tellUntil(request, path);
    return new Response(parts.body, parts);
  }

  /**
   * A file that is sent as it is.
   * @param {Outputs} outputs
   * @param {Request} request
   * @param {import('../engine/abi.js').OutputFile} output
   */
  async sendFile(outputs, request, { path, source }) {
    const { entries } = await this.site.versions.current();
    const entry = entries.get(source);
    const response = entry
      ? await this.openSource(request, entry, path)
      : source.startsWith(THEMES) && (await this.openShell(request, source));
    return response || this.lost(outputs);
  }

  /**
   * @param {Request} request
   * @param {import('./storage.js').Entry} entry
   * @param {string} path by which its type is known
   */
  async openSource(request, entry, path) {
    if (this.sources.open) {
      const { open } = this.sources;
      const found = await this.ask(path, () => open(entry.at ?? entry.path, request));
      return found && passedOn(found, path);
    }
    const found = await this.site.versions.storage.whole(entry);
    if (!found) return undefined;
    const type = typeOf(path) ?? textOr(found.bytes);
    return answerBytes(request, found.bytes, quoted(found.etag), {
      ...CACHE,
      'content-type': type,
    });
  }

  /**
   * The answer of a storage, again when it fails.
   * @template T
   * @param {string} path
   * @param {() => Promise<T>} question
   */
  ask(path, question) {
    return this.site.versions.storage.insist(path, question);
  }

  /** Another release of the shell is seen as late as a change of the sources. */
  control() {
    const { maxAge, development } = this.settings;
    return maxAge && maxAge < Infinity && !development
      ? `public, max-age=${maxAge}`
      : CACHE[CONTROL];
  }

  /** A file of the folder `meridian/`. @param {Request} request @param {string} name */
  async openShell(request, name) {
    const { open } = this.modules;
    const found = await this.ask(name, async () => open?.(name.slice(SHELL.length), request));
    const response = found
      ? passedOn(found, name)
      : await this.openSource(request, { path: name }, name);
    response?.headers.set(CONTROL, this.control());
    return response;
  }

  /** The page for an address without one. @param {Outputs} outputs */
  async lost({ files }) {
    const output = files.get(NOT_FOUND_PAGE);
    if (!output) return notFound();
    let bytes;
    if (output.kind === 'static') {
      const { entries } = await this.site.versions.current();
      const entry = entries.get(output.source);
      bytes = entry && (await this.site.versions.storage.whole(entry))?.bytes;
    } else {
      bytes = (await this.site.page(NOT_FOUND_PAGE))?.bytes;
    }
    if (!bytes) return notFound();
    return new Response(/** @type {BodyInit} */ (bytes), {
      status: 404,
      headers: { ...CACHE, 'content-type': HTML, 'content-length': String(bytes.length) },
    });
  }

  /** Reads `_headers` of the sources, where it is another one. */
  async readRules() {
    const { versions } = this.site;
    const version = await versions.current();
    const entry = version.entries.get(HEADERS);
    const tag = entry ? (entry.etag ?? `${version.number}`) : '';
    if (tag !== this.rulesTag) {
      const text = (await versions.text(HEADERS)) ?? '';
      this.rules = rulesOf(`${text}\n${this.settings.headers}`);
      this.rulesTag = tag;
    }
    this.rulesNumber = version.number;
  }
}

/**
 * What a page's answer is made of: 304 for a visitor who has it, also when its bytes are not kept;
 * undefined: they are needed.
 * @param {Request} request
 * @param {string} path
 * @param {import('./site.js').Page} page
 * @returns {Parts | undefined}
 */
function pageParts(request, path, page) {
  const etag = quoted(page.etag);
  const head = { ...CACHE, 'content-type': typeOf(path) ?? BYTES, etag };
  if (hasAlready(request, etag)) return { status: 304, headers: head, body: null };
  if (!page.bytes) return undefined;
  const headers = { ...head, 'content-length': String(page.bytes.length) };
  return { status: 200, headers, body: /** @type {BodyInit} */ (page.bytes) };
}

/** @param {string} etag */
const quoted = (etag) => `"${etag}"`;

/** A path without percent-encoding; undefined: it is malformed. @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** @param {string} location */
const moved = (location) =>
  new Response(null, { status: 301, headers: { ...CACHE, location, 'content-length': '0' } });

/**
 * The output at a path, as GitHub Pages finds it: `x` may be `x.html`; `folder`: its address has a
 * slash at its end.
 * @param {Outputs} outputs
 * @param {string} name
 */
function outputFor({ files }, name) {
  if (!name || name.endsWith('/')) return files.get(`${name}index.html`);
  const found = files.get(name) ?? files.get(`${name}.html`);
  return found ?? (files.has(`${name}/index.html`) ? 'folder' : undefined);
}

/**
 * Where a redirect leads, as a header can say it, its fragment included; undefined when that is no
 * address of the web.
 * @param {string} target
 * @param {string} from
 */
function locationOf(target, from) {
  let url;
  try {
    url = new URL(target, from);
  } catch {
    return undefined;
  }
  const local = target.startsWith('/') && url.origin === new URL(from).origin;
  if (local) return onHost(url.pathname) + url.search + url.hash;
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** For pages, and no other files. @param {string} base percent-encoded */
const prefetchRules = (base) =>
  `{"prefetch":[{"where":{"href_matches":["${base}/","${base}/*/","${base}/*.html"]},"eagerness":"moderate"}]}`;

/** @param {string} name */
const isPlain = (name) => !/(^|\/)\.|[\0-\x1f\\]/.test(name);

/** An answer of the storage's own, with our type. @param {Response} found @param {string} path */
function passedOn({ status, headers, body }, path) {
  if (![200, 206, 304, 416].includes(status)) {
    body?.cancel();
    if (status === 404 || status === 410) return undefined;
    throw new Failure(503, path, `its storage answered ${status}`, 'ask again');
  }
  const kept = new Headers(CACHE);
  for (const name of PASSED_ON) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  const type = typeOf(path);
  if (type && status !== 416) kept.set('content-type', type);
  return new Response(body, { status, headers: kept });
}
