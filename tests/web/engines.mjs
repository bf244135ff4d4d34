// The engines in which the tests run, each with a module of its own: its launch, the reason why it
// can't be launched here, touches, and its accessibility tree. tests/run.py has their words in
// BROWSERS.

import {
  accessibleInChromium,
  chromiumMissing,
  launchChromium,
  touchesInChromium,
} from './chromium.mjs';
import { accessibleInFirefox, touchesInFirefox } from './firefox-parent.mjs';
import { firefoxMissing, launchFirefox } from './firefox.mjs';
import { borrow } from './shared-browser.mjs';
import { accessibleInWebKit, launchWebKit, touchesInWebKit, webkitMissing } from './webkit.mjs';

/**
 * @typedef {Record<'start' | 'move' | 'end', (...points: number[][]) => Promise<unknown>>} Touches
 * @typedef {{ role: string, name: string, level?: number }} Accessible of a node of the engine's
 *   own accessibility tree, which screen readers have: `role` is ARIA's, `level` a heading's
 */

/**
 * By the word of `tests/run.py --browser`.
 * @type {Record<string, {
 *   name: string, missing: () => string | undefined, begin: (options?: object) => Promise<any>,
 *   touches: (page: any) => Touches | Promise<Touches>,
 *   accessible: (page: any, enough?: (found: Accessible[]) => boolean) => Promise<Accessible[]>,
 * }>}
 */
export const ENGINES = {
  chromium: {
    name: 'Chromium',
    missing: chromiumMissing,
    begin: launchChromium,
    touches: touchesInChromium,
    accessible: accessibleInChromium,
  },
  firefox: {
    name: 'Firefox',
    missing: firefoxMissing,
    begin: launchFirefox,
    touches: touchesInFirefox,
    accessible: accessibleInFirefox,
  },
  webkit: {
    name: 'WebKit',
    missing: webkitMissing,
    begin: launchWebKit,
    touches: touchesInWebKit,
    accessible: accessibleInWebKit,
  },
};

/** The only engine of this run, or undefined. */
export const chosen = process.env.MERIDIAN_BROWSER || undefined;
if (chosen && !Object.hasOwn(ENGINES, chosen))
  throw new Error(`MERIDIAN_BROWSER=${chosen} is none of ${Object.keys(ENGINES).join(', ')}`);

/** Every engine; for `engines`. */
export const ALL = Object.keys(ENGINES);

/**
 * The engines of a test file that must hold in several of them, or the run's only one, each with
 * one browser whose contexts are closed at the end of the file; `missing`: the reason to skip when
 * it is not installed. Without `names` WebKit is left to `--browser webkit`: a whole run has its
 * time.
 * @param {(end: () => unknown) => void} after of node:test
 * @param {Record<string, object>} [options] of a launch, by the engine's name
 * @param {string[]} [names] of ENGINES
 */
export function engines(after, options = {}, names = ['chromium', 'firefox']) {
  const kinds = (chosen ? [chosen] : names).map((name) => ENGINES[name]);
  return kinds.map(({ missing, begin, ...kind }) => {
    /** @type {Promise<any> | undefined} */
    let browser;
    after(async () => (await browser)?.close());
    return {
      ...kind,
      missing: missing(),
      browser: () => (browser ??= borrow({ name: kind.name, begin }, options[kind.name])),
    };
  });
}
