// Plugins in the browser: their templates load when a site uses them, and further pages of a
// pagination have addresses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const post = (title) => `---\nlayout: default\ntitle: ${title}\n---\nThe *text* of ${title}.\n`;
const SITE = {
  '_config.yml':
    'title: Plugins\nurl: https://example.org\npaginate: 2\npaginate_path: /blog/page:num\nplugins: [jekyll-seo-tag, jekyll-feed, jekyll-paginate]\n',
  '_layouts/default.html':
    '<!doctype html><html><head>{% seo %}{% feed_meta %}</head><body><main><h1>{{ page.title }}</h1>{{ content }}</main></body></html>',
  'about.md':
    '---\nlayout: default\ntitle: About you & me\npermalink: /about/\nseo: {name: Named, type: Person, links: [x]}\n---\nAbout the [blog](/blog/)\n',
  'blog/index.html': `---
layout: default
title: Blog
---
{{ paginator.page }} of {{ paginator.total_pages }}: {% for post in paginator.posts %}{{ post.title }}, {% endfor %}
{% if paginator.next_page_path %}<a id="next" href="{{ paginator.next_page_path }}/">older</a>{% endif %}`,
  '_posts/2020-01-01-a.md': post('A'),
  '_posts/2020-01-02-b.md': post('B'),
  '_posts/2020-01-03-c.md': post('C'),
};

test('the SEO tag, the feed and a paginated list work', { skip }, async (t) => {
  const site = makeSite(t, SITE, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/' },
  });
  const server = await host(t, site.folder);
  const { page, lines, requests } = await openPage(t, browser);
  await page.goto(server.url + 'about/');
  await settled(page, () => document.title === 'About you & me | Plugins');
  const data = JSON.parse(await page.textContent('script[type="application/ld+json"]'));
  assert.deepEqual([data['@type'], data.name, data.sameAs], ['Person', 'Named', ['x']]);
  assert.match(await page.getAttribute('link[type="application/atom+xml"]', 'href'), /feed\.xml$/);
  assert.equal(requests().filter((line) => line.includes('plugins.txt')).length, 1);
  // The host would give the source at this address if the shell did not handle the link.
  await page.click('text=blog');
  await settled(page, () => document.body.textContent.includes('1 of 2: C, B,'));
  await page.click('#next');
  await settled(page, () => document.body.textContent.includes('2 of 2: A,'));
  assert.equal(new URL(page.url()).pathname, '/blog/page2/');
  await page.reload();
  await settled(page, () => document.body.textContent.includes('2 of 2: A,'));
  // The 404 status of a page's own address is expected here.
  assert.deepEqual(
    lines.filter((line) => !/404 \(Not Found\) \S+\/(about|blog\/page2)\/$/.test(line)),
    [],
  );
});

test('archives and lists of rarer plugins load their templates once', { skip }, async (t) => {
  const tagged = (title) => `---\nlayout: default\ntitle: ${title}\ntags: [x]\n---\n`;
  const site = makeSite(
    t,
    {
      '_config.yml':
        'plugins: [jekyll-archives, jekyll-paginate-v2]\njekyll-archives: {enabled: [tags]}\npagination: {enabled: true, per_page: 1}\n',
      '_layouts/default.html':
        '<!doctype html><html><head></head><body><main><h1>{{ page.title }}</h1>{{ content }}</main></body></html>',
      '_layouts/archive.html':
        '<!doctype html><html><head></head><body>{{ page.posts | map: "title" | join: "+" }}</body></html>',
      'list.html':
        '---\nlayout: default\ntitle: List\npagination: {enabled: true}\n---\n{{ paginator.posts[0].title }} of {{ paginator.total_pages }} <a id="next" href="{{ paginator.next_page_path }}">older</a>',
      '_posts/2020-01-01-a.md': tagged('A'),
      '_posts/2020-01-02-b.md': tagged('B'),
    },
    { manifest: true, meta: { manifest: 'meridian.json', root: '/' } },
  );
  const server = await host(t, site.folder);
  const { page, requests } = await openPage(t, browser);
  await page.goto(server.url + 'tag/x/');
  await settled(page, () => document.body.textContent.includes('B+A'));
  await page.goto(server.url);
  await settled(page, () => document.body.textContent.includes('A of 2'));
  await page.click('#next');
  await settled(page, () => document.body.textContent.includes('B of 2'));
  assert.equal(new URL(page.url()).pathname, '/page2/');
  assert.ok(requests().filter((line) => line.includes('extras.txt')).length <= 2);
});
