// A long page comes in parts, and each part costs what it has, not what is there already: no rule
// of the theme's sheet may make all that is there anew for one element more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import { noBrowser, painted, visit } from './hosts.mjs';

const skip = noBrowser() ?? chromiumOnly('its trace counts the elements');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const COUNT = 500;
const items = (item) => Array.from({ length: COUNT }, (_, i) => item(i)).join('\n');
const LISTS = {
  'of links': items((i) => `- [Post ${i}](/about/)`),
  'by date': items((i) => `- <time>2026</time> [Post ${i}](/about/)`),
  numbered: items((i) => `1. Item ${i}`),
};

/**
 * The most elements that are styled at once after a change of a page.
 * @param {import('node:test').TestContext} t
 * @param {string} text of the page
 * @param {() => void} change runs in the page
 */
async function styledAfter(t, text, change) {
  const { page } = await visit(t, browser, {
    '_config.yml': 'title: Long\n',
    'index.md': `---\nlayout: single\ntitle: Long\n---\n${text}\n`,
  });
  // Its last part has come.
  await page.locator('.page__footer').waitFor({ state: 'attached' });
  await painted(page);
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await page.evaluate(change);
  await page.evaluate(() => document.body.getBoundingClientRect());
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  const styled = traceEvents
    .filter(({ name }) => name === 'UpdateLayoutTree')
    .map(({ args }) => args.elementCount ?? 0);
  assert.ok(styled.length, 'nothing was styled');
  return Math.max(...styled);
}

for (const [name, text] of Object.entries(LISTS))
  test(`one more item of a list ${name} is styled alone`, { skip }, async (t) => {
    const styled = await styledAfter(t, text, () => {
      const last = [...document.querySelectorAll('.page__content li')].at(-1);
      last.after(last.cloneNode(true));
    });
    assert.ok(styled < COUNT / 5, `${styled} elements`);
  });

const ARTICLE = items((i) => `Paragraph ${i} with *two* [links](/about/).\n\n- A list\n- of two\n`);
const CHANGES = {
  'of the text': () => {
    const [, before] = document.querySelectorAll('.page__content > p');
    before.after(before.cloneNode(true));
  },
  'of the body, such as a script': () =>
    document.querySelector('body > :first-child').after(document.createElement('script')),
};
for (const [name, change] of Object.entries(CHANGES))
  test(`one more element ${name} leaves paragraphs and items as they are`, { skip }, async (t) => {
    // Its lists alone are looked at again.
    const styled = await styledAfter(t, ARTICLE, change);
    assert.ok(styled < COUNT * 1.2, `${styled} elements`);
  });

test(
  'in a list by date an item without one stands in line with the others',
  { skip },
  async (t) => {
    const { page } = await visit(t, browser, {
      '_config.yml': 'title: Lists\n',
      'index.md':
        '---\nlayout: single\ntitle: List\n---\n- <time>2026</time> A\n- B\n- <time>2025</time> C\n',
    });
    const lefts = await page.evaluate(() => {
      const texts = document.createTreeWalker(
        document.querySelector('.page__content ul'),
        NodeFilter.SHOW_TEXT,
      );
      const found = [];
      while (texts.nextNode()) {
        const { data } = texts.currentNode;
        if (!/^\s*[ABC]\s*$/.test(data)) continue;
        const range = document.createRange();
        range.setStart(texts.currentNode, data.search(/\w/));
        range.setEnd(texts.currentNode, data.search(/\w/) + 1);
        found.push(Math.round(range.getBoundingClientRect().left));
      }
      return found;
    });
    assert.equal(lefts.length, 3);
    assert.equal(new Set(lefts).size, 1, lefts.join(' '));
  },
);
