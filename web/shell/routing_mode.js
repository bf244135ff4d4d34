// How pages are addressed: by real paths where the host gives the shell for unknown ones, else by
// hashes.

import { meta, site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { more } from './load_lazy.js';
import { showAddress } from './router.js';
import { recall, remember } from './storage.js';

/** Determines the routing mode: from an earlier visit, else by a request. */
export async function findRouting() {
  const setting = meta('routes') ?? site.listing.routes ?? recall().routes;
  const paths = setting
    ? setting !== 'hash'
    : meta('shell') === '404' ||
      !!site.gives ||
      /\.github\.io$/.test(location.hostname) ||
      (site.gives !== '' && (await (await more()).givesShell()));
  remember({ routes: paths ? 'path' : 'hash' });
  if (paths === site.byPath) return;
  site.byPath = paths;
  // Links were written for paths that this host does not have.
  (await more()).rewrite(document.body, true);
  showAddress(site.shown, false);
}
