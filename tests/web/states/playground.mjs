// The playground's page, and its element in a foreign page.

import { DIST, host } from '../hosts.mjs';

const PHONE = { width: 390, height: 844 };
const page = (title, text, more = '') =>
  `---\nlayout: single\ntitle: ${title}\n${more}---\n\n${text}\n`;
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const NOTE = {
  title: 'A note',
  trusted: true,
  open: 'index.md',
  files: {
    '_config.yml': 'title: T\n',
    'index.md': page('A note', 'Some text. '.repeat(40)),
    'docs/other.md': page('Other', 'Text.'),
    'data/people.yml': '- A\n- B\n',
  },
};
const FOREIGN = {
  ...NOTE,
  title: 'From elsewhere',
  trusted: false,
  files: {
    ...NOTE.files,
    'index.md': page(
      'Held',
      '<script>1</script>\n\n![a](https://a.example/1.png) ![b](https://b.example/2.png)',
    ),
  },
};
const LIQUID = page('A note', 'Text. {{ page.title | nothing: 1 }} {% include nowhere.html %}');
const YAML = '---\ntitle: Deep: a view\n  - wrong\n---\n\nText.\n';
const ARABIC = page('ملاحظة طويلة عن الطبيعة', 'نص '.repeat(60), 'lang: ar\ndir: rtl\n');
const LONGER = {
  title: `${LONG} ${LONG}`,
  trusted: true,
  open: `${LONG}/${LONG}/${LONG}.md`,
  files: {
    '_config.yml': 'title: T\n',
    [`${LONG}/${LONG}/${LONG}.md`]: page(
      LONG,
      `# ${LONG} ${LONG}\n\n{{ "x" | ${LONG} }}\n\n{% include ${LONG}.html %}`,
    ),
    'index.md': page('I', 'x'),
  },
};

const element = (tab) => tab.locator('meridian-playground');
const shown = (tab) => tab.frameLocator('iframe').locator('main').first();
/** Opens a project and waits for its page, or for a message in its place. */
async function project(tab, start) {
  await element(tab).evaluate(({ playground }, start) => playground.begin(start), start);
  await idle(tab);
}
/** In a page: its playground opens this project first, instead of the one that it comes with. */
const openFirst = (start) => {
  const define = customElements.define.bind(customElements);
  customElements.define = (name, kind, options) => {
    if (name === 'meridian-playground') {
      const { open } = kind.prototype;
      kind.prototype.open = function () {
        kind.prototype.open = open;
        return open.call(this, start);
      };
    }
    return define(name, kind, options);
  };
};
/** Waits until nothing is being drawn. */
const idle = (tab) =>
  tab.waitForFunction(() => {
    const playground = document.querySelector('meridian-playground')?.playground;
    return playground?.path && !playground.loop.rendering && playground.problems.count.textContent;
  });
const put = (tab, text, path = 'index.md') =>
  element(tab).evaluate(
    ({ playground }, [path, text]) => playground.project.put(path, text),
    [path, text],
  );
const stale = (tab) => tab.locator('.stale').waitFor();
const held = (tab) => tab.locator('.held p').first().waitFor();
const problem = (tab) => tab.locator('.probs li').first().waitFor({ state: 'attached' });
/** In a narrow place, the visible pane. */
const show = (tab, name) => tab.locator('.switch label', { hasText: name }).click();
const run = (tab, id) =>
  element(tab).evaluate(
    async ({ playground }, id) =>
      playground.run(
        (await import('/playground/playground.js'),
        playground.palette.choices().find((one) => one.id === id)),
      ),
    id,
  );
const about = (name) => async (tab) => tab.getByRole('tab', { name, exact: true }).click();

