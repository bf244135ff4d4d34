// The only script of the theme that runs in every frame: the globe. Its text arrives by the port,
// the policy names it by its hash, and the files that it loads arrive the same way.

import { trusted } from '../../base/trusted_html.js';
import { document } from '../../base/unclobbered.js';
import { HERE, pathOf } from './resources.js';

/**
 * The interface that a frame's globe uses instead of the network; `base` replaces the document's
 * base URL.
 * @typedef {{ fetch: (address: string | URL) => Promise<Response>, base: string }} Supply
 */

/**
 * Callbacks that wait for bytes, by path.
 * @type {Map<string, ((bytes: Uint8Array | null) => void)[]>}
 */
const waiting = new Map();
let asked = false;

/** Requests a script of the theme. @type {(name: string) => void} */
let askScript = () => {};
/** Requests a file's bytes. @type {(path: string) => void} */
let askBytes = () => {};

/** @param {string} path @returns {Promise<Uint8Array | null>} */
const bytesOf = (path) =>
  new Promise((resolve) => {
    const others = waiting.get(path);
    if (others) return void others.push(resolve);
    waiting.set(path, [resolve]);
    askBytes(path);
  });

/** A file as a Response. @param {string | undefined} path nothing: none of the site's */
export async function answer(path) {
  const bytes = path === undefined ? null : await bytesOf(path);
  const type = path?.endsWith('.wasm') ? 'application/wasm' : '';
  return new Response(/** @type {BodyInit | null} */ (bytes), {
    status: bytes ? 200 : 404,
    headers: { 'content-type': type },
  });
}

/** @type {Supply} */
const supply = { base: HERE, fetch: (address) => answer(pathOf(String(address), '/')) };

/** @param {typeof askScript} script @param {typeof askBytes} bytes */
export function supplyBy(script, bytes) {
  [askScript, askBytes] = [script, bytes];
  Object.assign(window, { meridianFrame: supply });
}

/**
 * Delivers bytes.
 * @param {string} path
 * @param {Uint8Array | null} bytes
 */
export function give(path, bytes) {
  for (const resolve of waiting.get(path) ?? []) resolve(bytes);
  waiting.delete(path);
}

/**
 * Runs a script that has arrived. As HTML: the policy of Trusted Types, which a frame with `srcdoc`
 * gets from its page, makes no scripts.
 * @param {string} text
 */
export function run(text) {
  const html = trusted.createHTML(`<script>${text}</script>`);
  const script = document.createRange().createContextualFragment(html).children[0];
  document.head.append(script);
  script.remove();
}

/** The source of each live globe. @type {WeakMap<Element, string>} */
const sources = new WeakMap();

/**
 * Before a page is patched: an unchanged globe keeps its state; a changed one is replaced.
 * @param {Document} page
 * @param {string} base
 */
export function settleGlobes(page, base) {
  supply.base = HERE + base;
  const next = [...page.querySelectorAll('meridian-globe')];
  if (next.length && !asked) askScript('globe');
  asked ||= !!next.length;
  const live = [...document.querySelectorAll('meridian-globe')];
  next.forEach((globe, at) => {
    const source = globe.outerHTML;
    const old = live[at];
    if (old && sources.get(old) === source) return globe.replaceWith(page.importNode(old, true));
    old?.remove();
    sources.set(globe, source);
  });
}
