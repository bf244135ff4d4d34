// The first page of a visit where nothing was written for the site: all of its text is there before
// the core, and the core's page takes its place without a jump. Real modules, real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { boxesOf, host, makeSite, noBrowser, openPage, painted } from './hosts.mjs';
import { onePage, shellHost } from './one-file.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const BODY = `The first paragraph, *in one line*.

## A part

- one
- two

${'A line further on.\n\n'.repeat(80)}
[Further](more.md) the last one.
`;
const PLAIN = {
  'README.md': `# Notes\n\n${BODY}`,
  'more.md': '# More\n\nWhat more there is, and [home](README.md).\n',
};
const front = (title, more = '') => `---\nlayout: single\ntitle: ${title}\n${more}---\n`;
const JEKYLL = {
  '_config.yml': 'title: Site\n',
  'index.md': `${front('Home')}${BODY.replace('more.md', 'more/')}`,
  'more.md': `${front('More', 'permalink: /more/\n')}What more there is.\n`,
};

/** Keeps the core back until `release` is called. */
function holdCore(t, { lost = false } = {}) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  t.after(() => release());
  const answer = async (_request, response, path) => {
    if (!path.endsWith('meridian.wasm')) return false;
    await held;
    if (lost) response.writeHead(404).end();
    return lost;
  };
  return { release, answer };
}

async function visit(t, sources, { path = '', context, into = '', lost } = {}) {
  const { release, answer } = holdCore(t, { lost });
  const site = makeSite(t, sources, { into });
  const server = await host(t, site.folder, { answer, notFound: `${into && `${into}/`}404.html` });
  const opened = await openPage(t, browser, context);
  const url = server.url.replace('127.0.0.1', 'reader.localhost') + (into && `${into}/`);
  await opened.page.goto(url + path, { waitUntil: 'commit' });
  const asked = () => server.log.map((request) => request.path);
  return { ...opened, server, url, release, asked };
}

const paragraph = (page) => page.locator('.page__content p').first();
const byCore = (page) => page.waitForFunction(() => window.meridian?.root && window.theCore());
/** Marks the page of the parser, so that the core's can be told from it. */
const mark = (page) =>
  page.evaluate(() => {
    const { firstElementChild } = document.querySelector('.page__content');
    window.theCore = () => !firstElementChild.isConnected;
  });
const boxes = (page) =>
  boxesOf(page, ['.masthead', 'h1', '.page__content p', '.page__content li', '.page__footer']);
const unexpected = (lines) => lines.filter((line) => !/404 \(Not Found\)/.test(line));

test('the module that `init` names is requested with the settings', { skip }, async (t) => {
  let requested;
  const module = new Promise((resolve) => (requested = resolve));
  const site = makeSite(t, PLAIN, { meta: { markdown: 'commonmark' } });
  const { url } = await host(t, site.folder, {
    answer: async (_request, _response, path) => {
      if (path.endsWith('/commonmark.wasm')) requested();
      if (path.endsWith('/_config.yml')) await module;
      return false;
    },
  });
  const { page, lines } = await openPage(t, browser);
  await page.goto(url.replace('127.0.0.1', 'reader.localhost'));
  await page.getByText('the last one').waitFor();
  assert.deepEqual(unexpected(lines), []);
});

for (const [name, sources, into] of [
  ['a plain folder', PLAIN, ''],
  ['a plain folder below a path', PLAIN, 'sub'],
  ['a Jekyll site', JEKYLL, ''],
  ['a Jekyll site below a path', JEKYLL, 'sub'],
])
  test(`${name}: all text is there before the core, and stays where it is`, { skip }, async (t) => {
    const { page, lines, release, asked } = await visit(t, sources, { into });
    await paragraph(page).waitFor();
    await page.getByText('the last one').waitFor({ state: 'attached' });
    await page.locator('link[rel=stylesheet]').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.querySelector('link[rel=stylesheet]').sheet);
    await painted(page);
    await mark(page);
    const before = await boxes(page);
    const html = await page.locator('.page__content').innerText();
    release();
    await byCore(page);
    await painted(page);
    assert.deepEqual(await boxes(page), before);
    assert.equal(await page.locator('.page__content').innerText(), html);
    // What the core needs as well came once.
    const wanted = asked().filter((path) => /(README|index)\.md|\.wasm$/.test(path));
    assert.deepEqual([...new Set(wanted)].length, wanted.length, wanted.join(' '));
    assert.deepEqual(unexpected(lines), []);
  });

