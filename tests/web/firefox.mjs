// This machine's Firefox, driven by playwright-core over WebDriver BiDi.
//
// Firefox is looked for in $FIREFOX and under its usual names. Without one, tests are skipped with
// a message; with MERIDIAN_REQUIRE_FIREFOX=1 (as in .ci/run on Debian, where apt has it) they fail
// instead. A launch takes some seconds and a context about one: a test file shares one browser and
// does much in each page.

import { firefox } from 'playwright-core';
import { completed } from './firefox-parent.mjs';
import { findProgram } from './programs.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const PLACES = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/** The path of a Firefox on this machine, or null. */
export const findFirefox = () => findProgram(process.env.FIREFOX, NAMES, PLACES);

/** The reason to skip tests in Firefox, or undefined. */
export const firefoxMissing = () =>
  findFirefox() || process.env.MERIDIAN_REQUIRE_FIREFOX ? undefined : 'no Firefox on this machine';

/**
 * A headless Firefox that connects to the servers of the tests only. Options are those of `launch`
 * in browser.mjs and of playwright's `firefox.launch`; Chromium's arguments are left out.
 */
export async function launchFirefox({
  local = [],
  keepsPages = false,
  isolated,
  args,
  ...options
} = {}) {
  void [isolated, args];
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('no Firefox found: install it, or name it in $FIREFOX');
  const browser = await firefox.launch({
    headless: true,
    channel: 'moz-firefox',
    executablePath,
    timeout: 120_000,
    ...options,
    // A window has room for the highest page of the tests.
    env: { ...process.env, MOZ_HEADLESS_WIDTH: '1920', MOZ_HEADLESS_HEIGHT: '1400' },
    // For firefox-parent.mjs.
    args: ['--remote-allow-system-access'],
    firefoxUserPrefs: {
      // A mouse, which a machine without a screen seems to lack: it is fine, and hovers.
      'ui.primaryPointerCapabilities': 6,
      'ui.allPointerCapabilities': 6,
      // A machine that stands still for seconds makes every script look as if it ran on, and one
      // that saves when the page is left as if it held that up.
      'dom.max_script_run_time': 0,
      'dom.ipc.cancel_content_js_when_navigating': false,
      // No width for scrollbars, as in the other engines of the tests.
      'ui.useOverlayScrollbars': 1,
      // The panel of downloads, which takes the keyboard.
      'browser.download.alwaysOpenPanel': false,
      // The clipboard, without a question.
      'dom.events.testing.asyncClipboard': true,
      // The driver waits for a load event, which a page that was kept does not have.
      ...(!keepsPages && { 'browser.sessionhistory.max_total_viewers': 0 }),
      ...(local.length && { 'network.dns.localDomains': local.join() }),
      ...options.firefoxUserPrefs,
    },
  });
  return completed(browser);
}
