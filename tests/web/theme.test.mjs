// The default theme in the browser: packs that load when a page uses them, words, icons, metadata,
// and third-party services that load on demand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  PROJECT,
  SITES,
  built,
  host,
  makeSite,
  noBrowser,
  openPage,
  settled,
  until,
} from './hosts.mjs';

const skip = noBrowser();
const AXE = readFileSync(join(PROJECT, 'node_modules/axe-core/axe.min.js'), 'utf8');
let browser;
// Only a host other than localhost is a published site.
before(async () => (browser = skip ? undefined : await launch({ local: ['ada.example'] })));
after(() => browser?.close());

/** The site of tests/sites/theme at `path`; its requests to other hosts are blocked. */
async function open(
  t,
  path,
  { name = '127.0.0.1', sources = `${SITES}/theme`, into = 'notes', options, headers = {} } = {},
) {
  const site = makeSite(t, sources, {
    manifest: true,
    into,
    meta: { manifest: 'meridian.json', root: into ? `/${into}/` : '/', routes: 'path' },
  });
  const server = await host(t, site.folder, { notFound: `${into}/404.html`, headers });
  const opened = await openPage(t, browser, options);
  const asked = [];
  await opened.context.route(
    (url) => !server.url.endsWith(`:${url.port}/`),
    (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'text/javascript', body: '' });
    },
  );
  const go = async (to) => {
    await opened.page.goto(server.url.replace('127.0.0.1', name) + (into && `${into}/`) + to);
    await settled(opened.page);
  };
  await go(path);
  const packs = () =>
    server.log.map((entry) => /(more|words|plugins)\.txt$/.exec(entry.path)?.[1]).filter(Boolean);
  return { ...opened, server, asked, go, packs };
}

const PLAIN = {
  '_config.yml':
    'title: Plain\nauthor: {name: Ada, email: a@b.c, github: ada}\ndefaults: [{scope: {path: ""}, values: {layout: single, author_profile: true}}]\n',
  'index.md': '---\ntitle: Home\n---\nWords.\n',
  'de.md': '---\ntitle: Deutsch\nlang: de\npermalink: /de/\n---\nWorte.\n',
};

test(
  'a page in English without rare features loads no pack; another language loads its words, once',
  { skip },
  async (t) => {
    const { page, packs, go, lines } = await open(t, '', { sources: PLAIN, into: '' });
    assert.equal(await page.textContent('.skip-link'), 'Skip to content');
    assert.deepEqual(packs(), []);
    await go('de/');
    assert.equal(await page.textContent('.skip-link'), 'Zum Inhalt');
    assert.equal(await page.getAttribute('html', 'lang'), 'de');
    assert.deepEqual(packs(), ['words']);
    assert.deepEqual(
      lines.filter((line) => !/404 \(Not Found\) \S+\/de\/$/.test(line)),
      [],
    );
  },
);

test(
  'words come from the site, then from the theme in the page’s language; its direction follows',
  { skip },
  async (t) => {
    const { page, go, packs } = await open(t, 'de-DE/');
    const words = () =>
      page.evaluate(() => [
        document.querySelector('#toc-title').textContent,
        document.querySelector('.page__date').textContent,
        document.dir,
      ]);
    assert.deepEqual(await words(), ['Inhalt dieser Notiz', 'Aktualisiert: 5. März 1843', '']);
    assert.deepEqual(
      packs()
        .filter((name) => name !== 'plugins')
        .sort(),
      ['more', 'words'],
    );
    await go('ar/');
    assert.deepEqual(await words(), ['في هذه الصفحة', 'آخر تحديث: 5 مارس 1843', 'rtl']);
    await go('zh-TW/');
    assert.deepEqual(await words(), ['本頁內容', '更新於： 1843年3月5日', '']);
  },
);

