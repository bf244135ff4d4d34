// The development server and a real browser: the site is shown, changes appear in time, the scroll
// position stays.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { browserOrSkip } from './browser.mjs';
import { isAnswer, isCut } from './hosts.mjs';

const PARAGRAPHS = Array.from(
  { length: 80 },
  (_, i) => `Paragraph ${i} of a page that is longer than the screen.`,
);

const SVG = (size) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="1"/>`;

const SITE = {
  '_config.yml': 'title: The site\n',
  '_layouts/default.html':
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>' +
    '<body><main>{{ content }}</main>{% include foot.html %}</body></html>',
  '_includes/foot.html': '<footer>Foot one</footer>',
  '_layouts/styled.html':
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Styled</title>' +
    '<link rel="stylesheet" href="{{ "/assets/plain.css" | relative_url }}">' +
    '<link rel="stylesheet" href="{{ "/assets/made.css" | relative_url }}"></head>' +
    '<body><h1>{{ content }}</h1></body></html>',
  'styled.html': '---\nlayout: styled\npermalink: /styled/\n---\nStyled page',
  'assets/plain.css': 'h1 { margin-left: 11px }\n',
  'assets/made.css': '---\n---\nh1 { margin-right: 11px }\n',
  '_layouts/scripted.html':
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Scripted</title>' +
    '<link rel="stylesheet" href="{{ "/assets/back.css" | relative_url }}"></head>' +
    '<body><main><img alt="" src="{{ "/assets/p@2x.svg" | relative_url }}">{{ content }}</main>' +
    '<script src="{{ "/assets/plain.js" | relative_url }}"></script>' +
    '<script src="{{ "/assets/made.js" | relative_url }}"></script></body></html>',
  'scripted.md': `---\nlayout: scripted\npermalink: /scripted/\n---\n${PARAGRAPHS.join('\n\n')}\n`,
  'assets/back.css': 'main { background: url(back.svg) }\n',
  'assets/back.svg': SVG(1),
  'assets/p@2x.svg': SVG(1),
  'assets/plain.js': 'const plain = 1; document.body.dataset.plain = plain;\n',
  'assets/made.js': '---\n---\ndocument.body.dataset.made = {{ 0 | plus: 1 }};\n',
  'index.html':
    '---\nlayout: default\ntitle: Home\n---\n<h1>Welcome home</h1> <a href="{{ "/long/" | relative_url }}">long</a>',
  'long.md': `---\nlayout: default\ntitle: Long\npermalink: /long/\n---\n# Long page\n\n${PARAGRAPHS.join('\n\n')}\n`,
};

async function makeSite(t) {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-site-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(SITE)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Starts the server; gives its address. */
async function serve(t, ...args) {
  const child = spawn('python3', ['serve.py', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => {
    child.kill('SIGINT');
  });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`serve.py ended with ${code}:\n${said}`)));
  });
  await fetch(address);
  return { address, child };
}

async function openPage(t, address) {
  const browser = await browserOrSkip(t);
  if (!browser) return null;
  const page = await browser.newPage();
  const messages = [];
  page.on('console', (message) => {
    const text = message.text();
    if (!isAnswer(browser, text, message.location().url) && !isCut(text, address))
      messages.push(`${message.type()}: ${text}`);
  });
  page.on(
    'pageerror',
    ({ message }) => isCut(message, address) || messages.push(`error: ${message}`),
  );
  // A page that connects to the stream after a change is loaded again, since it missed the news.
  const following = page.waitForResponse((answer) => /\/__reload(\?|$)/.test(answer.url()));
  await page.goto(address);
  await following;
  return { page, messages };
}

/**
 * Saves a file as an editor does, until `text` is on the page. Its temporary file has a name that
 * no server reports: a new file would load the page again.
 */
async function change(page, file, content, text) {
  const shown = page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => document.body.textContent.includes(wanted) && resolve();
        new MutationObserver(look).observe(document, {
          childList: true,
          subtree: true,
          characterData: true,
        });
      }),
    text,
  );
  await writeFile(`${file}~`, content);
  await rename(`${file}~`, file);
  await shown;
}

test('a site with an index.html of its own is shown, and the console stays empty', async (t) => {
  const { address } = await serve(t, await makeSite(t), '--port', '0', '--no-build');
  const opened = await openPage(t, address);
  if (!opened) return;
  const { page, messages } = opened;
  await page.waitForSelector('h1:has-text("Welcome home")');
  await page.click('a:has-text("long")');
  await page.waitForSelector('h1:has-text("Long page")');
  assert.equal(new URL(page.url()).pathname, '/long/');
  await page.reload();
  await page.waitForSelector('h1:has-text("Long page")');
  assert.deepEqual(messages, []);
});

