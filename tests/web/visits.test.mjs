// The order in which a visitor sees things: a long page begins with its first screen, a page from
// an earlier visit shows at once and is updated without a jump, a prefetched link is ready. Real
// core, real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { MOVING, host, makeSite, noBrowser, openPage, painted, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const PARAGRAPHS = 400;
const long = Array.from(
  { length: PARAGRAPHS },
  (_, i) =>
    `Paragraph number ${i} of a long page, which says what the others say, at the same length.\n{: #p${i}}`,
);
const SITE = {
  '_config.yml':
    'title: Visits\nfooter: {links: [{label: Elsewhere, url: https://elsewhere.example/}]}\n',
  'index.md':
    '---\ntitle: Home\nlayout: single\n---\nWelcome. [Two](/two/){: #two} [Long](/long/){: #long}\n',
  'two.md': '---\ntitle: Two\nlayout: single\npermalink: /two/\n---\nSecond page.\n',
  'long.md': `---\ntitle: Long\nlayout: single\npermalink: /long/\n---\n[To the end](#p${PARAGRAPHS - 1}){: #to-end}\n\n${long.join('\n\n')}\n\n<script>window.seenByScript = document.querySelectorAll('[id^=p]').length</script>\n`,
};

/** A site on a host other than localhost, as visitors have it. */
async function open(t, { sources = SITE, path = '', state = {}, prepare } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
  });
  const server = await host(t, site.folder, state);
  const url = server.url.replace('127.0.0.1', 'reader.localhost');
  const opened = await openPage(t, browser, MOVING);
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.goto(url + path);
  // The 404 status of a page's own address is expected here.
  return {
    ...opened,
    site,
    server,
    url,
    lines: () => opened.lines.filter((line) => !/\/(two|long)\/$/.test(line)),
  };
}
/** Opens page two, which is then kept with this text. */
const kept = (page, text) =>
  page.waitForFunction((text) => localStorage['meridian:/:/two/']?.includes(text), text);
const complete = (page) =>
  page.waitForFunction(
    (last) => document.getElementById(last) && document.querySelector('.page__footer'),
    `p${PARAGRAPHS - 1}`,
  );
const ids = (page) =>
  page.evaluate(() => [...document.querySelectorAll('[id^=p]')].map(({ id }) => id));
const text = (page) => page.textContent('.page__content');

/**
 * Runs in the page: records the number of paragraphs after each change of the body, and calls
 * `window.atFirst` at the first.
 */
function watch() {
  window.counts = [];
  new MutationObserver(() => {
    const count = document.querySelectorAll('[id^=p]').length;
    if (count && count !== window.counts.at(-1)) window.counts.push(count);
    if (window.counts.length === 1 && window.atFirst) {
      const { atFirst } = window;
      delete window.atFirst;
      atFirst();
    }
  }).observe(document, { childList: true, subtree: true });
}

test(
  'a long page begins with its first screen; the rest follows in order, scripts run when all is there',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, { path: 'long/', prepare: watch });
    await complete(page);
    const counts = await page.evaluate(() => window.counts);
    assert.ok(counts[0] < PARAGRAPHS / 2 && counts.length > 3, `there were ${counts}`);
    assert.deepEqual(
      await ids(page),
      long.map((_, i) => `p${i}`),
    );
    assert.equal(
      await page.evaluate(
        () =>
          document.body.lastElementChild.querySelector('footer, script') !== null ||
          document.body.lastElementChild.matches('footer, script'),
      ),
      true,
    );
    await page.waitForFunction(() => window.seenByScript);
    assert.equal(await page.evaluate(() => window.seenByScript), PARAGRAPHS);
    // The first part filled the window.
    const [height, first] = await page.evaluate(
      (last) => [innerHeight, document.getElementById(last).getBoundingClientRect().bottom],
      `p${counts[0] - 1}`,
    );
    assert.ok(first > height, `the first ${counts[0]} paragraphs end at ${first} of ${height}`);
    assert.deepEqual(lines(), []);
  },
);

