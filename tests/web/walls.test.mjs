// The isolation of untrusted projects: a sanitiser, and a frame whose policy forbids scripts and
// requests. Each is tested without the other; the switches are here, not in the delivered files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, PROJECT, filesBelow, until } from './hosts.mjs';
import { skip, delivered, shared, own, put } from './walled.mjs';

const HOSTILE = (calls) =>
  `<script>${calls}</script><img src="https://evil.example/1.png" onerror='${calls}'><img src=x onerror='${calls}'><link rel="stylesheet" href="https://evil.example/2.css"><style>@import "https://evil.example/3.css"; p { background: url(https://evil.example/4.png) } i { background: image-set("https://evil.example/4.png" 1x) }</style><iframe srcdoc="<script>parent.parent.X()</script>"></iframe><svg onload='${calls}'></svg><meta http-equiv="refresh" content="0;url=https://evil.example/5"><base href="https://evil.example/"><form action="https://evil.example/6"><button>Send</button></form><a id="way" href="javascript:parent.X()">Way</a><a id="top" href="https://evil.example/7" target="_top">Top</a>\n\n<i>i</i> The end.\n`;
const CALLS = 'X();try{parent.X()}catch{};parent.postMessage({go:"javascript:X()"},"*")';

test('an untrusted project runs nothing and requests nothing', { skip }, async (t) => {
  const { page, shown, context, server, asked, ran } = await shared(t, {
    'index.md': `---\ntitle: Hostile\n---\n\n${HOSTILE(CALLS)}`,
  });
  await shown.getByText('The end.').waitFor();
  await shown.getByText('Send').click();
  await shown.getByText('Way').click();
  // No script and no request follows: nothing to wait for.
  await page.waitForTimeout(500);
  assert.deepEqual(ran, []);
  assert.deepEqual(asked, []);
  assert.equal(await shown.locator('body').evaluate(() => origin), 'null');
  assert.equal(new URL(page.url()).origin + '/', server.url);
  assert.equal(context.pages().length, 1);
});

test('prefixed ids work: contents, footnotes, labels, styles', { skip }, async (t) => {
  const text = `---\ntitle: T\n---\n<style>#far-away { color: rgb(1, 2, 3) }</style>\n<ul class="toc"><li><a href="#far-away">There</a></li></ul>\n\n<label for="in">Field</label> <input id="in">\n\n<svg width="20" height="20"><defs><linearGradient id="g"><stop stop-color="#010203"/></linearGradient></defs><rect width="20" height="20" fill="url(#g)"/></svg>\n\nA note[^1].\n\n<div style="height:3000px"></div>\n\n## Far away\n\n<div style="height:3000px"></div>\n\n[^1]: Below.\n`;
  const { shown, lines } = await shared(t, { 'index.md': text });
  const top = () => shown.locator('html').evaluate((root) => root.scrollTop);
  await shown.getByRole('link', { name: 'There' }).click();
  const heading = shown.getByRole('heading', { name: 'Far away' });
  assert.equal(await heading.getAttribute('id'), 'user-content-far-away');
  assert.equal(
    await heading.evaluate((element) => getComputedStyle(element).color),
    'rgb(1, 2, 3)',
  );
  assert.ok((await top()) > 2000);
  await shown.locator('.footnotes .footnote-backref').evaluate((link) => link.click());
  assert.ok((await top()) < 2000);
  // The jump waits for a second click, which would ask for the note's source.
  await shown.locator('.footnote-ref a').click();
  await until(async () => (await top()) > 4000, 'the footnote in view');
  assert.equal(await shown.getByLabel('Field').count(), 1);
  assert.equal(await shown.locator('rect').getAttribute('fill'), 'url("#user-content-g")');
  assert.deepEqual(lines, []);
});

// The demo's files as in a link.
const TEXT = /\.(md|html|yml|json|csv|tsv|css|svg|txt|js|bib|xml)$|(^|\/)[^./]+$/;
const demoFiles = () =>
  filesBelow(join(PROJECT, 'content')).map((path) => {
    const bytes = readFileSync(join(PROJECT, 'content', path));
    return TEXT.test(path) ? [path, bytes.toString()] : [path, bytes.toString('base64url'), 1];
  });

test('the demo as an untrusted project looks the same as a trusted one', { skip }, async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, shown, lines } = await shared(t, demoFiles(), {
      context: { colorScheme, viewport: { width: 1800, height: 1000 } },
    });
    page.on('dialog', (dialog) => dialog.accept());
    const pictures = {};
    for (const own of [false, true]) {
      // As if the reader trusted it.
      if (own)
        await page
          .locator('meridian-playground')
          .evaluate((element) => element.playground.project.trust());
      for (const path of ['/', '/cv/', '/publications/']) {
        await page
          .locator('meridian-playground')
          .evaluate((element, path) => element.playground.go(path), path);
        await page.waitForFunction(
          (path) =>
            document.querySelector('meridian-playground').shadowRoot.querySelector('.address code')
              .textContent === path,
          path,
        );
        // Pictures and fonts in the frame, which the screenshots compare.
        await page.waitForTimeout(700);
        assert.match(
          await page.locator('iframe').getAttribute('src'),
          own ? /frame-own\.html\?/ : /frame\.html\?/,
        );
        // Only a frame that runs scripts shows it.
        await shown.locator('.publications__filter').evaluateAll((all) => {
          for (const element of all) element.remove();
        });
        const picture = (await page.locator('iframe').screenshot()).toString('base64');
        if (own) assert.ok(picture === pictures[path], `${path} ${colorScheme}`);
        pictures[path] = picture;
      }
    }
    await shown.locator('main').waitFor();
    assert.deepEqual(lines, []);
  }
});

