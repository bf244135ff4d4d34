// The core runs in a worker, so that the page stays responsive while it renders; without workers it
// runs in the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const LONG_LOOP =
  '{% for a in (1..12000) %}{% for b in (1..1000) %}{% assign c = a | plus: b %}{% endfor %}{% endfor %}';
const SITE = {
  '_config.yml': 'title: Threads\n',
  'index.md': '---\ntitle: Home\n---\nWelcome to the [long one](/long/).\n',
  'long.md': `---\ntitle: Long\npermalink: /long/\n---\n${LONG_LOOP}The sum is {{ c }}.\n`,
};
const SURE = { manifest: 'meridian.json', root: '/' };

async function open(t, state = {}) {
  const site = makeSite(t, SITE, { manifest: true, meta: SURE });
  const server = await host(t, site.folder, state);
  return { ...(await openPage(t, browser)), site, server };
}

test(
  'while a page renders slowly the page before responds, and a progress bar shows',
  { skip },
  async (t) => {
    const { page, server, lines } = await open(t);
    await page.goto(server.url);
    await page.waitForSelector('text=Welcome');
    assert.deepEqual(
      page.workers().map((worker) => new URL(worker.url()).pathname),
      ['/meridian/worker.js'],
    );
    // A timer in the page's main thread draws the bar: samples of what is visible.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('html > div[style*="height: 2px"]'))
          window.shown ??= document.body.textContent;
      }).observe(document.documentElement, { childList: true });
    });
    await page.click('text=long one');
    await page.waitForSelector('text=The sum is 13000.', { timeout: 60_000 });
    assert.match(await page.evaluate(() => window.shown), /Welcome/);
    assert.deepEqual(lines, []);
  },
);

test('a host that forbids workers shows its pages all the same', { skip }, async (t) => {
  const { page, server, lines } = await open(t, {
    headers: { 'content-security-policy': "worker-src 'none'" },
  });
  await page.goto(server.url);
  await page.waitForSelector('text=Welcome');
  await settled(page);
  assert.equal(page.workers().length, 0);
  assert.deepEqual(
    lines.filter((line) => !/worker-src/.test(line)),
    [],
  );
});

test('the shell’s script from another origin', { skip }, async (t) => {
  const shell = makeSite(t, {});
  const other = await host(t, shell.folder, { headers: { 'access-control-allow-origin': '*' } });
  const html = `<!doctype html><meta charset="utf-8"><meta name="meridian-root" content="/"><meta name="meridian-manifest" content="meridian.json">
<title>Loading</title><script type="module" src="${other.url}meridian/site.js"></script><main></main>`;
  const site = makeSite(
    t,
    { ...SITE, 'index.html': html },
    { shell: false, manifest: { files: Object.keys(SITE), complete: true } },
  );
  const server = await host(t, site.folder, {});
  const { page } = await openPage(t, browser);
  await page.goto(server.url);
  await page.waitForSelector('text=Welcome');
  // No worker starts from another origin's file: it runs from a copy of it.
  assert.deepEqual(
    page.workers().map((worker) => new URL(worker.url()).protocol),
    ['blob:'],
  );
});

test('a folder that was copied without the worker names the missing file', { skip }, async (t) => {
  const { page, server } = await open(t, {
    answer: (request, response, path) =>
      path.endsWith('worker.js') && (response.writeHead(404).end(), true),
  });
  await page.goto(server.url);
  await page.waitForSelector('.diagnostic');
  assert.match(await page.textContent('body'), /worker\.js.*does not have it.*meridian\//s);
});
