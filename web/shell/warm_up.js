// Prepares style sheets, and the theme's fonts, before there is a page.

import { development, site } from '../base/site_state.js';
import { holdNothingUp } from '../base/sheets.js';
import { document } from '../base/unclobbered.js';
import { likePreload } from '../base/util.js';
import { settled, task } from '../net/fetch.js';
import { locate } from '../net/site_sources.js';
import { more } from './load_lazy.js';
import { overlay } from './progress.js';
import { recall } from './storage.js';

// Elements that a page begins with, one for each font face of the theme.
const WORDS = [
  ['header.masthead', 'nav', 'a'],
  ['h1.page__title'],
  ['div.page__content', 'p', 'a'],
  ['div.page__content', 'p', 'em'],
  ['div.page__content', 'p', 'strong'],
  ['div.page__content', 'ul', 'li', 'code'],
];

// Milliseconds after which files are so slow that layouts fit in before them. On a quick connection
// they would delay the core: WebKit lays out the first faces for 150 ms, and lets no promise of a
// module resolve meanwhile.
const WARM_UP_AFTER = 150;

// A style sheet of the site, its source or its compiled form; an include may have such a name.
const SHEET = /^[^_].*(\.s[ac]ss|\.meridian\.css)$/;

/** @param {string} rel @param {string} href @param {string} as */
function addLink(rel, href, as = 'style') {
  const link = document.createElement('link');
  // Without `crossorigin` on the page's own origin, as likePreload has it.
  if (as === 'fetch') link.fetchPriority = 'low';
  if (as === 'fetch' && !likePreload(href).mode) link.crossOrigin = '';
  Object.assign(link, { rel, href, as });
  if (rel === 'stylesheet') holdNothingUp(link);
  if (site.foreign) site.secure(link, href).then(() => document.head.append(link));
  else document.head.append(link);
  return link;
}

/** Loads the theme's style sheet, if the shell does not. */
export function loadThemeSheet() {
  if (document.querySelector('link[rel=stylesheet]')) return undefined;
  const sheet = addLink('stylesheet', site.folder + 'theme.css');
  sheet.onerror = () => sheet.remove(); // the page asks for it once more
  return sheet;
}

/**
 * Loads what the site's own sheets of the first page take, while the core makes that page: earlier,
 * it would delay the core.
 * @param {string[]} files that the page takes
 * @param {import('./style_sheets.js').Core} core
 */
export async function loadSheets(files, core) {
  const sheets = files.filter((path) => SHEET.test(path));
  if (!sheets[0] || site.shown || development) return;
  const compiled = sheets.filter((path) => path.endsWith('.css'));
  for (const path of compiled) addLink('preload', locate(path) ?? '');
  // What the last visit has made is probably kept.
  if (!compiled[0] && !recall().sheets && !site.foreign)
    addLink('preload', site.folder + 'sass.wasm', 'fetch');
  (await more()).supplySheets(sheets, core);
}

/**
 * Lays out invisible words during the loading of files, a task for each face: the first use of a
 * font takes longer than all else in a page's style and layout.
 * @param {HTMLLinkElement | undefined} sheet the theme's
 * @param {Promise<unknown>} ready resolves when the core's files are there
 */
export async function warmUp(sheet, ready) {
  let isLate = false;
  const stop = () => (isLate = true);
  ready.then(stop, stop);
  await task(WARM_UP_AFTER);
  if (sheet && !sheet.sheet) await settled(sheet);
  for (const names of WORDS) {
    await task();
    if (isLate || site.shown) return;
    const words = overlay('visibility:hidden');
    let inner = /** @type {HTMLElement} */ (words);
    for (const name of names) {
      const [tag, className = ''] = name.split('.');
      inner.append('The first page, 1 – 2: “it’s”', (inner = document.createElement(tag)));
      inner.className = className;
    }
    inner.append('The quick brown fox');
    words.offsetWidth; // its layout is what it is for
    words.remove();
  }
}
