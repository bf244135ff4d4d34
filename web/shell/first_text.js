// The text of the first page while the core is on its way, where nothing was written for the site
// (first_page.js).

import { development, meta, site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { parse } from '../base/trusted_html.js';
import { compile, releasedScript, reportedLater, task } from '../net/fetch.js';
import { more } from './load_lazy.js';
import { mount } from './mount.js';
import { anchorOf, isBack, pathOf } from './router.js';

/**
 * @typedef {import('../engine/engine.js').ModuleName} ModuleName
 *
 * @typedef {{
 *   engine: import('../engine/engine.js').Engine,
 *   ask: (route: string) => Promise<import('../engine/abi.js').Answer>,
 *   alive: () => boolean,
 *   listen: () => void,
 *   arrive: (how: 'first') => void,
 * }} Place `alive`: the core's page is not about to be shown; the others are those of main.js
 */

// Milliseconds for which the core waits, for the page's source and a third of its bytes.
const PATIENCE_MS = 2000;

export const firstText = {
  /** It is what the reader sees. */
  shown: false,
  /** Resolves when it no longer is: what is opened in it would go with it. */
  over: Promise.resolve(),
  end() {
    this.shown = false;
  },
  /** A failure of the core: told in its place if there is nothing. @param {unknown} failure */
  orFail(failure) {
    if (!firstText.shown) throw failure;
  },
  /** Whether the reader has begun to read, and no longer sees what the page begins with. */
  isInUse() {
    const { activeElement, body } = document;
    return this.shown && (scrollY > 0 || activeElement !== body || !getSelection()?.isCollapsed);
  },
};

/** As the page says. */
const likelyModule = () => /** @type {ModuleName | undefined} */ (meta('markdown'));

/**
 * Requests the files that it takes; undefined where there is a manifest, for a reader who comes
 * back, or looks for a place in the page. `arrived` resolves when they are there, or late: until
 * then nothing else is to be requested.
 * @param {string} route
 * @param {Partial<ReturnType<typeof import('./attempt.js').attempt>>} [asked] likely sources
 */
export function requestFirstText(route, { config, pages } = {}) {
  if (!config || !pages?.length || development || isBack() || anchorOf(route)) return undefined;
  const folder = site.foreign ? site.folder : `${site.root}meridian/`;
  /** @type {Map<ModuleName, Promise<WebAssembly.Module>>} */
  const modules = new Map();
  /** @type {Place['engine'] | undefined} */
  let engine;
  const load = (/** @type {ModuleName} */ name) => {
    const module = modules.get(name) ?? reportedLater(compile(`${folder}${name}.wasm`));
    if (!modules.has(name) && engine) give(engine, name, module);
    modules.set(name, module);
    return module;
  };
  // What `meridian init` expects.
  const likely = likelyModule();
  if (likely) load(likely);
  const made = reportedLater(
    releasedScript(site.folder + 'first-page.js').then(({ firstPage }) =>
      firstPage({
        route: pathOf(route),
        root: site.root,
        folder,
        config,
        pages,
        load,
      }),
    ),
  );
  return {
    arrived: Promise.race([made.catch(String), task(PATIENCE_MS)]),
    /** Shows it; what fails is the core's to tell. @param {Place} place */
    show(place) {
      engine = place.engine;
      for (const [name, module] of modules) give(engine, name, module);
      return made.then((html) => show(route, html, place)).catch(() => {});
    },
  };
}

/**
 * Gives the core a module that is on its way.
 * @param {Place['engine']} engine
 * @param {ModuleName} name
 * @param {Promise<WebAssembly.Module>} module
 */
function give(engine, name, module) {
  const given = module.then((it) => engine.addModule(name, it));
  engine.coming.set(name, reportedLater(given.finally(() => engine.coming.delete(name))));
}

/**
 * Requests the module of the site's Markdown beside the core, where requestFirstText() does not.
 * @param {Place['engine']} engine
 * @param {Promise<unknown>} [turn] after which the core is requested
 */
export async function requestModule(engine, turn) {
  const name = likelyModule();
  await turn;
  if (name) give(engine, name, compile(`${site.folder}${name}.wasm`)); // the core asks again
}

/**
 * @param {string} route
 * @param {string | undefined} html
 * @param {Place} place
 */
async function show(route, html, { engine, alive, arrive, ...view }) {
  if (!html || !alive()) return;
  const page = parse(html);
  page.title ||= document.title;
  await mount(page, {
    ...view,
    // Of the shell it names the style sheet alone, by its whole address.
    edit: site.byPath ? undefined : (await more()).rewrite,
    scripting: more,
    whole: true,
    alive,
    shown: () => {
      firstText.shown = true;
      firstText.over = new Promise((resolve) => {
        firstText.end = () => {
          firstText.shown = false;
          resolve();
        };
      });
      site.shown = route;
      arrive('first');
    },
    complete: () => {},
  });
}
