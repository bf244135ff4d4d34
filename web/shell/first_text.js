// The beginning of the first page while the core is on its way, where the command has written what
// that takes: see first/first_text.js.

import { meta, site } from '../base/site_state.js';
import { shardOf } from '../base/hashes.js';
import { likePreload } from '../base/util.js';
import { document } from '../base/unclobbered.js';
import { parse } from '../base/trusted_html.js';
import { fetchPrepared, releasedScript, reportedLater, task } from '../net/fetch.js';
import { fetchSource } from '../net/site_sources.js';
import { more } from './load_lazy.js';
import { mount } from './mount.js';
import { anchorOf, isBack, pathOf } from './router.js';

/**
 * @typedef {{
 *   engine: import('../engine/engine.js').Engine,
 *   ask: (route: string) => Promise<import('../engine/abi.js').Answer>,
 *   alive: () => boolean,
 *   listen: () => void,
 *   arrive: (how: 'first') => void,
 * }} Place `alive`: the core's page is not about to be shown; the others are those of main.js
 */

// Milliseconds for which the core's smaller files wait: it takes longer than they.
const PATIENCE = 500;

// Characters of a source with which a window is full.
const ENOUGH = 6000;

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

/**
 * Requests the files that it takes; undefined where there are none, for a reader who comes back, or
 * looks for a place in the page, and where the page of an earlier visit is shown. `arrived`
 * resolves when they are there, or late.
 * @param {string} route
 * @param {boolean} old there is such a page
 */
export function requestFirstText(route, old) {
  const count = Number(meta('first'));
  if (!count) return undefined;
  const url = `${site.folder}first/${shardOf(pathOf(route), count)}.json`;
  // The home page's is preloaded, and has to be taken: Chromium reports what is not.
  const href = /** @type {any} */ (document.querySelector('[href*="first/"]'))?.href;
  const preloaded = href && reportedLater(fetchPrepared(href, likePreload(href)));
  if (old || isBack() || anchorOf(route)) return;
  const files = Promise.all([
    releasedScript(site.folder + 'first.js'),
    href === url ? preloaded : fetchPrepared(url, { cache: 'no-cache' }),
  ]);
  return {
    arrived: Promise.race([files.catch(String), task(PATIENCE)]),
    /** Shows it; what fails is the core's to tell. @param {Place} place */
    show: (place) => show(route, files, place).catch(() => {}),
  };
}

/**
 * @param {string} route
 * @param {Promise<[any, Uint8Array]>} files first/first_text.js as a module, and what it reads
 * @param {Place} place
 */
async function show(route, files, { engine, alive, arrive, ...view }) {
  const [module, file] = await files;
  const begin = (/** @type {string} */ path) => beginningOf(path, engine);
  const html = await module.firstText(pathOf(route), site.root, file, begin);
  if (!html || !alive()) return;
  const page = parse(html);
  page.title = document.title;
  await mount(page, {
    ...view,
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

/**
 * The text of a source as soon as there is enough of it, and whether it is all.
 * @param {string} path
 * @param {Place['engine']} engine gets the file when it has come
 * @returns {Promise<[text: string, whole: 0 | 1]>}
 */
const beginningOf = (path, engine) =>
  new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let text = '';
    /** @param {Uint8Array} part */
    const add = (part) => {
      text += decoder.decode(part, { stream: true });
      if (text.length > ENOUGH) resolve([text, 0]);
    };
    fetchSource(path, undefined, undefined, add).then((data) => {
      if (!data) return reject();
      if (!site.files.has(path)) engine.put(path, data);
      resolve([new TextDecoder().decode(data), 1]);
    }, reject);
  });