async function mistaken(tab) {
  await project(tab, NOTE);
  await shown(tab).waitFor();
  await put(tab, LIQUID);
  await stale(tab);
}
async function both(tab) {
  await project(tab, FOREIGN);
  await held(tab);
  await put(tab, FOREIGN.files['index.md'] + LIQUID.replace(/^---[^]*?---/, ''));
  await stale(tab);
}
async function many(tab) {
  await project(tab, {
    ...NOTE,
    open: 'index.md',
    files: {
      'index.md': page(
        'Many',
        Array.from({ length: 200 }, (_, at) => `{{ "x" | nothing${at} }}`).join('\n\n'),
      ),
    },
  });
  await problem(tab);
}
/** Stored projects, with fixed times. */
const keep = (titles) => (tab) =>
  tab.evaluate(
    (titles) =>
      new Promise((resolve) => {
        const request = indexedDB.open('meridian-playground', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('projects');
        request.onsuccess = () => {
          const transaction = request.result.transaction('projects', 'readwrite');
          titles.forEach((title, at) =>
            transaction.objectStore('projects').put(
              {
                revision: 'x',
                title,
                trusted: at % 2 === 0,
                touched: true,
                changed: 1.7e12 + at,
                used: at,
                count: at + 1,
                size: 7000 * at,
              },
              ['entry', String(at)],
            ),
          );
          transaction.oncomplete = () => (request.result.close(), resolve());
        };
      }),
    titles,
  );
const KEPT = ['Letters', 'Notes by the translator', `${LONG} ${LONG}`, 'ملاحظة', 'A CV'];
async function projects(tab, titles = KEPT) {
  await keep(titles)(tab);
  await run(tab, 'projects');
  await tab.getByRole('dialog', { name: 'Projects' }).waitFor();
}

/** The same on a desktop and on a phone. */
const twice = (name, more) => [
  { name, ...more },
  { name: `${name}, phone`, ...PHONE, ...more },
];

/**
 * The element in a foreign page.
 * @param {string} name
 * @param {number} width
 * @param {number} height
 * @param {string} hide
 * @param {object} [more]
 */
const embedded = (name, width, height, hide, more) => ({
  name: `embedded, ${name}`,
  width,
  height,
  embed: `<meridian-playground style="block-size: ${height}px" hide="${hide}"><script type="text/plain" data-path="index.md">\n${NOTE.files['index.md']}</script></meridian-playground>`,
  ...more,
});

/** @type {import('../states.mjs').Screen} */
export const screen = {
  name: 'playground',
  parts: {
    play: '.play',
    bar: '.bar',
    tree: '.tree',
    edit: '.edit',
    view: '.view',
    address: '.address',
    held: '.held:not(:empty)',
    stale: '.stale',
    stage: '.stage',
    frame: '.stage iframe',
    probs: '.probs',
    insp: '.insp',
    switch: '.switch',
    sheet: 'dialog[open]',
    note: '.note',
    busy: '.busy',
  },
  within: [
    [
      'play',
      'bar',
      'tree',
      'edit',
      'view',
      'address',
      'held',
      'stale',
      'stage',
      'frame',
      'probs',
      'insp',
      'switch',
      'sheet',
      'note',
      'busy',
    ],
    ['view', 'address', 'held', 'stale', 'stage', 'frame'],
    ['stage', 'frame'],
    ...['sheet', 'note', 'busy'].map((over) => [
      over,
      'bar',
      'tree',
      'edit',
      'view',
      'address',
      'held',
      'stale',
      'stage',
      'frame',
      'probs',
      'insp',
      'switch',
      'note',
      'busy',
    ]),
  ],
  // The page fills its pane, whatever notices are above it.
  least: { stage: ['view', 0.99, 0.5] },
  over: '.note, .busy',
  mask: '.stage iframe, .steps, .about dd',
  async open({ t, context, page: tab, state }) {
    await context.route(
      (url) => !/^(127\.0\.0\.1|localhost)$/.test(url.hostname) && /^http/.test(url.protocol),
      (route) => (state.reach ? state.reach(route) : route.abort()),
    );
    const body =
      state.embed &&
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page</title><link rel="icon" href="data:,"><style>body { margin: 0 }</style><script type="module" src="/playground/playground.js"></script>${state.embed}`;
    const server = await host(t, DIST, {
      answer: (_, response, path) =>
        !!body &&
        path === '/page.html' &&
        (response.writeHead(200, { 'content-type': 'text/html' }).end(body), true),
    });
    const own = !body && !state.at;
    if (own) await tab.addInitScript(openFirst, state.project ?? NOTE);
    await tab.goto(`${server.url}${body ? 'page.html' : 'playground/'}${state.at ?? ''}`);
    if (state.at) await tab.locator('.play').waitFor();
    else if (!state.project) await shown(tab).waitFor({ state: 'attached' });
    if (own) await idle(tab);
    return { server };
  },
  states: [
    ...twice('a page without a mistake'),
    { name: 'a page without a mistake, dark', scheme: 'dark' },
    { name: 'a page without a mistake, tablet', width: 820, height: 1180 },
    { name: 'one above the other', act: (tab) => run(tab, 'split') },
    ...['Source', 'Files', 'Problems', 'About'].map((name) => ({
      name: `${name}, phone`,
      ...PHONE,
      act: (/** @type {any} */ tab) => show(tab, name),
    })),
    { name: 'Source, phone, dark', ...PHONE, scheme: 'dark', act: (tab) => show(tab, 'Source') },
    ...twice('a mistake in Liquid, the last good page stays', { act: mistaken }),
    { name: 'a mistake in Liquid, dark', scheme: 'dark', act: mistaken },
    ...twice('a mistake in Liquid, and no good page before', {
      project: { ...NOTE, files: { ...NOTE.files, 'index.md': LIQUID } },
      act: problem,
    }),
    ...twice('a mistake in YAML', { act: async (tab) => (await put(tab, YAML), problem(tab)) }),
    ...twice('pictures and scripts are held back', { project: FOREIGN, act: held }),
    {
      name: 'pictures and scripts are held back, dark',
      scheme: 'dark',
      project: FOREIGN,
      act: held,
    },
    ...twice('held back, and a mistake', { act: both }),
    {
      name: 'held back, and a mistake, one above the other',
      act: async (tab) => (await both(tab), run(tab, 'split')),
    },
    {
      name: 'held back, and a mistake, dark, tablet',
      width: 820,
      height: 1180,
      scheme: 'dark',
      act: both,
    },
    ...twice('a project without files', {
      act: (tab) =>
        element(tab).evaluate(async ({ playground: { project, files } }) => {
          // First it is looked for links to the file.
          for (; project.paths.length; await new Promise(requestAnimationFrame)) files.remove();
        }),
    }),
    ...twice('very long names, titles and messages', { project: LONGER, act: problem }),
    {
      name: 'very long names in the files, phone',
      ...PHONE,
      project: LONGER,
      act: async (tab) => (await problem(tab), show(tab, 'Files')),
    },
    {
      name: 'very long messages, phone',
      ...PHONE,
      project: LONGER,
      act: async (tab) => (await problem(tab), show(tab, 'Problems')),
    },
    ...twice('right to left', {
      project: { ...NOTE, title: 'ملاحظة', files: { 'index.md': ARABIC } },
      act: async (tab) => {
        await tab.evaluate(() => (document.documentElement.dir = 'rtl'));
      },
    }),
    ...twice('two hundred problems', { act: many }),
    {
      name: 'two hundred problems in their pane, phone',
      ...PHONE,
      act: async (tab) => (await many(tab), show(tab, 'Problems')),
    },
    ...['page', 'site', 'Tree', 'HTML'].map((name) => ({
      name: `inspector, ${name}`,
      act: about(name),
    })),
    {
      name: 'inspector, page, phone',
      ...PHONE,
      act: async (tab) => (await show(tab, 'About'), about('page')(tab)),
    },
    ...twice('a repository on its way', {
      at: '?repo=owner/name',
      reach: () => {},
      act: (tab) => tab.getByRole('button', { name: 'Stop' }).waitFor(),
    }),
    ...twice('without a network', {
      at: '?repo=owner/name',
      act: (tab) => tab.getByText('GitHub can’t be reached').waitFor(),
    }),
    ...twice('a damaged link', {
      at: '#p1=x',
      act: (tab) => tab.getByText('The link is damaged').waitFor(),
    }),
    ...twice('an export on its way', {
      act: async (tab) => {
        await element(tab).evaluate(
          ({ playground }) =>
            void playground.busy.during('12 of 200 pages', () => new Promise(() => {})),
        );
      },
    }),
    ...twice('a note that offers something', {
      act: (tab) =>
        element(tab).evaluate(({ playground }) =>
          playground.notify(
            'A note of several words that is longer than a line of a phone is wide, and has something to offer.',
            { label: 'Undo', act() {} },
          ),
        ),
    }),
    ...twice('keys', { act: (tab) => run(tab, 'keys') }),
    ...twice('palette', {
      act: (tab) => tab.getByRole('button', { name: 'Commands and files' }).click(),
    }),
    {
      name: 'palette, dark',
      scheme: 'dark',
      act: (tab) => tab.getByRole('button', { name: 'Commands and files' }).click(),
    },
    {
      name: 'menu, phone',
      ...PHONE,
      act: (tab) => tab.getByRole('button', { name: 'Menu' }).click(),
    },
    {
      name: 'menu, phone, dark',
      ...PHONE,
      scheme: 'dark',
      project: { ...NOTE, title: LONG },
      act: (tab) => tab.getByRole('button', { name: 'Menu' }).click(),
    },
    ...twice('open, a question', {
      act: (tab) => {
        run(tab, 'open-address');
        return tab.getByRole('textbox', { name: 'Repository or site' }).waitFor();
      },
    }),
    ...twice('projects', { act: (tab) => projects(tab) }),
    { name: 'projects, phone, dark', ...PHONE, scheme: 'dark', act: (tab) => projects(tab) },
    ...twice('projects, none', { act: (tab) => projects(tab, []) }),
    ...twice('projects, two hundred', {
      act: (tab) =>
        projects(
          tab,
          Array.from({ length: 200 }, (_, at) => `P ${at}`),
        ),
    }),
    ...twice('projects, one renamed', {
      act: async (tab) => (
        await projects(tab),
        tab.getByRole('button', { name: 'Rename “Letters”' }).click()
      ),
    }),
    ...twice('projects, one deleted', {
      act: async (tab) => (
        await projects(tab),
        await tab.getByRole('button', { name: /^Delete “Donau/ }).click(),
        tab.getByText('is deleted').first().waitFor()
      ),
    }),
    // The element in a foreign page.
    ...[
      [1000, ''],
      [640, ''],
      [320, ''],
    ].map(([width]) => embedded(`of 30rem, ${width} wide`, Number(width), 480, '')),
    embedded('of 20rem, 1000 wide', 1000, 320, ''),
    embedded('of 20rem, 320 wide', 320, 320, '', { least: { stage: ['view', 0.99, 0.4] } }),
    ...['problems', 'about', 'problems about', 'problems about files'].map((hide) =>
      embedded(`of 30rem without ${hide}`, 1000, 480, hide, {
        least: { stage: ['view', 0.99, 0.5], edit: ['play', 0.3, 0.55] },
      }),
    ),
    embedded('of 30rem without problems about files, 320 wide', 320, 480, 'problems about files'),
    embedded('of 30rem without problems, with a mistake', 1000, 480, 'problems about', {
      act: async (/** @type {any} */ tab) => (
        await shown(tab).waitFor(),
        await put(tab, LIQUID),
        stale(tab)
      ),
    }),
    embedded('two hundred problems, of 30rem', 1000, 480, '', { act: many }),
  ],
};
