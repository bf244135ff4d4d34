// Versions of files, kept in this browser: one a minute for an hour, then fewer.

import { runIn } from '../project/database.js';

/**
 * A version of a file; `label`: the part that changed.
 * @typedef {{ time: number, text: string, label: string }} Version
 */

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
// How far apart versions are kept, by their age.
const SPACING = /** @type {const} */ ([
  [HOUR, MINUTE],
  [DAY, 10 * MINUTE],
  [7 * DAY, HOUR],
  [90 * DAY, DAY],
]);
// Versions of a file, and characters of each: the browser's storage is for projects first.
const MOST = 120;
const LONGEST = 1 << 20;

/**
 * Versions that stay.
 * @param {Version[]} versions from the first to the last
 * @param {number} now
 */
export function thinned(versions, now) {
  /** @type {Version[]} */
  const kept = [];
  for (const version of versions) {
    const age = now - version.time;
    const spacing = SPACING.find(([limit]) => age < limit)?.[1];
    const last = kept[kept.length - 1];
    // The first one of all is what the file was before it was changed here.
    if (!spacing && kept.length) continue;
    if (last && kept.length > 1 && spacing && version.time - last.time < spacing && age > MINUTE)
      kept.pop();
    kept.push(version);
  }
  return kept.length > MOST ? [kept[0], ...kept.slice(1 - MOST)] : kept;
}

/**
 * The part of a text in which it differs from another: a heading, or a key.
 * @param {string} before
 * @param {string} after
 */
export function partChanged(before, after) {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let line = 0;
  while (line < b.length - 1 && a[line] === b[line]) line++;
  const front = /^---\s*$/.test(b[0] ?? '') ? b.indexOf('---', 1) : -1;
  if (line <= front) {
    const key = /^([\w-]+)\s*:/.exec(b[line] ?? '')?.[1];
    return key ? key[0].toUpperCase() + key.slice(1).replaceAll('_', ' ') : 'Front matter';
  }
  for (let at = line; at > front; at--) {
    const heading = /^#{1,6}\s+(.+?)\s*(?:\{[^}]*\})?$/.exec(b[at] ?? '')?.[1];
    if (heading) return heading;
  }
  return (
    b
      .slice(front + 1, line + 1)
      .reverse()
      .find((text) => text.trim())
      ?.slice(0, 60) ?? 'Beginning'
  );
}

const [NAME, STORE] = ['meridian-playground-history', 'files'];

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 */
const run = (mode, act) => runIn(NAME, STORE, mode, act);

/**
 * What is kept of a file. It is data like the answer of a host.
 * @param {string} project
 * @param {string} path
 * @returns {Promise<Version[]>}
 */
export async function read(project, path) {
  const found = await run('readonly', (store) => store.get([project, path])).catch(() => undefined);
  return (Array.isArray(found) ? found : []).flatMap((one) => {
    const { time, text, label } = Object(one);
    return typeof time === 'number' && typeof text === 'string'
      ? [{ time, text, label: typeof label === 'string' ? label : '' }]
      : [];
  });
}

/** Removes what is kept of projects that are gone. @param {string[]} projects that are there */
export async function sweep(projects) {
  /** @type {IDBValidKey[]} */
  const keys = await run('readonly', (store) => store.getAllKeys()).catch(() => []);
  for (const key of keys)
    if (!Array.isArray(key) || !projects.includes(String(key[0])))
      await run('readwrite', (store) => store.delete(key)).catch(() => {});
}

/**
 * Adds a version, unless it is the last one.
 * @param {string} project
 * @param {string} path
 * @param {string} text
 * @param {string} first what the file was before
 * @param {number} now
 */
export async function keep(project, path, text, first, now) {
  if (text.length > LONGEST) return;
  const versions = await read(project, path);
  if (!versions.length && first !== text)
    versions.push({ time: now - 1, text: first, label: 'Opened' });
  const last = versions[versions.length - 1];
  if (last?.text === text) return;
  const label = last ? partChanged(last.text, text) : 'Opened';
  const kept = thinned([...versions, { time: now, text, label }], now);
  await run('readwrite', (store) => store.put(kept, [project, path])).catch(() => {});
}
