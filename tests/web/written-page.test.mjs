// The page as the command wrote it for first visitors: what the files have, what a visitor sees
// before the core is there, and that the core's page takes its place without a jump. Real core,
// real browser, real command.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { CONTENT } from './demo.mjs';
import {
  boxesOf,
  COMMAND,
  built,
  host,
  makeSite,
  noBrowser,
  openPage,
  painted,
  readIn,
  until,
} from './hosts.mjs';

const noCommand = existsSync(COMMAND) ? undefined : 'the command is not built';
const skip = noBrowser() ?? noCommand;
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SOURCES = {
  '_config.yml': 'title: First\ndescription: Words\n',
  'index.md':
    '---\ntitle: Home\nlayout: single\n---\nThe first paragraph of the page.\n\nAnother *one*, with a [link](/more/).\n\n{% for i in (1..60) %}\nParagraph {{ i }}\n{% endfor %}\n\n    </script><!-- <script>\n\nThe last paragraph.\n',
  'more.md': `---\ntitle: More\nlayout: single\npermalink: /more/\n---\nWhat more there is.\n\n${'Further on.\n\n'.repeat(80)}`,
  'made.md': '---\ntitle: Made\nlayout: single\npermalink: /made/\n---\n{{ "by Liquid" }}\n',
};

/** A folder that the command makes of the demo. */
function make(t, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-first-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [...options, '--source', CONTENT, '--destination', folder, '--quiet']);
  return folder;
}

/** A host that keeps the core back until `release` is called, and a visit. */
async function visit(t, path = '', { sources = SOURCES, context, lost, edit, ...server } = {}) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const folder = built(t, sources, '--raw');
  const served = await host(t, folder, {
    ...server,
    answer: async (_request, response, path) => {
      if (!path.endsWith('meridian.wasm')) return false;
      await held;
      if (lost) response.writeHead(404).end();
      return !!lost;
    },
  });
  t.after(() => release());
  const opened = await openPage(t, browser, context);
  const url = served.url.replace('127.0.0.1', 'reader.localhost');
  edit?.(folder, new URL(url).origin);
  await opened.page.goto(url + path, { waitUntil: 'commit' });
  return { ...opened, server: served, url, release };
}

