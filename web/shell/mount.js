// Mounts a document in the DOM: the only place where text becomes HTML. page_scripts.js runs its
// scripts.

import { site } from '../base/site_state.js';
import { prefers, set } from '../base/util.js';
import { painted, released, reportedLater, settled, task } from '../net/fetch.js';
import { bringAll, bringRest, takeRest } from './chunked_body.js';
import { arrived, holdEvents, release as releaseEvents } from './held_events.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';
import { PENDING } from '../base/sheets.js';
import { POLICY } from './stand_ins.js';
import { parse, trusted, withoutNoscript } from '../base/trusted_html.js';

/**
 * @typedef {{
 *   edit?: (page: ParentNode) => void,
 *   patch?: (from: Element, to: Element) => void,
 *   scripting: () => Promise<typeof import('./lazy.js')>,
 *   ask: (route: string) => Promise<import('../engine/abi.js').Answer>,
 *   whole?: boolean,
 *   still?: boolean,
 *   alive: () => boolean,
 *   listen: () => void,
 *   shown: () => void,
 *   restore?: (add: (element: Element) => void) => Promise<unknown>,
 *   complete: () => void,
 * }} View `edit`: changes the document before it is shown. `patch`: the page is the one that is
 *   open, made anew: it is patched so, and its scripts do not run again. `scripting`: loads what
 *   runs scripts. `ask`: the core's answer to a route. `whole`: not in pieces, somebody looks for a
 *   place in it. `still`: without a transition. `alive`: the reader hasn't gone on meanwhile.
 *   `listen`: adds the shell's listeners again. `shown`: called when the body is there, or the
 *   first screen of it; `restore`: when that is painted, puts links of style sheets back, of which
 *   it tells; `complete`: when all of the body is there, before its scripts run
 */

site.trust = (url) => trusted.createScriptURL(url);
site.parse = parse;

/**
 * How browsers lay a document out, by its doctype; compatMode does not tell limited quirks mode
 * from standards mode.
 * @param {Document} page
 */
const modeOf = ({ compatMode, doctype }) =>
  compatMode + / (trans|frames)/i.test(doctype?.publicId ?? '');

// Characters that are parsed in one task.
const CHUNK = 30_000;

/** The same; a long text is parsed in several tasks. @param {string} html */
export async function parseByAndBy(html) {
  if (html.length <= CHUNK) return parse(html);
  const page = parse('');
  html = withoutNoscript(html);
  page.open();
  for (let at = 0; at < html.length; at += CHUNK) {
    write(page, html.slice(at, at + CHUNK));
    await task();
  }
  page.close();
  return page;
}

/**
 * Replaces the open document by a parsed one.
 * @param {Document} page
 * @param {View} view
 */
export async function mount(page, view) {
  // The parser parsed the content of <noscript> as elements; with scripting it is text. Those of
  // the head are empty.
  for (const element of page.querySelectorAll('noscript')) element.textContent = element.innerHTML;
  view.edit?.(page);
  const scripts = [...page.scripts].filter(mayRun);
  const coming = scripts.length ? reportedLater(view.scripting()) : undefined;
  if (!view.patch && modeOf(page) !== modeOf(document)) {
    // What other pages' scripts hold on to would be lost: the browser opens another document.
    if (mounted) return location.reload();
    (await view.scripting()).adoptMode(page, (html) => trusted.createHTML(html));
    view.listen();
  }
  if (page.head.querySelector(POLICY)) (await view.scripting()).admitShell(page.head);
  if (coming) holdEvents(!view.patch);
  else if (!view.patch) releaseEvents();
  const old = await mergeHead(page.head, !!view.patch);
  if (!view.alive()) return;
  const { patch } = view;
  const swap = () => {
    if (patch) bringAll();
    else {
      scripting?.leave();
    }
    attributes(document.documentElement, page.documentElement, !!patch);
    attributes(document.body, page.body, !!patch);
    if (patch) patch(document.body, page.body);
    else {
      due.clear();
      // What an earlier page loaded of the shell is not requested again.
      for (const link of page.body.querySelectorAll('link[rel=preload][as=fetch]')) {
        const { href } = /** @type {HTMLLinkElement} */ (link);
        if (href.startsWith(site.folder) && performance.getEntriesByName(href)[0]) link.remove();
      }
      takeRest(page.body, view.whole);
      document.body.replaceChildren(...page.body.childNodes);
    }
    for (const element of old) element.remove();
    for (const script of scripts) due.add(script);
    view.shown();
  };
  await transition(swap, !!patch || !!view.still);
  if (!patch) await painted();
  const restored = view.restore?.((element) => brought?.add(element)).catch(String);
  await bringRest();
  if (!view.alive()) return;
  view.complete();
  await restored;
  scripting = await (coming ?? scripting);
  await scripting?.runScripts(due, view, { write, arrived, releaseEvents });
}

