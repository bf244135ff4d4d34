// Runs the scripts of a mounted page as on a page load. Part of lazy.js, as many pages have none.

import { release } from './held_events.js';
import { absolute } from './links.js';
import { site } from '../base/site_state.js';
import { decode, resolve, set } from '../base/util.js';
import { settled } from '../net/fetch.js';
import { movedTo } from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';
import { renderedFile, serveScripts, setSource } from './rendered_files.js';
import { below, pathOf } from './router.js';

// A page's scripts add listeners to window and document, which outlive the page here: they are
// removed with the page, or the next DOMContentLoaded would call them again. Modules are evaluated
// only once: their listeners stay.
/** @type {(() => void)[]} */
let leaving = [];
// True during the page's load events: listeners added now belong to that page.
let waking = false;

for (const target of [window, document]) {
  const add = target.addEventListener;
  target.addEventListener = function (
    /** @type {string} */ type,
    /** @type {any} */ listener,
    /** @type {any} */ options,
  ) {
    add.call(target, type, listener, options);
    if (waking || running.has(document.currentScript)) {
      leaving.push(() => target.removeEventListener(type, listener, options));
    }
  };
}

// True once a page was left, or is patched: names that its scripts declared are still taken.
let taken = false;

/** Removes the listeners of the page that is left. */
export function leave() {
  release();
  taken = true;
  for (const forget of leaving) forget();
  leaving = [];
  window.onload = null;
}

// Scripts of the site that are running.
/** @type {WeakSet<any>} */
const running = new WeakSet();

/**
 * @typedef {import('./rendered_files.js').Ask} Ask
 *
 * @typedef {{
 *   patch?: unknown,
 *   alive: () => boolean,
 *   ask: Ask,
 * }} View `patch`: the page is patched, its scripts have run; `alive`: the reader hasn't gone on
 *   meanwhile; `ask`: the core's answer to a route
 */

/**
 * Runs scripts in the order of a page load, and dispatches the events at its end.
 * @param {HTMLScriptElement[]} scripts
 * @param {View} view
 * @param {(html: string) => Document} parse
 * @param {(page: Document) => HTMLScriptElement[]} scriptsOf those that browsers run
 */
export async function runScripts(scripts, view, parse, scriptsOf) {
  const { patch, alive, ask } = view;
  taken ||= !!patch;
  /** Scripts that the running one has written. @type {HTMLScriptElement[]} */
  let written = [];
  // After the load the browser's own document.write would open a new document.
  document.write = (...texts) => {
    const page = parse(texts.join(''));
    const by = document.currentScript;
    if (!by) return;
    written.push(...scriptsOf(page));
    by.before(...page.head.childNodes, ...page.body.childNodes);
  };
  if (scripts.length) serveScripts(ask);
  if (document.readyState === 'loading') {
    await new Promise((resolve) =>
      document.addEventListener('DOMContentLoaded', resolve, { once: true }),
    );
  }
  // Those that a script writes run before the next one.
  const runInTurn = async (/** @type {HTMLScriptElement} */ script) => {
    await run(script, ask);
    const next = written;
    written = [];
    for (const script of next) if (alive()) await runInTurn(script);
  };
  const later = [];
  const aside = [];
  if (!patch) showState(view, 'loading');
  for (const script of scripts) {
    if (!alive()) return showState(view);
    if (!document.contains(script)) continue; // equal to one that was there
    if (script.src && script.hasAttribute('async')) aside.push(run(script, ask));
    else if (script.type === 'module' || (script.src && script.defer)) later.push(script);
    else await runInTurn(script);
  }
  if (!patch && showState(view, 'interactive')) wake(document, 'readystatechange');
  for (const script of later) if (alive()) await runInTurn(script);
  if (patch || !alive()) return showState(view);
  wake(document, 'DOMContentLoaded');
  release(true);
  await Promise.all(aside);
  if (!showState(view) || !alive()) return;
  // On the first page the browser's own events may still follow, after the pictures.
  if (document.readyState !== 'complete') return;
  wake(document, 'readystatechange');
  wake(window, 'load');
}

/** The view whose scripts see another readyState than the browser's. @type {View | undefined} */
let loading;

/**
 * Sets what scripts see as document.readyState: while those of a page run, it is that of a page
 * load, or libraries would begin without the scripts below them. Without a state it is the
 * browser's again. False when scripts of the next page run already.
 * @param {View} view
 * @param {'loading' | 'interactive'} [state]
 */
function showState(view, state) {
  if (state !== 'loading' && loading !== view) return false;
  loading = state && view;
  if (state) Object.defineProperty(document, 'readyState', { configurable: true, value: state });
  else Reflect.deleteProperty(document, 'readyState');
  return true;
}

/** @param {Window | Document} target @param {string} type */
function wake(target, type) {
  waking = true;
  target.dispatchEvent(new Event(type, { bubbles: target === document }));
  waking = false;
}

/**
 * Runs a script in its place, as a file: inline text would need a policy that allows every inline
 * script. Afterwards the parser's element is put back.
 * @param {HTMLScriptElement} script
 * @param {Ask} ask
 */
async function run(script, ask) {
  const { src } = script;
  const file = src ? await renderedFile(src, ask) : undefined;
  const text = (await file?.text()) ?? script.textContent ?? '';
  const inline = !src || file;
  if ((inline && !text.trim()) || !script.isConnected) return;
  let again = false;
  const redeclared = (/** @type {ErrorEvent} */ event) => {
    // A second view of the page meets the `const`s of the first; nothing of the script has run yet.
    // On a first page two of its own scripts have one name: the second fails, as on a page load.
    if (!taken || !/SyntaxError.*(declar|duplicate)/i.test(event.message)) return;
    event.preventDefault();
    again = true;
  };
  addEventListener('error', redeclared);
  // The theme's own scripts have this release in their address, past caches; modules are imported
  // by others, too.
  const own = RELEASE && script.type !== 'module' && src.startsWith(site.folder);
  const moved = movedTo(decode(pathOf(below(resolve(src, document.baseURI)) ?? '')).slice(1));
  const address = own ? `${src}?${RELEASE}` : (moved ?? src);
  const module = script.type === 'module';
  await evaluate(script, inline ? blob(module ? absolute(text, src || undefined) : text) : address);
  if (again)
    await evaluate(script, blob(`{${inline ? text : await (await fetch(address)).text()}\n}`));
  removeEventListener('error', redeclared);
}

/** @param {HTMLScriptElement} script @param {string} url */
async function evaluate(script, url) {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes)
    if (!/^(src|async|defer)$/.test(name)) set(copy, name, value);
  copy.async = false;
  setSource(copy, url);
  running.add(copy);
  const ended = settled(copy);
  // In its place: an additional element would restyle all that follows.
  script.replaceWith(copy);
  await ended;
  copy.replaceWith(script);
}

/** @param {string} text */
const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
