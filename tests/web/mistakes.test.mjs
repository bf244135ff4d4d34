// Diagnostics for an author who edits under the development server: on the page, in the console and
// in the terminal; visitors see none of them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { browserOrSkip } from './browser.mjs';
import { isAnswer } from './hosts.mjs';

const LIST =
  '---\nlayout: default\n---\n# Home\n\n{% for post in site.posts %}- [{{ post.title }}]({{ post.url }})\n{% endfor %}';
const SITE = {
  '_config.yml': 'title: The site\ninclude: [_pages]\n',
  '_layouts/default.html':
    '<!doctype html><html lang="en"><head><title>{{ site.title }}</title></head><body><b>{{ site.title }}</b>{{ content }}</body></html>',
  'index.md': LIST,
  '_pages/about.md': '---\nlayout: default\ntitle: About\npermalink: /about/\n---\nAbout *me*.\n',
  '_pages/bare.md': '---\npermalink: /bare/\n---\nBare text.\n',
  '_posts/2020-01-02-view.md': '---\nlayout: default\ntitle: A view\n---\nThe *view*.\n',
};

/** A copy of the site on disk, and a function that changes a file of it as an editor does. */
async function makeSite(t, files = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-mistakes-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const write = async (name, text) => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}~new`, text);
    await rename(`${file}~new`, file);
  };
  for (const [name, text] of Object.entries({ ...SITE, ...files })) await write(name, text);
  return { folder, write };
}

/**
 * The development server over a folder: its address, and a function that waits for a line of its
 * output.
 */
async function serve(t, folder) {
  const child = spawn('python3', ['serve.py', folder, '--port', '0', '--no-build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGINT'));
  let text = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      text += data;
      heard();
    });
  }
  const said = (/** @type {RegExp} */ what) =>
    new Promise((resolve) => {
      heard = () => what.test(text) && resolve(what.exec(text)?.[0]);
      heard();
    });
  return { address: await said(/http:\/\/\S+/), said, terminal: () => text };
}

async function open(t, address) {
  const browser = await browserOrSkip(t);
  if (!browser) return undefined;
  const page = await browser.newPage();
  const messages = [];
  page.on('console', (message) => {
    if (!isAnswer(browser, message.text(), message.location().url)) messages.push(message.text());
  });
  // A page that learns of a change before its stream is open is loaded anew.
  const stream = page.waitForResponse(/__reload(\?|$)/);
  await page.goto(address);
  await stream;
  return { page, messages };
}

const NOTES = '.mer-notes[open]';

test('an error in front matter keeps the page and is reported there, on lists, in the console and in the terminal', async (t) => {
  const { folder, write } = await makeSite(t);
  const { address, said } = await serve(t, folder);
  const opened = await open(t, `${address}about/`);
  if (!opened) return;
  const { page, messages } = opened;
  await page.waitForSelector('em:has-text("me")');
  await write('_pages/about.md', SITE['_pages/about.md'].replace('About', 'Deep: a view'));
  const remedy = 'put quotes around the value: title: "Deep: a view"';
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_pages/about.md:3:12")`);
  assert.match(await page.textContent(NOTES), /title: Deep: a view/);
  assert.ok((await page.textContent(NOTES)).includes(remedy));
  assert.equal(await page.locator(`${NOTES} .diagnostic`).count(), 1, 'once');
  assert.equal(await page.textContent('p em'), 'me');
  assert.equal(messages.filter((text) => text.includes('_pages/about.md:3:12')).length, 1);
  await said(/_pages\/about\.md:3:12: .*\n.*put quotes/);
  // The same after a navigation from another page.
  await page.reload();
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_pages/about.md:3:12")`);
  assert.equal(await page.textContent('p em'), 'me');
  // After the correction it disappears.
  await write('_pages/about.md', SITE['_pages/about.md']);
  await page.waitForSelector('.mer-notes', { state: 'detached' });
  await said(/All mistakes are mended/);
});

test('a post with an error in its front matter stays in the list, which reports it', async (t) => {
  const { folder, write } = await makeSite(t, {
    '_posts/2020-01-03-open.md': '---\nlayout: default\ntitle: "Open\n---\nx\n',
  });
  const { address, said } = await serve(t, folder);
  await said(/_posts\/2020-01-03-open\.md:3:8: a quoted value is not closed/);
  const opened = await open(t, address);
  if (!opened) return;
  const { page } = opened;
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_posts/2020-01-03-open.md:3:8")`);
  assert.deepEqual(await page.locator('li a').allTextContents(), ['Open', 'A view']);
  await page.goto(`${address}2020/01/03/open.html`);
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_posts/2020-01-03-open.md:3:8")`);
  assert.equal(await page.textContent('p'), 'x');
  await write('_posts/2020-01-03-open.md', '---\nlayout: default\ntitle: "Open"\n---\nx\n');
  await page.waitForSelector('.mer-notes', { state: 'detached' });
});

