// `meridian build --raw` takes along the files of the shell that a site uses: number and bytes of a
// plain site and of one with a globe, and no page of the test sites misses one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  COMMAND,
  PROJECT,
  SITES,
  filesBelow,
  host,
  makeSite,
  noBrowser,
  openPage,
} from './hosts.mjs';

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
// Files and bytes that an author copies to a host; forms that are compressed in advance, which the
// npm package does not have, come on top.
const MOST = { plain: [40, 890_000], globe: [82, 3_710_000] };

/** A site of raw sources as the command writes it, in a folder of the host's. */
function written(t, sources, base = '') {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-raw-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const words = ['build', '--raw', '--source', sources, '--destination', join(folder, base)];
  spawnSync(COMMAND, words, { stdio: 'ignore' }); // sites of the tests have mistakes
  return folder;
}

/** Opens pages one after the other; gives the files of the shell that were asked for in vain. */
async function missing(t, folder, paths, base = '') {
  const server = await host(t, folder);
  const { page, lines } = await openPage(t, browser);
  for (const path of paths) {
    await page.goto(server.url + path);
    await page.waitForLoadState('networkidle');
  }
  // The shell asks on purpose for a page that no host has, and for its folder in folders above.
  const lost = server.log.filter(
    ({ path, status }) =>
      status === 404 &&
      path.startsWith(`${base}/meridian/`) &&
      !path.endsWith('is-there-a-404-page'),
  );
  return { lost: [...new Set(lost.map(({ path }) => path))], lines, log: server.log };
}

for (const [name, sources] of Object.entries({ plain: PLAIN, globe: GLOBE }))
  test(`a ${name} site is few files, and misses none`, { skip }, async (t) => {
    const folder = written(t, makeSite(t, sources, { shell: false }).root);
    const files = filesBelow(folder).filter((path) => !/\.(br|gz)$/.test(path));
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

// Pages of each site that are opened.
const PAGES = 5;
const sites = readdirSync(SITES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/\.expected$|^broken|own-shell/.test(entry.name))
  .map(({ name }) => join(SITES, name));
test(
  'no page of the demo and of the test sites misses a file of the shell',
  { skip },
  async (t) => {
    for (const source of [join(PROJECT, 'content'), ...sites]) {
      const config = join(source, '_config.yml');
      const settings = existsSync(config) ? readFileSync(config, 'utf8') : '';
      const base = /^baseurl: *["']?([^"'\s]*)/m.exec(settings)?.[1] ?? '';
      const folder = written(t, source, base);
      const manifest = readFileSync(join(folder, base, 'meridian.json'), 'utf8');
      const { pages = {}, files } = JSON.parse(manifest);
      // Redirects to other hosts, which a test does not visit.
      const away = files
        .filter(({ yaml }) => /^redirect_to: *http/m.test(yaml ?? ''))
        .map(({ yaml }) => /^permalink: *(\S+)/m.exec(yaml)?.[1]);
      const paths = Object.keys(pages).filter(
        (path) => /(\/|\.html)$/.test(path) && !away.includes(path),
      );
      const some = /content$/.test(source) ? paths : paths.slice(0, PAGES);
      t.diagnostic(`${source.replace(PROJECT, '')}: ${some.length} pages`);
      const { lost } = await missing(
        t,
        folder,
        some.map((path) => (base + path).slice(1)),
        base,
      );
      assert.deepEqual(lost, [], source);
    }
  },
);
