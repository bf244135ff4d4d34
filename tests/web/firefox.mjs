// The second engine of the tests: this machine's Firefox, driven by playwright-core over WebDriver
// BiDi.
//
//   import { firefoxMissing, launchFirefox } from './firefox.mjs';
//   test('…', { skip: firefoxMissing() }, async (t) => {
//     const browser = await launchFirefox();
//     t.after(() => browser.close());
//     …
//   });
//
// Firefox is looked for in $FIREFOX and under its usual names. Where there is none a test is
// skipped and says so; with MERIDIAN_REQUIRE_FIREFOX=1 (as in .ci/run on Debian, where apt has it)
// it fails instead. A launch takes some seconds, and a context about one: a test file has one
// browser, and puts much into a page.

import { firefox } from 'playwright-core';
import { findProgram } from './browser.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const PLACES = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/** The path of a Firefox on this machine, or null. */
export const findFirefox = () => findProgram(process.env.FIREFOX, NAMES, PLACES);

/** Why the tests can't run in Firefox, or undefined. */
export const firefoxMissing = () =>
  findFirefox() || process.env.MERIDIAN_REQUIRE_FIREFOX ? undefined : 'no Firefox on this machine';

/**
 * A headless Firefox that talks to nobody but the servers of the tests. Options are those of
 * playwright's `firefox.launch`.
 */
export async function launchFirefox(options = {}) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('no Firefox found: install it, or name it in $FIREFOX');
  return firefox.launch({
    headless: true,
    channel: 'moz-firefox',
    executablePath,
    timeout: 120_000,
    ...options,
  });
}
