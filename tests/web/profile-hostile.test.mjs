// A card between a source and a page that do not trust each other: a source's content runs nothing
// in the page, and the page's styles do not change the card.
//
//   MERIDIAN_VECTORS=all   each in every place in both engines, some minutes
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { demoMissing } from './demo.mjs';
import { until } from './hosts.mjs';
import { engines } from './engines.mjs';
import { FIXTURES, NO_FIXTURES, VECTORS } from './payloads.mjs';
import { OPEN, PERSON, hostPage, sources, watch, written } from './profiles.mjs';
import { OWN } from './vectors.mjs';

const unbuilt = demoMissing();

const textsOf = (cases) =>
  cases.map(({ payload }) =>
    (typeof payload === 'string' ? payload : JSON.stringify(payload)).slice(0, 8000),
  );
const vectors = textsOf(VECTORS);
const own = textsOf(OWN);
const ENGINES = engines(after);
const [CHROMIUM] = ENGINES;
const skip = unbuilt ?? CHROMIUM.missing;
let browser;
before(async () => (browser = skip ? undefined : await CHROMIUM.browser()));
const init = ({ context }) => context.addInitScript(watch);

/** A profile with the vector in every field. */
function profile(payload) {
  const item = { title: payload, url: payload, date: payload, venue: payload };
  return JSON.stringify({
    meridian: 1,
    url: payload,
    baseurl: payload,
    language: payload,
    name: `n ${payload}`,
    pronouns: payload,
    avatar: payload,
    affiliation: payload,
    location: payload,
    bio: payload,
    links: [
      { label: payload, url: payload, icon: payload, named: payload },
      { label: payload, url: `https://example.org/${payload}`, icon: '__proto__' },
      { label: payload, url: 'https://example.org/', icon: 'constructor', named: true },
    ],
    lists: { publications: [item], [payload]: [item] },
    sections: [
      { title: 'News', id: payload },
      { title: payload, id: 'payload' },
    ],
    stops: [
      [1, 2, payload, payload, payload],
      [payload, payload],
    ],
  });
}
/** … and in the headings and texts of its sections. */
const byFile = (payload, file) =>
  file === 'profile.json'
    ? ['application/json', profile(payload)]
    : file.startsWith('profile-sections/')
      ? [
          'application/json',
          JSON.stringify({
            html: file.endsWith('1.json')
              ? `<h1>News</h1>\n${payload}`
              : `<h2>${payload}</h2>\n${payload}`,
          }),
        ]
      : undefined;
/** Sources with the vector in every place. */
const raw = (payload) => {
  const text = JSON.stringify(payload);
  // An invalid address is an error in Jekyll, too, and then there is no card.
  const address = /^[a-z]+:\S*$/i.test(payload)
    ? text
    : JSON.stringify(`/${encodeURIComponent(payload)}`);
  return {
    '_config.yml': `title: ${text}\nauthor: {name: ${JSON.stringify(`n ${payload}`)}, pronouns: ${text}, avatar: ${text}, bio: ${text}, employer: ${text}, location: ${text}, email: ${text}, github: ${text}, uri: ${text}, links: [{label: ${text}, url: ${address}, icon: ${text}}]}\ncollections: {publications: {output: true}}\n`,
    'index.md': `---\ntitle: ${text}\n---\n\n# News\n\n${payload}\n`,
    '_publications/a.md': `---\ntitle: ${text}\ndate: 1840-01-01\nvenue: ${text}\n---\n${payload}\n`,
  };
};

/**
 * Shows cards for all vectors, a number at a time; reports executed code, foreign requests, and
 * changes of the page.
 */
