// Three-way merge of texts: by lines, front matter by its keys. A file of its own, loaded with the
// first text that both sides changed.

import { diff3Merge } from 'node-diff3';

export { RELEASE as release } from '../../base/release.js';

/**
 * A text that is settled, or a place that both sides changed.
 * @typedef {string | { base: string, ours: string, theirs: string }} Part
 */

// Pairs of lines of both sides: comparing takes time and memory in proportion.
const MOST = 25_000_000;

/** Lines with their ends. @param {string} text */
const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * @param {string} base
 * @param {string} ours
 * @param {string} theirs
 * @returns {Part[]}
 */
function mergeLines(base, ours, theirs) {
  if (ours === theirs || theirs === base) return [ours];
  if (ours === base) return [theirs];
  const [o, a, b] = [base, ours, theirs].map(linesOf);
  if (a.length * b.length > MOST || a.length * o.length > MOST) return [{ base, ours, theirs }];
  return diff3Merge(a, o, b, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    ok
      ? ok.join('')
      : {
          base: /** @type {any} */ (conflict).o.join(''),
          ours: /** @type {any} */ (conflict).a.join(''),
          theirs: /** @type {any} */ (conflict).b.join(''),
        },
  );
}

const FRONT = /^(---[ \t]*\r?\n)([^]*?)(^---[ \t]*(?:\r?\n|$))([^]*)$/m;
const KEY = /^([\w-]+)[ \t]*:(?=[ \t\r\n]|$)/;

/**
 * The front matter and the rest of a text; undefined if it has none, or one without plain keys.
 * `keys`: the lines of each key, with those below that belong to it.
 * @param {string} text
 */
function split(text) {
  const [, open, front, close, body] = FRONT.exec(text) ?? [];
  if (open === undefined || !text.startsWith(open)) return undefined;
  /** @type {Map<string, string>} */
  const keys = new Map();
  let key = '';
  for (const line of linesOf(front)) {
    const [, named] = KEY.exec(line) ?? [];
    if (named !== undefined) {
      if (keys.has(named)) return undefined;
      key = named;
    }
    // A comment above the first key, or a list instead of keys.
    else if (!key) return undefined;
    keys.set(key, (keys.get(key) ?? '') + line);
  }
  return { open, keys, close, body };
}

/**
 * Merges front matter key by key, in the order of `ours`; keys that only `theirs` has come behind
 * the key that they follow there.
 * @param {Map<string, string>} base
 * @param {Map<string, string>} ours
 * @param {Map<string, string>} theirs
 * @returns {Part[]}
 */
function mergeKeys(base, ours, theirs) {
  const order = [...ours.keys()];
  let last = '';
  for (const key of theirs.keys()) {
    if (!order.includes(key)) order.splice(last ? order.indexOf(last) + 1 : 0, 0, key);
    last = key;
  }
  return order.flatMap((key) => {
    const [o = '', a = '', b = ''] = [base.get(key), ours.get(key), theirs.get(key)];
    // A list or a text of several lines is merged by lines.
    return mergeLines(o, a, b);
  });
}

/**
 * Merges what two sides made of a text.
 * @param {string} base
 * @param {string} ours
 * @param {string} theirs
 * @returns {Part[]} neighbouring settled texts are one
 */
export function merge(base, ours, theirs) {
  const [o, a, b] = [base, ours, theirs].map(split);
  const parts =
    o && a && b
      ? [
          a.open,
          ...mergeKeys(o.keys, a.keys, b.keys),
          a.close,
          ...mergeLines(o.body, a.body, b.body),
        ]
      : mergeLines(base, ours, theirs);
  /** @type {Part[]} */
  const joined = [];
  for (const part of parts) {
    const before = joined[joined.length - 1];
    if (typeof part === 'string' && typeof before === 'string')
      joined[joined.length - 1] = before + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/** The merged text; undefined if a place is not settled. @param {Part[]} parts */
export const settledText = (parts) =>
  parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
