// What links lead to before and after files are renamed, and the links that change with them.

import { linksIn } from './links.js';

/**
 * @typedef {import('./links.js').Link} Link
 */
/**
 * A site: its files' texts, the addresses of its pages by source, all addresses, also of pages
 * without a source, and its settings.
 * @typedef {{ texts: Map<string, string>, paths: Set<string>, urls: Map<string, string>, base:
 *   string, url: string, all?: Map<string, string> }} Site
 */
/**
 * A link that leads to a file: the file, and its replacement.
 * @typedef {{ path: string, link: Link, target: string, by: string }} Use
 */

const withoutExtension = (/** @type {string} */ path) => path.replace(/\.[^./]+$/, '');
const folderOf = (/** @type {string} */ path) => path.slice(0, path.lastIndexOf('/') + 1);

/** An address without what may be left out. @param {string} url */
export const plain = (url) => {
  let bare = url.replace(/(^|\/)index\.html?$/, '$1').replace(/\.html?$/, '');
  if (bare.length > 1) bare = bare.replace(/\/$/, '');
  return decoded(bare) || '/';
};

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** Resolves `..` and `.` of a path. @param {string} path */
function resolve(path) {
  /** @type {string[]} */
  const parts = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  return parts.join('/');
}

/** Files by what leads to them. @param {Site} site */
export function indexOf(site) {
  /** @type {Map<string, string>} */
  const byUrl = new Map();
  for (const [source, url] of site.urls) byUrl.set(plain(url), source);
  for (const path of site.paths) if (!site.urls.has(path)) byUrl.set(plain(`/${path}`), path);
  /** @type {Map<string, string[]>} */
  const byName = new Map();
  for (const source of site.urls.keys()) {
    const name = withoutExtension(source.slice(source.lastIndexOf('/') + 1)).toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), source]);
  }
  return { byUrl, byName };
}

/** @typedef {ReturnType<typeof indexOf>} Index */

/**
 * The address in a link, below the site's root or relative; undefined: of another site.
 * @param {Site} site
 * @param {string} text
 */
