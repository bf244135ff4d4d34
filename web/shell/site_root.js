// Finds the path at which the site begins.

import { meta, site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { fetchShellFile } from '../net/fetch.js';
import { recall } from './storage.js';

/**
 * Asks for an address without fetching it into the page. An `<object>` is the one way in which
 * Chromium does not write the 404 to the console that is an expected answer here; the browser's own
 * timing then tells status and size. What the object would show is a style sheet or an error page,
 * in no case a script of the site.
 * @param {string} url
 * @returns {Promise<{ status: number, size: number } | undefined>} undefined: can't be told
 */
export function probe(url) {
  return new Promise((resolve) => {
    const object = document.createElement('object');
    object.onload = object.onerror = () => {
      object.remove();
      // The entry is written a moment after the event.
      setTimeout(() => {
        const entry = /** @type {PerformanceResourceTiming | undefined} */ (
          performance.getEntriesByName(url).pop()
        );
        resolve(
          entry?.responseStatus
            ? { status: entry.responseStatus, size: entry.decodedBodySize }
            : undefined,
        );
      }, 50);
    };
    object.data = site.trust(url);
    object.style.cssText = 'position:fixed;opacity:0';
    object.setAttribute('aria-hidden', 'true');
    document.documentElement.append(object);
  });
}

/**
 * Finds the path at which the site begins. index.html lies in it; 404.html is given at any depth
 * below it, and a host that answers every address with index.html does the same. At most one round
 * trip, for the first visit to a deep address of a host that nothing is known about.
 * @param {boolean} [elsewhere] the own folder has been tried and is not it
 */
export async function findRoot(elsewhere) {
  const said = meta('root');
  if (said !== undefined) return new URL(said.replace(/\/?$/, '/'), location.href).pathname;
  // `/a/b/c` lies in `/`, `/a/` and `/a/b/`.
  const { pathname } = location;
  const folders = [...pathname.matchAll(/\//g)].map(({ index = 0 }) =>
    pathname.slice(0, index + 1),
  );
  const here = folders[folders.length - 1];
  if (meta('shell') !== '404' && !elsewhere) return here;
  // A page's own folder can't be the root: there its index.html would have been given. The inner
  // site counts when there are two: its error page is the one that was given.
  const candidates = folders.filter((folder) => folder !== pathname).reverse();
  const known = candidates.find((folder) => 'manifest' in recall(folder));
  if ((known && !elsewhere) || candidates.length < 2) return known ?? candidates[0] ?? here;
  const found = await Promise.all(
    candidates.map(async (folder) => {
      const url = `${location.origin}${folder}meridian/theme.css`;
      // A host that answers every address with index.html has all of them: the answer itself tells.
      if (elsewhere)
        return fetchShellFile(url).then(
          () => true,
          () => false,
        );
      return (await probe(url).catch(() => undefined))?.status === 200;
    }),
  );
  return candidates.find((_, index) => found[index]) ?? '/';
}
