// What of the theme's own scripts runs in every frame: the globe. Its text comes by the port and is
// named in the policy by its hash; what it would fetch comes the same way.

import { document } from '../../base/unclobbered.js';
import { HERE, pathOf } from './resources.js';

/**
 * A frame's copy of the globe asks here, instead of the network; `base` stands for the document's.
 * @typedef {{ fetch: (address: string | URL) => Promise<Response>, base: string }} Supply
 */

/**
 * Callbacks that wait for bytes, by path.
 * @type {Map<string, ((bytes: Uint8Array | null) => void)[]>}
 */
const waiting = new Map();
let asked = false;

/** Asks for a script of the theme. @type {(name: string) => void} */
let askScript = () => {};
/** Asks for a file as it is. @type {(path: string) => void} */
let askBytes = () => {};

/** @param {string} path @returns {Promise<Uint8Array | null>} */
const bytesOf = (path) =>
  new Promise((resolve) => {
    const others = waiting.get(path);
    if (others) return void others.push(resolve);
    waiting.set(path, [resolve]);
    askBytes(path);
  });

/** A file as a host would answer. @param {string | undefined} path nothing: none of the site's */
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

/** Bytes that have come. @param {string} path @param {Uint8Array | null} bytes */
export function give(path, bytes) {
  for (const resolve of waiting.get(path) ?? []) resolve(bytes);
  waiting.delete(path);
}

/** A script that has come. @param {string} text */
export function run(text) {
  const script = document.createElement('script');
  script.textContent = text;
  document.head.append(script);
  script.remove();
}

/** The source of each globe that lives. @type {WeakMap<Element, string>} */
const sources = new WeakMap();

/**
 * Before a page is patched: a globe that is the same as before stays as it is, with what it has
 * made of itself; one that isn't is another.
 * @param {Document} page @param {string} base
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
