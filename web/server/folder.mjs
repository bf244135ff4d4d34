// Sources and modules from folders, under Node.

import { createReadStream } from 'node:fs';
import { open, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { answerFile } from './conditional.js';

const LEFT_OUT = new Set(['.git', 'node_modules']);
// Bytes of a file that are looked at.
const HEAD = 3;

/** By what a change of a file is known. */
const etagOf = ({ size, mtimeNs, ino }) =>
  `${size.toString(36)}-${mtimeNs.toString(36)}-${ino.toString(36)}`;

/** By what a folder is known, whatever the path that leads to it. */
const idOf = ({ dev, ino }) => `${dev}-${ino}`;

/** Undefined for what is not there; other errors reject. */
export const unlessMissing = (error) => {
  if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(error.code))
    return undefined;
  throw error;
};

/**
 * The bytes of a file, at most `most`, with the etag that it had meanwhile; undefined when there is
 * no such file.
 */
async function readAtMost(path, most) {
  const file = await open(path, 'r').catch(unlessMissing);
  if (!file) return undefined;
  try {
    const status = await file.stat({ bigint: true });
    if (!status.isFile()) return undefined;
    const bytes = new Uint8Array(Math.min(Number(status.size), most));
    let size = 0;
    for (let read = 1; size < bytes.length && read; size += read)
      read = (await file.read(bytes, size, bytes.length - size, size)).bytesRead;
    const after = await file.stat({ bigint: true });
    if (etagOf(after) !== etagOf(status)) throw new Error('it changed while it was read');
    return { bytes: bytes.subarray(0, size), etag: etagOf(status) };
  } finally {
    await file.close();
  }
}

/** The answer with a file, in ranges. */
async function send(path, request, headers = {}) {
  const status = await stat(path, { bigint: true }).catch(unlessMissing);
  if (!status?.isFile()) return undefined;
  const file = { size: Number(status.size), etag: `"${etagOf(status)}"` };
  return answerFile(request, file, headers, (from, to) =>
    request.method === 'HEAD' || from === to
      ? null
      : Readable.toWeb(createReadStream(path, { start: from, end: to - 1 })),
  );
}

/**
 * The sources in a folder. Links that lead out of it are not followed.
 * @param {string} root
 * @returns {import('./storage.js').Sources}
 */
export function folder(root) {
  /** Whether files begin with front matter. @type {Map<string, [etag: string, boolean]>} */
  const heads = new Map();
  /** The place of a file within the folder; undefined outside. */
  const placeOf = async (path) => {
    const [top, place] = await Promise.all([
      realpath(root),
      realpath(join(root, path)).catch(unlessMissing),
    ]);
    return place?.startsWith(top + sep) ? place : undefined;
  };
  const entryOf = async (path, place, status) => {
    const etag = etagOf(status);
    let [known, page] = heads.get(path) ?? [];
    if (known !== etag) {
      const head = await readAtMost(place, HEAD).catch(() => undefined);
      page = /^(---|ï»¿)/.test(Buffer.from(head?.bytes ?? []).toString('latin1'));
      heads.set(path, [etag, page]);
    }
    return { path, size: Number(status.size), etag, page };
  };
  // As the command walks (cli/walk.cpp): links to folders could lead to each other without end.
  /**
   * @param {import('./storage.js').SourceEntry[]} found gets the files
   * @param {string} under a folder within the root: empty, or with a slash at its end
   * @param {{ status: { dev: bigint, ino: bigint }, linked: boolean, above: string[] }} from
   *   `linked`: it was reached by a link; `above`: the folders that it lies in
   */
  const walk = async (found, under, { status: own, linked, above }) => {
    const id = idOf(own);
    if (above.includes(id)) return;
    const way = [...above, id];
    for (const name of await readdir(join(root, under), { withFileTypes: true })) {
      const path = under + name.name;
      // Of the shell beside the sources only themes are sources.
      const isShell = under === 'meridian/' && path !== 'meridian/themes';
      if (LEFT_OUT.has(name.name) || isShell) continue;
      const isLink = name.isSymbolicLink();
      const place = isLink ? await placeOf(path) : join(root, path);
      const status = place && (await stat(place, { bigint: true }).catch(unlessMissing));
      if (status?.isFile()) found.push(await entryOf(path, place, status));
      else if (status?.isDirectory() && (!isLink || !linked))
        await walk(found, `${path}/`, { status, linked: linked || isLink, above: way });
    }
  };
  return {
    async list() {
      /** @type {import('./storage.js').SourceEntry[]} */
      const found = [];
      const status = await stat(root, { bigint: true });
      await walk(found, '', { status, linked: false, above: [] });
      return found;
    },
    async get(path, known, most = Infinity) {
      const place = await placeOf(path);
      if (!place) return undefined;
      if (known !== undefined) {
        const status = await stat(place, { bigint: true }).catch(unlessMissing);
        if (status && etagOf(status) === known) return { etag: known };
      }
      return readAtMost(place, most);
    },
    async open(path, request) {
      const place = await placeOf(path);
      return place && send(place, request);
    },
  };
}

/**
 * The modules in the folder `meridian/` of a build (`build/dist`).
 * @param {string} dist
 * @returns {import('./engine.js').Modules}
 */
export function release(dist) {
  const root = join(dist, 'meridian');
  /** @type {Map<string, Promise<WebAssembly.Module | Uint8Array | undefined>>} */
  const modules = new Map();
  const load = async (name) => {
    const bytes = await readFile(join(root, name)).catch(unlessMissing);
    if (!bytes || !name.endsWith('.wasm')) return bytes && new Uint8Array(bytes);
    return WebAssembly.compile(bytes);
  };
  return {
    get(name) {
      if (!name.endsWith('.wasm')) return load(name);
      const module = modules.get(name) ?? load(name);
      modules.set(name, module);
      module.catch(() => modules.delete(name));
      return module;
    },
    open: (name, request) => openBuilt(root, name, request),
  };
}

/**
 * A file of a build, compressed where the visitor accepts that; undefined when it is not there.
 * @param {string} root
 * @param {string} name
 * @param {Request} request
 */
export async function openBuilt(root, name, request) {
  const accepted = request.headers.get('accept-encoding') ?? '';
  for (const [coding, ending] of [
    ['br', '.br'],
    ['gzip', '.gz'],
  ]) {
    if (!accepted.split(/[,;]\s*/).includes(coding)) continue;
    const found = await send(join(root, name + ending), request, { 'content-encoding': coding });
    if (found) return found;
  }
  return send(join(root, name), request);
}
