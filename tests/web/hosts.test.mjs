// Sites on common hosts: Python's http.server, nginx, a sub-path, GitHub Pages. Real core, real
// browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  COMMAND,
  DIST,
  MOVING,
  PROJECT,
  SITES,
  entry,
  filesBelow,
  host,
  makeSite,
  nginx,
  noBrowser,
  openPage,
  painted,
  python,
  settled,
} from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const CONTENT = join(PROJECT, 'content');
const noContent = existsSync(join(CONTENT, '_config.yml')) ? undefined : 'content/ is not there';
const noCommand = existsSync(COMMAND) ? undefined : 'build/native/meridian is not there';
const FOLDER = join(SITES, 'folder');

const SMALL = {
  '_config.yml':
    'title: Small\ncollections:\n  works:\n    output: true\ndefaults:\n  - values:\n      layout: page\n',
  'index.md':
    '---\ntitle: Home\n---\nWelcome. [About]({{ "/about/" | relative_url }})\n\n{% for post in site.posts %}- [{{ post.title }}]({{ post.url | relative_url }})\n{% endfor %}\n',
  'about.md':
    '---\ntitle: About\npermalink: /about/\n---\nAbout the site. Works: {% for work in site.works %}{{ work.title }} {% endfor %}.\n',
  '_posts/2020-01-02-first.md': '---\ntitle: First post\n---\nText.\n',
  '_works/a.md': '---\ntitle: Opus\n---\nText.\n',
};

/** The addresses of all links of the page to the same site. */
const inside = (tab, root) =>
  tab.evaluate(
    (root) =>
      [...document.querySelectorAll('a[href]')]
        .map((a) => a.href)
        .filter((href) => href.startsWith(root)),
    root,
  );

// Between two pages crawl() opens about:blank, and the browser then reports a page's icon as
// blocked.
const ICON = /about:blank$|net::ERR_FAILED .*avatar\.svg$/;

/**
 * Reads a site from end to end by its links; one page in eight is reloaded, as in a new tab. Gives
 * the addresses.
 */
