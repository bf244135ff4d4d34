// What is requested before it is known whether the host has a manifest.

import { CONFIGS, FRONT_MATTER } from '../base/site_files.js';
import { repositoryHere, requestTree } from '../net/github.js';
import { bareRoute, fetchSource } from '../net/site_sources.js';
import { currentRoute, pathOf } from './router.js';

/** @typedef {readonly [path: string, data: Uint8Array | null | undefined]} Tried */

const [CONFIG, OTHER] = CONFIGS;

/** @param {string} path @returns {Promise<Tried>} null: the host does not have it */
const tryOne = async (path) => [path, await fetchSource(path).catch(() => undefined)];

/**
 * Likely sources of a site without a manifest: its configuration, the source of the first page, and
 * what the configuration makes worth trying, as each missing one is a 404.
 * @param {string} route
 * @returns {{ config?: Promise<Tried[1]>, pages?: Promise<Tried>[], files: Promise<Tried[]> }}
 *   `pages`: of the first page, the most likely one first; `files`: all
 */
function likely(route) {
  const path = bareRoute(route);
  const config = tryOne(CONFIG);
  const names = path ? [`${path}.md`] : ['index.md', 'README.md'];
  const pages = path === undefined ? [] : names.map(tryOne);
  const all = async () => {
    const tried = [await config];
    const [first, ...others] = await Promise.all(pages);
    const page = first && (first[1] ?? others[0]?.[1]);
    // In a plain folder, whose pages have no front matter, it would be one more 404.
    const isPlain = page && !FRONT_MATTER.test(new TextDecoder().decode(page));
    if (tried[0][1] === null && first && !isPlain) tried.unshift(await tryOne(OTHER));
    const [settings] = tried;
    // Of Jekyll's sites it is no page.
    tried.push(...(first ? [first] : []), ...(settings[1] ? [] : others));
    const next = settings[1] ? ['_data/navigation.yml'] : [];
    if (settings[1] && path === '' && first[1] === null) next.push('_pages/about.md');
    return [...tried, ...(await Promise.all(next.map(tryOne)))];
  };
  return { config: config.then(([, data]) => data), pages, files: all() };
}

/** Requests in parallel what may help without a manifest. */
export function attempt() {
  const repository = repositoryHere();
  const route = currentRoute();
  return {
    repository,
    response: repository ? requestTree(repository) : undefined,
    route,
    ...(repository ? { files: Promise.all([tryOne(CONFIG)]) } : likely(pathOf(route))),
  };
}
