// Written pages contain a still picture of the globe: it shows without scripts, and the live globe
// replaces it without a layout shift.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch } from './browser.mjs';
import { CONTENT, demoMissing } from './demo.mjs';
import { COMMAND, DIST, host, makeSite, noBrowser, openPage, painted } from './hosts.mjs';

const skip = demoMissing() ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** A site as the command writes it: the demo, or other sources. */
function written(t, sources = undefined) {
  const { folder } = makeSite(t, {}, { shell: false });
  const source = sources ? makeSite(t, sources, { shell: false }).folder : CONTENT;
  execFileSync(COMMAND, [
    'build',
    '--source',
    source,
    '--destination',
    folder,
    '--shell',
    DIST,
    '--quiet',
  ]);
  return { folder, read: (path) => readFileSync(join(folder, path), 'utf8') };
}
const PICTURE = /\n<svg class="globe__still"[^]*?<\/svg>/g;
const SIZES = [
  { width: 1440, height: 1000 },
  { width: 390, height: 844 },
];
const boxOf = async (page, selector) => {
  const { x, y, width, height } = await page.locator(selector).first().boundingBox();
  return { x, y, width, height };
};

test(
  'without scripts the picture shows, centred, in the colours of the scheme, with the list below',
  { skip },
  async (t) => {
    const server = await host(t, written(t).folder);
    for (const viewport of SIZES) {
      const seen = [];
      for (const colorScheme of ['light', 'dark']) {
        const { page } = await openPage(t, browser, {
          viewport,
          colorScheme,
          javaScriptEnabled: false,
        });
        await page.goto(`${server.url}travel/`);
        const picture = page.getByRole('img', { name: /^stops 64 countries/ });
        assert.equal(await picture.count(), 1);
        const [still, globe, list, facts] = [
          await boxOf(page, '.globe__still'),
          await boxOf(page, 'meridian-globe'),
          await boxOf(page, '.stops'),
          await boxOf(page, '.globe__facts'),
        ];
        assert.ok(
          still.width > Math.min(globe.width - 60, 500) && Math.abs(still.width - still.height) < 1,
          JSON.stringify(still),
        );
        assert.ok(
          Math.abs(2 * still.x + still.width - 2 * globe.x - globe.width) < 3,
          JSON.stringify([still, globe]),
        );
        assert.ok(
          facts.y + facts.height <= still.y &&
            still.y + still.height <= list.y &&
            list.height > 1000,
          JSON.stringify([facts, still, list]),
        );
        assert.equal(await page.locator('.stops > li').count(), 64);
        // Every paint is a colour; none is the black of an invalid value.
        const inks = await page.evaluate(() =>
          [...document.querySelectorAll('.globe__still :is(path, circle, g)')].flatMap((part) => {
            const { fill, stroke } = getComputedStyle(part);
            return [fill, stroke].filter((ink) => ink !== 'none');
          }),
        );
        assert.ok(inks.length > 12 && !inks.includes('rgb(0, 0, 0)'), inks.join());
        seen.push(inks.join());
      }
      assert.notEqual(seen[0], seen[1]);
    }
  },
);

test('the picture equals the live globe’s first view, and is small', { skip }, async (t) => {
  const site = written(t);
  const [svg] = site.read('travel/index.html').match(PICTURE);
  t.diagnostic(`${svg.length} bytes, ${gzipSync(svg, { level: 9 }).length} compressed`);
  assert.ok(gzipSync(svg, { level: 9 }).length < 8192);
  assert.match(svg, /aria-label="stops 64 countries \/ regions \d+ ?"/);
  const server = await host(t, site.folder);
  const { page } = await openPage(t, browser, { viewport: SIZES[0] });
  // In the size that the picture was made for, so that clusters are the same.
  await page.goto(`${server.url}travel/`);
  await page.addStyleTag({ content: 'meridian-globe::part(stage) { inline-size: 538px }' });
  await page.waitForSelector('meridian-globe[ready]');
  await page.waitForFunction(
    () => document.querySelector('meridian-globe').view.frame.canvas.width === 538,
  );
  await painted(page);
  const live = await page.evaluate(() => {
    const { sphere } = document.querySelector('meridian-globe').view;
    const points = [];
    const { pointXy, pointSize } = sphere.seen;
    for (let i = 0; i < sphere.points; i++)
      points.push([pointXy[2 * i], pointXy[2 * i + 1], pointSize[i]]);
    return points;
  });
  const still = [...svg.matchAll(/<circle cx="(\d+)" cy="(\d+)" r="(\d+)"/g)]
    .slice(2)
    .map(([, x, y]) => [x / 2, y / 2]);
  const [dots] = /d="([^"]+)" stroke="var\(--meridian-globe-marker/.exec(svg).slice(1);
  let [x, y] = [0, 0];
  for (const [, dx, dy] of dots.matchAll(/m(-?\d+) ?(-?\d+)h0/g))
    still.push([(x += +dx) / 2, (y += +dy) / 2]);
  assert.equal(still.length, live.length);
  for (const [a, b] of live)
    assert.ok(
      still.some(([p, q]) => Math.hypot(p - a, q - b) < 0.6),
      `${a} ${b}`,
    );
  const sizes = [...svg.matchAll(/<text x="\d+" y="\d+">(\d+)<\/text>/g)].map(([, size]) => +size);
  assert.deepEqual(
    sizes.sort(),
    live
      .map(([, , size]) => size)
      .filter((size) => size > 1)
      .sort(),
  );
});

