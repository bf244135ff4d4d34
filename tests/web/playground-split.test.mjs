// The divider between source and preview: by mouse, by touch and by keyboard, and its position
// after a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { touches, webkitLacks } from './browser.mjs';
import { playgrounds, skip } from './playgrounds.mjs';
import { painted } from './hosts.mjs';

const playground = playgrounds(before, after);
const line = (page) => page.getByRole('separator', { name: 'Between source and preview' });
const box = (page, name) => page.getByRole('region', { name, exact: true }).boundingBox();
/** The share of the source, in percent, along an axis. */
async function share(page, axis = 'width') {
  const [source, result] = [await box(page, 'Source'), await box(page, 'Result')];
  return (100 * source[axis]) / (source[axis] + result[axis]);
}
const near = (value, wanted, off = 0.6) =>
  assert.ok(Math.abs(value - wanted) < off, `${value}, not ${wanted}`);
async function drag(page, to) {
  const { x, y, width, height } = await line(page).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  // From the next frame on the frame below does not receive the pointer's events.
  await painted(page);
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}
/** All widths and heights of the source since it was first visible. */
const watch = (page) =>
  page.addInitScript(() => {
    window.seen = new Set();
    const look = () => {
      const source = document
        .querySelector('meridian-playground')
        ?.shadowRoot?.querySelector('.edit');
      const { width = 0, height = 0 } = source?.getBoundingClientRect() ?? {};
      if (width) window.seen.add(`${Math.round(width)} × ${Math.round(height)}`);
      requestAnimationFrame(look);
    };
    look();
  });

test(
  'the divider moves by mouse over the preview and by keyboard, and has its position at once after a reload',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t, { viewport: { width: 1440, height: 900 } });
    near(await share(page), 48);
    const { x, width } = await box(page, 'Source');
    await drag(page, { x: x + width + 200, y: 400 });
    near((await box(page, 'Source')).width, width + 200, 3);
    const moved = await share(page);
    assert.equal(await line(page).getAttribute('aria-valuenow'), String(Math.round(moved)));
    await line(page).focus();
    await page.keyboard.press('ArrowLeft');
    near(await share(page), moved - 2);
    await page.keyboard.press('End');
    near(await share(page), 80);
    await page.keyboard.press('Home');
    near(await share(page), 20);
    await page.keyboard.press('ArrowRight');
    near(await share(page), 22);
    const before = await box(page, 'Source');
    await watch(page);
    await page.reload();
    await shown.locator('main').waitFor();
    assert.deepEqual(await box(page, 'Source'), before);
    assert.deepEqual(await page.evaluate(() => [...window.seen]), [
      `${Math.round(before.width)} × ${Math.round(before.height)}`,
    ]);
    await line(page).dblclick();
    near(await share(page), 48);
    assert.deepEqual(lines, []);
  },
);

test(
  'the stacked layout keeps a share of its own; invalid stored values are ignored',
  { skip },
  async (t) => {
    const { page, shown, context, server } = await playground(t, {
      viewport: { width: 1440, height: 900 },
    });
    await page.keyboard.press('Alt+Shift+s');
    near(await share(page, 'height'), 50);
    const { x, y } = await box(page, 'Source');
    await drag(page, { x: x + 300, y: y + 250 });
    const before = await box(page, 'Source');
    near(before.height, 250, 3);
    await watch(page);
    await page.reload();
    await shown.locator('main').waitFor();
    assert.deepEqual(await box(page, 'Source'), before);
    assert.equal((await page.evaluate(() => [...window.seen])).length, 1);
    assert.equal(await line(page).getAttribute('aria-orientation'), 'horizontal');
    await page.getByRole('button', { name: 'Side by side, or one above the other' }).click();
    near(await share(page), 48);
    for (const broken of ['{', 'null', '{"split":"x","columns":"9","rows":1e9}']) {
      await page.evaluate((text) => (localStorage['meridian-playground-split'] = text), broken);
      const again = await playground(t, { server, context });
      near(await share(again.page), 48);
      assert.deepEqual(again.lines, []);
      await again.page.close();
    }
  },
);

test(
  'the divider by touch on a tablet, and right to left; a phone has none',
  { skip: skip ?? webkitLacks('tells style sheets of no coarse pointer') },
  async (t) => {
    const { page } = await playground(t, {
      viewport: { width: 820, height: 1180 },
      hasTouch: true,
    });
    const { width } = await line(page).boundingBox();
    assert.ok(width >= 24);
    const finger = await touches(page);
    const at = await line(page).boundingBox();
    const from = at.x + at.width / 2;
    await finger.start([from, 500]);
    for (const x of [from - 40, from - 82]) await finger.move([x, 500]);
    await finger.end();
    near(await share(page), 38, 1.5);
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await line(page).focus();
    const before = await share(page);
    await page.keyboard.press('ArrowLeft');
    near(await share(page), before + 2);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(await line(page).isHidden());
  },
);
