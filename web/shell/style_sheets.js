// Style sheets that are pages of the site: written in Sass, or with front matter. The host has only
// their sources. If a compiled sheet lies beside them (`meridian index` writes it), the page links
// that; otherwise the core renders the sheet, and it is kept for the next visit.

import { INPUTS_OF_SHEETS } from '../base/site_files.js';
import { development, site } from '../base/site_state.js';
import { decode, perhaps, resolve } from '../base/util.js';
import { document, real } from '../base/unclobbered.js';
import { address, isListed, locate, movedTo } from '../net/site_sources.js';
import { READY } from '../engine/abi.js';
import { task } from '../net/fetch.js';
import { RELEASE } from '../base/release.js';
import { anyChanged } from './revalidation.js';
import { develop } from './notices.js';
import { below, pathOf, targetOf } from './router.js';

/** @typedef {import('../engine/abi.js').Answer} Answer */
/**
 * @typedef {object} Core
 * @property {(route: string) => Promise<Answer>} ask the core's answer to a route
 * @property {(needs: Answer['json']) => Promise<void>} supply gives the core files and modules
 */

// Milliseconds for which a page waits for its sheets before it is shown in a plain form.
const PATIENCE = 150;
// The plain form: readable in both colour schemes.
const PLAIN =
  ':root{color-scheme:light dark}body{max-width:45rem;margin:auto;padding:1rem;font:100%/1.6 system-ui,sans-serif}img,svg,video,iframe{max-width:100%;height:auto}';
// Those of a page that may lead to sheets. A script makes a sheet of what is preloaded.
const LINKS = 'link:is([rel~=stylesheet],[rel~=preload][as=style])[href]:not(noscript *)';
// Of sheets in the browser's Cache API.
const STORE = 'meridian-sheets';
// A part of a sheet lies in a folder such as `_sass`.
const FOLDER_OF_PARTS = /(^|\/)_[^/]+\//;
// More parts than this are not requested before the core has seen which it needs.
const MOST_PARTS = 200;

/** CSS by route, as it was last made. @type {Map<string, string>} */
const made = new Map();

/** The file in which `meridian index` keeps a compiled sheet. @param {string} path */
const compiledPath = (path) => path.replace(/css$/, 'meridian.css');

/**
 * Prepares the links of a page to sheets that are pages of the site. Resolves when they are there,
 * or the page should no longer wait for them.
 * @param {Document} page not yet mounted
 * @param {Core} core
 */
export async function prepareSheets(page, core) {
  const jobs = [];
  /** @type {Promise<string | undefined> | undefined} */
  let key;
  for (const link of page.querySelectorAll(LINKS)) {
    const target = targetOf(real(link).getAttribute('href') ?? '', site.shown);
    const route = target && pathOf(target);
    if (!route || !mayBePage(route)) continue;
    const compiled = compiledPath(decode(route).slice(1));
    const mayUse = isListed(compiled) && !development && !anyChanged(INPUTS_OF_SHEETS);
    const url = mayUse && locate(compiled);
    if (url) link.setAttribute('href', url);
    else {
      key ??= development ? Promise.resolve(undefined) : keyOf();
      const job = link.matches('[rel~=stylesheet]:not([onload])') ? replace : lead;
      jobs.push(job(/** @type {HTMLLinkElement} */ (link), route, core, key));
    }
  }
  if (jobs.length) await Promise.race([Promise.all(jobs), task(PATIENCE)]);
}

/**
 * Tells whether a sheet may be a page: unless the host has the file, and its list shows no front
 * matter.
 * @param {string} route
 */
function mayBePage(route) {
  if (!/\.css$/.test(route) || route.startsWith('/meridian/')) return false;
  const path = decode(route).slice(1);
  if (!isListed(path)) return true;
  return site.listing.kind !== 'manifest' || site.made.has(path);
}

/**
 * Puts a `<style>` in the place of a link. If the sheet turns out to be a file, the link comes
 * back.
 * @param {HTMLLinkElement} link
 * @param {string} route
 * @param {Core} core
 * @param {Promise<string | undefined>} keyed a name for what sheets are made of
 */
async function replace(link, route, core, keyed) {
  const style = document.createElement('style');
  if (link.media) style.media = link.media;
  style.dataset.sheet = route;
  style.textContent = made.get(route) ?? PLAIN;
  link.replaceWith(style);
  const styles = () => new Set([style, ...stylesOf(route)]);
  const isSheet = await make(route, core, keyed, (css) => {
    for (const element of styles()) if (element.textContent !== css) element.textContent = css;
  });
  if (isSheet) return;
  const file = /** @type {HTMLLinkElement} */ (link.cloneNode());
  file.href = movedTo(decode(route).slice(1)) ?? link.href;
  for (const element of styles()) if (element.parentNode) element.replaceWith(file.cloneNode());
}

