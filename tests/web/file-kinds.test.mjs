// Every extension of Markdown is one everywhere: in the shell and in the playground.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MARKDOWN } from '../../web/base/file_kinds.js';
import { isText } from '../../web/playground/project/file_content.js';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const EXTENSIONS = MARKDOWN.split('|');

test('the playground opens it as text', () => {
  for (const extension of EXTENSIONS)
    for (const name of [`note.${extension}`, `a/b/NOTE.${extension.toUpperCase()}`])
      assert.ok(isText(name), name);
  assert.ok(!isText('note.mkdownx'));
});

test(
  'a link to a source of a folder without a configuration leads to its page',
  { skip },
  async (t) => {
    for (const extension of EXTENSIONS) {
      const site = makeSite(
        t,
        {
          'README.md': `# Home\n\n[Other](Other.${extension})\n`,
          [`Other.${extension}`]: '# Another *page*\n',
        },
        { manifest: true, meta: { root: '/', manifest: 'meridian.json' } },
      );
      const server = await host(t, site.folder);
      const { page } = await openPage(t, browser);
      await page.goto(server.url);
      await settled(page);
      await page.locator('main').getByRole('link', { name: 'Other' }).last().click();
      await page.locator('h1 em', { hasText: 'page' }).waitFor();
    }
  },
);
