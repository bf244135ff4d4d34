// The pictures by which a page differs from another version of it.

import { isPicture } from '../../base/file_kinds.js';
import { perhaps } from '../../base/util.js';
import { pairsOf } from './word_difference.js';

/**
 * @typedef {import('../project/file_content.js').Content} Content
 * A picture's number on the page, and what became of it.
 * @typedef {[picture: number, what: 'changed' | 'new' | 'deleted']} Differs
 * A version: its files, the base of its addresses, and the pictures of a page, by their addresses.
 * @typedef {{ files: Record<string, Content>, base: string, pictures: string[] }} Shown
 */

/**
 * What two files have in common if they are the same: texts and bytes themselves, of which only a
 * changed file has others; the place in the repository of one that was not fetched.
 * @param {Record<string, Content>} files
 * @param {string} path
 */
function identity(files, path) {
  const content = Object.hasOwn(files, path) ? files[path] : undefined;
  return typeof content === 'object' && 'from' in content ? content.from : content;
}

/**
 * The pictures that are not the same in all versions, as addresses name them.
 * @param {Record<string, Content>[]} versions
 * @param {string} base
 */
export function changedPictures(versions, base) {
  const [first, ...rest] = versions;
  const paths = new Set(versions.flatMap((files) => Object.keys(files).filter(isPicture)));
  /** @type {Set<string>} */
  const changed = new Set();
  for (const path of paths)
    if (rest.some((files) => identity(files, path) !== identity(first, path)))
      for (const at of base ? [path, `${base}/${path}`] : [path]) changed.add(`/${at}`);
  return changed;
}

/**
 * Tells whether HTML names one of these files.
 * @param {string} html
 * @param {string} url that of its page
 * @param {Set<string>} paths
 */
export const namesOne = (html, url, paths) =>
  paths.size > 0 &&
  html
    .split(/["'\s,()<>=]+/)
    .some(
      (word) =>
        isPicture(word.replace(/[?#].*/s, '')) &&
        paths.has(
          perhaps(() => decodeURIComponent(new URL(word, `https://site.invalid${url}`).pathname)) ??
            '',
        ),
    );

/** The content of a picture's file, else its address. @param {Shown} shown @param {string} at */
const shownAt = ({ files, base }, at) =>
  identity(files, base && at.startsWith(`${base}/`) ? at.slice(base.length + 1) : at) ?? at;

/**
 * The pictures that only one of two pages has at their place, each with what became of it.
 * @param {Shown} before
 * @param {Shown} after
 * @returns {{ gone: Differs[], come: Differs[] }}
 */
export function pictureDifference(before, after) {
  const numbers = new Map();
  const numberOf = (/** @type {Shown} */ shown) => (/** @type {string} */ at) => {
    const content = shownAt(shown, at);
    if (!numbers.has(content)) numbers.set(content, numbers.size);
    return String(numbers.get(content));
  };
  const [one, other] = [before, after].map((shown) => shown.pictures.map(numberOf(shown)));
  /** @type {{ gone: Differs[], come: Differs[] }} */
  const found = { gone: [], come: [] };
  /** @type {[gone: number[], come: number[]]} pictures that differ, since the last equal one */
  let run = [[], []];
  const end = () => {
    const [gone, come] = run;
    const named = (/** @type {number[]} */ all, /** @type {Shown} */ { pictures }) =>
      new Set(all.map((at) => pictures[at]));
    const [was, is] = [named(gone, before), named(come, after)];
    // One with the same address has changed; of the others, one has come in place of another.
    const [left, right] = [
      gone.filter((at) => !is.has(before.pictures[at])),
      come.filter((at) => !was.has(after.pictures[at])),
    ];
    for (const at of gone)
      found.gone.push([at, left.indexOf(at) < right.length ? 'changed' : 'deleted']);
    for (const at of come)
      found.come.push([at, right.indexOf(at) < left.length ? 'changed' : 'new']);
    run = [[], []];
  };
  for (const { before: old = 0, after: now = 0 } of pairsOf(one, other, (number) => number)) {
    if (!now) run[0].push(old - 1);
    else if (!old) run[1].push(now - 1);
    else end();
  }
  end();
  return found;
}
