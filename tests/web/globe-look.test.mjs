// The globe's appearance: buttons cover nothing, nothing is cut off, and water, land and visited
// land differ in every colour scheme, on the canvas and in the still picture before it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, print } from './browser.mjs';
import { CONTENT, demo, demoMissing } from './demo.mjs';
import { COMMAND, DIST, PROJECT, host, makeSite, noBrowser, openPage } from './hosts.mjs';

const skip = demoMissing() ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const WIDTHS = [1440, 820, 390, 320];

/** Opens a page whose globe is ready, with its buttons and its countries. */
async function ready(page, url) {
  await page.goto(url);
  await page.waitForSelector('meridian-globe[ready]');
  await page.evaluate(async () => void (await document.querySelector('meridian-globe').handle()));
  await page.waitForFunction(() => {
    const globe = document.querySelector('meridian-globe');
    return globe.view.countries || !globe.stops.some(({ code }) => code);
  });
}

/**
 * Overlaps in many views: labels and legs outside of the picture, buttons over the picture or the
 * numbers.
 * @param {import('playwright-core').Page} page
 */
const misplaced = (page) =>
  page.evaluate(() => {
    const globe = document.querySelector('meridian-globe');
    const { view, stops } = globe;
    const { sphere, frame } = view;
    const found = new Set();
    const boxOf = (element) => element.getBoundingClientRect();
    const buttons = [...frame.controls.querySelectorAll('button')]
      .map((button) => [button.getAttribute('aria-label'), boxOf(button)])
      .filter(([, { width }]) => width);
    if (buttons.length < 4) found.add('there are no buttons');
    const stage = boxOf(frame.stage);
    const onPicture = { left: 0, top: 0, right: stage.width, bottom: stage.height };
    const meet = (a, b) =>
      a.left < b.right - 0.5 &&
      b.left < a.right - 0.5 &&
      a.top < b.bottom - 0.5 &&
      b.top < a.bottom - 0.5;
    const numbers = document.createRange();
    numbers.selectNodeContents(globe.querySelector('.globe__facts') ?? frame.stats);
    const parts = { picture: stage, numbers: boxOf(numbers), hint: boxOf(frame.hint) };
    for (const [label, box] of buttons) {
      for (const [name, part] of Object.entries(parts))
        if (part.width && meet(box, part)) found.add(`“${label}” lies on the ${name}`);
      if (box.left < boxOf(globe).left || box.right > boxOf(globe).right)
        found.add(`“${label}” leaves the globe’s card`);
      if (Math.min(box.width, box.height) < 24) found.add(`“${label}” is too small for a finger`);
    }
    const check = (what, left, top, right, bottom) => {
      const { left: l, top: t, right: r, bottom: b } = onPicture;
      if (left < l || top < t || right > r || bottom > b) found.add(`${what} is cut off`);
      const box = {
        left: left + stage.left,
        top: top + stage.top,
        right: right + stage.left,
        bottom: bottom + stage.top,
      };
      for (const [label, button] of buttons)
        if (meet(box, button)) found.add(`${what} is under “${label}”`);
    };
    // The layer of the legs, in 32-bit words, as sphere.js has it.
    const [LAYER, LEGS] = [30, 11];
    for (const zoom of [1, 1.7, 6])
      for (let lon = -180; lon < 180; lon += 40)
        for (const lat of [-60, 0, 45]) {
          sphere.turn(lon, lat);
          view.scale(zoom);
          sphere.setDrawing(view.close, 60, true);
          sphere.frame();
          const { labelXy, labelStop, words, xy, ends } = sphere.seen;
          for (let i = 0; i < sphere.labels; i++) {
            const { name } = stops[labelStop[i]];
            const [x, y] = [labelXy[2 * i], labelXy[2 * i + 1]];
            const half = 8;
            check(
              `“${name}”`,
              x - 1.5,
              y - half,
              x + view.pen.measureText(name).width + 1.5,
              y + half,
            );
          }
          // After zooming in, the picture is a part of the sphere.
          const first = zoom === 1 ? words[LAYER + LEGS] : 0;
          for (
            let at = first ? ends[first - 1] : 0;
            first && at < ends[words[LAYER + LEGS + 1] - 1];
            at++
          )
            check('a leg', xy[2 * at] - 1, xy[2 * at + 1] - 1, xy[2 * at] + 1, xy[2 * at + 1] + 1);
        }
    view.scale(1);
    return [...found];
  });

/** The same with the menu of picture formats open. */
async function isInPlace(page, where) {
  assert.deepEqual(await misplaced(page), [], where);
  const row = await page.locator('meridian-globe .controls').boundingBox();
  await page.locator('meridian-globe button[aria-expanded]').click();
  assert.deepEqual(await misplaced(page), [], `${where}, with the formats of a picture`);
  const then = await page.locator('meridian-globe .controls').boundingBox();
  assert.ok(
    Math.abs(then.height - row.height) < 1 && then.width <= row.width + 1,
    `${where}: ${JSON.stringify([row, then])}`,
  );
}

