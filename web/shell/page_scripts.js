// Runs the scripts of a mounted page as on a page load. Part of lazy.js, as many pages have none.

import { absolute } from './links.js';
import { site } from '../base/site_state.js';
import { set } from '../base/util.js';
import { settled } from '../net/fetch.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';

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

/** Removes the listeners of the page that is left. */
export function leave() {
  for (const forget of leaving) forget();
  leaving = [];
  window.onload = null;
}

// Scripts of the site that are running.
/** @type {WeakSet<any>} */
const running = new WeakSet();

/**
 * Runs scripts in the order of a page load, and dispatches the events at its end.
 * @param {HTMLScriptElement[]} scripts
 * @param {{ patch?: unknown, alive: () => boolean }} view `patch`: the page is patched, its scripts
 *   have run; `alive`: the reader hasn't gone on meanwhile
 * @param {(html: string) => Document} parse
 */
export async function runScripts(scripts, view, parse) {
  // After the load the browser's own document.write would open a new document.
  document.write = (...texts) =>
    document.currentScript?.before(...parse(texts.join('')).body.childNodes);
  const { patch, alive } = view;
  if (document.readyState === 'loading') {
    await new Promise((resolve) =>
      document.addEventListener('DOMContentLoaded', resolve, { once: true }),
    );
  }
  const later = [];
  const aside = [];
  for (const script of scripts) {
    if (!alive()) return;
    if (!document.contains(script)) continue; // equal to one that was there
    if (script.src && script.hasAttribute('async')) aside.push(run(script));
    else if (script.type === 'module' || (script.src && script.defer)) later.push(script);
    else await run(script);
  }
  for (const script of later) if (alive()) await run(script);
  if (patch || !alive()) return;
  wake(document, 'DOMContentLoaded');
  await Promise.all(aside);
  // On the first page the browser's own event may still follow, after the pictures.
  if (alive() && document.readyState === 'complete') wake(window, 'load');
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
 */
async function run(script) {
  const text = script.textContent ?? '';
  if (!script.src && !text.trim()) return;
  let again = false;
  const redeclared = (/** @type {ErrorEvent} */ event) => {
    // A second view of the page meets the `const`s of the first; nothing of the script has run yet.
    if (!/SyntaxError.*(declar|duplicate)/i.test(event.message)) return;
    event.preventDefault();
    again = true;
  };
  addEventListener('error', redeclared);
  // The theme's own scripts have this release in their address, past caches; modules are imported
  // by others, too.
  const own = RELEASE && script.type !== 'module' && script.src.startsWith(site.folder);
  await evaluate(
    script,
    own
      ? `${script.src}?${RELEASE}`
      : script.src || blob(script.type === 'module' ? absolute(text) : text),
  );
  if (again)
    await evaluate(
      script,
      blob(`{${script.src ? await (await fetch(script.src)).text() : text}\n}`),
    );
  removeEventListener('error', redeclared);
}

/** @param {HTMLScriptElement} script @param {string} url */
async function evaluate(script, url) {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes)
    if (!/^(src|async|defer)$/.test(name)) set(copy, name, value);
  copy.async = false;
  copy.src = site.trust(url);
  running.add(copy);
  const ended = settled(copy);
  // In its place: an additional element would restyle all that follows.
  script.replaceWith(copy);
  await ended;
  copy.replaceWith(script);
}

/** @param {string} text */
const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
