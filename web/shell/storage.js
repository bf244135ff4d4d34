// Stores findings about the host, and pages, from one visit to the next.

import { site } from '../base/site_state.js';
import { perhaps } from '../base/util.js';

// Findings about a host, by its root. If storage is forbidden, nothing is remembered.
const STORE = 'meridian:';

/**
 * @typedef {{
 *   routes?: string, manifest?: boolean, tree?: string[], pages?: string[], news?: string[],
 *   asked?: number, lists?: boolean, tags?: Record<string, string>,
 *   sheets?: Record<string, string>, unkept?: number,
 * }} Memory `news`: sources that were not as the manifest says; `asked`: when GitHub was asked for
 *   them; `lists`: the host lists its folders; `tags`: by path, the ETag with which a source was as
 *   the manifest says, and its hash there; `sheets`: style sheets that are pages, by route, each
 *   with the path of its compiled form or nothing; `unkept`: when a service worker could not keep
 *   the site
 */

/** @param {string} [at] @returns {Memory} */
export const recall = (at = site.root) => perhaps(() => JSON.parse(localStorage[STORE + at])) ?? {};

/** @param {Memory} update */
export const remember = (update) =>
  perhaps(() => (localStorage[STORE + site.root] = JSON.stringify({ ...recall(), ...update })));

// Limits of kept pages: their number, and characters of each and of its style sheets. Browsers give
// an origin about five million.
const PAGES = 12;
const LONGEST_PAGE = 300_000;

/** @param {string} path of a page below the root @param {string} [kind] of what is kept of it */
const pageKey = (path, kind = '') => `${STORE}${site.root}${kind}:${path}`;

/**
 * A page's HTML from the last visit, if it is kept.
 * @param {string} path
 * @returns {string | undefined}
 */
export const keptPage = (path) => perhaps(() => localStorage[pageKey(path)]);

/**
 * What a kept page shows of its style sheets, by their address below the root.
 * @param {string} path of the page
 * @returns {Record<string, string> | undefined}
 */
export const keptSheets = (path) => perhaps(() => JSON.parse(localStorage[pageKey(path, 'css')]));

/** @param {string} path */
const forget = (path) => {
  for (const kind of ['', 'css']) delete localStorage[pageKey(path, kind)];
};

/**
 * Keeps a page for the next visit. The least recently seen page is removed, and all when the
 * storage is full.
 * @param {string} path
 * @param {string} html empty: there is no page any more
 */
export const keepPage = (path, html) =>
  perhaps(() => {
    const pages = [path, ...(recall().pages ?? []).filter((other) => other !== path)];
    const text = html.length > LONGEST_PAGE ? '' : html;
    // Its sheets were kept with an earlier page.
    if (keptPage(path) !== text) forget(path);
    const room = perhaps(() => ((localStorage[pageKey(path)] = text), true));
    for (const old of pages.splice(room ? PAGES : 0)) forget(old);
    remember({ pages });
  });

/**
 * Keeps what a kept page shows of its style sheets.
 * @param {string} path of the page
 * @param {Record<string, string>} sheets
 */
export const keepSheets = (path, sheets) =>
  perhaps(() => {
    const text = JSON.stringify(sheets);
    if (text.length < LONGEST_PAGE) localStorage[pageKey(path, 'css')] = text;
  });