// Legs of up to half a great circle, which have the highest arcs.
const FAR = [
  [0, 60, 'Northern end of the way'],
  [179, -59, 'Southern end'],
  [90, 0, 'East'],
  [-90, 1, 'West'],
  [0, 80, 'Near the pole'],
  [-170, 70, 'Far'],
  [10, -75, 'The south'],
]
  .map(([lon, lat, name]) => `<li data-lon="${lon}" data-lat="${lat}">${name}</li>`)
  .join('');
const bare = (attributes) =>
  `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>T</title><meridian-globe ${attributes}><ol>${FAR}</ol></meridian-globe><script type="module" src="/meridian/globe.js"></script></html>`;

test(
  'no label and no leg is cut off or covered, and no button covers the picture or the numbers',
  { skip },
  async (t) => {
    const site = demo(t);
    site.put('bare.html', bare(''));
    site.put('none.html', bare('stats="none" list="none"'));
    const server = await host(t, site.folder);
    for (const width of WIDTHS) {
      const { page } = await openPage(t, browser, { viewport: { width, height: 900 } });
      for (const path of [
        'travel/',
        ...(width === 1440 || width === 390 ? ['bare.html', 'none.html'] : []),
      ]) {
        await ready(page, server.url + path);
        await isInPlace(page, `${path} at ${width}`);
      }
    }
  },
);

// Places in the demo's first view, each far from coasts, labels and legs: λ, φ.
const SPOTS = { water: [-45, 12], land: [15, 28], visited: [-104, 44], ice: [-42, 74] };

/**
 * Where the places are in the picture, as shares of its size.
 * @param {import('playwright-core').Page} page
 */
const spotsOf = (page) =>
  page.evaluate((spots) => {
    const { sphere } = document.querySelector('meridian-globe').view;
    const size = sphere.get('width');
    return Object.entries(spots).map(([name, [lon, lat]]) => {
      let [best, at] = [Infinity, [0, 0]];
      for (let x = 0; x < size; x += 2)
        for (let y = 0; y < size; y += 2) {
          const [l, p, hit] = sphere.place(x, y);
          const apart = Math.hypot((l - lon) * Math.cos((lat * Math.PI) / 180), p - lat);
          if (hit && apart < best) [best, at] = [apart, [x / size, y / size]];
        }
      return [name, at, best];
    });
  }, SPOTS);

/** The colour at each place: the most frequent one of the pixels around it. */
async function coloursOf(page, selector, spots) {
  const png = await page.locator(selector).first().screenshot();
  return page.evaluate(
    async ([data, spots]) => {
      // The page's policy forbids to fetch blob: addresses.
      const bitmap = await createImageBitmap(
        new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]),
      );
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      pen.drawImage(bitmap, 0, 0);
      return Object.fromEntries(
        spots.map(([name, [x, y]]) => {
          const { data } = pen.getImageData(
            Math.round(x * bitmap.width) - 4,
            Math.round(y * bitmap.height) - 4,
            9,
            9,
          );
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            const key = [data[i], data[i + 1], data[i + 2]].join();
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          return [
            name,
            [...counts]
              .sort((a, b) => b[1] - a[1])[0][0]
              .split(',')
              .map(Number),
          ];
        }),
      );
    },
    [png.toString('base64'), spots],
  );
}

/** Contrast ratio of two colours (WCAG 2). */
const contrast = (...two) => {
  const light = ([r, g, b]) =>
    [
      [r, 0.2126],
      [g, 0.7152],
      [b, 0.0722],
    ].reduce(
      (sum, [v, part]) =>
        sum + part * (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4),
      0.05,
    );
  const [a, b] = two.map(light).sort((a, b) => b - a);
  return a / b;
};

/**
 * Water, land and visited land differ in lightness alone; in colour, water is blue and land is not.
 */
function isMap({ water, land, visited, ice }, where, colours = true) {
  const said = `${where}: ${JSON.stringify({ water, land, visited })}`;
  assert.deepEqual(ice, land, `land is one colour, ${said}`);
  for (const [what, least, ...two] of [
    ['land and water', 1.2, land, water],
    ['visited and other land', 1.5, visited, land],
    ['visited land and water', 1.3, visited, water],
  ]) {
    const found = contrast(...two);
    assert.ok(found >= least, `${what}: a contrast of ${found.toFixed(2)}, ${said}`);
  }
  if (!colours) return;
  assert.ok(
    water[2] > water[1] && water[1] > water[0] && water[2] - water[0] > 24,
    `water is blue, ${said}`,
  );
  assert.ok(land[2] <= land[0], `land is not blue, ${said}`);
  assert.ok(visited[0] - visited[2] > 40, `visited land is warm, ${said}`);
}

