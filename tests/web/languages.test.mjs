// Pages in several languages: the switch, the alternates in the head, the direction of the page; in
// the visitor's browser, in written pages, from the server and in the playground. Real core, real
// browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch } from './browser.mjs';
import { built, host, noBrowser, openPage, visit as open } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const page = (/** @type {string} */ front) => `---\nlayout: single\n${front}\n---\nText\n`;
const SITE = {
  '_config.yml': 'title: Lab\nurl: https://lab.example\n',
  '_data/navigation.yml': 'main: [{title: About, url: /about.html}]\n',
  'index.md': page('title: Home'),
  'about.md': page('title: About'),
  'about.zh.md': page('title: 关于'),
  'ar/about.md': page('title: حول'),
  'team.md': page('title: Team\nref: team'),
  'mannschaft.md': page('title: Mannschaft\nref: team\nlang: de'),
};
const alternates = (/** @type {string} */ site) => [
  ['en', `${site}about.html`],
  ['zh', `${site}about.zh.html`],
  ['ar', `${site}ar/about.html`],
  ['x-default', `${site}about.html`],
];

/** @param {any} t @param {any} [options] */
const visit = (t, options) => open(t, browser, SITE, { path: 'about.html', ...options });

/** What the head says about languages. @param {any} page */
const alternatesOf = (page) =>
  page.$$eval('link[hreflang]', (links) =>
    links.map((link) => [link.getAttribute('hreflang'), link.getAttribute('href')]),
  );

/** The switch: names, addresses, and which is the page's own. @param {any} page */
const switchOf = (page) =>
  page.$$eval('nav.languages a', (links) =>
    links.map((link) => [link.textContent, link.pathname, link.getAttribute('aria-current')]),
  );

const SWITCH = (/** @type {number} */ own) =>
  [
    ['English', '/about.html'],
    ['中文', '/about.zh.html'],
    ['العربية', '/ar/about.html'],
  ].map((link, i) => [...link, i === own ? 'page' : null]);

test('a page has a link to each of its languages, and goes there', { skip }, async (t) => {
  const { page, lines } = await visit(t);
  // In a browser a site is at home wherever its files are.
  const all = alternates(`${new URL(page.url()).origin}/`);
  assert.deepEqual(await switchOf(page), SWITCH(0));
  assert.deepEqual(await alternatesOf(page), all);
  await page.click('nav.languages a[lang=ar]');
  await page.waitForSelector('html[lang=ar][dir=rtl]');
  assert.equal(await page.textContent('h1'), 'حول');
  assert.deepEqual(await switchOf(page), SWITCH(2));
  assert.deepEqual(await alternatesOf(page), all);
  await page.click('nav.languages a[lang=zh]');
  await page.waitForSelector('html[lang=zh]:not([dir])');
  assert.equal(await page.getAttribute('nav.languages', 'aria-label'), '语言');
  await page.click('nav.languages a[lang=en]');
  await page.waitForSelector('html[lang=en]');
  assert.deepEqual(
    lines.filter((line) => !/404/.test(line)),
    [],
  );
});

test('pages with one ref: by keyboard, and back', { skip }, async (t) => {
  const { page } = await visit(t, { path: 'team.html' });
  await page.locator('nav.languages a[lang=de]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[lang=de]');
  assert.match(page.url(), /mannschaft\.html$/);
  assert.equal(await page.textContent('h1'), 'Mannschaft');
  await page.goBack();
  await page.waitForSelector('html[lang=en]');
  assert.equal(await page.textContent('h1'), 'Team');
});

test('other pages have none of it', { skip }, async (t) => {
  const { page, asked } = await visit(t, { path: '' });
  assert.deepEqual(await switchOf(page), []);
  assert.deepEqual(await alternatesOf(page), []);
  assert.deepEqual(
    asked().filter((path) => /meridian\/more\.txt$/.test(path)),
    [],
  );
});

