// What a visit asks the host before there is text, where no manifest says what the host holds: a fork on GitHub Pages, a host that lists
// its folders, one that says nothing. Real core, real browser, a host that answers as the GitHub API does.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findChromium, launch } from './browser.mjs';
import { PROJECT, filesBelow, host, makeSite, nginx, notBuilt, openPage } from './hosts.mjs';

const skip = notBuilt() ?? (findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER ? undefined : 'no Chromium on this machine');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const CONTENT = join(PROJECT, 'content');
/** How often one visit may ask before its text is there. */
const MOST = 10;

/** In the page: when its text was there. */
const watch = () => {
  performance.setResourceTimingBufferSize(2000);
  new MutationObserver(() => {
    if (!window.textAt && document.querySelector('.page__content')?.textContent.trim()) window.textAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
};
/** What was asked before there was text: for lists and for sources; the shell's own files are the same few on every host. */
const beforeText = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, startTime, initiatorType }) => startTime < window.textAt && initiatorType !== 'img' && !/\/meridian\/./.test(name))
      .map(({ name }) => name),
  );

/** The tree of a repository as GitHub's API gives it: the site's files, the shell with the gazetteer, a link and a module of git. */
function treeOf(root, files) {
  const blob = (path, size) => ({ path, mode: '100644', type: 'blob', sha: 'f'.repeat(40), size, url: `https://api.github.com/repos/a/b/git/blobs/${'f'.repeat(40)}` });
  const shards = Array.from({ length: 4096 }, (_, i) => `meridian/places/${i.toString(16).padStart(3, '0')}.bin`);
  return [
    ...files.map((path) => blob(path, statSync(join(root, path)).size)),
    ...['meridian/meridian.wasm', 'meridian/site.js', ...shards].map((path) => blob(path, 200)),
    { path: '_posts', mode: '040000', type: 'tree', sha: '0' },
    { path: '_posts/elsewhere', mode: '160000', type: 'commit', sha: '0' },
    { ...blob('_posts/2020-02-02-link.md', 20), mode: '120000' },
  ];
}

/** A fork as an author has it on GitHub Pages; `api` may be changed between visits. */
async function fork(t, sources = CONTENT) {
  const api = { status: 200, headers: {}, truncated: false, hold: undefined, asked: 0 };
  const site = makeSite(t, sources, {});
  const tree = treeOf(site.root, filesBelow(typeof sources === 'string' ? sources : site.root).filter((path) => !path.startsWith('meridian/')));
  const github = await host(t, site.folder, {
    answer: async (request, response) => {
      api.asked++;
      await api.hold;
      response.writeHead(api.status, { 'content-type': 'application/json', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-ratelimit-remaining, x-ratelimit-reset', ...api.headers });
      response.end(JSON.stringify(api.status === 200 ? { sha: '0', tree, truncated: api.truncated } : { message: 'API rate limit exceeded' }));
      return true;
    },
  });
  const server = await host(t, site.folder);
  for (const shell of ['index.html', '404.html']) site.say(shell, { repository: 'ada/fork', 'github-api': github.url.replace(/\/$/, ''), root: '/' });
  return { api, site, server, github, url: server.url.replace('127.0.0.1', 'reader.localhost') };
}

async function visit(t, url, { prepare } = {}) {
  const opened = await openPage(t, browser);
  await opened.page.addInitScript(watch);
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.goto(url);
  await opened.page.waitForFunction(() => window.textAt);
  return { ...opened, asked: await beforeText(opened.page) };
}

/** The text of a page, and of what is said on it. */
const text = (page) => page.evaluate(() => document.body.innerText);
// What only an author can do something about.
const ADVICE = /meridian (index|check)|meridian\.json|GitHub|manifest|upload|host does not tell|_config/i;
const PAGES = { '': 'Naturalist', 'publications/': 'Relation historique', 'publications/1814-relation-historique': 'Relation historique', 'cv/': 'Independent scholar', 'kosmos/': 'The whole in one book' };
/** The list has grown as far as it does: the page shows what only other documents know. */
const grown = (page) => page.waitForFunction(() => window.meridian && performance.getEntriesByType('resource').some(({ name }) => name.match(/_talks\/(1823-vulcane\.md)?$/)));

test('a fork on GitHub Pages without a manifest: at most ten questions before the text, on the first page and on others', { skip }, async (t) => {
  for (const [path, words] of Object.entries(PAGES)) {
    const { url, api } = await fork(t);
    const { page, asked } = await visit(t, url + path);
    t.diagnostic(`/${path}: ${asked.length} questions`);
    assert.ok(asked.length <= MOST, `${asked.length} for /${path}:\n${asked.join('\n')}`);
    await page.waitForFunction((words) => document.body.textContent.includes(words), words);
    await grown(page);
    assert.equal(api.asked, 1);
    assert.ok(!(await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /places\/|elsewhere/.test(name)) && !document.querySelector('meridian-globe'))));
    await page.evaluate(() => window.meridian.navigate('/year-archive/'));
    await page.waitForFunction(() => document.querySelector('main').innerText.includes('Sixty years old, at Miass'));
  }
});