const LOOKS = [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
  { colorScheme: 'light', media: 'print' },
  { colorScheme: 'dark', media: 'print' },
];

test(
  'water is blue and visited land is warm in every scheme and in print; the still picture has the same colours at the same places',
  { skip },
  async (t) => {
    const { folder } = makeSite(t, {}, { shell: false });
    execFileSync(COMMAND, [
      'build',
      '--source',
      CONTENT,
      '--destination',
      folder,
      '--shell',
      DIST,
      '--quiet',
    ]);
    const server = await host(t, folder);
    const { page } = await openPage(t, browser, { viewport: { width: 1440, height: 1000 } });
    await ready(page, `${server.url}travel/`);
    const spots = await spotsOf(page);
    for (const [name, , apart] of spots)
      assert.ok(apart < 2, `${name} is seen in the first view: ${apart}`);
    const { page: before } = await openPage(t, browser, {
      viewport: { width: 1440, height: 1000 },
    });
    await before.route('**/globe.js', (route) => route.abort());
    await before.goto(`${server.url}travel/`);
    await before.waitForSelector('.globe__still');
    const seen = [];
    for (const look of LOOKS) {
      const where = Object.values(look).join(', ');
      const media = { colorScheme: 'light', forcedColors: 'none', media: 'screen', ...look };
      for (const one of [page, before]) {
        await one.emulateMedia(media);
        await one.evaluate(
          () =>
            new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        );
      }
      const [live, still] = [
        await coloursOf(page, 'meridian-globe canvas', spots),
        await coloursOf(before, '.globe__still', spots),
      ];
      isMap(live, `live, ${where}`, !look.forcedColors);
      assert.deepEqual(still, live, `the still picture and the live globe, ${where}`);
      seen.push(String(live.water));
    }
    const [light, dark, , , ...paper] = seen;
    assert.notEqual(light, dark);
    assert.deepEqual(paper, [light, light], 'paper is light, whatever the screen is');
  },
);

test('a printed globe and a saved picture have these colours', { skip }, async (t) => {
  const server = await host(t, demo(t).folder);
  const { page } = await openPage(t, browser, {
    viewport: { width: 1440, height: 1000 },
    colorScheme: 'dark',
  });
  await ready(page, `${server.url}travel/`);
  const spots = await spotsOf(page);
  const dark = await coloursOf(page, 'meridian-globe canvas', spots);
  const svg = await page.evaluate(() => document.querySelector('meridian-globe').toSVG());
  for (const ink of [dark.water, dark.land, dark.visited])
    assert.ok(svg.includes(`fill="rgb(${ink.join(', ')})"`), `${ink} in the SVG`);
  // The canvas is read when the globe has heard that the page is printed: its listener is older.
  await page.evaluate((spots) => {
    matchMedia('print').addEventListener(
      'change',
      () => {
        globalThis.onPaper = Object.fromEntries(
          spots.map(([name, [x, y]]) => {
            const { canvas } = document.querySelector('meridian-globe').view.frame;
            return [
              name,
              [
                ...canvas
                  .getContext('2d')
                  .getImageData(x * canvas.width, y * canvas.height, 1, 1)
                  .data.slice(0, 3),
              ],
            ];
          }),
        );
      },
      { once: true },
    );
  }, spots);
  await print(page);
  const onPaper = await page.evaluate(() => globalThis.onPaper);
  isMap({ ...onPaper, ice: onPaper.land }, 'printed from a dark page');
  assert.ok(contrast(onPaper.water, [255, 255, 255]) < 2, `paper is light: ${onPaper.water}`);
  await page.waitForFunction(() => !document.querySelector('meridian-globe').view.waiting);
  assert.deepEqual(
    await coloursOf(page, 'meridian-globe canvas', spots),
    dark,
    'dark again after it',
  );
});

test('the still picture uses the element’s custom properties for its colours', () => {
  const read = (path) => readFileSync(join(PROJECT, path), 'utf8');
  const inks = Object.fromEntries(
    [...read('web/globe/painter.js').matchAll(/^ {2}(\w+): '(light-dark\(.+?\))',$/gm)].map(
      ([, name, ink]) => [name, ink.replaceAll(' ', '')],
    ),
  );
  const still = [...read('core/geo/still.cpp').matchAll(/\{"(\w+)",\s*"(light-dark[^"]+)"\}/g)];
  assert.equal(still.length, 11);
  for (const [, name, ink] of still) assert.equal(ink, inks[name], name);
});