test(
  'every icon has its drawing, classes of icon fonts map to one, and an unknown name gives the link icon',
  { skip },
  async (t) => {
    const { page } = await open(t, '');
    const missing = await page.evaluate(async () => {
      const lost = [];
      const seen = new Map();
      for (const { href } of document.querySelectorAll('use')) {
        const [file, id] = href.baseVal.split('#');
        if (!seen.has(file))
          seen.set(
            file,
            new DOMParser().parseFromString(await (await fetch(file)).text(), 'image/svg+xml'),
          );
        if (!seen.get(file).getElementById(id)?.querySelector('path,circle,rect'))
          lost.push(href.baseVal);
      }
      return { lost, files: seen.size };
    });
    assert.deepEqual(missing.lost, []);
    assert.ok(missing.files > 30);
    await page.waitForFunction(() =>
      getComputedStyle(document.querySelector('.fa-github'), '::before').maskImage.includes(
        'github',
      ),
    );
    const masks = await page.evaluate(() =>
      [...document.querySelectorAll('.page__content i')].map((icon) => {
        const { maskImage, width } = getComputedStyle(icon, '::before');
        return [/icons\/([\w-]+)\.svg/.exec(maskImage)?.[1], parseFloat(width) > 10];
      }),
    );
    assert.deepEqual(masks, [
      ['github', true],
      ['email', true],
      ['googlescholar', true],
      ['link', true],
    ]);
  },
);

test(
  'metadata are those of the open page, and a title can’t close a script',
  { skip },
  async (t) => {
    const { page, go, asked } = await open(t, 'publications/1843-notes/');
    const data = async () =>
      JSON.parse(await page.textContent('script[type="application/ld+json"]'));
    assert.equal((await data())['@type'], 'ScholarlyArticle');
    assert.equal(await page.locator('meta[name=citation_author]').count(), 3);
    await go('letters/letter-1/');
    assert.equal((await data())['@type'], 'BlogPosting');
    assert.equal(await page.locator('meta[name=citation_author]').count(), 0);
    await page.click('.site-title');
    await settled(page, () => document.title === 'Notes & sketches | Ada Byron');
    assert.equal((await data())['@type'], 'Person');
    assert.deepEqual(asked, []); // no comment, and no count on localhost
  },
);

test('comments load on demand; visits are counted on published sites only', { skip }, async (t) => {
  const { page, asked, lines } = await open(t, 'letters/letter-1/', { name: 'ada.example' });
  await page.waitForSelector('.page__comments button:not([hidden])');
  assert.deepEqual(asked, ['https://www.googletagmanager.com/gtag/js?id=G-TEST']);
  await page.click('.page__comments button');
  await page.waitForSelector('.giscus script', { state: 'attached' });
  const said = await page.evaluate(() => ({
    ...document.querySelector('.giscus script').dataset,
  }));
  assert.equal(said.repo, 'ada/notes');
  assert.equal(said.repoId, 'R_1');
  assert.equal(said.category, 'Comments');
  assert.equal(said.theme, 'dark_dimmed');
  await page.waitForFunction(() => !document.querySelector('.page__comments button'));
  assert.equal(asked[1], 'https://giscus.app/client.js');
  // The next page has its own, and is no second visit.
  await page.click('.pagination--pager[rel=next]');
  await settled(page, () => document.querySelector('h1').textContent === 'Letter 2');
  await page.waitForSelector('.page__comments button:not([hidden])');
  assert.equal(asked.length, 2);
  assert.deepEqual(
    lines.filter((line) => !/404 \(Not Found\)/.test(line)),
    [],
  );
});

test(
  'comments load under Trusted Types, when the policy names their script',
  { skip },
  async (t) => {
    const headers = {
      'content-security-policy':
        "require-trusted-types-for 'script'; trusted-types meridian meridian-services",
    };
    const { page, asked, lines } = await open(t, 'letters/letter-1/', { headers });
    for (const title of ['Letter 1', 'Letter 2']) {
      await page.waitForFunction(
        (wanted) => document.querySelector('h1').textContent === wanted,
        title,
      );
      await page.click('.page__comments button');
      await page.waitForFunction(() => document.querySelector('.giscus script'));
      await page.click('.pagination--pager[rel=next]');
    }
    await page.waitForFunction(() => document.querySelector('h1').textContent === 'Letter 3');
    assert.equal(asked.filter((url) => url === 'https://giscus.app/client.js').length, 2);
    assert.deepEqual(
      lines.filter((line) => !/404 \(Not Found\)/.test(line)),
      [],
    );
  },
);

