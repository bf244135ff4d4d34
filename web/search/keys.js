// On written pages: opens the search by its button and its keys. All else is loaded then. Delivered
// as `search-keys.js`.

import { SEARCH, listenForSearch } from '../base/search_keys.js';
import { document } from '../base/unclobbered.js';
import { onHost } from '../base/util.js';

const root = onHost(new URL('..', import.meta.url).pathname);

listenForSearch(() =>
  import('./open.js').then(
    ({ openSearch }) => openSearch({ root }),
    (error) => console.warn(`The search can’t be loaded: ${error}`),
  ),
);
for (const button of document.querySelectorAll(SEARCH)) button.removeAttribute('hidden');
