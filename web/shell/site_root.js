// Finds the path of the site's root.

import { meta, site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { onHost } from '../base/util.js';
import { fetchShellFile } from '../net/fetch.js';
import { isShell } from '../net/site_sources.js';
import { recall } from './storage.js';

/**
 * Whether resource timing gives the status of an `<object>`: in Chromium from 109 on. WebKit has no
 * event for a sheet in one, and Firefox neither the status nor the size of an error page.
 */
export const tellsObjects = () =>
  navigator.vendor === 'Google Inc.' && 'responseStatus' in PerformanceResourceTiming.prototype;

/**
 * Requests an address whose 404 is an expected answer.
 * @param {string} url
 * @returns {Promise<{ status: number, size: number } | undefined>} size: bytes of the response;
 *   undefined: can't be told
 */
export async function probe(url) {
  if (tellsObjects()) return probeByObject(url);
  const response = await fetch(url).catch(() => undefined);
  return response && { status: response.status, size: (await response.arrayBuffer()).byteLength };
}

/** What is known of the request for this page. */
export const navigation = () =>
  /** @type {PerformanceResourceTiming | undefined} */ (
    performance.getEntriesByType('navigation')[0]
  );

/**
 * Whether a folder has an index.html with the shell. An `<object>` would start that.
 * @param {string} folder
 */
const hasShell = (folder) =>
  fetch(`${location.origin}${folder}index.html`).then(
    async (response) => response.ok && isShell(new Uint8Array(await response.arrayBuffer())),
    () => false,
  );

/**
 * The same without an error in Chromium's console, by an `<object>`. The response is a style sheet
 * or an error page, never a script of the site.
 * @param {string} url
 * @returns {ReturnType<typeof probe>}
 */
function probeByObject(url) {
  return new Promise((resolve) => {
    const object = document.createElement('object');
    /** @type {any} a PerformanceResourceTiming */
    let entry;
    // The browser's own list ends with the page's 250th request.
    const observer = new PerformanceObserver((list) => {
      entry = list.getEntriesByName(url).pop() ?? entry;
    });
    observer.observe({ type: 'resource' });
    object.onload = object.onerror = () => {
      object.remove();
      // The timing entry appears a moment after the event.
      setTimeout(() => {
        observer.disconnect();
        resolve(
          entry?.responseStatus
            ? { status: entry.responseStatus, size: entry.decodedBodySize }
            : undefined,
        );
      }, 50);
    };
    object.data = site.trust(url);
    object.style.cssText = 'position:fixed;opacity:0';
    object.inert = true; // or the host's document would be a Tab stop
    document.documentElement.append(object);
  });
}

/**
 * Whether the host gave this page for an address that it does not have. The only file of a foreign
 * shell may be its 404 page as well.
 * @param {string} folder the page's own
 */
async function isLost(folder) {
  if (!site.foreign) return meta('shell') === '404';
  const status = navigation()?.responseStatus; // WebKit does not tell
  return folder !== '/' && (status ? status === 404 : !(await hasShell(folder)));
}

/**
 * Finds the site's root: the folder of index.html; 404.html is given at any depth below it, and a
 * host that answers every address with index.html does the same. Takes at most one round trip, on
 * the first visit to a deep address of an unknown host.
 * @param {boolean} [elsewhere] the own folder has been tried and is not it
 */
export async function findRoot(elsewhere) {
  const setting = meta('root');
  if (setting !== undefined)
    return onHost(new URL(setting.replace(/\/?$/, '/'), location.href).pathname);
  // `/a/b/c` lies in `/`, `/a/` and `/a/b/`; so does `//a//b/c` on a host that knows that page.
  const pathname = location.pathname.replace(/\/+/g, '/');
  const folders = [...pathname.matchAll(/\//g)].map(({ index = 0 }) =>
    pathname.slice(0, index + 1),
  );
  const here = folders[folders.length - 1];
  if (!elsewhere && !(await isLost(here))) return here;
  // A page's own folder can't be the root: there index.html would have been given. Of nested sites
  // the inner one counts: its error page was given.
  const candidates = folders.filter((folder) => folder !== pathname).reverse();
  const known = candidates.find((folder) => 'manifest' in recall(folder));
  if ((known && !elsewhere) || candidates.length < 2) return known ?? candidates[0] ?? here;
  const found = await Promise.all(
    // The outermost one is it where no other has the shell.
    candidates.slice(0, elsewhere ? undefined : -1).map(async (folder) => {
      if (site.foreign) return hasShell(folder);
      const url = `${location.origin}${folder}meridian/theme.css`;
      // A host that answers every address with index.html has all of them: the response shows it.
      if (elsewhere)
        return fetchShellFile(url).then(
          () => true,
          () => false,
        );
      return (await probe(url).catch(() => undefined))?.status === 200;
    }),
  );
  const all = candidates.filter((_, index) => found[index]);
  // All of them have it where the host answers every address with it.
  return all.at(site.foreign && elsewhere ? -1 : 0) ?? '/';
}