/**
 * Gives a link, on whose load event a script waits, the address of the sheet in memory, once it is
 * made. If the sheet turns out to be a file, its address comes back.
 * @param {HTMLLinkElement} link
 * @param {string} route
 * @param {Core} core
 * @param {Promise<string | undefined>} keyed
 */
async function lead(link, route, core, keyed) {
  const { href } = link;
  link.removeAttribute('href');
  const isSheet = await make(route, core, keyed, (css) => {
    const blob = () => URL.createObjectURL(new Blob([css], { type: 'text/css' }));
    if (!link.href) link.href = blob();
  });
  if (!isSheet) link.href = movedTo(decode(route).slice(1)) ?? href;
}

/**
 * Makes a sheet, or takes it from the last visit. False when the route is no page.
 * @param {string} route
 * @param {Core} core
 * @param {Promise<string | undefined>} keyed a name for what sheets are made of
 * @param {(css: string) => void} show called as soon as the sheet is there, and if it has changed
 */
async function make(route, { ask, supply }, keyed, show) {
  const known = made.get(route);
  const key = known === undefined ? await keyed : undefined;
  const kept = known ?? (key && (await keptSheet(route, key)));
  if (kept !== undefined) {
    made.set(route, kept);
    show(kept);
    if (known === undefined) return true;
  } else await supplyParts(route, supply);
  const answer = await ask(route).catch(() => undefined);
  if (answer?.status !== READY) return false;
  const css = absolute(answer.html, route);
  made.set(route, css);
  show(css);
  if (key) await keepSheet(route, key, css);
  const { diagnostics } = answer.json;
  if (development && diagnostics?.length) (await develop()).tellEverywhere(diagnostics);
  return true;
}

/**
 * Gives the core all that a sheet may import, and the compiler. Otherwise it would learn of parts
 * from parts, and each level would be a round trip.
 * @param {string} route
 * @param {Core['supply']} supply
 */
async function supplyParts(route, supply) {
  const path = decode(route).slice(1);
  const isSass = ['scss', 'sass'].some((type) => isListed(path.replace(/css$/, type)));
  if (!isSass || isListed(path)) return;
  const listed = [...site.listed];
  // A manifest that was written without the sheets' parts names none.
  const [imported, all] = [site.listing.pages?.[route] ?? [], listed].map((paths) =>
    paths.filter((part) => /\.s[ac]ss$/.test(part) && FOLDER_OF_PARTS.test(part)),
  );
  const parts = imported.length ? imported : all;
  const paths = parts.filter((part) => !site.files.has(part));
  const few = paths.length <= MOST_PARTS;
  await supply({ paths: few ? paths : [], modules: ['sass'] }).catch(() => {}); // asked for again
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
 * @param {string} route of the sheet
 */
function absolute(css, route) {
  const of = (/** @type {string} */ href) => {
    if (/^(#|[a-z][\w+.-]*:|\/\/)/i.test(href)) return href;
    const url = resolve(href, address(site.source + decode(route).slice(1)));
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
// no two of its parts match the same characters.
const TOKENS =
  /\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|\burl\(\s*([^\s"'()\\]+)\s*\)|(\burl\(\s*)(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*\)|(@import\s+)["']([^"'\\\n]*)["']|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/gi;

// ---- kept sheets ----

/** @returns {Promise<Cache | undefined>} undefined where the browser has none, or forbids it */
const store = async () => perhaps(() => caches.open(STORE))?.catch(() => undefined);

/** @param {string} route */
const addressOf = (route) => `${location.origin}${site.root}meridian/sheet${route}`;

/**
 * A name for all that sheets may be made of, where the list of files has their hashes; undefined
 * where it does not, or where browsers do not hash.
 * @returns {Promise<string | undefined>}
 */
async function keyOf() {
  if (!site.listing.complete || anyChanged(INPUTS_OF_SHEETS)) return undefined;
  const lines = [RELEASE];
  for (const file of [...site.listing.files, ...site.borrowed]) {
    const { path, git } = /** @type {{ path: string, git?: string }} */ (
      typeof file === 'string' ? { path: file } : file
    );
    if (!INPUTS_OF_SHEETS.test(path)) continue;
    if (!git) return undefined;
    lines.push(`${path} ${git}`);
  }
  const digest = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(lines.join('\n')));
  return digest && btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** @param {string} route @param {string} key @returns {Promise<string | undefined>} */
async function keptSheet(route, key) {
  const response = await (await store())?.match(addressOf(route)).catch(() => undefined);
  return response?.headers.get('etag') === key ? response.text() : undefined;
}

/** Keeps a sheet in place of its last form. @param {string[]} sheet */
async function keepSheet(...[route, key, css]) {
  const headers = { 'content-type': 'text/css', etag: key };
  const response = new Response(css, { headers });
  await (await store())?.put(addressOf(route), response).catch(() => {}); // the store is full
}
