// Scripts of the site: run where a page stands, as if the browser had loaded it. Of more.js, so
// that pages without scripts do without.

import { absolute } from './links.js';
import { site } from '../base/site_state.js';
import { set } from '../base/util.js';
import { settled } from '../net/fetch.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';

// A page's scripts listen on window and document, which outlive the page here: with the page its
// listeners go, or the next DOMContentLoaded would wake them again. Modules are evaluated once for
// good: what they ask for stays.
/** @type {(() => void)[]} */
let leaving = [];
// The events of a page's life are being sent: what is asked for now belongs to that page.
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

/** The page goes. */
export function leave() {
  for (const forget of leaving) forget();
  leaving = [];
  window.onload = null;
}

// Scripts of the site that run now.
/** @type {WeakSet<any>} */
const running = new WeakSet();

/**
 * Runs scripts in the order of a page load, and sends the events that end it.
 * @param {HTMLScriptElement[]} scripts
 * @param {{ patch?: unknown, alive: () => boolean }} view `patch`: the page is patched, its scripts
 *   have run; `alive`: the reader hasn't gone on meanwhile
 * @param {(html: string) => Document} parse
 */
export async function runScripts(scripts, view, parse) {
  // After the page has loaded the browser's own would begin a new document.
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
 * Runs a script in its place. It runs as a file: inline text would need a policy that allows every
 * inline script. The parser's element comes back for whoever looks for it.
 * @param {HTMLScriptElement} script
 */
async function run(script) {
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
  // The theme's are those of this release, past what a cache holds; modules are asked for by
  // others, too.
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
  // In its place: beside it, all that follows would be styled anew.
  script.replaceWith(copy);
  await ended;
  copy.replaceWith(script);
}

/** @param {string} text */
const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
