// What the server's tests share: sources in memory, the built modules, the native command.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gitHash } from '../../web/base/hashes.js';
import { release } from '../../web/server/folder.mjs';

export const DIST = 'build/dist';
export const TIME = '2026-11-20T00:00:00Z';
export const modules = release(DIST);
export const ORIGIN = 'https://station.example';

/** The files below a folder: bytes by path. */
export function filesOf(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      files.set(relative(folder, path).replaceAll('\\', '/'), readFileSync(path));
    }
  return files;
}

/** The folders of tests/sites that are sources. */
export const testSites = () =>
  readdirSync('tests/sites')
    .filter((name) => !name.includes('.'))
    .map((name) => join('tests/sites', name))
    .map((path) => (existsSync(join(path, 'src')) ? join(path, 'src') : path));

/** A new folder, which goes with the test. */
export function temporary(t) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-server-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The base path that a configuration has. */
export function baseurlOf(source) {
  const config = join(source, '_config.yml');
  return existsSync(config)
    ? (/^baseurl: *"?(\/[^"\s#]*)/m.exec(readFileSync(config, 'utf8'))?.[1] ?? '')
    : '';
}

/** Runs the native command; a page with a mistake (status 1) does not stop it. */
export function meridian(...options) {
  try {
    execFileSync('build/native/meridian', options, { env: { ...process.env, JEKYLL_ENV: '' } });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

/** The files that `meridian build` writes, without its record. */
export function build(t, source, ...options) {
  const folder = join(temporary(t), 'site');
  meridian(
    ...['build', '--quiet', '--source', source, '--destination', folder, '--time', TIME],
    ...['--shell', DIST, ...options],
  );
  const files = filesOf(folder);
  files.delete('.meridian');
  return files;
}

/** Sources in memory, which a test changes, counts and breaks. */
export class Memory {
  /** @param {Record<string, string | Uint8Array>} files */
  constructor(files) {
    this.files = new Map(Object.entries(files));
    /** How often each function was called. */
    this.calls = { list: 0, get: 0 };
    /** Paths that were read, in order. */
    this.read = [];
    /** Called before each answer. */
    this.before = async () => {};
  }

  static fromFolder(folder) {
    return new Memory(Object.fromEntries(filesOf(folder)));
  }

  bytes(path) {
    const file = this.files.get(path);
    return typeof file === 'string' ? new TextEncoder().encode(file) : file && new Uint8Array(file);
  }

  etag(path) {
    const bytes = this.bytes(path);
    let hash = bytes.length;
    for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
    return `${hash}`;
  }

  async list() {
    this.calls.list++;
    await this.before('list', '');
    return [...this.files.keys()].map((path) => ({
      path,
      size: this.bytes(path).length,
      etag: this.etag(path),
    }));
  }

  async get(path, known) {
    this.calls.get++;
    this.read.push(path);
    await this.before('get', path);
    const bytes = this.bytes(path);
    if (!bytes) return undefined;
    const etag = this.etag(path);
    return etag === known ? { etag } : { bytes, etag };
  }

  /** The manifest of the files as they are now. */
  async manifest() {
    const files = [];
    for (const path of this.files.keys()) {
      const bytes = this.bytes(path);
      const page = /^---/.test(Buffer.from(bytes.subarray(0, 3)).toString());
      files.push({ path, size: bytes.length, page, git: await gitHash(bytes) });
    }
    return new TextEncoder().encode(JSON.stringify({ files }));
  }

  /** As createHandler() takes them. `list`: false for sources that have a manifest. */
  sources({ list = true } = {}) {
    const get = (...values) => this.get(...values);
    return list ? { get, list: () => this.list() } : { get };
  }
}

/** A request for a path as it is written, which URL would change. */
export const requestFor = (path, init) => new Request(ORIGIN + path, init);

/** Status, headers and text of an answer. */
export async function ask(handler, path, init) {
  const response = await handler(requestFor(path, init));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: Buffer.from(await response.arrayBuffer()),
    get text() {
      return this.bytes.toString();
    },
  };
}

/**
 * Compares every page of a build with what a server has at its address; the number of pages.
 * `more(place, response)`: asked of each, too.
 */
export async function comparePages(built, address, more = () => {}) {
  let pages = 0;
  for (const [path, bytes] of built) {
    if (path.startsWith('meridian/')) continue;
    const place = `${address}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const response = await fetch(place, { redirect: 'manual' });
    const answer = Buffer.from(await response.arrayBuffer());
    if (response.status === 301) continue;
    assert.equal(response.status, 200, `${path}: ${answer}`);
    assert.ok(answer.equals(bytes), `${path} is another page`);
    pages++;
    await more(place, response);
  }
  return pages;
}
