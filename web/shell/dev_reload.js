// For development servers: updates the open page when files have changed.

import { MARKDOWN } from '../base/file_kinds.js';
import { site } from '../base/site_state.js';
import { address, adopt, isListed, locate, read, readManifest } from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';
import { decode, resolve } from '../base/util.js';

// Changes of these files change the page's HTML; others only files that the page loads, and those
// that the core renders.
const SOURCE = new RegExp(
  `\\.(${MARKDOWN}|x?html?|ya?ml|json|csv|tsv|liquid|xml|txt|s[ac]ss)$|(^|/)[^./]+$`,
  'i',
);
const SCRIPT = /\.m?js$/i;

/** The last report's work: one is followed after the other, so that the last one counts. */
let following = Promise.resolve(true);

/**
 * Fetches changed files again and patches the page. Resolves to true when it was patched.
 * @param {import('../engine/engine.js').Engine} engine
 * @param {() => Promise<void>} refresh makes the page anew
 * @param {string[]} [paths] relative to the source folder; without, or with a file that can't be
 *   replaced in the open document, the document is loaded anew
 */
export function reload(engine, refresh, paths) {
  const mine = following.then(() => follow(engine, refresh, paths));
  following = mine.catch(() => false);
  return mine;
}

/** @param {Parameters<typeof reload>} report */
async function follow(...[engine, refresh, paths]) {
  const ours = (/** @type {string} */ path) => path.startsWith('meridian/');
  const isSource = (/** @type {string} */ path) =>
    (SOURCE.test(path) || site.files.has(path)) && !ours(path);
  // What a script has done stays, also in the worker, which keeps the modules of plugins.
  const stays = (/** @type {string} */ path) =>
    SCRIPT.test(path) || (ours(path) && !path.endsWith('.css'));
  // A font, or a picture of a style sheet, is no element's.
  const replaces = (/** @type {string} */ path) => exchange(path) || isSource(path);
  if (!paths || paths.some(stays) || !paths.every(replaces)) {
    location.reload();
    return false;
  }
  const sources = paths.filter(isSource);
  if (!sources.length) return true;
  const results = await Promise.all(
    sources.map(async (path) => {
      const url = locate(path);
      // Not fetchSource, which gives the answer to an earlier request that is under way.
      const data = url ? await read(url, path, 'reload').catch(() => null) : null;
      if (data) engine.put(path, data);
      else engine.remove(path);
      return !data || !isListed(path);
    }),
  );
  if (results.includes(true) && site.listing.kind === 'manifest') {
    const manifest = await readManifest('reload').catch(() => undefined);
    if (manifest) engine.set('list', adopt(manifest));
  }
  await refresh();
  return true;
}

/**
 * Reloads a changed picture or style sheet. False when no element of the page has it.
 * @param {string} path
 */
function exchange(path) {
  const changed = decode((path.startsWith('meridian/') ? address(path) : locate(path)) ?? '');
  let found = false;
  for (const element of document.querySelectorAll(
    'link[href], img[src], source[src], video[src], audio[src]',
  )) {
    const name = element.hasAttribute('src') ? 'src' : 'href';
    const url = resolve(element.getAttribute(name) ?? '', document.baseURI);
    if (!url || decode(url.href.replace(/[?#].*/, '')) !== changed) continue;
    url.searchParams.set('changed', String(Date.now()));
    element.setAttribute(name, url.href);
    found = true;
  }
  return found;
}
