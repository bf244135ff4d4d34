// The delivered headers: under those of build/dist/_headers everything works, and code that they
// forbid is reported and does not run.

/* global order -- what the pages of these tests note */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { chosen } from './engines.mjs';
import { demo, demoMissing } from './demo.mjs';
import { COMMAND, DIST, headersBy, host, makeSite, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
const policyOf = (path) => delivered(path)['content-security-policy'];

test(
  'the policy is the documented one, with separate entries for the playground and the card',
  { skip },
  () => {
    const directives = (path) => policyOf(path).split('; ');
    for (const path of ['/', '/any/page/', '/404.html']) {
      const own = directives(path);
      for (const directive of [
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' https: data:",
        "connect-src 'self' https://api.github.com",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        'trusted-types meridian',
      ]) {
        assert.ok(own.includes(directive), `${path}: ${directive}`);
      }
      assert.match(policyOf(path), /; script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}='; /);
    }
    for (const path of ['/playground/', '/meridian/embed.html']) {
      assert.ok(directives(path).includes("connect-src 'self' https:"), path);
      assert.ok(!policyOf(path).includes(','), 'one policy, not two that both hold');
    }
    assert.ok(directives('/playground/').includes("frame-ancestors 'self'"));
    assert.ok(directives('/meridian/embed.html').includes('frame-ancestors *'));
  },
);

test('a site’s own _headers are appended to Meridian’s and take precedence', { skip }, (t) => {
  const own =
    "/*\n  ! Content-Security-Policy\n  Content-Security-Policy: default-src 'none'\n  X-Own: yes\n";
  const source = makeSite(
    t,
    { '_config.yml': 'title: Own\n', 'index.md': '# Own\n', _headers: own },
    { shell: false },
  );
  const folder = mkdtempSync(join(tmpdir(), 'meridian-raw-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    '--raw',
    '--source',
    source.folder,
    '--destination',
    folder,
    '--shell',
    DIST,
    '--quiet',
  ]);
  const headers = headersBy(readFileSync(join(folder, '_headers'), 'utf8'))('/');
  assert.equal(headers['content-security-policy'], "default-src 'none'");
  assert.equal(headers['x-own'], 'yes');
  assert.equal(headers['x-content-type-options'], 'nosniff');
});

test('the demo works under the policy with an empty console', { skip }, async (t) => {
  const server = await host(t, demo(t).folder, { headers: delivered });
  const { page: tab, lines } = await openPage(t, browser);
  await tab.goto(server.url);
  await settled(tab);
  await tab.click('[data-theme-toggle]');
  await tab.waitForSelector('html[data-theme]');
  for (const name of ['Publications', 'CV', 'Travel', 'Writing']) {
    await tab.locator('.masthead a', { hasText: name }).first().click();
    await tab.waitForFunction(
      (name) => document.querySelector('.masthead [aria-current]')?.textContent.trim() === name,
      name,
    );
  }
  for (const path of ['markdown/', 'zh/', 'kosmos/', 'no/such/page/']) {
    await tab.goto(server.url + path);
    await settled(tab);
    if (path === 'markdown/') await tab.waitForSelector('.highlight .k, .highlight .kt');
  }
  // A host without routes answers deep addresses with 404.html, and the browser logs it.
  assert.deepEqual(
    lines.filter((line) => !/status of 404 .*\/(markdown|zh|kosmos|no\/such\/page)\/$/.test(line)),
    [],
  );
});

test('a policy that forbids WebAssembly is named as the reason', { skip }, async (t) => {
  // As Safari before 16 reads ours.
  const older = (path) => ({
    ...delivered(path),
    'content-security-policy': policyOf(path).replace("'wasm-unsafe-eval'", ''),
  });
  const server = await host(t, demo(t).folder, { headers: older });
  const { page: tab } = await openPage(t, browser);
  await tab.goto(server.url);
  await tab.getByText('A policy of the host forbids WebAssembly in this browser.').waitFor();
});

test('an unknown deep address finds its site under the policy', { skip }, async (t) => {
  const site = makeSite(
    t,
    { 'index.md': '# Home\n', 'deep/er/page.md': '---\ntitle: Deeper\n---\nDeep text.\n' },
    { manifest: true, into: 'a/project', meta: { manifest: 'meridian.json' } },
  );
  const server = await host(t, site.folder, { headers: delivered, notFound: 'a/project/404.html' });
  const { page: tab, lines } = await openPage(t, browser);
  await tab.goto(`${server.url}a/project/deep/er/page`);
  await tab.waitForSelector('text=Deep text');
  assert.deepEqual(
    lines.filter((line) => !/status of 404 .*\/deep\/er\/page$/.test(line)),
    [],
  );
});

test(
  'inline code of a site is reported and does not run; its files run, and the page is shown',
  { skip },
  async (t) => {
    const sources = {
      '_config.yml': 'title: Inline\n',
      'first.html':
        '---\nlayout: bare\npermalink: /\n---\n<h1 id="one">One</h1><script>order.push("inline")</script><script type="module">order.push("module")</script>' +
        '<script src="/file.js" onload="order.push(\'onload\')"></script><button id="b" onclick="order.push(\'handler\')">b</button>' +
        '<a id="js" href="javascript:order.push(\'link\')">js</a> <a id="two" href="/two/">two</a>' +
        '<iframe title="f" srcdoc="<script>parent.order.push(\'frame\')</script>"></iframe><img alt="" src="data:," onerror="order.push(\'error\')">',
      'two.md': '---\nlayout: bare\ntitle: Two\npermalink: /two/\n---\n# Two\n',
      '_layouts/bare.html':
        '<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head><body onload="order.push(\'body\')">{{ content }}</body></html>',
      '_layouts/default.html': '{{ content }}',
      'file.js': "order.push('file')",
    };
    const site = makeSite(t, sources, {
      manifest: true,
      meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
    });
    const server = await host(t, site.folder, { headers: delivered });
    const { page: tab, lines } = await openPage(t, browser);
    await tab.addInitScript(() => (window.order = []));
    await tab.goto(server.url);
    await tab.waitForSelector('#one');
    await tab.waitForFunction(() => order.includes('file'));
    await tab.waitForSelector('.mer-notes');
    await tab.click('#b');
    await tab.click('#js');
    // No handler runs: nothing to wait for.
    await tab.waitForTimeout(200);
    assert.deepEqual(await tab.evaluate(() => order), ['file']);
    assert.match(
      await tab.textContent('.mer-notes'),
      /was not run \(inline\).*Content-Security-Policy forbids it.*Put the script into a file/s,
    );
    assert.deepEqual(
      lines.filter(
        (line) =>
          !/Content.Security.Policy|TrustedScript|Trusted Type|^Loading failed for the/i.test(line),
      ),
      [],
    );
    // The page is rendered again with another handler: only the handler is missing.
    site.put(
      'first.html',
      sources['first.html'].replace('handler', 'other').replace('>One<', '>First<'),
    );
    await tab.evaluate(() => window.meridian.reload(['first.html']));
    await tab.waitForFunction(() => document.querySelector('#one').textContent === 'First');
    await tab.click('#two');
    await tab.waitForFunction(() => document.title === 'Two');
    assert.deepEqual(await tab.evaluate(() => order), ['file']);
  },
);

/** The frame in an element of the page, by its place. */
const contentOf = async (page, at) =>
  (await page.locator('iframe').nth(at).elementHandle()).contentFrame();

test('the card’s page may be framed by any page, no other may', { skip }, async (t) => {
  const server = await host(
    t,
    demo(t, { 'meridian/embed.html': '<!doctype html><title>card</title>' }).folder,
    { headers: delivered },
  );
  const elsewhere = await host(t, demo(t).folder, {
    answer: (request, response, path) => {
      if (path === '/frames')
        response.end(
          `<iframe src="${server.url}meridian/embed.html"></iframe><iframe src="${server.url}"></iframe>`,
        );
      return path === '/frames';
    },
  });
  const { page: tab } = await openPage(t, browser);
  await tab.goto(`${elsewhere.url}frames`);
  const [card, page] = await Promise.all([0, 1].map((at) => contentOf(tab, at)));
  assert.equal(card.url(), `${server.url}meridian/embed.html`);
  // WebKit keeps the address of what it does not show.
  if (chosen === 'webkit')
    assert.equal(await page.content(), '<html><head></head><body></body></html>');
  else assert.match(page.url(), /^(chrome-error:|about:neterror)/);
});
