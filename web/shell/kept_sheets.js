// Keeps what a page shows of its style sheets for the next visit, which shows it with the page at
// once (stand_ins.js), and puts the links of such a page back.

import { PENDING } from '../base/sheets.js';
import { document } from '../base/unclobbered.js';
import { perhaps } from '../base/util.js';
import { settled, task } from '../net/fetch.js';
import { read } from '../net/site_sources.js';
import { keepSheets, keptPage } from './storage.js';
import { rulesFor } from './used_rules.js';

/**
 * @typedef {object} Sheet of the open page
 * @property {string} target its address below the root, as the page's source has it
 * @property {HTMLLinkElement} link
 * @property {() => string | undefined} made its text, if it is made here
 * @property {(css: string) => string} absolute resolves relative addresses
 */

// Milliseconds between showing a page and keeping its sheets.
const KEEP_AFTER = 500;
// A sheet that comes in two steps, or is not in UTF-8.
const UNFIT = /@import|\uFFFD/i;
// Characters of a sheet: its rules are picked in one task.
const LONGEST_SHEET = 300_000;

/** What links of the open document have brought, by address. @type {Map<string, string>} */
const texts = new Map();

/**
 * Keeps what a page shows of its sheets: browsers parse all declarations of a `<style>` at once, so
 * that a whole sheet would take longer than a request to their cache.
 * @param {string} path of the page
 * @param {Sheet[]} sheets all of the site that it waits for
 */
export async function keep(path, sheets) {
  await task(KEEP_AFTER);
  /** @type {Record<string, string>} */
  const kept = {};
  for (const sheet of sheets) {
    const css = await textOf(sheet);
    const html = keptPage(path);
    if (!html || css === undefined || css.length > LONGEST_SHEET || UNFIT.test(css)) return;
    kept[sheet.target] = rulesFor(html, css);
  }
  keepSheets(path, kept);
}

/** @param {Sheet} sheet */
async function textOf({ link, target, made, absolute }) {
  const { href } = link;
  // An equal link of an earlier page may have stayed.
  const open = document.contains(link)
    ? link
    : [...document.querySelectorAll('link')].find((one) => one.href === href);
  if (!open) return made();
  if (!open.sheet) await settled(open);
  if (isMissing(open)) return '';
  if (!open.sheet) return undefined;
  const bytes = texts.has(href) ? undefined : await read(href, target, 'force-cache').catch(String);
  if (bytes instanceof Uint8Array) texts.set(href, absolute(new TextDecoder().decode(bytes)));
  return texts.get(href);
}

/**
 * Tells whether the host does not have a sheet that is there and empty: asking for it again would
 * be another error in the console.
 * @param {HTMLLinkElement} link
 */
function isMissing({ href, sheet }) {
  if (perhaps(() => sheet?.cssRules.length)) return false;
  const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(href));
  // WebKit has no status.
  return entries.some(({ responseStatus, decodedBodySize }) =>
    responseStatus === undefined ? !decodedBodySize : responseStatus === 404,
  );
}

/**
 * Puts an element in the place of a `<style>` with the same sheet in an earlier form, which stays
 * until the element's sheet is there.
 * @param {Element} style
 * @param {Element} element
 */
export async function displace(style, element) {
  if (!style.isConnected) return;
  if (element instanceof HTMLLinkElement) {
    const { media } = element;
    // Until it is there it must not hold up frames, as WebKit has it.
    element.media = PENDING;
    style.before(element);
    await settled(element);
    // One that can't be had; of a compiled sheet another element has taken its place.
    if (element.isConnected && !perhaps(() => element.sheet?.cssRules.length)) return;
    element.media = media;
    if (!media) element.removeAttribute('media');
    // WebKit loads it again for its medium.
    const isPending = !element.sheet || element.sheet.media.mediaText === PENDING;
    if (element.isConnected && isPending) await settled(element);
  } else style.before(element);
  style.remove();
}
