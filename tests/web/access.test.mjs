// A page for everyone: axe-core finds nothing on any page of the demo, in both schemes, on a phone and on a desk; the console
// stays empty meanwhile. MERIDIAN_AXE=/route/ looks at that page only.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { demo, demoMissing, demoPages } from './demo.mjs';
import { PROJECT, host, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const AXE = skip ? '' : readFileSync(join(PROJECT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const COMBINATIONS = [
  { name: 'desk, light', viewport: DESK, colorScheme: 'light' },
  { name: 'phone, dark', viewport: PHONE, colorScheme: 'dark' },
  { name: 'desk, dark', viewport: DESK, colorScheme: 'dark' },
  { name: 'phone, light', viewport: PHONE, colorScheme: 'light' },
];

/** What axe finds on the page that is open, a line for each element. */
const violations = (tab) =>
  tab.evaluate(async () => {
    // All rules that axe runs by default, its best practices among them; "incomplete" is what it can't decide.
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`));
  });

/** Goes there as a click on a link does, without the cost of a new document. */
async function visit(tab, route) {
  await tab.evaluate((route) => {
    if (location.pathname === route) return;
    document.querySelector('main').dataset.left = '';
    window.meridian.navigate(route);
  }, route);
  await tab.waitForFunction(() => document.querySelector('main:not([data-left])') && [...document.images].every(({ complete, loading }) => complete || loading === 'lazy'));
  assert.equal(new URL(tab.url()).pathname, route);
  await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

test('axe finds nothing on any page', { skip, timeout: 300_000 }, async (t) => {
  const server = await host(t, demo(t).folder);
  const { page: tab, lines } = await openPage(t, browser, { reducedMotion: 'reduce', viewport: DESK });
  await tab.addInitScript(AXE);
  const only = process.env.MERIDIAN_AXE;
  const pages = demoPages().filter(({ route }) => !only || route === only);
  assert.ok(only || pages.length > 50, `${pages.length} pages`);
  await tab.goto(server.url);
  await settled(tab);
  const found = [];
  for (const { name, viewport, colorScheme } of COMBINATIONS) {
    await tab.setViewportSize(viewport);
    await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { route } of pages) {
      await visit(tab, route);
      for (const line of await violations(tab)) found.push(`${route} (${name}) ${line}`);
    }
  }
  assert.equal(found.join('\n'), '');
  assert.deepEqual(lines, []);
  // It would have found something.
  await tab.evaluate(() => document.querySelector('main').append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })));
  assert.match((await violations(tab)).join(), /^image-alt:/);
});
