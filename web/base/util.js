// Small helpers: exceptions as undefined, bytes, media queries, attributes, percent-encoding,
// escaping.

/** The result of an action, undefined when it throws. @param {() => any} action @returns {any} */
export const perhaps = (action) => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

/**
 * The bytes of all parts, in order. A `Blob` would do it through another process in WebKit, which
 * rejects when the page goes meanwhile.
 * @param {Uint8Array[]} parts
 */
export function concat(parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Sets an attribute. Trusted Types may refuse code in an attribute; only this attribute is skipped
 * then.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export const set = (element, name, value) => perhaps(() => element.setAttribute(name, value));

/** @param {string} href @param {string} base @returns {URL | undefined} */
export const resolve = (href, base) => perhaps(() => new URL(href, base));
/**
 * The path of an address as a host reads it that merges slashes: as an address, one that begins
 * with two slashes would name another host.
 * @param {string} path
 */
export const onHost = (path) => path.replace(/^\/+/, '/');
/** @param {string} text @returns {string} */
export const decode = (text) => perhaps(() => decodeURIComponent(text)) ?? text;

/** Prefix of the shell's own name for an event that it keeps from a page's scripts. */
export const OWN = 'meridian-';

/** Escapes a text for HTML and for SVG, also within an attribute. @param {string} text */
export const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * How to request a file of the shell: on the page's origin as a preload without `crossorigin` does,
 * which answers the request then. WebKit never uses a preload with `crossorigin`.
 * @param {string} url
 * @returns {RequestInit}
 */
export const likePreload = (url) =>
  url.startsWith(`${globalThis.origin}/`) ? { mode: 'no-cors', credentials: 'include' } : {};

/** Tells whether a `prefers-` media query matches. @param {string} what */
export const prefers = (what) => matchMedia(`(prefers-${what})`).matches;

/** Tells whether an element's colour scheme is dark. @param {Element} element */
export function isDark(element) {
  const { colorScheme } = getComputedStyle(element);
  return /dark/.test(colorScheme) && (!/light/.test(colorScheme) || prefers('color-scheme: dark'));
}
