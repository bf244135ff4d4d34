// The travel globe: live, as the still picture before it, without stops, with one, with thousands,
// and where it fails.

import { execFileSync } from 'node:child_process';
import { CONTENT, demo } from '../demo.mjs';
import { COMMAND, DIST, host, makeSite } from '../hosts.mjs';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const many = Array.from(
  { length: 4000 },
  (_, at) =>
    `<li data-lon="${((at * 137) % 360) - 180}" data-lat="${((at * 61) % 170) - 85}"><b>Stop ${at}</b></li>`,
).join('');
const LISTS = {
  none: '',
  one: '<li data-lon="13.4" data-lat="52.5" data-code="DE" data-country="Germany"><b>Berlin</b></li>',
  many,
  long: `<li data-lon="0" data-lat="20"><b>${'Donaudampfschifffahrts'.repeat(6)}</b></li><li data-lon="60" data-lat="-20"><b>${'Gesellschaft '.repeat(12)}</b></li>`,
};
const page = (list) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>T</title><link rel="icon" href="data:,"><style>:root { color-scheme: light dark } body { margin: 1rem; font: 16px/1.5 state-ui } ol { padding-block: 1px }</style><meridian-globe><ol>${list}</ol></meridian-globe><script type="module" src="/meridian/globe.js"></script></html>`;
const twice = (name, more) => [
  { name, ...DESK, ...more },
  { name: `${name}, phone, dark`, ...PHONE, scheme: 'dark', ...more },
];
const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();

const ready = async (/** @type {import('playwright-core').Page} */ page) => {
  await page.waitForSelector('meridian-globe[ready]');
  await page.evaluate(async () => void (await document.querySelector('meridian-globe').handle()));
  await page.waitForFunction(() => {
    const { view } = document.querySelector('meridian-globe');
    return view.countries || !view.stops.some(({ code }) => code);
  });
};
const chosen = (page) =>
  page.evaluate(async () => void (await document.querySelector('meridian-globe').flyTo(39)));

/** @type {import('../states.mjs').Screen} */
export const screen = {
  name: 'globe',
  parts: {
    globe: 'meridian-globe',
    numbers: '.globe__facts, .stats',
    stage: '.stage',
    still: '.globe__still',
    tip: '.tip',
    controls: '.controls',
    hint: '.hint',
    journey: '.journey',
    list: '.list',
    stops: '.stops',
  },
  within: [
    ['globe', 'numbers', 'stage', 'still', 'tip', 'controls', 'hint', 'journey', 'list', 'stops'],
    ['stage', 'still', 'tip'],
    ['list', 'stops'],
    ['tip', 'numbers', 'still'],
    ['numbers', 'stops'],
  ],
  async share(t) {
    const site = demo(t);
    for (const [name, list] of Object.entries(LISTS)) site.put(`${name}.html`, page(list));
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
    const [live, written] = await Promise.all([host(t, site.folder), host(t, folder)]);
    return { live, written };
  },
  async open({ context, page, state, shared }) {
    for (const pattern of state.lost ?? []) await context.route(pattern, abort);
    await page.goto(shared[state.written ? 'written' : 'live'].url + (state.at ?? 'travel/'));
    await (state.ready ?? ready)(page);
    await page.evaluate(() =>
      document
        .querySelector('meridian-globe')
        .scrollIntoView({ block: 'start', behavior: 'instant' }),
    );
  },
  states: [
    ...twice('live'),
    { name: 'live, tablet', width: 820, height: 1180 },
    ...twice('a stop is chosen', { act: chosen }),
    ...twice('the journey', {
      act: async (page) => {
        await page.evaluate(async () => {
          const globe = document.querySelector('meridian-globe');
          await globe.play();
          await globe.pause();
        });
      },
    }),
    ...twice('formats of a picture', {
      act: (page) => page.locator('meridian-globe button[aria-expanded]').click(),
    }),
    ...twice('the still picture', {
      written: true,
      lost: ['**/globe.js*'],
      ready: (page) => page.waitForSelector('.globe__still'),
    }),
    ...twice('its land does not come', {
      lost: ['**/land-110m.bin*'],
      ready: (page) =>
        page.waitForFunction(
          () => document.querySelector('meridian-globe')?.frame?.hint.textContent,
        ),
    }),
    ...twice('its land does not come, with the still picture', {
      written: true,
      lost: ['**/land-110m.bin*'],
      ready: (page) =>
        page.waitForFunction(
          () => document.querySelector('meridian-globe')?.frame?.hint.textContent,
        ),
    }),
    ...['none', 'one', 'many', 'long'].flatMap((list) =>
      twice(
        { none: 'no stops', one: 'one stop', many: 'four thousand stops', long: 'very long names' }[
          list
        ],
        { at: `${list}.html` },
      ),
    ),
  ],
};
