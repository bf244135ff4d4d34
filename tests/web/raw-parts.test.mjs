// `meridian build --raw` takes along the files of the shell that a site uses: number and bytes of a
// plain site and of one with a globe, and no page of the test sites misses one.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, filesBelow, host, makeSite, noBrowser } from './hosts.mjs';
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

const PERSON = 'title: A\nauthor:\n  name: Ada\n  github: ada\n  kaggle: ada\n';
const page = (text) => `---\nlayout: single\ntitle: Home\nauthor_profile: true\n---\n${text}\n`;
const PLAIN = { '_config.yml': PERSON, 'index.md': page('Hello.'), 'about.md': page('Me.') };
const GLOBE = {
  ...PLAIN,
  'travel.md': page('{% include travel-globe.html stops=site.data.travel %}'),
  '_data/travel.yml': '- Berlin\n- Rothenburg ob der Tauber\n',
};
// Files and bytes that an author copies to a host.
const MOST = { plain: [30, 905_000], globe: [71, 3_700_000] };

const raw = { options: ['--raw'] };

/** Opens pages; gives the files of the shell that were asked for in vain. */
async function missing(t, folder, paths, base = '') {
  const server = await host(t, folder);
  const lines = await eachPage(t, browser, paths, async (tab, path) => {
    await tab.goto(server.url + path);
    await silent(tab);
  });
  // The shell asks on purpose for a page that no host has, and for its folder in folders above.
  const lost = lostIn(server.log, `${base}/meridian/`).filter(
    (path) => !path.endsWith('is-there-a-404-page'),
  );
  return { lost, lines, log: server.log };
}

for (const [name, sources] of Object.entries({ plain: PLAIN, globe: GLOBE }))
  test(`a ${name} site is few files, and misses none`, { skip }, async (t) => {
    const folder = written(t, makeSite(t, sources, { shell: false }).root, raw);
    const files = filesBelow(folder);
    const bytes = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
    t.diagnostic(`${name}: ${files.length} files, ${bytes} bytes`);
    assert.ok(files.length <= MOST[name][0], files.join(' '));
    assert.ok(bytes <= MOST[name][1], `${bytes} bytes`);
    const paths = Object.keys(sources).filter((path) => path.endsWith('.md'));
    const { lost, lines, log } = await missing(
      t,
      folder,
      paths.map((path) => path.replace('index.md', '').replace('.md', '.html')),
    );
    assert.deepEqual(lost, []);
    // Addresses other than the first one have 404.html.
    assert.deepEqual(
      lines.filter((line) => !/404.*\.html$/.test(line)),
      [],
    );
    assert.ok(log.some(({ path, status }) => /kaggle\.svg$/.test(path) && status === 200));
  });

test(
  'no page of the demo and of the test sites misses a file of the shell',
  { skip },
  async (t) => {
    await eachSite(sitesBut(/\.expected$|^broken|own-shell/), async (source) => {
      const base = baseurlOf(source);
      const folder = written(t, source, { base, ...raw });
      const manifest = readFileSync(join(folder, base, 'meridian.json'), 'utf8');
      const { pages = {}, files } = JSON.parse(manifest);
      // Redirects to other hosts, which a test does not visit.
      const away = files
        .filter(({ yaml }) => /^redirect_to: *http/m.test(yaml ?? ''))
        .map(({ yaml }) => /^permalink: *(\S+)/m.exec(yaml)?.[1]);
      const paths = Object.keys(pages).filter(
        (path) => /(\/|\.html)$/.test(path) && !away.includes(path),
      );
      const some = someOf(source, paths);
      t.diagnostic(`${source.replace(PROJECT, '')}: ${some.length} pages`);
      const { lost } = await missing(
        t,
        folder,
        some.map((path) => (base + path).slice(1)),
        base,
      );
      assert.deepEqual(lost, [], source);
    });
  },
);
