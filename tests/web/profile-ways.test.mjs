// Ways to put a card into a page: created by a script, in a shadow root, in a frame, from a
// repository; and the page that builds one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allowClipboard, launch, webkitLacks } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { DIST, headersBy, host, noBrowser, openPage } from './hosts.mjs';
import { OPEN, PERSON, hostPage, sources, watch, written } from './profiles.mjs';

const skip = demoMissing() ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const init = ({ context }) => context.addInitScript(watch);
const axe = (page) =>
  page.evaluate(async (source) => {
    (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    );
  }, AXE);

test(
  'axe finds nothing, in each size, wide and narrow, light and dark, loading and failed',
  { skip },
  async (t) => {
    const folder = written(t, PERSON);
    const card = (size, width) =>
      `<div style="inline-size:${width}"><meridian-profile src="{site}" size="${size}" show="news publications ${size === 'full' ? 'globe' : ''}"><a href="{site}">Ada</a></meridian-profile></div>`;
    const body = `<main><h1>Lab</h1><h2>People</h2><p>With ${card('inline', 'auto').replace(/<\/?div[^>]*>/g, '')} and others.</p>${card('card', '16rem')}${card('card', '22rem')}${card('full', '40rem')}<meridian-profile src="{site}none/" loading="eager"><a href="{site}">Nobody</a></meridian-profile></main>`;
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await hostPage(t, browser, folder, body, {
        init,
        style:
          '<style>html { color-scheme: light dark; background: Canvas; color: CanvasText } a { color: inherit }</style>',
        options: { colorScheme },
      });
      await page.evaluate(() =>
        document.querySelectorAll('meridian-profile').forEach((card) => card.begin()),
      );
      await page.waitForFunction(() =>
        [...document.querySelectorAll('meridian-profile')].every(
          (card) => card.profile || card.title,
        ),
      );
      // Optional parts of a card, each with its own time limit.
      await page.waitForTimeout(500);
      assert.deepEqual(await axe(page), []);
    }
  },
);

test(
  'created by a script before or after the definition, in a shadow root, moved, with changing attributes',
  { skip },
  async (t) => {
    const body = `<main><h1>Lab</h1><div id="app"></div><lab-person></lab-person></main><script>
    const early = document.createElement('meridian-profile'); early.src = '{site}'; early.setAttribute('src', '{site}'); document.getElementById('app').append(early);
    customElements.define('lab-person', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<style>* { color: red; display: inline }</style><meridian-profile src="{site}" loading="eager"></meridian-profile>'; } });
  </script>`;
    const { page, lines } = await hostPage(t, browser, written(t, PERSON), body, { init });
    await page.locator('#app meridian-profile .p-name').waitFor();
    await page.locator('lab-person meridian-profile .p-name').waitFor();
    const early = page.locator('#app meridian-profile');
    assert.equal(await early.locator('.title').count(), 0);
    await early.evaluate((card) => (card.show = 'publications:1'));
    await early.locator('.title', { hasText: 'Publications' }).waitFor();
    await early.evaluate((card) => document.querySelector('main').prepend(card));
    await page.locator('main > meridian-profile .title').waitFor();
    const made = await page.evaluate(() => {
      const card = document.createElement('meridian-profile');
      return [
        card.src,
        card.show,
        card.size,
        card.isConnected,
        card.childNodes.length,
        card.attributes.length,
      ];
    });
    assert.deepEqual(made, ['', '', '', false, 0, 0]);
    assert.deepEqual(lines, []);
  },
);

