// What pages of the demo show and do: colours, menu, lightbox, formulas, code, print, right to
// left, no storage.

import assert from 'node:assert/strict';
import { demo } from '../demo.mjs';
import { host, makeSite } from '../hosts.mjs';
import { back, heading, visit } from './visit.mjs';

/** Waits until the page's ground is dark, or light. */
const isDark = (page, wanted) =>
  page.waitForFunction((wanted) => {
    const { backgroundColor } = getComputedStyle(document.documentElement);
    const parts = backgroundColor.match(/[\d.]+/g).slice(0, 3);
    // Colours are told in bytes, or as oklch with the lightness first.
    const light = backgroundColor.startsWith('rgb') ? Math.max(...parts) / 255 : Number(parts[0]);
    return light < 0.4 === wanted;
  }, wanted);
const ARABIC = {
  '_config.yml': 'title: رحلة\nlocale: ar\n',
  'index.md': `---\nlayout: single\ntitle: ملاحظة\nlang: ar\ndir: rtl\n---\n\n${'نص عن الطبيعة. '.repeat(30)}\n`,
};
/** Storages that throw, as where a visitor has forbidden them. */
const forbid = () => {
  const get = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get, configurable: true });
};

export const leg = {
  name: 'looks',
  async open(env) {
    const named = (/** @type {string} */ url) => url.replace('127.0.0.1', 'reader.localhost');
    const server = await host(env.t, demo(env.t).folder);
    const meta = { manifest: 'meridian.json', root: '/', routes: 'path' };
    const arabic = await host(env.t, makeSite(env.t, ARABIC, { manifest: true, meta }).folder);
    const first = await visit(env, { colorScheme: 'light' });
    // The same person on other devices, one after the other.
    const other = async (state, options) => {
      await state.last?.context.close();
      state.last = await visit(env, options);
      state.troubles = state.last.troubles;
      return state.last.page;
    };
    return { ...first, url: named(server.url), arabic: named(arabic.url), other };
  },
  steps: {
    'the button makes it dark': async ({ page, url }) => {
      await page.goto(url);
      await heading(page, /connected whole/);
      await isDark(page, false);
      await page.click('[data-theme-toggle]');
      await page.waitForSelector('html[data-theme=dark]');
      await isDark(page, true);
    },
    'a reload keeps it dark': async ({ page }) => {
      await page.reload();
      await heading(page, /connected whole/);
      await isDark(page, true);
      await page.click('[data-theme-toggle]');
      await page.waitForSelector('html[data-theme=light]');
      await isDark(page, false);
    },
    formulas: async ({ page, url }) => {
      await page.goto(`${url}law-of-warmth/`);
      // Chromium before 109 has no MathML, and shows the TeX.
      await page.waitForSelector('main math msup', { state: 'attached' });
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll('main math')].map((math) => {
          const { width, height } = math.getBoundingClientRect();
          return Math.min(width, height);
        }),
      );
      assert.ok(sizes.length > 10 && Math.min(...sizes) > 3, `${sizes}`);
    },
    'code in colours': async ({ page, url }) => {
      await page.goto(`${url}markdown/`);
      await page.waitForSelector('main .highlight code span');
      const colours = await page.evaluate(
        () =>
          new Set(
            [...document.querySelectorAll('main .highlight code span')].map(
              (span) => getComputedStyle(span).color,
            ),
          ).size,
      );
      assert.ok(colours > 2, `${colours} colours`);
    },
    'a picture opens in a lightbox': async ({ page, url }) => {
      await page.goto(`${url}travel/andes/on-the-slope-of-chimborazo/`);
      await page.waitForFunction(() => document.querySelector('.gallery a')?.onclick);
      await page.click('.gallery a');
      await page.waitForFunction(() => {
        const picture = document.querySelector('dialog[open] img');
        return picture?.complete && picture.getBoundingClientRect().width > 99;
      });
    },
    'the next one by a key, and closed': async ({ page }) => {
      const source = () => page.evaluate(() => document.querySelector('dialog[open] img')?.src);
      const first = await source();
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await source(), first);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('dialog[open]'));
    },
    'on paper': async ({ page }) => {
      const shown = (/** @type {string} */ selector) =>
        page.evaluate(
          (selector) => getComputedStyle(document.querySelector(selector)).display !== 'none',
          selector,
        );
      assert.equal(await shown('.masthead'), true);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await shown('.masthead'), false);
      assert.equal(await shown('main h1'), true);
      await page.emulateMedia({ media: null });
      assert.equal(await shown('.masthead'), true);
    },
    'the first key goes to the text': async ({ page, url }) => {
      await page.goto(url);
      await heading(page, /connected whole/);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-link');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement.id === 'main');
    },
    'a dark system': async (state) => {
      const page = await state.other(state, { colorScheme: 'dark' });
      await page.goto(state.url);
      await heading(page, /connected whole/);
      await isDark(page, true);
    },
    'the menu on a phone': async (state) => {
      const page = await state.other(state, { viewport: { width: 390, height: 844 } });
      await page.goto(state.url);
      await heading(page, /connected whole/);
      // Without popovers the links stand in rows.
      const folds = await page.evaluate(() => 'popover' in HTMLElement.prototype);
      assert.equal(await page.locator('.greedy-nav__toggle').isVisible(), folds);
      if (folds) await page.click('.greedy-nav__toggle');
      await page.click('#menu a[href="/travel/"]');
      await heading(page, /^Travel$/);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
        false,
      );
    },
    'right to left': async (state) => {
      const page = await state.other(state, {});
      await page.goto(state.arabic);
      await heading(page, /ملاحظة/);
      assert.deepEqual(
        await page.evaluate(() => [
          document.dir,
          getComputedStyle(document.querySelector('main p')).textAlign,
          document.documentElement.scrollWidth > innerWidth,
        ]),
        ['rtl', 'start', false],
      );
    },
    'storage forbidden': async (state) => {
      const page = await state.other(state, {});
      await page.addInitScript(forbid);
      await page.goto(state.url);
      await heading(page, /connected whole/);
      await page.click('#menu a[href="/cv/"]');
      await heading(page, /Curriculum vitae/);
      await back(page);
      await heading(page, /connected whole/);
    },
  },
};
