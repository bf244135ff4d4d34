// A page that is patched after it was shown: what enhances it enhances it again, the old parts and
// the new ones, each once. One test for each enhancement.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled, until } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const WIDE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="2000"/>')}`;
const page = (text, more = '') => `---\nlayout: single\ntitle: Page\n${more}---\n\n${text}\n`;
const CONFIG =
  'title: A\nauthor: {name: Ada}\nmeridian: {aids: "anchors contents copy notes zoom progress"}\n';
const list = (n, item) => Array.from({ length: n }, (_, at) => item(at + 1)).join('\n\n');

/**
 * Each: the sources with so many of it; how many the page has, counted in it; what a reader does
 * with the last one, and what is there then.
 * @type {Record<string, {
 *   sources: (n: number) => Record<string, string>, count: () => number,
 *   config?: boolean, use?: (page: import('playwright-core').Page) => Promise<unknown>,
 * }>}
 */
const ENHANCEMENTS = {
  mathematics: {
    sources: (n) => ({ 'index.md': page(list(n, (i) => `Formula $$\\alpha_${i}$$ here.`)) }),
    count: () =>
      document.body.textContent.includes('\\(') ? -1 : document.querySelectorAll('math').length,
  },
  'code in colours': {
    sources: (n) => ({ 'index.md': page(list(n, (i) => `\`\`\`js\nlet a = ${i};\n\`\`\``)) }),
    count: () =>
      [...document.querySelectorAll('pre')].filter((block) => block.querySelector('span')).length,
  },
  'wide tables by keyboard': {
    sources: (n) => ({
      'index.md': page(
        list(
          n,
          (i) => `| ${'wide | '.repeat(60)}\n|${'---|'.repeat(60)}\n| ${`${i} | `.repeat(60)}`,
        ),
      ),
    }),
    count: () => document.querySelectorAll('main [tabindex="0"]').length,
  },
  diagrams: {
    sources: (n) => ({
      'index.md': page(list(n, (i) => `\`\`\`mermaid\ngraph LR; a${i} --> b\n\`\`\``)),
    }),
    count: () => document.querySelectorAll('.meridian-diagram img').length,
  },
  'pictures in a lightbox': {
    sources: (n) => ({
      'index.md': page(
        list(n, (i) => `<a href="${i}.svg"><img src="small.svg" alt="Picture ${i}"></a>`),
        'gallery: true\n',
      ).replace('\n\n<a', '\n\n<div class="gallery"><a'),
      'small.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>',
      '1.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>',
      '2.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>',
    }),
    count: () =>
      [...document.querySelectorAll('main a')].filter(
        ({ href, onclick }) => /svg$/.test(href) && onclick,
      ).length,
    use: async (tab) => {
      await tab.locator('main a[href$=".svg"]').last().click();
      await tab.locator('dialog[open] img').waitFor();
      assert.equal(await tab.locator('dialog[open]').count(), 1);
      assert.ok((await tab.locator('dialog[open] img').getAttribute('src')).endsWith('2.svg'));
    },
  },
  'buttons that copy': {
    sources: (n) => ({ 'index.md': page(list(n, (i) => `\`\`\`\nplain ${i}\n\`\`\``)) }),
    count: () => document.querySelectorAll('.aid-copy button').length,
  },
  'anchors of headings': {
    sources: (n) => ({ 'index.md': page(list(n, (i) => `## Heading ${i}`)) }),
    count: () => document.querySelectorAll('h2 > .aid-anchor').length,
  },
  'popovers of footnotes': {
    sources: (n) => ({
      'index.md': page(
        `${list(n, (i) => `Text[^${i}].`)}\n\n${list(n, (i) => `[^${i}]: Note ${i}.`)}`,
      ),
    }),
    count: () =>
      [...document.querySelectorAll('a.footnote')].filter(({ onfocus }) => onfocus).length,
    use: async (tab) => {
      await tab.locator('a.footnote').last().hover();
      await tab.locator('.aid-note', { hasText: 'Note 2.' }).waitFor();
      assert.equal(await tab.locator('.aid-note').count(), 1);
    },
  },
  'contents that follow': {
    sources: (n) => ({
      'index.md': page(
        `* Contents\n{:toc}\n\n${list(n, (i) => `## Part ${i}\n\n<p style="height:${i * 1500}px">Text</p>`)}`,
      ),
    }),
    count: () => document.querySelectorAll('#markdown-toc a').length,
    use: async (tab) => {
      await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await tab.locator('#markdown-toc a[aria-current]', { hasText: 'Part 2' }).waitFor();
      assert.equal(await tab.locator('#markdown-toc a[aria-current]').count(), 1);
    },
  },
  'pictures enlarged': {
    sources: (n) => ({
      'index.md': page(list(n, (i) => `<img src="${WIDE}#.svg" width="300" alt="Wide ${i}">`)),
    }),
    count: () => document.querySelectorAll('img.aid-larger[role=button]').length,
    use: async (tab) => {
      await tab.locator('img.aid-larger').last().click();
      await tab.locator('dialog.aid-zoom').waitFor();
      assert.equal(await tab.locator('dialog.aid-zoom').count(), 1);
    },
  },
  'progress of reading': {
    sources: (n) => ({ 'index.md': page(list(n, (i) => `## Part ${i}`)) }),
    count: () =>
      document.querySelectorAll('.aid-progress').length *
      document.querySelectorAll('main h2').length,
  },
  'a filter of publications': {
    sources: (n) => ({
      '_config.yml': `${CONFIG}publications: papers.bib\n`,
      'papers.bib': list(
        n + 1,
        (i) => `@article{k${i}, title = {Paper ${i}}, author = {Ada}, year = ${2000 + i}}`,
      ),
      'index.md': '---\nlayout: publications\ntitle: Page\n---\n',
    }),
    count: () =>
      document.querySelector('.publications__filter:not([inert])')
        ? document.querySelectorAll('.publications__filter [name=year] option').length - 2
        : 0,
    use: async (tab) => {
      await tab.locator('.publications__filter [name=q]').fill('Paper 3');
      await tab.waitForFunction(
        () => document.querySelectorAll('.publication:not([hidden])').length === 1,
      );
    },
  },
  comments: {
    sources: (n) => ({
      '_config.yml': `${CONFIG}comments: {provider: utterances, utterances: {}}\nrepository: a/b\n`,
      'index.md': page(
        list(n, (i) => `Text ${i}.`),
        'comments: true\n',
      ),
    }),
    count: () =>
      document.querySelectorAll('.page__comments button:not([hidden])').length *
      [...document.querySelectorAll('main p')].filter((p) => /^Text/.test(p.textContent)).length,
  },
  'links of notes': {
    config: false,
    sources: (n) => ({
      'README.md': '# Home\n\nA note with a [[Second]].\n',
      'First.md': '# First\n\nAbout [[README]].\n',
      'Second.md': `# Second\n\n${n > 1 ? 'About [[README]] too.' : 'About nothing.'}\n`,
    }),
    count: () => document.querySelectorAll('aside.note-links:not([hidden]) .backlinks > li').length,
  },
  'a globe': {
    sources: (n) => ({
      '_config.yml': `${CONFIG}`,
      '_data/travel.yml': list(n, (i) => `- {name: Place ${i}, lat: ${i * 10}, lon: ${i * 10}}`),
      'index.md': page('{% include travel-globe.html stops=site.data.travel %}'),
    }),
    count: () => {
      const globe = document.querySelector('meridian-globe[ready]');
      const buttons = globe?.querySelectorAll('li button').length;
      return globe && buttons === globe.stops.length ? buttons : 0;
    },
    use: async (tab) => {
      await tab.locator('meridian-globe li button').last().click();
      await tab.locator('meridian-globe li[aria-current]', { hasText: 'Place 2' }).waitFor();
    },
  },
};

