// Addresses to routes and back, links, history and scroll positions.
//
// A route is what the site calls an address: a path from the site's root, with query and anchor:
// `/about/?x=1#work`. With path routing its address is root + route. With hash routing, for hosts
// that have no 404 page, it is `root#/about/?x=1&id=work`.

import { site } from '../base/site_state.js';
import { decode, perhaps, resolve } from '../base/util.js';
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
  if (url?.origin !== location.origin || !url.pathname.startsWith(site.root)) return undefined;
  return url.href.slice(location.origin.length + site.root.length - 1);
}

/**
 * The route of an address in a page, below the root.
 * @param {string} href
 * @param {string} route
 */
export const targetOf = (href, route) => below(from(href, route));

/** The route that the address bar shows. */
export function currentRoute() {
  const { href, pathname, hash } = location;
  const home = !/[^/]/.test(pathname.slice(site.root.length).replace(/^index\.html$/, ''));
  const route = below(new URL(href)) ?? '/';
  return (home && fromHash(hash)) || route.replace(/^\/index\.html(?=$|[?#])/, '/');
}

/**
 * A route out of `#/path/?id=heading`; nothing that could lead elsewhere: browsers read `//host`
 * and `/\host` as another origin.
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

// Extensions of a site's documents; everything else with an extension is a file for the
// browser.
const PAGE = /(^|\/)[^/.]*$|\.(x?html?|m(d|kdn?|arkdown))$/i;

/**
 * The route that a link leads to; undefined when it is the browser's business: another origin,
 * another site on this host, a file.
 * @param {string} href as written @param {string} route of the page that it stands in
 */
export function routeOf(href, route) {
  if (!site.byPath && href.startsWith(site.root + '#'))
    return fromHash(href.slice(site.root.length));
  const target = targetOf(href, route);
  const path = target && decode(pathOf(target)).slice(1);
  return path !== undefined && (PAGE.test(path) || isListed(path) === false) ? target : undefined;
}

/**
 * Listens for links. A click that means "here, in this window" is ours when `follow` says so;
 * resting on a link, touching it and tabbing to it announce it.
 * @param {(href: string) => boolean} follow @param {(href: string) => void} announce
 */
export function listenForLinks(follow, announce) {
  /** @param {Event} event */
  const linkOf = (event) => {
    // Also one within an element of its own, whose inside the event does not show otherwise.
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
      // A pointer that only passes by stays for less than this.
      if (href !== undefined)
        timer = setTimeout(() => announce(href), type === 'mouseover' ? 65 : 0);
    });
  }
}

// ---- history and scrolling ----

// Scroll positions by history entry, over reloads too. The browser's own restoring comes too early:
// the page is not there yet.
const STORE = 'meridian:scroll';
/** @type {Record<string, [x: number, y: number]>} */
let positions = {};
// Of the entry that the address bar shows.
let entry = '';
// Between two pages the browser scrolls by itself: that is no position of the reader's.
let held = true;

const stored = () => perhaps(() => JSON.parse(sessionStorage[STORE])) ?? {};

export function startHistory() {
  history.scrollRestoration = 'manual';
  entry = history.state?.meridian ?? '';
  // Opening the storage takes a while: for entries that the reader comes back to.
  if (entry) positions = stored();
}

/** From here on positions are kept: it can wait until the page is there. */
export function keepPositions() {
  takeEntry();
  addEventListener('scroll', () => {
    if (!held) positions[entry] = [scrollX, scrollY];
  });
  addEventListener('pagehide', () => {
    perhaps(() => (sessionStorage[STORE] = JSON.stringify({ ...stored(), ...positions })));
  });
}

/** The reader was on this entry before, further down. */
export const isBack = () => !!positions[entry];

/** From here on, until restore(), scrolling is not the reader's. */
export function hold() {
  held = true;
  // A smooth scroll that is still under way would go on over the next page.
  scrollTo({ top: scrollY, left: scrollX, behavior: 'instant' });
}

/** Takes up the entry that the address bar shows. */
export function takeEntry() {
  entry = history.state?.meridian ?? String(Math.random());
  history.replaceState({ ...history.state, meridian: entry }, '');
}

/**
 * Shows a route's address: in a new entry, or in this one.
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
 * To where the reader was on this entry, else to the anchor's place, else to the top. The page may
 * still grow (pictures without a size): a position that is not there yet is tried again, until the
 * reader does something.
 * @param {Element} [place] @param {ScrollBehavior} [behavior] within a page as the page wants it
 * @param {boolean} [fresh] the browser has just opened the document: it is at its top, and asking
 *   where would cost a layout
 */
export function restore(place, behavior, fresh) {
  held = false;
  const at = positions[entry];
  if (place && !at) return place.scrollIntoView({ behavior });
  if (fresh && !at) return;
  const [left, top] = at ?? [0, 0];
  const mine = entry;
  const end = performance.now() + 2000;
  let touched = false;
  const step = () => {
    if (touched || entry !== mine || performance.now() > end) return;
    scrollTo({ top, left, behavior: 'instant' });
    if (Math.abs(scrollY - top) > 1) requestAnimationFrame(step);
  };
  for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
    addEventListener(type, () => (touched = true), { once: true });
  }
  step();
}