test('custom properties and parts style the card', { skip }, async (t) => {
  const style =
    '<style>meridian-profile { --meridian-color-bg: rgb(1, 2, 3); --meridian-color-fg: rgb(250, 250, 250); --meridian-radius: 0px } meridian-profile::part(name) { letter-spacing: 3px } body { font-family: monospace }</style>';
  const { page } = await hostPage(
    t,
    browser,
    written(t, PERSON),
    '<meridian-profile src="{site}"></meridian-profile>',
    { init, style },
  );
  await page.locator('meridian-profile .p-name').waitFor();
  const found = await page.locator('meridian-profile').evaluate(({ shadowRoot: root }) => {
    const [card, name] = ['.card', '.name'].map((selector) =>
      getComputedStyle(root.querySelector(selector)),
    );
    return [
      card.backgroundColor,
      card.color,
      card.borderRadius,
      card.fontFamily,
      name.letterSpacing,
    ];
  });
  assert.deepEqual(found, ['rgb(1, 2, 3)', 'rgb(250, 250, 250)', '0px', 'monospace', '3px']);
});

test('a repository on GitHub, by its name', { skip }, async (t) => {
  const asked = [];
  const { page } = await hostPage(
    t,
    browser,
    written(t, PERSON),
    '<meridian-profile src="github:ada/ada.github.io" show="publications awards" loading="eager"><a href="https://github.com/ada">Ada</a></meridian-profile>',
    {
      async init(opened) {
        await init(opened);
        await opened.context.route(/githubusercontent\.com|api\.github\.com/, (route) => {
          const url = new URL(route.request().url());
          asked.push(url.href);
          const headers = { ...OPEN, 'content-type': 'text/plain; charset=utf-8' };
          if (url.host === 'api.github.com')
            return route.fulfill({
              headers: { ...headers, 'content-type': 'application/json' },
              body: JSON.stringify({
                tree: Object.keys(PERSON).map((path) => ({ path, type: 'blob' })),
                truncated: false,
              }),
            });
          const path = decodeURIComponent(url.pathname.replace('/ada/ada.github.io/HEAD/', ''));
          return PERSON[path] === undefined
            ? route.fulfill({ status: 404, headers })
            : route.fulfill({
                headers: path.endsWith('.svg')
                  ? { ...headers, 'content-type': 'image/svg+xml' }
                  : headers,
                body: PERSON[path],
              });
        });
      },
    },
  );
  await page.locator('meridian-profile .title').nth(1).waitFor();
  assert.deepEqual(await page.locator('meridian-profile .title').allTextContents(), [
    'Publications',
    'Awards',
  ]);
  assert.equal(
    await page.locator('meridian-profile img').getAttribute('src'),
    'https://raw.githubusercontent.com/ada/ada.github.io/HEAD/images/ada.svg',
  );
  assert.ok(!asked.some((url) => /travel\.yml/.test(url)), 'only what is shown is asked for');
});

