// A site of hundreds of documents: a visitor loads what the pages that are opened need of the
// manifest (web/shell/manifest_segments.js), and sees the same pages. Real core, real command.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { shardOf } from '../../web/base/hashes.js';
import { launch } from './browser.mjs';
import { COMMAND, built, host, noBrowser, openPage, until } from './hosts.mjs';

const skip = noBrowser() ?? (existsSync(COMMAND) ? undefined : 'the command is not built');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const POSTS = 600;
const day = (i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
const pathOf = (i) => `_posts/${day(i)}-post-${i}.md`;
const addressOf = (i) => `${day(i).replaceAll('-', '/')}/post-${i}.html`;
const post = (i, text = `Text of ${i}.`) =>
  `---\ntitle: Post ${i}\nlayout: single\ntags: [t${i % 9}]\n---\n${text}\n`;
const SOURCES = {
  '_config.yml': 'title: Large\nmeridian: {search: true}\nplugins: [jekyll-feed]\n',
  '_data/navigation.yml': 'main:\n  - {title: All, url: /all/}\n',
  'index.md':
    '---\ntitle: Home\nlayout: single\n---\n{% for p in site.posts limit: 5 %}\n- [{{ p.title }}]({{ p.url }}){% endfor %}\n',
  'all.md':
    '---\ntitle: All\nlayout: single\npermalink: /all/\n---\n{% for p in site.posts %}\n- [{{ p.title }}]({{ p.url }}){% endfor %}\n',
  ...Object.fromEntries(Array.from({ length: POSTS }, (_, i) => [pathOf(i), post(i)])),
};

const large = (t) => built(t, SOURCES, '--raw');

async function visit(t, path = '', { folder = large(t) } = {}) {
  const server = await host(t, folder);
  const url = server.url.replace('127.0.0.1', 'reader.localhost');
  const opened = await openPage(t, browser);
  await opened.page.goto(url + path);
  await shown(opened.page);
  /** What was read of the manifest: names of segments, `whole`. */
  const asked = () =>
    server.log
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => /^\/meridian\/segments\/(.*)\.json$|^\/(meridian)\.json$/.exec(path))
      .flatMap((found) => (found ? [found[1] ?? 'whole'] : []));
  return { ...opened, server, url, folder, asked };
}

const shown = (page) => page.locator('.page__footer').waitFor({ state: 'attached' });
const isThere = (page, title) => page.locator(`h1:text-is("${title}")`).waitFor();
const links = (page) =>
  page
    .locator('.pagination a')
    .evaluateAll((all) => all.map(({ textContent }) => textContent.trim()));
const neighbours = (i) => [`Previous Post ${i - 1}`, `Next Post ${i + 1}`];
const areOnce = (names) => new Set(names).size === names.length;
const trouble = (lines) => lines.filter((line) => !/404 \(Not Found\)/.test(line));
const segmentIn = (folder, path) =>
  join(folder, 'meridian/segments', `${shardOf(`/${path}`, countIn(folder))}.json`);
const countIn = (folder) =>
  Number(
    /meridian-segments" content="(\d+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))[1],
  );

test('a page is shown by its segment, and those that are opened by theirs', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, addressOf(300));
  await isThere(page, 'Post 300');
  assert.deepEqual(await links(page), neighbours(300));
  await until(() => asked().length === 2);
  assert.ok(asked().includes('common') && asked().some((name) => /^\d+$/.test(name)));
  for (const number of [301, 302]) {
    await page.locator('.pagination a').last().click();
    await isThere(page, `Post ${number}`);
    assert.deepEqual(await links(page), neighbours(number));
    assert.equal(await page.getByText(`Text of ${number}.`).count(), 1);
  }
  assert.ok(!asked().includes('whole') && areOnce(asked()), asked().join(' '));
  await page.goBack();
  await isThere(page, 'Post 301');
  assert.deepEqual(trouble(lines), []);
});

test(
  'a page that shows all of the site, and one that is not there, read all',
  { skip },
  async (t) => {
    const { page, asked, lines, url } = await visit(t, 'all/');
    const all = page.locator('.page__content li');
    await until(async () => (await all.count()) === POSTS);
    await until(() => asked().filter((name) => name === 'whole').length === 1);
    const before = asked().length;
    await all.nth(7).locator('a').click();
    await isThere(page, `Post ${POSTS - 8}`);
    assert.equal(asked().length, before);
    const other = await visit(t, addressOf(9));
    await other.page.goto(`${other.url}no/page/`);
    await other.page.getByText('Page not found').first().waitFor();
    assert.ok(other.asked().includes('whole'));
    // From a page of a segment to one that shows all.
    await page.goto(url + addressOf(3));
    await isThere(page, 'Post 3');
    await page.locator('.masthead a[href$="/all/"]').first().click();
    await until(async () => (await all.count()) === POSTS);
    assert.deepEqual(trouble([...lines, ...other.lines]), []);
  },
);

