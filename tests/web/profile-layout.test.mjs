// Layout of the profile card: it causes no layout shift when it loads, and its columns depend on
// its own font size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { PERSON, hostPage, written } from './profiles.mjs';
import { painted } from './hosts.mjs';
import { skip, browser, CARD, init } from './profile-card.mjs';

test(
  'the placeholder has the card’s minimal height at any width, and a line’s height within a line',
  { skip },
  async (t) => {
    let answered = () => {};
    const widths = [200, 319, 320, 400, 543, 544, 680];
    const body =
      widths
        .map(
          (width) =>
            `<div style="inline-size:${width}px">${CARD.replace(/show="[^"]*"/, 'loading="eager"')}</div>`,
        )
        .join('') +
      `<p>By ${CARD.replace(/show="[^"]*"/, 'loading="eager" size="inline"')}, here.</p>`;
    const { page } = await hostPage(
      t,
      browser,
      written(t, {
        ...PERSON,
        '_config.yml': PERSON['_config.yml']
          .replace(/^ +(bio|pronouns|employer):.*\n/gm, '')
          .replace(/Ada Lovelace/, 'Ada'),
      }),
      body,
      {
        init,
        answer: (request, response, path) =>
          path === '/profile.json' && new Promise((resolve) => (answered = () => resolve(false))),
      },
    );
    const boxes = () =>
      page
        .locator('meridian-profile')
        .evaluateAll((cards) =>
          cards.map((card) => [
            card.getBoundingClientRect().width,
            Math.round(card.getBoundingClientRect().height * 10) / 10,
          ]),
        );
    await page.waitForFunction(() => document.querySelector('meridian-profile').shadowRoot);
    await painted(page);
    const before = await boxes();
    answered();
    await page.waitForFunction((count) => window.said.length === count, widths.length + 1);
    assert.deepEqual(await boxes(), before);
    assert.deepEqual(
      before.slice(0, -1).map(([, height]) => Math.round(height)),
      [118, 118, 203, 203, 203, 168, 168],
    );
  },
);

const keeps = skip ?? chromiumOnly('others forget the height of what they don’t lay out');
test('a card out of view is not laid out, and keeps its space', { skip: keeps }, async (t) => {
  const { page } = await hostPage(
    t,
    browser,
    written(t, PERSON),
    `${CARD}<div style="block-size:400vh"></div>`,
    { init },
  );
  await page.locator('meridian-profile .html').waitFor();
  // A picture that arrives makes its line higher.
  await page.waitForFunction(() =>
    [...document.querySelector('meridian-profile').shadowRoot.querySelectorAll('img')].every(
      ({ complete }) => complete,
    ),
  );
  const seen = () =>
    page
      .locator('meridian-profile .html')
      .evaluate((part) => part.checkVisibility({ contentVisibilityAuto: true }));
  const high = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await high();
  assert.ok(await seen());
  await page.evaluate(() => scrollTo(0, 3 * innerHeight));
  await page.waitForFunction(
    () =>
      !document
        .querySelector('meridian-profile')
        .shadowRoot.querySelector('.html')
        .checkVisibility({ contentVisibilityAuto: true }),
  );
  assert.equal(await high(), before);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() =>
    document
      .querySelector('meridian-profile')
      .shadowRoot.querySelector('.html')
      .checkVisibility({ contentVisibilityAuto: true }),
  );
  assert.equal(await high(), before);
});

