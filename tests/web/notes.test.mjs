// A folder of notes in the browser: links by name, embeds that are fetched with the page, what is
// not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage } from './hosts.mjs';

const VAULT = {
  'README.md':
    '# Home\n\n[[Deep note]] and [[Nowhere]].\n\n![[Deep note#Part]]\n\n==marked== %%no%%\n',
  'folder/Deep note.md':
    '---\naliases: [Other]\n---\n# Deep\n\nBack to [[README|home]].\n\n## Part\n\nThe part.\n\n' +
    '> [!tip]- Folded\n> Inside\n',
};

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

test('notes link to each other, and show what they embed', { skip }, async (t) => {
  const meta = { manifest: 'meridian.json', root: '/', routes: 'path' };
  const server = await host(t, makeSite(t, VAULT, { manifest: true, meta }).root);
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url);
  const embed = page.locator('.embed');
  await embed.getByText('The part.').waitFor();
  assert.equal(await embed.locator('h2').textContent(), 'Part');
  assert.equal(await page.locator('mark').textContent(), 'marked');
  await page.locator('.dead-link:text("Nowhere")').waitFor();
  await page.locator('article p > a:text("Deep note")').first().click();
  await page.waitForSelector('h1:text("Deep")');
  assert.equal(new URL(page.url()).pathname, '/folder/Deep%20note/');
  assert.equal(await page.getByText('Inside').isVisible(), false);
  await page.locator('summary').click();
  await page.getByText('Inside').waitFor();
  await page.locator('article a:text("home")').click();
  await page.waitForSelector('h1:text("Home")');
  assert.deepEqual(lines, []);
});
