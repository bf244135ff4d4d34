// Pages of a site, for visitors and for their author: each kind of page of the demo, and pages with
// errors.

import { demo } from '../demo.mjs';
import { SITES, host, makeSite } from '../hosts.mjs';

const DESK = { width: 1440, height: 1300 };
const PHONE = { width: 390, height: 1300 };
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const META = { manifest: 'meridian.json', root: '/', routes: 'path' };
const SMALL = {
  '_config.yml':
    'title: The site\ninclude: [_pages]\nauthor: {name: Ada Lovelace, bio: Analyst and metaphysician, location: London}\n',
  '_data/navigation.yml':
    'main:\n  - {title: About, url: /about/}\n  - {title: Mistakes, url: /mistaken/}\n',
  'index.md': '---\nlayout: single\ntitle: Home\n---\n\nHello. [Nowhere](/nowhere/)\n',
  '_pages/about.md': '---\nlayout: single\ntitle: About\npermalink: /about/\n---\n\nAbout *me*.\n',
  'mistaken.md':
    '---\nlayout: single\ntitle: Two mistakes\npermalink: /mistaken/\n---\n\n# A page with two mistakes\n\nText. {{ page.title | nothing: 1 }}\n\n{% include nowhere.html %}\n\nMore text.\n',
  'unread.md':
    '---\nlayout: single\ntitle: Deep: a view\n  - wrong\n---\n\nText of a page whose front matter can’t be read.\n',
};
const WORDS = {
  '_config.yml': `title: ${LONG}\nauthor: {name: ${LONG}, bio: ${LONG} ${LONG}, location: ${LONG}, email: ${LONG.toLowerCase()}@example.org, employer: ${LONG}}\n`,
  '_data/navigation.yml': `main:\n  - {title: ${LONG}, url: /}\n  - {title: ${LONG}, url: /x/}\n  - {title: About, url: /about/}\n`,
  'index.md': `---\nlayout: single\ntitle: ${LONG} ${LONG}\n---\n\n# ${LONG}\n\n${LONG} [${LONG}](/x/) \`${LONG}${LONG}\`\n\n- ${LONG}\n\n> ${LONG}\n\n| ${LONG} | ${LONG} |\n|---|---|\n| ${LONG} | 1 |\n\n\`\`\`\n${LONG} ${LONG} ${LONG}\n\`\`\`\n\nhttps://example.org/${LONG}/${LONG}\n`,
};
const ARABIC = {
  '_config.yml':
    'title: رحلة في الطبيعة\nlocale: ar\nauthor: {name: ابن بطوطة, bio: رحالة ومؤرخ, location: طنجة, email: a@example.org}\n',
  '_data/navigation.yml': 'main:\n  - {title: عن, url: /}\n  - {title: الكتب, url: /x/}\n',
  'index.md': `---\nlayout: single\ntitle: ملاحظة طويلة عن الطبيعة\nlang: ar\ndir: rtl\n---\n\n# عنوان\n\n${'نص عن الطبيعة والسفر. '.repeat(30)}\n\n- واحد\n- اثنان English words\n\n> اقتباس قصير\n\n\`code in English\`\n\n| الاسم | العدد |\n|---|---|\n| واحد | 1 |\n`,
};

const never = () => {};
const abort = (/** @type {import('playwright-core').Route} */ route) => route.abort();
/**
 * The same on a desktop in light and on a phone in dark colours.
 * @param {string} name
 * @param {object} more
 */
const twice = (name, more) => [
  { name, ...DESK, ...more },
  { name: `${name}, phone, dark`, ...PHONE, scheme: 'dark', ...more },
];
const shown = (/** @type {import('playwright-core').Page} */ page) =>
  page.waitForFunction(
    () => !document.querySelector('main[aria-busy]') && document.querySelector('h1, main'),
  );

/** Kinds of pages of the demo, one of each. */
export const PAGES = {
  'first page': '',
  list: 'publications/',
  publication: 'publications/1810-vues-des-cordilleres.html',
  experience: 'experience/',
  CV: 'cv-by-hand/',
  'CV of data': 'cv/',
  post: 'climate/a-line-through-equal-warmth/',
  'posts by year': 'year-archive/',
  tags: 'tags/',
  teaching: 'teaching/',
  portfolio: 'portfolio/',
  piece: 'portfolio/chimborazo/',
  splash: 'kosmos/',
  measurements: 'measurements/',
  sitemap: 'sitemap/',
};

