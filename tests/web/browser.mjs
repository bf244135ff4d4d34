// The browser of the tests: this machine's Chromium, driven by playwright-core.
//
//   import { launch, browserOrSkip } from './browser.mjs';
//   test('…', async (t) => { const browser = await browserOrSkip(t); if (!browser) return; … });
//
// Chromium is looked for in $CHROMIUM and under its usual names. Where there is none a test is
// skipped and says so; with MERIDIAN_REQUIRE_BROWSER=1 (as in .ci/run) it fails instead.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

// The headless shell first: it takes half the processor time.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium on this machine, or null. */
export const findChromium = () => findProgram(process.env.CHROMIUM, NAMES, PLACES);

/**
 * The path of the first program that exists: the one that the environment names, then the names in
 * $PATH, then the places.
 * @param {string | undefined} said
 * @param {string[]} names
 * @param {string[]} places
 * @returns {string | null}
 */
export function findProgram(said, names, places) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    said,
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...places,
  ];
  return candidates.find((path) => path && isExecutable(path)) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A headless Chromium. Options are those of playwright's `chromium.launch`; `args` are added to
 * ours, which allow the browser to connect to the servers of the tests only.
 */
export async function launch(options = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in $CHROMIUM');
  const args = [
    '--disable-gpu',
    // As on a desktop: without it the headless shell has all frames of a page in one process.
    '--site-per-process',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.args ?? []),
  ];
  return chromium.launch({ headless: true, executablePath, ...options, args });
}

/**
 * A browser for the test `t`, closed when it ends; null after skipping `t` because Chromium is not
 * installed.
 */
export async function browserOrSkip(t, options = {}) {
  if (!findChromium() && !process.env.MERIDIAN_REQUIRE_BROWSER) {
    t.skip('no Chromium on this machine');
    return null;
  }
  const browser = await launch(options);
  t.after(() => browser.close());
  return browser;
}
