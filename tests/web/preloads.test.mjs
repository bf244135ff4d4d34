// What a page preloads is fetched once, in every engine: WebKit never uses a preload with
// `crossorigin`, and all of them compare its mode and credentials with those of the request.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { demo } from './demo.mjs';
import { ALL, engines } from './engines.mjs';
import { DIST, host, notBuilt, openPage } from './hosts.mjs';

const CORE = ['meridian.wasm', 'globe.wasm', 'land-110m.bin'];

/** How often a host was asked for each of these files. */
const counts = (log, names) =>
  names.map((name) => log.filter(({ path }) => path === `/meridian/${name}`).length);

for (const engine of engines(after, {}, ALL)) {
  const skip = notBuilt() ?? engine.missing;

  test(`${engine.name}: a first visit fetches the core and the globe once`, { skip }, async (t) => {
    const { url, log } = await host(t, demo(t).folder);
    const { page, lines } = await openPage(t, await engine.browser());
    await page.goto(`${url}travel/`);
    await page.waitForSelector('meridian-globe[ready]');
    assert.deepEqual(counts(log, CORE), [1, 1, 1]);
    assert.deepEqual(
      lines.filter((line) => /preload/.test(line)),
      [],
    );
    // Chromium and WebKit report a preload that nothing uses; the next page has its globe's files.
    const preloads = page.locator('link[rel=preload][href*="globe.wasm"]');
    assert.equal(await preloads.count(), 1);
    await page.evaluate(() => {
      document.querySelector('meridian-globe').dataset.left = '';
      window.meridian.navigate('/experience/');
    });
    await page.waitForSelector('meridian-globe:not([data-left])');
    assert.equal(await preloads.count(), 0);
  });

  test(`${engine.name}: the playground fetches its core once`, { skip }, async (t) => {
    const { url, log } = await host(t, DIST);
    const { page } = await openPage(t, await engine.browser());
    await page.goto(`${url}playground/`);
    await page.frameLocator('iframe').locator('main').waitFor();
    assert.deepEqual(counts(log, ['live.wasm']), [1]);
  });
}
