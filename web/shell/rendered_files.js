// Files of the site that templates make, other than pages and sheets: scripts, JSON, XML and text
// with front matter. The host has only their sources, or nothing at their address. Those that a
// page's scripts are, or request, are rendered by the core.

import { FRONT_MATTER } from '../base/site_files.js';
import { site } from '../base/site_state.js';
import { decode, resolve } from '../base/util.js';
import { document } from '../base/unclobbered.js';
import { READY } from '../engine/abi.js';
import { fetchSource, isListed } from '../net/site_sources.js';
import { below, pathOf } from './router.js';

/** @typedef {import('../engine/abi.js').Answer} Answer */
/** @typedef {(route: string) => Promise<Answer>} Ask the core's answer to a route */

// Texts that sites make by templates. Anything else that the host has is a file.
const TEXT = /\.(m?js|json|xml|txt|csv|svg|s?css|webmanifest|html?)$/i;
// Minified libraries hardly ever have front matter.
const LIBRARY = /\.min\.\w+$/i;

/**
 * Tells whether the host lacks what is at a route: it has the source of it, or nothing.
 * @param {string} route
 */
async function isRendered(route) {
  const path = decode(pathOf(route)).slice(1);
  if (/^(meridian\/|_)/.test(path)) return false;
  const listed = isListed(path);
  // At an address that no file has a page may be, by its permalink. Without a list nobody knows.
  if (!listed) return listed === false;
  if (!TEXT.test(path)) return false;
  if (site.listing.kind === 'manifest') return site.made.has(path);
  if (LIBRARY.test(path)) return false;
  // Only its first bytes tell. The browser has them in its cache when the page wants the file.
  const bytes = await fetchSource(path, 'default').catch(() => null);
  return !!bytes && FRONT_MATTER.test(new TextDecoder().decode(bytes.subarray(0, 99)));
}

/**
 * The text of a file that the core renders; undefined where the host has it as it is, or nobody
 * has it.
 * @param {string} href
 * @param {Ask} ask
 * @returns {Promise<Blob | undefined>}
 */
export async function renderedFile(href, ask) {
  const route = below(resolve(href, location.href));
  if (route === undefined || !(await isRendered(route))) return undefined;
  const { status, html, json } = (await ask(route).catch(() => undefined)) ?? {};
  return status === READY ? new Blob([html ?? ''], { type: json?.type }) : undefined;
}

/**
 * Opens a file in the place of a page: a feed, a script, text.
 * @param {Answer} answer
 * @param {boolean} push in a new history entry
 */
export function openFile({ html, json: { type } }, push) {
  const url = URL.createObjectURL(new Blob([html], { type }));
  location[push ? 'assign' : 'replace'](url);
}

/** The core's answers, for the page that is open. @type {Ask | undefined} */
let current;

/**
 * From now on `fetch` and XMLHttpRequest of the page's scripts get rendered files. What the shell
 * itself requests is not affected: it has the browser's own `fetch`. Modules of the shell that come
 * later (the card, the playground) read sources without credentials.
 * @param {Ask} ask
 */
export function serveScripts(ask) {
  const before = current;
  current = ask;
  if (before) return;
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const { method = 'GET', credentials, signal } = { ...plain(request), ...init };
    const mine = /^get$/i.test(method) && credentials !== 'omit';
    const file = mine && (await rendered(request?.url ?? String(input)));
    if (!file) return fetch(input, init);
    signal?.throwIfAborted();
    return new Response(file);
  };
  serveRequests(XMLHttpRequest.prototype);
  serveElements(HTMLScriptElement.prototype);
}

/** The browser's own setter of a script's address. */
const source = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src');

/** @param {HTMLScriptElement} script @param {string} url as it is */
export const setSource = (script, url) => source?.set?.call(script, site.trust(url));

/**
 * A script that a script adds gets its address when the file is rendered: until then it waits in
 * its place, as one without a text does.
 * @param {HTMLScriptElement} prototype
 */
function serveElements(prototype) {
  /** Addresses that are to come. @type {WeakMap<HTMLScriptElement, string>} */
  const coming = new WeakMap();
  Object.defineProperty(prototype, 'src', {
    ...source,
    get() {
      return coming.get(this) ?? source?.get?.call(this);
    },
    set(value) {
      const url = resolve(String(value), document.baseURI);
      const path = decode(pathOf(below(url) ?? '')).slice(1);
      requested.add(this);
      coming.delete(this);
      // Its first bytes can't be waited for here: what a list does not tell is a file.
      const mine = url && path && (site.made.has(path) || isListed(path) === false);
      if (mine) coming.set(this, url.href);
      else source?.set?.call(this, value);
      if (!mine) return;
      rendered(url.href).then((file) => {
        if (coming.get(this) !== url.href) return;
        coming.delete(this);
        if (file) setSource(this, URL.createObjectURL(file));
        else source?.set?.call(this, value);
      });
    },
  });
  prototype.setAttribute = function (/** @type {string} */ name, /** @type {string} */ value) {
    if (/^src$/i.test(name)) this.src = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}

/** Scripts that a script has given an address. @type {WeakSet<Element>} */
const requested = new WeakSet();

/** Tells whether a script was added by a script, and loads. @param {Element} script */
export const isRequested = (script) => requested.has(script);

/** What decides whether a request is answered here. @param {Request} [request] */
const plain = (request) =>
  request && {
    method: request.method,
    credentials: request.credentials,
    signal: request.signal,
  };

/** @param {string} url */
const rendered = async (url) => current && renderedFile(url, current).catch(() => undefined);

/**
 * A request for a rendered file is opened again with the address of a blob before it is sent.
 * Synchronous ones get the source.
 * @param {XMLHttpRequest} prototype
 */
function serveRequests(prototype) {
  const { open, send, abort } = prototype;
  /**
   * Addresses of requests that may be for a rendered file.
   * @type {WeakMap<XMLHttpRequest, URL | undefined>}
   */
  const opened = new WeakMap();

  prototype.open = function (
    /** @type {string} */ method,
    /** @type {string | URL} */ href,
    /** @type {[async?: boolean, user?: string | null, password?: string | null]} */ ...rest
  ) {
    const url = resolve(String(href), location.href);
    const [isAsync = true, ...names] = rest;
    opened.delete(this);
    if (below(url) !== undefined && isAsync && /^get$/i.test(method)) opened.set(this, url);
    return open.call(this, method, href, isAsync, ...names);
  };
  prototype.send = function (body) {
    const url = opened.get(this);
    if (!url) return send.call(this, body);
    rendered(url.href).then((file) => {
      if (opened.get(this) !== url) return; // aborted, or opened again
      opened.delete(this);
      if (!file) return send.call(this, body);
      const address = URL.createObjectURL(file);
      this.addEventListener('loadend', () => URL.revokeObjectURL(address), { once: true });
      open.call(this, 'GET', address, true);
      send.call(this);
    });
  };
  prototype.abort = function () {
    opened.delete(this);
    return abort.call(this);
  };
}
