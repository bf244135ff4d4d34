// On a phone: from a typo on a published page to the commit, counted in taps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { gitHost } from './git-host.mjs';
import { host, makeSite, noBrowser, openPage } from './hosts.mjs';
import { publishButton, publishingServer } from './publishing-page.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const MOST_TAPS = 8;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const PAGE = '---\ntitle: Home\nlayout: single\n---\n\nTrained as a mining enginer in Freiberg.\n';

/** The place behind a text in the source, in the window. */
const placeAfter = (page, text) =>
  page.evaluate((text) => {
    const { editor } = document.querySelector('meridian-playground').playground;
    const at = editor.view.state.doc.toString().indexOf(text) + text.length;
    const { left, top, bottom } = editor.view.coordsAtPos(at);
    return [left, (top + bottom) / 2];
  }, text);

test(
  'a typo is corrected and published in at most 8 taps, signing in included',
  { skip },
  async (t) => {
    const git = await gitHost(t, { '_config.yml': 'title: A\n', 'index.md': PAGE });
    const server = await publishingServer(t, git);
    const config = `title: A\nrepository: owner/name\nmeridian: {edit: true, playground: '${server.url}playground/'}\n`;
    const site = await host(t, makeSite(t, { '_config.yml': config, 'index.md': PAGE }).root);
    const { page } = await openPage(t, browser, PHONE);
    let taps = 0;
    const tap = async (target) => {
      taps++;
      await (Array.isArray(target) ? page.touchscreen.tap(...target) : target.tap());
    };
    await page.goto(site.url);
    await tap(page.getByRole('link', { name: 'Edit this page' }));
    await page.frameLocator('iframe:not([aria-hidden])').getByText('Trained as').waitFor();
    await publishButton(page).waitFor();
    await tap(page.getByRole('navigation', { name: 'Show' }).getByText('Source'));
    await page.locator('.cm-line', { hasText: 'enginer' }).waitFor();
    await tap(await placeAfter(page, 'engin'));
    await page.keyboard.type('e');
    await page.getByRole('button', { name: 'Publish 1 change' }).waitFor();
    await tap(publishButton(page));
    const review = page.getByRole('dialog', { name: 'Publish to owner/name' });
    await tap(review.getByRole('button', { name: 'Publish 1 change' }));
    const sign = page.getByRole('dialog', { name: 'Sign in to publish' });
    await sign.getByLabel('Paste the token.').waitFor();
    // The field has the focus.
    await page.keyboard.insertText(git.token());
    await tap(sign.getByRole('button', { name: 'Sign in' }));
    await page.getByRole('dialog', { name: 'Published' }).waitFor();
    t.diagnostic(`${taps} taps`);
    assert.ok(taps <= MOST_TAPS, `${taps} taps`);
    assert.equal(git.files()['index.md'], PAGE.replace('enginer', 'engineer'));
    git.check();
  },
);