for (const [name, { sources, count, use, config = true }] of Object.entries(ENHANCEMENTS))
  test(`a patched page has ${name}`, { skip }, async (t) => {
    const first = { ...(config && { '_config.yml': CONFIG }), ...sources(1) };
    const site = makeSite(t, first, {
      manifest: true,
      meta: { root: '/', manifest: 'meridian.json' },
    });
    const server = await host(t, site.folder);
    const { page: tab, lines } = await openPage(t, browser);
    await tab.goto(server.url);
    await settled(tab);
    const has = (n) => until(async () => (await tab.evaluate(count)) === n, `${n} of ${name}`);
    await has(1);
    await tab.evaluate(() => (document.querySelector('main, body').mine = true));
    const changed = Object.entries({ ...first, ...sources(2) }).filter(
      ([path, text]) => first[path] !== text,
    );
    for (const [path, text] of changed) site.put(path, text);
    const paths = changed.map(([path]) => path);
    assert.equal(await tab.evaluate((paths) => window.meridian.reload(paths), paths), true);
    await has(2);
    assert.ok(
      await tab.evaluate(() => document.querySelector('main, body').mine),
      'it was patched',
    );
    await use?.(tab);
    // And once more, the same page: nothing is there twice.
    await tab.evaluate((paths) => window.meridian.reload(paths), paths);
    await has(2);
    assert.deepEqual(lines, []);
  });

test(
  'a page whose list of files comes later is enhanced, however early it is patched',
  { skip },
  async (t) => {
    // Without a manifest; the emoji are a file that the second rendering has.
    const sources = {
      '_config.yml': 'title: A\nplugins: [jemoji]\n',
      'index.md': page(
        'Hi $$\\alpha$$\n\n<script>window.ran = (window.ran ?? 0) + 1; addEventListener("DOMContentLoaded", () => { window.loaded = (window.loaded ?? 0) + 1; }); addEventListener("load", () => { window.whole = (window.whole ?? 0) + 1; });</script>',
      ),
    };
    for (const slow of [undefined, /math\.js/, /katex/, /emoji/, /_config/, /github|\/$/]) {
      const site = makeSite(t, sources);
      const server = await host(t, site.folder);
      const { page: tab } = await openPage(t, browser);
      if (slow)
        await tab.route(slow, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 700));
          await route.continue();
        });
      await tab.goto(server.url);
      await settled(tab);
      await tab.locator('main math').waitFor({ timeout: 20_000 });
      await tab.waitForFunction(() => window.whole);
      assert.deepEqual(
        await tab.evaluate(() => [window.ran, window.loaded, window.whole]),
        [1, 1, 1],
        String(slow),
      );
    }
  },
);
