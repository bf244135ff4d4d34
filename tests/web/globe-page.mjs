// The demo's travel page in a browser, for the tests of the globe.

import { launchLater } from './browser.mjs';
import { demo, demoMissing } from './demo.mjs';
import { host, noBrowser, openPage } from './hosts.mjs';

export const skip = demoMissing() ?? noBrowser();
export const browser = launchLater();

/** The demo's travel page, its globe ready. */
export async function travel(t, options = {}) {
  const server = await host(t, demo(t).folder);
  const opened = await openPage(t, browser, options);
  await opened.page.goto(`${server.url}travel/`);
  await opened.page.waitForSelector('meridian-globe[ready]');
  await opened.page.waitForLoadState('networkidle');
  await opened.page.evaluate(
    async () => void (await document.querySelector('meridian-globe').handle()),
  );
  await opened.page.evaluate(() =>
    document
      .querySelector('meridian-globe')
      .view.frame.canvas.scrollIntoView({ block: 'center', behavior: 'instant' }),
  );
  const canvas = opened.page.locator('meridian-globe canvas');
  /** The canvas: its middle, in whole pixels as a mouse has them, and its size. */
  const box = async () => {
    const { x, y, width, height } = await canvas.boundingBox();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2), width, height };
  };
  return { ...opened, server, canvas, box };
}
