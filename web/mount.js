// A whole document into the DOM: the one place where text becomes HTML, and where scripts of the site are run.

import { perhaps, prefers, site } from './host.js';
import { task } from './loader.js';
import { bringAll, bringRest, takeRest } from './pieces.js';

/**
 * @typedef {{
 *   edit?: (page: ParentNode) => void,
 *   patch?: (from: Element, to: Element) => void,
 *   absolute: (module: string) => Promise<string>,
 *   whole?: boolean,
 *   alive: () => boolean,
 *   shown: () => void,
 *   complete: () => void,
 * }} View `edit`: changes the document before it is shown. `patch`: the page is the one that is open, made
 *   anew: it is patched so, and its scripts do not run again. `absolute`: writes the imports of an inline module, which is run as a file,
 *   so that they lead where they did. `whole`: not in pieces, somebody looks for a place in it. `alive`: the reader hasn't gone on
 *   meanwhile. `shown`: called when the body is there, or the first screen of it; `complete`: when all of it is, before its scripts run
 */

/** @typedef {{ createHTML(text: string): string, createScriptURL(url: string): string }} Policy */
const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (
  /** @type {unknown} */ (window)
);
/** @type {Policy} */
const asItIs = { createHTML: (text) => text, createScriptURL: (url) => url };
const trusted = trustedTypes?.createPolicy('meridian', asItIs) ?? asItIs;
site.trust = (url) => trusted.createScriptURL(url);

/** A document that runs nothing and loads nothing. @param {string} html */
export const parse = (html) => new DOMParser().parseFromString(trusted.createHTML(html), 'text/html');

/**
 * Puts a parsed document into the place of the one that is open.
 * @param {Document} page @param {View} view
 */
