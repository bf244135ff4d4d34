// A site of one page beside the sources: the shell comes from a host of another origin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ALL, engines } from './engines.mjs';
import { DIST, host, makeSite, notBuilt, openPage } from './hosts.mjs';
import { onePage, policyFor, shellHost } from './one-file.mjs';

const skip = notBuilt();
const kinds = engines(after, {}, ALL);

const PLAIN = {
  'README.md':
    '# The first page\n\nText with $x^2$ and [a note](notes/one.md).\n\n```python\nprint(1)\n```\n',
  'notes/one.md': '# One\n\nBack to the [first page](../README.md).\n',
};
const JEKYLL = {
  '_config.yml': 'title: Jekyll\ninclude: [_pages]\nauthor: {name: Ada, github: ada}\n',
  '_data/navigation.yml': 'main:\n- {title: About, url: /}\n',
  '_pages/about.md':
    '---\npermalink: /\ntitle: About me\nlayout: single\nauthor_profile: true\n---\nText.\n',
  '_pages/cv.md': '---\npermalink: /cv/\ntitle: My life\nlayout: single\n---\nMore.\n',
};

/** The site of such a page; `shell`: options of the shell's host, `site` of the site's. */
async function site(t, sources, { shell = {}, own = {}, meta = {}, into = '' } = {}) {
  const cdn = await shellHost(t, shell);
  const { put, folder } = makeSite(t, sources, { shell: false, into });
  for (const name of ['index.html', '404.html']) put(name, onePage(cdn.url, meta));
  return { cdn, put, server: await host(t, folder, { notFound: join(into, '404.html'), ...own }) };
}

/** Paths that the site's host was asked for in vain. */
const missing = (server) =>
  server.log.filter(({ status }) => status === 404).map(({ path }) => path);
/** Console messages but those of addresses that the host does not have. */
const messages = (lines) => lines.filter((line) => !/ 404 /.test(line));
const isThere = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector('main h1')?.textContent.trim() === text,
    text,
  );

