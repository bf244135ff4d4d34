// Runs the scripts of a mounted page as on a page load. Part of lazy.js, as many pages have none.

import { absolute } from './links.js';
import { site } from '../base/site_state.js';
import { OWN, decode, resolve, set } from '../base/util.js';
import { settled, task } from '../net/fetch.js';
import { movedTo } from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';
import { RELEASE } from '../base/release.js';
import { isRequested, renderedFile, serveScripts, setSource } from './rendered_files.js';
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
    if (waking || isRunning()) {
      leaving.push(() => target.removeEventListener(type, listener, options));
    }
  };
}

// True once a page was left, or is patched: names that its scripts declared are still taken.
let taken = false;

/** The load events of the open page are still to come. */
let loads = true;
/** Counts the pages that were left. */
let left = 0;

/** Removes the listeners of the page that is left. */
export function leave() {
  loads = true;
  left++;
  taken = true;
  for (const forget of leaving) forget();
  leaving = [];
  window.onload = null;
}

/** The page's script by the element that runs it. @type {WeakMap<object, HTMLScriptElement>} */
const originals = new WeakMap();

/** The script of the page that is running. */
const isRunning = () => originals.get(document.currentScript ?? {});

Object.defineProperty(globalThis.document, 'currentScript', {
  configurable: true,
  get: () => isRunning() ?? document.currentScript,
});

// Milliseconds for which the load event waits for files: some elements never say that they failed.
const LOAD_PATIENCE = 30_000;
// What a browser's load event waits for.
const AWAITED = 'img:not([loading=lazy]),iframe:not([loading=lazy]),link[rel~=stylesheet],script';
// Attributes of a script that say how it is fetched.
const FETCHED = /^(type|crossorigin|integrity|referrerpolicy|nonce|charset|fetchpriority)$/;

/**
 * @typedef {import('./rendered_files.js').Ask} Ask
 *
 * @typedef {{
 *   patch?: unknown,
 *   alive: () => boolean,
 *   ask: Ask,
 * }} View `patch`: the page is patched, its scripts have run; `alive`: the reader hasn't gone on
 *   meanwhile; `ask`: the core's answer to a route
 *
 * @typedef {{
 *   write: (page: Document, html: string) => void,
 *   arrived: WeakSet<Element>,
 *   releaseEvents: (dispatching: true) => void,
 * }} Mount `write`: HTML into a document; `arrived`: elements that have loaded or failed;
 *   `releaseEvents`: dispatches events that came before the scripts
 */

/** @param {Node} a @param {Node} b */
const inOrder = (a, b) =>
  a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

/**
 * Runs scripts in the order of a page load, and dispatches the events at its end. A page that is
 * patched meanwhile goes on with it.
 * @param {Set<HTMLScriptElement>} due those that have not run; of a patched page, also such as are
 *   equal to one that was there
 * @param {View} view
 * @param {Mount} mount
 */
export async function runScripts(due, view, { write, arrived, releaseEvents }) {
  const { patch, alive, ask } = view;
  const mine = left;
  const scripts = [...due].filter((script) => isRun(script) && document.contains(script));
  scripts.sort(inOrder);
  taken ||= !!patch;
  /**
   * What the running script writes: the parser's document, and the nodes that it gave so far.
   * @type {{ by: HTMLScriptElement, page: Document, nodes: ChildNode[] } | undefined}
   */
  let written;
  // After the load the browser's own document.write would open a new document.
  const add = (/** @type {any[]} */ ...texts) => {
    const by = isRunning();
    if (!by) return;
    if (written?.by !== by) written = { by, page: beginWriting(write), nodes: [] };
    const { page, nodes } = written;
    write(page, texts.join(''));
    // An element that is still open grows where it is.
    for (const node of [...page.body.childNodes]) {
      (nodes.at(-1) ?? by).after(node);
      nodes.push(node);
    }
  };
  document.write = add;
  document.writeln = (...texts) => add(...texts, '\n');
  for (const name of /** @type {const} */ (['open', 'close'])) {
    const native = /** @type {any} */ (Document.prototype[name]);
    // While a page is parsed they do nothing.
    document[name] = (/** @type {any[]} */ ...given) =>
      isRunning() && given.length < 3 ? document : native.apply(globalThis.document, given);
  }
  if (scripts.length) serveScripts(ask);
  if (document.readyState === 'loading') {
    await new Promise((resolve) =>
      document.addEventListener('DOMContentLoaded', resolve, { once: true }),
    );
  }
  // Those that a script writes run before the next one.
  const runInTurn = async (/** @type {HTMLScriptElement} */ script) => {
    due.delete(script);
    await run(script, ask);
    const nodes = written?.by === script ? written.nodes : [];
    written = undefined;
    for (const script of nodes.flatMap(scriptsIn).filter(isRun))
      if (alive()) await runInTurn(script);
  };
  const later = [];
  const aside = [];
  if (loads) showState(view, 'loading');
  for (const script of scripts) {
    if (!alive()) return showState(view);
    if (!document.contains(script)) continue; // one before has removed it
    if ((script.src || isModule(script)) && script.hasAttribute('async')) {
      due.delete(script);
      aside.push(run(script, ask));
    } else if (isModule(script) || (script.src && script.defer)) later.push(script);
    else await runInTurn(script);
  }
  if (loads && showState(view, 'interactive')) wake(document, 'readystatechange');
  for (const script of later) if (alive()) await runInTurn(script);
  if (!loads || !alive()) return showState(view);
  loads = false;
  wake(document, 'DOMContentLoaded');
  releaseEvents(true);
  await Promise.all(aside);
  await filesLoaded(arrived);
  // Of the first page, the browser's own event.
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener(OWN + 'load', resolve, { once: true }));
  // A patch is no other page.
  if (!showState(view) || left !== mine) return;
  wake(document, 'readystatechange');
  // Its target is the document.
  wake(window, 'load', { target: { value: globalThis.document } });
  wake(window, 'pageshow', { persisted: { value: false } });
}

