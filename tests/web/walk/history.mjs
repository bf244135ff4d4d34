// Back, forward and reload, with positions and anchors, with real paths.

import assert from 'node:assert/strict';
import { demo } from '../demo.mjs';
import { MOVING, host } from '../hosts.mjs';
import {
  address,
  back,
  follow,
  forward,
  heading,
  isAt,
  isAtAnchor,
  scroll,
  visit,
} from './visit.mjs';

export const leg = {
  name: 'history',
  async open(env) {
    const server = await host(env.t, demo(env.t).folder);
    return {
      ...(await visit(env, MOVING)),
      url: server.url.replace('127.0.0.1', 'reader.localhost'),
    };
  },
  steps: {
    'a link, far down a page': async ({ page, url }) => {
      await page.goto(`${url}year-archive/`);
      await heading(page, /by year/);
      await scroll(page, 300);
      await page.evaluate(() => document.querySelector('main a[href*=slope]').click());
      await heading(page, /On the slope/);
      await isAt(page, 0);
    },
    'back to the place': async ({ page }) => {
      await scroll(page, 700);
      await back(page);
      await heading(page, /by year/);
      await isAt(page, 300);
    },
    'forward to the place': async ({ page }) => {
      await forward(page);
      await heading(page, /On the slope/);
      await isAt(page, 700);
    },
    'a reload stays at the place': async ({ page }) => {
      await page.reload();
      await heading(page, /On the slope/);
      await isAt(page, 700);
    },
    'back after a reload': async ({ page }) => {
      await back(page);
      await heading(page, /by year/);
      await isAt(page, 300);
    },
    'an anchor of the same page': async (state) => {
      const { page, url } = state;
      await page.goto(`${url}law-of-warmth/`);
      await heading(page, /law of warmth/);
      state.top = await follow(page, 'main a[href$="#the-shortest-way"]');
      await isAtAnchor(page, 'the-shortest-way');
      assert.ok((await address(page)).endsWith('/law-of-warmth/#the-shortest-way'));
    },
    'back from the anchor to the top': async ({ page, top }) => {
      await back(page);
      await isAt(page, top);
    },
    'forward to the anchor': async ({ page }) => {
      await forward(page);
      await isAtAnchor(page, 'the-shortest-way');
    },
    'a link from there, and back to the anchor': async ({ page }) => {
      await page.evaluate(() => document.querySelector('main a[href$="/travel/"]').click());
      await heading(page, /^Travel$/);
      await back(page);
      await heading(page, /law of warmth/);
      await isAtAnchor(page, 'the-shortest-way');
    },
    'a link to an anchor of another page': async ({ page }) => {
      await page.evaluate(() => window.meridian.navigate('/measurements/'));
      await heading(page, /Measurements/);
      await page.click('a[href$="/measurements/#stations"]');
      await isAtAnchor(page, 'stations');
      await page.evaluate(() =>
        window.meridian.navigate('/law-of-warmth/#heights-from-the-barometer'),
      );
      await heading(page, /law of warmth/);
      await isAtAnchor(page, 'heights-from-the-barometer');
    },
    'back to the other anchor': async ({ page }) => {
      await back(page);
      await heading(page, /Measurements/);
      await isAtAnchor(page, 'stations');
    },
    'back while it still scrolls to the anchor': async ({ page, url }) => {
      await page.goto(`${url}law-of-warmth/`);
      await heading(page, /law of warmth/);
      const top = await follow(page, 'main a[href$="#the-shortest-way"]');
      await page.waitForFunction((top) => scrollY > top + 5, top);
      await back(page);
      await isAt(page, top);
      // Nothing moves it on.
      await page.evaluate(async () => {
        for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
      });
      await isAt(page, top);
    },
    'a first visit at an anchor': async ({ page, url }) => {
      await page.goto('about:blank');
      await page.goto(`${url}measurements/#stations`);
      await heading(page, /Measurements/);
      await isAtAnchor(page, 'stations');
    },
    'back from a file, which the browser shows': async ({ page, url }) => {
      await page.goto(`${url}year-archive/`);
      await heading(page, /by year/);
      await scroll(page, 400);
      await page.goto(`${url}images/chimborazo.svg`);
      await back(page);
      await heading(page, /by year/);
      await isAt(page, 400);
    },
  },
};