/** @type {import('../states.mjs').Screen} */
export const screen = {
  name: 'site',
  parts: {
    head: '.masthead',
    title: '.page__title',
    text: '.page__content',
    list: '.archive',
    side: '.sidebar:not(.sidebar__right)',
    contents: '.sidebar__right',
    foot: '.page__footer',
    files: '.mer-files, .file-tree, nav.tree',
    sign: '[data-notice]',
    diagnostic: '.diagnostic',
    notes: '.mer-notes',
    waiting: 'main[aria-busy]',
    page: 'main > .page, main > article',
  },
  within: [
    ['page', 'title', 'text', 'list', 'sign', 'diagnostic', 'contents'],
    ['text', 'sign', 'diagnostic', 'contents', 'list'],
    ['list', 'title', 'sign', 'diagnostic', 'text'],
    ['sign', 'diagnostic'],
    ['waiting', 'head', 'title', 'text', 'list', 'side', 'page'],
    [
      'notes',
      'head',
      'title',
      'text',
      'list',
      'side',
      'contents',
      'foot',
      'sign',
      'diagnostic',
      'page',
      'files',
    ],
  ],
  over: '.mer-notes',
  async share(t) {
    const small = (/** @type {Record<string, string> | string} */ sources) =>
      host(t, makeSite(t, sources, { manifest: true, meta: META }).folder);
    const [pages, mistakes, words, arabic, folder] = await Promise.all([
      host(t, demo(t).folder),
      small(SMALL),
      small(WORDS),
      small(ARABIC),
      host(t, makeSite(t, `${SITES}/folder`, { manifest: true, meta: META }).folder),
    ]);
    return { pages, mistakes, words, arabic, folder };
  },
  async open({ context, page, state, shared }) {
    await context.route(
      (url) => !/(^|\.)(127\.0\.0\.1|localhost)$/.test(url.hostname) && /^http/.test(url.protocol),
      abort,
    );
    for (const [pattern, answer] of state.meets ?? []) await context.route(pattern, answer);
    const { url } = shared[state.site ?? 'pages'];
    await page.goto(
      (state.author ? url : url.replace('127.0.0.1', 'reader.localhost')) + (state.at ?? ''),
      { waitUntil: 'commit' },
    );
    await (state.ready ?? shown)(page);
  },
  states: [
    ...Object.entries(PAGES).flatMap(([name, at]) => twice(name, { at })),
    { name: 'first page, tablet', width: 820, height: 1180 },
    { name: 'menu, phone', ...PHONE, act: (page) => page.locator('.greedy-nav__toggle').click() },
    ...twice('no such page', { at: 'no/such/page/' }),
    ...twice('on its way', {
      meets: [['**/meridian.wasm*', never]],
      ready: (/** @type {any} */ page) => page.locator('main[aria-busy]').waitFor(),
    }),
    ...twice('its module does not come', { meets: [['**/meridian.wasm*', abort]] }),
    ...twice('the page does not come', {
      at: 'terms/',
      meets: [['**/terms.md*', abort]],
      ready: (/** @type {any} */ page) => page.locator('main h1').waitFor(),
    }),
    ...twice('mistakes, to a visitor', { site: 'mistakes', at: 'mistaken/' }),
    ...twice('mistakes, to the author', {
      site: 'mistakes',
      at: 'mistaken/',
      author: true,
      act: (/** @type {any} */ page) => page.locator('.mer-notes[open]').waitFor(),
    }),
    ...twice('front matter that can’t be read, to the author', {
      site: 'mistakes',
      at: 'unread.html',
      author: true,
      ready: (/** @type {any} */ page) => page.locator('.mer-notes[open]').waitFor(),
    }),
    ...twice('very long words', { site: 'words' }),
    ...twice('right to left', { site: 'arabic' }),
    ...twice('a plain folder', { site: 'folder' }),
    ...twice('a plain folder, deep in it', {
      site: 'folder',
      at: 'docs/hardware/sensors/calibration/two-point',
    }),
  ],
};
