// What a mounted page has as on a page load: the layout mode of its doctype, events of pictures and
// frames after the scripts, import maps. Real core, real browser.
/* global order -- what the pages of these tests note */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const LAYOUT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<link rel="stylesheet" href="/site.css"></head>
<body><a id="home" href="/">Home</a> <a id="two" href="/two/">Two</a>
<h1>{{ page.title }}</h1>{{ content }}
<script>window.order.push('layout')</script></body></html>`;

/** Pages of HTML in the layout above; `more` are additional files. */
const pages = (more) => ({
  '_config.yml': 'title: Loading\n',
  '_layouts/default.html': LAYOUT,
  'site.css': 'h1 { color: rgb(1, 2, 3) }',
  ...more,
});
const page = (title, html) =>
  `---\nlayout: default\ntitle: ${title}\npermalink: ${title === 'One' ? '/' : `/${title.toLowerCase()}/`}\n---\n${html}\n`;

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** A site on Node's host with path routing, and a page in it that records what scripts report. */
async function open(t, sources, { path = '', state = {} } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/' },
  });
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser);
  await opened.page.addInitScript(() => (window.order = []));
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return opened;
}
const follow = async (page, id, title) => {
  await page.click(`#${id}`);
  await page.waitForFunction((wanted) => document.title === wanted, title);
};

test(
  'a page is laid out in the mode of its doctype: quirks, limited quirks or standards',
  { skip },
  async (t) => {
    const bare = (title, doctype) =>
      `---\ntitle: ${title}\nlayout: null\npermalink: /${title}/\n---\n${doctype}<html><head><title>${title}</title>
<link rel="stylesheet" href="/site.css"></head>
<body><h1>${title}</h1><a id="two" href="/two/">Two</a> <a id="anchor" href="#end">End</a>
<div id="box" style="width: 100"></div><table><tr><td id="cell"><img src="/dot.svg" height="9" width="9"></td></tr></table>
<p id="end"></p><script>order.push(document.compatMode); onload = () => order.push('load')</script></body></html>\n`;
    const { page: tab, lines } = await open(
      t,
      pages({
        'quirks.html': bare('quirks', ''),
        'limited.html': bare(
          'limited',
          '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        ),
        'one.html': page('One', 'first'),
        'two.html': page('Two', '<a id="back" href="/quirks/">Back</a>'),
        'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      }),
      {
        path: 'quirks/',
        state: {
          headers: {
            'content-security-policy': "require-trusted-types-for 'script'; trusted-types meridian",
          },
        },
      },
    );
    const facts = () =>
      tab.evaluate(() => [
        document.compatMode,
        document.querySelector('#box')?.offsetWidth,
        // The line of a picture that is alone in its cell has no room for descenders.
        document.querySelector('#cell')?.offsetHeight,
      ]);
    await tab.waitForFunction(() => order.includes('load'));
    assert.deepEqual(await facts(), ['BackCompat', 100, 11]);
    assert.deepEqual(await tab.evaluate(() => order), ['BackCompat', 'load']);
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.querySelector('h1')).color),
      'rgb(1, 2, 3)',
    );

    // The shell's listeners are there: a link is followed, and history restores what was left.
    await tab.evaluate(() => (window.kept = true));
    await tab.click('#anchor');
    assert.ok(await tab.evaluate(() => window.kept));
    await follow(tab, 'two', 'Two');
    assert.deepEqual((await facts())[0], 'CSS1Compat');
    await tab.evaluate(() => (window.kept = true));
    await follow(tab, 'home', 'One');
    assert.ok(await tab.evaluate(() => window.kept), 'no new document between pages of one mode');
    await tab.goBack();
    await tab.waitForFunction(() => document.title === 'Two');
    assert.ok(await tab.evaluate(() => window.kept));
    await follow(tab, 'back', 'quirks');
    assert.deepEqual(await facts(), ['BackCompat', 100, 11]);
    await tab.goBack();
    await tab.waitForFunction(() => document.title === 'Two');
    assert.equal(await tab.evaluate(() => document.compatMode), 'CSS1Compat');

    await tab.goto(new URL('/limited/', tab.url()).href);
    await settled(tab);
    assert.deepEqual(await facts(), ['CSS1Compat', tab.viewportSize().width - 16, 11]);
    // The host answers every address with the shell, and says that it has no such file; Firefox
    // names the mode, as it does on Jekyll's page.
    assert.deepEqual(
      lines.filter((line) => !/status of 404|This page is in .* Mode/.test(line)),
      [],
    );
  },
);

test(
  'events of pictures and frames reach handlers in attributes once scripts have defined them',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page(
          'One',
          `<img id="there" src="/dot.svg" onload="seen(this, event)" onerror="order.push('wrong')">
<img id="gone" src="/gone.png" onload="order.push('wrong')" onerror="seen(this, event)">
<iframe id="frame" src="/frame.html" onload="seen(this, event)"></iframe>
<script src="/late.js"></script>
<script>document.querySelector('#there').addEventListener('load', () => order.push('listener'))</script>`,
        ),
        'late.js': `const seen = (element, { type, target }) =>
  order.push(\`${'${element.id} ${type} ${target === element}'}\`);
addEventListener('load', () => order.push('window load'));`,
        'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        'frame.html': '<!doctype html><meta charset="utf-8"><p>frame</p>',
        'two.html': page('Two', '<img id="only" src="/dot.svg" onload="order.push(this.id)">'),
      }),
      {
        state: {
          // Pictures are there long before the script.
          answer: (request, response, path) =>
            path === '/late.js' && new Promise((then) => setTimeout(() => then(false), 500)),
        },
      },
    );
    await tab.waitForFunction(() => order.includes('window load'));
    assert.deepEqual((await tab.evaluate(() => order)).filter((said) => said !== 'layout').sort(), [
      'frame load true',
      'gone error true',
      'listener',
      'there load true',
      'window load',
    ]);
    // Afterwards they come by themselves.
    await tab.evaluate(() => document.querySelector('#there').setAttribute('src', '/dot.svg?2'));
    await tab.waitForFunction(
      () => order.filter((said) => said === 'there load true').length === 2,
    );
    await follow(tab, 'two', 'Two');
    await tab.waitForFunction(() => order.includes('only'));
    assert.deepEqual(
      lines.filter((line) => !line.includes('gone.png')),
      [],
    );
  },
);

test('an inline module finds what the page’s import map names', { skip }, async (t) => {
  const { page: tab, lines } = await open(
    t,
    pages({
      'one.html': page(
        'One',
        `<script type="importmap">{"imports": {"lib/": "/lib/", "lib/own/": "./own/", "alone": "/lib/alone.js", "odd": 1}}</script>
<script type="module">import { a } from 'lib/all.js';
import 'lib/own/b.js';
import alone from "alone";
order.push(a, alone, (await import('lib/late.js')).late, "said from 'odd'")</script>`,
      ),
      'lib/all.js': "export const a = 'all';",
      'lib/late.js': "export const late = 'late';",
      'lib/alone.js': "export default 'alone';",
      'own/b.js': "order.push('own')",
    }),
  );
  await tab.waitForFunction(() => order.includes('late'));
  assert.deepEqual(await tab.evaluate(() => order.filter((said) => said !== 'layout')), [
    'own',
    'all',
    'alone',
    'late',
    "said from 'odd'",
  ]);
  assert.deepEqual(lines, []);
});