test(
  'pictures of other hosts wait for the reader’s consent, and are then requested without a referrer',
  { skip },
  async (t) => {
    const text =
      '---\ntitle: T\n---\n![one](https://a.example/1.png) ![two](http://b.example/2.png) <img alt="three" src="https://b.example/3.png" srcset="https://b.example/3b.png 2x">\n<p style="background: url(https://b.example/4.png)">The end.</p>\n<script>parent.X()</script><img src="https://b.example/5.png" onload="X()" alt="five">\n';
    const { page, shown, lines, asked, ran } = await shared(t, { 'index.md': text });
    await shown.getByText('The end.').waitFor();
    await page.getByText('6 pictures from 2 other hosts are not shown.').waitFor();
    assert.deepEqual(asked, []);
    await page.getByRole('button', { name: 'Show them' }).click();
    await shown.getByText('The end.').waitFor();
    for (const name of ['one', 'two', 'three'])
      await shown.getByRole('img', { name }).evaluate((image) => image.decode());
    await until(() => new Set(asked.map(({ url }) => url)).size >= 5);
    assert.deepEqual([...new Set(asked.map(({ url }) => url))].sort(), [
      'https://a.example/1.png',
      'https://b.example/2.png',
      'https://b.example/3.png',
      'https://b.example/4.png',
      'https://b.example/5.png',
    ]);
    assert.ok(asked.every(({ headers }) => !headers.referer && !headers.cookie));
    assert.match(await page.locator('iframe').getAttribute('src'), /frame-pictures\.html\?\w+#/);
    assert.equal(await page.getByText('not shown').count(), 0);
    assert.equal(await page.getByText('Scripts of this project don’t run').count(), 1);
    assert.deepEqual(ran, []);
    // The browser reports a blocked handler before it is removed.
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('Executing inline event handler')),
      [],
    );
  },
);

test('each frame has the delivered policy, as a header and in itself', { skip }, () => {
  for (const name of ['frame', 'frame-pictures', 'frame-own']) {
    const [, policy] = /security-policy" content="([^"]*)"/.exec(
      readFileSync(join(DIST, `playground/${name}.html`), 'utf8'),
    );
    assert.equal(
      delivered(`/playground/${name}.html`)['content-security-policy'],
      `${policy};frame-ancestors 'self'`,
    );
    if (name !== 'frame-own')
      assert.match(
        policy,
        /^default-src 'none';script-src( 'sha256-[^ ]+'){3} 'wasm-unsafe-eval';/,
      );
  }
});

test('a stored project that is not marked as trusted is untrusted', { skip }, async (t) => {
  const { page, ran } = await own(
    t,
    { 'index.md': '---\n---\n# T\n<script>X("ran")</script>\n' },
    { trusted: false },
  );
  await page.getByText('Scripts of this project don’t run.').waitFor();
  assert.deepEqual(ran, []);
});

test(
  'the globe rotates in both frames, and stays when something else changes',
  { skip },
  async (t) => {
    for (const trusted of [false, true]) {
      const { page, shown, lines, asked } = await shared(t, demoFiles());
      if (trusted)
        await page
          .locator('meridian-playground')
          .evaluate((element) => element.playground.project.trust());
      await page
        .locator('meridian-playground')
        .evaluate((element) => element.playground.open('_pages/travel.md'));
      const globe = shown.locator('meridian-globe[ready]');
      await globe.waitFor();
      const drawn = () =>
        globe.evaluate((element) => {
          const { width, height } = element.frame.canvas;
          return (
            element.frame.canvas
              .getContext('2d')
              .getImageData(0, 0, width, height)
              .data.filter((_, at) => at % 4 === 3)
              .filter(Boolean).length /
            width /
            height
          );
        });
      for (let tries = 0; tries < 30 && (await drawn()) < 0.2; tries++)
        await page.waitForTimeout(100);
      assert.ok((await drawn()) > 0.2);
      await shown.getByRole('button', { name: 'Zoom in' }).click();
      await globe.evaluate((element) => (element.mark = true));
      const text = await page
        .locator('meridian-playground')
        .evaluate((element) => element.playground.project.text('_pages/travel.md'));
      await put(page, '_pages/travel.md', `${text}\nA new line.\n`);
      await shown.getByText('A new line.').waitFor();
      assert.equal(await globe.evaluate((element) => element.mark), true);
      await put(page, '_data/travel.yml', '- city: Berlin\n- city: Quito\n');
      await shown.locator('meridian-globe .stops li').nth(1).waitFor();
      await until(() => globe.evaluate(({ stops }) => stops.length === 2));
      assert.deepEqual(asked, []);
      // WebKit answers in its console, too, when the globe asks whether it may fill the screen.
      assert.deepEqual(
        lines.filter((line) => !/^(Canvas2D|Permission policy 'Fullscreen' check)/.test(line)),
        [],
      );
    }
  },
);

test(
  'axe finds nothing in the notices above the page, light and dark, on a desktop and on a phone',
  { skip },
  async (t) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      for (const colorScheme of ['light', 'dark']) {
        const { page } = await shared(
          t,
          { 'index.md': '---\n---\n![one](https://a.example/1.png)\n\n<script>X()</script>\n' },
          { context: { viewport: { width, height }, colorScheme } },
        );
        await page.getByText('1 picture from a.example is not shown.').waitFor();
        assert.ok(await page.getByRole('button', { name: 'Run them' }).isVisible());
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          window.axe.run(document, { iframes: false }),
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
          [],
          `${width} ${colorScheme}`,
        );
        if (process.env.PICTURES)
          await page.screenshot({
            path: `${process.env.PICTURES}/bars-${width}-${colorScheme}.png`,
          });
      }
    }
  },
);
