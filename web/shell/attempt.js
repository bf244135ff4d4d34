// What is requested before it is known whether the host has a manifest.

import { repositoryHere, requestTree } from '../net/github.js';
import { fetchSource } from '../net/site_sources.js';
import { more } from './load_lazy.js';
import { currentRoute, pathOf } from './router.js';

// Without a manifest: sources to request during its search; with a repository the first only, and
// the last two for the home page only. Each missing one is a 404 in the console, so they are few.
const LIKELY = ['_config.yml', '_data/navigation.yml', 'index.md', '_pages/about.md'];

/** Requests in parallel what may help without a manifest. */
export function attempt() {
  more();
  const repository = repositoryHere();
  const route = currentRoute();
  const names = LIKELY.slice(0, repository ? 1 : pathOf(route) === '/' ? 4 : 2);
  return {
    repository,
    response: repository ? requestTree(repository) : undefined,
    route,
    files: Promise.all(
      names.map(
        async (path) =>
          /** @type {const} */ ([path, await fetchSource(path).catch(() => undefined)]),
      ),
    ),
  };
}
