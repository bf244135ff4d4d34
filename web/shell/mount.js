// A whole document into the DOM: the one place where text becomes HTML. Its scripts are run by
// page_scripts.js.

import { site } from '../base/site_state.js';
import { prefers, set } from '../base/util.js';
import { painted, released, reportedLater, settled, task } from '../net/fetch.js';
import { bringAll, bringRest, takeRest } from './chunked_body.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';
import { parse, trusted } from '../base/trusted_html.js';

/**
 * @typedef {{
 *   edit?: (page: ParentNode) => void,
 *   patch?: (from: Element, to: Element) => void,
 *   scripting: () => Promise<typeof import('./page_scripts.js')>,
 *   whole?: boolean,
 *   alive: () => boolean,
 *   shown: () => void,
 *   complete: () => void,
 * }} View `edit`: changes the document before it is shown. `patch`: the page is the one that is
 *   open, made
 *   anew: it is patched so, and its scripts do not run again. `scripting`: loads what runs scripts.
 *   `whole`: not in pieces, somebody looks for a place in it. `alive`: the reader hasn't gone on
 *   meanwhile. `shown`: called when the body is there, or the first screen of it; `complete`: when
 *   all of it is, before its scripts run
 */

site.trust = (url) => trusted.createScriptURL(url);

// So many characters are parsed in one task.
const CHUNK = 30_000;

/** The same, of a long text a task for each part of it. @param {string} html */
export async function parseByAndBy(html) {
  if (html.length <= CHUNK) return parse(html);
  const page = parse('');
  page.open();
  for (let at = 0; at < html.length; at += CHUNK) {
    page.write(trusted.createHTML(html.slice(at, at + CHUNK)));
    await task();
  }
  page.close();
  return page;
}

/**
 * Puts a parsed document into the place of the one that is open.
 * @param {Document} page @param {View} view
 */
export async function mount(page, view) {
  // The parser took the content of <noscript> for elements; with scripts it is text.
  for (const element of page.querySelectorAll('noscript')) element.textContent = element.innerHTML;
  view.edit?.(page);
  const scripts = [...page.scripts].filter(
    ({ type, noModule }) => JAVASCRIPT.test(type) && !noModule,
  );
  const coming = scripts.length ? reportedLater(view.scripting()) : undefined;
  const old = await mergeHead(page.head, !!view.patch);
  if (!view.alive()) return;
  const { patch } = view;
  const swap = () => {
    if (patch) bringAll();
    else scripting?.leave();
    attributes(document.documentElement, page.documentElement, !!patch);
    attributes(document.body, page.body, !!patch);
    if (patch) patch(document.body, page.body);
    else {
      takeRest(page.body, view.whole);
      document.body.replaceChildren(...page.body.childNodes);
    }
    for (const element of old) element.remove();
    view.shown();
  };
  await transition(swap, !!patch);
  if (!patch) await painted();
  await bringRest();
  if (!view.alive()) return;
  view.complete();
  scripting = await (coming ?? scripting);
  await scripting?.runScripts(scripts, view, parse);
}

/**
 * The module that runs scripts, once a page has some.
 * @type {typeof import('./page_scripts.js') | undefined}
 */
let scripting;

/**
 * A cross-fade where the browser has it and the reader likes it.
 * @param {() => void} swap
 * @param {boolean} same
 */
async function transition(swap, same) {
  const page =
    /** @type {{ startViewTransition?: (swap: () => void) => Record<string, Promise<void>> }} */ (
      /** @type {unknown} */ (document)
    );
  const still = same || !mounted || prefers('reduced-motion: reduce');
  mounted = true;
  if (still || !page.startViewTransition) return swap();
  const { updateCallbackDone, ready, finished } = page.startViewTransition(swap);
  ready.catch(() => {}); // skipped, because the next one came
  finished.catch(() => {});
  await updateCallbackDone;
}
let mounted = false;

const JAVASCRIPT = /^(|module|(text|application)\/(java|ecma)script)$/;

// ---- head and attributes ----

// The shell's own, which every page keeps; the empty icon stands first, so that a page's own
// counts.
const KEPT = 'meta[name^=meridian-],meta[http-equiv=content-security-policy],link[href="data:,"]';
// A style sheet that has not come by then no longer holds up the page.
const SHEET_PATIENCE = 3000;

/** @param {Element} element */
const keyOf = (element) =>
  element instanceof HTMLLinkElement
    ? `${element.rel} ${element.href.replace(`?${RELEASE}`, '')} ${element.media}`
    : element.outerHTML;

/** @param {Element} element @returns {element is HTMLLinkElement} */
const isSheet = (element) =>
  element instanceof HTMLLinkElement && element.relList.contains('stylesheet');

// Elements of the head that pages brought. Those of scripts stay: they may not add them again.
/** @type {Set<Element> | undefined} */
let brought;

/**
 * Adds what is new, in the order of the new head, and waits for its style sheets. Gives back what
 * the new head does not have, to be removed with the old body.
 * @param {HTMLHeadElement} head @param {boolean} same
 */
async function mergeHead(head, same) {
  const old = [...(brought ?? document.head.children)].filter(
    (element) => element.isConnected && !element.matches(KEPT),
  );
  brought = new Set();
  const sheets = [];
  let at = /** @type {Element | null} */ (old[0] ?? null);
  for (const next of [...head.children]) {
    const key = keyOf(next);
    // A script of the next page runs, also when the last page had the same one.
    const index =
      same || next.nodeName !== 'SCRIPT' ? old.findIndex((element) => keyOf(element) === key) : -1;
    if (index >= 0) {
      const [found] = old.splice(index, 1);
      brought.add(found);
      at = found.nextElementSibling;
      // The shell has asked for it, and it has not come yet.
      if (!mounted && isSheet(found) && !found.sheet) sheets.push(settled(found));
      continue;
    }
    document.head.insertBefore(next, at);
    brought.add(next);
    if (isSheet(next) && matchMedia(next.media || 'all').matches) {
      sheets.push(settled(next));
    }
  }
  for (const element of old) brought.add(element);
  if (sheets.length) {
    await Promise.race([Promise.all(sheets), task(SHEET_PATIENCE)]);
  }
  if (!mounted || sheets.length) await checkThemeSheet();
  return old;
}

/** The theme's sheet is of this release, or is exchanged; one that did not come is of none. */
async function checkThemeSheet() {
  const url = site.folder + 'theme.css';
  const link = [...document.querySelectorAll('link')].find(
    (sheet) => isSheet(sheet) && sheet.href === url,
  );
  if (!link) return;
  const ofSheet = async (/** @type {string} */ href) => {
    if (link.href !== href) {
      const other = Object.assign(/** @type {HTMLLinkElement} */ (link.cloneNode()), { href });
      brought?.add(other);
      link.after(other);
      await settled(other);
      link.remove();
    }
    return getComputedStyle(document.documentElement).getPropertyValue('--release');
  };
  await released(url, ofSheet, (release) => release || RELEASE);
}

// Attributes that the page that is open gave to <html> and <body>; others come from scripts and
// stay.
/** @type {WeakMap<Element, Map<string, string>>} */
const given = new WeakMap();

/** @param {Element} from @param {Element} to @param {boolean} same */
function attributes(from, to, same) {
  // The language of the shell's own words is not that of a page which names none.
  const before = given.get(from) ?? new Map([['lang', '']]);
  const now = new Map([...to.attributes].map(({ name, value }) => [name, value]));
  for (const [name, value] of now) if (!same || before.get(name) !== value) set(from, name, value);
  for (const name of before.keys()) if (!now.has(name)) from.removeAttribute(name);
  given.set(from, now);
}
