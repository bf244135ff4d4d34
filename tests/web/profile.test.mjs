// The profile card in pages of another origin: from profile.json, from raw sources, and its
// fallback.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { failureIn } from '../../web/profile/words.js';
import { DIST, PROJECT } from './hosts.mjs';
import { OPEN, PERSON, hostPage, sources, written } from './profiles.mjs';
import { skip, browser, CARD, init, seen } from './profile-card.mjs';

for (const raw of [false, true])
  test(
    `a card of ${raw ? 'raw sources' : 'profile.json'}, in a page of another origin`,
    { skip },
    async (t) => {
      const { page, lines, person, shell } = await hostPage(
        t,
        browser,
        raw ? sources(t, PERSON) : written(t, PERSON),
        CARD,
        { init },
      );
      await page.locator('meridian-profile .title').nth(1).waitFor();
      const { html, ...rest } = await seen(page);
      assert.deepEqual(rest, {
        name: 'Ada Lovelace',
        line: 'Analytical Society · London',
        bio: 'Analyst, and metaphysician.',
        links: [
          ['Email', 'mailto:ada@example.org', 'me noopener ugc'],
          ['GitHub', 'https://github.com/ada', 'me noopener ugc'],
          ['Notes', `${person.url}notes/`, 'me noopener ugc'],
        ],
        headings: ['News', 'Publications'],
        list: ['1843Notes by the Translator Scientific Memoirs'],
      });
      assert.match(
        html,
        new RegExp(
          `<em>Engine</em> <a href="${person.url}engine/" rel="noopener ugc" referrerpolicy="no-referrer">seen</a> <img src="${person.url}images/wheel.svg"`,
        ),
      );
      assert.match(html, /<h3>Older<\/h3>\s*<p>Loom\./);
      assert.ok(!html.includes('None.'));
      assert.deepEqual(await page.evaluate(() => window.said), [
        ['meridian-ready', 'Ada Lovelace'],
      ]);
      assert.equal(
        await page.locator('meridian-profile').evaluate((card) => card.profile.affiliation),
        'Analytical Society',
      );
      const asked = shell.log.map(({ path }) => path);
      assert.equal(
        asked.some((path) => /wasm|raw|worker/.test(path)),
        raw,
      );
      assert.deepEqual(person.log.filter(({ path }) => /\.(md|yml)$/.test(path)).length > 0, raw);
      // A missing file is requested once, for profile.json.
      assert.deepEqual(
        lines.filter((line) => !line.includes('profile.json')),
        [],
      );
      if (!raw) assert.deepEqual(lines, []);
    },
  );

test(
  'without scripts, on failure and during loading, the fallback content shows; title and event give the reason',
  { skip },
  async (t) => {
    const folder = written(t, PERSON);
    const plain = await hostPage(t, browser, folder, CARD, {
      options: { javaScriptEnabled: false },
    });
    await plain.page.getByRole('link', { name: 'Ada' }).waitFor();
    const reason = async (options, body = CARD) => {
      const { page } = await hostPage(t, browser, folder, body, { init, ...options });
      await page.locator('meridian-profile[title]').waitFor();
      await page.getByRole('link', { name: 'Ada' }).waitFor();
      const [[event, why]] = await page.evaluate(() => window.said);
      assert.equal(event, 'meridian-error');
      assert.equal(
        await page.locator('meridian-profile').getAttribute('title'),
        `The profile can’t be shown: ${why}`,
      );
      return why;
    };
    const answering = (status, headers, body) => ({
      answer: (request, response, path) =>
        path === '/profile.json' &&
        (response.writeHead(status, { ...OPEN, ...headers }).end(body), true),
    });
    assert.match(await reason({ open: {} }), /does not let other sites read it \(CORS\)/);
    assert.match(await reason(answering(500, {}, '')), /answered 500/);
    assert.match(await reason(answering(302, { location: '/other.json' }, '')), /sends elsewhere/);
    assert.match(
      await reason(answering(200, { 'content-type': 'image/png' }, '{}')),
      /answered with image\/png/,
    );
    assert.match(
      await reason(answering(200, { 'content-type': 'application/json' }, '{"meridian":1,')),
      /JSON/,
    );
    assert.match(
      await reason(answering(200, { 'content-type': 'application/json' }, '[]')),
      /no profile/,
    );
    assert.match(
      await reason(
        answering(
          200,
          { 'content-type': 'application/json' },
          `{"meridian":1,"name":"${'x'.repeat(300_000)}"}`,
        ),
      ),
      /more than 256 KB/,
    );
    assert.match(await reason(answering(404, {}, '')), /neither profile\.json nor meridian\.json/);
    assert.match(await reason({}, CARD.replace('{site}', 'javascript:1')), /https/);
    assert.match(await reason({}, CARD.replace('src="{site}" ', '')), /src is missing/);
  },
);

