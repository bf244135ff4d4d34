// A visit of the walk: a page in a context of its own, whose console and requests are watched.

import { openPage } from '../hosts.mjs';

/**
 * @typedef {{
 *   page: import('playwright-core').Page, context: import('playwright-core').BrowserContext,
 *   troubles: () => string[],
 * }} Visit `troubles`: messages of the console and failed requests since the last call
 */

/**
 * Questions that a 404 answers: whether the host has a 404 page, where the site's root is, whether
 * there are new files, whether a page is one of them, whether a site has been written.
 */
const QUESTIONS =
  /\/(meridian\/is-there-a-404-page|meridian\/theme\.css|index\.html|_\w+\/|no\/such\/page[\w./]*\.md|profile\.json)$/;
/** Requests that the browser ended because the page was left. */
const LEFT = /ERR_ABORTED|NS_BINDING_ABORTED|cancell?ed/i;
/** What the consoles of WebKit and Firefox say of those. A request that really failed counts. */
const SAID_OF_LEFT = /due to access control checks|^Loading failed for the (<script>|module) /;

/**
 * Opens an empty page.
 * @param {{ t: any, browser: any }} env
 * @param {object} [options] of the context
 * @returns {Promise<Visit>}
 */
export async function visit({ t, browser }, options = {}) {
  const { page, context, lines } = await openPage(t, browser, options);
  /** @type {string[]} */
  const failed = [];
  // A page's own address may have the status 404: its host gives 404.html there.
  const expected = (/** @type {import('playwright-core').Request} */ request) =>
    QUESTIONS.test(request.url()) ||
    (request.isNavigationRequest() && !request.frame().parentFrame());
  /** @type {Set<string>} */
  const own = new Set();
  page.on('response', (response) => {
    if (response.status() < 400) return;
    if (expected(response.request())) own.add(response.url());
    else failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (!LEFT.test(why)) failed.push(`${why} ${request.url()}`);
  });
  const troubles = () => [
    // Chromium's console tells the status of a page's own address, too, with its anchor.
    ...lines
      .splice(0)
      .filter((line) => !SAID_OF_LEFT.test(line))
      .filter((line) => ![...own].some((url) => line.replace(/#\S*$/, '').endsWith(` ${url}`))),
    ...failed.splice(0),
  ];
  return { page, context, troubles };
}

/** Waits until the page shows a heading that matches. */
export const heading = (page, pattern) =>
  page.waitForFunction(
    ([source, flags]) =>
      !document.querySelector('main[aria-busy]') &&
      [...document.querySelectorAll('h1')].some(({ textContent }) =>
        new RegExp(source, flags).test(textContent ?? ''),
      ),
    [pattern.source, pattern.flags],
  );

/**
 * Goes back, or forward, as a script does: the driver waits for an event that a page which the
 * browser has kept does not have.
 */
export const back = (page) => page.evaluate(() => void setTimeout(() => history.back()));
export const forward = (page) => page.evaluate(() => void setTimeout(() => history.forward()));

/** The page's own word: the driver may learn of an address after the page has changed. */
export const address = (page) => page.evaluate(() => location.href);

/** Changes the address’s hash: for a load, which there is none, the driver may wait for ever. */
export const toHash = (page, hash) =>
  page.evaluate((hash) => void setTimeout(() => (location.hash = hash)), hash);

/**
 * Clicks a link, and gives the page's distance from its top before: the driver may have scrolled to
 * the link, as a reader would.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @returns {Promise<number>}
 */
export async function follow(page, selector) {
  const link = page.locator(selector);
  await link.hover();
  const top = await page.evaluate(() => scrollY);
  await link.click();
  return top;
}

/** Waits until the page is at a distance from its top, in pixels. */
export const isAt = (page, top) => page.waitForFunction((top) => Math.abs(scrollY - top) < 3, top);

/** Scrolls, and waits until the page has recorded it. */
export const scroll = (page, top) =>
  page.evaluate(async (top) => {
    scrollTo({ top, behavior: 'instant' });
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, top);

/**
 * Waits until the element with this id begins near the window's top, and the page has come to rest:
 * it scrolls smoothly there.
 */
export const isAtAnchor = (page, id) =>
  page.waitForFunction((id) => {
    const top = document.getElementById(id)?.getBoundingClientRect().top ?? NaN;
    const { walk = { top, frames: 0 } } = window;
    const frames = walk.top === top ? walk.frames + 1 : 0;
    // Below the head, which stays in view.
    const rests = frames > 10 && top > -5 && top < 150;
    if (rests) delete window.walk;
    else window.walk = { top, frames };
    return rests;
  }, id);
