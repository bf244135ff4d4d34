// The files of two builds: which pages both have, and whether all else is the same.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PAGE = /\.html?$/i;

/**
 * The files below a folder, with slashes, as `meridian compare` lists them: links are not followed,
 * what builds and git note for themselves is passed over.
 * @param {string} root
 * @param {string} [under]
 * @returns {Promise<string[]>}
 */
async function list(root, under = '') {
  const found = [];
  for (const entry of await readdir(join(root, under), { withFileTypes: true })) {
    const path = under + entry.name;
    if (entry.isDirectory() && entry.name !== '.git') found.push(...(await list(root, `${path}/`)));
    else if (entry.isFile() && path !== '.meridian') found.push(path);
  }
  return found.sort();
}

/** @param {string} one @param {string} other */
async function areAlike(one, other) {
  const sizes = await Promise.all([one, other].map(async (path) => (await stat(path)).size));
  if (sizes[0] !== sizes[1]) return false;
  const streams = [one, other].map((path) => createReadStream(path));
  const pieces = streams.map((stream) => stream[Symbol.asyncIterator]());
  try {
    for (;;) {
      const [a, b] = await Promise.all(pieces.map((piece) => piece.next()));
      if (a.done || b.done) return Boolean(a.done && b.done);
      // Streams of equal files have pieces of equal lengths.
      if (!a.value.equals(b.value)) return false;
    }
  } finally {
    for (const stream of streams) stream.destroy();
  }
}

/**
 * @param {string} oldFolder
 * @param {string} newFolder
 * @returns {Promise<{ pages: string[], alike: Set<string> }>} `pages` that both have; `alike`:
 *   those whose bytes are the same, and that can't look otherwise, since no other file differs
 */
export async function pagesOf(oldFolder, newFolder) {
  const [old, now] = await Promise.all([list(oldFolder), list(newFolder)]);
  const there = new Set(now);
  const both = old.filter((path) => there.has(path));
  const same = new Set();
  for (const path of both)
    if (await areAlike(join(oldFolder, path), join(newFolder, path))) same.add(path);
  const pages = both.filter((path) => PAGE.test(path));
  const shown = new Set(pages);
  const others = [...old, ...now].filter((path) => !shown.has(path));
  const onlyPagesDiffer = others.every((path) => same.has(path));
  return { pages, alike: new Set(onlyPagesDiffer ? pages.filter((path) => same.has(path)) : []) };
}
