// The answers of the development server: the built shell over the sources of a site, as a static
// host has both.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { escaped } from '../server/bytes.js';
import { answerBytes } from '../server/conditional.js';
import { folder, openBuilt, unlessMissing } from '../server/folder.mjs';
import { applyRules, rulesOf } from '../server/host_headers.js';
import { HTML, PLAIN_TEXT, textOr, typeOf } from '../server/media_types.js';
import { MANIFEST, MOVED_SOURCES, hasFrontMatter, quoted } from './site_manifest.mjs';

// In which front matter that can't be read is read as far as it can be.
const AUTHORS_CORE = 'live.wasm';
// Bytes of a file without a known ending, to tell whether it is text.
const SAMPLE = 4096;

/**
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 */
const plain = (status, text, headers) =>
  new Response(text, { status, headers: { 'content-type': PLAIN_TEXT, ...headers } });

/** @param {string} path percent-encoded */
const unquoted = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Files of the build that no host serves: .nojekyll, … @param {string} name */
const isHidden = (name) => name === '_headers' || /(^|\/)\.(?!well-known(\/|$))/.test(name);

export class RawSite {
  /**
   * @param {{
   *   site: string, dist: string, base: string, sendsHeaders: boolean,
   *   manifest: import('./site_manifest.mjs').SiteManifest,
   *   reload: import('./reload.mjs').Reload,
   * }} parts  `base`: its path, with a slash at both ends
   */
  constructor(parts) {
    this.parts = parts;
    this.sources = folder(parts.site);
  }

  /** @param {Request} request */
  async answer(request) {
    const path = unquoted(new URL(request.url).pathname);
    const { base, sendsHeaders } = this.parts;
    const response = path.startsWith(base)
      ? await this.#inside(path.slice(base.length), request)
      : this.#outside(path);
    const { headers } = response;
    const type = headers.get('content-type');
    headers.set('cache-control', 'no-cache');
    headers.set('vary', 'Accept-Encoding');
    if (sendsHeaders && path.startsWith(base))
      applyRules(await this.#rules(), `/${path.slice(base.length)}`, headers);
    // The type is known better than in `_headers`.
    if (type) headers.set('content-type', type);
    headers.set('x-content-type-options', 'nosniff');
    return response;
  }

  /** Those of the shell before the site's own, as `meridian build --raw` writes them. */
  async #rules() {
    const { dist, site } = this.parts;
    const read = (/** @type {string} */ root) => readFile(join(root, '_headers'), 'utf8');
    const texts = await Promise.all([dist, site].map((root) => read(root).catch(() => '')));
    return rulesOf(texts.join('\n'));
  }