test('a site under a sub-path works', async (t) => {
  const { address } = await serve(
    t,
    await makeSite(t),
    '--port',
    '0',
    '--no-build',
    '--base',
    '/sub/path/',
  );
  assert.match(address, /\/sub\/path\/$/);
  const opened = await openPage(t, `${address}long/`);
  if (!opened) return;
  await opened.page.waitForSelector('h1:has-text("Long page")');
  await opened.page.goto(address);
  await opened.page.click('a:has-text("long")');
  await opened.page.waitForSelector('h1:has-text("Long page")');
  assert.deepEqual(opened.messages, []);
});

test('a change shows at once and the scroll position stays', async (t) => {
  const folder = await makeSite(t);
  const { address } = await serve(t, folder, '--port', '0', '--no-build');
  const opened = await openPage(t, `${address}long/`);
  if (!opened) return;
  const { page } = opened;
  await page.waitForSelector('h1:has-text("Long page")');
  await page.evaluate(() => scrollTo(0, 700));
  for (const round of [1, 2, 3, 4, 5]) {
    const text = `Changed in round ${round}.`;
    await change(
      page,
      join(folder, 'long.md'),
      SITE['long.md'].replace('Paragraph 40', `${text} 40`),
      text,
    );
    assert.equal(await page.evaluate(() => scrollY), 700);
  }

  await change(page, join(folder, '_includes/foot.html'), '<footer>Foot two</footer>', 'Foot two');
  assert.equal(await page.evaluate(() => scrollY), 700);
});

for (const [name, side] of [
  ['plain.css', 'Left'],
  ['made.css', 'Right'],
])
  test(`a changed sheet applies at once: ${name}`, async (t) => {
    const folder = await makeSite(t);
    const { address } = await serve(t, folder, '--port', '0', '--no-build');
    const opened = await openPage(t, `${address}styled/`);
    if (!opened) return;
    const { page } = opened;
    const has = (size) =>
      page.waitForFunction(
        ([name, size]) => {
          const title = document.querySelector('h1');
          return title && getComputedStyle(title)[name] === size;
        },
        [`margin${side}`, size],
      );
    await has('11px');
    await page.evaluate(() => (window.same = true));
    for (const size of ['12px', '13px']) {
      const file = `assets/${name}`;
      await writeFile(join(folder, file), SITE[file].replace('11px', size));
      await has(size);
    }
    assert.ok(await page.evaluate(() => window.same), 'the page was not loaded again');
  });

for (const name of ['plain', 'made'])
  test(`a changed script runs in a new document, which keeps its place: ${name}.js`, async (t) => {
    const folder = await makeSite(t);
    const { address } = await serve(t, folder, '--port', '0', '--no-build');
    const opened = await openPage(t, `${address}scripted/`);
    if (!opened) return;
    const { page, messages } = opened;
    await page.waitForSelector(`[data-${name}="1"]`);
    await page.evaluate(() => scrollTo(0, 700));
    const file = `assets/${name}.js`;
    await writeFile(join(folder, file), SITE[file].replace('1', '2'));
    await page.waitForSelector(`[data-${name}="2"]`);
    await page.waitForFunction(() => scrollY === 700);
    assert.deepEqual(messages, []);
  });

test('a changed picture is shown: of an element in the open page, of a style sheet in a new one', async (t) => {
  const folder = await makeSite(t);
  const { address } = await serve(t, folder, '--port', '0', '--no-build');
  const opened = await openPage(t, `${address}scripted/`);
  if (!opened) return;
  const { page } = opened;
  await page.waitForSelector('[data-made="1"]');
  await page.evaluate(() => (window.same = true));
  await writeFile(join(folder, 'assets/p@2x.svg'), SVG(7));
  await page.waitForFunction(() => document.querySelector('img')?.naturalWidth === 7);
  assert.ok(await page.evaluate(() => window.same), 'the page was not loaded again');
  const asked = page.waitForResponse((response) => response.url().endsWith('/assets/back.svg'));
  await writeFile(join(folder, 'assets/back.svg'), SVG(7));
  assert.equal(await (await asked).text(), SVG(7));
  assert.equal(await page.evaluate(() => window.same), undefined);
});

test('the second start builds nothing', async (t) => {
  const built = async () =>
    Promise.all(
      ['build/native/meridian', 'build/dist/index.html', 'build/wasm/meridian.wasm'].map(
        async (file) => (await stat(file)).mtimeMs,
      ),
    );
  const before = await built();
  const { child } = await serve(t, await makeSite(t), '--port', '0');
  assert.deepEqual(await built(), before);
  child.kill('SIGINT');
  const [code] = await new Promise((resolve) => child.once('exit', (...result) => resolve(result)));
  assert.equal(code, 0, 'Ctrl-C ends it quietly');
});