test('a card that failed is as high as its children, else as the reason', { skip }, async (t) => {
  const failing = {
    init,
    answer: (request, response, path) =>
      path === '/profile.json' && (response.writeHead(500, OPEN).end(), true),
  };
  for (const body of [CARD, '<meridian-profile src="{site}">\n</meridian-profile>']) {
    const { page } = await hostPage(t, browser, written(t, PERSON), body, failing);
    const card = page.locator('meridian-profile[title]');
    await card.waitFor();
    assert.ok((await card.boundingBox()).height < 60);
    const shown = await card.evaluate((element) => element.shadowRoot.textContent);
    assert.equal(/answered 500/.test(shown), body !== CARD);
  }
});

test('a misspelt name in `show` is reported with the one that is meant', { skip }, async (t) => {
  const body = CARD.replace('news publications:1', 'publicatons Elsewhere');
  const { page, lines } = await hostPage(t, browser, written(t, PERSON), body, { init });
  await page.waitForFunction(() => window.said.length === 3);
  const said = (await page.evaluate(() => window.said)).filter(([name]) => /error/.test(name));
  assert.match(said[0][1], /^publicatons is unknown; did you mean “publications”\?$/);
  assert.match(said[1][1], /^Elsewhere is unknown; there are: .*publications/);
  assert.equal(lines.filter((line) => /did you mean/.test(line)).length, 1);
});

test('a failure is told in the language of the page around the card', { skip }, async (t) => {
  const folder = written(t, PERSON);
  const failing = (status) => ({
    answer: (request, response, path) =>
      path === '/profile.json' && (response.writeHead(status, OPEN).end(), true),
  });
  for (const [lang, words] of Object.entries({
    de: /^Das Profil kann nicht angezeigt werden: \S+ antwortete 500$/,
    'zh-TW': /^無法顯示個人檔案：\S+ 傳回 500$/,
    ar: /^تعذّر عرض الملف الشخصي: أجاب .* بالرمز 500$/u,
    nl: /^The profile can’t be shown: \S+ answered 500$/,
  })) {
    const html = `<html lang="${lang}">`;
    const { page } = await hostPage(t, browser, folder, CARD, { init, html, ...failing(500) });
    await page.locator('meridian-profile').and(page.getByTitle(words)).waitFor();
    // For scripts it is English.
    assert.match(await page.evaluate(() => window.said[0][1]), /^\S+ answered 500$/);
  }
});