export async function mount(page, view) {
  // The parser took the content of <noscript> for elements; with scripts it is text.
  for (const element of page.querySelectorAll('noscript')) element.textContent = element.innerHTML;
  view.edit?.(page);
  const scripts = [...page.scripts].filter(({ type, noModule }) => JAVASCRIPT.test(type) && !noModule);
  const old = await mergeHead(page.head, !!view.patch);
  if (!view.alive()) return;
  const { patch } = view;
  const swap = () => {
    if (patch) bringAll();
    else leave();
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
  await bringRest();
  if (!view.alive()) return;
  view.complete();
  await runScripts(scripts, view);
}

/** A cross-fade where the browser has it and the reader likes it. @param {() => void} swap @param {boolean} same */
async function transition(swap, same) {
  const page = /** @type {{ startViewTransition?: (swap: () => void) => Record<string, Promise<void>> }} */ (
    /** @type {unknown} */ (document)
  );
  const still = same || prefers('reduced-motion: reduce') || !mounted;
  mounted = true;
  if (still || !page.startViewTransition) return swap();
  const { updateCallbackDone, ready, finished } = page.startViewTransition(swap);
  ready.catch(() => {}); // skipped, because the next one came
  finished.catch(() => {});
  await updateCallbackDone;
}
let mounted = false;

// ---- head and attributes ----------------------------------------------------------------------------------------

/** Where a policy asks for Trusted Types, code in an attribute is refused: it alone. @param {Element} element @param {string} name @param {string} value */
const set = (element, name, value) => perhaps(() => element.setAttribute(name, value));

// The shell's own, which every page keeps; the empty icon stands first, so that a page's own counts.
const KEPT = 'meta[name^=meridian-],meta[http-equiv=content-security-policy],link[href="data:,"]';
// A style sheet that has not come by then no longer holds up the page.
const SHEET_PATIENCE = 3000;

/** @param {Element} element */
const keyOf = (element) =>
  element instanceof HTMLLinkElement ? `${element.rel} ${element.href} ${element.media}` : element.outerHTML;

// What pages brought into the head. What scripts put there stays: they may not do it again.
/** @type {Set<Element> | undefined} */
let brought;

/**
 * Adds what is new, in the order of the new head, and waits for its style sheets. Gives back what the new head does not
 * have, to be removed with the old body.
 * @param {HTMLHeadElement} head @param {boolean} same
 */
async function mergeHead(head, same) {
  const old = [...(brought ?? document.head.children)].filter((element) => element.isConnected && !element.matches(KEPT));
  brought = new Set();
  const sheets = [];
  let at = /** @type {Element | null} */ (old[0] ?? null);
  for (const next of [...head.children]) {
    const key = keyOf(next);
    // A script of the next page runs, also when the last page had the same one.
    const index = same || next.nodeName !== 'SCRIPT' ? old.findIndex((element) => keyOf(element) === key) : -1;
    if (index >= 0) {
      const [found] = old.splice(index, 1);
      brought.add(found);
      at = found.nextElementSibling;
      continue;
    }
    document.head.insertBefore(next, at);
    brought.add(next);
    if (next instanceof HTMLLinkElement && next.relList.contains('stylesheet') && matchMedia(next.media || 'all').matches) {
      sheets.push(settled(next));
    }
  }
  for (const element of old) brought.add(element);
  if (sheets.length) {
    await Promise.race([Promise.all(sheets), task(SHEET_PATIENCE)]);
  }
  return old;
}

/** @param {Element} element */
const settled = (element) =>
  new Promise((resolve) => {
    for (const type of ['load', 'error']) element.addEventListener(type, () => resolve(type), { once: true });
  });

// What the page that is open gave to <html> and <body>; other attributes come from scripts and stay.
/** @type {WeakMap<Element, Map<string, string>>} */
const given = new WeakMap();

/** @param {Element} from @param {Element} to @param {boolean} same */
function attributes(from, to, same) {
  const before = given.get(from) ?? new Map();
  const now = new Map([...to.attributes].map(({ name, value }) => [name, value]));
  for (const [name, value] of now) if (!same || before.get(name) !== value) set(from, name, value);
  for (const name of before.keys()) if (!now.has(name)) from.removeAttribute(name);
  given.set(from, now);
}

// ---- scripts ----------------------------------------------------------------------------------------------------

// A page's scripts listen on window and document, which outlive the page here: with the page its listeners go, or the
// next DOMContentLoaded would wake them again. Modules are evaluated once for good: what they ask for stays.
/** @type {(() => void)[]} */
let leaving = [];
// The events of a page's life are being sent: what is asked for now belongs to that page.
let waking = false;

for (const target of [window, document]) {
  const add = target.addEventListener;
  target.addEventListener = function (/** @type {string} */ type, /** @type {any} */ listener, /** @type {any} */ options) {
    add.call(target, type, listener, options);
    if (waking || running.has(document.currentScript)) {
      leaving.push(() => target.removeEventListener(type, listener, options));
    }
  };
}

function leave() {
  for (const forget of leaving) forget();
  leaving = [];
  window.onload = null;
}

// Scripts of the site that run now.
/** @type {WeakSet<any>} */
const running = new WeakSet();

const JAVASCRIPT = /^(|module|(text|application)\/(java|ecma)script)$/;

/**
 * Runs scripts in the order of a page load, and sends the events that end it.
 * @param {HTMLScriptElement[]} scripts @param {View} view
 */
async function runScripts(scripts, view) {
  const { patch, alive } = view;
  if (document.readyState === 'loading') {
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }
  const later = [];
  const aside = [];
  for (const script of scripts) {
    if (!alive()) return;
    if (!document.contains(script)) continue; // equal to one that was there
    if (script.src && script.hasAttribute('async')) aside.push(run(script, view));
    else if (script.type === 'module' || (script.src && script.defer)) later.push(script);
    else await run(script, view);
  }
  for (const script of later) if (alive()) await run(script, view);
  if (patch || !alive()) return;
  wake(document, 'DOMContentLoaded');
  await Promise.all(aside);
  // On the first page the browser's own event may still be to come, after the pictures.
  if (alive() && document.readyState === 'complete') wake(window, 'load');
}

/** @param {Window | Document} target @param {string} type */
function wake(target, type) {
  waking = true;
  target.dispatchEvent(new Event(type, { bubbles: target === document }));
  waking = false;
}

/**
 * Runs a script in its place. It runs as a file: inline text would need a policy that allows every inline script. The
 * parser's element comes back for whoever looks for it.
 * @param {HTMLScriptElement} script @param {View} view
 */
async function run(script, view) {
  const text = script.textContent ?? '';
  if (!script.src && !text.trim()) return;
  let again = false;
  const redeclared = (/** @type {ErrorEvent} */ event) => {
    // A page's second view meets the `const`s of its first; nothing of the script has run yet.
    if (!/SyntaxError.*(declar|duplicate)/i.test(event.message)) return;
    event.preventDefault();
    again = true;
  };
  addEventListener('error', redeclared);
  await evaluate(script, script.src || blob(script.type === 'module' ? await view.absolute(text) : text));
  if (again) await evaluate(script, blob(`{${script.src ? await (await fetch(script.src)).text() : text}\n}`));
  removeEventListener('error', redeclared);
}

/** @param {HTMLScriptElement} script @param {string} url */
async function evaluate(script, url) {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes) if (!/^(src|async|defer)$/.test(name)) set(copy, name, value);
  copy.async = false;
  copy.src = site.trust(url);
  running.add(copy);
  const ended = settled(copy);
  // In its place: beside it, all that follows would be styled anew.
  script.replaceWith(copy);
  await ended;
  copy.replaceWith(script);
}

// After the page has loaded the browser's own would begin a new document.
document.write = (...texts) => document.currentScript?.before(...parse(texts.join('')).body.childNodes);

/** @param {string} text */
const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
