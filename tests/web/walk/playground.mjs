// The playground: typing, a mistake, a link, an export, colours, the palette, no network.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, headersBy, host } from '../hosts.mjs';
import { problems, write } from '../playgrounds.mjs';
import { visit } from './visit.mjs';

export const leg = {
  name: 'playground',
  async open(env) {
    const delivered = readFileSync(join(DIST, '_headers'), 'utf8');
    const all = headersBy(delivered);
    // Safari before 16 reads no permission for WebAssembly in a policy (policy.test.mjs): its host
    // sends none.
    const headers = (/** @type {string} */ path) => {
      const { 'content-security-policy': policy, ...others } = all(path);
      return /'wasm-unsafe-eval'/.test(delivered) ? all(path) : others;
    };
    const server = await host(env.t, DIST, { headers });
    const url = `${server.url.replace('127.0.0.1', 'play.localhost')}playground/`;
    const seen = await visit(env);
    // CodeMirror places what it draws when it scrolls, of which Firefox's console warns.
    const own = {
      ...seen,
      troubles: () => seen.troubles().filter((line) => !/scroll-linked positioning/.test(line)),
    };
    await own.page.addInitScript(() => delete window.showDirectoryPicker);
    return { ...own, env, url, shown: own.page.frameLocator('iframe') };
  },
  steps: {
    'it starts with a note': async ({ page, shown, url }) => {
      await page.goto(url);
      await shown.getByRole('heading', { name: 'A note' }).waitFor();
    },
    'what is typed shows': async ({ page, shown }) => {
      await write(page, '---\ntitle: T\n---\n\nOne\n');
      await shown.getByText('One', { exact: true }).waitFor();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type(' "two" -- {{ 1 | plus: 2 }}');
      await shown.getByText('“two” – 3').waitFor();
    },
    'a mistake is a problem, and the last good page stays': async ({ page, shown }) => {
      await write(page, '---\ntitle: [Good\n---\n\nA bad page.\n');
      await problems(page).first().waitFor();
      assert.match(await problems(page).first().textContent(), /index\.md:\d/);
      assert.equal(await shown.getByText('“two” – 3').count(), 1);
    },
    'it goes when the mistake does': async ({ page, shown }) => {
      await write(page, '---\ntitle: Good\nlayout: single\n---\n\nMended, 北京.\n');
      await shown.getByText('Mended, 北京.').waitFor();
      assert.equal(await problems(page).count(), 0);
    },
    'the palette finds a command': async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('side');
      await page.getByRole('option', { selected: true }).getByText('Side by side').waitFor();
      await page.keyboard.press('Escape');
    },
    'a search of nothing': async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('nothing is called so');
      await page.getByText('Nothing is called that.').waitFor();
      await page.keyboard.press('Escape');
    },
    'light or dark': async ({ page, shown }) => {
      const dark = page.locator('meridian-playground[theme=dark]');
      assert.equal(await dark.count(), 0);
      await page.getByRole('button', { name: 'Light or dark' }).click();
      await dark.waitFor();
      await shown.locator('html[data-theme=dark]').waitFor();
    },
    'a narrow window shows one pane at a time': async ({ page, shown }) => {
      const wide = page.viewportSize();
      await page.setViewportSize({ width: 390, height: 844 });
      const source = page.getByRole('region', { name: 'Source' });
      await source.waitFor({ state: 'hidden' });
      await shown.getByText('Mended, 北京.').waitFor();
      await page.locator('.switch label', { hasText: 'Source' }).click();
      await source.waitFor();
      await page.locator('iframe').waitFor({ state: 'hidden' });
      await page.setViewportSize(wide);
      await page.locator('iframe').waitFor();
      await source.waitFor();
    },
    'the site is a download': async ({ page }) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('combobox', { name: 'Download' }).selectOption('site'),
      ]);
      assert.match(download.suggestedFilename(), /-site\.zip$/);
      assert.equal(readFileSync(await download.path(), 'latin1').slice(0, 2), 'PK');
    },
    'a link holds the project': async (state) => {
      const { page, env, url } = state;
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByText('The link contains the whole project').waitFor();
      const { hash } = new URL(page.url());
      assert.match(hash, /^#p1=[\w-]+$/);
      const other = await visit(env);
      await other.page.goto(url + hash);
      await other.page.frameLocator('iframe').getByText('Mended, 北京.').waitFor();
      assert.deepEqual(other.troubles(), []);
      await other.context.close();
    },
    'a second visit without a network': async (state) => {
      const { env, page, context, shown, troubles, url } = state;

      await page.goto(url);
      await shown.getByText('Mended, 北京.').waitFor();
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await context.setOffline(true);
      await page.reload();
      await shown.getByText('Mended, 北京.').waitFor();
      await context.setOffline(false);
      // Firefox asks no service worker for a frame without an origin, and says that it did not
      // come; a fallback document takes its place.
      const said = troubles();
      // WebKit tells that the worker could not be looked for anew.
      const expected = {
        Firefox: /frame-own\.html|aboutNetError|dompurify|trusted-types|by timeout/,
        WebKit: /Could not connect .*\/offline\.js/,
      }[env.engine.name];
      state.troubles = () => (expected ? said.filter((line) => !expected.test(line)) : said);
    },
  },
};