async function tried(t, answer, show, payloads = vectors, engine = CHROMIUM) {
  const ran = [];
  const asked = [];
  for (let from = 0; from < payloads.length; from += 60) {
    const numbers = Array.from(
      { length: Math.min(60, payloads.length - from) },
      (_, at) => from + at,
    );
    const cards = numbers
      .map(
        (number) =>
          `<meridian-profile loading="eager" size="full" src="{site}${number}/" show="${show}"><a href="/">Fallback</a></meridian-profile>`,
      )
      .join('');
    const { page, own, person, shell } = await hostPage(
      t,
      await engine.browser(),
      new URL('.', import.meta.url).pathname,
      `<div id="before">Before</div>${cards}<form id="f" name="f"></form>`,
      {
        answer: (request, response, path) => {
          const [, number, file] = /^\/(\d+)\/(.*)$/.exec(path) ?? [];
          const found = number && answer(payloads[number], file);
          const [type, text] = found || ['text/plain', ''];
          response.writeHead(found ? 200 : 404, { ...OPEN, 'content-type': type }).end(text);
          return true;
        },
        async init(opened, hosts) {
          await init(opened);
          await opened.context.exposeFunction('X', (...what) => void ran.push(what));
          opened.page.on('dialog', (dialog) => (ran.push(dialog.message()), dialog.dismiss()));
          const ours = Object.values(hosts).map(({ url }) => url);
          await opened.context.route(
            (url) =>
              !ours.some((one) => url.href.startsWith(one)) &&
              !/^(blob|data):/.test(url.protocol) &&
              !url.pathname.startsWith('/lab/'),
            (route) => {
              asked.push(route.request().url());
              return route.abort();
            },
          );
          await opened.page.addInitScript(() => {
            window.outside = () => {
              const copy = document.documentElement.cloneNode(true);
              for (const card of copy.querySelectorAll('meridian-profile'))
                card.removeAttribute('title');
              return (
                copy.outerHTML +
                JSON.stringify(
                  Object.keys(window)
                    .filter((key) => !/^(said|X|outside|was|__playwright.*)$/.test(key))
                    .sort(),
                )
              );
            };
            addEventListener('DOMContentLoaded', () => (window.was = window.outside()));
          });
        },
      },
    );
    await page.waitForFunction(
      (count) =>
        new Set(
          [...document.querySelectorAll('meridian-profile')].filter(
            (card) => card.profile || card.title,
          ),
        ).size === count,
      numbers.length,
      { timeout: 120_000 },
    );
    // The page does not change after the cards: nothing to wait for.
    await page.waitForTimeout(300);
    const [was, is] = await page.evaluate(() => [window.was, window.outside()]);
    assert.equal(is, was);
    // They are cards, not fallbacks: otherwise the vectors were not tested.
    const failed = await page
      .locator('meridian-profile')
      .evaluateAll((cards) => cards.filter((card) => !card.profile).map((card) => card.title));
    assert.deepEqual(failed, []);
    const bad = await page
      .locator('meridian-profile')
      .evaluateAll((cards) =>
        cards.flatMap(({ shadowRoot: root }) =>
          [
            ...[...root.querySelectorAll('*')].filter(
              (element) =>
                (/^(script|style|iframe|object|embed|form|link|meta|base)$/.test(
                  element.localName,
                ) &&
                  element.type !== 'application/ld+json') ||
                [...element.attributes].some(({ name }) => /^on|^style$/.test(name)),
            ),
            ...[...root.querySelectorAll('[href], [src]')].filter(
              (element) => !/^(https?|mailto):/.test(element.href ?? element.src),
            ),
          ].map((element) => element.outerHTML.slice(0, 200)),
        ),
      );
    assert.deepEqual(bad, []);
    assert.ok(shell.log.length && own.log.length && person.log.length);
    await page.close();
  }
  assert.deepEqual(ran, []);
  assert.deepEqual(asked, []);
}

/** The sources of a site in the place of the command's output. */
const bySources = (payload, file) => {
  if (file === 'profile.json') return undefined;
  const files = raw(payload);
  if (file === 'meridian.json')
    return ['application/json', JSON.stringify({ files: Object.keys(files), complete: true })];
  return files[file] === undefined ? undefined : ['text/plain', files[file]];
};

test(
  'no vector has an effect, in any field of profile.json or any section',
  { skip },
  async (t) => {
    await tried(t, byFile, 'news payload publications globe');
  },
);

test('… nor does any of DOMPurify’s own', { skip: skip ?? NO_FIXTURES }, async (t) => {
  await tried(
    t,
    byFile,
    'news payload publications',
    FIXTURES.map(({ payload }) => payload),
  );
});

// Sources pass the same sanitiser as files, and need a core for each card: one in every few.
const ALL = process.env.MERIDIAN_VECTORS === 'all';
const STRIDE = ALL ? 1 : 4;
const some = (texts) => texts.filter((_, at) => at % STRIDE === 0);

test('… nor in any field or document of raw sources', { skip }, async (t) => {
  await tried(t, bySources, 'news publications', some(vectors));
});

for (const engine of ENGINES)
  test(
    `… nor does any of ours, in ${engine.name}: in fields, sections and raw sources`,
    { skip: unbuilt ?? engine.missing },
    async (t) => {
      await tried(t, byFile, 'news payload publications', own, engine);
      await tried(t, bySources, 'news publications', some(own), engine);
    },
  );

for (const engine of ALL ? ENGINES : [])
  test(
    `… nor does any of the corpora, in ${engine.name}: in fields, sections and raw sources`,
    { skip: unbuilt ?? engine.missing },
    async (t) => {
      for (const texts of [vectors, textsOf(FIXTURES ?? [])]) {
        await tried(t, byFile, 'news payload publications', texts, engine);
        await tried(t, bySources, 'news publications', texts, engine);
      }
    },
  );

