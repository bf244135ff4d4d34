// The project's files in the frame: each is requested once, and its address is inserted wherever a
// page loads it.

import { document, real } from '../../base/unclobbered.js';
import { trusted } from '../../base/trusted_html.js';
import { rewrite } from './css.js';

// Stands for the site's own address: nothing is ever requested from it.
export const HERE = 'https://site.invalid';

/**
 * How this frame shows a project. `own`: trusted, with scripts and files of other hosts;
 * `pictures`: pictures of other hosts are shown; `ids`: the prefix of ids.
 * @typedef {{ own: boolean, pictures: boolean, ids: string }} Mode
 */
/** @type {Mode} */
let mode = { own: false, pictures: false, ids: '' };
/** @param {Mode} chosen */
export function showBy(chosen) {
  mode = chosen;
}

/**
 * Omitted parts of the page and its style sheets: addresses of pictures, and whether there are
 * scripts.
 */
const held = { pictures: new Set(), ofSheets: new Set(), scripts: false };
/** A summary for the reader. @returns {{ pictures: number, hosts: string[], scripts: boolean }} */
export function heldBack() {
  const all = [...new Set([...held.pictures, ...held.ofSheets])];
  return {
    pictures: all.length,
    hosts: [...new Set(all.map((address) => new URL(address).hostname))],
    scripts: held.scripts,
  };
}

/** Blob URLs of files by path; '' for a missing file. @type {Map<string, string>} */
const files = new Map();
/**
 * SVG files with icons, which a page can only use when they are inline.
 * @type {Map<string, Document>}
 */
const sprites = new Map();
/**
 * Style sheets that wait for files: their text, and the missing files.
 * @type {Map<string, { text: string, lacks: Set<string> }>}
 */
const sheets = new Map();
/** By the path of a file: the sheets that wait for it. @type {Map<string, Set<string>>} */
const waiting = new Map();
/** Sheets with all their files. @type {Set<string>} */
const ready = new Set();
/** Requested files, arrived or not. @type {Set<string>} */
const asked = new Set();
/** Files to request at the end of this task. @type {string[]} */
let need = [];
/** Requests files. @type {(paths: string[]) => void} */
let ask = () => {};

/**
 * @param {typeof ask} way how files are asked for: once for all that a page lacks, as each answer
 *   shows it anew
 */
export function askBy(way) {
  ask = way;
}

/**
 * The path of a file of the site that an address names; undefined for others.
 * @param {string} address
 * @param {string} at where it stands
 */
export function pathOf(address, at) {
  try {
    const url = new URL(address, HERE + at);
    return url.origin === HERE ? decodeURIComponent(url.pathname.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}

/** The address of a file, '' until it has arrived. @param {string} path */
export function addressOf(path) {
  if (!asked.has(path)) {
    asked.add(path);
    if (need.push(path) === 1) queueMicrotask(askAll);
  }
  return files.get(path) ?? '';
}

/** Tells whether a file has arrived, or is known to be missing. @param {string} path */
export const isHere = (path) => files.has(path);

function askAll() {
  const all = need;
  need = [];
  ask(all);
}

/**
 * Inserts files that have arrived into the page; null: there is no such file.
 * @param {[path: string, bytes: Uint8Array | null, type: string][]} come
 */
export function putFiles(come) {
  for (const [path, bytes, type] of come) {
    if (bytes && type === 'text/css') {
      addSheet(path, new TextDecoder().decode(bytes));
      continue;
    }
    put(
      path,
      bytes ? URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type })) : '',
    );
    if (bytes && type === 'image/svg+xml')
      sprites.set(
        path,
        real(
          new DOMParser().parseFromString(
            trusted.createHTML(new TextDecoder().decode(bytes)),
            type,
          ),
        ),
      );
  }
  finishSheets();
}

/** @param {string} path @param {string} address */
function put(path, address) {
  const old = files.get(path);
  if (old) URL.revokeObjectURL(old);
  files.set(path, address);
  for (const sheet of waiting.get(path) ?? []) {
    const lacks = sheets.get(sheet)?.lacks;
    lacks?.delete(path);
    if (lacks?.size === 0) ready.add(sheet);
  }
  waiting.delete(path);
}