  /** @param {string} path */
  #outside(path) {
    const { base } = this.parts;
    return path === '/' || `${path}/` === base
      ? new Response(null, { status: 302, headers: { location: base } })
      : plain(404, `The site is at ${base}\n`);
  }

  /** @param {string} name below the base @param {Request} request @returns {Promise<Response>} */
  async #inside(name, request) {
    const folders = name.split('/').slice(0, -1);
    const isOdd = /(^|\/)\.{1,2}(\/|$)|[\\\0]/.test(name) || folders.includes('');
    if (isOdd) return this.#shellPage(name, request);
    if (name === '' || name === 'index.html') return this.#shell('index.html', 200, request);
    if (name === '404.html') return this.#shell(name, 200, request);
    const { manifest } = this.parts;
    if (name === MANIFEST) {
      const bytes = await manifest.get();
      return bytes
        ? made(bytes, 'application/json', 200, request)
        : plain(503, `${manifest.problem}\n`);
    }
    const found = name.startsWith(MOVED_SOURCES)
      ? await this.#source(name.slice(MOVED_SOURCES.length), request)
      : ((await this.#delivered(name, request)) ?? (await this.#sourcePage(name, request)));
    return found ?? this.#shellPage(name, request);
  }

  /** The address of a folder ends with a slash: without it a request is redirected. */
  #toFolder(/** @type {string} */ name) {
    const location = `${this.parts.base}${quoted(name)}/`;
    return name.endsWith('/')
      ? undefined
      : new Response(null, { status: 301, headers: { location } });
  }

  /** A file of the build. @param {string} name @param {Request} request */
  async #delivered(name, request) {
    const { dist } = this.parts;
    if (isHidden(name)) return undefined;
    const status = await stat(join(dist, name)).catch(unlessMissing);
    const file = status?.isDirectory() ? join(name, 'index.html') : name; // the playground
    const found = status && (await openBuilt(dist, file, request));
    found?.headers.set('content-type', typeOf(file) ?? PLAIN_TEXT);
    return found && file !== name ? (this.#toFolder(name) ?? found) : found;
  }

  /**
   * A source at its own address, unless the shell shows the page of it there.
   * @param {string} name
   * @param {Request} request
   */
  async #sourcePage(name, request) {
    const { manifest, site } = this.parts;
    const status = await stat(join(site, name)).catch(unlessMissing);
    if (!status?.isDirectory())
      return manifest.isMoved(name) ? undefined : this.#source(name, request);
    const index = `${name.replace(/\/$/, '')}/index.html`;
    if (!(await manifest.lists(index)) || hasFrontMatter(join(site, index))) return undefined;
    return this.#toFolder(name) ?? this.#source(index, request);
  }

  /** @param {string} name @param {Request} request */
  async #source(name, request) {
    const head = await this.sources.get(name, undefined, SAMPLE);
    if (!head?.bytes) return undefined;
    const { manifest } = this.parts;
    if (!(await manifest.lists(name)))
      return manifest.problem ? plain(503, `${manifest.problem}\n`) : undefined;
    const found = await this.sources.open?.(name, request);
    found?.headers.set('content-type', typeOf(name) ?? textOr(head.bytes));
    return found;
  }

  /**
   * 404.html, which renders the page of the address, with status 200 where there is such a page. A
   * robots.txt or a feed is not one, and its clients want no HTML.
   * @param {string} name
   * @param {Request} request
   */
  async #shellPage(name, request) {
    const { manifest } = this.parts;
    let known = false;
    if (['', '.html', '.htm', '.md'].includes(extname(name).toLowerCase()))
      for (const end of ['', '/', 'index.html'])
        known ||= await manifest.knowsPage(`/${name}${end}`);
    return this.#shell('404.html', known ? 200 : 404, request);
  }

  /** @param {string} file @param {number} status @param {Request} request */
  async #shell(file, status, request) {
    const { dist, base, reload } = this.parts;
    const text = await readFile(join(dist, file), 'utf8').catch(() => undefined);
    if (text === undefined) return plain(503, 'build/dist has no shell yet.\n');
    // Facts that the shell would otherwise have to find out.
    const meta = (/** @type {string} */ name, /** @type {string} */ content) =>
      `<meta name="meridian-${name}" content="${escaped(content)}">`;
    const said =
      meta('root', base) +
      meta('core', AUTHORS_CORE) +
      meta('manifest', MANIFEST) +
      meta('routes', 'path') +
      `<script src="${escaped(base)}__reload.js?made=${reload.changes}" defer></script>`;
    const bare = text
      .replace(/<meta name="?meridian-(?:root|core|manifest|routes)"?[^>]*>/g, '')
      .replace('href="meridian/meridian.wasm"', `href="meridian/${AUTHORS_CORE}"`);
    const begin = /<meta charset[^>]*>/i.exec(bare) ?? /<!doctype[^>]*>/i.exec(bare);
    const at = begin ? begin.index + begin[0].length : 0;
    return made(Buffer.from(bare.slice(0, at) + said + bare.slice(at)), HTML, status, request);
  }
}

/**
 * What this server made.
 * @param {Buffer} bytes
 * @param {string} type
 * @param {number} status
 * @param {Request} request
 */
function made(bytes, type, status, request) {
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`;
  const headers = { 'content-type': type };
  return status === 200
    ? answerBytes(request, bytes, etag, headers)
    : new Response(/** @type {BodyInit} */ (bytes), { status, headers });
}
