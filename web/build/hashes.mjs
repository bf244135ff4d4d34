// For the build: the hashes by which an entry on another host compares the files of the shell
// (shell/foreign_shell.js).

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

// Files that most first pages take: the entry has their hashes itself.
const FIRST = [
  'meridian.wasm',
  'commonmark.wasm',
  'kramdown.wasm',
  'first-page.js',
  'worker.js',
  'more.js',
  'theme.txt',
  'theme.css',
];
const REST = 'hashes.json';
// The entry, and what is made of these hashes.
const NOT_HASHED = /^(site\.js|hashes\.json|one-file(-offline)?\.\w+|shell\.json)$|\.(br|gz)$/;
// In a script of the shell.
const IMPORTED = /\b(?:import\(?|from)\s*"(\.[\w./?-]+)"/g;

/** @param {Buffer | string} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

/**
 * @param {string} folder the shell's `meridian/`, with all of its files but the entry
 * @returns {{ first: string, others: string, offline: string }} JSON: by path the hash, and after
 *   blanks the modules that it imports; `others`: the text of hashes.json; `offline`: hashes alone
 */
export function hashesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_HASHED.test(entry.name))
    .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
    .sort()
    .map((file) => {
      const bytes = readFileSync(file);
      const imports = file.endsWith('.js') ? bytes.toString().matchAll(IMPORTED) : [];
      const modules = new Set([...imports].map(([, address]) => address));
      return [relative(folder, file).replaceAll('\\', '/'), [sha256(bytes), ...modules].join(' ')];
    });
  const isFirst = ([name]) => FIRST.includes(name);
  const others = JSON.stringify(Object.fromEntries(entries.filter((one) => !isFirst(one))));
  return {
    first: JSON.stringify(Object.fromEntries([...entries.filter(isFirst), [REST, sha256(others)]])),
    others,
    offline: JSON.stringify(
      Object.fromEntries(entries.map(([name, entry]) => [name, entry.split(' ')[0]])),
    ),
  };
}
