// Anchors: the ids of a page, and links that lead to them.

import { linksIn } from './links.js';
import { addressIn, indexOf, plain, targetOf } from './targets.js';

/**
 * @typedef {import('./links.js').Link} Link
 * @typedef {import('./targets.js').Site} Site
 * @typedef {import('./targets.js').Use} Use
 */
/**
 * What is behind the `#` of a link; `note`: of one between notes, which names a heading.
 * @typedef {{ link: Link, from: number, to: number, text: string, note: boolean }} Anchor
 */

// Characters behind a link in which its anchor is looked for.
const FAR = 300;
// Behind `{% link a.md`, and behind `{{ '/a/'`.
const BEHIND_TAG = /^[^%}\n]*%\}#([^\s"'<>()\]]+)/;
const BEHIND_FILTER = /^["']\s*\|[^%}\n]*\}\}#([^\s"'<>()\]]+)/;
const OF_NOTE = /^#(?:[^\]|\n]*#)?([^\]|#\n]+)/;

/**
 * The anchors of a file's links.
 * @param {string} path
 * @param {string} text
 * @returns {Anchor[]}
 */
export function anchorsIn(path, text) {
  return linksIn(path, text).flatMap((link) => {
    const note = link.kind === 'note';
    const hash = note ? -1 : link.text.indexOf('#');
    const [begin, near] =
      hash >= 0
        ? [link.from + hash + 1, link.text.slice(hash + 1)]
        : note && link.text.startsWith('#')
          ? [link.from + 1, link.text.slice(1)]
          : [link.to, ''];
    if (near) return [{ link, from: begin, to: begin + near.length, text: near, note }];
    const behind =
      { note: OF_NOTE, path: BEHIND_TAG, post: BEHIND_TAG }[String(link.kind)] ?? BEHIND_FILTER;
    const [all, name] = behind.exec(text.slice(link.to, link.to + FAR)) ?? [];
    if (!all) return [];
    const to = link.to + all.length;
    return [{ link, from: to - name.length, to, text: name, note }];
  });
}

/**
 * All links of a site with an anchor, with the file and the page that they lead to.
 * @param {Site} site
 * @returns {{ path: string, anchor: Anchor, target: string | undefined, url: string }[]}
 */
export function anchorsOf(site) {
  const index = indexOf(site);
  return [...site.texts].flatMap(([path, text]) =>
    text.includes('#')
      ? anchorsIn(path, text).flatMap((anchor) => {
          const { link } = anchor;
          const target = link.text.startsWith('#') ? path : targetOf(site, index, path, link);
          // A page that the site makes of no file of its own.
          const address = link.kind === 'address' && (addressIn(site, link.text) ?? '');
          const url =
            (target && site.urls.get(target)) || (address && site.all?.get(plain(address)));
          return target === undefined && !url ? [] : [{ path, anchor, target, url: url || '' }];
        })
      : [],
  );
}

/**
 * @param {string} path
 * @param {Anchor} anchor
 * @param {string} target
 * @param {string} by
 * @returns {Use}
 */
export const use = (path, { from, to, text }, target, by) => ({
  path,
  link: { from, to, text, kind: 'address' },
  target,
  by,
});

/** An anchor as it stands in a link. @param {string} id @param {string} before */
export const written = (id, before) =>
  // As it was written: with escapes, or with its letters.
  /%[\da-f]{2}/i.test(before) || /[\s"'<>()[\]{}|%]/.test(id) ? encodeURIComponent(id) : id;

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** @param {string} text */
const unescaped = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => /** @type {any} */ (ENTITIES)[name]);

/** The ids of a page's headings, in their order. @param {string} html */
export const headingIds = (html) =>
  [...html.matchAll(/<h[1-6]\b[^<>]*?\sid="([^"]+)"/g)].map(([, id]) => unescaped(id));

/** All ids of a page. @param {string} html */
export const idsOf = (html) =>
  new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => unescaped(id)));

/**
 * The ids that change when a heading of a page has another text: also those of headings of the same
 * text, which are numbered.
 * @param {string[]} before
 * @param {string[]} after
 * @returns {Map<string, string>}
 */
export function changedIds(before, after) {
  // A heading that is none any more: which is which can't be said.
  if (before.length !== after.length) return new Map();
  /** @type {Map<string, string>} */
  const ids = new Map();
  // Links lead to the first of those with the same id.
  for (const [at, id] of [...before.entries()].reverse())
    if (after[at] === id) ids.delete(id);
    else ids.set(id, after[at]);
  return new Map([...ids].reverse());
}
