// Emoji codes in the browser: the table of names is a separate file, requested once, by the first
// page whose text contains something like a code.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { SITES, host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const page = (title, text) => `---\nlayout: default\ntitle: ${title}\n---\n${text}\n`;
const SITE = {
  '_config.yml': 'title: Coast\nplugins: [jemoji]\nemoji: {src: /own}\n',
  '_layouts/default.html':
    '<!doctype html><html><head><title>{{ page.title }}</title></head><body><main>{{ content }}</main></body></html>',
  'index.md': page('Coast', '`:whale:` and 9:45, [one](/one.html)'),
  'one.md': page('One', ':whale: :dolphin: [two](/two.html)'),
  'two.md': page('Two', ':octopus: `:octopus:`'),
  'own/emoji/unicode/1f433.png': '',
};
const options = { manifest: true, meta: { manifest: 'meridian.json', root: '/' } };
const fetched = (requests) => requests().filter((line) => line.includes('emoji.txt')).length;
const sources = (tab) =>
  tab.$$eval('img.emoji', (pictures) =>
    pictures.map((picture) => `${picture.title} ${picture.getAttribute('src')}`),
  );

test(
  'the table of emoji names loads once, with the first page that has a code',
  { skip },
  async (t) => {
    const site = makeSite(t, SITE, options);
    const server = await host(t, site.folder);
    const { page: tab, requests } = await openPage(t, browser);
    await tab.goto(server.url);
    await settled(tab, () => document.title === 'Coast');
    assert.deepEqual([await sources(tab), fetched(requests)], [[], 0]);
    await tab.click('text=one');
    // The head arrives a moment before the body.
    await settled(tab, () => document.title === 'One' && document.querySelector('img.emoji'));
    assert.deepEqual(await sources(tab), [
      ':whale: /own/emoji/unicode/1f433.png',
      ':dolphin: /own/emoji/unicode/1f42c.png',
    ]);
    await tab.click('text=two');
    await settled(tab, () => document.title === 'Two' && document.querySelector('code'));
    assert.deepEqual(await sources(tab), [':octopus: /own/emoji/unicode/1f419.png']);
    assert.equal(await tab.textContent('code'), ':octopus:');
    assert.equal(fetched(requests), 1);
  },
);

test('a site without the plugin shows the codes and requests no table', { skip }, async (t) => {
  const site = makeSite(t, { ...SITE, '_config.yml': 'title: Coast\n' }, options);
  const server = await host(t, site.folder);
  const { page: tab, requests } = await openPage(t, browser);
  await tab.goto(server.url + 'one.html');
  await settled(tab, () => document.title === 'One');
  assert.match(await tab.textContent('main'), /:whale: :dolphin:/);
  assert.equal(fetched(requests), 0);
});

test('a plain folder shows emoji characters', { skip }, async (t) => {
  const site = makeSite(t, `${SITES}/folder`, {
    manifest: { files: ['README.md', 'docs/faq.md'] },
    meta: { manifest: 'meridian.json', root: '/' },
  });
  const server = await host(t, site.folder);
  const { page: tab, requests } = await openPage(t, browser);
  await tab.goto(server.url);
  await settled(tab, () =>
    document.body.textContent.includes('read for ten years. \u2600\uFE0F \u2614'),
  );
  assert.equal(fetched(requests), 1);
});

test('the icons of octicons load once, with the first page that has one', { skip }, async (t) => {
  const icon = '{% octicon mark-github height:32 aria-label:Whale %}';
  const sources = { ...SITE, '_config.yml': 'plugins: [jekyll-octicons]\n' };
  const site = makeSite(t, { ...sources, 'two.md': page('Two', icon + icon) }, options);
  const server = await host(t, site.folder);
  const { page: tab, requests, lines } = await openPage(t, browser);
  const packs = () => requests().filter((line) => line.includes('octicons.txt')).length;
  await tab.goto(server.url);
  await settled(tab, () => document.title === 'Coast');
  await tab.click('text=one');
  await settled(tab, () => document.title === 'One');
  assert.equal(packs(), 0);
  await tab.click('text=two');
  await settled(tab, () => document.title === 'Two' && document.querySelector('svg.octicon'));
  const shown = await tab.$$eval('svg[aria-label="Whale"]', (all) =>
    all.map((one) => [one.getAttribute('viewBox'), one.getBoundingClientRect().width]),
  );
  assert.deepEqual(shown, [
    ['0 0 24 24', 32],
    ['0 0 24 24', 32],
  ]);
  assert.equal(packs(), 1);
  assert.deepEqual(lines, []);
});
