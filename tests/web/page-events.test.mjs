// The events of a page load, as a page's scripts see them: each row of the table is a page that
// notes what happens, served as a plain HTML file and shown by the shell from its source. Both note
// the same. What differs is in docs/compatibility.md.
/* global order -- what the pages of these tests note */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage } from './hosts.mjs';
import { FILES, ROWS } from './page-events.mjs';

const skip = noBrowser();
let browser;
let raw;
let plain;
const ending = [];
const whole = { after: (end) => ending.unshift(end) };

const documentOf = ({ head = '', body = '', html }) =>
  html ??
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Row</title>${head}</head>
<body><h1>Row</h1>${body}</body></html>`;

/** Holds files back until a page asks for `now`, so that their order of arrival is sure. */
function late() {
  let come;
  let now = new Promise((then) => (come = then));
  return async (request, response, path) => {
    // A page begins.
    if (path.endsWith('/')) now = new Promise((then) => (come = then));
    if (path === '/now') come();
    if (/late/.test(path)) await now;
    return false;
  };
}

before(async () => {
  if (skip) return;
  browser = await launch();
  const pages = Object.entries(ROWS).map(([name, row]) => [name, documentOf(row)]);
  const sources = Object.fromEntries(
    pages.map(([name, html], at) => [
      `row-${at}.html`,
      `---\nlayout: null\ntitle: Row\npermalink: /${name.replace(/\W+/g, '-')}/\n---\n${html}\n`,
    ]),
  );
  const site = makeSite(
    whole,
    { '_config.yml': 'title: Events\n', ...sources, ...FILES },
    { manifest: true, meta: { manifest: 'meridian.json', root: '/' } },
  );
  raw = await host(whole, site.folder, { answer: late() });
  const folder = mkdtempSync(join(tmpdir(), 'meridian-plain-'));
  whole.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = pages.map(([name, html]) => [`${name.replace(/\W+/g, '-')}/index.html`, html]);
  for (const [path, text] of [...files, ...Object.entries(FILES)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  plain = await host(whole, folder, { answer: late() });
});
after(async () => {
  for (const end of ending) end();
  await browser?.close();
});

/** What a page notes, when it has noted `least` lines and what it notes last. */
async function noted(t, server, name, row, least) {
  const { page } = await openPage(t, browser);
  await page.addInitScript(() => {
    window.order = [];
    window.log = (...said) => order.push(said.join(' '));
  });
  await page.goto(`${server.url}${name.replace(/\W+/g, '-')}/${row.hash ?? ''}`);
  const last = /log\('(color|load)'/.exec(documentOf(row))?.[1] ?? '';
  await page
    .waitForFunction(
      ([least, last]) =>
        window.order?.length >= least && order.some((line) => line.startsWith(last)),
      [least, last],
      { timeout: 20_000 },
    )
    .catch(() => {}); // the comparison tells what is missing
  // An event too many would come soon.
  await page.waitForTimeout(100);
  const said = await page.evaluate(() => order);
  await page.context().close();
  return said;
}

for (const [name, row] of Object.entries(ROWS))
  test(`as on a plain page: ${name}`, { skip }, async (t) => {
    const there = await noted(t, plain, name, row, row.least ?? row.noted?.length ?? 1);
    const here = await noted(t, raw, name, row, there.length);
    const ordered = (said) => (row.anyOrder ? [...said].sort() : said);
    assert.ok(there.length > 0, 'the page notes something');
    if (row.noted) assert.deepEqual(ordered(there), ordered(row.noted));
    assert.deepEqual(ordered(here), ordered(there));
  });
