// Cards whose sources try to block the page around them: the page stays responsive, keeps its
// layout, and receives a warning about omitted content.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { OPEN, hostPage, watch } from './profiles.mjs';
import { noBrowser } from './hosts.mjs';

const skip = demoMissing() ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const PERSON = { meridian: 1, name: 'Ada', sections: [{ title: 'News', id: 'news' }] };
const HERE = new URL('.', import.meta.url).pathname;
/**
 * Counts tasks of the page, which run only while nothing else does; `rests`: the counts at which
 * the card yielded.
 */
const beat = () => {
  window.beats = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (window.beats++, port2.postMessage(0));
  port2.postMessage(0);
  window.rests = [];
  const later = window.setTimeout;
  window.setTimeout = (act, time, ...more) => (
    time === undefined && window.rests.push(window.beats),
    later(act, time, ...more)
  );
};

/**
 * A page with a card of a host with these answers: a text, bytes, or a function of the response, by
 * path.
 */
async function cardOf(t, answers, { show = 'news', options, size = 'full', attributes = '' } = {}) {
  const opened = await hostPage(
    t,
    browser,
    HERE,
    `<p>Before</p><meridian-profile loading="eager" size="${size}" src="{site}" show="${show}" ${attributes}><a href="/">Fallback</a></meridian-profile><p id="after">After</p>`,
    {
      options,
      answer: (request, response, path) => {
        const answer = answers[path.slice(1)];
        if (typeof answer === 'function') return (answer(response), true);
        response
          .writeHead(answer === undefined ? 404 : 200, {
            ...OPEN,
            'content-type': 'application/json',
          })
          .end(answer);
        return true;
      },
      init: async ({ context }) => {
        await context.addInitScript(watch);
        await context.addInitScript(beat);
      },
    },
  );
  const { page } = opened;
  await page.waitForFunction(
    () =>
      window.said.some(([name]) => name === 'meridian-ready') ||
      document.querySelector('meridian-profile').title,
    undefined,
    { timeout: 100_000 },
  );
  return {
    ...opened,
    said: () => page.evaluate(() => window.said),
    high: () => page.evaluate(() => document.documentElement.scrollHeight),
    wide: () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  };
}
const withSection = (html, more = {}) => ({
  'profile.json': JSON.stringify({ ...PERSON, ...more }),
  'profile-sections/1.json': JSON.stringify({ html: `<h1>News</h1>\n${html}` }),
});
const CUT = 'news: section 1 is longer than what a card shows';
const inCard = (page, selector) =>
  page
    .locator('meridian-profile')
    .evaluate((card, selector) => card.shadowRoot.querySelectorAll(selector).length, selector);

const CUTS = {
  '6,000 <b> that are made anew in 6,000 paragraphs': `${Array.from({ length: 6000 }, (_, i) => `<b id=${i}>`).join('')}${'<p>x'.repeat(6000)}`,
  '40,000 <b> within each other': '<b>'.repeat(40_000),
  '30,000 elements beside each other': '<p>x</p>'.repeat(25_000),
  '20,000 tables within each other': '<table><tr><td>'.repeat(15_000),
  '25,000 comments': '<!---->'.repeat(30_000),
};
for (const [name, html] of Object.entries(CUTS))
  test(
    `of a section with ${name} a part is shown, and the card warns`,
    { skip, timeout: 120_000 },
    async (t) => {
      const { page, said } = await cardOf(t, withSection(`<p>First</p>${html}`));
      assert.deepEqual(
        (await said()).find(([name]) => name === 'meridian-error'),
        ['meridian-error', CUT],
      );
      await page.locator('meridian-profile').getByText('First').waitFor();
      const count = await inCard(page, '.html *');
      assert.ok(count < 20_000, `${count}`);
    },
  );

test(
  'a long section is parsed in slices, between which the page runs',
  { skip, timeout: 120_000 },
  async (t) => {
    const { page } = await cardOf(t, withSection(`<p>${'Word and word. '.repeat(15_000)}</p>`));
    assert.equal(await inCard(page, '.html p'), 1);
    // A slice has eight kilobytes; between two slices the page runs tasks.
    const rests = await page.evaluate(() => window.rests);
    assert.ok(rests.length >= 25, `${rests.length}`);
    assert.ok(rests.at(-1) - rests[0] >= 10, `${rests}`);
    const short = await cardOf(t, withSection('<p>Word</p>'));
    assert.deepEqual(await short.page.evaluate(() => window.rests), []);
  },
);

const picture = (response) =>
  response
    .writeHead(200, { ...OPEN, 'content-type': 'image/svg+xml' })
    .end('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="9000000"/>');
const HIGH = {
  'a cell of 9,000,000 pixels':
    '<table height=9000000><tr height=9000000><td height=9000000 width=9000000>x</table>',
  'a picture of one pixel by 9,000,000': '<img src="/a.svg" width=1 height=9000000 alt=x>',
  '2,000 empty lines': '<br>'.repeat(1900),
  'a text of 60,000 lines': `<pre>${'\n'.repeat(60_000)}x</pre>`,
  'a word of 200,000 letters': 'a'.repeat(200_000),
  '1,500 cells of 1,000 columns and 65,534 rows each': `<table><tr>${'<td colspan=1000 rowspan=65534>x'.repeat(1500)}</table>`,
  'a list within each other 90 times': `${'<ul><li>x'.repeat(45)}`,
};
for (const [name, html] of Object.entries(HIGH))
  test(
    `a section with ${name} does not change the page's size`,
    { skip, timeout: 120_000 },
    async (t) => {
      const { page, high, wide } = await cardOf(
        t,
        { ...withSection(`<p>First</p>${html}`), 'a.svg': picture },
        { options: { viewport: { width: 390, height: 800 } } },
      );
      await page.locator('meridian-profile').getByText('First').waitFor();
      assert.ok((await high()) < 2500, `${await high()}`);
      assert.ok((await wide()) <= 0, `${await wide()}`);
    },
  );