async function crawl(tab, start, limit = 200) {
  await tab.addInitScript(() => {
    // The load of a page gives up on files after 30 s. Here it never does: nothing may be missing.
    const { setTimeout } = window;
    window.setTimeout = (act, pause, ...more) =>
      setTimeout(act, pause >= 3e4 ? 1e9 : pause, ...more);
  });
  const seen = new Set();
  const queue = [start];
  const broken = [];
  while (queue.length && seen.size < limit) {
    const address = queue.shift();
    const key = address.replace(/([?&]id=.*|(?<!\/)#(?!\/).*|(?<=\/)#(?!\/).*)$/, '');
    if (seen.has(key)) continue;
    if (seen.size % 8 === 0) {
      await tab.goto('about:blank');
      await tab.goto(address);
      await settled(tab);
      // The shell detects the routing mode once and then rewrites links.
      await tab
        .waitForFunction(() => JSON.parse(localStorage[`meridian:${window.meridian.root}`]).routes)
        .catch(() => {});
    } else {
      const route = address.slice(start.length - 1).replace(/^\/#/, '');
      await tab.evaluate((route) => window.meridian.navigate(route), route);
    }
    seen.add(key);
    if (!(await tab.evaluate(() => 'meridian' in window))) {
      broken.push(`${address} is no page`);
      await tab.goto(start);
      await settled(tab);
    }
    const title = await tab.title();
    if (
      /not found|can’t be shown/i.test(
        title + (await tab.evaluate(() => document.querySelector('h1')?.textContent)),
      )
    )
      broken.push(address);
    for (const link of await inside(tab, start)) {
      if (!/\.(svg|png|csv|toml|tsv|pdf|bib|json|xml|txt|css|js)([?#]|$)|LICENSE/.test(link))
        queue.push(link);
    }
  }
  return { seen, broken };
}

test(
  'Python’s http.server: hash routes; files are found by directory listings',
  { skip },
  async (t) => {
    const site = makeSite(t, SMALL);
    const address = await python(t, site.folder);
    const { page: tab, lines } = await openPage(t, browser, MOVING);
    await tab.goto(address);
    await tab.waitForSelector('text=First post');
    await tab.waitForFunction(() => document.querySelector('main a[href="/#/about/"]'));
    await tab.click('main a[href="/#/about/"]');
    await tab.waitForSelector('text=About the site. Works: Opus');
    assert.equal(tab.url(), `${address}#/about/`);
    await tab.reload();
    await tab.waitForSelector('text=Works: Opus');
    // Only paths that were probed on the first visit give 404.
    assert.ok(
      lines.every(
        (line) =>
          /404/.test(line) &&
          /(meridian\.json|README\.md|_pages\/about\.(md|html)|_data\/navigation\.yml|_pages\/|_data\/|_includes\/|_layouts\/)$/.test(
            line,
          ),
      ),
      lines.join('\n'),
    );
  },
);

test(
  'nginx with error_page and a manifest, without listings: real paths, empty console, deep links, back and forward',
  { skip },
  async (t) => {
    const long = `${'Paragraph of some length. '.repeat(20)}\n\n`.repeat(60);
    const site = makeSite(
      t,
      { ...SMALL, 'index.md': SMALL['index.md'] + long, 'about.md': SMALL['about.md'] + long },
      { manifest: true, meta: { manifest: 'meridian.json', root: '/' } },
    );
    const address = await nginx(t, site.folder);
    if (!address) return;
    const { page: tab, lines } = await openPage(t, browser, MOVING);
    await tab.goto(address);
    await tab.waitForSelector('main >> text=First post');
    await tab.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
    await painted(tab);
    await tab.evaluate(() => document.querySelector('main a[href="/about/"]').click());
    await tab.waitForSelector('text=Works: Opus');
    assert.equal(tab.url(), `${address}about/`);
    assert.equal(await tab.evaluate(() => scrollY), 0);
    assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'H1');
    assert.match(
      await tab.evaluate(() => document.querySelector('[aria-live]').textContent),
      /About/,
    );
    await tab.evaluate(() => scrollTo({ top: 400, behavior: 'instant' }));
    await painted(tab);
    await tab.goBack();
    await tab.waitForSelector('text=Welcome');
    await tab.waitForFunction(() => Math.abs(scrollY - 900) < 2);
    await tab.goForward();
    await tab.waitForSelector('text=Works: Opus');
    await tab.waitForFunction(() => Math.abs(scrollY - 400) < 2);
    assert.deepEqual(lines, []);
    // A reloaded deep link: nginx gives 404.html with status 404, which the browser logs; nothing
    // else is logged.
    await tab.reload();
    await tab.waitForSelector('text=Works: Opus');
    await tab.waitForFunction(() => Math.abs(scrollY - 400) < 2);
    assert.ok(
      lines.length <= 1 && lines.every((line) => line.endsWith(`${address}about/`)),
      lines.join('\n'),
    );
  },
);

test(
  'without listing and manifest the site shows what it can, and says where a list would be what its author can do',
  { skip },
  async (t) => {
    const site = makeSite(t, SMALL);
    const address = await nginx(t, site.folder);
    if (!address) return;
    const { page: tab } = await openPage(t, browser);
    await tab.goto(address);
    await tab.waitForSelector('text=Welcome');
    const note = await tab.waitForSelector('main .diagnostic');
    assert.match(
      await note.textContent(),
      /does not list its files.*meridian index.*meridian\.json/s,
    );
    await tab.click('main a[href="/about/"]');
    await tab.waitForSelector('text=About the site');
  },
);

test(
  'below a sub-path: from the home page, and from an unknown deep address',
  { skip },
  async (t) => {
    const site = makeSite(
      t,
      {
        ...SMALL,
        'deep/er/page.md':
          '---\ntitle: Deeper\n---\nDeep text. [About]({{ "/about/" | relative_url }})\n',
      },
      { manifest: true, meta: { manifest: 'meridian.json' }, into: 'a/project' },
    );
    const address = await nginx(t, site.folder, { page404: '/a/project/404.html' });
    if (!address) return;
    const { page: tab } = await openPage(t, browser);
    await tab.goto(`${address}a/project/`);
    await tab.waitForSelector('text=Welcome');
    await tab.click('main a[href="/a/project/about/"]');
    await tab.waitForSelector('text=About the site');
    assert.equal(tab.url(), `${address}a/project/about/`);
    const other = await openPage(t, browser);
    await other.page.goto(`${address}a/project/deep/er/page`);
    await other.page.waitForSelector('text=Deep text');
    await other.page.click('main a[href="/a/project/about/"]');
    await other.page.waitForSelector('text=About the site');
    assert.deepEqual(
      other.lines.filter((line) => !/deep\/er\/page$/.test(line)),
      [],
    );
  },
);

test('a host that answers every address with index.html', { skip }, async (t) => {
  const site = makeSite(t, SMALL, { manifest: true, meta: { manifest: 'meridian.json' } });
  const address = await nginx(t, site.folder, { page404: '', fallback: '/index.html' });
  if (!address) return;
  const { page: tab } = await openPage(t, browser);
  await tab.goto(`${address}about/`);
  await tab.waitForSelector('text=Works: Opus');
  await tab.goto(address);
  await tab.waitForSelector('text=Welcome');
});

test(
  'a site with its own index.html and 404.html, which the manifest locates elsewhere',
  { skip },
  async (t) => {
    const source = join(SITES, 'with-own-shell');
    const files = filesBelow(source).map((path) => ({
      ...entry(source, path),
      ...(['index.html', '404.html'].includes(path) ? { at: `meridian/source/${path}` } : {}),
    }));
    const site = makeSite(t, join(SITES, 'with-own-shell'), {
      manifest: { files, complete: true },
      meta: { manifest: 'meridian.json', root: '/' },
    });
    for (const { path, at } of files.filter((file) => file.at))
      site.put(at, readFileSync(join(SITES, 'with-own-shell', path)));
    const address = await nginx(t, site.folder);
    if (!address) return;
    const { page: tab } = await openPage(t, browser);
    const bodies = async (path) => {
      const expected = readFileSync(join(SITES, 'with-own-shell.expected', path), 'utf8');
      return tab.evaluate((html) => {
        const text = (element) => element.innerText.replace(/\s+/g, ' ').trim();
        const wanted = new DOMParser().parseFromString(html, 'text/html');
        return [text(document.body), wanted.body.textContent.replace(/\s+/g, ' ').trim()];
      }, expected);
    };
    for (const [path, file] of [
      ['', 'index.html'],
      ['keepers/', 'keepers/index.html'],
      ['method/', 'method/index.html'],
      ['no/such/page', '404.html'],
    ]) {
      await tab.goto(address + path);
      await settled(tab);
      const [shown, wanted] = await bodies(file);
      assert.equal(shown.replace(/\s/g, ''), wanted.replace(/\s/g, ''), path);
    }
  },
);

test(
  'the output of `meridian build --raw` is a site, also when sources have the names of the shell’s files',
  { skip: skip ?? noCommand },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-raw-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync(COMMAND, [
      'build',
      '--raw',
      '--source',
      join(SITES, 'with-own-shell'),
      '--destination',
      join(folder, 'tides'),
      '--baseurl',
      '/tides',
      '--shell',
      DIST,
      '--quiet',
    ]);
    const address = await nginx(t, folder, { page404: '/tides/404.html' });
    if (!address) return;
    const { page: tab, lines } = await openPage(t, browser);
    await tab.goto(`${address}tides/`);
    await tab.waitForSelector('text=Lock');
    assert.match(await tab.textContent('body'), /Heights and hours of the water/);
    await tab.click('text=Method');
    await tab.waitForURL(`${address}tides/method/`);
    assert.deepEqual(lines, []);
    await tab.goto(`${address}tides/no/such/page/`);
    await tab.waitForFunction(() => document.title.includes('High and dry'));
  },
);

test('all sources in a separate folder, which the host lists', { skip }, async (t) => {
  const sources = Object.fromEntries(
    Object.entries({
      ...SMALL,
      'about.md': `${SMALL['about.md']}\n![picture]({{ "/images/p.svg" | relative_url }})\n`,
      'images/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
    }).map(([path, text]) => [`src/${path}`, text]),
  );
  const site = makeSite(t, sources, { meta: { source: 'src/' } });
  const address = await nginx(t, site.folder, { autoindex: true });
  if (!address) return;
  const { page: tab } = await openPage(t, browser);
  await tab.goto(address);
  await tab.waitForSelector('text=First post');
  await tab.click('main a[href="/about/"]');
  await tab.waitForSelector('text=Works: Opus');
  await tab.waitForFunction(() => document.querySelector('main img').naturalWidth === 9);
});

test(
  'GitHub Pages: the repository’s tree; 403, 429 and a truncated tree are reported',
  { skip },
  async (t) => {
    const site = makeSite(t, SMALL, {});
    const tree = Object.keys(SMALL).map((path) => ({
      path,
      type: 'blob',
      mode: '100644',
      sha: '0',
      size: 1,
    }));
    const api = { status: 200, truncated: false, asked: 0 };
    const server = await host(t, site.folder, {
      answer: (request, response, path) => {
        if (!path.startsWith('/api/')) return false;
        api.asked++;
        assert.match(
          request.url,
          /^\/api(\/v1)?\/repos\/someone\/site\/git\/trees\/main\?recursive=1$/,
        );
        const headers = {
          'content-type': 'application/json',
          'x-ratelimit-remaining': api.status === 200 ? '59' : '0',
          'x-ratelimit-reset': '1900000000',
          etag: '"1"',
        };
        response.writeHead(api.status, headers);
        response.end(
          JSON.stringify(
            api.status === 200
              ? {
                  sha: '0',
                  url: '',
                  tree: [...tree, { path: '_posts', type: 'tree' }],
                  truncated: api.truncated,
                }
              : { message: 'API rate limit exceeded' },
          ),
        );
        return true;
      },
    });
    const shells = ['index.html', '404.html'];
    for (const shell of shells) {
      site.put(
        shell,
        readFileSync(join(site.root, shell), 'utf8').replace(
          '<meta name="meridian-shell"',
          `<meta name="meridian-repository" content="someone/site@main"><meta name="meridian-github-api" content="${server.url}api"><meta name="meridian-manifest" content="none">$&`,
        ),
      );
    }
    const visit = async (context) => {
      const opened = context ?? (await openPage(t, browser));
      await opened.page.goto(server.url);
      await opened.page.waitForSelector('text=Welcome');
      return opened;
    };
    const first = await visit();
    await first.page.waitForSelector('text=First post');
    assert.deepEqual(first.lines, [], 'nothing was tried that is not there');
    await first.page.click('main a[href="/about/"]');
    await first.page.waitForSelector('text=Works: Opus');

    // Refused later: the list of the last visit suffices.
    api.status = 403;
    await visit(first);
    await first.page.waitForSelector('text=First post');
    for (const status of [403, 429]) {
      api.status = status;
      const { page: tab } = await visit();
      const note = await tab.waitForSelector('main .diagnostic');
      assert.match(
        await note.textContent(),
        new RegExp(
          `GitHub answers no more questions from this network until .*\\(${status}\\).*meridian index`,
          's',
        ),
      );
    }
    // The same tree from Forgejo's API: its host is named.
    for (const shell of shells)
      site.put(
        shell,
        readFileSync(join(site.folder, shell), 'utf8').replace(
          `${server.url}api"`,
          `${server.url}api/v1"`,
        ),
      );
    const { page: other } = await visit();
    await other.waitForSelector('main .diagnostic');
    const said = await other.locator('main .diagnostic').textContent();
    assert.ok(said.includes(`${new URL(server.url).host} answers no more questions`), said);
    assert.ok(!/GitHub/.test(said), said);
    api.status = 200;
    api.truncated = true;
    const { page: tab } = await visit();
    assert.match(
      await (await tab.waitForSelector('main .diagnostic')).textContent(),
      /cut the list off.*meridian index/s,
    );
  },
);

test(
  'a plain folder of Markdown can be read from end to end: listing and hash routes',
  { skip },
  async (t) => {
    const site = makeSite(t, FOLDER);
    const address = await python(t, site.folder);
    const { page: tab } = await openPage(t, browser);
    const { seen, broken } = await crawl(tab, address);
    assert.deepEqual(broken, []);
    const documents = filesBelow(FOLDER).filter(
      (path) => /^(docs|README|CHANGELOG|CONTRIBUTING)/.test(path) && path.endsWith('.md'),
    );
    assert.ok(seen.size >= documents.length, `${seen.size} pages of ${documents.length} documents`);
  },
);

test(
  'a plain folder of Markdown can be read from end to end: manifest and real paths',
  { skip },
  async (t) => {
    const site = makeSite(t, FOLDER, {
      manifest: true,
      meta: { manifest: 'meridian.json', root: '/' },
    });
    // A folder without an index is "forbidden" for nginx, not "not found".
    const address = await nginx(t, site.folder, { errors: '403 404' });
    if (!address) return;
    const { page: tab, lines } = await openPage(t, browser);
    const { seen, broken } = await crawl(tab, address);
    assert.deepEqual(broken, []);
    assert.ok(
      seen.size >= filesBelow(FOLDER).filter((path) => path.endsWith('.md')).length,
      String(seen.size),
    );
    const documents = new Set(seen);
    assert.deepEqual(
      lines.filter(
        (line) => ![...documents].some((address) => line.endsWith(address.replace(/#.*/, ''))),
      ),
      [],
    );
  },
);

test(
  'every page of the demo is reachable by links, on Python’s http.server',
  { skip: skip ?? noContent },
  async (t) => {
    const site = makeSite(t, CONTENT, { manifest: true, meta: { manifest: 'meridian.json' } });
    const address = await python(t, site.folder);
    const { page: tab, lines } = await openPage(t, browser);
    const { seen, broken } = await crawl(tab, address);
    assert.deepEqual(broken, []);
    assert.ok(seen.size > 40, String(seen.size));
    assert.deepEqual(
      lines.filter((line) => !ICON.test(line)),
      [],
    );
  },
);

test(
  'without a manifest, listings suffice for every page of the demo, on Python’s http.server',
  { skip: skip ?? noContent },
  async (t) => {
    const site = makeSite(t, CONTENT);
    const address = await python(t, site.folder);
    const { page: tab } = await openPage(t, browser);
    await tab.goto(address);
    // The list grows after the first paint, and the page with it.
    await tab.waitForFunction(
      () => window.meridian && document.querySelectorAll('a[href*="publication"]').length > 2,
    );
    const { seen, broken } = await crawl(tab, address);
    assert.deepEqual(broken, []);
    assert.ok(seen.size > 40, String(seen.size));
  },
);

test(
  'every page of the demo is reachable below a sub-path, on nginx with a manifest',
  { skip: skip ?? noContent },
  async (t) => {
    const site = makeSite(t, CONTENT, {
      manifest: true,
      meta: { manifest: 'meridian.json' },
      into: 'humboldt',
    });
    const address = await nginx(t, site.folder, {
      page404: '/humboldt/404.html',
      errors: '403 404',
    });
    if (!address) return;
    const { page: tab, lines } = await openPage(t, browser);
    const { seen, broken } = await crawl(tab, `${address}humboldt/`);
    assert.deepEqual(broken, []);
    assert.ok(seen.size > 40, String(seen.size));
    // The browser logs the status of pages that are loaded by their own address; pictures whose
    // address starts at the host's root lie outside the site, here as under Jekyll.
    const own = lines.filter((line) => line.includes(`${address}humboldt/`) && !ICON.test(line));
    assert.deepEqual(
      own.filter((line) => ![...seen].some((page) => line.endsWith(page.replace(/#.*/, '')))),
      [],
    );
  },
);
