// The npm package's profile card in React and Vue apps, in development builds, which report misuse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { host, noBrowser, openPage } from './hosts.mjs';
import { bundle, makeApp, packageMissing } from './packages.mjs';
import { OPEN, PERSON, sources, written } from './profiles.mjs';

const skip = demoMissing() ?? packageMissing() ?? noBrowser();
let browser, app;
const done = [];
before(async () => {
  if (skip) return;
  browser = await launch();
  app = makeApp({ after: (work) => done.push(work) });
});
after(async () => {
  await browser?.close();
  for (const work of done) work();
});

/**
 * The app at `site`, on one host, and a person's site on another. `html`: the server-rendered page,
 * a function of that site's address.
 */
async function open(
  t,
  site,
  folder,
  {
    show = 'publications:1',
    hydrate = false,
    html = () => '',
    answer = () => false,
    script = 'react',
  } = {},
) {
  const person = await host(t, folder, { headers: OPEN, answer });
  const own = await host(t, site, {
    answer: (request, response, path) =>
      path === '/' &&
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>App</title><link rel="icon" href="data:,"><div id="app">${html(person.url)}</div><script type="module" src="${script}.js"></script>`,
        ),
  });
  const opened = await openPage(t, browser);
  await opened.page.goto(
    `${own.url}?${new URLSearchParams({ src: person.url, show, ...(hydrate && { hydrate: '' }) })}`,
  );
  return { ...opened, person, own };
}
const press = (page, name) => page.getByRole('button', { name }).click();
const heard = (page, count) =>
  page
    .waitForFunction((count) => window.heard.length >= count, count)
    .then(() => page.evaluate(() => window.heard));

/** Checks that hold for every app's card. @param {number} deaf events that are not heard */
async function lives({ page, lines }, deaf = 0) {
  const card = page.locator('meridian-profile');
  await card.locator('.title', { hasText: 'Publications' }).waitFor();
  assert.equal(await card.locator('.p-name').textContent(), 'Ada Lovelace');
  assert.equal(await card.evaluate((element) => element.hasAttribute('size')), false);
  await press(page, 'Awards');
  await card.locator('.title', { hasText: 'Awards' }).waitFor();
  assert.equal(await card.getAttribute('show'), 'Awards');
  assert.equal(await card.locator('.title').count(), 1);
  await press(page, 'Inline');
  await card.locator('.card.inline').waitFor();
  await press(page, 'Any size');
  await card.locator('.card:not(.inline)').waitFor();
  assert.equal(await card.evaluate((element) => element.hasAttribute('size')), false);
  assert.ok((await heard(page, 4 - deaf)).every((name) => name === 'Ada Lovelace'));
  await page.evaluate(() => (window.gone = document.querySelector('meridian-profile')));
  await press(page, 'Turn over');
  await card.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => window.gone.isConnected), false);
  await press(page, 'Turn over');
  await card.locator('.p-name').waitFor();
  assert.deepEqual(lines, []);
}

for (const script of ['react', 'vue'])
  test(
    `${script}: attributes are properties of the app, events arrive, and there are no warnings`,
    { skip },
    async (t) => {
      const site = await bundle(app, `${script}${script === 'react' ? '.jsx' : '.js'}`);
      await lives(await open(t, site, written(t, PERSON), { script }));
    },
  );

test('React: the server renders the link, and hydration keeps it', { skip }, async (t) => {
  await bundle(app, 'server.jsx', {
    outdir: join(app.folder, 'server'),
    platform: 'node',
    splitting: false,
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const { render } = await import(pathToFileURL(join(app.folder, 'server/server.mjs')));
  const html = (src) => render(src, 'publications:1');
  assert.match(
    html('https://ada.example/'),
    /<meridian-profile src="https:\/\/ada.example\/" show="publications:1" loading="eager"><a href="https:\/\/ada.example\/">Ada<\/a><\/meridian-profile>/,
  );
  // React 19 listens to events of its own elements only, until a property changes (its issue
  // 35446).
  await lives(
    await open(t, await bundle(app, 'react.jsx'), written(t, PERSON), { html, hydrate: true }),
    1,
  );
});

for (const script of ['react', 'vue'])
  test(
    `${script}: a card that is removed while its source is silent leaves nothing behind`,
    { skip },
    async (t) => {
      const site = await bundle(app, `${script}${script === 'react' ? '.jsx' : '.js'}`);
      let release;
      const silent = new Promise((resolve) => (release = resolve));
      const { page, lines } = await open(t, site, written(t, PERSON), {
        script,
        answer: (request, response, path) => path === '/profile.json' && silent.then(() => false),
      });
      await page.getByRole('link', { name: 'Ada' }).waitFor();
      await press(page, 'Turn over');
      release();
      // No card appears: nothing to wait for.
      await page.waitForTimeout(300);
      assert.equal(await page.locator('meridian-profile').count(), 0);
      await press(page, 'Turn over');
      await page.locator('meridian-profile .p-name').waitFor();
      assert.deepEqual(lines, []);
    },
  );

for (const raw of [false, true])
  test(
    `bundled, a card of ${raw ? 'raw sources' : 'profile.json'} finds its sections, its globe${raw ? ' and the core' : ''}`,
    { skip },
    async (t) => {
      const { page, lines, own } = await open(
        t,
        await bundle(app, 'react.jsx'),
        raw ? sources(t, PERSON) : written(t, PERSON),
        { show: 'News globe' },
      );
      await page.locator('meridian-profile meridian-globe[ready]').waitFor();
      await page.locator('meridian-profile .html').waitFor();
      assert.deepEqual(
        own.log.filter(({ status }) => status !== 200),
        [],
      );
      assert.equal(
        own.log.some(({ path }) => path === '/live.wasm'),
        raw,
      );
      assert.deepEqual(
        lines.filter((line) => !line.includes('profile.json')),
        [],
      );
    },
  );