test(
  'an element of 50,000 attributes is omitted, and long values are cut',
  { skip, timeout: 120_000 },
  async (t) => {
    const attributes = Array.from({ length: 40_000 }, (_, i) => i.toString(36))
      .map((name) => `a${name}`)
      .join(' ');
    const { page } = await cardOf(
      t,
      withSection(`<p ${attributes}>Many</p><p title="${'t'.repeat(20_000)}">Few</p>`),
    );
    await page.locator('meridian-profile').getByText('Few').waitFor();
    assert.equal(await page.locator('meridian-profile').getByText('Many').count(), 0);
    assert.equal(
      await page
        .locator('meridian-profile')
        .getByText('Few')
        .evaluate(({ title }) => title.length),
      1000,
    );
  },
);

test(
  'fields of the maximal length do not change the page’s size',
  { skip, timeout: 120_000 },
  async (t) => {
    const long = 'a'.repeat(20_000);
    const words = 'word '.repeat(4000);
    const items = Array.from({ length: 2 }, () => ({
      title: words,
      venue: long,
      date: long,
      url: '/',
    }));
    const person = {
      ...PERSON,
      name: long,
      pronouns: long,
      affiliation: long,
      location: words,
      bio: words,
      links: Array.from({ length: 500 }, (_, i) => ({
        label: `${i}${'l'.repeat(200)}`,
        url: `/${i}`,
        named: true,
      })),
      lists: { publications: items },
    };
    for (const width of [390, 1440]) {
      const { high, wide } = await cardOf(
        t,
        { 'profile.json': JSON.stringify(person) },
        { show: 'publications:50', options: { viewport: { width, height: 800 } } },
      );
      assert.ok((await high()) < 6000, `${await high()}`);
      assert.ok((await wide()) <= 0, `${width}: ${await wide()}`);
    }
  },
);

test(
  'a profile.json of more than 256 KB and a list of more than 8 MB are refused while they arrive',
  { skip, timeout: 120_000 },
  async (t) => {
    const endless = (sent) => (response) => {
      response.writeHead(200, { ...OPEN, 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(1 << 16))) sent.bytes += 1 << 16;
      };
      response.on('drain', more);
      more();
    };
    const [profile, list] = [{ bytes: 0 }, { bytes: 0 }];
    const first = await cardOf(t, { 'profile.json': endless(profile) });
    assert.match((await first.said())[0][1], /answered with more than 256 KB/);
    await first.page.getByRole('link', { name: 'Fallback' }).waitFor();
    const second = await cardOf(t, { 'meridian.json': endless(list) });
    assert.match((await second.said())[0][1], /answered with more than 8192 KB/);
  },
);

test(
  'a list of 80,000 files is read in the card’s worker; one of more than 100,000 is refused',
  { skip, timeout: 240_000 },
  async (t) => {
    const files = (count) =>
      Array.from({ length: count }, (_, i) => ({ path: `_posts/2020-01-01-${i}.md`, size: 10 }));
    const site = (list) => ({
      'meridian.json': JSON.stringify({
        files: [{ path: '_config.yml' }, ...list],
        complete: true,
      }),
      '_config.yml': (response) =>
        response
          .writeHead(200, { ...OPEN, 'content-type': 'text/plain' })
          .end('author: {name: Ada}\n'),
    });
    const { page, said } = await cardOf(t, site(files(80_000)), { show: '' });
    assert.deepEqual(await said(), [['meridian-ready', 'Ada']]);
    // Nothing of the list is in the page: the worker's script requests files by their paths.
    assert.ok((await page.evaluate(() => window.beats)) > 0);
    const slashes = await cardOf(
      t,
      {
        ...site([]),
        'meridian.json': JSON.stringify({
          source: `${'/'.repeat(2_000_000)}x`,
          files: ['_config.yml'],
        }),
      },
      { show: '' },
    );
    assert.deepEqual(await slashes.said(), [['meridian-ready', 'Ada']]);
    const many = await cardOf(
      t,
      { ...site([]), 'meridian.json': JSON.stringify({ files: Array(100_001).fill('a') }) },
      { show: '' },
    );
    assert.match((await many.said())[0][1], /has 100,001 entries; 100,000 are read/);
  },
);

test(
  'an endless picture does not delay the page’s load event',
  { skip, timeout: 120_000 },
  async (t) => {
    const { page } = await cardOf(
      t,
      {
        'profile.json': JSON.stringify({ ...PERSON, avatar: 'avatar.svg' }),
        'avatar.svg': (response) =>
          void response
            .writeHead(200, { ...OPEN, 'content-type': 'image/svg+xml' })
            .write('<svg xmlns="http://www.w3.org/2000/svg">'),
      },
      { show: '' },
    );
    await page.waitForFunction(() => document.readyState === 'complete');
  },
);
