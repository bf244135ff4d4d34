// What a site's service worker takes over from its host: headers that protect pages, and files. An
// answer that failed replaces nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { DIST, headersBy, noBrowser, until } from './hosts.mjs';
import { OTHER, SITE, firstVisit, isFinished, publish, withoutShell } from './offline-site.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** How a host answers for the root's headers: `all`: GET as well as HEAD. */
const ROOTS = {
  'refuses HEAD': [(response) => response.writeHead(405).end()],
  'is busy': [(response) => response.writeHead(503).end('busy'), 'all'],
  'gives HEAD none of them': [(response) => response.writeHead(200).end()],
  'gives HEAD one of them': [
    (response) => response.writeHead(200, { 'referrer-policy': 'no-referrer' }).end(),
  ],
  'leads elsewhere': [
    (response, url) =>
      response
        .writeHead(302, {
          location: url.replace('kept.', 'other.'),
          'access-control-allow-origin': '*',
        })
        .end(),
  ],
};
for (const [name, [fault, all]] of Object.entries(ROOTS))
  test(`pages keep the policies of a host that ${name}`, { skip }, async (t) => {
    const { server, url, update } = await publish(t, SITE);
    const delivered = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
    server.state.headers = delivered;
    const fails = ({ method }, response, path) => {
      if (path !== '/' || !(all || method === 'HEAD')) return false;
      fault(response, url);
      return true;
    };
    if (!all) server.state.answer = fails;
    const { page, lines } = await firstVisit(t, browser, url);
    server.state.answer = fails;
    const expected = delivered('/code/');
    const same = async (path) => {
      const headers = (await page.goto(url + path)).headers();
      assert.ok(await isFinished(page));
      for (const policy of ['content-security-policy', 'referrer-policy'])
        assert.equal(headers[policy], expected[policy], `${path}: ${policy}`);
    };
    for (const path of ['code/', 'about/', 'never/']) await same(path);
    // Of another version too.
    update({ 'about.md': SITE['about.md'].replace('first', 'second') });
    await until(async () => {
      await page.goto(`${url}about/`);
      return (await isFinished(page)) && (await page.getByText('Of the second').count());
    }, 'the new version');
    await same('about/');
    assert.deepEqual(withoutShell(lines), []);
  });

test('headers that the host gives no more are gone', { skip }, async (t) => {
  const { server, url } = await publish(t);
  server.state.headers = { 'referrer-policy': 'no-referrer' };
  const { page } = await firstVisit(t, browser, url);
  const policy = async () => (await page.goto(`${url}code/`)).headers()['referrer-policy'];
  assert.equal(await policy(), 'no-referrer');
  server.state.headers = {};
  await until(async () => (await policy()) === undefined);
});

test('an answer that is not the file replaces none that is kept', { skip }, async (t) => {
  const { folder, server, url } = await publish(t, {
    ...SITE,
    '_config.yml': 'title: Kept\nplugins: [jemoji]\nmeridian: {offline: true}\n',
    'formula.md': '---\nlayout: single\n---\n:tada: $$x$$\n',
  });
  const { page } = await firstVisit(t, browser, url);
  const [release] = readFileSync(join(folder, 'meridian-offline.js'), 'utf8').match(
    /(?<=")\w{8}(?=")/,
  );
  const files = ['emoji.txt', 'theme.css', 'katex.js'].map((name) => [
    name,
    `${url}meridian/${name}?${release}`,
  ]);
  const text = (address) => page.evaluate((at) => fetch(at).then((found) => found.text()), address);
  for (const [, address] of files) await text(address);
  await until(() =>
    page.evaluate(
      async (all) => (await Promise.all(all.map((at) => caches.match(at)))).every(Boolean),
      files.map(([, address]) => address),
    ),
  );
  for (const [type, body] of [
    ['text/html', OTHER],
    ['text/plain', 'Back in an hour.'],
    ['text/plain', ''],
  ]) {
    server.state.answer = (_, response, path) => {
      if (!path.startsWith('/meridian/')) return false;
      response.writeHead(200, { 'content-type': type }).end(body);
      return true;
    };
    for (const [, address] of files) assert.equal(await text(address), body);
  }
  await server.stop();
  for (const [name, address] of files)
    assert.ok((await text(address)) === readFileSync(join(DIST, 'meridian', name), 'utf8'), name);
});