test('a written page has it without a script', { skip }, async (t) => {
  const server = await host(t, built(t, SITE));
  const { page } = await openPage(t, browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}about.html`);
  assert.deepEqual(await switchOf(page), SWITCH(0));
  assert.deepEqual(await alternatesOf(page), alternates('https://lab.example/'));
  await page.click('nav.languages a[lang=ar]');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
});

test('axe finds nothing; phone and dark', { skip }, async (t) => {
  for (const [path, width, colorScheme] of [
    ['about.html', 1440, 'light'],
    ['about.html', 390, 'dark'],
    ['ar/about.html', 390, 'light'],
  ]) {
    const { page } = await visit(t, {
      path,
      context: { viewport: { width, height: 844 }, colorScheme },
    });
    await page.waitForSelector('nav.languages');
    assert.deepEqual(await violations(page), [], `${path} ${width} ${colorScheme}`);
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      true,
    );
    const sizes = await page.$$eval('nav.languages a', (links) =>
      links.map((link) => Math.round(link.getBoundingClientRect().height)),
    );
    assert.ok(
      sizes.every((size) => size >= 24),
      `${sizes}`,
    );
  }
});

const POLYGLOT = {
  '_config.yml':
    'title: Lab\nurl: https://lab.example\nplugins: [jekyll-polyglot]\nlanguages: [en, de]\n' +
    'permalink: pretty\ndefaults: [{scope: {path: ""}, values: {layout: single}}]\n',
  '_data/navigation.yml': 'main: [{title: About, url: /about/}]\n',
  '_data/de/navigation.yml': 'main: [{title: Über, url: /about/}]\n',
  'index.md': page('title: Home'),
  'about.md': page('title: About\nlang: en\npermalink: /about/'),
  'ueber.md': page('title: Über\nlang: de\npermalink: /about/'),
  'plain.md': '---\ntitle: Plain\n---\n[About](/about/), [paper](/paper.pdf)\n',
  'paper.pdf': '%PDF-1.4\n',
};

test('jekyll-polyglot: every language at its address, from raw sources', { skip }, async (t) => {
  const { page, lines, asked } = await open(t, browser, POLYGLOT, { path: 'de/plain/' });
  await page.waitForSelector('h1');
  assert.equal(await page.textContent('h1'), 'Plain');
  // A file that is the same in all languages has one address: the host has no other.
  assert.equal(await page.getAttribute('main a[href$="paper.pdf"]', 'href'), '/paper.pdf');
  assert.equal(await page.getAttribute('.masthead a[href*="about"]', 'href'), '/de/about/');
  await page.click('main a[href$="about/"]');
  await page.waitForSelector('html[lang=de]');
  assert.equal(new URL(page.url()).pathname, '/de/about/');
  assert.equal(await page.textContent('h1'), 'Über');
  assert.deepEqual(await switchOf(page), [
    ['English', '/about/', null],
    ['Deutsch', '/de/about/', 'page'],
  ]);
  await page.click('nav.languages a[lang=en]');
  await page.waitForSelector('html[lang=en]');
  assert.equal(new URL(page.url()).pathname, '/about/');
  assert.equal(await page.textContent('.masthead a[href$="/about/"]'), 'About');
  await page.goBack();
  await page.waitForSelector('html[lang=de]');
  assert.deepEqual(
    asked().filter((path) => /^\/de\/meridian|\/de\/.*\.(css|js|pdf)$/.test(path)),
    [],
  );
  assert.deepEqual(
    lines.filter((line) => !/404/.test(line)),
    [],
  );
});

const TEXTS = {
  '_config.yml':
    'plugins: [jekyll-multiple-languages-plugin]\nlanguages: [en, de]\npermalink: pretty\n' +
    'translate_props: [title]\ntitle: site.name\n',
  '_i18n/en.yml': 'site: {name: Weather}\nmenu: {about: About us}\n',
  '_i18n/de.yml': 'site: {name: Wetter}\nmenu: {about: Über uns}\n',
  '_i18n/en/intro.md': 'Welcome to **{{ include.place }}**.\n',
  '_i18n/de/intro.md': 'Willkommen in **{{ include.place }}**.\n',
  '_i18n/de/_posts/2024-01-02-tag.md': '---\nlayout: main\ntitle: Tag\n---\n{% t menu.about %}\n',
  '_layouts/main.html':
    '<!doctype html><html lang="{{ site.lang }}"><title>{{ site.title }}</title>' +
    '<link rel="stylesheet" href="{{ site.baseurl }}/css/main.css">' +
    '<nav><a class="about" href="{% tl about %}">{% t menu.about %}</a>' +
    '{% for lang in site.languages %}<a class="{{ lang }}" href="{% tl {{ page.namespace }} {{ lang }} %}">' +
    '{{ lang }}</a>{% endfor %}</nav><main>{{ content }}</main></html>',
  'index.md':
    '---\nlayout: main\nnamespace: home\npermalink: /\n---\n{% tf intro.md place="Rome" %}\n\n' +
    '{% for post in site.posts %}[{{ post.title }}]({{ site.baseurl }}{{ post.url }}){% endfor %}\n\n' +
    '[Paper]({{ site.baseurl }}/paper.pdf)\n',
  'about.md':
    '---\nlayout: main\nnamespace: about\npermalink: /about/\npermalink_de: /ueber/\n---\n' +
    '{{ page.url }}\n',
  'css/main.scss': '---\n---\nmain { b { color: rgb(1, 2, 3) } strong { color: rgb(4, 5, 6) } }\n',
  'paper.pdf': '%PDF-1.4\n',
};

test('jekyll-multiple-languages-plugin: texts and links, from raw sources', { skip }, async (t) => {
  const { page, lines } = await open(t, browser, TEXTS, { path: 'de/' });
  await page.waitForSelector('main strong');
  assert.equal(await page.textContent('main strong'), 'Rome');
  assert.equal(await page.title(), 'Wetter');
  assert.equal(await page.textContent('a.about'), 'Über uns');
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('main strong')).color === 'rgb(4, 5, 6)',
  );
  await page.click('main a[href*="tag"]');
  await page.waitForFunction(() => location.pathname === '/de/2024/01/02/tag/');
  assert.equal((await page.textContent('main')).trim(), 'Über uns');
  await page.click('a.about');
  await page.waitForFunction(() => location.pathname === '/de/ueber/');
  assert.equal((await page.textContent('main')).trim(), '/ueber/');
  await page.click('a.en');
  await page.waitForFunction(() => location.pathname === '/about/');
  assert.equal(await page.title(), 'Weather');
  assert.equal(await page.textContent('a.about'), 'About us');
  assert.deepEqual(
    lines.filter((line) => !/404/.test(line)),
    [],
  );
});
