// `meridian build` takes along the files of the shell that the written pages name, and what these
// load: few, and no page misses one, also when its search is opened, its globe is zoomed and its
// pictures are looked at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, built, filesBelow, host, noBrowser, openPage, until } from './hosts.mjs';
import {
  baseurlOf,
  eachPage,
  eachSite,
  lostIn,
  sitesBut,
  someOf,
  written,
  silent,
} from './parts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const page = (text, more = '') => `---\nlayout: single\ntitle: Page\n${more}---\n${text}\n`;
const PLAIN = {
  '_config.yml': 'title: A\nauthor: {name: Ada}\n',
  'index.md': page('Hello.'),
  'about.md': page('Me.'),
};

/** Files of the shell that a host did not have. */
const lostOf = (log) => lostIn(log, '/').filter((path) => path.includes('/meridian/'));

/** Opens the pages of a folder; `lost()` are the files of the shell that were asked for in vain. */
async function visitor(t, folder) {
  const server = await host(t, folder);
  const { page: tab, lines } = await openPage(t, browser);
  const status = (/** @type {string} */ name) =>
    server.log.find(({ path }) => path.endsWith(`/meridian/${name}`))?.status;
  return { tab, lines, status, lost: () => lostOf(server.log), url: server.url };
}

const shellOf = (/** @type {string} */ folder) =>
  filesBelow(folder)
    .filter((path) => path.startsWith('meridian/') && !/\.(br|gz)$/.test(path))
    .map((path) => path.slice('meridian/'.length));

test(
  'a plain site has the style sheet and the button for light and dark alone',
  { skip },
  async (t) => {
    const folder = built(t, PLAIN);
    assert.deepEqual(shellOf(folder).sort(), ['scheme.js', 'theme.css']);
    const { tab, lines, lost, url } = await visitor(t, folder);
    await tab.goto(url);
    assert.equal(await tab.title(), 'Page - A');
    assert.deepEqual([lost(), lines], [[], []]);
  },
);

test('a globe is zoomed, and reads a list of names', { skip }, async (t) => {
  const folder = built(t, {
    ...PLAIN,
    'index.md': page('{% include travel-globe.html stops=site.data.travel %}'),
    'list.md': page(
      '<script type="module" src="/meridian/globe.js"></script><meridian-globe src="stops.csv"></meridian-globe>',
    ),
    'stops.csv': 'name\nBerlin\nLisbon\n',
    '_data/travel.yml': '- Berlin\n- Rothenburg ob der Tauber\n- Lisbon\n',
  });
  const { tab, lines, lost, status, url } = await visitor(t, folder);
  await tab.goto(url);
  const globe = tab.locator('meridian-globe');
  await globe.evaluate(async (element) => void (await element.handle()).zoomBy(8));
  await until(
    () => status('land-50m.bin') === 200 && status('countries-50m.bin') === 200,
    'finer land',
  );
  assert.equal(status('travel.wasm'), undefined);
  await tab.goto(`${url}list.html`);
  await tab.waitForFunction(() => document.querySelector('meridian-globe').stops?.length === 2);
  assert.equal(status('travel.wasm'), 200);
  await silent(tab);
  assert.deepEqual([lost(), lines], [[], []]);
  assert.ok(!shellOf(folder).includes('site.js'));
});

test('mathematics, diagrams, aids, pictures and a search find their files', { skip }, async (t) => {
  const folder = built(t, {
    ...PLAIN,
    '_config.yml': `${PLAIN['_config.yml']}meridian: {search: true, aids: true}\n`,
    'index.md': page(
      '$$x^2$$\n\n```mermaid\ngraph LR\n  A --> B\n```\n\n## Picture\n\n![One](one.svg)\n\n<i class="fas fa-envelope"></i>\n',
    ),
    'one.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
  });
  const { tab, lines, lost, status, url } = await visitor(t, folder);
  await tab.goto(url);
  await tab.locator('math').first().waitFor();
  await tab.locator('.meridian-diagram img').first().waitFor({ timeout: 60_000 });
  assert.equal(status('icons/email.svg'), 200);
  await tab.keyboard.press('/');
  await tab.locator('input[type=search]').fill('picture');
  await tab.locator('[data-meridian-search-dialog] a').first().waitFor();
  await silent(tab);
  assert.deepEqual([lost(), lines], [[], []]);
  assert.ok(!shellOf(folder).some((name) => /^(site|globe|profile)\b/.test(name)));
});

test(
  'no written page of the demo and of the test sites misses a file of the shell',
  { skip },
  async (t) => {
    await eachSite(sitesBut(/\.expected$|own-shell/), async (source) => {
      const base = baseurlOf(source);
      const folder = written(t, source, { base });
      // Others send away: redirects.
      const paths = filesBelow(folder).filter(
        (path) =>
          /\.html$/.test(path) &&
          !/http-equiv="refresh"/.test(readFileSync(join(folder, path), 'utf8')),
      );
      const some = someOf(source, paths);
      t.diagnostic(`${source.replace(PROJECT, '')}: ${some.length} pages`);
      const server = await host(t, folder);
      await eachPage(t, browser, some, async (tab, path) => {
        await tab.goto(server.url + encodeURI(path));
        // Others load nothing later.
        if (!(await tab.locator('script[src], meridian-globe').count())) return;
        await tab.keyboard.press('End');
        await silent(tab);
      });
      assert.deepEqual(lostOf(server.log), [], source);
    });
  },
);
