// Which rules of a style sheet are kept with a page: all that match in it, at any width.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rulesFor } from '../../web/shell/used_rules.js';
import { launch } from './browser.mjs';
import { demo, demoMissing } from './demo.mjs';
import { DIST, host, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const PAGE = '<main class="wide open" id="top"><p>Text <a href=/x class=Link>b</a></p></main>';

for (const [name, css, expected] of [
  [
    'elements, classes and ids',
    'p{a:b}.wide{a:b}#top{a:b}table{a:b}.narrow{a:b}',
    'p{a:b}.wide{a:b}#top{a:b}',
  ],
  ['each name of a selector', 'main .open>p{a:b}main .shut>p{a:b}', 'main .open>p{a:b}'],
  ['one selector of a list', '.shut, p{a:b}.shut, .off{a:b}', '.shut, p{a:b}'],
  ['elements that parsers add', 'html,body{a:b}tbody{a:b}', 'html,body{a:b}tbody{a:b}'],
  [
    'pseudo-classes ask for nothing',
    'a:hover::after{a:b}p:not(.off, :is(.x)){a:b}:root{a:b}*{a:b}',
    'a:hover::after{a:b}p:not(.off, :is(.x)){a:b}:root{a:b}*{a:b}',
  ],
  [
    'nor do attributes',
    'a[href$=".pdf"],a[x]{a:b}b[x="],p"]{a:b}',
    'a[href$=".pdf"],a[x]{a:b}b[x="],p"]{a:b}',
  ],
  ['escapes may be anything', '.sm\\:w{a:b}', '.sm\\:w{a:b}'],
  ['case does not matter', 'A.LINK{a:b}', 'A.LINK{a:b}'],
  [
    'media and layers hold what they need',
    '@media print{p{a:b}.off{a:b}}@layer x{.off{a:b}}',
    '@media print{p{a:b}}',
  ],
  [
    'other at-rules stay',
    '@charset "UTF-8";@layer a,b;@font-face{a:b}@keyframes x{to{a:b}}',
    '@charset "UTF-8";@layer a,b;@font-face{a:b}@keyframes x{to{a:b}}',
  ],
  ['comments and strings hold no rules', '/*} .off{*/p{a:"}.x{"}/* p */.off{a:b}', 'p{a:"}.x{"}'],
  ['rules in rules stay with them', 'p{a:b;&:hover{a:b}}.off{a:b;& p{a:b}}', 'p{a:b;&:hover{a:b}}'],
  ['what has no end', 'p{a:b}.off{a:b', 'p{a:b}.off{a:b'],
])
  test(`rules of a page: ${name}`, () => assert.equal(rulesFor(PAGE, css), expected));

test('broken sheets take linear time', () => {
  const SIZE = 300_000;
  const parts = [
    '/* ',
    '"a ',
    '"\\"',
    "'a ",
    '{',
    'a{',
    '}',
    '@media x{',
    'a(',
    ':',
    'a,',
    '[',
    '(a ',
    '/**/a',
    '\\',
  ];
  for (const part of parts) {
    const css = part.repeat(SIZE / part.length);
    for (const text of [css, `${css}{}`, `${css}\\`, `p{${css}`]) {
      const begin = performance.now();
      rulesFor(PAGE, text);
      const took = performance.now() - begin;
      assert.ok(took < 5000, `${JSON.stringify(part)}: ${took} ms`);
    }
  }
});

/** Runs in the page: how each element looks. */
function looks() {
  const look = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return [...style].map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
  };
  return [...document.querySelectorAll('body, body *')].map((element) =>
    [
      element.nodeName,
      ...[null, '::before', '::after'].map((pseudo) => look(element, pseudo)),
    ].join(),
  );
}

test('pages look the same with the rules that are picked for them', { skip }, async (t) => {
  const css = readFileSync(join(DIST, 'meridian/theme.css'), 'utf8');
  const server = await host(t, demo(t).folder);
  const { page } = await openPage(t, browser);
  for (const [path, width] of [
    ['', 390],
    ['publications/', 1440],
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(server.url + path);
    await settled(page);
    const html = await page.evaluate(() => {
      for (const element of document.querySelectorAll('script, style, link, meridian-globe'))
        element.remove();
      for (const image of document.querySelectorAll('[src]')) image.removeAttribute('src');
      return document.documentElement.outerHTML;
    });
    // Without the shell, which may bring the end of the page, and without what loads late.
    await page.goto('about:blank');
    await page.setContent(html);
    const show = async (text) => {
      await page.evaluate((textContent) => {
        document.querySelector('style')?.remove();
        document.head.append(Object.assign(document.createElement('style'), { textContent }));
      }, text);
      return page.evaluate(looks);
    };
    const picked = rulesFor(html, css);
    const whole = await show(css);
    assert.deepEqual(await show(picked), whole);
    assert.notDeepEqual(await show('p { color: red }'), whole);
    assert.ok(picked.length < 0.8 * css.length, `${path}: ${picked.length} of ${css.length}`);
  }
});
