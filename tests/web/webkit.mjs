// The third browser of the tests: this machine's WebKitGTK, driven by playwright-core through the
// program in webkit/, which speaks the protocol of playwright-core's own build of WebKit.
//
//   import { launchWebKit, webkitMissing } from './webkit.mjs';
//   test('…', { skip: webkitMissing() }, async (t) => {
//     const browser = await launchWebKit();
//     t.after(() => browser.close());
//     …
//   });
//
// It takes Python's GObject introspection with WebKit2 4.1, and Xvfb: Debian's packages
// gir1.2-webkit2-4.1, python3-gi and xvfb. Without them tests are skipped with a message; with
// MERIDIAN_REQUIRE_WEBKIT=1 (as in .ci/run on Debian) they fail instead. What WebKitGTK has no
// means for throws an error that says so.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webkit } from 'playwright-core';
import { findProgram } from './programs.mjs';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'webkit/main.mjs');
const PROBE = "import gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2";

/** @type {{ python: string, xvfb: string } | null | undefined} */
let programs;

/** The programs that WebKitGTK takes, or null. */
export function findWebKit() {
  if (programs === undefined) {
    // The system's modules belong to the system's Python, which $PATH may have another before.
    const python = [findProgram('/usr/bin/python3', [], []), findProgram('', ['python3'], [])].find(
      (path) => path && spawnSync(path, ['-c', PROBE]).status === 0,
    );
    const xvfb = findProgram('', ['Xvfb'], []);
    programs = python && xvfb ? { python, xvfb } : null;
  }
  return programs;
}

/** The reason to skip tests in WebKit, or undefined. */
export const webkitMissing = () =>
  findWebKit() || process.env.MERIDIAN_REQUIRE_WEBKIT ? undefined : 'no WebKitGTK on this machine';

/**
 * WebKitGTK on a screen of its own, which connects to the servers of the tests only. Options are
 * those of `launch` in browser.mjs and of playwright's `webkit.launch`; `args` are for others;
 * `proxy`: the way to all hosts but those of `bypass`, a list.
 */
export async function launchWebKit({
  local = [],
  proxy,
  keepsPages,
  isolated,
  args,
  ...options
} = {}) {
  void [keepsPages, isolated, args]; // it never keeps pages: view.py
  const found = findWebKit();
  if (!found)
    throw new Error('no WebKitGTK found: install gir1.2-webkit2-4.1, python3-gi and xvfb');
  return webkit.launch({
    timeout: 120_000,
    ...options,
    executablePath: process.execPath,
    ignoreDefaultArgs: true,
    args: [PROGRAM, `--options=${JSON.stringify({ ...found, local, proxy })}`],
  });
}

/** What playwright's server has of a page: its sessions. */
const delegateOf = (page) => page._connection.toImpl(page).delegate;

/**
 * Fingers on a page. `start`, `move` give the positions [x, y] of all of them, in pixels.
 * @param {import('playwright-core').Page} page
 */
export function touchesInWebKit(page) {
  const { _pageProxySession: session } = delegateOf(page);
  const send = (type, points = []) => session.send('Input.dispatchTouchEvent', { type, points });
  return {
    start: (...points) => send('start', points),
    move: (...points) => send('move', points),
    end: () => send('end'),
  };
}

/**
 * What WebKit's accessibility tree has of a page, in its order; see engines.mjs. It tells one node
 * at a time, which takes seconds for a long page.
 * @param {import('playwright-core').Page} page
 * @param {(found: any[]) => boolean} [enough]
 */
export async function accessibleInWebKit(page, enough = () => false) {
  const { _session: session } = delegateOf(page);
  const { root } = await session.send('DOM.getDocument');
  const found = [];
  const ask = (nodeId) => session.send('DOM.getAccessibilityPropertiesForNode', { nodeId });
  const visit = async (asked) => {
    const { properties } = await asked;
    const { role, label: name, headingLevel: level, ignored, childNodeIds = [] } = properties;
    if (role && !ignored) found.push({ role, name, level });
    // Of all children at once: an answer has a long way.
    const below = enough(found) ? [] : childNodeIds.map(ask);
    for (const child of below) await (enough(found) ? child : visit(child));
  };
  await visit(ask(root.nodeId));
  return found;
}
