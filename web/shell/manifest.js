// The manifest of the open site: whole, or on a large one what a page needs of it.

import { development, meta, site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';
import { readManifest } from '../net/site_sources.js';
import { recall } from './storage.js';

/** If the shell names one, or the last visit found one, nothing is requested beside it. */
export function isManifestLikely() {
  const setting = meta('manifest');
  return (setting && setting !== 'none') || recall().manifest;
}

/** @param {string} page path of the one that needs it */
export async function manifestFor(page) {
  // Authors want to see the current state; without the script all of it will do.
  const script = meta('segments') && !development && releasedScript(site.folder + 'segments.js');
  const segments = script && (await script.catch(() => {}));
  return segments ? segments.listingFor(page, site, readManifest) : readManifest();
}
