// Lets a service worker keep the site for visits without a network, where the site asks for it.

import { address } from '../net/site_sources.js';
import { FOREIGN } from '../base/foreign.js';
import { development, site } from '../base/site_state.js';
import { recall, remember } from './storage.js';

// Milliseconds until the next try when the site could not be kept, for example for lack of room:
// each try fetches it.
const AGAIN = 86_400_000;

/**
 * Not on the author's own machine, where pages must show the current files; not where the reader
 * saves data; and not where addresses are `#/path/`, which a worker does not see.
 */
export function keepOffline() {
  const { serviceWorker, connection } = /** @type {any} */ (navigator);
  const { routes, unkept = 0 } = recall();
  if (!site.listing.offline || development || connection?.saveData || routes !== 'path') return;
  if (Date.now() - unkept < AGAIN) return;
  const file = address('meridian-offline.js');
  serviceWorker
    ?.register(site.trust(site.foreign ? file + FOREIGN : file), {
      scope: site.root,
      updateViaCache: 'none',
    })
    .then((/** @type {ServiceWorkerRegistration} */ { installing }) => {
      if (!installing) return;
      installing.onstatechange = () =>
        installing.state === 'redundant' && remember({ unkept: Date.now() });
    })
    .catch(() => {}); // storage may be forbidden, or the file missing
}
