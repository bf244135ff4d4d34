// A host without a 404 page, `python3 -m http.server`: addresses are #/path/.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CONTENT } from '../demo.mjs';
import { COMMAND, makeSite, python } from '../hosts.mjs';
import {
  address,
  back,
  follow,
  forward,
  heading,
  isAt,
  isAtAnchor,
  scroll,
  toHash,
  visit,
} from './visit.mjs';

export const leg = {
  name: 'hash routes',
  async open(env) {
    const site = makeSite(env.t, CONTENT, { meta: { manifest: 'meridian.json' } });
    const index = ['index', '--source', site.root, '--output', '-', '--quiet'];
    site.put('meridian.json', execFileSync(COMMAND, index));
    const url = (await python(env.t, site.folder)).replace('127.0.0.1', 'reader.localhost');
    return { ...(await visit(env)), url };
  },
  steps: {
    'the first page': async ({ page, url }) => {
      await page.goto(url);
      await heading(page, /connected whole/);
      await page.waitForSelector('#menu a[href="/#/year-archive/"]', { state: 'attached' });
    },
    'a link': async ({ page, url }) => {
      await page.click('#menu a[href="/#/year-archive/"]');
      await heading(page, /by year/);
      assert.equal(await address(page), `${url}#/year-archive/`);
    },
    'a reload': async ({ page, url }) => {
      await scroll(page, 300);
      await page.reload();
      await heading(page, /by year/);
      await isAt(page, 300);
      assert.equal(await address(page), `${url}#/year-archive/`);
    },
    'back after the reload': async ({ page, url }) => {
      await back(page);
      await heading(page, /connected whole/);
      assert.equal(await address(page), url);
    },
    'forward to the place': async ({ page }) => {
      await forward(page);
      await heading(page, /by year/);
      await isAt(page, 300);
    },
    'an anchor': async (state) => {
      const { page, url } = state;
      await toHash(page, '#/law-of-warmth/');
      await heading(page, /law of warmth/);
      state.top = await follow(page, 'main a[href*="the-shortest-way"]');
      await isAtAnchor(page, 'the-shortest-way');
      assert.equal(await address(page), `${url}#/law-of-warmth/?id=the-shortest-way`);
    },
    'back from the anchor': async ({ page, url, top }) => {
      await back(page);
      await isAt(page, top);
      assert.equal(await address(page), `${url}#/law-of-warmth/`);
    },
    'a first visit at a deep address': async ({ page, url }) => {
      await page.goto('about:blank');
      await page.goto(`${url}#/measurements/?id=stations`);
      await heading(page, /Measurements/);
      await isAtAnchor(page, 'stations');
    },
    'an address of nothing': async ({ page }) => {
      await toHash(page, '#/no/such/page/');
      await heading(page, /Terra incognita/);
    },
  },
};
