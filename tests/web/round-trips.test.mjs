// The number of round trips of a first visit. Real core, real command, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { COMMAND, PROJECT, filesBelow, host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
const noCommand = existsSync(COMMAND) ? undefined : 'build/native/meridian is not there';
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const SURE = { manifest: 'meridian.json', root: '/' };

const CONTENT = join(PROJECT, 'content');
const noDemo = existsSync(join(CONTENT, '_config.yml')) ? undefined : 'content/ is not there';

/**
 * Opens a site's home page from a host that answers in waves: a wave is answered when all of its
 * addresses have been requested, so none of them depends on another's answer; other requests are
 * answered when the text is there. The number of waves is the number of round trips, the document's
 * included.
 */
async function opensIn(t, waves, options) {
  const site = makeSite(t, options.sources ?? CONTENT, { meta: options.meta });
  if (options.command)
    site.put(
      'meridian.json',
      execFileSync(COMMAND, ['index', '--source', site.root, '--output', '-', '--quiet']),
    );
  const asked = new Set();
  const gates = [...waves, []].map(() => {
    let resolve;
    return { promise: new Promise((open) => (resolve = open)), resolve };
  });
  const gate = async (request, response, path) => {
    // The document itself requests these; a browser has six connections.
    if (path === '/' || /theme\.css|meridian\.wasm/.test(path)) return false;
    asked.add(path);
    waves.forEach((wave, at) => wave.every((path) => asked.has(path)) && gates[at].resolve());
    await gates.at(waves.findIndex((wave) => wave.includes(path))).promise;
    return (await options.answer?.(request, response, path)) ?? false;
  };
  const server = await host(t, site.folder, { answer: gate });
  const api = options.answer && (await host(t, site.folder, { answer: gate }));
  t.after(() => gates.forEach(({ resolve }) => resolve()));
  site.say('index.html', { ...options.meta, ...(api && { 'github-api': `${api.url}api` }) });
  const { page } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'), { waitUntil: 'commit' });
  const there = page.waitForFunction(
    () => !document.querySelector('main[aria-busy]') && document.querySelector('main p'),
  );
  await there.catch(() => assert.fail(`no text; asked for: ${[...asked].join(' ')}`));
  return page;
}
const SHELL = ['/meridian/theme.txt', '/meridian/worker.js'];

test(
  'the demo’s home page appears after two round trips with a manifest',
  { skip: skip ?? noDemo ?? noCommand },
  async (t) => {
    await opensIn(t, [[...SHELL, '/meridian.json']], { meta: SURE, command: true });
  },
);

test(
  'and after three without one, by the repository’s tree',
  { skip: skip ?? noDemo },
  async (t) => {
    const tree = filesBelow(CONTENT).map((path) => ({
      path,
      type: 'blob',
      size: statSync(join(CONTENT, path)).size,
    }));
    const answer = (request, response, path) => {
      if (!path.startsWith('/api/')) return false;
      response
        .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
        .end(JSON.stringify({ tree, truncated: false }));
      return true;
    };
    const asked = [
      ...SHELL,
      '/meridian/more.js',
      '/meridian.json',
      '/_config.yml',
      '/api/repos/someone/site/git/trees/HEAD',
    ];
    const sources = [
      '/_pages/about.md',
      '/_data/navigation.yml',
      '/_data/travel.yml',
      '/meridian/plugins.txt',
    ];
    const page = await opensIn(t, [asked, sources], {
      meta: { repository: 'someone/site' },
      answer,
    });
    assert.match(await page.textContent('main'), /a list of \d+ places/);
  },
);

/** A site with layouts of its own, and includes of includes. */
const OWN = {
  '_config.yml': 'title: Own\n',
  '_layouts/default.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title>{% include head/custom.html %}</head>
<body>{% include masthead.html %}<main>{{ content }}</main></body></html>`,
  '_layouts/single.html': '---\nlayout: default\n---\n{% include one.html %}{{ content }}',
  '_includes/one.html': '{% include two.html %}',
  '_includes/two.html': '{% if page.title %}{% include three.html %}{% endif %}',
  '_includes/three.html': '<p id="three">Third</p>',
  '_includes/head/custom.html': '',
  '_includes/masthead.html': '<header>{{ site.title }}</header>',
  'index.md': '---\nlayout: single\ntitle: Home\n---\nWelcome.\n',
};

test(
  'layouts and includes of a site come with its manifest, and take no further round trip',
  { skip: skip ?? noCommand },
  async (t) => {
    const options = { sources: OWN, meta: SURE, command: true };
    const page = await opensIn(t, [[...SHELL, '/meridian.json']], options);
    assert.equal(await page.textContent('#three'), 'Third');
  },
);
