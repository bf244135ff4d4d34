// Messages about failures are in the visitor's language. Real core, real browser.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, host, makeSite, noBrowser, openPage, until } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const MESSAGES = join(PROJECT, 'web/shell/messages');
const LANGUAGES = readdirSync(MESSAGES).map((name) => name.replace('.js', ''));
const WORDS = Object.fromEntries(
  await Promise.all(
    LANGUAGES.map(async (tag) => [tag, (await import(join(MESSAGES, `${tag}.js`))).default]),
  ),
);

// ---- every message has a translation ----

/**
 * The modules whose messages visitors can read, and those of their messages that only authors read.
 */
const SPEAKING = [
  'net/site_sources.js',
  'net/fetch.js',
  'engine/open_worker.js',
  ...[
    'localize.js',
    'diagnostics_panel.js',
    'redirect.js',
    'shell.html',
    'main.js',
    'notices.js',
  ].map((name) => `shell/${name}`),
];
const FOR_AUTHORS =
  /^(Copy the whole folder|Opened as a file|This host does not list|Run `meridian index`|Take out a `redirect_to`|This page needs a web server|Warning$|Note$|The first page|The quick brown)/;
// Without lazy.js there are no translations: the shell itself shows this one.
const ALONE = /^Not loaded: /;

/**
 * The sentences and titles that a module contains, with `{}` for placeholders.
 * @param {string} name
 */
function messagesOf(name) {
  const text = readFileSync(join(PROJECT, 'web', name), 'utf8').replace(
    /^\s*(\/\/|\/?\*).*$/gm,
    '',
  );
  if (name.endsWith('.html'))
    return [...text.matchAll(/>([^<>{}]*[a-z]{2}[^<>{}]*)</g)]
      .map(([, said]) => said.trim())
      .filter((said) => / /.test(said));
  const literals = [...text.matchAll(/'([A-Z][^'\n]*)'|`([A-Z][^`\n]*)`/g)].map(
    ([, plain, template]) => plain ?? template.replace(/\$\{[^}]*\}/g, '{}'),
  );
  const labels = /const LABEL = .*error: '(\w+)'/.exec(text)?.[1];
  return [...literals.filter((said) => /[a-z] [a-z{]/i.test(said)), ...(labels ? [labels] : [])];
}

test('each message that a visitor can read is translated into every language', () => {
  const said = [...new Set(SPEAKING.flatMap(messagesOf))].filter(
    (text) => !FOR_AUTHORS.test(text) && !ALONE.test(text),
  );
  assert.ok(said.length > 20, said.join('\n'));
  // A status and its reason phrase are one placeholder: `answered 404 Not Found`. Remedies for
  // authors follow it.
  const keys = said.map((text) => text.replace('{} {}.', '{}.').replace(/(affected)\{\}/, '$1'));
  for (const tag of LANGUAGES) {
    const missing = keys.filter((text) => !Object.hasOwn(WORDS[tag], text));
    assert.deepEqual(missing, [], `web/shell/messages/${tag}.js`);
  }
});

test('the languages are the theme’s; each has all messages with the placeholders of the English one', () => {
  const theme = readdirSync(join(PROJECT, 'core/theme/_includes/words'))
    .map((name) => name.replace('.html', ''))
    .filter((name) => name !== 'day');
  assert.deepEqual(LANGUAGES.sort(), theme.sort());
  const english = Object.keys(WORDS.de);
  const named = (text) => text.split('{}').length;
  for (const tag of LANGUAGES) {
    assert.deepEqual(Object.keys(WORDS[tag]), english, tag);
    for (const [key, word] of Object.entries(WORDS[tag])) {
      assert.ok(word.trim() && named(word) === named(key), `${tag}: ${key}`);
      if (key.length > 5) assert.notEqual(word, key, tag);
    }
  }
  // The first pattern that fits is used.
  english.forEach((later, at) => {
    const [begin, end] = later.split('{}');
    if (end === undefined) return;
    const before = english
      .slice(0, at)
      .filter(
        (key) =>
          key.includes('{}') &&
          later.startsWith(key.split('{}')[0]) &&
          later.endsWith(key.split('{}')[1]),
      );
    assert.deepEqual(before, [], `${later} is never reached: ${begin}`);
  });
});

test('readers without scripts see in every language that the site needs them', async (t) => {
  const { root } = makeSite(t, SITE);
  for (const name of ['index.html', '404.html']) {
    const text = readFileSync(join(root, name), 'utf8');
    const [, said] = /<noscript>(This site[^]*?)<\/noscript>/.exec(text);
    assert.ok(said.startsWith('This site needs JavaScript.'));
    for (const tag of LANGUAGES)
      assert.match(
        said,
        new RegExp(`<p lang=${tag}( dir=rtl)?>${WORDS[tag]['This site needs JavaScript.']}`),
      );
  }
});