test('an anchor in a long page is found', { skip }, async (t) => {
  const inView = (page) =>
    page.waitForFunction(
      (last) => {
        const { top, bottom } = document.getElementById(last)?.getBoundingClientRect() ?? {
          top: -1,
          bottom: -1,
        };
        return top >= 0 && bottom <= innerHeight;
      },
      `p${PARAGRAPHS - 1}`,
    );
  // By an address with an anchor,
  const { page, url } = await open(t, { path: `long/#p${PARAGRAPHS - 1}` });
  await inView(page);
  // by a link that is clicked before its target has arrived,
  const other = await openPage(t, browser);
  await other.page.addInitScript(watch);
  await other.page.addInitScript(
    () => (window.atFirst = () => document.getElementById('to-end').click()),
  );
  await other.page.goto(url + 'long/');
  await inView(other.page);
  // and on the way back, to the former position.
  await other.page.evaluate(() => scrollTo({ top: 5000, behavior: 'instant' }));
  await painted(other.page);
  const place = await other.page.evaluate(() => scrollY);
  assert.ok(Math.abs(place - 5000) < 200, `at ${place}`);
  await other.page.evaluate(() => window.meridian.navigate('/two/'));
  await other.page.waitForFunction(() => document.title.startsWith('Two'));
  await other.page.goBack();
  await other.page.waitForFunction(
    (wanted) => document.title.startsWith('Long') && scrollY === wanted,
    place,
  );
});

test('an anchor is reached although its smooth scroll is cut off', { skip }, async (t) => {
  const { page, lines } = await open(t, { path: 'long/' });
  await complete(page);
  await page.addStyleTag({ content: 'html { scroll-behavior: smooth }' });
  const go = (id) => page.evaluate((id) => window.meridian.navigate(`/long/#${id}`), id);
  const arrived = (id) =>
    page.waitForFunction((id) => {
      const { top } = document.getElementById(id).getBoundingClientRect();
      return window.cut && top > -1 && top < innerHeight / 4;
    }, id);
  await page.evaluate(() => {
    const cut = () => {
      window.cut = scrollY;
      scrollTo({ top: scrollY, behavior: 'instant' });
    };
    addEventListener('scroll', cut, { once: true });
  });
  await go('p200');
  await arrived('p200');
  await painted(page); // the event of the last jump
  // What scrolls away meanwhile has the last word.
  await page.evaluate(() => {
    const leave = () => scrollTo({ top: 0, behavior: 'instant' });
    addEventListener('scroll', leave, { once: true });
  });
  await go('p300');
  await page.waitForFunction(() => scrollY === 0);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.deepEqual(lines(), []);
});

test('a page in a background tab is complete at once', { skip }, async (t) => {
  const { page } = await open(t, {
    path: 'long/',
    prepare: `(${watch})(); Object.defineProperty(Document.prototype, 'hidden', { get: () => true })`,
  });
  await complete(page);
  assert.equal(
    await page.evaluate(() => window.counts.length),
    2,
    'the first screen, and all else',
  );
});

test(
  'parts of a long page that is left early do not appear in the next page',
  { skip },
  async (t) => {
    const { page } = await open(t, {
      path: 'long/',
      prepare: `(${watch})(); window.atFirst = () => window.meridian.navigate('/two/')`,
    });
    // A view transition shows the page some frames after its title.
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Two');
    // No part of the long page follows: nothing to wait for.
    await page.waitForTimeout(500);
    assert.deepEqual(await ids(page), []);
    await page.goBack();
    await complete(page);
    assert.deepEqual(
      await ids(page),
      long.map((_, i) => `p${i}`),
    );
  },
);

