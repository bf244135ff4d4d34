// The manifest of a site that is served from its sources: what `meridian index` lists.

import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const MANIFEST = 'meridian.json';
/** Where a source lies whose own address the shell needs. */
export const MOVED_SOURCES = 'meridian/source/';

const INDEX_TIMEOUT_MS = 120_000;
// Bytes of a list: that of 100,000 files has some 20 MB.
const LARGEST_LIST = 256 << 20;
const HEAD = 64;

/** A path as an address has it. @param {string} path */
export const quoted = (path) => path.split('/').map(encodeURIComponent).join('/');

/** @param {string} path */
export function hasFrontMatter(path) {
  let file;
  try {
    file = openSync(path, 'r');
    const head = Buffer.alloc(HEAD);
    const size = readSync(file, head, 0, HEAD, 0);
    return /^(?:\xef\xbb\xbf)?---[ \t]*\r?\n/.test(head.toString('latin1', 0, size));
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * The manifest, made when it is requested and kept until something changes. It lists the files that
 * Jekyll would publish or read, and no others are served: the rule is the core's
 * (core/site/published.cpp). A source whose address the shell has gets another one.
 */
export class SiteManifest {
  /** @type {Promise<Buffer | undefined> | undefined} */
  #made;
  /** Sources that the last manifest lists. @type {Set<string>} */
  listed = new Set();
  /** @type {Set<string>} */
  #pages = new Set();
  /** Why there is no manifest. */
  problem = '';

  /**
   * @param {string} site
   * @param {() => string[]} command
   */
  constructor(site, command) {
    this.site = site;
    this.command = command;
  }

  /**
   * Some sources changed, or unknown ones. The configuration can make any file private.
   * @param {string[]} [changed]
   */
  forget(changed) {
    this.#made = undefined;
    if (!changed || changed.includes('_config.yml')) this.listed = new Set();
  }

  /** Its bytes; undefined when the command fails. */
  get() {
    this.#made ??= this.#make();
    return this.#made;
  }

  /**
   * Whether a source may be served. A listed source does not wait for a new list: an edit would
   * have to wait for it, too.
   * @param {string} path
   */
  async lists(path) {
    if (!this.listed.has(path)) await this.get();
    return this.listed.has(path);
  }

  /** @param {string} route */
  async knowsPage(route) {
    await this.get();
    return this.#pages.has(route);
  }

  /**
   * Whether the shell answers at this source's own address: its own files, and pages that are HTML
   * sources.
   * @param {string} path
   */
  isMoved(path) {
    if (path.startsWith('meridian/') || ['index.html', '404.html', MANIFEST].includes(path))
      return true;
    return /\.html?$/.test(path) && hasFrontMatter(join(this.site, path));
  }

  async #make() {
    const data = await this.#list();
    this.listed = new Set(data?.files.map(({ path }) => path));
    this.#pages = new Set(Object.keys(data?.pages ?? {}));
    for (const entry of data?.files ?? [])
      if (this.isMoved(entry.path)) entry.at = MOVED_SOURCES + quoted(entry.path);
    return data && Buffer.from(JSON.stringify(data));
  }

  /** @returns {Promise<{ files: { path: string, at?: string }[], pages: object } | undefined>} */
  async #list() {
    const [program, ...words] = this.command();
    try {
      const { stdout } = await promisify(execFile)(
        program,
        [...words, 'index', '--author', '--source', this.site, '--output', '-'],
        { timeout: INDEX_TIMEOUT_MS, maxBuffer: LARGEST_LIST },
      );
      this.problem = '';
      return JSON.parse(stdout);
    } catch (error) {
      const { code = 'no JSON' } = /** @type {NodeJS.ErrnoException} */ (error);
      const problem =
        `\`meridian index\` gave no list of the site's files (${code}): none of them is served. ` +
        '`python3 serve.py --build` builds it.';
      if (problem !== this.problem) console.log(`  ${problem}`);
      this.problem = problem;
      return undefined;
    }
  }
}
