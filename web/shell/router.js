// Addresses to routes and back, links, history and scroll positions.
//
// A route is what the site calls an address: a path from the site's root, with query and anchor:
// `/about/?x=1#work`. With path routing its address is root + route. With hash routing, for hosts
// that have no 404 page, it is `root#/about/?x=1&id=work`.

import { MARKDOWN } from '../base/file_kinds.js';
import { site } from '../base/site_state.js';
import { decode, onHost, perhaps, resolve } from '../base/util.js';
import { isListed } from '../net/site_sources.js';
import { document, real } from '../base/unclobbered.js';

/** A route without its anchor. @param {string} route */
export const pageOf = (route) => route.replace(/#.*/s, '');
/** A route without query and anchor. @param {string} route */
export const pathOf = (route) => route.replace(/[?#].*/s, '');
/** The id that a route's anchor names, empty when it has none. @param {string} route */
export const anchorOf = (route) => decode(route.slice(pageOf(route).length + 1));

/** An address relative to a route's page. @param {string} href @param {string} [route] */
const from = (href, route = '/') => resolve(href, location.origin + site.root + route.slice(1));

/**
 * The part of an address below the root, undefined when it lies elsewhere.
 * @param {URL | undefined} url
 */
export function below(url) {
  const path = url?.origin === location.origin ? onHost(url.href.slice(url.origin.length)) : '';
  return path.startsWith(site.root) ? onHost(path.slice(site.root.length - 1)) : undefined;
}

/**
 * The route of an address in a page, below the root.
 * @param {string} href
 * @param {string} route
 */
export const targetOf = (href, route) => below(from(href, route));

/** The route of the address bar. */
export function currentRoute() {
  const { href, hash } = location;
  const route = (below(new URL(href)) ?? '/').replace(/^\/index\.html(?=$|[?#])/, '/');
  return (pathOf(route) === '/' && fromHash(hash)) || route;
}

/**
 * The route of `#/path/?id=heading`, never one of another origin: browsers resolve `//host` and
 * `/\host` to another.
 * @param {string} hash
 */
function fromHash(hash) {
  const url = /^#\/(?![/\\])/.test(hash) ? from(hash.slice(2)) : undefined;
  const id = url?.searchParams.get('id');
  if (url && id) {
    url.searchParams.delete('id');
    url.hash = id;
  }
  return below(url);
}

/** The address of a route, for the address bar and for links. @param {string} route */
export function hrefOf(route) {
  if (site.byPath) return site.root + route.slice(1);
  const path = pathOf(route);
  const query = new URLSearchParams(pageOf(route).slice(path.length));
  if (anchorOf(route)) query.set('id', anchorOf(route));
  const rest = String(query) && `?${query}`;
  return site.root + (path + rest === '/' ? '' : '#' + path + rest);
}

// Extensions of a site's documents; files with any other are left to the browser.
const PAGE = new RegExp(`(^|/)[^/.]*$|\\.(x?html?|${MARKDOWN})$`, 'i');

/**
 * The route of a link; undefined if the browser handles it: another origin, another site on this
 * host, a file.
 * @param {string} href as written
 * @param {string} route of the page that it stands in
 */
export function routeOf(href, route) {
  if (!site.byPath && href.startsWith(site.root + '#'))
    return fromHash(href.slice(site.root.length));
  const target = targetOf(href, route);
  const path = target && decode(pathOf(target)).slice(1);
  return path !== undefined && (PAGE.test(path) || isListed(path) === false || site.made.has(path))
    ? target
    : undefined;
}

/**
 * Listens for links. A plain click is handled if `follow` returns true; hovering, touching and
 * focusing a link call `announce`.
 * @param {(href: string) => boolean} follow
 * @param {(href: string) => void} announce
 */
export function listenForLinks(follow, announce) {
  /** @param {Event} event */
  const linkOf = (event) => {
    // A link within a custom element is only visible in the composed path.
    const link = event
      .composedPath()
      .find((node) => node instanceof Element && real(node).matches('a[href], area[href]'));
    const other =
      !(link instanceof Element) ||
      link.hasAttribute('download') ||
      !/^(_self)?$/i.test(link.getAttribute('target') ?? '');
    return other ? undefined : (link.getAttribute('href') ?? undefined);
  };
  addEventListener('click', (event) => {
    const modified =
      event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const href = linkOf(event);
    if (href !== undefined && !modified && !event.defaultPrevented && follow(href))
      event.preventDefault();
  });
  let timer = 0;
  for (const type of ['mouseover', 'touchstart', 'focusin']) {
    addEventListener(type, (event) => {
      clearTimeout(timer);
      const href = linkOf(event);
      // Milliseconds of hovering before a prefetch.
      if (href !== undefined)
        timer = setTimeout(() => announce(href), type === 'mouseover' ? 65 : 0);
    });
  }
}

// ---- history and scrolling ----

// Scroll positions by history entry, also across reloads. The browser's own restoration is too
// early: the page is not there yet.
const STORE = 'meridian:scroll';
/** @type {Record<string, [x: number, y: number]>} */
let positions = {};
// Of the current entry.
let entry = '';
// When the page last began to scroll smoothly to an anchor, how long that takes at most, and in how
// many frames a position that is restored meanwhile has to stay: a last step may still come.
let gliding = -Infinity;
const GLIDE = 1000; // milliseconds
const STILL = 4;
// Milliseconds of retries, and frames in which an anchor's element has to stay to be at rest.
const PATIENCE = 3000;
const REST = 10;
// Between two pages the browser scrolls by itself, which is not the reader's position.
let held = true;

const stored = () => perhaps(() => JSON.parse(sessionStorage[STORE])) ?? {};

export function startHistory() {
  history.scrollRestoration = 'manual';
  entry = history.state?.meridian ?? '';
  // Opening the storage takes a while; only entries to which the reader returns need it.
  if (entry) positions = stored();
}

/** Starts recording positions; called after the page is shown. */
export function keepPositions() {
  takeEntry();
  addEventListener('scroll', () => {
    if (!held) positions[entry] = [scrollX, scrollY];
  });
  addEventListener('pagehide', () => {
    perhaps(() => (sessionStorage[STORE] = JSON.stringify({ ...stored(), ...positions })));
  });
}

/** True if the reader was on this entry before, further down. */
export const isBack = () => !!positions[entry];

/** Ignores scrolling until restore(). */
export function hold() {
  held = true;
  // A smooth scroll would continue on the next page.
  scrollTo({ top: scrollY, left: scrollX, behavior: 'instant' });
}

/** Adopts the current history entry. */
export function takeEntry() {
  entry = history.state?.meridian ?? String(Math.random());
  history.replaceState({ ...history.state, meridian: entry }, '');
}

/**
 * Shows a route's address, in a new history entry or in this one.
 * @param {string} route
 * @param {boolean} push
 */
export function showAddress(route, push) {
  if (!push) return history.replaceState(history.state, '', hrefOf(route));
  history.pushState({}, '', hrefOf(route));
  takeEntry();
}

/**
 * The element of an anchor in the page that is open.
 * @param {string} anchor
 * @returns {HTMLElement | undefined}
 */
export const placeOf = (anchor) =>
  anchor ? (document.getElementById(anchor) ?? document.getElementsByName(anchor)[0]) : undefined;

/**
 * Scrolls to the reader's last position on this entry, else to the anchor, else to the top. While
 * the page grows (pictures without a size) it retries, until the reader acts.
 * @param {Element} [place]
 * @param {ScrollBehavior} [behavior] within a page as the page wants it
 * @param {boolean} [fresh] the browser has just opened the document: it is at its top, and asking
 *   where would cost a layout
 */
export function restore(place, behavior, fresh) {
  held = false;
  const at = positions[entry];
  if (place && !at) {
    if (!behavior) gliding = performance.now();
    place.scrollIntoView({ behavior });
    return retry(reach(place));
  }
  if (fresh && !at) return;
  const [left, top] = at ?? [0, 0];
  let frames = performance.now() - gliding < GLIDE ? STILL : 0;
  retry(() => {
    scrollTo({ top, left, behavior: 'instant' });
    return Math.abs(scrollY - top) > 1 || frames-- > 0;
  });
}

/**
 * Calls `step` in each frame, while it returns true and the reader neither acts nor goes on.
 * @param {() => boolean} step
 */
function retry(step) {
  const mine = entry;
  const end = performance.now() + PATIENCE;
  let acted = false;
  const next = () => {
    if (!acted && entry === mine && performance.now() < end && step()) requestAnimationFrame(next);
  };
  for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown'])
    addEventListener(type, () => (acted = true), { once: true });
  next();
}

/**
 * A step for an anchor. Growth of the page, or a script, can end a smooth scroll early: once the
 * element is at rest elsewhere, the page jumps to it, unless something else has scrolled away.
 * @param {Element} place
 */
function reach(place) {
  const topOf = () => place.getBoundingClientRect().top;
  let [last, y] = [NaN, scrollY];
  let still = 0;
  return () => {
    const top = topOf();
    if (scrollY !== y && Math.abs(top) > Math.abs(last)) return false;
    still = top === last ? still + 1 : 0;
    [last, y] = [top, scrollY];
    if (still < REST) return true;
    // Not only at the very top: a site's own script may leave room for a bar.
    if (top > -1 && top < innerHeight / 4) return false;
    place.scrollIntoView({ behavior: 'instant' });
    [last, y, still] = [topOf(), scrollY, 0];
    return last !== top;
  };
}

/**
 * Moves the focus to where keyboard users and screen readers continue.
 * @param {HTMLElement | null | undefined} place
 */
export function moveFocus(place) {
  if (place?.tabIndex === -1) place.tabIndex = -1; // what is not focusable says -1 too
  place?.focus({ preventScroll: true });
}
