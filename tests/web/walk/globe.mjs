// The globe of the demo's travel page: mouse, wheel, keys, list, journey, fingers.

import assert from 'node:assert/strict';
import { demo } from '../demo.mjs';
import { host } from '../hosts.mjs';
import { visit } from './visit.mjs';

const view = (page) =>
  page.evaluate(async () => (await document.querySelector('meridian-globe').handle()).getView());
const announced = (page) => page.locator('meridian-globe .live').textContent();

/** Opens the travel page, with the globe ready and in the middle of the window. */
async function ready(page, url) {
  await page.goto(`${url}travel/`);
  await page.waitForSelector('meridian-globe[ready]');
  await page.evaluate(async () => {
    await document.querySelector('meridian-globe').handle();
    document
      .querySelector('meridian-globe')
      .view.frame.canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
}

/** The globe's middle, in whole pixels. */
async function middle(page) {
  const { x, y, width, height } = await page.locator('meridian-globe canvas').boundingBox();
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
}

export const leg = {
  name: 'globe',
  async open(env) {
    const server = await host(env.t, demo(env.t).folder);
    const url = server.url.replace('127.0.0.1', 'reader.localhost');
    return { ...(await visit(env)), url, env };
  },
  steps: {
    'it is drawn': async ({ page, url }) => {
      await ready(page, url);
      assert.equal(await page.locator('ol.stops > li').count(), 64);
      const colours = await page.evaluate(() => {
        const { canvas } = document.querySelector('meridian-globe').view.frame;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(colours > 50, `${colours} colours`);
    },
    'a mouse drags it': async ({ page }) => {
      const before = await view(page);
      const { x, y } = await middle(page);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 90, y + 10, { steps: 5 });
      await page.mouse.up();
      assert.ok(Math.abs((await view(page)).lon - before.lon) > 5);
    },
    'after that the wheel zooms': async ({ page }) => {
      const { x, y } = await middle(page);
      await page.mouse.move(x, y);
      const top = await page.evaluate(() => scrollY);
      await page.mouse.wheel(0, -400);
      await page.waitForFunction(() => document.querySelector('meridian-globe').view.zoomed > 1.3);
      assert.equal(await page.evaluate(() => scrollY), top);
    },
    'keys turn and zoom it': async ({ page }) => {
      await page.locator('meridian-globe canvas').focus();
      await page.keyboard.press('Home');
      const before = await view(page);
      await page.keyboard.press('ArrowRight');
      assert.ok((await view(page)).lon > before.lon + 2);
      await page.keyboard.press('+');
      assert.ok((await view(page)).zoom > before.zoom);
    },
    'n goes to the next stop': async ({ page }) => {
      await page.keyboard.press('n');
      assert.match(await announced(page), /\w+, \w+/);
      await page.keyboard.press('Escape');
    },
    'the list turns it': async ({ page }) => {
      await page.locator('ol.stops button', { hasText: 'Quito' }).click();
      await page.waitForFunction(
        async () =>
          Math.abs((await document.querySelector('meridian-globe').handle()).getView().lon + 78.5) <
          1,
      );
      assert.match(await page.locator('ol.stops [aria-current]').textContent(), /Quito/);
    },
    'the journey plays and pauses': async ({ page }) => {
      await page.locator('meridian-globe button[aria-label="Follow the journey"]').click();
      await page.waitForFunction(
        () => document.querySelector('meridian-globe').view.sphere.get('progress') > 0,
      );
      await page.locator('meridian-globe button[aria-label="Pause"]').click();
    },
    'its slider': async ({ page }) => {
      await page.locator('meridian-globe .journey input').press('End');
      assert.match(await page.locator('ol.stops [aria-current]').textContent(), /Astrakhan/);
    },
    'a finger turns it, two zoom it': async (state) => {
      const { env, url } = state;
      const phone = await visit(env, {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        ...(env.engine.name === 'Chromium' && { isMobile: true }),
      });
      state.troubles = phone.troubles;
      const { page } = phone;
      await ready(page, url);
      const { x, y } = await middle(page);
      const fingers = await env.engine.touches(page);
      const before = await view(page);
      await fingers.start([x, y]);
      for (let step = 1; step <= 8; step++) await fingers.move([x + 10 * step, y]);
      await fingers.end();
      await page.waitForFunction(
        async (lon) =>
          Math.abs((await document.querySelector('meridian-globe').handle()).getView().lon - lon) >
          5,
        before.lon,
      );
      await fingers.start([x - 30, y], [x + 30, y]);
      for (let step = 1; step <= 6; step++)
        await fingers.move([x - 30 - 10 * step, y], [x + 30 + 10 * step, y]);
      await fingers.end();
      await page.waitForFunction(
        async (zoom) =>
          (await document.querySelector('meridian-globe').handle()).getView().zoom > zoom * 1.3,
        before.zoom,
      );
    },
  },
};
