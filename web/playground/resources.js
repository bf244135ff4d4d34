// The project's files as the frame can show them: each is asked for once, and its address stands wherever a page loads it.

import { trusted } from '../trusted.js';

// What stands for the site's own address: nothing is ever asked of it.
export const HERE = 'https://site.invalid';

/** Files by path, as this document can show them; '' for one that is not there. @type {Map<string, string>} */
const files = new Map();
/** Files of signs, which a page may only use when they are part of it. @type {Map<string, Document>} */
const sprites = new Map();
/** Style sheets whose own files have not all come: their text. @type {Map<string, string>} */
const sheets = new Map();
/** Asked for, and not come. @type {Set<string>} */
const asked = new Set();
/** To be asked for, with what else this task finds. @type {string[]} */
let need = [];
/** Asks for files. @type {(paths: string[]) => void} */
let ask = () => {};

/** @param {typeof ask} way how files are asked for: once for all that a page lacks, as each answer shows it anew */
export function askBy(way) {
  ask = way;
}

/** The path of a file that an address names; nothing when it is none of the site's. @param {string} address @param {string} at where it stands */
export function pathOf(address, at) {
  try {
    const url = new URL(address, HERE + at);
    return url.origin === HERE ? decodeURIComponent(url.pathname.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}

/** The file's own address, '' as long as it has not come. @param {string} path */
export function addressOf(path) {
  const known = files.get(path);
  if (known === undefined && !asked.has(path)) {
    asked.add(path);
    if (need.push(path) === 1) queueMicrotask(askAll);
  }
  return known ?? '';
}

function askAll() {
  const all = need;
  need = [];
  ask(all);
}

/** What has come; null: there is no such file. @param {[path: string, bytes: Uint8Array | null, type: string][]} come */
export function take(come) {
  for (const [path, bytes, type] of come) {
    if (bytes && type === 'text/css') {
      sheets.set(path, new TextDecoder().decode(bytes));
      continue;
    }
    files.set(path, bytes ? URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type })) : '');
    if (bytes && type === 'image/svg+xml') sprites.set(path, new DOMParser().parseFromString(trusted.createHTML(new TextDecoder().decode(bytes)), type));
  }
  finishSheets();
}

/** Files that are others now: they are asked for again. @param {string[]} paths */
export function forget(paths) {
  for (const path of paths) {
    const old = files.get(path);
    if (old) URL.revokeObjectURL(old);
    files.delete(path);
    asked.delete(path);
  }
}

// A sheet of more files than this (one for each of hundreds of signs) is shown without them.
const MOST_OF_SHEET = 40;

/**
 * A style sheet's text, its addresses led to the files of the project, and whether all of those have come.
 * @param {string} text @param {string} at its own address @returns {[led: string, whole: boolean]}
 */
function dress(text, at) {
  let whole = true;
  const many = (text.match(/url\(/g)?.length ?? 0) > MOST_OF_SHEET;
  const led = text.replace(/url\(\s*(["']?)(.*?)\1\s*\)|@import[^;]*;/g, (all, _, address) => {
    if (address === undefined) return '';
    if (/^(data:|#)/.test(address)) return all;
    const path = pathOf(address, at);
    if (path === undefined || many) return 'url("data:,")';
    const known = addressOf(path);
    whole &&= files.has(path);
    return `url("${known || 'data:,'}")`;
  });
  return [led, whole];
}

/** Shows the sheets whose files are all there. */
function finishSheets() {
  for (const [path, text] of sheets) {
    const [led, whole] = dress(text, `/${path}`);
    if (!whole) continue;
    sheets.delete(path);
    files.set(path, URL.createObjectURL(new Blob([led], { type: 'text/css' })));
  }
}

const LOADS = /** @type {const} */ ([
  ['img, source, video, audio, input[type=image]', 'src'],
  ['video', 'poster'],
  ['link[rel~=stylesheet]', 'href'],
  ['image', 'href'],
]);

/** All of a tree that a selector means, its root too. @param {ParentNode} root @param {string} selector @returns {Element[]} */
const within = (root, selector) => [...(root instanceof Element && root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

/**
 * Leads what a tree loads to the files of the project.
 * @param {Document | DocumentFragment | Element} root a document, or any part of one that is to be put into the page
 * @param {string} base the page's address
 */
export function lead(root, base) {
  for (const element of within(root, 'script, base, meta[http-equiv], noscript, link:not([rel~=stylesheet])')) element.remove();
  for (const element of within(root, 'style')) [element.textContent] = dress(element.textContent ?? '', base);
  for (const [selector, name] of LOADS) {
    for (const element of within(root, selector)) {
      const path = pathOf(element.getAttribute(name) ?? '#', base);
      if (path === undefined || /^(data|#)/.test(element.getAttribute(name) ?? '#')) continue;
      element.setAttribute(name, addressOf(path));
      element.setAttribute('data-of', path);
    }
  }
  for (const element of within(root, '[srcset]')) {
    const set = (element.getAttribute('srcset') ?? '').split(/,\s+/).map((part) => {
      const [address, ...size] = part.trim().split(/\s+/);
      const path = pathOf(address, base);
      return path === undefined ? '' : [addressOf(path), ...size].join(' ');
    });
    element.setAttribute('srcset', set.filter((part) => !/^\s|^$/.test(part)).join(', '));
  }
  for (const element of within(root, '[style*="url("]')) {
    element.setAttribute('style', dress(element.getAttribute('style') ?? '', base)[0]);
  }
  for (const use of within(root, 'use[href]:not([href^="#"])')) inline(use, base);
}

/** Puts a sign of another file where it is used. @param {Element} use @param {string} base */
function inline(use, base) {
  const [address, id] = (use.getAttribute('href') ?? '').split('#');
  const path = pathOf(address, base);
  if (path === undefined || !addressOf(path)) return use.removeAttribute('href');
  const sign = sprites.get(path)?.getElementById(id);
  const svg = use.closest('svg');
  if (!sign || !svg) return use.remove();
  for (const { name, value } of sign.attributes) if (name !== 'id' && !svg.hasAttribute(name)) svg.setAttribute(name, value);
  use.replaceWith(...[...sign.childNodes].map((node) => document.importNode(node, true)));
}
