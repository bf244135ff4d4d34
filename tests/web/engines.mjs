// Chromium and Firefox, for tests that must hold in both.

import { findChromium, launch } from './browser.mjs';
import { firefoxMissing, launchFirefox } from './firefox.mjs';

const chromiumMissing = () =>
  findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER
    ? undefined
    : 'no Chromium on this machine';

/**
 * The engines of a test file, each with one browser that is closed at its end; `missing`: the
 * reason to skip when it is not installed.
 * @param {(end: () => unknown) => void} after of node:test
 * @param {Record<string, object>} [options] of a launch, by the engine's name
 */
export function engines(after, options = {}) {
  const kinds = [
    { name: 'Chromium', missing: chromiumMissing(), begin: launch },
    { name: 'Firefox', missing: firefoxMissing(), begin: launchFirefox },
  ];
  return kinds.map(({ name, missing, begin }) => {
    /** @type {ReturnType<typeof launch> | undefined} */
    let browser;
    after(async () => (await browser)?.close());
    return { name, missing, browser: () => (browser ??= begin(options[name])) };
  });
}