test('a deep address has its page', { skip }, async (t) => {
  for (const sources of [PLAIN, JEKYLL]) {
    const { page, lines, release } = await visit(t, sources, { path: 'more/' });
    await page.getByText('What more there is').waitFor();
    await page.waitForFunction(() => document.querySelector('link[rel=stylesheet]')?.sheet);
    await painted(page);
    await mark(page);
    const place = () => page.locator('h1').boundingBox();
    const before = await place();
    release();
    await byCore(page);
    await painted(page);
    assert.equal(await page.locator('h1').textContent(), 'More');
    assert.deepEqual(await place(), before);
    assert.deepEqual(unexpected(lines), []);
  }
});

test('a shell on another host', { skip }, async (t) => {
  const { release, answer } = holdCore(t);
  const shell = await shellHost(t, { answer });
  const site = makeSite(t, PLAIN, { shell: false });
  const url = shell.url.replace('127.0.0.1', 'shell.localhost');
  for (const name of ['index.html', '404.html']) site.put(name, onePage(url));
  const server = await host(t, site.folder, { notFound: '404.html' });
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'));
  await page.getByText('the last one').waitFor();
  await mark(page);
  release();
  await byCore(page);
  assert.deepEqual(unexpected(lines), []);
});

test('what only the core can show waits for it, and nothing comes twice', { skip }, async (t) => {
  const other = {
    Liquid: { ...JEKYLL, 'index.md': `${front('Home')}{{ site.title }} is it.\n` },
    'another theme': { ...JEKYLL, '_config.yml': 'title: Site\ntheme: minima\n' },
    'another dialect': { ...JEKYLL, '_config.yml': 'title: Site\nmarkdown: CommonMark\n' },
    'other front matter': { ...JEKYLL, 'index.md': `${front('Home', 'classes: wide\n')}Text.\n` },
    'another layout': { ...JEKYLL, 'index.md': `---\nlayout: splash\ntitle: A\n---\nText.\n` },
    'another address': { ...JEKYLL, 'index.md': `${front('A', 'permalink: /a/\n')}Text.\n` },
    'a private note': { 'README.md': '---\npublish: false\n---\nText.\n' },
  };
  for (const [name, sources] of Object.entries(other)) {
    const { page, context, asked } = await visit(t, sources);
    await page.waitForFunction(() => performance.getEntriesByType('resource').length > 4);
    const modules = () => asked().filter((path) => /(meridian|\w+mark|kramdown)\.wasm$/.test(path));
    for (const end = Date.now() + 20_000; Date.now() < end && modules().length < 2;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await page.locator('.page__content').count(), 0, name);
    // The core's dialect comes once, and no other.
    const dialect = /dialect|note/.test(name) ? 'commonmark' : 'kramdown';
    assert.deepEqual(
      modules().sort(),
      [`/meridian/${dialect}.wasm`, '/meridian/meridian.wasm'].sort(),
      name,
    );
    await context.close();
  }
});

test('a link in it is followed when the core is there', { skip }, async (t) => {
  const { page, url, release } = await visit(t, PLAIN);
  await page.getByText('Further', { exact: true }).click();
  release();
  await page.locator('h1:text("More")').waitFor();
  assert.equal(page.url(), `${url}more/`);
});

test('who has scrolled stays there, and keeps the focus', { skip }, async (t) => {
  const { page, release } = await visit(t, PLAIN, {
    context: { viewport: { width: 390, height: 500 } },
  });
  await paragraph(page).waitFor();
  await page.evaluate(() => document.querySelector('.site-title').focus());
  await page.evaluate(() => scrollTo(0, 700));
  await painted(page);
  release();
  await page.locator('#a-part').waitFor({ state: 'attached' }); // the core's ids
  await painted(page);
  assert.equal(await page.evaluate(() => Math.round(scrollY)), 700);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.site-title')));
});

test('without the core the text stays, and what is missing is told', { skip }, async (t) => {
  const { page, release } = await visit(t, PLAIN, { lost: true });
  await paragraph(page).waitFor();
  release();
  await page.getByText('The rest of the page is complete.').waitFor();
  assert.equal(await paragraph(page).textContent(), 'The first paragraph, in one line.');
});

test('a reader who comes back has the page of the last visit', { skip }, async (t) => {
  const { page, release, asked } = await visit(t, PLAIN);
  release();
  await page.locator('#a-part').waitFor({ state: 'attached' });
  await page.waitForFunction(() => localStorage['meridian:/:/']);
  const before = asked().length;
  await page.reload();
  await paragraph(page).waitFor();
  assert.ok(
    !asked()
      .slice(before)
      .some((path) => path.endsWith('first-page.js')),
  );
});