// ---- in the browser ----

const SITE = {
  '_config.yml': 'title: Words\n',
  '_data/people.yml': '- name: Ada\n',
  'index.md':
    '---\ntitle: Home\n---\nWelcome to [two](/two/). {% for p in site.data.people %}{{ p.name }}{% endfor %}\n',
  'two.md': '---\ntitle: Two\npermalink: /two/\n---\nSecond page.\n',
};
const visitor = (url) => url.replace('127.0.0.1', 'reader.localhost');
const lost = (ending) => (_, response, path) =>
  path.endsWith(ending) && (response.writeHead(503).end(), true);
async function served(
  t,
  { config = '', answer = () => false, manifest = true, sources = SITE } = {},
) {
  const site = makeSite(
    t,
    { ...sources, '_config.yml': SITE['_config.yml'] + config },
    { manifest, meta: { root: '/', ...(manifest && { manifest: 'meridian.json' }) } },
  );
  const server = await host(t, site.folder, { answer });
  return { ...server, url: visitor(server.url) };
}
const asked = ({ log }) =>
  log.map(({ path }) => path).filter((path) => path.includes('/messages/'));

test(
  'where no page can be shown, messages have the browser’s language and its direction',
  { skip },
  async (t) => {
    const server = await served(t, { answer: lost('meridian.wasm') });
    const locales = {
      ar: 'ar-EG',
      de: 'de-AT',
      es: 'es-MX',
      fr: 'fr',
      it: 'it-IT',
      ja: 'ja-JP',
      pt: 'pt-BR',
      zh: 'zh-CN',
      'zh-Hant': 'zh-TW',
    };
    assert.deepEqual(Object.keys(locales).sort(), LANGUAGES.sort());
    for (const [tag, locale] of Object.entries(locales)) {
      const { page, context } = await openPage(t, browser, { locale });
      await page.goto(server.url);
      const said = WORDS[tag];
      await page.getByRole('heading', { name: said['This page can’t be shown'] }).waitFor();
      await page.getByRole('button', { name: said['Try again'] }).waitFor();
      const shown = await page.evaluate(() => {
        const main = document.querySelector('main');
        const panel = main.querySelector('.diagnostic');
        return {
          lang: main.lang,
          direction: getComputedStyle(main).direction,
          title: document.title,
          text: main.innerText,
          label: panel.getAttribute('aria-label'),
        };
      });
      assert.deepEqual(
        [shown.lang, shown.direction, shown.title],
        [tag, tag === 'ar' ? 'rtl' : 'ltr', said['This page can’t be shown']],
      );
      const [begin] = said['The host answered {}.'].split('{}');
      assert.ok(shown.text.includes(begin) && shown.label.includes(begin), `${tag}: ${shown.text}`);
      assert.doesNotMatch(shown.text, /The host|Not loaded|Try again|can’t/, tag);
      await context.close();
    }
  },
);

test(
  'a page’s language, else the site’s, takes precedence over the browser’s',
  { skip },
  async (t) => {
    const sources = {
      ...SITE,
      'es.md': `---\nlayout: page\nlang: es\npermalink: /es/\n---\n${SITE['index.md'].split('---\n')[2]}`,
    };
    const server = await served(t, { config: 'lang: fr\n', answer: lost('people.yml'), sources });
    const { page } = await openPage(t, browser, { locale: 'de-DE' });
    await page.goto(`${server.url}es/`);
    await page.getByText(WORDS.es['The rest of the page is complete.']).waitFor();
    // A page without a language.
    await page.goto(server.url);
    const panel = page.locator('.diagnostic');
    await panel.getByRole('button', { name: WORDS.fr['Try again'] }).waitFor();
    assert.match(
      await panel.textContent(),
      /Non chargé.*_data\/people\.yml.*Le serveur a répondu 503.*Le reste de la page est complet/s,
    );
    // No page: the language comes from the configuration in the manifest.
    const other = await served(t, {
      config: 'locale: "ar_SA"\n',
      manifest: {
        files: [{ path: '_config.yml', text: 'locale: "ar_SA"\n' }, 'index.md'],
        complete: true,
      },
      answer: async (request, response, path) => {
        if (path.endsWith('meridian.wasm'))
          await until(() => other.log.some((entry) => entry.path === '/meridian.json'));
        return lost('meridian.wasm')(request, response, path);
      },
    });
    const opened = await openPage(t, browser, { locale: 'de-DE' });
    await opened.page.goto(other.url);
    await opened.page
      .getByRole('heading', { name: WORDS.ar['This page can’t be shown'] })
      .waitFor();
  },
);