test('other providers get their documented parameters', { skip }, async (t) => {
  const config = (comments) => ({
    ...PLAIN,
    '_config.yml': `${PLAIN['_config.yml']}repository: ada/notes\ncomments: ${comments}\n`,
    'index.md': '---\ntitle: Home\ncomments: true\n---\nWords.\n',
  });
  const first = async (comments) => {
    const { page, asked } = await open(t, '', { sources: config(comments), into: '' });
    await page.click('.page__comments button');
    await page.waitForFunction(() => !document.querySelector('.page__comments button'));
    await until(() => asked.length, 'the script is requested');
    return [asked[0], page];
  };
  const [utterances, page] = await first('{provider: utterances, utterances: {issue_term: title}}');
  assert.equal(utterances, 'https://utteranc.es/client.js');
  assert.equal(await page.getAttribute('script[repo]', 'issue-term'), 'title');
  assert.match(
    (await first('{provider: disqus, disqus: {shortname: ada-notes}}'))[0],
    /^https:\/\/ada-notes\.disqus\.com\/embed\.js$/,
  );
  assert.equal(
    (await first('{provider: discourse, discourse: {server: talk.example}}'))[0],
    'https://talk.example/javascripts/embed.js',
  );
  assert.match(
    (await first('{provider: facebook, facebook: {appid: 12}}'))[0],
    /^https:\/\/connect\.facebook\.net\/en_US\/sdk\.js/,
  );
});

test(
  'pictures that link to larger ones open in a lightbox, are browsed by keyboard, and return the focus',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, '');
    await page.waitForFunction(() => document.querySelector('.gallery a').onclick);
    const shown = () =>
      page.evaluate(() => {
        const dialog = document.querySelector('dialog[open]');
        return (
          dialog && [
            dialog.querySelector('img').src.split('/').pop(),
            dialog.querySelector('p').textContent,
          ]
        );
      });
    await page.focus('.gallery a');
    await page.keyboard.press('Enter');
    assert.deepEqual(await shown(), ['engine.svg', 'First']);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(), ['second.svg', 'The second']);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(), ['engine.svg', 'First']);
    await page.click('dialog button[aria-label=Previous]');
    assert.deepEqual(await shown(), ['second.svg', 'The second']);
    await page.evaluate(AXE);
    assert.deepEqual(
      await page.evaluate(async () =>
        (await window.axe.run('dialog')).violations.map(({ id }) => id),
      ),
      [],
    );
    await page.keyboard.press('Escape');
    assert.equal(await shown(), null);
    await page.waitForFunction(() => document.activeElement.title === 'The second');
    assert.equal(new URL(page.url()).pathname, '/notes/');
    assert.deepEqual(
      lines.filter((line) => !/404 \(Not Found\)/.test(line)),
      [],
    );
  },
);