for (const engine of ENGINES)
  test(
    `… control: a page in ${engine.name} that inserts them unchanged runs and loads them`,
    { skip: unbuilt ?? engine.missing },
    async (t) => {
      const [ran, asked] = [[], []];
      const { page, context } = await hostPage(
        t,
        await engine.browser(),
        written(t, PERSON),
        '<p>Lab</p>',
        { init },
      );
      await context.exposeFunction('X', (...what) => void ran.push(what));
      page.on('dialog', (dialog) => dialog.dismiss());
      await context.route(
        (url) => url.hostname !== '127.0.0.1' && /^http/.test(url.protocol),
        (route) => (asked.push(route.request().url()), route.abort()),
      );
      await page.evaluate(
        (all) => {
          for (const payload of all)
            document.body.appendChild(document.createElement('div')).innerHTML = payload;
        },
        vectors.filter((payload) => !/refresh|location|<base/i.test(payload)),
      );
      await until(() => ran.length > 10 && asked.length > 0);
    },
  );

const BOOTSTRAP = createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.css');
const STYLES = {
  'all of it hidden':
    '.box *, meridian-profile { display: none !important; visibility: hidden !important; opacity: 0 }',
  'all of it reset': '* { all: unset !important }',
  'everything inherited is wrong':
    'body, .box { font-size: 3px; line-height: 0; letter-spacing: 2em; text-transform: uppercase; text-indent: 10em; white-space: pre; word-spacing: 9em; text-align: right; pointer-events: none; user-select: none; cursor: wait; font-style: italic; font-weight: 900; text-shadow: 0 0 9px red; list-style: upper-roman; border-collapse: collapse }',
  Bootstrap: readFileSync(BOOTSTRAP, 'utf8'),
  'a dark page': 'html { color-scheme: dark; background: #101214; color: #d6d8da }',
  'dark without saying so': 'body { background: #111; color: #eee }',
};
for (const [name, style] of Object.entries(STYLES))
  test(`the page’s styles do not change a card: ${name}`, { skip }, async (t) => {
    const body =
      '<div class="box" style="inline-size:24rem"><meridian-profile src="{site}" show="publications:2"><a href="{site}">Ada</a></meridian-profile></div>';
    const { page } = await hostPage(t, browser, written(t, PERSON), body, {
      init,
      style: `<style>${style}</style>`,
    });
    await page.waitForFunction(() => document.querySelector('meridian-profile').profile);
    const found = await page.locator('meridian-profile').evaluate((card) => {
      const root = card.shadowRoot;
      const named = getComputedStyle(root.querySelector('.name'));
      const box = root.querySelector('.card').getBoundingClientRect();
      return {
        width: box.width > 300,
        height: box.height > 150 && box.height < 700,
        face: root.querySelector('.face').getBoundingClientRect().width > 40,
        name: [
          named.letterSpacing,
          named.textTransform,
          named.textIndent,
          named.whiteSpace,
          named.fontStyle,
          named.textAlign === 'left' || named.textAlign,
          named.textShadow,
          named.visibility,
        ],
        size: parseFloat(named.fontSize) >= 14,
        line: parseFloat(named.lineHeight) > 14,
        links: root.querySelectorAll('.links a').length,
        shown:
          root
            .querySelector('.name')
            .checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
          root.elementFromPoint(box.x + box.width / 2, box.y + 10) !== null,
      };
    });
    assert.deepEqual(found, {
      width: true,
      height: true,
      face: true,
      name: ['normal', 'none', '0px', 'normal', 'normal', true, 'none', 'visible'],
      size: true,
      line: true,
      links: 3,
      shown: true,
    });
  });

test(
  'under a strict policy the card works; if raw sources may not be rendered, it says so',
  { skip },
  async (t) => {
    const policy =
      "default-src 'none'; script-src {shell}; connect-src {site} {shell}; img-src {site} data:; require-trusted-types-for 'script'";
    const card =
      '<meridian-profile src="{site}" show="news publications:1 globe" loading="eager"><a href="{site}">Ada</a></meridian-profile>';
    const { page, lines } = await hostPage(t, browser, written(t, PERSON), card, {
      init,
      headers: { 'content-security-policy': policy },
    });
    await page.locator('meridian-profile .p-name').waitFor();
    assert.deepEqual(
      lines.filter((line) => !/wasm/i.test(line)),
      [],
    );
    assert.deepEqual(await page.locator('meridian-profile .title').allTextContents(), [
      'News',
      'Publications',
    ]);
    for (const [more, reason] of [
      ["worker-src 'none'", /policy or browser allows no (worker|WebAssembly)/],
      ["worker-src blob:; script-src {shell} 'wasm-unsafe-eval'; x", /allows no worker/],
    ]) {
      const refused = await hostPage(t, browser, sources(t, PERSON), card, {
        init,
        headers: { 'content-security-policy': `${more}; ${policy}` },
      });
      await refused.page.locator('meridian-profile[title]').waitFor();
      assert.match(await refused.page.locator('meridian-profile').getAttribute('title'), reason);
      await refused.page.getByRole('link', { name: 'Ada' }).waitFor();
    }
  },
);