const shifts = skip ?? chromiumOnly('no other engine tells layout shifts');
test(
  'no layout shift: in the reserved space, and when the card changes',
  { skip: shifts },
  async (t) => {
    // Pictures have a size, or the text behind them would move.
    const folder = written(t, {
      ...PERSON,
      'index.md': PERSON['index.md'].replace(
        '/images/wheel.svg)',
        '/images/wheel.svg){: width="20" height="20"}',
      ),
    });
    const moves = async ({ context }) => {
      await init({ context });
      await context.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) =>
          list.getEntries().forEach(({ value }) => (window.shift += value)),
        ).observe({ type: 'layout-shift', buffered: true });
      });
    };
    const load = async (width, attributes) => {
      const { page } = await hostPage(
        t,
        browser,
        folder,
        `<div style="inline-size:${width}px">${CARD.replace(/ show="[^"]*"/, ` ${attributes}`)}<p>Below.</p></div>`,
        {
          init: moves,
          // Late enough that the page is painted before.
          answer: (request, response, path) =>
            path === '/profile.json' && new Promise((resolve) => setTimeout(resolve, 300, false)),
        },
      );
      await page.waitForFunction(() => window.said.length);
      await painted(page);
      const high = await page
        .locator('meridian-profile')
        .evaluate((card) => card.getBoundingClientRect().height);
      const shift = await page.evaluate(() => window.shift);
      return { page, high, shift };
    };
    for (const width of [260, 400, 680]) {
      for (const show of ['', 'show="news publications:2"']) {
        const { page, high, shift } = await load(width, show);
        // Without reserved space a shift is detected where the card is higher than its minimum.
        if (show) assert.ok(shift > 0);
        const kept = await load(
          width,
          `${show} style="display:block;min-block-size:${Math.ceil(high)}px"`,
        );
        assert.equal(kept.shift, 0, `${width} ${show}`);
        assert.ok(Math.abs(kept.high - high) < 1);
        // Reloaded, the card is rendered again without disappearing.
        await page.evaluate(() => (window.shift = 0));
        await page.locator('meridian-profile').evaluate((card) => card.refresh());
        await painted(page);
        assert.equal(await page.evaluate(() => window.shift), 0);
      }
    }
  },
);

test(
  'the card’s columns depend on its own font size: with any root font size names have room and words stay whole',
  { skip },
  async (t) => {
    const named = {
      ...PERSON,
      '_config.yml': PERSON['_config.yml']
        .replace('Ada Lovelace', 'Alexander von Humboldt')
        .replace('Analytical Society', 'Berlin Academy of Sciences'),
    };
    const folder = written(t, named);
    const measure = async (style, width) => {
      const body = `<div style="inline-size:${width}px">${CARD.replace('show="news publications:1"', '')}</div>`;
      const { page } = await hostPage(t, browser, folder, body, {
        style: `<style>${style}</style>`,
      });
      await page.locator('meridian-profile .p-name').waitFor();
      return page.locator('meridian-profile').evaluate(({ shadowRoot: root }) => {
        const lines = (element) => {
          const range = document.createRange();
          const { firstChild: text } = element;
          const tops = (from, to) => (
            range.setStart(text, from),
            range.setEnd(text, to),
            new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
          );
          const broken = [...text.data.matchAll(/\S+/g)]
            .filter(({ 0: word, index }) => tops(index, index + word.length) > 1)
            .map(([word]) => word);
          return { lines: tops(0, text.length), broken };
        };
        const card = root.querySelector('.card');
        return {
          name: lines(root.querySelector('.p-name')).lines,
          broken: ['.p-name', '.p-org'].flatMap((part) => lines(root.querySelector(part)).broken),
          over: card.scrollWidth > card.clientWidth,
          wide:
            root.querySelector('.links').getBoundingClientRect().top <
            root.querySelector('.bio').getBoundingClientRect().top,
        };
      });
    };
    // Many style sheets set a root font size of ten pixels; a reader's own may be large.
    for (const style of [
      '',
      'html { font-size: 62.5% } body { font-size: 1.6rem }',
      'html { font-size: 62.5% } * { line-height: 2; letter-spacing: .1em }',
    ]) {
      assert.deepEqual(
        await measure(style, 430),
        { name: 1, broken: [], over: false, wide: false },
        style,
      );
      for (const width of [115, 160, 230]) {
        const found = { ...(await measure(style, width)), name: undefined };
        assert.deepEqual(
          found,
          { name: undefined, broken: [], over: false, wide: false },
          `${width}: ${style}`,
        );
      }
    }
    assert.equal((await measure('html { font-size: 62.5% }', 640)).wide, true);
    assert.equal((await measure('html { font-size: 150% }', 640)).wide, false);
  },
);
