// Keyboard use: focus is always visible, menus open and close, and after a navigation focus is at
// the beginning of the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { demo, demoMissing } from './demo.mjs';
import { host, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/**
 * The demo in a new tab. Other routes than the home page are opened by a link, as a reader would.
 */
async function open(t, { route = '/', meta, ...options } = {}) {
  const server = await host(t, demo(t, {}, meta).folder);
  const opened = await openPage(t, browser, options);
  await opened.page.goto(server.url);
  await settled(opened.page);
  if (route !== '/') {
    await opened.page.evaluate((route) => window.meridian.navigate(route), route);
    await opened.page.waitForFunction(
      (path) => location.pathname === path && document.activeElement.matches('main h1'),
      route,
    );
  }
  return opened;
}

/** Presses a key until an element that matches the selector has the focus. */
async function reach(tab, selector, key = 'Tab') {
  for (let presses = 0; presses < 150; presses++) {
    await tab.keyboard.press(key);
    if (await tab.evaluate((selector) => document.activeElement.matches(selector), selector))
      return;
  }
  assert.fail(`${key} does not reach ${selector}`);
}
const focused = (tab) =>
  tab.evaluate(
    () =>
      `${document.activeElement.localName} ${document.activeElement.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}`,
  );
/** The text of the live region, which screen readers announce. */
const told = (tab) =>
  tab.evaluate(() => document.querySelector('html > [aria-live=polite]').textContent);
/** Waits until the page has not scrolled for ten frames. */
const still = (tab) =>
  tab.evaluate(async () => {
    for (let still = 0, last = -1; still < 10; last = scrollY) {
      await new Promise(requestAnimationFrame);
      still = scrollY === last ? still + 1 : 0;
    }
  });
const shows = (tab, heading) =>
  tab.waitForFunction(
    (heading) => document.querySelector('main h1')?.textContent === heading,
    heading,
  );

test('the first Tab stop is a skip link past the navigation', { skip }, async (t) => {
  const { page: tab, lines } = await open(t);
  await tab.keyboard.press('Tab');
  assert.equal(await focused(tab), 'a Skip to content');
  const { x, y, width } = await tab.locator(':focus').boundingBox();
  assert.ok(x >= 0 && y >= 0 && width > 50, 'it can be seen');
  assert.equal(await tab.evaluate(() => getComputedStyle(document.activeElement).clipPath), 'none');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.activeElement.id === 'main');
  await tab.keyboard.press('Tab');
  assert.ok(
    await tab.evaluate(() => document.querySelector('#main').contains(document.activeElement)),
  );
  assert.deepEqual(lines, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`focus is visible wherever it is (${colorScheme})`, { skip }, async (t) => {
    for (const [route, width] of [
      ['/', 1440],
      ['/markdown/', 390],
      ['/publications/', 390],
    ]) {
      const { page: tab } = await open(t, { route, colorScheme, viewport: { width, height: 800 } });
      const seen = new Set();
      await tab.evaluate(() => document.activeElement.blur());
      for (let presses = 0; presses < 60; presses++) {
        await tab.keyboard.press('Tab');
        const { at, hidden } = await tab.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body) return {};
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
          const box = [...element.getClientRects()].find(({ width, height }) => width * height > 0);
          const inView =
            box &&
            box.right > 0 &&
            box.left < innerWidth &&
            box.bottom > 0 &&
            box.top < innerHeight;
          const drawn =
            outlineStyle !== 'none' &&
            parseFloat(outlineWidth) >= 2 &&
            !/, 0\)$/.test(outlineColor);
          return { at: element.outerHTML.slice(0, 120), hidden: !inView || !drawn };
        });
        if (!at) break;
        assert.ok(!hidden, `${route} ${width}: ${at}`);
        seen.add(at);
      }
      assert.ok(seen.size > 8, `${route}: ${seen.size} places`);
    }
  });
}

test(
  'on a phone the navigation is a menu: it opens, moves, closes with Escape and returns the focus',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(t, { viewport: { width: 390, height: 844 } });
    const isOpen = () =>
      tab.evaluate(() => document.querySelector('#menu').matches(':popover-open'));
    await reach(tab, '[popovertarget=menu]');
    assert.equal(await isOpen(), false);
    await tab.keyboard.press('Enter');
    assert.equal(await isOpen(), true);
    await tab.keyboard.press('Tab');
    assert.equal(await focused(tab), 'a Publications');
    await tab.keyboard.press('Tab');
    assert.equal(await focused(tab), 'a Experience');
    await tab.keyboard.press('Escape');
    assert.equal(await isOpen(), false);
    assert.equal(
      await tab.evaluate(() => document.activeElement.getAttribute('popovertarget')),
      'menu',
    );
    await tab.keyboard.press('Space');
    assert.equal(await isOpen(), true);
    await reach(tab, '#menu a[href="/travel/"]');
    await tab.keyboard.press('Enter');
    await shows(tab, 'Travel');
    await tab.waitForFunction(() => document.activeElement.matches('main h1'));
    assert.equal(await isOpen(), false);
    assert.equal(await told(tab), await tab.title());
    assert.deepEqual(lines, []);
  },
);

test('the colour scheme changes by keyboard', { skip }, async (t) => {
  const { page: tab } = await open(t, { colorScheme: 'light' });
  await reach(tab, '[data-theme-toggle]');
  await tab.keyboard.press('Space');
  await tab.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  assert.ok(await tab.evaluate(() => document.activeElement.matches('[data-theme-toggle]')));
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.documentElement.dataset.theme === 'light');
});

