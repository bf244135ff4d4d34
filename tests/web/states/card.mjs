// The profile card in a foreign page: its sizes, loading and failed, and with too much content.

import { PERSON, OPEN, written } from '../profiles.mjs';
import { DIST, host } from '../hosts.mjs';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const named = (/** @type {string} */ name, /** @type {string} */ more) => ({
  ...PERSON,
  '_config.yml': PERSON['_config.yml']
    .replace('Ada Lovelace', name)
    .replace('Analyst, *and* metaphysician.', more)
    .replace('London', more.slice(0, 80)),
});
const PEOPLE = {
  ada: PERSON,
  long: named(`${LONG} ${LONG}`, `${LONG} ${LONG} ${LONG}`),
  arabic: named('محمد بن عبد الله بن بطوطة', 'رحالة ومؤرخ وقاض من طنجة'),
  hostile: {
    ...PERSON,
    'index.md': `---\ntitle: Home\n---\n\n# News\n\n${Array.from({ length: 400 }, (_, at) => `- ${at} ${LONG}`).join('\n')}\n\n| ${`${LONG} | `.repeat(8)}\n|${'---|'.repeat(8)}\n| ${'1 | '.repeat(8)}\n`,
  },
};
const SHOW = 'news publications:5';
const card = (show = '', more = '') =>
  `<meridian-profile src="{site}" ${show && `show="${show}"`} ${more}><a href="{site}">Ada Lovelace</a></meridian-profile>`;
const there = (/** @type {import('playwright-core').Page} */ page) =>
  page.locator('meridian-profile .p-name').first().waitFor();
const turned = async (/** @type {import('playwright-core').Page} */ page) => {
  await page.waitForSelector('meridian-profile meridian-globe[ready]');
  await page.evaluate(
    async () =>
      void (await document
        .querySelector('meridian-profile')
        .shadowRoot.querySelector('meridian-globe')
        .handle()),
  );
};

/** @type {import('../states.mjs').Screen} */
export const screen = {
  name: 'card',
  parts: {
    card: 'meridian-profile',
    name: '.p-name',
    face: '.face',
    bio: '.bio',
    links: '.links',
    more: '.more',
    list: '.list',
    section: '.html',
    globe: 'meridian-globe',
    stage: '.stage',
    controls: '.controls',
    after: '.after',
  },
  within: [
    [
      'card',
      'name',
      'face',
      'bio',
      'links',
      'more',
      'list',
      'section',
      'globe',
      'stage',
      'controls',
    ],
    ['more', 'list', 'section', 'globe', 'stage', 'controls'],
    ['globe', 'stage', 'controls', 'list'],
    ['list', 'stage', 'controls'],
  ],
  async share(t) {
    /** @type {Set<string>} */
    const silent = new Set(['/silent/profile.json']);
    const people = Object.fromEntries(
      await Promise.all(
        Object.entries(PEOPLE).map(async ([name, sources]) => [
          name,
          await host(t, written(t, sources), {
            headers: OPEN,
            answer: (request, response, path) =>
              silent.has(path) ||
              (path.startsWith('/refused/') && (response.writeHead(403, OPEN).end(), true)),
          }),
        ]),
      ),
    );
    const shell = await host(t, DIST, {
      headers: OPEN,
      answer: (request, response, path) => {
        if (path !== '/lab/') return false;
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(decodeURIComponent(new URL(request.url, 'http://x').search.slice(1)));
        return true;
      },
    });
    return { people, shell };
  },
  async open({ page, state, shared: { people, shell } }) {
    const body = (state.body ?? card(SHOW)).replaceAll('{site}', people[state.person ?? 'ada'].url);
    const text = `<!DOCTYPE html><html lang="en"${state.dir ? ' dir="rtl"' : ''}><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lab</title><link rel="icon" href="data:,"><style>:root { color-scheme: light dark } body { margin: 1rem; font: 16px/1.5 state-ui; ${state.style ?? ''} }</style><body><p>Text of the page before it.</p>${body}<p class="after">Text of the page behind it.</p><script type="module" src="/meridian/profile.js"></script>`;
    await page.goto(`${shell.url}lab/?${encodeURIComponent(text)}`);
    await (state.ready ?? there)(page);
  },
  states: [
    ...[115, 200, 320, 430, 700, 1000].map((width) => ({
      name: `${width} wide`,
      width: width + 32,
      height: 700,
    })),
    { name: '700 wide, dark', width: 732, height: 700, scheme: 'dark' },
    { name: 'with nothing beside it', width: 732, height: 400, body: card() },
    {
      name: 'in a line of text',
      width: 732,
      height: 400,
      body: `<p>Written by ${card('', 'size="inline"')} in 1843.</p>`,
    },
    { name: 'full', width: 732, height: 700, body: card(SHOW, 'size="full"') },
    ...[732, 390].map((width) => ({
      name: `waiting, ${width}`,
      width,
      height: 500,
      body: card(SHOW).replace('{site}"', '{site}silent/"'),
      ready: (/** @type {any} */ page) =>
        page.waitForFunction(() => document.querySelector('meridian-profile')?.shadowRoot),
    })),
    ...[732, 390].map((width) => ({
      name: `refused, ${width}`,
      width,
      height: 500,
      body: card(SHOW).replace('{site}"', '{site}refused/"'),
      ready: (/** @type {any} */ page) => page.locator('meridian-profile[title]').waitFor(),
    })),
    ...[732, 352, 232].map((width) => ({
      name: `very long words, ${width - 32} wide`,
      width,
      height: 900,
      person: 'long',
    })),
    ...[732, 352].map((width) => ({
      name: `right to left, ${width - 32} wide`,
      width,
      height: 700,
      person: 'arabic',
      dir: 'rtl',
    })),
    { name: 'a section without end, 732', width: 732, height: 1000, person: 'hostile' },
    {
      name: 'a section without end, 390, dark',
      width: 390,
      height: 1000,
      scheme: 'dark',
      person: 'hostile',
    },
    { name: 'with a globe, 732', width: 732, height: 1100, body: card('globe'), act: turned },
    {
      name: 'with a globe, 390, dark',
      width: 390,
      height: 1100,
      scheme: 'dark',
      body: card('globe'),
      act: turned,
    },
  ],
};