test('the page has at most 1 KB, a hash, and no script of its own', { skip }, () => {
  const page = readFileSync(join(DIST, 'meridian/one-file.html'), 'utf8');
  assert.ok(page.length <= 1024, `${page.length} bytes`);
  assert.match(page, / integrity="sha384-[\w+/]{64}"/);
  assert.match(page, /@\d+\.\d+\.\d+\//);
  assert.deepEqual(page.match(/<script[^>]*>[^<]+/g), null);
});

for (const engine of kinds) {
  const options = { skip: skip ?? engine.missing };
  const open = async (t, more) => openPage(t, await engine.browser(), more);

  test(`${engine.name}: a plain folder`, options, async (t) => {
    const { server, cdn } = await site(t, PLAIN, { into: 'project' });
    const root = `${server.url}project/`;
    const { page, lines } = await open(t);
    await page.goto(root);
    await isThere(page, 'The first page');
    await page.locator('math').waitFor();
    await page.locator('pre code span').first().waitFor();
    assert.deepEqual(
      missing(server).filter((path) => path !== '/favicon.ico'),
      ['/project/_config.yml', '/project/index.md'],
      'at most two on a first visit',
    );
    await page.getByRole('link', { name: 'a note' }).click();
    await isThere(page, 'One');
    assert.equal(await page.evaluate(() => location.href), `${root}notes/one/`);
    // The host gives the page for that address as its 404 page.
    await page.reload();
    await isThere(page, 'One');
    await page.getByRole('link', { name: 'first page' }).click();
    await isThere(page, 'The first page');
    server.log.length = cdn.log.length = 0;
    await page.goto(root);
    await isThere(page, 'The first page');
    assert.deepEqual(missing(server).filter((path) => path !== '/favicon.ico').length <= 2, true);
    assert.deepEqual(messages(lines), []);
  });

  test(`${engine.name}: a site of Jekyll, by a deep address first`, options, async (t) => {
    const { server } = await site(t, JEKYLL);
    const { page, lines } = await open(t);
    await page.goto(`${server.url}cv/`);
    await isThere(page, 'My life');
    await page.locator('#menu a, nav a').filter({ hasText: 'About' }).first().click();
    await isThere(page, 'About me');
    // Icons are a part of the page: no browser shows those of another host.
    await page.locator('svg.icon g path').first().waitFor({ state: 'attached' });
    assert.equal(await page.locator('use[href^=http]').count(), 0);
    assert.deepEqual(messages(lines), []);
  });

  test(`${engine.name}: a host that answers every address with the page`, options, async (t) => {
    const { server, cdn } = await site(t, PLAIN, {
      own: {
        answer(_request, response, path) {
          if (path === '/index.html' || path.slice(1) in PLAIN) return false;
          response.writeHead(200, { 'content-type': 'text/html' }).end(onePage(cdn.url));
          return true;
        },
      },
    });
    const { page, lines } = await open(t);
    await page.goto(`${server.url}notes/one/`);
    await isThere(page, 'One');
    await page.getByRole('link', { name: 'first page' }).click();
    await isThere(page, 'The first page');
    assert.deepEqual(messages(lines), []);
  });

  test(`${engine.name}: a policy as strict as the documents have it`, options, async (t) => {
    /** @type {{ url?: string }} */
    const shell = {};
    const drawn = '---\nlayout: single\n---\n\n```mermaid\ngraph LR; A-->B\n```\n';
    const { server, cdn } = await site(
      t,
      { ...JEKYLL, 'drawn.md': drawn },
      {
        own: {
          headers: (path) =>
            /html|\/$/.test(path) ? { 'content-security-policy': policyFor(shell.url) } : {},
        },
      },
    );
    shell.url = cdn.url;
    const { page, lines } = await open(t);
    await page.goto(server.url);
    await isThere(page, 'About me');
    await page.locator('svg.icon g path').first().waitFor({ state: 'attached' });
    await page.goto(`${server.url}drawn/`);
    await page.locator('.meridian-diagram img').waitFor();
    assert.deepEqual(messages(lines), []);
  });

  test(`${engine.name}: notes without a first page say what to do`, options, async (t) => {
    const notes = { 'one.md': '# One\n', 'more/two.md': '# Two\n' };
    // The page itself hides the list of its folder.
    const { server } = await site(t, notes);
    // Not the author's own machine, where the console says the same.
    const url = server.url.replace('127.0.0.1', 'reader.localhost');
    const { page, lines } = await open(t);
    await page.goto(url);
    await isThere(page, 'No first page');
    const words = await page.locator('main p').first().innerText();
    assert.match(words, /README\.md or index\.md .* or list its files with meridian index/);
    // By its address a note is there.
    await page.goto(`${url}one/`);
    await isThere(page, 'One');
    assert.deepEqual(messages(lines), []);
  });

  test(`${engine.name}: the link to a playground`, options, async (t) => {
    const { server, cdn, put } = await site(t, JEKYLL, {
      own: { headers: { 'access-control-allow-origin': '*' } },
    });
    const files = Object.keys(JEKYLL).map((path) => ({ path, size: JEKYLL[path].length }));
    put('meridian.json', JSON.stringify({ meridian: 1, complete: true, files }));
    const config = (playground) =>
      put(
        '_config.yml',
        `${JEKYLL['_config.yml']}url: ${server.url}\nmeridian: {playground: "${playground}"}\n`,
      );
    const { page, lines } = await open(t);
    const link = page.getByRole('link', { name: 'Open in playground' });
    // There is no such folder, and it could not work without the shell's beside it.
    config('/playground/');
    await page.goto(server.url);
    await isThere(page, 'About me');
    await page.getByText('Set by').waitFor();
    assert.equal(await link.count(), 0);
    assert.deepEqual(messages(lines), []);
    config(`${cdn.url}playground/`);
    await page.reload();
    await link.click();
    await page.locator('meridian-playground .cm-content', { hasText: 'About me' }).waitFor();
    assert.ok(page.url().startsWith(`${cdn.url}playground/?site=`));
  });

  for (const [what, shell] of Object.entries({
    'another entry': { answer: changed(/site\.js$/) },
    'a version that is not there': { answer: lacking(/./) },
    'no CORS': { headers: {} },
  }))
    test(`${engine.name}: ${what}: the page itself says so`, options, async (t) => {
      const { server } = await site(t, PLAIN, { shell });
      const { page } = await open(t);
      await page.goto(server.url);
      const words = page.locator('main p');
      await words.evaluate((element) => element.getAnimations()[0]?.finish());
      assert.match(await words.innerText(), /slow to arrive, or its script is not the expected/);
      assert.ok(await words.isVisible());
      assert.equal(await page.evaluate(() => globalThis.changed), undefined);
    });

  // Of each kind of file: what a page can't be without, and what it can.
  for (const name of ['meridian.wasm', 'commonmark.wasm', 'theme.txt', 'more.js', 'worker.js'])
    test(`${engine.name}: another ${name} is refused, with its name`, options, async (t) => {
      const { server } = await site(t, PLAIN, { shell: { answer: changed(new RegExp(name)) } });
      const { page } = await open(t);
      await page.goto(server.url);
      await page.locator('main', { hasText: name }).waitFor();
      assert.equal(await page.evaluate(() => globalThis.changed), undefined);
    });

  test(`${engine.name}: other parts are refused, and the page is shown`, options, async (t) => {
    const { server } = await site(t, PLAIN, {
      shell: { answer: changed(/(theme\.css|katex\.js|math\.js|highlight\.js|hashes\.json)$/) },
    });
    const { page } = await open(t);
    await page.goto(server.url);
    await isThere(page, 'The first page');
    assert.equal(await page.evaluate(() => globalThis.changed), undefined);
    assert.equal(await page.locator('math, pre code span').count(), 0);
  });
}

/** Answers with a file that has something more at its end. @param {RegExp} which */
function changed(which) {
  return (_request, response, path) => {
    if (!which.test(path)) return false;
    const more = path.endsWith('.css') ? 'h1{color:red}' : ';globalThis.changed=1;';
    const type = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };
    response.writeHead(200, {
      'content-type': type[path.split('.').pop()] ?? 'text/plain',
      'access-control-allow-origin': '*',
    });
    response.end(Buffer.concat([readFileSync(join(DIST, path)), Buffer.from(more)]));
    return true;
  };
}

/** Answers that there is no such file. @param {RegExp} which */
function lacking(which) {
  return (_request, response, path) => {
    if (!which.test(path)) return false;
    response.writeHead(404, { 'content-type': 'text/plain', 'access-control-allow-origin': '*' });
    response.end('no such version');
    return true;
  };
}