test('every language of the theme has the words of a card’s failure', () => {
  const reasons = [
    'a.example does not answer',
    'a.example can’t be reached, sends elsewhere, or does not let other sites read it (CORS)',
    'a.example answered 404',
    'it contains no profile',
  ];
  const languages = readdirSync(join(PROJECT, 'core/theme/_includes/words'))
    .map((name) => name.replace('.html', ''))
    .filter((name) => name !== 'day');
  for (const tag of languages)
    for (const reason of reasons) {
      const said = failureIn(tag, reason);
      assert.doesNotMatch(said, /profile can|answer|reached|contains|\$|\{/, tag);
      assert.equal(said.includes('a.example'), reason.includes('a.example'), tag);
      assert.equal(said.includes('404'), reason.includes('404'), tag);
    }
  assert.match(failureIn('de-AT', 'another reason'), /^Das Profil .*: another reason$/);
  assert.equal(failureIn('constructor', 'x'), undefined);
});

test('a source that does not answer times out; a reload shows the card', { skip }, async (t) => {
  let silent = true;
  const { page } = await hostPage(t, browser, written(t, PERSON), CARD, {
    init,
    answer: (request, response, path) => silent && path === '/profile.json',
  });
  await page.locator('meridian-profile[title*="does not answer"]').waitFor();
  silent = false;
  await page.locator('meridian-profile').evaluate((card) => card.refresh());
  await page.locator('meridian-profile .p-name').waitFor();
  assert.equal(await page.locator('meridian-profile').getAttribute('title'), null);
});

test('fifty cards share one core: each file is requested once', { skip }, async (t) => {
  for (const raw of [false, true]) {
    const { page, person, shell } = await hostPage(
      t,
      browser,
      raw ? sources(t, PERSON) : written(t, PERSON),
      CARD.repeat(50),
      { init },
    );
    await page.locator('meridian-profile').last().scrollIntoViewIfNeeded();
    await page.evaluate(() => {
      for (const card of document.querySelectorAll('meridian-profile')) card.begin();
    });
    await page.waitForFunction(() => window.said.length >= 50);
    assert.ok(
      (await page.evaluate(() => window.said)).every(([name]) => name === 'meridian-ready'),
    );
    const asked = [...person.log, ...shell.log].map(({ path }) => path);
    assert.deepEqual(
      asked.filter((path, at) => asked.indexOf(path) !== at),
      [],
    );
    assert.equal(asked.filter((path) => path.endsWith('.wasm')).length, raw ? 1 : 0);
  }
});

test('cards of the same raw sources show what each requests', { skip }, async (t) => {
  const { page, person } = await hostPage(
    t,
    browser,
    sources(t, PERSON),
    CARD.replace('show="news publications:1"', 'show="awards" loading="eager"') +
      CARD.replace('show=', 'loading="eager" show='),
    { init },
  );
  await page.waitForFunction(() => window.said.length === 2);
  assert.deepEqual(await page.locator('meridian-profile .title').allTextContents(), [
    'Awards',
    'News',
    'Publications',
  ]);
  const asked = person.log.map(({ path }) => path);
  assert.deepEqual(
    asked.filter((path, at) => asked.indexOf(path) !== at),
    [],
  );
});

test('code in a section of raw sources is shown without lexers', { skip }, async (t) => {
  const code =
    '{% capture code %}\n``` ruby\nputs 1\n```\n{% endcapture %}\n{{ code }}\n{{ code | markdownify | number_of_words }} words\n\n';
  const files = { ...PERSON, 'index.md': PERSON['index.md'].replace('- *Engine*', `${code}$&`) };
  const { page, shell } = await hostPage(t, browser, sources(t, files), CARD, { init });
  await page.waitForFunction(() => window.said.length === 1);
  assert.deepEqual(await page.evaluate(() => window.said), [['meridian-ready', 'Ada Lovelace']]);
  assert.equal(await page.locator('meridian-profile pre').textContent(), 'puts 1\n');
  assert.match(await page.locator('meridian-profile section').first().textContent(), /\d words/);
  assert.deepEqual(
    shell.log.filter(({ path }) => path.includes('rouge')),
    [],
  );
});

test('a section of raw sources shows Sass that its templates compile', { skip }, async (t) => {
  const sass = '{% capture sheet %}a { b { color: red } }{% endcapture %}{{ sheet | scssify }}\n\n';
  const files = { ...PERSON, 'index.md': PERSON['index.md'].replace('- *Engine*', `${sass}$&`) };
  const { page } = await hostPage(t, browser, sources(t, files), CARD, { init });
  await page.waitForFunction(() => window.said.length === 1);
  assert.deepEqual(await page.evaluate(() => window.said), [['meridian-ready', 'Ada Lovelace']]);
  const section = await page.locator('meridian-profile section').first().textContent();
  assert.match(section, /a b \{\s*color: red/);
  assert.match(section, /Engine seen/);
});

test('of raw sources only the files of the shown parts are requested', { skip }, async (t) => {
  for (const [show, files] of [
    ['', []],
    ['show="publications"', ['/_publications/a.md', '/_publications/b.md']],
    ['show="globe"', ['/_data/travel.yml']],
    ['show="awards"', ['/index.md']],
  ]) {
    const { page, person } = await hostPage(
      t,
      browser,
      sources(t, PERSON),
      CARD.replace('show="news publications:1"', show),
      { init },
    );
    await page.waitForFunction(() => window.said.length);
    const asked = person.log.map(({ path }) => path).filter((path) => !path.startsWith('/images/'));
    assert.deepEqual(
      asked.sort(),
      ['/profile.json', '/meridian.json', '/_config.yml', ...files].sort(),
      show,
    );
  }
});

test(
  'of a long list of raw sources the latest are read, by the dates in their names',
  { skip },
  async (t) => {
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, at) => [
        `_publications/${1850 + at}-01-02-t.md`,
        `---\ntitle: T${at}\ndate: ${1850 + at}-01-02\n---\n`,
      ]),
    );
    const { page, person } = await hostPage(
      t,
      browser,
      sources(t, { ...PERSON, ...many }),
      CARD.replace('news publications:1', 'publications:3'),
      { init },
    );
    await page.waitForFunction(() => window.said.length);
    assert.deepEqual(await page.evaluate(() => window.said), [['meridian-ready', 'Ada Lovelace']]);
    assert.deepEqual(await page.locator('meridian-profile .list a').allTextContents(), [
      'T149',
      'T148',
      'T147',
    ]);
    // Files without a date in their names are read whatever their date is.
    assert.equal(person.log.filter(({ path }) => path.startsWith('/_publications/')).length, 42);
  },
);

