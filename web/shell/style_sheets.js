// Style sheets that are pages of the site: written in Sass, or with front matter. The host has only
// their sources. If a compiled sheet lies beside them (`meridian index` writes it), the page links
// that; otherwise the core renders the sheet, and it is kept for the next visit.

import { INPUTS_OF_SHEETS } from '../base/site_files.js';
import { development, meta, site } from '../base/site_state.js';
import { decode, perhaps, resolve } from '../base/util.js';
import { document, real } from '../base/unclobbered.js';
import { address, isListed, locate, movedTo, read } from '../net/site_sources.js';
import { READY } from '../engine/abi.js';
import { reportedLater, settled, task } from '../net/fetch.js';
import { RELEASE } from '../base/release.js';
import { anyChanged, asListed, hashOfChanged } from './revalidation.js';
import { develop } from './notices.js';
import { displace, keep } from './kept_sheets.js';
import { below, pathOf } from './router.js';
import { PLAIN_LINK, targetOfLink } from './stand_ins.js';
import { recall, remember } from './storage.js';

/** @typedef {import('../engine/abi.js').Answer} Answer */
/**
 * @typedef {object} Core
 * @property {(route: string) => Promise<Answer>} ask the core's answer to a route
 * @property {(needs: Answer['json']) => Promise<void>} supply gives the core files and modules
 * @property {Promise<unknown>} ready resolves when a list of the host's files is there
 * @property {() => Promise<unknown> | undefined} grow completes it
 * @property {import('../engine/engine.js').Engine} engine
 */
/** @typedef {{ css: string, key: string | null }} Kept `key`: names what the sheet was made of */

// Milliseconds for which a page waits for a sheet that is being made before it is shown in a plain
// form.
const PATIENCE = 150;
// Milliseconds for which the scripts of a page wait for the links of its sheets.
const LINK_PATIENCE = 3000;
// The plain form: readable in both colour schemes.
const PLAIN =
  ':root{color-scheme:light dark}body{max-width:45rem;margin:auto;padding:1rem;font:100%/1.6 system-ui,sans-serif}img,svg,video,iframe{max-width:100%;height:auto}';
// Those of a page that may lead to sheets. A script makes a sheet of what is preloaded.
const LINKS = 'link:is([rel~=stylesheet],[rel~=preload][as=style])[href]:not(noscript *)';
// Of sheets in the browser's Cache API.
const STORE = 'meridian-sheets';
const SASS = /\.s[ac]ss$/;
// A part of a sheet lies in a folder such as `_sass`.
const FOLDER_OF_PARTS = /(^|\/)_[^/]+\//;
// More parts than this are not requested before the core has seen which it needs.
const MOST_PARTS = 200;

/** CSS by route, as it was last made. @type {Map<string, string>} */
const made = new Map();
/** CSS by route, as the last visit had it and the page shows it. @type {Map<string, string>} */
const shown = new Map();
/** Those of the open page; undefined where one can't be kept.
 * @type {import('./kept_sheets.js').Sheet[] | undefined} */
let ofPage;
/** Those that are being made. @type {Map<string, Promise<string | undefined>>} */
const making = new Map();
/** By route: resolves when the core has all of a sheet. @type {Map<string, Promise<void>>} */
const supplied = new Map();

/** Tells whether the host's files are known; a page that was there before is shown before. */
const isKnown = () => site.listing.files.length > 0;

/** Sheets that are pages, as they were when that page was made: by route their compiled forms. */
const sheetsBefore = () => site.sheets ?? recall().sheets;

/** Tells whether compiled sheets may be older than their sources. */
const areOld = () => anyChanged(INPUTS_OF_SHEETS);

/**
 * The compiled form of a sheet, if the host has one (`meridian index` writes it).
 * @param {string} route
 */
function compiledOf(route) {
  if (development) return undefined;
  if (!isKnown()) return sheetsBefore()?.[route] || undefined;
  const path = decode(route).slice(1).replace(/css$/, 'meridian.css');
  return isListed(path) ? path : undefined;
}