test(
  'the home page takes its segment; a link under the pointer that of its page',
  { skip },
  async (t) => {
    const { page, asked, lines } = await visit(t);
    await isThere(page, 'Home');
    assert.equal(await page.locator('.page__content li').count(), 5);
    await until(() => asked().length === 2);
    await page.locator('.page__content a').last().hover();
    await until(() => asked().length === 3);
    await page.locator('.page__content a').last().click();
    await isThere(page, `Post ${POSTS - 5}`);
    assert.deepEqual(await links(page), neighbours(POSTS - 5));
    // The pointer may rest on another link by now.
    assert.ok(!asked().includes('whole') && areOnce(asked()), asked().join(' '));
    assert.deepEqual(lines, []);
  },
);

test('the search finds pages that no segment has brought', { skip }, async (t) => {
  const { page, asked } = await visit(t, addressOf(20));
  await page.keyboard.press('/');
  await page.locator('input[type=search]').fill('577');
  await page.locator('[data-meridian-search-dialog] a', { hasText: 'Post 577' }).first().click();
  await isThere(page, 'Post 577');
  assert.deepEqual(await links(page), neighbours(577));
  assert.ok(!asked().includes('whole'), asked().join(' '));
});

test(
  'segments that are missing, broken or of another site leave the manifest',
  { skip },
  async (t) => {
    const folder = large(t);
    const segment = segmentIn(folder, addressOf(300));
    const common = join(folder, 'meridian/segments/common.json');
    const whole = readFileSync(common);
    for (const [file, bytes] of [
      [segment, '{"meridian":1,"files":[],"pages":{}}'],
      [segment, '{"meridian":1,'],
      [segment, undefined],
      [common, '<!doctype html><title>Sign in</title>'],
      [common, undefined],
      [join(folder, 'meridian/segments.js'), undefined],
    ]) {
      if (bytes === undefined) rmSync(file);
      else writeFileSync(file, bytes);
      const { page, asked, lines } = await visit(t, addressOf(300), { folder });
      await isThere(page, 'Post 300');
      assert.deepEqual(await links(page), neighbours(300));
      await until(() => asked().includes('whole'), file);
      assert.deepEqual(trouble(lines), []);
      if (file === common) writeFileSync(common, whole);
    }
  },
);

test('what has changed since then is shown, and what has come', { skip }, async (t) => {
  const folder = large(t);
  const { page, url, lines } = await visit(t, addressOf(300), { folder });
  writeFileSync(join(folder, pathOf(301)), post(301, 'Another text.'));
  writeFileSync(join(folder, pathOf(300)), post('300 again'));
  writeFileSync(join(folder, 'later.md'), '---\nlayout: single\ntitle: Later\n---\nNew\n');
  await page.locator('.pagination a').last().click();
  await page.getByText('Another text.').waitFor();
  await page.goto(url + addressOf(300));
  await isThere(page, 'Post 300 again');
  await page.goto(`${url}later.html`);
  await isThere(page, 'Later');
  assert.deepEqual(trouble(lines), []);
});

test('a later visit shows the page that was kept, and goes on by segments', { skip }, async (t) => {
  const { page, asked, url, lines } = await visit(t, addressOf(300));
  const key = `meridian:/:/${addressOf(300)}`;
  await page.waitForFunction((key) => localStorage[key], key);
  await page.goto('about:blank');
  const before = asked().length;
  await page.goto(url + addressOf(300));
  await isThere(page, 'Post 300');
  await page.locator('.pagination a').first().click();
  await isThere(page, 'Post 299');
  assert.deepEqual(await links(page), neighbours(299));
  assert.ok(!asked().slice(before).includes('whole'));
  assert.deepEqual(trouble(lines), []);
});

test('each page is the one of a build', { skip }, async (t) => {
  const written = built(t, SOURCES);
  const { page, url } = await visit(t);
  for (let i = 0; i < POSTS; i += 37) {
    await page.evaluate((path) => window.meridian.navigate(`/${path}`), addressOf(i));
    await isThere(page, `Post ${i}`);
    const same = await page.evaluate(
      (html) => {
        const other = new DOMParser().parseFromString(html, 'text/html');
        const texts = [document, other].map(({ body }) => {
          const copy = body.cloneNode(true);
          for (const one of copy.querySelectorAll('script,[aria-live]')) one.remove();
          return copy.querySelector('article').textContent.replace(/\s+/g, ' ');
        });
        return texts[0] === texts[1] || texts;
      },
      readFileSync(join(written, addressOf(i)), 'utf8'),
    );
    assert.equal(same, true, `${url}${addressOf(i)}`);
  }
});