const readJson = (folder, name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const firstParagraph = (page) => page.locator('.page__content p').first();
/**
 * Waits until the core's page is there: how the host routes is found out then, and whether the
 * manifest is new.
 */
const isMade = (server) =>
  until(() =>
    server.log.some(
      ({ method, path }) =>
        path.endsWith('404-page') || (method === 'HEAD' && path === '/meridian.json'),
    ),
  );
const boxes = (page) =>
  boxesOf(page, [
    '.masthead',
    'h1',
    '.page__content p',
    '.page__content p:nth-of-type(2)',
    'footer',
  ]);
const asked = ({ log }, what) => readIn(log).filter((path) => what.test(path));

test('each page of the demo is as `build` writes it', { skip: noCommand }, (t) => {
  const raw = make(t, 'build', '--raw');
  const pages = make(t, 'build');
  const folder = join(raw, 'meridian/first');
  const files = readdirSync(folder);
  const shell = readFileSync(join(raw, 'index.html'), 'utf8');
  assert.equal(/meridian-first" content="(\d+)"/.exec(shell)[1], String(files.length));
  const inShell = JSON.parse(/<script [^>]*data-first>([^<]*)<\/script>/.exec(shell)[1]);
  assert.deepEqual(Object.keys(inShell.pages), ['/']);
  let count = 0;
  for (const { pages: some } of [inShell, ...files.map((name) => readJson(folder, name))])
    for (const [path, html] of Object.entries(some)) {
      const [file] = [`${path}index.html`, `${path}.html`, path]
        .map((name) => join(pages, decodeURIComponent(name)))
        .filter((name) => /\.html$/.test(name) && existsSync(name));
      // Without the shell a page brings the scripts of its buttons itself.
      const alone = /<script[^>]* src="\/meridian\/(scheme|search-keys)\.js"><\/script>\n?/g;
      const built = readFileSync(file, 'utf8').replace(alone, '');
      // … and globes a still picture of themselves.
      if (!built.includes('globe__still')) assert.equal(html, built, path);
      count++;
    }
  assert.ok(count > 50, `${count} pages`);
});

test('addresses are those of the site at its root, others stay', async () => {
  const url = 'https://here.example';
  globalThis.location ??= /** @type {any} */ (new URL(url));
  const { pageOfFile } = await import('../../web/shell/written_page.js');
  const links = (base) =>
    `<a href="${base}/">H</a><a href="${base}/about/">A</a><a href="//b.example/x">B</a>` +
    '<a href="https://c.example/">C</a><a href="#d">D</a>';
  const shown = (baseurl, url, more = '') =>
    pageOfFile({ baseurl, url, pages: { '/a/': links(baseurl) + more } }, '/a/', '/project/');
  for (const base of ['', '/old']) assert.equal(shown(base, url), links('/project'));
  assert.equal(shown('', 'https://other.example'), links('/project'));
  // Scripts would run here, and again in the page that the core makes.
  const script = '<script>1</script>';
  assert.equal(shown('/project', url, script), links('/project') + script);
  assert.equal(shown('', url, script), undefined);
  assert.equal(shown('/project', 'https://other.example', script), undefined);
  // The shell's own enhance a page that is patched.
  const own = (base) => `<script defer src="${base}/meridian/math.js"></script>`;
  assert.equal(shown('/old', '', own('/old')), links('/project') + own('/project'));
  assert.equal(shown('', '', own('/assets')), undefined);
  // In linear time.
  assert.equal(shown('', '', '<script'.repeat(100_000)), undefined);
  const tags = Array.from({ length: 10_000 }, (_, i) => own('').replace('math', `m${i}`)).join('');
  assert.ok(shown('', '', tags)?.includes('m9999'));
  const data = '<script type="application/ld+json">{}</script>';
  assert.equal(shown('', '', data), links('/project') + data);
  assert.equal(pageOfFile({ baseurl: '', url, pages: {} }, 'constructor', '/'), undefined);
});

test('the page is there whole before the core, and stays as it is', { skip }, async (t) => {
  for (const [path, first, last] of [
    ['', 'The first paragraph of the page.', 'The last paragraph.'],
    ['more/', 'What more there is.', 'Further on.'],
    ['made/', 'by Liquid', 'by Liquid'],
  ]) {
    const { page, lines, server, release } = await visit(t, path);
    await firstParagraph(page).waitFor();
    assert.equal(await firstParagraph(page).textContent(), first);
    await page.locator('footer').waitFor();
    await painted(page);
    assert.ok((await page.locator('.page__content').textContent()).includes(last));
    const before = await boxes(page);
    await page.evaluate(() => (document.querySelector('h1').mine = true));
    release();
    await isMade(server);
    await painted(page);
    assert.deepEqual(await boxes(page), before);
    assert.ok(await page.evaluate(() => document.querySelector('h1').mine));
    // The home page is in the document, others in one file.
    assert.equal(asked(server, /meridian\/first/).length, path ? 1 : 0);
    assert.deepEqual(
      lines.filter((line) => !/404 \(Not Found\)/.test(line)),
      [],
    );
  }
});

test(
  'a page of the site’s own layouts and sheets is there before the core',
  { skip },
  async (t) => {
    const sources = {
      '_config.yml': 'title: Own\n',
      '_layouts/own.html':
        '<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="/assets/main.css"></head><body><main>{{ content }}</main></body></html>',
      'index.md': '---\nlayout: own\n---\n# Own\n\nText\n',
      'assets/main.scss': '---\n---\n$c: rgb(1, 2, 3); p { color: $c; }\n',
    };
    const { page, server, release } = await visit(t, '', { sources });
    await page.locator('p').waitFor();
    assert.equal(
      await page.locator('p').evaluate((p) => getComputedStyle(p).color),
      'rgb(1, 2, 3)',
    );
    release();
    await isMade(server);
    await page.locator('h1:text("Own")').waitFor();
  },
);

test('scripts of a page run once', { skip }, async (t) => {
  const layout =
    '<!doctype html><html lang="en"><head><title>T</title></head><body><main>{{ content }}<i></i></main><script>document.querySelector("i").append("ran ")</script></body></html>';
  const sources = {
    '_config.yml': 'title: Own\n',
    '_layouts/own.html': layout,
    'index.md': '---\nlayout: own\n---\nText\n',
  };
  // Made for this address, and for another one.
  for (const here of [true, false]) {
    const { page, server, release } = await visit(t, '', {
      sources,
      edit: (folder, origin) => {
        const file = join(folder, 'index.html');
        const html = readFileSync(file, 'utf8');
        assert.ok(html.includes('"url":""'));
        if (here) writeFileSync(file, html.replace('"url":""', `"url":"${origin}"`));
      },
    });
    release();
    await isMade(server);
    assert.equal(await page.locator('i').textContent(), 'ran ');
  }
});

test(
  'the shell’s own scripts enhance it at once, and what the core makes of it',
  { skip },
  async (t) => {
    const sources = {
      '_config.yml': 'title: Own\nrepository: owner/name\n',
      'index.md': '---\nlayout: single\n---\nA formula: $$x^2$$.\n',
      'more.md': '---\nlayout: single\npermalink: /more/\n---\nWhat more there is.\n',
    };
    const opened = await visit(t, '', { sources });
    await opened.page.locator('.page__content math').waitFor();
    await opened.page.evaluate(() => (document.querySelector('.page__content p').mine = true));
    opened.release();
    await isMade(opened.server);
    const { length } = asked(opened.server, /math\.js/);
    assert.equal(length, 1);
    assert.equal(await opened.page.locator('.page__content math').count(), 1);
    assert.ok(await opened.page.evaluate(() => document.querySelector('.page__content p').mine));
    // A script that the page did not have runs.
    const { page, release } = await visit(t, 'more/', {
      sources,
      edit: (folder) =>
        writeFileSync(join(folder, 'more.md'), `${sources['more.md']}\nNow $$y$$ as well.\n`),
    });
    await firstParagraph(page).waitFor();
    release();
    await page.locator('.page__content math').waitFor();
  },
);

test('what has changed since is replaced, and the reader stays', { skip }, async (t) => {
  const { page, release } = await visit(t, 'more/', {
    context: { viewport: { width: 390, height: 500 } },
    edit: (folder) => {
      const file = join(folder, 'more.md');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('What more there is.', 'What is new.'));
    },
  });
  await firstParagraph(page).waitFor();
  assert.equal(await firstParagraph(page).textContent(), 'What more there is.');
  await page.evaluate(() => document.querySelector('.site-title').focus());
  await page.evaluate(() => scrollTo(0, 700));
  release();
  await page.locator('.page__content p:text("What is new.")').waitFor();
  assert.equal(await page.evaluate(() => Math.round(scrollY)), 700);
  assert.ok(await page.evaluate(() => document.activeElement.matches('.site-title')));
});

test('an anchor is shown, and a page that the shell’s own does not have', { skip }, async (t) => {
  const more = `${SOURCES['more.md']}\n## Far down\n\nHere.\n`;
  // Hosts that give index.html for everything, and addresses behind a number sign.
  for (const path of ['more/#far-down', '#/more/']) {
    const { page, release } = await visit(t, path, {
      sources: { ...SOURCES, 'more.md': more },
      notFound: 'index.html',
    });
    release();
    await page.locator('h2:text("Far down")').waitFor();
    assert.equal(await page.locator('h1').textContent(), 'More');
    if (path.startsWith('more'))
      await page.waitForFunction(
        () => document.querySelector('#far-down').getBoundingClientRect().top < innerHeight,
      );
  }
});

test('a link is followed, the search opened, when the core is there', { skip }, async (t) => {
  const config = `${SOURCES['_config.yml']}meridian: {search: true}\n`;
  const { page, url, release } = await visit(t, '', {
    sources: { ...SOURCES, '_config.yml': config },
  });
  await firstParagraph(page).waitFor();
  await page.keyboard.press('/');
  release();
  await page.locator('input[type=search]').waitFor();
  await page.keyboard.type('further');
  await page.locator('[data-meridian-search-dialog] a').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.page__content a').click();
  await page.locator('h1:text("More")').waitFor();
  assert.equal(page.url(), `${url}more/`);
});

test('without the core the page stays, and what is missing is told', { skip }, async (t) => {
  const { page, release } = await visit(t, '', { lost: true });
  await firstParagraph(page).waitFor();
  release();
  await page.getByText('This may not be the latest version of the page.').waitFor();
  assert.equal(await firstParagraph(page).textContent(), 'The first paragraph of the page.');
});

test('a damaged or missing file leaves the page to the core', { skip }, async (t) => {
  for (const damage of [
    (file) => rmSync(file),
    (file) => writeFileSync(file, '{"meridian":1,"pages":'),
    (file) => writeFileSync(file, '{"pages":null}'),
    (file) => writeFileSync(file, '<!doctype html>Sign in'),
  ]) {
    const { page, release } = await visit(t, 'more/', {
      edit: (folder) =>
        readdirSync(join(folder, 'meridian/first')).forEach((name) =>
          damage(join(folder, 'meridian/first', name)),
        ),
    });
    release();
    await page.locator('h1:text("More")').waitFor();
  }
});

test('the command makes the same page of the shell again', { skip: noCommand }, (t) => {
  const { folder } = makeSite(t, SOURCES, { shell: false });
  execFileSync(COMMAND, ['init', '--self-host', '--source', folder, '--quiet']);
  const index = () => {
    execFileSync(COMMAND, ['index', '--source', folder, '--quiet']);
    return readFileSync(join(folder, 'index.html'), 'utf8');
  };
  const first = index();
  assert.equal(first.match(/data-first>/g).length, 1);
  assert.equal(index(), first);
  writeFileSync(join(folder, 'index.md'), '---\nlayout: single\n---\nNew\n');
  const second = index();
  assert.equal(second.match(/data-first>/g).length, 1);
  assert.ok(second.includes('New') && !second.includes('first paragraph'));
});
