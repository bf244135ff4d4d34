// Settings in `_config.yaml`: they count in the browser as well, and cost a site that has
// `_config.yml`, or none, no request.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const PARTS = {
  'index.md': '---\nlayout: default\n---\nWords of {{ site.title }}.\n',
  '_layouts/default.html': '<main>{{ content }}</main>',
};

/** The text of a site's first page, and the settings that were asked for. */
async function visit(t, files, wait, name = 'reader.localhost') {
  const site = makeSite(t, files);
  const server = await host(t, site.folder, { notFound: '404.html' });
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', name));
  await page.getByText(wait).waitFor();
  const asked = server.log.map(({ path }) => path).filter((path) => path.startsWith('/_config'));
  return { asked, lines, page };
}

test('settings in _config.yaml are found without a manifest', { skip }, async (t) => {
  const files = { ...PARTS, '_config.yaml': 'title: A lab\n' };
  const { asked } = await visit(t, files, 'Words of A lab.');
  assert.deepEqual(asked, ['/_config.yml', '/_config.yaml']);
});

test('a site with _config.yml asks for no other settings', { skip }, async (t) => {
  const files = { ...PARTS, '_config.yml': 'title: A lab\n', '_config.yaml': 'title: Other\n' };
  const { asked } = await visit(t, files, 'Words of A lab.');
  assert.deepEqual(asked, ['/_config.yml']);
});

test('a plain folder asks for no other settings', { skip }, async (t) => {
  const { asked } = await visit(t, { 'README.md': '# Notes\n\nWords of a note.\n' }, 'Words of a');
  assert.deepEqual(asked, ['/_config.yml']);
});

test('settings in TOML are reported with a remedy', { skip }, async (t) => {
  const manifest = {
    meridian: 1,
    complete: true,
    files: [...Object.keys(PARTS), '_config.toml'].map((path) => ({ path })),
    pages: {},
  };
  const files = { ...PARTS, '_config.toml': 'title = "A lab"\n' };
  const sources = { ...files, 'meridian.json': JSON.stringify(manifest) };
  // An author's own machine, which shows what is wrong.
  const { page } = await visit(t, sources, 'Words of', 'localhost');
  const shown = page.locator('.diagnostic', { hasText: '_config.toml' });
  await shown.waitFor();
  assert.match((await shown.textContent()) ?? '', /write them as _config\.yml/);
});