/** @param {string} path @param {string} text */
function addSheet(path, text) {
  const [, lacks] = rewriteSheet(text, `/${path}`, held.ofSheets);
  sheets.set(path, { text, lacks });
  if (!lacks.size) ready.add(path);
  for (const file of lacks) {
    if (!waiting.has(file)) waiting.set(file, new Set());
    waiting.get(file)?.add(path);
  }
}

/**
 * Files have changed: requests them again, and shows the old ones until they arrive.
 * @param {string[]} paths
 */
export function forget(paths) {
  for (const path of paths) asked.delete(path);
}

// A sheet with more files than this (one for each of hundreds of icons) is shown without them.
const MOST_OF_SHEET = 40;

/**
 * An address on another host, if it may be loaded; else one that loads nothing.
 * @param {string} address
 * @param {string} at
 * @returns {string | undefined}
 */
function outside(address, at) {
  try {
    const url = new URL(address, HERE + at);
    return /^https?:$/.test(url.protocol) ? url.href.replace(/^http:/, 'https:') : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Rewrites a style sheet to the project's files; also gives those that have not arrived.
 * @param {string} text
 * @param {string} at its own address
 * @param {Set<string>} pictures gets those that are held back
 * @returns {[led: string, lacks: Set<string>]}
 */
function rewriteSheet(text, at, pictures) {
  /** @type {Set<string>} */
  const lacks = new Set();
  const many = (text.match(/url\(/g)?.length ?? 0) > MOST_OF_SHEET;
  const address = (/** @type {string} */ address, /** @type {string} */ property) => {
    if (/^(data:|#)/i.test(address)) return address;
    const path = pathOf(address, at);
    if (path === undefined) {
      const there = outside(address, at) ?? '';
      const picture = property !== 'src' && property !== '@import';
      if (there && (mode.own || (mode.pictures && picture))) return there;
      if (there && picture) pictures.add(there);
      return 'data:,';
    }
    if (many) return 'data:,';
    const known = addressOf(path);
    if (!files.has(path)) lacks.add(path);
    return known || 'data:,';
  };
  return [rewrite(text, { address, ids: mode.ids, strict: !mode.own }), lacks];
}

/** Shows the sheets whose files have all arrived, or that wait for each other. */
function finishSheets() {
  /** @param {string} path */
  const finish = (path) => {
    const { text } = /** @type {{ text: string }} */ (sheets.get(path));
    sheets.delete(path);
    ready.delete(path);
    put(
      path,
      URL.createObjectURL(
        new Blob([rewriteSheet(text, `/${path}`, held.ofSheets)[0]], { type: 'text/css' }),
      ),
    );
  };
  for (;;) {
    for (const path of ready) finish(path);
    const [first] = sheets.keys();
    // They import each other: one of them is shown without.
    if (first === undefined || ![...asked].every((path) => files.has(path) || sheets.has(path)))
      return;
    finish(first);
  }
}

// Elements that load files, by which attribute, and whether the file is a picture.
const LOADS = /** @type {const} */ ([
  ['img, input[type=image]', 'src', true],
  ['video', 'poster', true],
  ['image, feImage', 'href', true],
  ['image, feImage', 'xlink:href', true],
  ['meridian-globe [data-image]', 'data-image', true],
  ['source, video, audio, track, script', 'src', false],
  ['link[rel~=stylesheet]', 'href', false],
]);

/**
 * All elements of a tree that match a selector, including its root.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element[]}
 */
const within = (root, selector) =>
  [
    ...(root instanceof Element && root.matches(selector) ? [root] : []),
    ...root.querySelectorAll(selector),
  ].map(real);

/**
 * Rewrites a tree's addresses to files of the project.
 * @param {Document | DocumentFragment | Element} root a document, or any part of one that is to be
 *   put into the page
 * @param {string} base the page's address
 * @param {boolean} [part] of the page in view
 */
export function rewriteUrls(root, base, part = false) {
  if (!part) {
    held.pictures.clear();
    held.scripts = false;
    room = SIGNS;
  }
  for (const element of within(
    root,
    'base, meta[http-equiv], noscript, link:not([rel~=stylesheet])',
  ))
    element.remove();
  for (const script of within(root, 'script')) {
    const runs = /^(module|text\/javascript|)$/i.test(script.getAttribute('type') ?? '');
    const themes = pathOf(script.getAttribute('src') ?? '#', base)?.startsWith('meridian/');
    if (runs && !themes && !mode.own) held.scripts = true;
    if (!mode.own || themes) script.remove();
  }
  for (const element of within(root, 'style'))
    [element.textContent] = rewriteSheet(element.textContent ?? '', base, held.pictures);
  for (const [selector, name, picture] of LOADS) {
    for (const element of within(root, selector))
      if (element.hasAttribute(name)) leadOne(element, name, picture, base);
  }
  for (const element of within(root, '[srcset]')) {
    const set = (element.getAttribute('srcset') ?? '')
      .replace(/(\s[\d.]+[wxh]),/g, '$1, ')
      .split(/,\s+/)
      .map((part) => {
        const [address, ...size] = part.trim().split(/\s+/);
        const path = pathOf(address, base);
        return [path === undefined ? pictureOf(address, base) : addressOf(path), ...size].join(' ');
      });
    element.setAttribute('srcset', set.filter((part) => !/^\s|^$/.test(part)).join(', '));
  }
  for (const element of within(root, '[style*="("]')) {
    element.setAttribute(
      'style',
      rewriteSheet(element.getAttribute('style') ?? '', base, held.pictures)[0],
    );
  }
  for (const use of within(root, 'use[href]:not([href^="#"])')) inline(use, base);
  if (!mode.own) limitSpans(within(root, '[colspan], [rowspan]'));
}

// Columns and rows of a cell, and the places that all cells take. A table is laid out for all of
// them, whether they exist or not, which takes WebKit minutes for 5,000 cells of 100 by 100.
const [SPAN, PLACES] = [100, 50_000];
/** @param {Iterable<Element>} cells */
function limitSpans(cells) {
  let room = PLACES;
  for (const cell of cells) {
    let places = 1;
    for (const name of ['colspan', 'rowspan']) {
      const span = parseInt(cell.getAttribute(name) ?? '');
      if (span > SPAN || room < 0) cell.setAttribute(name, String(room < 0 ? 1 : SPAN));
      if (span > 1) places *= Math.min(span, SPAN);
    }
    room -= places;
  }
}

/**
 * @param {Element} element
 * @param {string} name of its attribute
 * @param {boolean} picture
 * @param {string} base
 */
function leadOne(element, name, picture, base) {
  const address = element.getAttribute(name) ?? '';
  if (/^(data:|#)/i.test(address)) return;
  const path = pathOf(address, base);
  if (path !== undefined) {
    element.setAttribute('data-of', path);
    return element.setAttribute(name, addressOf(path));
  }
  const shown = picture ? pictureOf(address, base) : mode.own ? outside(address, base) : '';
  if (shown) return element.setAttribute(name, shown);
  element.removeAttribute(name);
  const there = picture && outside(address, base);
  if (there) element.setAttribute('data-held', there);
}

/**
 * The address of a picture on another host, '' if it is blocked.
 * @param {string} address
 * @param {string} base
 */
function pictureOf(address, base) {
  const there = outside(address, base) ?? '';
  if (!there || mode.own || mode.pictures) return there;
  held.pictures.add(there);
  return '';
}

// Elements of inlined icons in a page: each use is a copy.
const SIGNS = 30_000;
let room = SIGNS;
/** The number of elements of an icon. @type {WeakMap<Element, number>} */
const sizes = new WeakMap();
/** @param {Element} sign */
function sizeOf(sign) {
  const size = sizes.get(sign) ?? sign.querySelectorAll('*').length;
  sizes.set(sign, size);
  return size;
}

/**
 * Inlines an icon of another file where it is used, in a tree outside of the document.
 * @param {Element} use
 * @param {string} base
 */
function inline(use, base) {
  const [address, id] = (use.getAttribute('href') ?? '').split('#');
  const path = pathOf(address, base);
  if (path === undefined || !addressOf(path)) return use.removeAttribute('href');
  const sign = sprites.get(path)?.getElementById(id);
  const svg = use.closest('svg');
  if (!sign || !svg || (room -= sizeOf(sign)) < 0) return use.remove();
  // As the icon's own element: the page's style sheet has colours for the <svg>.
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  for (const { name, value } of sign.attributes)
    if (name !== 'viewBox') {
      if (!/^(id|xmlns)/.test(name)) group.setAttribute(name, value);
    } else if (!svg.hasAttribute(name)) svg.setAttribute(name, value);
  group.append(...[...sign.childNodes].map((node) => document.importNode(node, true)));
  use.replaceWith(group);
}
