// The same pages of the demo where the shell lies on a host of another origin; and what comes from
// there when it is wanted: globe, search, style sheets, diagrams.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CONTENT } from '../demo.mjs';
import { COMMAND, host, makeSite } from '../hosts.mjs';
import { onePage, shellHost } from '../one-file.mjs';
import { leg as globe } from './globe.mjs';
import { leg as pages } from './pages.mjs';
import { heading, visit } from './visit.mjs';

const DIAGRAM = '# Drawn\n\n```mermaid\ngraph LR; A-->B\n```\n';

export const leg = {
  name: 'one file',
  async open(env) {
    const cdn = await shellHost(env.t);
    const site = makeSite(env.t, CONTENT, { shell: false, into: 'sub' });
    site.put('drawn.md', `---\nlayout: single\n---\n${DIAGRAM}`);
    site.put('own.scss', '---\n---\n$own: rgb(1, 2, 3);\nmain { outline-color: $own; }\n');
    site.put(
      'styled.md',
      '---\nlayout: single\n---\n<link rel="stylesheet" href="{{ "/own.css" | relative_url }}">\n\n# Styled\n',
    );
    const index = ['index', '--source', site.root, '--output', '-', '--quiet'];
    site.put('meridian.json', execFileSync(COMMAND, index));
    const page = onePage(cdn.url.replace('127.0.0.1', 'shell.localhost'), {
      manifest: 'meridian.json',
    });
    for (const name of ['index.html', '404.html']) site.put(name, page);
    const server = await host(env.t, site.folder, { notFound: 'sub/404.html' });
    const root = `${server.url.replace('127.0.0.1', 'reader.localhost')}sub/`;
    return { ...(await visit(env)), root, url: root, env };
  },
  steps: {
    ...pages.steps,
    'the globe is drawn': globe.steps['it is drawn'],
    'a mouse drags the globe': globe.steps['a mouse drags it'],
    'the search finds a page': async ({ page }) => {
      await page.keyboard.press('/');
      const field = page.locator('dialog input, [role=dialog] input').first();
      await field.fill('Chimborazo');
      await page.locator('dialog a, [role=dialog] a').first().waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    },
    'a diagram is drawn': async ({ page, root }) => {
      await page.goto(`${root}drawn/`);
      await page.locator('.meridian-diagram img').waitFor();
    },
    'Sass becomes a style sheet': async ({ page, root }) => {
      await page.goto(`${root}styled/`);
      await heading(page, /Styled/);
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector('main')).outlineColor === 'rgb(1, 2, 3)',
      );
      assert.equal(await page.locator('.diagnostic').count(), 0);
    },
  },
};
