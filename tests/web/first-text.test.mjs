// The beginning of a page while the core is on its way: what the command writes for it, what a
// visitor sees, and that the core's page takes its place without a jump. Real core, real browser,
// real command.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { firstText } from '../../web/first/first_text.js';
import { launch } from './browser.mjs';
import { CONTENT } from './demo.mjs';
import { COMMAND, built, host, noBrowser, openPage, painted, readIn } from './hosts.mjs';

const noCommand = existsSync(COMMAND) ? undefined : 'the command is not built';
const skip = noBrowser() ?? noCommand;
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const BODY = 'The first paragraph of the page.\n\nAnother *one*, with a [link](/more/).\n';
const SOURCES = {
  '_config.yml': 'title: First\ndescription: Words\n',
  'index.md': `---\ntitle: Home\nlayout: single\n---\n${BODY}\n{% for i in (1..60) %}\nParagraph {{ i }}\n{% endfor %}\n`,
  'more.md': `---\ntitle: More\nlayout: single\npermalink: /more/\n---\nWhat more there is.\n\n${'Further on.\n\n'.repeat(80)}`,
  'made.md': '---\ntitle: Made\nlayout: single\npermalink: /made/\n---\n{{ "by Liquid" }}\n',
};

/** A folder that the command makes of sources, by its arguments. */
function make(t, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-first-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [...options, '--destination', folder, '--quiet']);
  return folder;
}

/** A host that keeps the core back until `release` is called, and a visit. */
async function visit(t, path = '', { sources = SOURCES, context, lost } = {}) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const server = await host(t, built(t, sources, '--raw'), {
    answer: async (_request, response, path) => {
      if (!path.endsWith('meridian.wasm')) return false;
      await held;
      if (lost) response.writeHead(404).end();
      return !!lost;
    },
  });
  t.after(() => release());
  const opened = await openPage(t, browser, context);
  const url = server.url.replace('127.0.0.1', 'reader.localhost');
  await opened.page.goto(url + path, { waitUntil: 'commit' });
  return { ...opened, server, url, release };
}

const firstParagraph = (page) => page.locator('.page__content p').first();
const isWhole = (page) => page.locator('.page__footer').waitFor({ state: 'attached' });
const boxes = (page) =>
  page.evaluate(() =>
    ['.masthead', 'h1', '.page__content p', '.page__content p:nth-of-type(2)'].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    }),
  );

