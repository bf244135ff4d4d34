// The second browser of the tests: this machine's Firefox, driven by playwright-core over WebDriver
// BiDi.
//
//   import { firefoxMissing, launchFirefox } from './firefox.mjs';
//   test('…', { skip: firefoxMissing() }, async (t) => {
//     const browser = await launchFirefox();
//     t.after(() => browser.close());
//     …
//   });
//
// Firefox is looked for in $FIREFOX and under its usual names. Without one, tests are skipped with
// a message; with MERIDIAN_REQUIRE_FIREFOX=1 (as in .ci/run on Debian, where apt has it) they fail
// instead. A launch takes some seconds and a context about one: a test file shares one browser and
// does much in each page.

import { firefox } from 'playwright-core';
import { findProgram } from './browser.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const PLACES = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/** The path of a Firefox on this machine, or null. */
export const findFirefox = () => findProgram(process.env.FIREFOX, NAMES, PLACES);

/** The reason to skip tests in Firefox, or undefined. */
export const firefoxMissing = () =>
  findFirefox() || process.env.MERIDIAN_REQUIRE_FIREFOX ? undefined : 'no Firefox on this machine';

/**
 * A headless Firefox that connects to the servers of the tests only. Options are those of
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