/**
 * Prepares the links of a page to sheets that are pages of the site. Resolves when they are there,
 * or the page should no longer wait for them.
 * @param {ParentNode} page not yet mounted
 * @param {Core} core
 */
export async function prepareSheets(page, core) {
  const jobs = [];
  ofPage = development ? undefined : [];
  /** @type {string[]} */
  const routes = [];
  for (const element of page.querySelectorAll(LINKS)) {
    const link = /** @type {HTMLLinkElement} */ (real(element));
    const target = targetOfLink(link);
    const route = target && routeOf(target);
    if (!route) continue;
    if (link.matches(PLAIN_LINK))
      ofPage?.push({
        target,
        link,
        made: () => made.get(route),
        absolute: (css) => absolute(css, link.href),
      });
    else ofPage = undefined;
    if (!mayBePage(route)) continue;
    routes.push(route);
    const compiled = compiledOf(route);
    const isPlain = link.matches('[rel~=stylesheet]:not([onload])');
    if (!compiled || made.has(route)) jobs.push((isPlain ? replace : lead)(link, route, core));
    else if (isPlain) linkCompiled(link, route, compiled, core);
    else link.setAttribute('href', locate(compiled) ?? '');
  }
  if (routes.length) core.ready.then(() => rememberSheets(routes), String);
  if (jobs.length) await Promise.race([Promise.all(jobs), task(PATIENCE)]);
}

/** A base URL that ends with a slash makes two of one. @param {string} target */
const routeOf = (target) => pathOf(target).replace(/\/+/g, '/');

/**
 * Puts the links of a kept page back, which has had their sheets as the last visit left them.
 * Resolves when they are there, or the page's scripts should no longer wait.
 * @param {import('./stand_ins.js').StandIn[]} standIns
 * @param {Core} core
 * @param {(element: Element) => void} add called with what is added
 */
export async function restoreLinks(standIns, core, add) {
  const links = document.createDocumentFragment();
  for (const { style, link } of standIns) {
    shown.set(routeOf(targetOfLink(link) ?? ''), style.textContent ?? '');
    links.append(link);
  }
  await prepareSheets(links, core);
  const elements = [...links.children];
  const jobs = standIns.map(({ style }, at) => (add(elements[at]), displace(style, elements[at])));
  await Promise.race([Promise.all(jobs), task(LINK_PATIENCE)]);
}

/** Keeps what the open page shows of its sheets, for the next visit. */
export function keepSheets() {
  if (ofPage) reportedLater(keep(pathOf(site.shown), ofPage));
}

/** For the next visit, which shows a page before the list is there. @param {string[]} routes */
function rememberSheets(routes) {
  const path = (/** @type {string} */ route) => (!areOld() && compiledOf(route)) || '';
  const sheets = routes.filter(mayBePage).map((route) => [route, path(route)]);
  const known = recall().sheets;
  if (!known || sheets.some(([route, path]) => known[route] !== path))
    remember({ sheets: { ...known, ...Object.fromEntries(sheets) } });
}

/**
 * Tells whether a sheet may be a page: unless the host has the file, and its list shows no front
 * matter. Before there is a list, the last visit tells.
 * @param {string} route
 */
function mayBePage(route) {
  if (!/\.css$/.test(route) || route.startsWith('/meridian/')) return false;
  if (!isKnown()) return route in (sheetsBefore() ?? { [route]: '' });
  const path = decode(route).slice(1);
  const { kind, complete, pages } = site.listing;
  if (isListed(path)) return kind !== 'manifest' || site.made.has(path);
  // A complete manifest names all pages but those of a theme that was fetched.
  return !(complete && pages) || route in pages || sourcesOf(route).some(isListed);
}

/**
 * Links a compiled sheet. If it is older than its sources, or the host does not have it, the sheet
 * is made, and takes its place.
 * @param {HTMLLinkElement} link
 * @param {string} route
 * @param {string} compiled its path
 * @param {Core} core
 */