test('entries of a manifest of raw sources other than paths are ignored', { skip }, async (t) => {
  const { page } = await hostPage(t, browser, sources(t, PERSON), CARD, {
    init,
    answer: (request, response, path) =>
      path === '/meridian.json' &&
      response
        .writeHead(200, { ...OPEN, 'content-type': 'application/json' })
        .end('{"files": [null, 1, {"path": 2}, ["_a"], {"at": "x"}, "_config.yml", "index.md"]}'),
  });
  await page.waitForFunction(() => window.said.length);
  assert.deepEqual(await page.evaluate(() => window.said), [['meridian-ready', 'Ada Lovelace']]);
});

test(
  'a card loads its script and one file; rarely used code loads with the first card that needs it, and its absence is tolerated',
  { skip },
  async (t) => {
    const social = {
      ...PERSON,
      '_config.yml': PERSON['_config.yml'].replace(
        '  github: ada\n',
        '  github: ada\n  mastodon: https://example.social/@ada\n',
      ),
    };
    for (const [person, show, file] of [
      [PERSON, '', ''],
      [social, '', 'profile-icons.js'],
      [PERSON, 'show="publications"', 'profile-show.js'],
    ]) {
      for (const refused of file ? [false, true] : [false]) {
        const opened = await hostPage(
          t,
          browser,
          written(t, person),
          CARD.replace('show="news publications:1"', show),
          {
            init: async (opened) => {
              await init(opened);
              if (refused) await opened.context.route(`**/${file}*`, (route) => route.abort());
            },
          },
        );
        await opened.page.waitForFunction(() =>
          window.said.some(([name]) => name === 'meridian-ready'),
        );
        const asked = (log) => log.map(({ path }) => path).sort();
        assert.deepEqual(
          asked(opened.shell.log),
          ['/meridian/profile.js', ...(file && !refused ? [`/meridian/${file}`] : [])].sort(),
        );
        // Its picture may be requested later.
        assert.deepEqual(
          asked(opened.person.log).filter((path) => !path.startsWith('/images/')),
          ['/profile.json'],
        );
        const links = await opened.page
          .locator('meridian-profile .links a')
          .evaluateAll((all) => all.map(({ ariaLabel, textContent }) => [ariaLabel, textContent]));
        const named = refused && person === social;
        assert.deepEqual(links, [
          ['Email', ''],
          ['GitHub', ''],
          ...(person === social ? [named ? [null, 'Mastodon'] : ['Mastodon', '']] : []),
          [null, 'Notes'],
        ]);
        assert.equal(
          await opened.page.locator('meridian-profile .list').count(),
          show && !refused ? 1 : 0,
        );
        assert.deepEqual(
          (await opened.page.evaluate(() => window.said)).map(([name]) => name),
          show && refused ? ['meridian-error', 'meridian-ready'] : ['meridian-ready'],
        );
      }
    }
  },
);