/**
 * Scripts of the open page that have not run: it may be patched before.
 * @type {Set<HTMLScriptElement>}
 */
const due = new Set();

/**
 * The module that runs scripts, once a page has some.
 * @type {typeof import('./page_scripts.js') | undefined}
 */
let scripting;

/**
 * Cross-fades between pages, if the browser supports it and reduced motion is not preferred.
 * @param {() => void} swap
 * @param {boolean} atOnce
 */
async function transition(swap, atOnce) {
  const page =
    /** @type {{ startViewTransition?: (swap: () => void) => Record<string, Promise<void>> }} */ (
      /** @type {unknown} */ (document)
    );
  const still = atOnce || !mounted || prefers('reduced-motion: reduce');
  mounted = true;
  if (still || !page.startViewTransition) return swap();
  const { updateCallbackDone, ready, finished } = page.startViewTransition(swap);
  ready.catch(() => {}); // skipped, because the next one came
  finished.catch(() => {});
  await updateCallbackDone;
}
let mounted = false;

/** Tells whether browsers may run a script. @param {HTMLScriptElement} script */
const mayRun = ({ type }) => /^$|script|module/i.test(type);

/** Writes HTML into a document. @param {Document} page @param {string} html */
const write = (page, html) => page.write(trusted.createHTML(html));

// ---- head and attributes ----

// The shell's own elements, which every page keeps; the empty icon is first, so that a page's own
// takes precedence.
const KEPT = `meta[name^=meridian-],${POLICY},link[href="data:,"]`;
// Milliseconds after which a style sheet no longer delays the page.
const SHEET_PATIENCE = 3000;

/** @param {Element} element */
const keyOf = (element) =>
  element instanceof HTMLLinkElement
    ? [
        element.rel,
        element.href.replace(`?${RELEASE}`, ''),
        element.media.replace(PENDING, ''),
        // A preload of the shell's has none; that of a page may become a style sheet by it.
        element.getAttribute('onload'),
      ].join(' ')
    : (element.getAttribute('data-sheet') ?? element.outerHTML);

/** @param {Element} element @returns {element is HTMLLinkElement} */
const isSheet = (element) =>
  element instanceof HTMLLinkElement && element.relList.contains('stylesheet');

// Head elements that pages brought. Those that scripts added stay: scripts may not add them again.
/** @type {Set<Element> | undefined} */
let brought;

/**
 * Adds new elements in the order of the new head, and waits for style sheets. Returns the old
 * elements to remove with the old body.
 * @param {HTMLHeadElement} head
 * @param {boolean} same
 */
async function mergeHead(head, same) {
  // A style sheet may have taken the place of another.
  const made = document.head.querySelectorAll('[data-sheet]');
  const old = [...new Set([...(brought ?? document.head.children), ...made])].filter(
    (element) => element.isConnected && !element.matches(KEPT),
  );
  brought = new Set();
  const sheets = [];
  let at = /** @type {Element | null} */ (old[0] ?? null);
  for (const next of [...head.children]) {
    const key = keyOf(next);
    // A script of the next page runs even if the last page had the same one.
    const index =
      same || next.nodeName !== 'SCRIPT' ? old.findIndex((element) => keyOf(element) === key) : -1;
    if (index >= 0) {
      const [found] = old.splice(index, 1);
      brought.add(found);
      at = found.nextElementSibling;
      // Requested by the shell, and still loading.
      if (!mounted && isSheet(found) && !found.sheet) sheets.push(settled(found));
      continue;
    }
    if (site.foreign && next instanceof HTMLLinkElement) await site.secure(next, next.href);
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
  if (!mounted || sheets.length) await checkThemeSheet(old);
  return old;
}

/**
 * Tells whether the theme's sheet has this release; otherwise it is replaced.
 * @param {Element[]} leaving those that go with the old page
 */
async function checkThemeSheet(leaving) {
  const url = site.folder + 'theme.css';
  const link = [...document.querySelectorAll('link')].find(
    (sheet) => isSheet(sheet) && sheet.href === url && !leaving.includes(sheet),
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
    // Browsers differ in the quotes and spaces of a custom property.
    return getComputedStyle(document.documentElement)
      .getPropertyValue('--release')
      .replace(/\W/g, '');
  };
  await released(url, ofSheet, (release) => release || RELEASE);
}

// Attributes that the open page set on <html> and <body>; others are from scripts and stay.
/** @type {WeakMap<Element, Map<string, string>>} */
const given = new WeakMap();

/** @param {Element} from @param {Element} to @param {boolean} same */
function attributes(from, to, same) {
  // A page without a language must not inherit that of the shell's own words.
  const before = given.get(from) ?? new Map([['lang', '']]);
  const now = new Map([...to.attributes].map(({ name, value }) => [name, value]));
  for (const [name, value] of now) if (!same || before.get(name) !== value) set(from, name, value);
  for (const name of before.keys()) if (!now.has(name)) from.removeAttribute(name);
  given.set(from, now);
}