test(
  'a link followed by Enter focuses the heading, announces the title and scrolls to the top; back and forward restore the position',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(t, { route: '/year-archive/' });
    const title = 'On the slope of Chimborazo';
    await reach(tab, 'main .archive__item-title a[href*=slope]');
    // The page still scrolls smoothly to the link.
    await tab.keyboard.press('Enter');
    await shows(tab, title);
    await tab.waitForFunction(() => document.activeElement.matches('main h1'));
    assert.equal(await told(tab), await tab.title());
    assert.ok((await told(tab)).startsWith(title));
    await still(tab);
    assert.equal(await tab.evaluate(() => scrollY), 0);
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle),
      'none',
      'a heading is no control',
    );
    const list = 'Letters and notes by year';
    const move = async (top) => {
      await tab.evaluate((top) => scrollTo({ top, behavior: 'instant' }), top);
      await still(tab);
    };
    const isAt = (top) => tab.waitForFunction((top) => Math.abs(scrollY - top) < 2, top);
    await move(1200);
    await tab.evaluate(() => history.back());
    await shows(tab, list);
    await tab.waitForFunction(() => document.activeElement.matches('main h1'));
    assert.ok((await told(tab)).startsWith(list));
    await move(300);
    await tab.evaluate(() => history.forward());
    await shows(tab, title);
    await isAt(1200);
    await tab.evaluate(() => history.back());
    await shows(tab, list);
    await isAt(300);
    assert.deepEqual(lines, []);
  },
);

test(
  'a link of the table of contents moves the focus to its section, on this page and on another',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(t, { route: '/markdown/' });
    const headings = await tab.evaluate(() =>
      [...document.querySelectorAll('.toc a')].map((link) => link.getAttribute('href').slice(1)),
    );
    const id = headings[3];
    const isHere = () =>
      tab.waitForFunction((id) => {
        const { top } = document.getElementById(id).getBoundingClientRect();
        return top >= 0 && top < innerHeight / 2;
      }, id);
    /** The next Tab stop follows the section's heading. */
    const goesOn = async () => {
      await tab.keyboard.press('Tab');
      assert.ok(
        await tab.evaluate(
          (id) =>
            document.getElementById(id).compareDocumentPosition(document.activeElement) &
            Node.DOCUMENT_POSITION_FOLLOWING,
          id,
        ),
      );
    };
    await reach(tab, `.toc a[href="#${id}"]`);
    await tab.keyboard.press('Enter');
    await isHere();
    await goesOn();
    await tab.evaluate((id) => {
      window.meridian.navigate('/cv/');
      window.wanted = `/markdown/#${id}`;
    }, id);
    await tab.waitForFunction(
      () => location.pathname === '/cv/' && document.activeElement.matches('main h1'),
    );
    await tab.evaluate(() => window.meridian.navigate(window.wanted));
    await tab.waitForFunction((id) => document.activeElement.id === id, id);
    await isHere();
    await goesOn();
    assert.deepEqual(lines, []);
  },
);

test('in hash routing, too, the skip link and the contents move the focus', { skip }, async (t) => {
  const { page: tab, lines } = await open(t, { meta: { routes: 'hash' } });
  await tab.waitForSelector('a[href="/#/travel/"]');
  await reach(tab, '.skip-link');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.activeElement.id === 'main');
  assert.deepEqual(lines, []);
});

test('links that lead out of the site are left to the browser', { skip }, async (t) => {
  const { page: tab } = await open(t);
  const taken = await tab.evaluate(() => {
    const links = {
      external: '<a href="https://example.org/travel/">x</a>',
      download: '<a href="/travel/" download>x</a>',
      file: '<a href="/files/stations.tsv">x</a>',
      window: '<a href="/travel/" target="_blank">x</a>',
      mail: '<a href="mailto:a@example.org">x</a>',
      here: '<a href="#main">x</a>',
      page: '<a href="/travel/">x</a>',
    };
    const found = [];
    addEventListener('click', (event) => {
      if (event.defaultPrevented) found.push(event.target.dataset.name);
      event.preventDefault();
    });
    for (const [name, html] of Object.entries(links)) {
      document.querySelector('main').insertAdjacentHTML('beforeend', html);
      const link = document.querySelector('main').lastElementChild;
      link.dataset.name = name;
      link.click();
    }
    for (const key of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey']) {
      const link = document.querySelector('main').lastElementChild;
      link.dataset.name = key;
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, [key]: true }));
    }
    return found;
  });
  assert.deepEqual(taken, ['page']);
});

test(
  'with reduced motion there is no transition; otherwise pages cross-fade',
  { skip },
  async (t) => {
    for (const reducedMotion of ['reduce', 'no-preference']) {
      const { page: tab } = await open(t, { reducedMotion });
      await tab.evaluate(() => {
        window.fades = 0;
        // On the prototype: the shell ignores own properties of the document, which a page may have
        // set.
        const start = Document.prototype.startViewTransition;
        Document.prototype.startViewTransition = function (swap) {
          window.fades++;
          return start.call(document, swap);
        };
      });
      await tab.click('.masthead a[href="/cv/"]');
      await tab.waitForFunction(
        () => location.pathname === '/cv/' && document.activeElement.matches('main h1'),
      );
      const still = reducedMotion === 'reduce';
      assert.equal(await tab.evaluate(() => window.fades), still ? 0 : 1);
      assert.equal(
        await tab.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior),
        still ? 'auto' : 'smooth',
      );
      const moving = () =>
        [...document.querySelectorAll('*')].filter(
          (element) => parseFloat(getComputedStyle(element).transitionDuration) > 0,
        ).length;
      const count = await tab.evaluate(moving);
      assert.ok(
        still ? count === 0 : count > 0,
        `${reducedMotion}: ${count} elements with a transition`,
      );
    }
  },
);
