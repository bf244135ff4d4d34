// Opens the search of the site, whose script is loaded then. Without an index in the manifest it is
// made of the pages as the core renders them.

import { site } from '../base/site_state.js';
import { pagesOf } from '../engine/searchable_pages.js';
import { releasedScript } from '../net/fetch.js';
import { hrefOf } from './router.js';

/**
 * @param {import('../engine/searchable_pages.js').Shell & { grow(): Promise<unknown> | undefined }}
 *   shell `grow` completes the list of files
 */
export async function openSearch({ ready, grow, ...shell }) {
  const { openSearch: open } = await releasedScript(site.folder + 'search.js');
  const all = ready.then(() => (site.listing.complete ? undefined : grow()));
  await open({
    root: site.root,
    hrefOf,
    prepared: ready.then(() => !!site.listing.search),
    pages: pagesOf({ ...shell, ready: all }),
    version: () => shell.engine.version,
  });
}