function linkCompiled(link, route, compiled, core) {
  link.setAttribute('href', locate(compiled) ?? '');
  link.dataset.sheet = route;
  const style = styleFor(link, route);
  const renew = async () => {
    const css = await make(route, core).catch(() => undefined);
    if (css === undefined) return;
    show(route, css, style);
    // If the open page is made anew, its own link stays.
    for (const old of new Set([link, ...document.querySelectorAll('link[data-sheet]')])) {
      if (!old.parentNode || real(old).getAttribute('data-sheet') !== route) continue;
      old.replaceWith(old === link ? style : style.cloneNode(true));
      old.dispatchEvent(new Event('load')); // a page may be waiting for it
    }
  };
  settled(link).then((type) => {
    // Chromium also says so of a sheet that is there, but not what it imports.
    if (type === 'load' || perhaps(() => link.sheet?.cssRules.length)) return;
    style.textContent ||= shown.get(route) ?? PLAIN;
    link.replaceWith(style);
    renew();
  });
  if (areOld()) renew();
  else if (!isKnown())
    core.ready.then(() => {
      if (areOld() || compiledOf(route) !== compiled) renew();
    }, String);
}

/** A `<style>` in place of a link. @param {HTMLLinkElement} link @param {string} route */
function styleFor(link, route) {
  const style = document.createElement('style');
  if (link.media) style.media = link.media;
  style.dataset.sheet = route;
  return style;
}

/**
 * Puts a `<style>` in the place of a link: at first in the form of the last visit, or in a plain
 * one. If the sheet turns out to be a file, the link comes back.
 * @param {HTMLLinkElement} link
 * @param {string} route
 * @param {Core} core
 */
async function replace(link, route, core) {
  const style = styleFor(link, route);
  const known = made.get(route);
  style.textContent = known ?? shown.get(route) ?? PLAIN;
  link.replaceWith(style);
  const kept = known === undefined ? await lastSheet(route) : undefined;
  if (kept) style.textContent = kept.css;
  const finish = async () => {
    await core.ready;
    // Since the last visit the sheet may have been compiled.
    const compiled = known === undefined && !areOld() && compiledOf(route);
    const css = compiled || !mayBePage(route) ? undefined : await make(route, core, kept);
    if (css !== undefined) return show(route, css, style);
    const at = compiled ? locate(compiled) : movedTo(decode(route).slice(1));
    if (at) link.setAttribute('href', at);
    for (const element of new Set([style, ...stylesOf(route)]))
      if (document.contains(element)) displace(element, /** @type {Element} */ (link.cloneNode()));
      else if (element.parentNode) element.replaceWith(link.cloneNode());
  };
  const finished = reportedLater(finish());
  // While the compiler is on its way, the page does not wait.
  const isSoon = development || !isSass(route) || !!core.engine.modules.sass;
  if (!kept && isKnown() && isSoon) await finished;
}

/**
 * Gives a link, on whose load event a script waits, the address of the sheet in memory, once it is
 * made. If the sheet turns out to be a file, its address comes back.
 * @param {HTMLLinkElement} link
 * @param {string} route
 * @param {Core} core
 */
async function lead(link, route, core) {
  const { href, rel } = link;
  // WebKit's console complains of a preload without an address.
  link.rel = '';
  link.removeAttribute('href');
  const point = (/** @type {string} */ to) => Object.assign(link, { href: to, rel });
  const show = (/** @type {string | undefined} */ css) => {
    if (css === undefined || link.href) return;
    point(URL.createObjectURL(new Blob([css], { type: 'text/css' })));
  };
  const kept = made.has(route) ? undefined : await lastSheet(route);
  show(made.get(route) ?? kept?.css);
  await core.ready;
  const css = mayBePage(route) ? await make(route, core, kept) : undefined;
  if (css === undefined) point(movedTo(decode(route).slice(1)) ?? href);
  else made.set(route, css);
  show(css);
}

/** @param {string} route @param {string} css @param {HTMLStyleElement} own not yet mounted */
function show(route, css, own) {
  made.set(route, css);
  keepSheets();
  for (const element of new Set([own, ...stylesOf(route)]))
    if (element.textContent !== css) element.textContent = css;
}

