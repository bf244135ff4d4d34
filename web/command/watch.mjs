// Changes of the sources, as a browser should follow them.

import { watch } from 'node:fs';

// Milliseconds without a further change that end a burst: an editor's save, a checkout.
const QUIET = 50;
// Folders of tools and of builds, and temporary files of editors: never sources of a site.
const IGNORED =
  /(^|[/\\])(node_modules|_site|\.git|\.jekyll-cache|\.sass-cache|vendor|4913|\.?#[^/\\]*|\.goutputstream[^/\\]*|[^/\\]*(~|\.sw[px]|\.tmp))([/\\]|$)/;

/**
 * Calls `report` after each burst of changes below a folder. Where the system can't watch it,
 * `complain` is told why.
 * @param {string} folder
 * @param {() => void} report
 * @param {(error: Error) => void} complain
 * @returns {() => void} ends it
 */
export function follow(folder, report, complain) {
  /** @type {NodeJS.Timeout | undefined} */
  let pending;
  const note = (/** @type {string} */ _event, /** @type {string | null} */ name) => {
    if (name && IGNORED.test(name)) return;
    clearTimeout(pending);
    pending = setTimeout(report, QUIET);
  };
  try {
    const watcher = watch(folder, { recursive: true }, note);
    watcher.on('error', complain);
    return () => {
      clearTimeout(pending);
      watcher.close();
    };
  } catch (error) {
    complain(/** @type {Error} */ (error));
    return () => {};
  }
}