test('a host that lists its folders, and one that says nothing: at most ten questions before the text', { skip }, async (t) => {
  for (const lists of [true, false]) {
    for (const path of ['', 'kosmos/', 'publications/1814-relation-historique']) {
      const site = makeSite(t, CONTENT, {});
      const server = await nginx(t, site.folder, { autoindex: lists, errors: '403 404' });
      if (!server) return;
      const { page, asked } = await visit(t, server.replace('127.0.0.1', 'reader.localhost') + path);
      t.diagnostic(`${lists ? 'listing' : 'names'} /${path}: ${asked.length} questions`);
      assert.ok(asked.length <= MOST, `${asked.length} for /${path}:\n${asked.join('\n')}`);
      await page.waitForFunction((words) => document.body.textContent.includes(words), PAGES[path]);
      if (lists) await grown(page);
      assert.doesNotMatch(await text(page), ADVICE);
    }
  }
});

test('GitHub answers no more, fails, is slow or is blocked: a visitor has the page all the same, and no advice', { skip }, async (t) => {
  const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };
  let release;
  const answers = {
    403: { status: 403, headers: limited },
    429: { status: 429, headers: limited },
    500: { status: 500 },
    'cut off': { truncated: true },
    silent: { hold: new Promise((resolve) => (release = resolve)) },
    blocked: {},
  };
  t.after(() => release());
  for (const [name, answer] of Object.entries(answers)) {
    const { url, api, github } = await fork(t);
    Object.assign(api, answer);
    const prepare = name === 'blocked' ? `const { fetch } = window; window.fetch = (url, ...rest) => String(url).startsWith('${github.url}') ? Promise.reject(new TypeError('blocked')) : fetch(url, ...rest)` : undefined;
    for (const path of ['', 'kosmos/']) {
      const { page, asked } = await visit(t, url + path, { prepare });
      assert.ok(asked.length <= MOST, `${name}: ${asked.length} for /${path}:\n${asked.join('\n')}`);
      await page.waitForFunction((words) => document.body.textContent.includes(words), PAGES[path]);
      assert.doesNotMatch(await text(page), ADVICE, name);
    }
  }
});

test('when GitHub says nothing on a later visit, what the last one knew is used', { skip }, async (t) => {
  const { url, api } = await fork(t);
  const first = await visit(t, url);
  await grown(first.page);
  Object.assign(api, { status: 403, headers: { 'x-ratelimit-remaining': '0' } });
  await first.page.goto(`${url}year-archive/`);
  await first.page.waitForFunction(() => document.querySelector('main').innerText.includes('Sixty years old, at Miass'));
  assert.doesNotMatch(await text(first.page), ADVICE);
});

test('an address that nothing stands behind: a friendly page, whatever the host says', { skip }, async (t) => {
  const { url, api } = await fork(t);
  api.status = 500;
  const { page } = await openPage(t, browser);
  await page.goto(`${url}no/such/page/`);
  await page.waitForFunction(() => /not (be )?found|lost/i.test(document.querySelector('h1')?.textContent));
  assert.doesNotMatch(await text(page), ADVICE);
});
