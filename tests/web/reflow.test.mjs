// Pages in small windows and with settings of the reader: 320 pixels wide (WCAG 1.4.10), zoomed to
// 400 %, a phone on its side, the text spacing of WCAG 1.4.12, text of twice its size (1.4.4).
// Nothing lies outside of the window, is cut off or covers something else, and no head takes the
// place of the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumOnly, launch, webkitLacks } from './browser.mjs';
import { noBrowser } from './hosts.mjs';
import { measure } from './layout.mjs';
import { PAGES, screen } from './states/site.mjs';

const skip = noBrowser();
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`;

/**
 * By reader; `font`: the size of text in the browser's settings, 16 otherwise.
 * @type {Record<string, { width: number, height: number, sheet?: string, font?: number }>}
 */
const READERS = {
  'a narrow phone': { width: 320, height: 568 },
  // A window of 1280 by 1024.
  'zoomed to 400 %': { width: 320, height: 256 },
  'a phone on its side': { width: 844, height: 390 },
  'wide text spacing': { width: 320, height: 568, sheet: SPACING },
  'text of twice its size': { width: 390, height: 844, font: 32 },
  'text of twice its size, desktop': { width: 1280, height: 800, font: 32 },
};
const OTHERS = [
  { name: 'very long words', site: 'words' },
  { name: 'right to left', site: 'arabic' },
  { name: 'a plain folder', site: 'folder', at: 'docs/hardware/sensors/calibration/two-point' },
];
// Of the window's height, for what stays in place while the page scrolls.
const MOST_HELD = 0.35;

/** The share of the window that stays in place while the page scrolls. Runs in the page. */
const held = () => {
  scrollTo(0, 1e6);
  let pixels = 0;
  for (const element of document.querySelectorAll('body *')) {
    if (!/fixed|sticky/.test(getComputedStyle(element).position)) continue;
    const { top, bottom, width } = element.getBoundingClientRect();
    if (width < innerWidth / 2) continue;
    pixels += Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
  }
  scrollTo(0, 0);
  return pixels / innerHeight;
};

const fonts = skip ?? chromiumOnly('its protocol sets the size of fonts');
test('every kind of page fits every reader', { skip: fonts }, async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const shared = await screen.share(t);
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const wrong = [];
  for (const state of [...Object.entries(PAGES).map(([name, at]) => ({ name, at })), ...OTHERS]) {
    await screen.open({ context, page, state, shared });
    for (const [reader, { width, height, sheet = '', font = 16 }] of Object.entries(READERS)) {
      await session.send('Page.setFontSizes', { fontSizes: { standard: font, fixed: font } });
      await page.setViewportSize({ width, height });
      await page.evaluate((text) => {
        const style = document.querySelector('style.reader') ?? document.createElement('style');
        style.className = 'reader';
        style.textContent = text;
        document.head.append(style);
      }, sheet);
      // Listeners to the window's size have run a frame later.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      const { parts, within, over } = screen;
      const found = await page.evaluate(measure, { parts, within, over });
      const share = await page.evaluate(held);
      if (share > MOST_HELD)
        found.wrong.push(`${Math.round(share * 100)} % of the window does not scroll`);
      wrong.push(...found.wrong.map((fault) => `${state.name}, ${reader}: ${fault}`));
    }
  }
  assert.deepEqual(wrong, []);
});

const forced = skip ?? webkitLacks('has no forced colours');
test('with forced colours icons that are masks keep a colour', { skip: forced }, async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const shared = await screen.share(t);
  const context = await browser.newContext({ forcedColors: 'active' });
  const page = await context.newPage();
  await screen.open({ context, page, state: {}, shared });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.author__urls i')].some((icon) =>
      /url/.test(getComputedStyle(icon, '::before').maskImage),
    ),
  );
  const blank = await context.newPage();
  const icons = await page.locator('.author__urls i').all();
  assert.ok(icons.length > 0);
  for (const icon of icons) {
    const picture = (await icon.screenshot()).toString('base64');
    assert.ok((await blank.evaluate(greysIn, picture)) > 1, 'the icon is a plain square');
  }
});

/** The number of greys in a PNG file. Runs in a page. */
async function greysIn(base64) {
  const image = await createImageBitmap(
    await (await fetch(`data:image/png;base64,${base64}`)).blob(),
  );
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return new Set(data.filter((_, at) => at % 4 === 0)).size;
}
