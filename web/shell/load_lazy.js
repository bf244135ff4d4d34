// Loads lazy.js on its first use.

import { site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';

/** @type {Promise<typeof import('./lazy.js')> | undefined} */
let loaded;

/** Loads `more.js` (lazy.js). After a failure the next call tries again. */
export function more() {
  if (loaded) return loaded;
  const mine = (loaded = releasedScript(site.folder + 'more.js').then(
    (module) => (module.share(site), module),
  ));
  mine.catch(() => loaded === mine && (loaded = undefined));
  return mine;
}

/** Another site is open: its folder has its own file. */
export function forgetMore() {
  loaded = undefined;
}