test('on a page without a layout an error is reported, and disappears after the correction', async (t) => {
  const { folder, write } = await makeSite(t);
  const { address } = await serve(t, folder);
  const opened = await open(t, `${address}bare/`);
  if (!opened) return;
  const { page } = opened;
  await page.waitForSelector('p:has-text("Bare text.")');
  await write('_pages/bare.md', '---\npermalink: /bare/\nauthor: @me\n---\nBare text.\n');
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_pages/bare.md:3:9")`);
  await write('_pages/bare.md', SITE['_pages/bare.md']);
  await page.waitForSelector('.mer-notes', { state: 'detached' });
  assert.equal(await page.textContent('p'), 'Bare text.');
});

test('a second save counts while the answer to the first is still on its way', async (t) => {
  const { folder, write } = await makeSite(t);
  const { address } = await serve(t, folder);
  const opened = await open(t, `${address}about/`);
  if (!opened) return;
  const { page } = opened;
  await page.waitForSelector('p:has-text("About me.")');
  let asked = () => {};
  const first = new Promise((resolve) => (asked = resolve));
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  const answer = async (route) => {
    const response = await route.fetch();
    asked();
    await held;
    await route.fulfill({ response });
  };
  await page.route('**/_pages/about.md', answer, { times: 1 });
  await page.evaluate(() => {
    const { reload } = window.meridian;
    window.reports = 0;
    window.meridian.reload = (paths) => {
      window.reports++;
      return reload(paths);
    };
  });
  await write('_pages/about.md', SITE['_pages/about.md'].replace('*me*', '*you*'));
  await first;
  await write('_pages/about.md', SITE['_pages/about.md'].replace('*me*', '*us*'));
  await page.waitForFunction(() => window.reports === 2);
  release();
  await page.waitForSelector('p:has-text("About us.")');
});

test('an invalid _config.yml keeps the last configuration and is reported; at the start its valid part counts', async (t) => {
  const { folder, write } = await makeSite(t);
  const { address, said } = await serve(t, folder);
  const opened = await open(t, `${address}about/`);
  if (!opened) return;
  const { page, messages } = opened;
  await page.waitForSelector('b:has-text("The site")');
  await write('_config.yml', 'title: The site: a view\ninclude: [_pages]\n');
  await page.waitForSelector(`${NOTES}:has-text("_config.yml:1:16")`);
  // The server's check, which has no settings from before, may report first.
  await page.waitForSelector(`${NOTES}:has-text("keeps the settings that it had")`);
  assert.equal(await page.textContent('b'), 'The site');
  assert.equal(await page.textContent('p em'), 'me');
  await said(/_config\.yml:1:16/);
  await page.reload();
  await page.waitForSelector(`${NOTES}:has-text("_config.yml:1:16")`);
  assert.equal(
    await page.textContent('b'),
    'The site: a view',
    'the line means what its remedy says',
  );
  assert.equal(await page.textContent('p em'), 'me', 'include: stands');
  assert.deepEqual(
    messages.filter((text) => text.includes('404')),
    [],
    'the server knows the page, too',
  );
  await write('_config.yml', SITE['_config.yml']);
  await page.waitForSelector('.mer-notes', { state: 'detached' });
});

test('broken links, unknown variables and skipped posts are reported during editing, and disappear after the correction', async (t) => {
  const { folder, write } = await makeSite(t);
  const { address, said } = await serve(t, folder);
  const opened = await open(t, `${address}bare/`);
  if (!opened) return;
  const { page, messages } = opened;
  await page.waitForSelector('p:has-text("Bare text.")');
  await write(
    '_pages/bare.md',
    '---\npermalink: /bare/\ntitle: Bare\n---\nBare [text](/abuot/). ![p](gone.png) {{ page.titel }}\n',
  );
  await page.waitForSelector(
    `${NOTES} .diagnostic:has-text("_pages/bare.md:5:13") >> text=/about/`,
  );
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("_pages/bare.md:5:28")`);
  await page.waitForSelector(`${NOTES} .diagnostic:has-text("did you mean page.title?")`);
  const shown = await page.locator(`${NOTES} .diagnostic`).allTextContents();
  assert.equal(shown.length, 3, `each once: ${shown.join('\n')}`);
  assert.equal(messages.filter((text) => text.includes('_pages/bare.md:5:13')).length, 1);
  await said(/_pages\/bare\.md:5:13: .*\n.*did you mean `\/about\/`/);
  // Diagnostics of other pages are folded below.
  await write('_posts/2020-1-5 x.md', '---\n---\nx\n');
  await page.waitForSelector(
    `${NOTES} details:not([open]) summary:has-text("1 message about other files")`,
  );
  await rm(join(folder, '_posts/2020-1-5 x.md'));
  await page.waitForSelector(`${NOTES} details`, { state: 'detached' });
  // Once folded, the panel stays folded.
  await page.click('.mer-notes summary');
  await write('_pages/bare.md', SITE['_pages/bare.md']);
  await page.waitForSelector('.mer-notes', { state: 'detached' });
});