test('author links have the icon of their class name, and their label', { skip }, async (t) => {
  const classes = [
    'fab fa-fw fa-github-square',
    'ai ai-google-scholar ai-fw',
    'fas fa-fw fa-envelope-square',
    'fab fa-github fa-fw',
    'fab fa-x-twitter',
    'fa-link',
    'toString',
    'fab fa-linkedin-in',
    'fas fa-envelope-open',
    'fas fa-earth-europe',
    'fas fa-chain',
  ];
  const links = classes
    .map((icon, at) => `\n    - {label: L${at}, url: "https://example.org/${at}", icon: ${icon}}`)
    .join('');
  const { page } = await hostPage(
    t,
    browser,
    written(t, {
      '_config.yml': `author:\n  name: Ada\n  links:${links}\n`,
      'index.md': '---\n---\nHi\n',
    }),
    CARD,
    { init },
  );
  await page.locator('meridian-profile .p-name').waitFor();
  const seen = await page
    .locator('meridian-profile .links a')
    .evaluateAll((all) =>
      all.map((link) => [
        link.textContent,
        link.ariaLabel,
        link.querySelector('path').getAttribute('d'),
      ]),
    );
  assert.deepEqual(
    seen.map(([text, label]) => [text, label]),
    classes.map((_, at) => [`L${at}`, null]),
  );
  const drawings = (name) =>
    new RegExp(`<g id="${name}".*?<path d="([^"]+)"`).exec(
      readFileSync(join(DIST, 'meridian/icons.svg'), 'utf8'),
    )[1];
  assert.deepEqual(
    seen.map(([, , path]) => path),
    [
      'github',
      'googlescholar',
      'email',
      'github',
      'twitter',
      'link',
      'link',
      'linkedin',
      'email',
      'uri',
      'link',
    ].map(drawings),
  );
});

test(
  'a card loads when it is near the viewport, without credentials or referrer',
  { skip },
  async (t) => {
    const headers = [];
    const { page, person } = await hostPage(
      t,
      browser,
      written(t, PERSON),
      `<div style="height:5000px"></div>${CARD}<p id="below">Below.</p>`,
      {
        init,
        answer: (request) =>
          void headers.push([request.url, request.headers.referer, request.headers.cookie]),
      },
    );
    // The card does not load: nothing to wait for.
    await page.waitForTimeout(500);
    assert.deepEqual(person.log, []);
    await page.locator('meridian-profile').scrollIntoViewIfNeeded();
    await page.locator('meridian-profile .p-name').waitFor();
    await page.locator('meridian-profile img').first().waitFor();
    assert.ok(headers.length >= 2);
    for (const [, referer, cookie] of headers)
      assert.deepEqual([referer, cookie], [undefined, undefined]);
  },
);
