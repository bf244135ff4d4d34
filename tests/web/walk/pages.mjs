// Each kind of page of the demo, as a project's site below /sub/ on a host with a 404 page. The
// first visit is at a deep address.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CONTENT } from '../demo.mjs';
import { COMMAND, host, makeSite } from '../hosts.mjs';
import { address, heading, visit } from './visit.mjs';

/** Kinds of pages: an address, and the heading. */
const KINDS = {
  list: ['publications/', /^Publications$/],
  publication: ['publications/1810-vues-des-cordilleres.html', /./],
  experience: ['experience/', /^Experience$/],
  CV: ['cv/', /^Curriculum vitae$/],
  'CV by hand': ['cv-by-hand/', /by hand/],
  talks: ['talks/', /^Talks$/],
  'posts by year': ['year-archive/', /by year/],
  categories: ['categories/', /by category/],
  tags: ['tags/', /by tag/],
  collections: ['collection-archive/', /by collection/],
  teaching: ['teaching/', /^Teaching$/],
  portfolio: ['portfolio/', /Charts and drawings/],
  piece: ['portfolio/chimborazo/', /./],
  splash: ['kosmos/', /in one book/],
  'tables of data': ['measurements/', /Measurements/],
  sitemap: ['sitemap/', /Sitemap/],
  'another language': ['de/', /Ansichten/],
  'a third language': ['zh/', /自然/],
};

/** What is wrong in the page: a picture that did not come, a diagnostic, something too wide. */
const wrong = (page) =>
  page.evaluate(async () => {
    const pictures = [...document.querySelectorAll('main img')];
    for (const picture of pictures) picture.loading = 'eager';
    const came = await Promise.allSettled(pictures.map((picture) => picture.decode()));
    return [
      ...pictures
        .filter((_, at) => came[at].status === 'rejected')
        .map(({ src }) => `no picture ${src}`),
      ...[...document.querySelectorAll('.diagnostic')].map(({ textContent }) => textContent),
      ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : []),
    ];
  });

export const leg = {
  name: 'pages',
  async open(env) {
    const site = makeSite(env.t, CONTENT, { meta: { manifest: 'meridian.json' }, into: 'sub' });
    const index = ['index', '--source', site.root, '--output', '-', '--quiet'];
    site.put('meridian.json', execFileSync(COMMAND, index));
    const server = await host(env.t, site.folder, { notFound: 'sub/404.html' });
    const root = `${server.url.replace('127.0.0.1', 'reader.localhost')}sub/`;
    return { ...(await visit(env)), root };
  },
  steps: {
    'the first visit, at a deep address': async ({ page, root }) => {
      await page.goto(`${root}publications/1814-relation-historique`);
      await heading(page, /^Personal Narrative/);
    },
    'the first page by the site’s name': async ({ page, root }) => {
      await page.click('.site-title');
      await heading(page, /connected whole/);
      assert.equal(await address(page), root);
      assert.deepEqual(await wrong(page), []);
    },
    'a link of the head': async ({ page, root }) => {
      await page.click('#menu a[href$="/talks/"]');
      await heading(page, /^Talks$/);
      assert.equal(await address(page), `${root}talks/`);
    },
    'a link in the text': async ({ page, root }) => {
      await page.click('main .archive__item-title a >> nth=0');
      await page.waitForFunction(() => /\/talks\/./.test(location.pathname));
      await heading(page, /./);
      assert.ok((await address(page)).startsWith(root));
    },
    ...Object.fromEntries(
      Object.entries(KINDS).map(([name, [route, title]]) => [
        name,
        async ({ page, root }) => {
          await page.evaluate((route) => window.meridian.navigate(`/${route}`), route);
          await heading(page, title);
          assert.equal(await address(page), root + route);
          assert.deepEqual(await wrong(page), []);
        },
      ]),
    ),
    'a redirect': async ({ page, root }) => {
      await page.goto(`${root}about/`);
      await heading(page, /connected whole/);
      assert.equal(await address(page), root);
    },
    'an address of nothing': async ({ page, root }) => {
      await page.goto(`${root}no/such/page/`);
      await heading(page, /Terra incognita/);
    },
    'the way back from there': async ({ page }) => {
      await page.click('.site-title');
      await heading(page, /connected whole/);
    },
  },
};
