// The browser of the tests.
//
//   import { launch, browserOrSkip } from './browser.mjs';
//   test('…', async (t) => { const browser = await browserOrSkip(t); if (!browser) return; … });
//
// It is Chromium, or the engine that $MERIDIAN_BROWSER names (`python3 tests/run.py --browser`, see
// engines.mjs), with the interface of playwright's browsers as far as the tests use it.

import { after } from 'node:test';
import { ENGINES, chosen } from './engines.mjs';
import { borrow, later } from './shared-browser.mjs';

const engine = ENGINES[chosen ?? 'chromium'];

/** The reason to skip tests in the browser, or undefined. */
export const browserMissing = () => engine.missing();

/**
 * The reason to skip a test in other engines, or undefined in Chromium.
 * @param {string} why the test needs Chromium, such as "counts objects by Chromium's protocol"
 */
export const chromiumOnly = (why) =>
  engine === ENGINES.chromium ? undefined : `Chromium only: ${why}`;

/**
 * The reason to skip a test in WebKitGTK, or undefined.
 * @param {string} why it fails there, such as "tells of fingers as of a mouse"
 */
export const webkitLacks = (why) =>
  engine === ENGINES.webkit ? `not in WebKitGTK, which ${why}` : undefined;

/**
 * A headless browser that connects to the servers of the tests only. Options, beside those of the
 * engine's own launch: `local`, names of hosts that are this machine; `keepsPages`: the browser
 * keeps pages that were left, for back and forward; `isolated`: false saves a quarter of the time
 * where only the looks of a page are tested, since its frames are in its process. Files in one
 * process share a browser of the same options, see shared-browser.mjs.
 */
export const launch = (options = {}) => borrow(engine, options);

/** A browser for a helper that several files import: it begins with the first page. */
export const launchLater = () => later(launch, after);

/** Lets the pages of a context use the clipboard; playwright's WebKit has no word for writing. */
export const allowClipboard = (context) =>
  context.grantPermissions(
    engine === ENGINES.webkit ? ['clipboard-read'] : ['clipboard-read', 'clipboard-write'],
  );

/** Prints a page, on paper that nobody sees; playwright's WebKit has no word for it. */
export const print = (page) =>
  engine === ENGINES.webkit ? page.evaluate(() => globalThis.print()) : page.pdf();

/** Fingers on a page of the browser, see engines.mjs. */
export const touches = (page) => engine.touches(page);

/**
 * A browser for the test `t`, closed when it ends; null after skipping `t` because the browser is
 * not installed.
 */
export async function browserOrSkip(t, options = {}) {
  const missing = browserMissing();
  if (missing) {
    t.skip(missing);
    return null;
  }
  const browser = await launch(options);
  t.after(() => browser.close());
  return browser;
}