test(
  'without a translation messages are English, and no words are requested',
  { skip },
  async (t) => {
    for (const locale of ['en-GB', 'tlh']) {
      const server = await served(t, { answer: lost('meridian.wasm') });
      const { page } = await openPage(t, browser, { locale });
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.deepEqual(asked(server), []);
    }
  },
);

test(
  'the translations load after the text, so that they are there without a connection',
  { skip },
  async (t) => {
    const server = await served(t, { config: 'lang: de\n' });
    const { page, context, lines } = await openPage(t, browser);
    await page.goto(server.url);
    await page.waitForSelector('text=Welcome');
    await page.waitForFunction(() =>
      performance
        .getEntriesByType('resource')
        .some(({ name, responseEnd }) => name.endsWith('/meridian/messages/de.js') && responseEnd),
    );
    const paths = server.log.map(({ path }) => path);
    assert.ok(
      paths.indexOf('/meridian/messages/de.js') > paths.indexOf('/_data/people.yml'),
      paths.join(' '),
    );
    assert.deepEqual(lines, []);
    await context.setOffline(true);
    await page.evaluate(() => document.querySelector('a[href="/two/"]').click());
    await page.getByRole('heading', { name: WORDS.de['This page can’t be shown'] }).waitFor();
    await page.getByText(WORDS.de['There is no connection to the network.']).waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: WORDS.de['Try again'] }).click();
    await page.waitForSelector('text=Second page');
  },
);

test(
  'a link without a connection: the navigation stays around the message',
  { skip },
  async (t) => {
    const { folder } = makeSite(t, {
      '_config.yml': 'title: دفتر\nlang: ar\ntheme: meridian\n',
      'index.md': `---\nlayout: single\ntitle: صفحة\n---\n${'سطر.\n\n'.repeat(80)}[two](/two/)\n`,
      'two.md': '---\nlayout: single\ntitle: Two\npermalink: /two/\n---\nSecond page.\n',
    });
    const { url } = await host(t, folder);
    const { page, context } = await openPage(t, browser);
    await page.goto(url);
    await page.getByRole('link', { name: 'two' }).scrollIntoViewIfNeeded();
    const top = await page.evaluate(() => scrollY);
    assert.ok(top > 300);
    await context.setOffline(true);
    await page.evaluate(() => document.querySelector('a[href="/two/"]').click());
    await page.getByText('There is no connection to the network.').waitFor();
    // On the author's machine it is English, in a page that is set from right to left.
    const shown = await page.evaluate(() => ({
      focused: document.activeElement.textContent,
      top: scrollY,
      told: document.querySelector('[aria-live]').textContent,
      path: location.pathname,
      directions: ['main', 'header'].map(
        (tag) => getComputedStyle(document.querySelector(tag)).direction,
      ),
      edge: document.querySelector('h1').getBoundingClientRect().left,
      text: document.querySelector('main').textContent,
    }));
    assert.doesNotMatch(shown.text, /سطر/);
    assert.ok(shown.edge >= 16, `${shown.edge}`);
    assert.deepEqual(shown.directions, ['ltr', 'rtl']);
    const title = 'This page can’t be shown';
    assert.deepEqual(
      [shown.focused, shown.told, shown.top, shown.path],
      [title, title, 0, '/two/'],
    );
    await context.setOffline(false);
    await page.getByRole('link', { name: 'دفتر' }).first().click();
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent === 'صفحة');
    await page.evaluate(() => history.go(-2));
    await page.waitForFunction((top) => Math.abs(scrollY - top) < 3, top);
  },
);

test('the message about a slow page has the browser’s language', { skip }, async (t) => {
  let arrive;
  const arrival = new Promise((resolve) => (arrive = resolve));
  t.after(() => arrive());
  const server = await served(t, {
    answer: async (_, response, path) => (path.endsWith('meridian.wasm') && (await arrival), false),
  });
  const { page } = await openPage(t, browser, { locale: 'ja-JP' });
  await page.goto(server.url, { waitUntil: 'commit' });
  await page.waitForFunction(
    (words) => document.querySelector('main[aria-busy] p')?.textContent.includes(words),
    WORDS.ja['This page is slow to arrive, or a part of it was lost.'],
  );
  assert.equal(await page.textContent('main[aria-busy] p a'), WORDS.ja['Try again']);
  arrive();
  await page.waitForSelector('text=Welcome');
});

test('an unsupported browser gets the message in its language', { skip }, async (t) => {
  const server = await served(t);
  const { page } = await openPage(t, browser, { locale: 'pt-PT' });
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(server.url);
  await page.getByRole('heading', { name: WORDS.pt['This browser can’t show the site'] }).waitFor();
  await page.getByText(WORDS.pt['It has no WebAssembly.']).waitFor();
});