test(
  'what stands before the text of each page of the demo is what the page begins with',
  { skip: noCommand },
  async (t) => {
    const raw = make(t, 'build', '--raw', '--source', CONTENT);
    const pages = make(t, 'build', '--source', CONTENT);
    const folder = join(raw, 'meridian/first');
    const files = readdirSync(folder);
    const shell = readFileSync(join(raw, 'index.html'), 'utf8');
    assert.equal(/meridian-first" content="(\d+)"/.exec(shell)[1], String(files.length));
    let count = 0;
    for (const name of files) {
      const bytes = readFileSync(join(folder, name));
      for (const path of Object.keys(JSON.parse(bytes).pages)) {
        const html = await firstText(path, '/', bytes, async () => ['', 1]);
        // Of the home page there is text as well.
        const begin = html.slice(html.indexOf('<body')).replace(/(page__content[^>]*>).+$/s, '$1');
        const [file] = [`${path}index.html`, `${path}.html`, path]
          .map((name) => join(pages, name))
          .filter((name) => /\.html$/.test(name) && existsSync(name));
        const written = readFileSync(file, 'utf8');
        assert.ok(written.includes(begin.trimEnd()), path);
        assert.ok(begin.includes('class="masthead"') && begin.includes('page__content'), path);
        count++;
      }
    }
    assert.ok(count > 40, `${count} pages`);
  },
);

test('addresses above the text are those of the site at its root, others stay', async () => {
  const links = (base) =>
    `<a href="${base}/">H</a><a href="${base}/about/">A</a><a href="//b.example/x">B</a>` +
    '<a href="https://c.example/">C</a><a href="#d">D</a>';
  for (const base of ['', '/old']) {
    const frames = [`<body>${links(base)}<main>`];
    const pages = { '/': ['index.md', 'Text.\n', 1, 0, 12] };
    const file = new TextEncoder().encode(JSON.stringify({ baseurl: base, frames, pages }));
    const html = await firstText('/', '/project/', file, async () => ['', 1]);
    assert.equal(html, `<body>${links('/project')}<main><p>Text.</p>`);
  }
});

test('sites whose first text would be another have none', { skip: noCommand }, (t) => {
  const has = (more) =>
    existsSync(join(built(t, { ...SOURCES, ...more }, '--raw'), 'meridian/first'));
  assert.ok(has({}));
  // Layouts of the site's own, with a sheet that Sass makes.
  const link = '<link rel="stylesheet" href="/assets/main.css">';
  const mine = `<!doctype html><html><head>${link}</head><body>{{ content }}</body></html>`;
  const page = '---\nlayout: mine\n---\nText\n';
  const scss = '---\n---\np { a { color: red } }\n';
  const own = { 'index.md': page, 'more.md': page, 'made.md': page, 'assets/main.scss': scss };
  assert.ok(!has({ ...own, '_layouts/mine.html': mine }));
  assert.ok(!has({ '_config.yml': 'kramdown: {hard_wrap: true}\n' }));
  assert.ok(!has({ '_config.yml': 'markdown: CommonMark\n' }));
});

test('the text is there before the core, and stays where it is', { skip }, async (t) => {
  for (const [path, words] of [
    ['', 'The first paragraph of the page.'],
    ['more/', 'What more there is.'],
  ]) {
    const { page, lines, server, release } = await visit(t, path);
    await firstParagraph(page).waitFor();
    assert.equal(await firstParagraph(page).textContent(), words);
    await page.locator('h1').waitFor();
    await painted(page);
    assert.equal(await page.locator('.page__footer').count(), 0);
    const before = await boxes(page);
    release();
    await isWhole(page);
    await painted(page);
    assert.deepEqual(await boxes(page), before);
    // The source came once.
    const sources = readIn(server.log).filter((name) => name === '/more.md');
    assert.equal(sources.length, path ? 1 : 0);
    assert.deepEqual(
      lines.filter((line) => !/404 \(Not Found\)/.test(line)),
      [],
    );
  }
});

test('a page that begins with Liquid has its title', { skip }, async (t) => {
  const { page, release } = await visit(t, 'made/');
  await page.locator('h1:text("Made")').waitFor();
  assert.equal(await page.locator('.page__content').textContent(), '');
  release();
  await page.getByText('by Liquid').waitFor();
});

test('a link in it is followed when the core is there', { skip }, async (t) => {
  const { page, url, release } = await visit(t);
  await page.locator('.page__content a').click();
  release();
  await page.locator('h1:text("More")').waitFor();
  assert.equal(page.url(), `${url}more/`);
});

test('who has scrolled stays there, and keeps the focus', { skip }, async (t) => {
  const { page, release } = await visit(t, 'more/', {
    context: { viewport: { width: 390, height: 500 } },
  });
  await firstParagraph(page).waitFor();
  await page.evaluate(() => document.querySelector('.site-title').focus());
  await page.evaluate(() => scrollTo(0, 700));
  await painted(page);
  release();
  await isWhole(page);
  await painted(page);
  assert.equal(await page.evaluate(() => Math.round(scrollY)), 700);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.site-title')));
});

test('the search is opened in the core’s page', { skip }, async (t) => {
  const config = `${SOURCES['_config.yml']}meridian: {search: true}\n`;
  const { page, release } = await visit(t, '', { sources: { ...SOURCES, '_config.yml': config } });
  await firstParagraph(page).waitFor();
  await page.keyboard.press('/');
  release();
  await page.locator('input[type=search]').waitFor();
  await page.keyboard.type('further');
  await page.locator('[data-meridian-search-dialog] a').first().waitFor();
});

test('without the core the text stays, and what is missing is told', { skip }, async (t) => {
  const { page, release } = await visit(t, '', { lost: true });
  await firstParagraph(page).waitFor();
  release();
  await page.getByText('This is the beginning of the page.').waitFor();
  assert.equal(await firstParagraph(page).textContent(), 'The first paragraph of the page.');
});

test(
  'the first page’s own file is asked for once, before the script is there',
  { skip },
  async (t) => {
    const { page, lines, server, url, release } = await visit(t);
    await firstParagraph(page).waitFor();
    const asked = () =>
      server.log.map(({ path }) => path).filter((path) => /meridian\/first/.test(path));
    assert.deepEqual(asked().sort(), ['/meridian/first.js', '/meridian/first/0.json']);
    release();
    await isWhole(page);
    await page.waitForFunction(() => localStorage['meridian:/:/']);
    // The next visit has the page, and a route in the anchor is another one: what was preloaded is
    // taken, so that nothing is reported.
    for (const route of ['', '#/more/']) {
      await page.goto('about:blank');
      await page.goto(url + route);
      await isWhole(page);
      await page.waitForTimeout(4000);
    }
    assert.deepEqual(
      lines.filter((line) => /preload/.test(line)),
      [],
    );
  },
);
