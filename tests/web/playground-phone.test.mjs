// The playground on a phone: every command of the desktop's toolbar is available, by touch and by
// keyboard, and touch targets are large enough.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const menu = (page) => page.getByRole('button', { name: 'Menu' });
const part = (page, name) => page.locator('.switch label', { hasText: name });
/** Touch targets of less than 44 pixels in either direction; a tab's width is that of its name. */
const small = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('meridian-playground');
    const top = shadowRoot.querySelector('dialog[open]') ?? shadowRoot;
    return [
      ...top.querySelectorAll(
        'button, select, summary, .switch label, [role=option], input:not([type=radio])',
      ),
    ].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const wide = element.matches('.data *, .held *') || width >= 43.9;
      return !width || (wide && height >= 43.9)
        ? []
        : [`${element.outerHTML.slice(0, 80)} ${width} × ${height}`];
    });
  });

test(
  'folders, archives, repositories, templates and exports are all available on a phone',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t, PHONE);
    await menu(page).tap();
    const sheet = page.getByRole('dialog', { name: 'Menu' });
    await sheet.getByRole('heading', { name: 'A note' }).waitFor();
    // At the lower edge, as wide as the phone, all in view.
    await page.waitForFunction(
      () =>
        !document
          .querySelector('meridian-playground')
          .shadowRoot.querySelector('dialog[open]')
          .getAnimations().length,
    );
    const { x, y, width, height } = await sheet.boundingBox();
    assert.deepEqual([x, width, Math.round(y + height)], [0, 390, 844]);
    const offered = await sheet.getByRole('listitem').allTextContents();
    for (const label of [
      'Open a folder',
      'Open a zip',
      'Open a repository or a site',
      'New: a home page',
      'New: a CV',
      'Download the sources',
      'Download the finished site',
      'Download this page',
    ])
      assert.ok(offered.includes(label), label);
    assert.ok(!offered.includes('Save to the folder'));
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      sheet.getByRole('button', { name: 'Open a zip' }).tap(),
    ]);
    assert.ok(chooser);
    assert.ok(await sheet.isHidden());
    await menu(page).tap();
    await sheet.getByRole('button', { name: 'Open a repository or a site' }).tap();
    await page.getByRole('textbox', { name: 'Repository or site' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).tap();
    await menu(page).tap();
    await sheet.getByRole('button', { name: 'New: a home page' }).tap();
    await shown.getByRole('link', { name: 'Notes by the Translator' }).waitFor();
    await menu(page).tap();
    await sheet.getByRole('heading', { name: /^A home page/ }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      sheet.getByRole('button', { name: 'Download the sources' }).tap(),
    ]);
    assert.match(download.suggestedFilename(), /\.zip$/);
    assert.deepEqual(lines, []);
  },
);

test(
  'the menu by keyboard: Escape returns the focus; the desktop has no menu button',
  { skip },
  async (t) => {
    const { page, shown } = await playground(t, { viewport: { width: 390, height: 844 } });
    await menu(page).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Menu' });
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    assert.ok(
      await menu(page).evaluate((element) => element === element.getRootNode().activeElement),
    );
    await page.keyboard.press('Enter');
    await sheet.getByRole('button', { name: 'New: a CV' }).focus();
    await page.keyboard.press('Enter');
    await shown.getByRole('heading', { name: 'Curriculum vitae' }).first().waitFor();
    for (const width of [800, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await menu(page).isVisible(), width < 896);
    }
    assert.ok(await page.getByRole('combobox', { name: 'Open' }).isVisible());
  },
);

test(
  'above the keyboard the line that is written and the commands stay in view',
  { skip },
  async (t) => {
    const { page, lines } = await playground(t, PHONE);
    await part(page, 'Source').tap();
    await write(page, `# Long\n\n${'A line.\n'.repeat(60)}`);
    // As high as what a keyboard leaves.
    await page.setViewportSize({ width: 390, height: 420 });
    await page.keyboard.type('The last words');
    await page.waitForFunction(() => {
      const { shadowRoot } = document.querySelector('meridian-playground');
      const box = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect();
      const [line, commands] = [box('.cm-activeLine'), box('.switch')];
      return (
        scrollY === 0 &&
        line.bottom <= commands.top &&
        commands.bottom <= innerHeight &&
        line.top > 0
      );
    });
    assert.deepEqual(lines, []);
  },
);

const zooms = skip ?? chromiumOnly('its protocol zooms a page');
test('zooming is not taken for a keyboard that covers the page', { skip: zooms }, async (t) => {
  const { page } = await playground(t, PHONE);
  const height = () =>
    page.locator('meridian-playground').evaluate((element) => element.clientHeight);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await page.waitForFunction(() => visualViewport.scale === 2);
  assert.equal(await height(), 844);
});

test(
  'touch targets measure at least 44 pixels, light and dark, and axe finds nothing in the menu',
  { skip },
  async (t) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await playground(t, { ...PHONE, colorScheme });
      const check = async (what) => assert.deepEqual(await small(page), [], what);
      await part(page, 'Source').tap();
      await write(page, '---\nlayout: single\ntitle: T\n---\n\n{{ "x" | nothing }}\n\n- a\n');
      await page.locator('.probs li').first().waitFor({ state: 'attached' });
      for (const name of ['Source', 'Files', 'Problems', 'About', 'Result']) {
        await part(page, name).tap();
        await check(name);
        if (name !== 'About') continue;
        for (const tab of ['page', 'Tree', 'HTML']) {
          await page.getByRole('tab', { name: tab, exact: true }).tap();
          await page.locator(`#about-${tab.toLowerCase()}-pane :not(:empty)`).first().waitFor();
          await check(tab);
        }
      }
      await menu(page).tap();
      await page.getByRole('button', { name: 'Share' }).tap();
      await page.getByText('The link contains').waitFor();
      await check('a note');
      await page.getByRole('button', { name: 'Commands and files' }).tap();
      await check('palette');
      await page.keyboard.press('Escape');
      await menu(page).tap();
      await check('menu');
      await page.waitForFunction(
        () =>
          !document
            .querySelector('meridian-playground')
            .shadowRoot.querySelector('dialog[open]')
            .getAnimations().length,
      );
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { iframes: false }),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
        colorScheme,
      );
    }
  },
);
