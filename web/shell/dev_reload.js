// For development servers: updates the open page when files have changed.

import { site } from '../base/site_state.js';
import {
  address,
  adopt,
  fetchSource,
  isListed,
  locate,
  readManifest,
} from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';

// Changes of these files change the page's HTML; others only files that the page loads, and those
// that the core renders.
const SOURCE =
  /\.(md|markdown|mkdn?|mkd|x?html?|ya?ml|json|csv|tsv|liquid|xml|txt|s[ac]ss)$|(^|\/)[^./]+$/i;

/**
 * Fetches changed files again and patches the page. Resolves to true when it was patched.
 * @param {import('../engine/engine.js').Engine} engine
 * @param {() => Promise<void>} refresh makes the page anew
 * @param {string[]} [paths] relative to the source folder; without, or with one of the shell's own
 *   or of a plugin, the document is loaded anew
 */
export async function reload(engine, refresh, paths) {
  const ours = (/** @type {string} */ path) => path.startsWith('meridian/');
  // The worker keeps the modules of plugins, and what they import.
  const stays = (/** @type {string} */ path) =>
    (ours(path) && !path.endsWith('.css')) || /^_plugins\/.*\.js$/.test(path);
  if (!paths || paths.some(stays)) {
    location.reload();
    return false;
  }
  for (const path of paths) exchange(path);
  const sources = paths.filter(
    (path) => (SOURCE.test(path) || site.files.has(path)) && !ours(path),
  );
  if (!sources.length) return true;
  const results = await Promise.all(
    sources.map(async (path) => {
      const data = await fetchSource(path, 'reload').catch(() => null);
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

/** Reloads a changed picture or style sheet. @param {string} path */
function exchange(path) {
  const changed = path.startsWith('meridian/') ? address(path) : locate(path);
  for (const element of document.querySelectorAll(
    'link[href], img[src], source[src], video[src], audio[src]',
  )) {
    const name = element.hasAttribute('src') ? 'src' : 'href';
    const url = new URL(element.getAttribute(name) ?? '', document.baseURI);
    if (url.href.replace(/[?#].*/, '') !== changed) continue;
    url.searchParams.set('changed', String(Date.now()));
    element.setAttribute(name, url.href);
  }
}
