// The engines in which the tests run, each with a module of its own: its launch, the reason why it
// can't be launched here, and touches. tests/run.py has their words in BROWSERS.

import { chromiumMissing, launchChromium, touchesInChromium } from './chromium.mjs';
import { touchesInFirefox } from './firefox-parent.mjs';
import { firefoxMissing, launchFirefox } from './firefox.mjs';
import { launchWebKit, touchesInWebKit, webkitMissing } from './webkit.mjs';

/**
 * @typedef {Record<'start' | 'move' | 'end', (...points: number[][]) => Promise<unknown>>} Touches
 */

/**
 * By the word of `tests/run.py --browser`.
 * @type {Record<string, {
 *   name: string, missing: () => string | undefined, begin: (options?: object) => Promise<any>,
 *   touches: (page: any) => Touches | Promise<Touches>,
 * }>}
 */
export const ENGINES = {
  chromium: {
    name: 'Chromium',
    missing: chromiumMissing,
    begin: launchChromium,
    touches: touchesInChromium,
  },
  firefox: {
    name: 'Firefox',
    missing: firefoxMissing,
    begin: launchFirefox,
    touches: touchesInFirefox,
  },
  webkit: {
    name: 'WebKit',
    missing: webkitMissing,
    begin: launchWebKit,
    touches: touchesInWebKit,
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
 * one browser that is closed at the file's end; `missing`: the reason to skip when it is not
 * installed. Without `names` WebKit is left to `--browser webkit`: a whole run has its time.
 * @param {(end: () => unknown) => void} after of node:test
 * @param {Record<string, object>} [options] of a launch, by the engine's name
 * @param {string[]} [names] of ENGINES
 */
export function engines(after, options = {}, names = ['chromium', 'firefox']) {
  const kinds = (chosen ? [chosen] : names).map((name) => ENGINES[name]);
  return kinds.map(({ name, missing, begin, touches }) => {
    /** @type {ReturnType<typeof begin> | undefined} */
    let browser;
    after(async () => (await browser)?.close());
    return { name, missing: missing(), touches, browser: () => (browser ??= begin(options[name])) };
  });
}
