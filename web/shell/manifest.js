// The manifest of the open site: whole, or on a large one what a page needs of it.

import { development, meta, site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';
import { readManifest } from '../net/site_sources.js';

/** @param {string} page path of the one that needs it */
export async function manifestFor(page) {
  // Authors want to see the current state; without the script all of it will do.
  const script = meta('segments') && !development && releasedScript(site.folder + 'segments.js');
  const segments = script && (await script.catch(() => {}));
  return segments ? segments.listingFor(page, site, readManifest) : readManifest();
}
