// Loads what most visits do without, on its first use.

import { site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';

/** @type {Promise<typeof import('./lazy.js')> | undefined} */
let loaded;

/** Loads `more.js` (lazy.js). When it does not come it is asked for again the next time. */
export function more() {
  if (loaded) return loaded;
  const mine = (loaded = releasedScript(site.folder + 'more.js').then(
    (module) => (module.share(site), module),
  ));
  mine.catch(() => loaded === mine && (loaded = undefined));
  return mine;
}

/** Another site is open: its folder has a file of its own. */
export function forgetMore() {
  loaded = undefined;
}