export function addressIn(site, text) {
  let [address] = text.split(/[?#]/);
  if (site.url && address.startsWith(`${site.url}/`)) address = address.slice(site.url.length);
  else if (/^[a-z][\w+.-]*:|^\/\//i.test(address)) return undefined;
  return site.base && address.startsWith(`/${site.base}/`)
    ? address.slice(site.base.length + 1)
    : address;
}

/**
 * The file that a link leads to; undefined: none of the site.
 * @param {Site} site
 * @param {Index} index
 * @param {string} path of the file with the link
 * @param {Link} link
 * @returns {string | undefined}
 */
export function targetOf(site, index, path, { text, kind }) {
  const exists = (/** @type {string} */ one) => (site.paths.has(one) ? one : undefined);
  if (kind === 'path') return exists(text);
  if (kind === 'include') return exists(`_includes/${text}`);
  if (kind === 'beside') return exists(resolve(folderOf(path) + text));
  if (kind === 'layout')
    return [...site.paths].find((one) => withoutExtension(one) === `_layouts/${text}`);
  if (kind === 'post')
    return [...site.paths].find(
      (one) =>
        /(^|\/)_posts\//.test(one) && withoutExtension(one).endsWith(`/${text.replace(/^\//, '')}`),
    );
  if (kind === 'note') {
    const named = index.byName.get(text.trim().toLowerCase().replace(/\.md$/, '')) ?? [];
    return named.length === 1 ? named[0] : undefined;
  }
  const address = addressIn(site, text);
  if (!address) return undefined;
  if (address.startsWith('/'))
    return index.byUrl.get(plain(address)) ?? exists(decoded(address.slice(1)));
  // Relative: from the file's folder, as links between sources; else from the page's address.
  if (!/[./]/.test(address)) return undefined;
  const beside = exists(resolve(folderOf(path) + decoded(address)));
  if (beside) return beside;
  const url = site.urls.get(path);
  return url === undefined
    ? undefined
    : index.byUrl.get(
        plain(`/${resolve(folderOf(url) + address)}${/\/$/.test(address) ? '/' : ''}`),
      );
}

/**
 * The way from a folder to a path.
 * @param {string} folder ends with a slash, or is empty
 * @param {string} path
 */
function relative(folder, path) {
  const [from, to] = [folder.split('/').slice(0, -1), path.split('/')];
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return '../'.repeat(from.length - same) + to.slice(same).join('/');
}

/**
 * A link to a file as it is written after the files have other names.
 * @param {Site} before
 * @param {Site} after
 * @param {(path: string) => string} renamed
 * @param {string} path of the file with the link, before
 * @param {Link} link
 * @param {string} target before
 */
function rewritten(before, after, renamed, path, { text, kind }, target) {
  const [to, own] = [renamed(target), renamed(path)];
  if (kind === 'path') return to;
  if (kind === 'include') return to.startsWith('_includes/') ? to.slice('_includes/'.length) : text;
  if (kind === 'beside') return relative(folderOf(own), to);
  if (kind === 'layout') return withoutExtension(to.replace(/^_layouts\//, ''));
  if (kind === 'post') return withoutExtension(to.replace(/^.*?_posts\//, ''));
  if (kind === 'note') {
    const name = (/** @type {string} */ one) =>
      withoutExtension(one.slice(one.lastIndexOf('/') + 1));
    return name(to) === name(target) ? text : name(to);
  }
  const [address] = text.split(/[?#]/);
  const end = text.slice(address.length);
  const oldUrl = before.urls.get(target);
  const newUrl = after.urls.get(to);
  const host = before.url && address.startsWith(`${before.url}/`) ? before.url : '';
  const local = address.slice(host.length);
  const base = before.base && local.startsWith(`/${before.base}/`) ? `/${before.base}` : '';
  if (local.startsWith('/')) {
    const inSource = oldUrl === undefined || plain(oldUrl) !== plain(local.slice(base.length));
    const url = inSource ? `/${encodeURI(to)}` : (newUrl ?? `/${encodeURI(to)}`);
    const short = !inSource && !/\.html?$/.test(local) ? url.replace(/\.html?$/, '') : url;
    const bare = short.length > 1 ? short.replace(/\/$/, '') : short;
    const slash =
      inSource || /\.html?$/.test(short) ? short : bare + (/.\/$/.test(local) ? '/' : '');
    return host + base + (url === oldUrl ? local.slice(base.length) : slash) + end;
  }
  if (before.paths.has(resolve(folderOf(path) + decoded(address)))) {
    const way = relative(folderOf(own), to);
    return (address.startsWith('./') && !way.startsWith('.') ? './' : '') + encodeURI(way) + end;
  }
  const from = after.urls.get(own);
  if (from === undefined || newUrl === undefined) return text;
  const way = relative(folderOf(from).slice(1), newUrl.slice(1));
  const short = /\.html?$/.test(address) ? way : way.replace(/\.html?$/, '');
  return (short || './') + end;
}

/**
 * The links that change when files are renamed.
 * @param {Site} before
 * @param {Site} after
 * @param {(path: string) => string} renamed
 * @returns {Use[]}
 */
export function changedLinks(before, after, renamed) {
  const index = indexOf(before);
  /** @type {Use[]} */
  const uses = [];
  for (const [path, text] of before.texts) {
    for (const link of linksIn(path, text)) {
      const target = targetOf(before, index, path, link);
      if (target === undefined) continue;
      const moved =
        renamed(target) !== target ||
        renamed(path) !== path ||
        before.urls.get(target) !== after.urls.get(renamed(target));
      if (!moved) continue;
      const by = rewritten(before, after, renamed, path, link, target);
      if (by !== link.text) uses.push({ path, link, target, by });
    }
  }
  return uses;
}

/**
 * The links that lead to files.
 * @param {Site} site
 * @param {(path: string) => boolean} wanted
 * @returns {Use[]}
 */
export function linksTo(site, wanted) {
  const index = indexOf(site);
  /** @type {Use[]} */
  const uses = [];
  for (const [path, text] of site.texts) {
    if (wanted(path)) continue;
    for (const link of linksIn(path, text)) {
      const target = targetOf(site, index, path, link);
      if (target !== undefined && wanted(target)) uses.push({ path, link, target, by: link.text });
    }
  }
  return uses;
}

/**
 * Texts with the links replaced.
 * @param {Site} site
 * @param {Use[]} uses
 * @returns {Map<string, string>}
 */
export function replaced(site, uses) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const path of new Set(uses.map((use) => use.path))) {
    const text = /** @type {string} */ (site.texts.get(path));
    let [made, at] = ['', 0];
    for (const { link, by } of uses.filter((use) => use.path === path)) {
      made += text.slice(at, link.from) + by;
      at = link.to;
    }
    texts.set(path, made + text.slice(at));
  }
  return texts;
}
