// Inside the frame that shows the page: a document without an origin, which may load nothing and run nothing but this. It gets
// whole documents, asks for the files that they show, and says which link was followed.

import { patch, patchAttributes } from '../patch.js';
import { trusted } from '../trusted.js';

/**
 * To the frame: a page to show, or files that it asked for. `base`: the page's address; null: there is no such file.
 * @typedef {{ html?: string, base?: string, fresh?: boolean, files?: [path: string, bytes: Uint8Array | null, type: string][], scheme?: string, forget?: string[] }} ToFrame
 * From it: files that it lacks, or the address of a link.
 * @typedef {{ need?: string[], go?: string }} FromFrame
 */

// What stands for the site's own address: nothing is ever asked of it.
const HERE = 'https://site.invalid';

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
/** The page that is shown. */
let [html, base] = ['', '/'];
/** @type {MessagePort} */
let port;

/** @param {FromFrame} news */
const say = (news) => port.postMessage(news);

/** The path of a file that an address names; nothing when it is none of the site's. @param {string} address @param {string} [at] where it stands */
function pathOf(address, at = base) {
  try {
    const url = new URL(address, HERE + at);
    return url.origin === HERE ? decodeURIComponent(url.pathname.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}

/** The file's own address, '' as long as it has not come. @param {string} path */
function addressOf(path) {
  const known = files.get(path);
  if (known === undefined && !asked.has(path)) {
    asked.add(path);
    if (need.push(path) === 1) queueMicrotask(ask);
  }
  return known ?? '';
}

/** One question for all that a page lacks, as each answer shows it anew. */
function ask() {
  say({ need });
  need = [];
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

/** Leads what a document loads to the files of the project. @param {Document} page */
function lead(page) {
  for (const element of page.querySelectorAll('script, base, meta[http-equiv], noscript, link:not([rel~=stylesheet])')) element.remove();
  for (const element of page.querySelectorAll('style')) [element.textContent] = dress(element.textContent ?? '', base);
  for (const [selector, name] of LOADS) {
    for (const element of page.querySelectorAll(selector)) {
      const path = pathOf(element.getAttribute(name) ?? '#');
      if (path === undefined || /^(data|#)/.test(element.getAttribute(name) ?? '#')) continue;
      element.setAttribute(name, addressOf(path));
      element.setAttribute('data-of', path);
    }
  }
  for (const element of page.querySelectorAll('[srcset]')) {
    const set = (element.getAttribute('srcset') ?? '').split(/,\s+/).map((part) => {
      const [address, ...size] = part.trim().split(/\s+/);
      const path = pathOf(address);
      return path === undefined ? '' : [addressOf(path), ...size].join(' ');
    });
    element.setAttribute('srcset', set.filter((part) => !/^\s|^$/.test(part)).join(', '));
  }
  for (const element of page.querySelectorAll('[style*="url("]')) {
    element.setAttribute('style', dress(element.getAttribute('style') ?? '', base)[0]);
  }
  for (const use of page.querySelectorAll('use[href]:not([href^="#"])')) inline(use);
}

/** Puts a sign of another file where it is used. @param {Element} use */
function inline(use) {
  const [address, id] = (use.getAttribute('href') ?? '').split('#');
  const path = pathOf(address);
  if (path === undefined || !addressOf(path)) return use.removeAttribute('href');
  const sign = sprites.get(path)?.getElementById(id);
  const svg = use.closest('svg');
  if (!sign || !svg) return use.remove();
  for (const { name, value } of sign.attributes) if (name !== 'id' && !svg.hasAttribute(name)) svg.setAttribute(name, value);
  use.replaceWith(...[...sign.childNodes].map((node) => document.importNode(node, true)));
}

/** @param {boolean} fresh another page than before */
function show(fresh) {
  const page = new DOMParser().parseFromString(trusted.createHTML(html), 'text/html');
  lead(page);
  const { documentElement, head, body } = document;
  const scheme = documentElement.getAttribute('data-theme');
  patchAttributes(documentElement, page.documentElement);
  patchAttributes(body, page.body);
  if (scheme) documentElement.setAttribute('data-theme', scheme);
  // The frame's policy holds, also when its element is gone.
  patch(head, page.head);
  patch(body, page.body);
  if (fresh) scrollTo(0, 0);
}

/** @param {MessageEvent<ToFrame>} event */
function hear({ data }) {
  for (const path of data.forget ?? []) {
    const old = files.get(path);
    if (old) URL.revokeObjectURL(old);
    files.delete(path);
    asked.delete(path);
  }
  for (const [path, bytes, type] of data.files ?? []) {
    if (bytes && type === 'text/css') {
      sheets.set(path, new TextDecoder().decode(bytes));
      continue;
    }
    files.set(path, bytes ? URL.createObjectURL(new Blob([/** @type {BlobPart} */ (bytes)], { type })) : '');
    if (bytes && type === 'image/svg+xml') sprites.set(path, new DOMParser().parseFromString(trusted.createHTML(new TextDecoder().decode(bytes)), type));
  }
  finishSheets();
  if (data.scheme !== undefined) document.documentElement.setAttribute('data-theme', data.scheme);
  if (data.html !== undefined) [html, base] = [data.html, data.base ?? '/'];
  if (data.html !== undefined || data.files || data.forget?.length) show(!!data.fresh);
}

// Only the page that made this frame has a port to give.
addEventListener('message', (event) => {
  if (event.source !== parent || !event.ports[0] || port) return;
  port = event.ports[0];
  port.onmessage = hear;
});

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('a[href], area[href]');
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute('href') ?? '';
  if (href.startsWith('#')) document.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
  else say({ go: new URL(href, HERE + base).href.replace(HERE, '') });
});
document.addEventListener('submit', (event) => event.preventDefault());