/** A document for what scripts write: the parser goes on where the last text has ended.
 * @param {Mount['write']} write */
function beginWriting(write) {
  const page = site.parse('');
  page.open();
  write(page, '<!doctype html><body>');
  return page;
}

const TYPE =
  /^((text|application)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript))$/i;

/** Tells whether browsers run a script. @param {HTMLScriptElement} script */
function isRun(script) {
  const [type, language, target, event] = ['type', 'language', 'for', 'event'].map((name) =>
    script.getAttribute(name)?.trim(),
  );
  if (isModule(script)) return true;
  const kind = type ?? (language && `text/${language}`);
  if (kind ? !TYPE.test(kind) : script.type) return false;
  if (target && event && !/^window onload(\(\))?$/i.test(`${target} ${event}`)) return false;
  return !script.noModule;
}

/** @param {HTMLScriptElement} script */
const isModule = ({ type }) => /^\s*module\s*$/i.test(type);

/** @param {Node} node @returns {HTMLScriptElement[]} */
const scriptsIn = (node) =>
  node instanceof HTMLScriptElement
    ? [node]
    : node instanceof Element
      ? [...node.querySelectorAll('script')]
      : [];

/** @param {Element} element @param {WeakSet<Element>} arrived */
function isLoading(element, arrived) {
  if (element instanceof HTMLImageElement) return !element.complete;
  if (arrived.has(element)) return false;
  if (element instanceof HTMLLinkElement) return !element.sheet && !element.disabled;
  return !(element instanceof HTMLScriptElement) || isRequested(element);
}

/** Resolves when the page's files are there. @param {WeakSet<Element>} arrived */
async function filesLoaded(arrived) {
  const end = performance.now() + LOAD_PATIENCE;
  for (;;) {
    const rest = [...document.querySelectorAll(AWAITED)].filter((one) => isLoading(one, arrived));
    const time = end - performance.now();
    if (!rest.length || time < 0) break;
    await Promise.race([Promise.all(rest.map(settled)), task(time)]);
  }
  await task(); // the event of a picture that is complete may still come
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

/** @param {Window | Document} target @param {string} type @param {PropertyDescriptorMap} [more] */
function wake(target, type, more = {}) {
  waking = true;
  const event = new Event(type, { bubbles: type === 'DOMContentLoaded' });
  target.dispatchEvent(Object.defineProperties(event, more));
  waking = false;
}

/**
 * Runs a script as a file: inline text would need a policy that allows every inline script.
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
  const module = isModule(script);
  const own = RELEASE && !module && src.startsWith(site.folder);
  const moved = movedTo(decode(pathOf(below(resolve(src, document.baseURI)) ?? '')).slice(1));
  const address = own ? `${src}?${RELEASE}` : (moved ?? src);
  const type = await evaluate(
    script,
    inline ? blob(module ? absolute(text, src || undefined) : text) : address,
  );
  if (again)
    await evaluate(script, blob(`{${inline ? text : await (await fetch(address)).text()}\n}`));
  removeEventListener('error', redeclared);
  if (src) script.dispatchEvent(new Event(type));
}

/** @param {HTMLScriptElement} script @param {string} url */
async function evaluate(script, url) {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes) if (FETCHED.test(name)) set(copy, name, value);
  if (site.foreign) await site.secure(copy, url);
  setSource(copy, url);
  originals.set(copy, script);
  const ended = settled(copy);
  // Within it: an element beside it would restyle all that follows.
  script.append(copy);
  const type = await ended;
  copy.remove();
  return type;
}

/** @param {string} text */
const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