test(
  'a written page’s globe becomes live with the written files, in the place of its picture',
  { skip },
  async (t) => {
    const server = await host(t, written(t).folder);
    for (const viewport of [...SIZES, { width: 800, height: 900 }]) {
      const { page, lines } = await openPage(t, browser, { viewport });
      let go = () => {};
      const later = new Promise((resolve) => (go = resolve));
      await page.route('**/globe.js', async (route) => (await later, route.continue()));
      await page.goto(`${server.url}travel/`, { waitUntil: 'commit' });
      await page.waitForSelector('meridian-globe .globe__still');
      await page.waitForFunction(
        () =>
          document.querySelector('.stops li:nth-child(64)') &&
          document.fonts.status === 'loaded' &&
          document.styleSheets.length > 1,
      );
      await painted(page);
      assert.equal(await page.evaluate(() => Boolean(customElements.get('meridian-globe'))), false);
      const [still, list] = [await boxOf(page, '.globe__still'), await boxOf(page, '.stops')];
      go();
      await page.waitForSelector('meridian-globe[ready]');
      await painted(page);
      const [canvas, then] = [
        await boxOf(page, 'meridian-globe canvas'),
        await boxOf(page, '.stops'),
      ];
      for (const side of ['x', 'y', 'width', 'height'])
        assert.ok(
          Math.abs(still[side] - canvas[side]) < 1.5,
          `${viewport.width} ${side}: ${JSON.stringify([still, canvas])}`,
        );
      for (const side of ['x', 'y', 'width'])
        assert.ok(
          Math.abs(list[side] - then[side]) < 3,
          `${viewport.width} ${side}: ${JSON.stringify([list, then])}`,
        );
      assert.equal(await page.locator('.globe__still').isVisible(), false);
      assert.equal(await page.getByRole('img', { name: /A globe/ }).count(), 0);
      assert.deepEqual(lines, []);
    }
  },
);

test('where the globe can’t be loaded its picture stays', { skip }, async (t) => {
  const server = await host(t, written(t).folder);
  const { page } = await openPage(t, browser, { viewport: SIZES[0] });
  await page.route('**/globe.wasm', (route) => route.abort());
  await page.goto(`${server.url}travel/`);
  await page.getByText(/The globe could not be loaded/).waitFor();
  const still = await boxOf(page, '.globe__still');
  assert.ok(
    (await page.locator('.globe__still').isVisible()) &&
      still.width > 400 &&
      still.height === still.width,
    JSON.stringify(still),
  );
});

test('except for the picture the written element equals the live one', { skip }, async (t) => {
  const source = written(t).read('travel/index.html');
  const element = /<meridian-globe[^]*?<\/meridian-globe>/.exec(source)[0];
  assert.equal(element.match(PICTURE).length, 1);
  const demo = makeSite(t, CONTENT, {
    meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
  });
  demo.put(
    'meridian.json',
    execFileSync(COMMAND, ['index', '--source', demo.root, '--output', '-', '--quiet']),
  );
  const server = await host(t, demo.folder);
  const { page } = await openPage(t, browser);
  await page.route('**/globe.js', (route) => route.abort());
  await page.goto(`${server.url}travel/`);
  await page.waitForSelector('meridian-globe .stops li:nth-child(64)');
  const [live, still] = await page.evaluate(
    (html) => {
      const made = document.createElement('template');
      made.innerHTML = html;
      return [document.querySelector('meridian-globe').outerHTML, made.innerHTML];
    },
    element.replace(PICTURE, ''),
  );
  assert.equal(live, still);
});

test(
  'elements in a page’s own HTML: a picture for those whose stops are known, in their requested view',
  { skip },
  (t) => {
    const stops =
      '<ul><li data-lon="10" data-lat="50" data-code="de">A &amp; <i>B</i></li><li data-lon="-70" data-lat="-20"><b title="a > b">C "d"</b> D</li></ul>';
    const page = (inner, attributes = '') =>
      `<meridian-globe${attributes}>${inner}</meridian-globe>`;
    const site = written(t, {
      '_config.yml': 'title: T\n',
      'index.html': `---\nlayout: null\n---\n<link href="/meridian/theme.css"><!-- ${page(stops)} --><script>'${page(stops)}'</script>${[
        page(stops, ' id="plain"'),
        page(stops, ' arcs=none labels=\'none\' shade="none"'),
        page(stops, ' center="0,0" data-picture=\'A "b" & c\''),
        page('<li>Berlin</li>'),
        page('', ' src="travel.csv"'),
        page(`<svg slot="still"></svg>${stops}`),
        page('<p>None</p>'),
        '<meridian-globe><li data-lon="1" data-lat="2">End',
      ].join('\n')}`,
    });
    const html = site.read('index.html');
    const parts = html.split('<meridian-globe').slice(3);
    assert.deepEqual(
      parts.map((part) => (part.match(PICTURE) ?? []).length),
      [1, 1, 1, 0, 0, 0, 0, 1],
    );
    assert.match(parts[0], /^ id="plain">\n<svg/);
    assert.match(
      parts[0],
      /aria-label="A globe with 2 stops".*--meridian-globe-visited.*--meridian-globe-arc.*>A &amp; B<\/text>/,
    );
    assert.doesNotMatch(parts[1], /-(arc|visited|label),/);
    assert.match(parts[2], /aria-label="A &quot;b&quot; & c"/);
    assert.equal(html.replace(PICTURE, '').match(/<meridian-globe/g).length, 10);
  },
);
