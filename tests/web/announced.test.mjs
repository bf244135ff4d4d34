// What screen readers say: the outline of pages by roles and names, and what live regions announce
// while one reads, turns the globe, and writes in the playground, as it is written here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { demo } from './demo.mjs';
import { travel } from './globe-page.mjs';
import { host, openPage, settled } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());
const playground = playgrounds(before, after);

/**
 * Records what live regions announce, in shadow trees too: of an atomic region all its text. Runs
 * in the page.
 */
function listen() {
  window.announced = [];
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert]';
  const changed = (records) => {
    const regions = new Set(
      records.map(({ target }) =>
        (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(LIVE),
      ),
    );
    for (const region of regions) {
      const text = region?.textContent.replace(/\s+/g, ' ').trim();
      if (text && text !== window.announced.at(-1)) window.announced.push(text);
    }
  };
  const watch = (root) => {
    new MutationObserver(changed).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) watch(element.shadowRoot);
  };
  watch(document);
}
/** Waits until something like this was announced. */
const announces = (page, pattern) =>
  page.waitForFunction(
    (source) => window.announced.some((text) => new RegExp(source).test(text)),
    pattern.source,
  );

/** Lines of the tree of roles and names that begin with one of these roles. */
async function outline(locator, roles) {
  const lines = (await locator.ariaSnapshot()).split('\n').map((line) => line.trim().slice(2));
  const wanted = new RegExp(`^'?(${roles})\\b`);
  return lines.filter((line) => wanted.test(line)).map((line) => line.replace(/:$/, ''));
}

test('a page has landmarks with names, and its headings', { skip }, async (t) => {
  const { page } = await openPage(t, browser);
  const server = await host(t, demo(t).folder);
  await page.goto(`${server.url}climate/a-line-through-equal-warmth/`);
  await settled(page);
  assert.deepEqual(
    await outline(
      page.locator('body'),
      'banner|navigation|main|complementary|contentinfo|heading|button',
    ),
    [
      'banner',
      'navigation "Site"',
      'button "Light or dark"',
      'main',
      'heading "A line through equal warmth" [level=1]',
      'heading "The table says nothing" [level=2]',
      'heading "Three rules keep the hand honest" [level=2]',
      'heading "In a few lines" [level=2]',
      'navigation "Pages"',
      'complementary',
      'heading "You may also enjoy" [level=2]',
      'complementary',
      'contentinfo',
    ],
  );
});

test('the title of a page that a link leads to is announced, once', { skip }, async (t) => {
  const { page } = await openPage(t, browser);
  const server = await host(t, demo(t).folder);
  await page.goto(server.url);
  await settled(page);
  await page.evaluate(listen);
  await page.getByRole('link', { name: 'Publications' }).first().click();
  await announces(page, /^Publications/);
  await page.locator('h1', { hasText: 'Publications' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.announced), [
    'Publications · Alexander von Humboldt',
  ]);
});

test(
  'the globe says how it is used, and announces the stop that is selected',
  { skip },
  async (t) => {
    const { page, canvas } = await travel(t);
    assert.deepEqual(
      (await outline(page.locator('meridian-globe'), 'application|button|region')).slice(0, 9),
      [
        'application "Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop."',
        'button "Zoom in"',
        'button "Zoom out"',
        'button "Back to the first view"',
        'button "Follow the journey"',
        'button "Full screen"',
        'button "Save the picture"',
        'region "Stops"',
        'button "Göttingen"',
      ],
    );
    await page.evaluate(listen);
    await canvas.focus();
    await page.keyboard.press('n');
    await announces(page, /^Göttingen, /);
    await page.keyboard.press('n');
    await announces(page, /^Mainz, /);
    assert.equal(await page.evaluate(() => window.announced.length), 2);
  },
);

test('the number of problems is announced with its word', { skip }, async (t) => {
  const { page } = await playground(t);
  await page.evaluate(listen);
  await write(page, '---\ntitle: One\n---\n{{ page.title | nothing }}\n');
  await announces(page, /^Problems ?1$/);
  await write(page, '---\ntitle: One\n---\nNo problem.\n');
  await announces(page, /^Problems ?none$/);
});