/**
 * A sheet as the core makes it of the sources, or as it was kept; undefined if it is no page, or
 * can't be made.
 * @param {string} route
 * @param {Core} core
 * @param {Kept} [last] as the last visit left it
 */
function make(route, core, last) {
  const coming = making.get(route);
  if (coming && !development) return coming;
  const css = makeAnew(route, core, last).finally(() => making.delete(route));
  making.set(route, css);
  return css;
}

/** @param {string} route @param {Core} core @param {Kept} [last] */
async function makeAnew(route, core, last) {
  const first = !made.has(route) && !development;
  let key = first ? await keyOf() : undefined;
  if (last && !key) {
    // The list of the last visit has no hashes.
    await core.grow();
    key = await keyOf();
  }
  const kept = key && (last ?? (await keptSheet(route)));
  if (kept && kept.key === key) return kept.css;
  await supplyParts(route, core);
  const answer = await core.ask(route).catch(() => undefined);
  if (answer?.status !== READY) return undefined;
  const css = absolute(answer.html, address(site.source + decode(route).slice(1)));
  if (first) keepSheet(route, key ?? '', css);
  const { diagnostics } = answer.json;
  if (development && diagnostics?.length) (await develop()).tellEverywhere(diagnostics);
  return css;
}

// ---- what a sheet is made of ----

/**
 * Gives the core what the first page's sheets are made of, before that page links them.
 * @param {string[]} sheets their sources
 * @param {Core} core
 */
export async function supplySheets(sheets, core) {
  for (const [route, [source]] of Object.entries(site.listing.pages ?? {})) {
    if (!SASS.test(source) || !sheets.includes(source)) continue;
    const kept = await lastSheet(route);
    if (!kept || kept.key !== (await keyOf())) supplyParts(route, core);
  }
}

/**
 * Gives the core all that a sheet may import, and the compiler. Otherwise it would learn of parts
 * from parts, and each level would be a round trip.
 * @param {string} route
 * @param {Core} core
 */
function supplyParts(route, core) {
  const parts = supplied.get(route) ?? fetchParts(route, core).catch(() => {}); // the core asks
  supplied.set(route, parts);
  return parts;
}

/** The paths that the source of a sheet in Sass may have. @param {string} route */
const sourcesOf = (route) =>
  ['scss', 'sass'].map((type) => decode(route).slice(1).replace(/css$/, type));

/** @param {string} route */
const isSass = (route) => sourcesOf(route).some(isListed) && !isListed(decode(route).slice(1));

/** @param {string} route @param {Core} core */
async function fetchParts(route, core) {
  if (!isSass(route)) return;
  const sources = sourcesOf(route);
  // A manifest that was written without the sheets' parts names none.
  const named = (site.listing.pages?.[route] ?? []).filter((file) => SASS.test(file));
  const all = [...site.listed].filter(
    (file) => SASS.test(file) && (FOLDER_OF_PARTS.test(file) || sources.includes(file)),
  );
  const parts = (named.length > 1 || site.listing.sass ? named : all).filter(
    (file) => !site.files.has(file),
  );
  await Promise.all([core.supply({ modules: ['sass'] }), supplyTexts(parts, core)]);
}

/**
 * Gives the core files, as many as possible from the one that lies beside the manifest.
 * @param {string[]} paths
 * @param {Core} core
 */
async function supplyTexts(paths, { supply, engine }) {
  const { sass } = site.listing;
  const texts = sass && paths.length > 1 ? await textsOf(sass).catch(() => undefined) : undefined;
  const others = [];
  for (const path of paths) {
    if (!texts || !Object.hasOwn(texts, path)) others.push(path);
    else if (!site.files.has(path)) {
      asListed.add(path);
      engine.put(path, new TextEncoder().encode(texts[path]));
    }
  }
  if (others.length <= MOST_PARTS) await supply({ paths: others });
}

/**
 * The text of Sass files by path; undefined where that was written with another manifest.
 * @param {string} hash as the manifest names it
 * @returns {Promise<Record<string, string> | undefined>}
 */
