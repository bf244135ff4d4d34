// "Edit this page": the link at the foot of a page and the key `e`, from raw sources, from pages
// that the command wrote, and from a site of one page, to that place in the playground.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { gitHost } from './git-host.mjs';
import { COMMAND, built, host, makeSite, noBrowser, openPage, until } from './hosts.mjs';
import { onePage, shellHost } from './one-file.mjs';
import { publishingServer } from './publishing-page.mjs';

const noCommand = existsSync(COMMAND) ? undefined : 'the command is not built';
const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const LONG = 'Words, and more of them.\n\n'.repeat(40);
const PAGE = `---\ntitle: Long\nlayout: single\n---\n\nFirst.\n\n## One\n\n${LONG}## The *second* [place](/x/) {#two}\n\n${LONG}`;
const FIELD = '\n<input aria-label="A field">\n';
const sources = (settings) => ({
  '_config.yml': `title: A site\n${settings}`,
  'index.md': PAGE + FIELD,
  'about.md': '---\ntitle: About\nlayout: single\n---\n\nShort.\n',
});
const WITH = sources('repository: owner/name\nmeridian: {edit: true}\n');
const link = (page) => page.getByRole('link', { name: 'Edit this page' });
const visited = (page, options) => page.waitForURL('**/playground/**', options);
/** Presses the key until it leads to the playground: its script comes after the link. */
const press = (page) =>
  until(async () => {
    await page.keyboard.press('e');
    return visited(page, { timeout: 1000 }).then(
      () => true,
      () => false,
    );
  }, 'the playground');

const WAYS = {
  raw: async (t, files) => host(t, makeSite(t, files, { manifest: true }).root),
  written: async (t, files) => host(t, built(t, files)),
};

for (const [name, serve] of Object.entries(WAYS)) {
  const options = { skip: skip ?? (name === 'written' ? noCommand : undefined) };

  test(`${name}: the link and the key lead to the source and the place`, options, async (t) => {
    const server = await serve(t, WITH);
    const { page, lines } = await openPage(t, browser);
    // There may be no playground: the address is what counts.
    await page.route('**/playground/**', (route) => route.fulfill({ body: 'x' }));
    await page.goto(server.url);
    await link(page).waitFor();
    const at = `${server.url}playground/?repo=owner/name&open=index.md`;
    assert.equal(await link(page).evaluate(({ href }) => href), at);
    assert.equal(await link(page).getAttribute('aria-keyshortcuts'), 'e');
    // Not while something is typed, and not with other keys.
    await page.getByLabel('A field').pressSequentially('e');
    await page.evaluate(() => document.activeElement.blur());
    for (const key of ['Control+e', 'Alt+e', 'Shift+E']) await page.keyboard.press(key);
    assert.equal(page.url(), server.url);
    // At the top there is no place.
    await page.evaluate(() => scrollTo(0, 0));
    await press(page);
    assert.equal(page.url(), at);
    await page.goBack();
    await page.locator('#two').evaluate((heading) => heading.scrollIntoView());
    await press(page);
    assert.equal(page.url(), `${at}&at=The%20second%20place`);
    // The link as well, and back at the top without the place.
    await page.goto(`${server.url}about.html`);
    await link(page).click();
    await visited(page);
    assert.equal(page.url(), at.replace('index', 'about'));
    // Without a manifest the shell asks for files that may be there.
    assert.deepEqual(
      lines.filter((line) => !/ 404 /.test(line)),
      [],
    );
  });

  test(
    `${name}: without the setting there is no link, and nothing is loaded`,
    options,
    async (t) => {
      const server = await serve(t, sources('repository: owner/name\n'));
      const { page } = await openPage(t, browser);
      await page.goto(server.url);
      await page.locator('#two').waitFor();
      await page.getByText('Set by').waitFor();
      assert.equal(await page.locator('footer a').count(), 0);
      await page.keyboard.press('e');
      assert.equal(page.url(), server.url);
      assert.deepEqual(
        server.log.filter(({ path }) => path.includes('edit')),
        [],
      );
    },
  );

  test(`${name}: in a language from right to left, on a narrow screen`, options, async (t) => {
    const server = await serve(t, sources('lang: ar\nmeridian: {edit: owner/name}\n'));
    const { page } = await openPage(t, browser, { viewport: { width: 390, height: 844 } });
    await page.goto(server.url);
    const arabic = page.getByRole('link', { name: 'عدّل هذه الصفحة' });
    await arabic.waitFor();
    const { x, width } = await arabic.boundingBox();
    assert.ok(x >= 0 && x + width <= 390);
  });
}

test('a site of one page: the link leads to the playground that it names', { skip }, async (t) => {
  const cdn = await shellHost(t);
  const settings = (playground) =>
    `title: A site\nmeridian: {edit: owner/name${playground && `, playground: "${playground}"`}}\n`;
  const { put, folder } = makeSite(t, { ...WITH, '_config.yml': settings('') }, { shell: false });
  for (const name of ['index.html', '404.html']) put(name, onePage(cdn.url));
  const server = await host(t, folder, { notFound: '404.html' });
  const { page } = await openPage(t, browser);
  await page.route('**/playground/**', (route) => route.fulfill({ body: 'x' }));
  await page.goto(server.url);
  await page.getByText('Set by').waitFor();
  assert.equal(await link(page).count(), 0);
  await page.keyboard.press('e');
  assert.equal(page.url(), server.url);
  put('_config.yml', settings(`${cdn.url}playground/`));
  await page.reload();
  await link(page).waitFor();
  await press(page);
  assert.equal(page.url(), `${cdn.url}playground/?repo=owner/name&open=index.md`);
});

test('the playground shows the source and the page at that place', { skip }, async (t) => {
  const git = await gitHost(t, WITH);
  const server = await publishingServer(t, git);
  const { page, lines } = await openPage(t, browser);
  await page.goto(
    `${server.url}playground/?repo=owner/name&open=index.md&at=${encodeURIComponent('The second place')}`,
  );
  const source = page.locator('.cm-activeLine');
  await source.filter({ hasText: 'The *second* [place](/x/) {#two}' }).waitFor();
  const frame = page.frameLocator('iframe');
  const heading = frame.getByRole('heading', { name: 'The second place' });
  await heading.waitFor();
  await page.waitForFunction(
    () => document.querySelector('meridian-playground').playground.sync.aimed === false,
  );
  await heading.evaluate(async (heading) => {
    const isSeen = () => {
      const { top, bottom } = heading.getBoundingClientRect();
      return scrollY > 0 && top > 0 && bottom < innerHeight;
    };
    for (let tries = 100; tries && !isSeen(); tries--)
      await new Promise((done) => setTimeout(done, 50));
    if (!isSeen()) throw new Error(`${scrollY} ${heading.getBoundingClientRect().top}`);
  });
  assert.deepEqual(lines, []);
});

test('an address may name a page, and a branch', { skip }, async (t) => {
  const git = await gitHost(t, WITH);
  git.own.setRef('refs/heads/draft', git.head());
  git.push(
    { 'about.md': '---\ntitle: About\npermalink: /us/\nlayout: single\n---\n\nOf the draft.\n' },
    { branch: 'draft' },
  );
  const server = await publishingServer(t, git);
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}playground/?repo=owner/name@draft&page=/us/`);
  await page.locator('.cm-line', { hasText: 'Of the draft.' }).waitFor();
  await page.frameLocator('iframe').getByText('Of the draft.').waitFor();
  assert.equal(await page.locator('.address code').textContent(), '/us/');
  assert.deepEqual(lines, []);
});
