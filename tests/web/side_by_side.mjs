// Every kind of page, the globe, the playground and the card in each engine, side by side, at four
// widths, light and dark: pictures to look at, and how far the engines are apart. Fonts are pinned.
//
//   node tests/web/side_by_side.mjs FOLDER [WORD …]    writes a picture of each state whose name
//                                                      has these words, prints what differs
//
// Differences are those of states.mjs, from the first engine of the row: edges of the main parts,
// cells of the picture.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL, engines } from './engines.mjs';
import { differences, finish, look, screens } from './states.mjs';
import { PAGES } from './states/site.mjs';

const SIZES = [
  [1440, 1300],
  [820, 1180],
  [390, 844],
  [320, 640],
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

/** What is looked at, by screen: states of any size. */
const KINDS = {
  card: [{ name: 'card' }],
  globe: [{ name: 'live' }],
  playground: [{ name: 'a page' }],
  site: [
    ...Object.entries(PAGES).map(([name, at]) => ({ name, at })),
    { name: 'no such page', at: 'no/such/page/' },
    { name: 'right to left', site: 'arabic' },
    { name: 'a plain folder', site: 'folder', at: 'docs/hardware/sensors/calibration/two-point' },
  ],
};

/** A picture with all of these beside each other, under their names. */
async function joined(page, found) {
  const figures = found.map(
    ({ name, png }) =>
      `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`,
  );
  await page.setContent(
    `<!doctype html><style>body { display: flex; gap: 8px; margin: 0; width: max-content; background: #808 } figure { margin: 0; font: 16px sans-serif; color: #fff } img { display: block }</style>${figures.join('')}`,
  );
  return page.locator('body').screenshot();
}

const [folder, ...words] = process.argv.slice(2);
if (!folder) throw new Error('node tests/web/side_by_side.mjs FOLDER [WORD …]');
mkdirSync(folder, { recursive: true });
const closing = [];
const t = { after: (act) => closing.push(act) };
const there = engines(t.after, {}, ALL).filter(({ missing }) => !missing);
const desk = await (await there[0].browser()).newPage();
for (const screen of await screens())
  for (const kind of KINDS[screen.name])
    for (const [width, height] of SIZES)
      for (const scheme of SCHEMES) {
        const state = { ...kind, width, height, scheme };
        const name = `${screen.name} ${kind.name} ${width} ${scheme}`;
        if (!words.every((word) => name.includes(word))) continue;
        const found = [];
        for (const { name, browser } of there)
          try {
            found.push({
              name,
              ...(await look(t, await browser(), screen, state, { whole: true })),
            });
          } catch (error) {
            console.log(`${screen.name} ${state.name}: ${name}: ${error.message}`);
          }
        const told = found.flatMap((one, at) => [
          ...one.wrong.map((text) => `${one.name}: ${text}`),
          // Without the cells of the picture, which is there to look at.
          ...(at ? differences(one, found[0]) : []).map(
            (text) => `${one.name}: ${text.split('\n')[0]}`,
          ),
        ]);
        console.log(`${name}${told.length ? `\n  ${told.join('\n  ')}` : ''}`);
        const file = `${name}.png`.replace(/[^\w.]+/g, '-');
        writeFileSync(join(folder, file), await joined(desk, found));
      }
for (const act of closing.reverse()) await act();
await finish();