async function textsOf(hash) {
  const name = (meta('manifest') ?? '').replace(/[^/]*$/, 'sass.meridian.json');
  const bytes = await read(`${address(name)}?${hash}`, name, 'default');
  const { sass, files } = JSON.parse(new TextDecoder().decode(bytes ?? undefined));
  return sass === hash ? files : undefined;
}

/** @param {string} route @returns {HTMLStyleElement[]} those of the open page */
const stylesOf = (route) =>
  [...document.querySelectorAll('style[data-sheet]')]
    .map((style) => /** @type {HTMLStyleElement} */ (real(style)))
    .filter((style) => style.dataset.sheet === route);

/**
 * Resolves the relative addresses of a sheet, as its text moves into a page: those of `url()` and
 * `@import`. Comments and other strings stay.
 * @param {string} css
 * @param {string} base the sheet's address
 */
function absolute(css, base) {
  const of = (/** @type {string} */ href) => {
    if (/^(#|[a-z][\w+.-]*:|\/\/)/i.test(href)) return href;
    const url = resolve(href, base);
    const path = url && decode(pathOf(below(url) ?? '')).slice(1);
    const moved = path && movedTo(path);
    return moved ? moved + url.search + url.hash : (url?.href ?? href);
  };
  return css.replace(TOKENS, (token, bare, call, double, single, imported, string) => {
    if (bare !== undefined) return `url(${of(bare)})`;
    if (call) return `url("${of(double ?? single)}")`;
    if (imported) return `${imported}"${of(string)}"`;
    return token;
  });
}

// Comments, `url(…)` without and with quotes, `@import "…"`, strings. Each alternative is linear:
// no two of its parts match the same characters, and what has no end ends with the text.
const TOKENS =
  /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)|\burl\(\s*([^\s"'()\\]+)\s*\)|(\burl\(\s*)(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*\)|(@import\s+)["']([^"'\\\n]*)["']|"(?:[^"\\]|\\[^]?)*(?:"|$)|'(?:[^'\\]|\\[^]?)*(?:'|$)/gi;

// ---- kept sheets ----

/** @returns {Promise<Cache | undefined>} undefined where the browser has none, or forbids it */
const store = async () => perhaps(() => caches.open(STORE))?.catch(() => undefined);

/** @param {string} route */
const addressOf = (route) => `${location.origin}${site.root}meridian/sheet${route}`;

/**
 * A name for all that sheets may be made of, where the hashes of these files are known; undefined
 * where they are not, or where browsers do not hash.
 * @returns {Promise<string | undefined>}
 */
async function keyOf() {
  if (!site.listing.complete && site.listing.kind !== 'github') return undefined;
  const lines = [RELEASE];
  for (const file of [...site.listing.files, ...site.borrowed]) {
    const { path, git, size } = /** @type {import('../base/site_state.js').Entry} */ (
      typeof file === 'string' ? { path: file } : file
    );
    if (!INPUTS_OF_SHEETS.test(path)) continue;
    // Without a hash the manifest has only files that no page is made of.
    const hash = (await hashOfChanged(path)) ?? git ?? size;
    if (hash === undefined) return undefined;
    lines.push(`${path} ${hash}`);
  }
  const digest = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(lines.join('\n')));
  return digest && btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** The same, unless no visit has seen a sheet yet: looking takes time. @param {string} route */
const lastSheet = async (route) => (development || !recall().sheets ? undefined : keptSheet(route));

/** @param {string} route @returns {Promise<Kept | undefined>} */
async function keptSheet(route) {
  const response = await (await store())?.match(addressOf(route)).catch(() => undefined);
  return response && { css: await response.text(), key: response.headers.get('etag') };
}

/** Keeps a sheet in place of its last form. @param {string[]} sheet */
async function keepSheet(...[route, key, css]) {
  const headers = { 'content-type': 'text/css', etag: key };
  const response = new Response(css, { headers });
  await (await store())?.put(addressOf(route), response).catch(() => {}); // the store is full
}
