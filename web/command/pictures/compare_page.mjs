// One page of both builds: its pictures, and how they differ.

import { within } from './browser.mjs';
import { difference, placeOf, settle } from './in_page.mjs';

// Milliseconds for a page to load, and then for its pictures and fonts; what is there is compared.
const LOAD_PATIENCE = 15_000;
const REST_PATIENCE = 5000;
// Rows of a page that are compared: three pictures of them beside each other take 130 MB.
export const MOST_ROWS = 8192;
const WINDOW_HEIGHT = 800;
// Of 255: how gradients and edges are rounded is no difference.
const SLIGHT = 8;
// Rows: lines of one paragraph are one place.
const NEAR = 24;

/**
 * @typedef {import('./browser.mjs').Browser} Browser
 * @typedef {Awaited<ReturnType<Browser['open']>>} Tab
 * @typedef {{ file: string, share: number, top: number, bottom: number, where: string,
 *   oldHeight: number, newHeight: number, picture?: string }} Different `share` of the picture,
 *   from 0 to 1; `top`, `bottom`, heights: pixels; `picture`: PNG in base64
 */

/**
 * Runs a function of in_page.mjs where the page's scripts have changed nothing.
 * @param {Tab} tab @param {(...values: any[]) => any} act @param {any[]} values
 */
async function evaluate(tab, act, ...values) {
  const { frameTree } = await tab.send('Page.getFrameTree');
  const { executionContextId } = await tab.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  const { result, exceptionDetails } = await tab.send('Runtime.evaluate', {
    contextId: executionContextId,
    expression: `(${act})(...${JSON.stringify(values)})`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) {
    const [message] = (exceptionDetails.exception?.description ?? exceptionDetails.text).split(
      '\n',
    );
    throw new Error(message);
  }
  return result.value;
}

/**
 * The picture of a page.
 * @param {Tab} tab @param {string} address @param {number} width
 * @returns {Promise<{ data: string, height: number }>} PNG in base64; the page's whole height
 */
async function shoot(tab, address, width) {
  /** @type {() => void} */
  let loaded = () => {};
  const load = new Promise((resolve) => (loaded = () => resolve(undefined)));
  tab.listen((method) => {
    if (method === 'Page.loadEventFired') loaded();
    // Nobody is there to answer.
    if (method === 'Page.javascriptDialogOpening')
      tab.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {});
  });
  await tab.send('Page.enable');
  await tab.send('Emulation.setDeviceMetricsOverride', {
    width,
    height: WINDOW_HEIGHT,
    deviceScaleFactor: 1,
    mobile: false,
  });
  await tab.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  });
  const { errorText } = await tab.send('Page.navigate', { url: address });
  if (errorText) throw new Error(errorText);
  await within(load, LOAD_PATIENCE).catch(() => {});
  await evaluate(tab, settle, REST_PATIENCE);
  const { cssContentSize } = await tab.send('Page.getLayoutMetrics');
  const height = Math.max(1, Math.ceil(cssContentSize.height));
  const { data } = await tab.send('Page.captureScreenshot', {
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, MOST_ROWS), scale: 1 },
  });
  return { data, height };
}

/**
 * Compares a page of both builds.
 * @param {Browser} browser
 * @param {{ file: string, addresses: string[], width: number, draws: boolean }} page `addresses`:
 *   the old and the new one; `draws`: with a picture of what differs
 * @returns {Promise<{ different?: Different, cut: boolean }>} `cut`: a page is longer than what is
 *   compared
 */
export async function comparePage(browser, { file, addresses, width, draws }) {
  /** @type {Tab[]} */
  const tabs = [];
  try {
    for (let at = 0; at < 3; at++) tabs.push(await browser.open());
    const [oldTab, newTab, judge] = tabs;
    const take = () =>
      Promise.all([shoot(oldTab, addresses[0], width), shoot(newTab, addresses[1], width)]);
    const judged = (/** @type {{ data: string }[]} */ pictures, /** @type {boolean} */ draws) =>
      pictures[0].data === pictures[1].data
        ? null
        : evaluate(
            judge,
            difference,
            pictures.map(({ data }) => data),
            {
              slight: SLIGHT,
              near: NEAR,
              draws,
            },
          );
    let pictures = await take();
    let found = await judged(pictures, false);
    // Once more: what has loaded late, or by chance, may be there now.
    if (found) {
      pictures = await take();
      found = await judged(pictures, draws);
    }
    const [{ height: oldHeight }, { height: newHeight }] = pictures;
    const cut = Math.max(oldHeight, newHeight) > MOST_ROWS;
    if (!found) return { cut };
    const { share, left, right, top, bottom, picture } = found;
    const where = await evaluate(newTab, placeOf, (left + right) / 2, (top + bottom) / 2);
    return { cut, different: { file, share, top, bottom, where, oldHeight, newHeight, picture } };
  } finally {
    await Promise.all(tabs.map((tab) => tab.close()));
  }
}
