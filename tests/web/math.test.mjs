// Mathematics: TeX becomes MathML, under the shell and in pages that the command wrote. Real core,
// real KaTeX, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { COMMAND, host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const CONTENT = `The area is $$\\pi r^2$$, and \\\\(a < b\\\\) holds; \`\\(code\\)\` does not, nor does $5.

$$
\\sin^2 x + \\cos^2 x = 1
$$

\\begin{align}
y &= 1
\\end{align}

\\begin{eqnarray}
a &=& b
\\end{eqnarray}

What $$\\frac{1}$$ lacks is said.

<script type="math/tex; mode=display">z</script>
`;
const source = (content) => `---\nlayout: single\ntitle: Formulas\npermalink: /\n---\n${content}`;
const SITE = {
  '_config.yml': 'title: Formulas\n',
  'index.md': source(CONTENT),
  'plain.md': '---\nlayout: single\npermalink: /plain/\n---\nNo formula, only $5 (or less).\n',
};

async function open(t, sources, { path = '', options = {}, written = false, inPage } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
    shell: !written,
    ...options,
  });
  let { folder } = site;
  if (written) {
    folder = mkdtempSync(join(tmpdir(), 'meridian-written-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync(COMMAND, ['build', '--source', site.root, '--destination', folder, '--quiet']);
  }
  const server = await host(t, folder);
  const opened = await openPage(t, browser);
  if (inPage) await opened.page.addInitScript(inPage);
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, server };
}

/** Each formula's TeX, and whether it is displayed. */
const formulas = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('math')].map((math) => [
      math.querySelector('annotation').textContent,
      math.getAttribute('display') === 'block',
    ]),
  );
const asked = (server) =>
  server.log.filter(({ path }) => /\/(math|katex)\.js$/.test(path)).map(({ path }) => path);

for (const written of [false, true])
  test(
    `TeX becomes MathML ${written ? 'in a page that the command wrote' : 'under the shell'}; code stays, invalid TeX shows its source`,
    { skip },
    async (t) => {
      const { page, lines } = await open(t, SITE, { written });
      await page.waitForFunction(() => document.querySelectorAll('math').length === 6);
      assert.deepEqual(await formulas(page), [
        ['\\pi r^2', false],
        ['a < b', false],
        ['\\sin^2 x + \\cos^2 x = 1', true],
        ['\\begin{align}\ny &= 1\n\\end{align}', true],
        ['\\begin{align}\na &= b\n\\end{align}', true],
        ['z', true],
      ]);
      assert.equal(
        await page.evaluate(() => document.querySelector('p code').textContent),
        '\\(code\\)',
      );
      // Thin spaces around function names: after the first; both sides only where no operator is
      // adjacent.
      assert.equal(
        await page.evaluate(
          () => document.querySelectorAll('math')[2].querySelectorAll('mspace').length,
        ),
        2,
      );
      const wrong = await page.evaluate(() => {
        const code = document.querySelector('.meridian-error');
        return [code.textContent, code.title];
      });
      assert.equal(wrong[0], '\\frac{1}');
      assert.match(wrong[1], /ParseError/);
      assert.equal(lines.length, 1, lines.join('\n')); // the invalid formula is reported on the author's own machine
      assert.match(lines[0], /ParseError/);
    },
  );

test('GitHub’s math syntax works in a plain folder', { skip }, async (t) => {
  const { page, lines } = await open(t, {
    'README.md': '# Formulas\n\nHere is $x^2$.\n\n$$y$$\n\n```math\nz\n```\n',
  });
  await page.waitForFunction(() => document.querySelectorAll('math').length === 3);
  assert.deepEqual(await formulas(page), [
    ['x^2', false],
    ['y', true],
    ['z', true],
  ]);
  assert.equal(await page.evaluate(() => document.querySelectorAll('pre, code').length), 0);
  assert.deepEqual(lines, []);
});

for (const written of [false, true])
  test(
    `TeX goes on behind hard breaks, and single dollars are formulas where a site asks for it: ${written ? 'written' : 'shell'}`,
    { skip },
    async (t) => {
      const { page, lines } = await open(
        t,
        {
          '_config.yml':
            'title: Formulas\nkramdown: {hard_wrap: true}\nmeridian: {math: dollars}\n',
          'index.md': source(
            'First  \n\\\\(a\n= b\\\\) and \\\\[c\n= d\\\\]\nlast\n\n' +
              'Costs $5 or $6, $x_1$ and $y_1$, *not* `$z$`.\n\n' +
              '\\begin{align}\ne &= f\n\\end{align}\n\nOpen \\\\(g\nh\n\nnever closed\\\\)\n',
          ),
        },
        { written },
      );
      await page.waitForFunction(() => document.querySelectorAll('math').length === 5);
      const lean = (await formulas(page)).map(([tex, display]) => [
        tex.replace(/\s+/g, ' '),
        display,
      ]);
      assert.deepEqual(lean, [
        ['a = b', false],
        ['c = d', true],
        ['x_1', false],
        ['y_1', false],
        ['\\begin{align} e &= f \\end{align}', true],
      ]);
      const [first, money, , open_] = await page.locator('.page__content p').allInnerTexts();
      assert.match(first, /^First\s/);
      assert.match(first, /\slast$/);
      assert.match(money, /^Costs \$5 or \$6, /);
      assert.match(open_, /^Open .*h$/s);
      // Breaks outside formulas stay.
      assert.equal(await page.locator('.page__content p').first().locator('br').count(), 2);
      assert.deepEqual(lines, []);
    },
  );

test(
  'a page without formulas loads no script, TeX in code loads no KaTeX, and pages with MathJax are left to it',
  { skip },
  async (t) => {
    const { page, server } = await open(t, SITE, { path: 'plain/' });
    // Nothing more loads: there is no event to wait for.
    await page.waitForTimeout(300);
    assert.deepEqual(asked(server), []);
    const code = await open(t, {
      ...SITE,
      'index.md': source('Only `\\(x\\)` as it is written.\n'),
    });
    // KaTeX does not load later either.
    await code.page.waitForTimeout(500);
    assert.deepEqual(asked(code.server), ['/meridian/math.js']);
    const other = await open(t, {
      ...SITE,
      'mathjax.js': 'window.mine = true',
      '_includes/head/custom.html': '<script async src="/mathjax.js"></script>',
    });
    await other.page.waitForFunction(() => window.mine);
    // Formulas are not set later either.
    await other.page.waitForTimeout(500);
    assert.deepEqual(await formulas(other.page), []);
  },
);

test('formulas are set after each navigation, and KaTeX loads once', { skip }, async (t) => {
  const { page, server } = await open(t, {
    ...SITE,
    'next.md': source('Next: $$w$$.\n').replace('permalink: /', 'permalink: /next/'),
  });
  await page.waitForFunction(() => document.querySelectorAll('math').length === 6);
  await page.evaluate(() => window.meridian.navigate('/next/'));
  await page.waitForFunction(() => document.querySelector('math annotation')?.textContent === 'w');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('math').length === 6);
  assert.equal(asked(server).filter((path) => path.endsWith('katex.js')).length, 1);
});

test('an inline formula that is wider than a phone scrolls by itself', { skip }, async (t) => {
  const sum = Array.from({ length: 30 }, (_, i) => `a_{${i}}`).join(' + ');
  const { page } = await open(t, {
    ...SITE,
    'index.md': source(`So $$${sum} = b$$, and $$c$$.\n`),
  });
  await page.waitForFunction(() => document.querySelectorAll('math').length === 2);
  await page.setViewportSize({ width: 320, height: 568 });
  // The formula, or, where formulas don't scroll, the paragraph in which it stands.
  await page.waitForSelector('math[tabindex], p[tabindex]');
  assert.deepEqual(
    await page.evaluate(() => [
      document.documentElement.scrollWidth,
      [...document.querySelectorAll('math')].map((math) => math.className),
      [...document.querySelectorAll('main [tabindex]')].map((box) => [
        box.matches('.wide, :has(> .wide)'),
        box.tabIndex,
        box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX,
      ]),
    ]),
    [320, ['wide', ''], [[true, 0, 'auto']]],
  );
});

// After the first formula Chromium styles all that stands beside each further one again.
test('many formulas come into a page a few times, not one by one', { skip }, async (t) => {
  const count = 150;
  const text = Array.from({ length: count }, (_, i) => `$$x_{${i}}$$\n`).join('\n');
  const { page } = await open(
    t,
    { ...SITE, 'index.md': source(text) },
    {
      inPage: () => {
        // On a slow processor: each formula takes a task.
        let now = 0;
        performance.now = () => (now += 50);
        window.changes = 0;
        new MutationObserver((records) => {
          const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
          window.changes += added.some(({ localName }) => localName === 'math');
        }).observe(document, { childList: true, subtree: true });
      },
    },
  );
  await page.waitForFunction((all) => document.querySelectorAll('math').length === all, count);
  assert.equal(await page.evaluate(() => window.changes), 3); // 50 at a time
});

test(
  'a formula without end, or of endless macros, is reported and does not hold up the others',
  { skip },
  async (t) => {
    const bomb = '\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\d\\d}\\def\\d{\\a\\a}\\a';
    const { page } = await open(t, {
      ...SITE,
      'index.md': source(
        `$$${bomb}$$ $$${'x'.repeat(30_000)}$$ $$\\htmlStyle{color:red}{x}$$ $$\\href{javascript:alert(1)}{x}$$ $$last$$\n`,
      ),
    });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('math annotation')].some(
        ({ textContent }) => textContent === 'last',
      ),
    );
    assert.equal(
      await page.evaluate(
        () => document.querySelectorAll('main [style], main a[href^=javascript]').length,
      ),
      0,
    );
    assert.match(
      await page.evaluate(() =>
        [...document.querySelectorAll('.meridian-error')].map(({ title }) => title).join(),
      ),
      /Too many expansions.*longer than 20000/s,
    );
  },
);
