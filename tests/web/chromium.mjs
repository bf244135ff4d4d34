// This machine's Chromium, driven by playwright-core.
//
// Chromium is looked for in $CHROMIUM and under its usual names. Without one, tests are skipped
// with a message; with MERIDIAN_REQUIRE_BROWSER=1 (as in .ci/run) they fail instead.

import { chromium } from 'playwright-core';
import { findProgram } from './programs.mjs';

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

/** The reason to skip tests in Chromium, or undefined. */
export const chromiumMissing = () =>
  findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER
    ? undefined
    : 'no Chromium on this machine';

/**
 * A headless Chromium. Options are those of `launch` in browser.mjs and of playwright's
 * `chromium.launch`; `args` are added to ours, which allow the browser to connect to the servers of
 * the tests only.
 */
export async function launchChromium({
  local = [],
  keepsPages = false,
  isolated = true,
  ...options
} = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in $CHROMIUM');
  const args = [
    '--disable-gpu',
    // As on a desktop: without it the headless shell has all frames of a page in one process.
    isolated ? '--site-per-process' : '--disable-site-isolation-trials',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(local.length
      ? [`--host-resolver-rules=${local.map((name) => `MAP ${name} 127.0.0.1`).join()}`]
      : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.args ?? []),
  ];
  return chromium.launch({
    headless: true,
    executablePath,
    // The driver disables the back/forward cache.
    ...(keepsPages && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    ...options,
    args,
  });
}

/**
 * Fingers on a page. `start`, `move` give the positions [x, y] of all of them, in pixels.
 * @param {import('playwright-core').Page} page
 */
export async function touchesInChromium(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  return {
    start: (...points) => send('touchStart', points),
    move: (...points) => send('touchMove', points),
    end: () => send('touchEnd', []),
  };
}

// Milliseconds for the tree. Asked while it opens a page, Chromium sometimes never answers.
const AX_PATIENCE = 5000;

/**
 * What Chromium's accessibility tree has of a page, in its order; see engines.mjs. Empty when there
 * was no answer: ask again.
 * @param {import('playwright-core').Page} page
 */
export async function accessibleInChromium(page) {
  const session = await page.context().newCDPSession(page);
  const answer = await Promise.race([
    session.send('Accessibility.getFullAXTree'),
    new Promise((resolve) => setTimeout(resolve, AX_PATIENCE)),
  ]);
  session.detach().catch(() => {});
  if (!answer) return [];
  const { nodes } = answer;
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const found = [];
  const visit = ({ ignored, role, name, properties = [], childIds = [] }) => {
    const level = properties.find((property) => property.name === 'level')?.value.value;
    if (!ignored) found.push({ role: role.value, name: name?.value ?? '', level });
    // The options of a closed select, which are items of a menu in older versions.
    if (role.value === 'MenuListPopup') return;
    for (const id of childIds) if (byId.has(id)) visit(byId.get(id));
  };
  visit(nodes[0]);
  return found;
}
