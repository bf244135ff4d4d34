// docs/ as a site by one page, as GitHub publishes that folder of a repository: every document is
// shown, and every link leads somewhere.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  COMMAND,
  DIST,
  PROJECT,
  filesBelow,
  host,
  makeSite,
  noBrowser,
  openPage,
  settled,
} from './hosts.mjs';
import { onePage, shellHost } from './one-file.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const DOCS = join(PROJECT, 'docs');
const TREE = 'https://github.com/owner/name/blob/HEAD/';
// Beside docs/ in the repository: none of these is the site's.
const OTHERS = ['README.md', 'LICENSE', 'web/README.md', 'content/index.md'];

/** The address of a document below the root. @param {string} path */
const routeOf = (path) => path.replace(/(README)?\.md$/, '').replace(/(?<=[^/])$/, '/');

test('docs/index.html is the page that `meridian init` writes, of any build', { skip }, (t) => {
  const { root } = makeSite(t, DOCS, { shell: false });
  rmSync(join(root, 'index.html'));
  execFileSync(COMMAND, ['init', root, '--shell', DIST, '--quiet']);
  // The hash is that of a build, and no generated file is in the repository.
  const written = readFileSync(join(root, 'index.html'), 'utf8');
  const page = readFileSync(join(DOCS, 'index.html'), 'utf8');
  assert.equal(page, written.replace(/ integrity="[^"]*"/, ''));
});

test('every document is shown, and no link is dead', { skip }, async (t) => {
  const cdn = await shellHost(t);
  const { folder, root, put } = makeSite(t, DOCS, { shell: false, into: 'name' });
  const files = filesBelow(root);
  const blobs = [...files.map((path) => `docs/${path}`), ...OTHERS];
  const tree = blobs.map((path) => ({ path, type: 'blob', mode: '100644', size: 1, sha: '' }));
  const server = await host(t, folder, {
    notFound: 'name/404.html',
    answer(_request, response, path) {
      if (path !== '/api/repos/owner/name/git/trees/HEAD') return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ tree, truncated: false }));
      return true;
    },
  });
  const meta = { repository: 'owner/name', 'github-api': `${server.url}api` };
  for (const name of ['index.html', '404.html']) put(name, onePage(cdn.url, meta));
  const site = `${server.url}name/`;
  const documents = files.filter((path) => path.endsWith('.md'));
  assert.ok(documents.length > 20);
  const { page, lines } = await openPage(t, browser);
  /** By address without an anchor: ids of the page, and its links. */
  const pages = new Map();
  for (const path of documents) {
    await page.goto(site + routeOf(path));
    await settled(page);
    await page.locator('main h1').first().waitFor();
    assert.equal(await page.locator('.diagnostic').count(), 0, path);
    // Links out of the folder become GitHub's once its list is there.
    await page.waitForFunction(() => !document.querySelector('main a[href*="../"]'));
    pages.set(
      site + routeOf(path),
      await page.evaluate(() => ({
        ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
        links: [...document.querySelectorAll('main a[href]')].map(({ href }) => href),
        title: document.querySelector('main h1').textContent,
      })),
    );
    assert.notEqual(
      pages.get(site + routeOf(path)).title,
      'There is no page at this address',
      path,
    );
  }
  const dead = [];
  for (const [address, { links }] of pages)
    for (const link of links) {
      const [url, anchor] = link.split('#');
      const known = pages.get(url);
      const file = decodeURI(url.slice(site.length));
      const there = url.startsWith(TREE)
        ? existsSync(join(PROJECT, url.slice(TREE.length)))
        : url.startsWith(site)
          ? known
            ? !anchor || known.ids.includes(decodeURIComponent(anchor))
            : files.includes(file)
          : !url.startsWith(server.url);
      if (!there) dead.push(`${address.slice(site.length)}: ${link}`);
    }
  assert.deepEqual(dead, []);
  assert.ok([...pages.values()].some(({ links }) => links.includes(`${TREE}web/server/README.md`)));
  assert.deepEqual(
    lines.filter((line) => !/ 404 /.test(line)),
    [],
  );
});
