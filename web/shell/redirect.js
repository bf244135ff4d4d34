// Redirects of a page: `redirect_from` and `redirect_to`.

import { site } from '../base/site_state.js';
import { decode, resolve } from '../base/util.js';
import { locate } from '../net/site_sources.js';
import { Failure } from '../base/failure.js';
import { below, pageOf, pathOf } from './router.js';

const MAX_REDIRECTS = 10;

/** @typedef {'first' | 'push' | 'pop' | 'same'} How */

/**
 * @param {string} target
 * @param {string} route that led here
 * @param {How} how
 * @param {number} redirects so far
 * @param {(route: string, how: How, redirects: number) => Promise<void>} show
 */
export async function redirect(target, route, how, redirects, show) {
  const url = resolve(target, location.origin + site.root);
  const next = below(url);
  if (redirects >= MAX_REDIRECTS)
    throw new Failure(route, `It leads to ${target}, and from there back again.`);
  // The target is a file of the host: the browser shows it.
  const file = next && pageOf(next) === pageOf(route) && locate(decode(pathOf(next)).slice(1));
  if (file && how !== 'first') return location.assign(file);
  if (next)
    return show(
      next.includes('#') ? next : next + route.slice(pageOf(route).length),
      how,
      redirects + 1,
    );
  if (!/^https?:/.test(url?.protocol ?? '')) throw new Failure(route, `It leads to ${target}.`);
  location.replace(/** @type {URL} */ (url));
}