for (const width of [390, 1440])
  test(
    `nothing is wider than the window at ${width} px, and axe finds nothing, light and dark`,
    { skip },
    async (t) => {
      const { page, go } = await open(t, '', { options: { viewport: { width, height: 900 } } });
      for (const path of [
        '',
        'hero/',
        'overlay/',
        'letters/letter-2/',
        'categories/',
        'tags/',
        'year-archive/',
        'publications/',
        'publications/1844-card/',
        'talks/1842-turin/',
        'cv/',
        'ar/',
        'ja/',
      ]) {
        await go(path);
        await page.evaluate(AXE);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
            `${path} is too wide`,
          );
          const found = await page.evaluate(async () =>
            (await window.axe.run()).violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`,
            ),
          );
          assert.deepEqual(found, [], `${path}, ${colorScheme}`);
        }
      }
    },
  );

test(
  'a plain folder: the list of its pages is beside the page, on a phone below it, and marks the open one',
  { skip },
  async (t) => {
    for (const width of [1440, 390]) {
      const viewport = { width, height: 500 };
      const { page, go } = await open(t, 'docs/software/protocol/', {
        sources: `${SITES}/folder`,
        into: '',
        name: 'ada.example',
        options: { viewport },
      });
      const places = () =>
        page.evaluate(() => {
          const [list, here, text] = ['nav.sidebar', 'nav.sidebar [aria-current]', 'article'].map(
            (name) => document.querySelector(name).getBoundingClientRect(),
          );
          return {
            seen: here.top >= list.top && here.bottom <= Math.min(list.bottom, innerHeight),
            beside: list.left < text.left,
            below: list.top >= text.bottom,
            scrolled: scrollY,
          };
        });
      const wide = width > 1000;
      const right = { seen: wide, beside: wide, below: !wide, scrolled: 0 };
      await page.waitForSelector('nav.sidebar [aria-current]');
      assert.deepEqual(await places(), right);
      await page.evaluate(() => window.meridian.navigate('/docs/faq/'));
      await page.waitForFunction(() =>
        /faq/.test(document.querySelector('nav.sidebar [aria-current]')?.href),
      );
      assert.deepEqual(await places(), right);
      assert.equal(
        await page.evaluate(
          () =>
            !!(
              document
                .querySelector('nav.sidebar')
                .compareDocumentPosition(document.querySelector('article')) &
              Node.DOCUMENT_POSITION_PRECEDING
            ),
        ),
        true,
      );
      await go('');
      assert.equal(await page.evaluate(() => scrollY), 0);
    }
  },
);

test(
  'a page with an author’s style sheet for white paper is dark in the dark scheme, except for its pictures',
  { skip },
  async (t) => {
    const content =
      '<style>.box { background-color: #f8f9fa; padding: 30px }</style>\n\nWords.\n\n<p class="box">Boxed.</p>\n\n<img src="{{ "/p.svg" | relative_url }}" alt="">\n';
    const sources = {
      ...PLAIN,
      'index.md': `---\ntitle: Home\n---\n${content}`,
      'p.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="#ffcc33"/></svg>',
    };
    for (const [colorScheme, chosen] of [
      ['dark', ''],
      ['light', ''],
      ['light', 'dark'],
      ['dark', 'light'],
    ]) {
      const { page } = await open(t, '', {
        sources,
        into: '',
        name: 'ada.example',
        options: { colorScheme },
      });
      if (chosen)
        await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), chosen);
      await page.waitForFunction(() => document.querySelector('.page__content img').naturalWidth);
      /** The colour of the upper left corner of an element. */
      const corner = async (selector) => {
        const { x, y } = await page.locator(selector).boundingBox();
        const shot = await page.screenshot({ clip: { x: x + 5, y: y + 5, width: 4, height: 4 } });
        return page.evaluate(async (data) => {
          const image = Object.assign(new Image(), { src: `data:image/png;base64,${data}` });
          await image.decode();
          const canvas = new OffscreenCanvas(4, 4).getContext('2d');
          canvas.drawImage(image, 0, 0);
          return [...canvas.getImageData(2, 2, 1, 1).data.subarray(0, 3)];
        }, shot.toString('base64'));
      };
      const dark = (chosen || colorScheme) === 'dark';
      for (const selector of ['.page__content', '.box']) {
        const colour = await corner(selector);
        assert.equal(
          Math.max(...colour) < 80,
          dark,
          `${selector} ${colorScheme} ${chosen}: ${colour}`,
        );
      }
      const picture = await corner('.page__content img');
      assert.ok(
        picture[0] > 200 && picture[2] < 110,
        `picture ${colorScheme} ${chosen}: ${picture}`,
      );
    }
  },
);

test('written pages have the button for light and dark, too', { skip }, async (t) => {
  const folder = built(t, { ...PLAIN, 'b.md': '---\ntitle: B\n---\n' });
  const { url } = await host(t, folder);
  const { page, lines } = await openPage(t, browser, { colorScheme: 'light' });
  await page.goto(url);
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.locator('[data-theme-toggle]').click();
  assert.notEqual(await ink(), light);
  // The choice is there before the first paint of the next page.
  await page.goto(`${url}b.html`, { waitUntil: 'commit' });
  await page.waitForSelector('html[data-theme=dark] body', { state: 'attached' });
  await page.locator('[data-theme-toggle]').click();
  assert.equal(await ink(), light);
  assert.deepEqual(lines, []);
});
