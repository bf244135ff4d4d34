// Hosts that merge slashes, as nginx does, give `https://site//` the root's page: its path, taken as
// an address, would name another host.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { DIST, built, host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SITE = {
  '_config.yml': 'title: Small\nmeridian: {search: true}\n',
  'index.md': '---\nlayout: single\ntitle: Home\n---\n[About](about/), [again](/about/)\n',
  'about.md':
    '---\nlayout: single\ntitle: About\npermalink: /about/\n---\nWords of mine.\n\n[Home]({{ "/" | relative_url }})\n',
};

/** A page that records which other hosts it asks, and what the browser could not load. */
async function watched(t) {
  const opened = await openPage(t, browser);
  const foreign = [];
  opened.context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol === 'http:' && hostname !== '127.0.0.1') foreign.push(request.url());
  });
  return { ...opened, foreign };
}

/** The addresses of the page's own links and files, as the browser resolves them. */
const hostsIn = (page) =>
  page.evaluate(() =>
    [
      ...new Set(
        [...document.querySelectorAll('a[href], link[href], script[src], img[src]')].map(
          (element) => new URL(element.href || element.src, location).host,
        ),
      ),
    ].filter(Boolean),
  );

for (const [name, { into, start, title, meta }] of Object.entries({
  'two slashes': { start: '//', title: 'Home' },
  'three slashes': { start: '///', title: 'Home' },
  'two slashes before a folder that is the root': { into: 'two', start: '//two/', title: 'Home' },
  'two slashes before index.html': { start: '//index.html', title: 'Home' },
  'two slashes before a deep page': { start: '//about/', title: 'About' },
  'two slashes within': { into: 'two', start: '/two//about/', title: 'About' },
  'two slashes and a deep page of a folder': {
    into: 'two',
    start: '//two/about/',
    title: 'About',
  },
  'a root that is given': { start: '//', title: 'Home', meta: { root: './' } },
}))
  test(`a site is read by ${name}`, { skip }, async (t) => {
    const site = makeSite(t, SITE, {
      manifest: true,
      meta: { manifest: 'meridian.json', ...meta },
      into,
    });
    const server = await host(t, site.folder, { notFound: `${into ? 'two/' : ''}404.html` });
    const { page, lines, foreign } = await watched(t);
    const url = server.url.slice(0, -1);
    await page.goto(url + start);
    await settled(page);
    assert.equal(await page.locator('h1').first().textContent(), title);
    assert.equal(await page.evaluate(() => window.meridian.root), into ? '/two/' : '/');
    assert.deepEqual(await hostsIn(page), [new URL(url).host]);
    const links = page
      .locator('#main')
      .getByRole('link', { name: title === 'Home' ? 'again' : 'Home' });
    if (!into || title !== 'Home') await links.click();
    else await page.locator('#main').getByRole('link', { name: 'About' }).click();
    await page.locator('h1', { hasText: title === 'Home' ? 'About' : 'Home' }).waitFor();
    assert.deepEqual(foreign, []);
    assert.deepEqual(
      lines.filter((line) => !/ 404 .*\/$/.test(line)),
      [],
    );
  });

test('written pages search by two slashes', { skip }, async (t) => {
  const server = await host(t, built(t, SITE));
  const { page, lines, foreign } = await watched(t);
  await page.goto(`${server.url}/`);
  // As a page with relative addresses has it.
  await page.evaluate(() => import(`${location.origin}//meridian/search-keys.js`));
  await page.keyboard.press('/');
  await page.locator('input[type=search]').fill('words');
  const found = page.locator('[data-meridian-search-dialog] a').first();
  await found.waitFor();
  assert.equal(await found.evaluate((link) => link.host), new URL(server.url).host);
  assert.deepEqual([foreign, lines], [[], []]);
});

test('the filter of publications keeps its state in the address', { skip }, async (t) => {
  const folder = built(t, {
    '_config.yml': 'title: Lab\npublications: papers.bib\n',
    'papers.bib':
      '@article{a, title = {One}, author = {Ada}, year = 2001}\n@article{b, title = {Two}, author = {Bo}, year = 2002}\n',
    'index.md': '---\nlayout: publications\ntitle: Publications\n---\n',
  });
  const server = await host(t, folder);
  const { page, foreign, lines } = await watched(t);
  await page.goto(`${server.url}/`);
  await page.waitForSelector('.publications__filter:not([inert])');
  await page.locator('.publications__filter input').first().fill('Two');
  await page.waitForFunction(() => location.search !== '');
  assert.ok(page.url().startsWith(`${server.url}/?`), page.url());
  assert.deepEqual([foreign, lines], [[], []]);
});

test('the playground remembers its project by two slashes', { skip }, async (t) => {
  const server = await host(t, DIST);
  const { page, foreign } = await watched(t);
  await page.goto(`${server.url}/playground/`);
  await page.frameLocator('iframe').locator('main').waitFor();
  await page.waitForFunction(() => history.state?.project);
  assert.deepEqual(foreign, []);
});