test(
  'a page from an earlier visit shows at once, and is updated without a jump',
  { skip },
  async (t) => {
    const { page, site, server, url, lines } = await open(t, { path: 'two/' });
    await kept(page, 'Second page.');
    await page.goto('about:blank');
    site.put(
      'two.md',
      '---\ntitle: Two, again\nlayout: single\npermalink: /two/\n---\nSecond page, mended.\n',
    );
    // Only the shell and the theme's sheet are available.
    let release;
    const held = new Promise((resolve) => (release = resolve));
    server.state.answer = async (_request, _response, path) => {
      if (/^\/meridian\.json|\.md$|\.wasm$/.test(path)) await held;
      return false;
    };
    await page.goto(url + 'two/', { waitUntil: 'commit' });
    await page.waitForFunction(() =>
      document.querySelector('.page__content')?.textContent.includes('Second page.'),
    );
    const mark = await page.evaluateHandle(() => document.querySelector('.page__content p'));
    // A kept page is complete: links, history and the title work.
    assert.equal(await page.title(), 'Two - Visits');
    release();
    await page.waitForFunction(() =>
      document.querySelector('.page__content').textContent.includes('mended'),
    );
    assert.equal(await page.title(), 'Two, again - Visits');
    assert.equal(
      await mark.evaluate((element) => element.isConnected),
      true,
      'the page was patched, not exchanged',
    );
    assert.deepEqual(lines(), []);
    // The next visit shows the last page.
    await kept(page, 'mended');
    await page.goto('about:blank');
    server.state.answer = () => false;
    await page.goto(url + 'two/');
    await page.waitForFunction(() =>
      document.querySelector('.page__content')?.textContent.includes('mended'),
    );
    await settled(page);
    assert.match(await text(page), /mended/);
  },
);

test(
  'a kept page stays when the host is unreachable, with a notice, and is updated when it is back',
  { skip },
  async (t) => {
    const { page, server, url } = await open(t, { path: 'two/' });
    await kept(page, 'Second page.');
    await page.goto('about:blank');
    server.state.answer = (request, response, path) =>
      /^\/meridian\.json|\.md$/.test(path) && !!request.socket.destroy();
    await page.goto(url + 'two/');
    const section = page.locator('.page__content section');
    await section.waitFor();
    assert.equal(await section.count(), 1);
    assert.match(
      await section.textContent(),
      /meridian\.json.*connection.*as your last visit left it.*Try again/s,
    );
    assert.match(await text(page), /Second page/);
    server.state.answer = () => false;
    await section.locator('button').click();
    await page.waitForFunction(
      () =>
        document.querySelector('.page__content') &&
        !document.querySelector('.page__content section'),
    );
    assert.match(await text(page), /Second page/);
  },
);

test('a kept page whose source is gone becomes the 404 page', { skip }, async (t) => {
  const { page, site, url } = await open(t, { path: 'two/' });
  await kept(page, 'Second page.');
  await page.goto('about:blank');
  site.remove('two.md');
  const files = JSON.parse(
    await (await fetch(url.replace('reader.localhost', '127.0.0.1') + 'meridian.json')).text(),
  );
  site.put(
    'meridian.json',
    JSON.stringify({ ...files, files: files.files.filter(({ path }) => path !== 'two.md') }),
  );
  await page.goto(url + 'two/');
  await page.waitForFunction(() => !document.body.textContent.includes('Second page'));
  assert.match(await page.textContent('h1'), /not (be )?found|404/i);
});

test('the latest pages are kept, up to the limit of the storage', { skip }, async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => [
      `p${i}.md`,
      `---\ntitle: P${i}\npermalink: /p${i}/\n---\nNumber ${i}.\n`,
    ]),
  );
  const { page } = await open(t, { sources: { ...SITE, ...many } });
  await settled(page);
  for (let i = 0; i < 15; i++) {
    await page.evaluate((path) => window.meridian.navigate(path), `/p${i}/`);
    await page.waitForFunction((title) => document.title.startsWith(title), `P${i}`);
  }
  await page.waitForFunction(() => localStorage['meridian:/:/p14/']);
  const kept = await page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('meridian:/:'))
      .sort(),
  );
  assert.deepEqual(kept, Array.from({ length: 12 }, (_, i) => `meridian:/:/p${i + 3}/`).sort());
});

test('a prefetched link is shown without a request', { skip }, async (t) => {
  const { page, server } = await open(t);
  await settled(page);
  await page.hover('#long');
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('long.md')),
  );
  // The prefetch has no visible sign: its answer is made in the worker after the file has arrived.
  await page.waitForTimeout(300);
  const asked = server.log.length;
  await page.click('#long');
  await complete(page);
  assert.deepEqual(
    server.log
      .slice(asked)
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('/meridian/')),
    [],
  );
  assert.deepEqual(
    await ids(page),
    long.map((_, i) => `p${i}`),
  );
});