const framed = skip ?? webkitLacks('takes “self” of a policy for nothing in a sandboxed frame');
test('in a frame: its height is posted to the embedding page only', { skip: framed }, async (t) => {
  const person = await host(t, written(t, PERSON), {
    headers: OPEN,
    answer: (request, response, path) => {
      if (!path.startsWith('/meridian/')) return false;
      const headers = {
        ...headersBy(readFileSync(join(DIST, '_headers'), 'utf8'))(path),
        'content-type': path.endsWith('.html') ? 'text/html' : 'text/javascript',
      };
      response.writeHead(200, headers).end(readFileSync(join(DIST, path)));
      return true;
    },
  });
  const frame = (more) =>
    `<iframe title="Ada" sandbox="allow-scripts allow-popups" src="${person.url}meridian/embed.html?src=${encodeURIComponent(person.url)}&show=publications${more}" style="border:0;inline-size:30rem;block-size:12rem"></iframe>`;
  const own = await host(t, DIST, {
    answer: (request, response, path) =>
      path === '/lab/' &&
      (response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          `<!DOCTYPE html><html lang="en"><title>Lab</title><link rel="icon" href="data:,"><script>window.told = []; addEventListener('message', ({ data, origin, source }) => told.push([data.type, data.height > 100, origin, source === frames[0]]))</script>${frame('')}${frame('&origin=https://other.example')}`,
        ),
      true),
  });
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${own.url}lab/`);
  for (const at of [0, 1]) await page.frameLocator('iframe').nth(at).locator('.p-name').waitFor();
  await page.waitForFunction(() => window.told.at(-1)?.[1]);
  const told = await page.evaluate(() => window.told);
  assert.ok(told.length);
  for (const one of told) assert.deepEqual(one.toSpliced(1, 1), ['meridian-height', 'null', true]);
  assert.ok(told.at(-1)[1]);
  // The browser logs that the other origin did not receive the message.
  assert.ok(
    lines.every((line) => /target origin/.test(line)),
    String(lines),
  );
});

test(
  'the builder shows a card on a light and a dark page, and copies its code',
  { skip },
  async (t) => {
    const folder = written(t, PERSON);
    const server = await host(t, DIST, {
      headers: headersBy(readFileSync(join(DIST, '_headers'), 'utf8')),
      answer: (request, response, path) => {
        if (!/^\/(profile|images\/)/.test(path)) return false;
        response
          .writeHead(200, {
            'content-type': path.endsWith('json')
              ? 'application/json'
              : path.endsWith('svg')
                ? 'image/svg+xml'
                : 'text/html',
          })
          .end(readFileSync(join(folder, path)));
        return true;
      },
    });
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { page, context, lines } = await openPage(t, browser, { viewport });
      await allowClipboard(context);
      await page.goto(`${server.url}card/`);
      await page.locator('.dark .p-name').waitFor();
      assert.equal(await page.getByLabel('Address of the site').inputValue(), server.url);
      await page.getByLabel('Full').check();
      await page.getByLabel('Publications').check();
      await page.getByLabel('entries of each').fill('1');
      assert.deepEqual(
        await page.getByRole('group', { name: 'Beside the person' }).getByRole('checkbox').count(),
        2,
      );
      await page.getByLabel('Awards').check();
      await page.locator('.light .title', { hasText: 'Awards' }).waitFor();
      const high = Math.ceil(
        await page
          .locator('.light meridian-profile')
          .evaluate((card) => card.getBoundingClientRect().height),
      );
      const wanted = `<script type="module" src="${server.url}meridian/profile.js"></script>\n<meridian-profile src="${server.url}" show="Awards publications:1" size="full" style="display:block;min-block-size:${high}px"><a href="${server.url}">Ada Lovelace</a></meridian-profile>`;
      await page.getByText('publications:1').first().waitFor();
      await page.getByRole('button', { name: 'Copy' }).first().click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), wanted);
      assert.deepEqual(await axe(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.deepEqual(lines, []);
      await page.getByLabel('Address of the site').fill('https://nobody.invalid/');
      await page.getByText(/Nobody.invalid can’t be reached/).waitFor();
      assert.equal(await page.getByRole('checkbox').count(), 0);
    }
  },
);

test('the builder offers all sections that raw sources have', { skip }, async (t) => {
  const person = await host(t, sources(t, PERSON), { headers: OPEN });
  const shell = await host(t, DIST);
  const { page } = await openPage(t, browser);
  await page.goto(`${shell.url}card/?src=${encodeURIComponent(person.url)}`);
  await page.getByLabel('Publications').waitFor();
  assert.deepEqual(
    await page.getByRole('checkbox').evaluateAll((boxes) => boxes.map(({ value }) => value)),
    ['publications', 'globe', 'News', 'Older', 'Awards'],
  );
  await page.getByLabel('Awards').check();
  await page.locator('.light .title', { hasText: 'Awards' }).waitFor();
});

test(
  'where a source is too large to find its sections, the card is shown with the reason',
  { skip },
  async (t) => {
    const many = Object.fromEntries(
      Array.from({ length: 101 }, (_, at) => [
        `_publications/${at}.md`,
        `---\ntitle: T${at}\n---\n`,
      ]),
    );
    const person = await host(t, sources(t, { ...PERSON, ...many }), { headers: OPEN });
    const shell = await host(t, DIST);
    const { page } = await openPage(t, browser);
    await page.goto(`${shell.url}card/?src=${encodeURIComponent(person.url)}`);
    await page.locator('.light .p-name').waitFor();
    await page.getByText(/more than 100 files are needed/).waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 0);
  },
);
