// The profile card in a foreign page: from a written site and from raw sources.

import assert from 'node:assert/strict';
import { OPEN, PERSON, sources, written } from '../profiles.mjs';
import { DIST, host } from '../hosts.mjs';
import { visit } from './visit.mjs';

const page = (script, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,"><body><main><h1>Lab</h1>${body}</main><script type="module" src="${script}"></script>`;
const card = (site, more) =>
  `<meridian-profile src="${site}" loading="eager" ${more}><a href="${site}">Ada</a></meridian-profile>`;
const name = (page) =>
  page.locator('meridian-profile').first().locator('.p-name').first().textContent();

export const leg = {
  name: 'card',
  async open(env) {
    const shell = await host(env.t, DIST, { headers: OPEN });
    const made = await host(env.t, written(env.t, PERSON), { headers: OPEN });
    const raw = await host(env.t, sources(env.t, PERSON), { headers: OPEN });
    const script = `${shell.url}meridian/profile.js`;
    const bodies = {
      '/made/': card(made.url, 'show="news publications:1"'),
      '/raw/': card(raw.url, 'show="news publications:1"'),
      '/globe/': card(made.url, 'size="full" show="globe"'),
      '/inline/': `<p>By ${card(made.url, 'size="inline"')}.</p>`,
      '/nobody/': card(`${made.url}none/`, ''),
    };
    const lab = await host(env.t, DIST, {
      answer: (request, response, path) => {
        if (!Object.hasOwn(bodies, path)) return false;
        response.writeHead(200, { 'content-type': 'text/html' }).end(page(script, bodies[path]));
        return true;
      },
    });
    return { ...(await visit(env)), url: lab.url };
  },
  steps: {
    'of a written site': async ({ page, url }) => {
      await page.goto(`${url}made/`);
      assert.equal(await name(page), 'Ada Lovelace');
      await page.getByText('Notes by the Translator').first().waitFor();
    },
    'of raw sources': async ({ page, url }) => {
      await page.goto(`${url}raw/`);
      assert.equal(await name(page), 'Ada Lovelace');
      await page.getByText('Notes by the Translator').first().waitFor();
    },
    'within a line': async ({ page, url }) => {
      await page.goto(`${url}inline/`);
      assert.equal(await name(page), 'Ada Lovelace');
    },
    'with a globe': async ({ page, url }) => {
      await page.goto(`${url}globe/`);
      await page.waitForSelector('meridian-profile meridian-globe[ready]');
    },
  },
};
