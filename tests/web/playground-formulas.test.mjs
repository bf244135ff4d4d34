// Mathematics in the preview: formulas are set during typing, in trusted and untrusted projects.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { opensByLink, playgrounds, skip, write, renderWhole } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const TEXT = `---
layout: single
title: T
---

The area is $$\\pi r^2 < 10$$; \`\\(code\\)\` is none, and \\\\(open is none either.

One goes on behind a break: \\\\(p\\\\
= q\\\\).

$$
\\sin^2 x = 1
$$

What $$\\frac{1}$$ lacks is said.

\`\`\`tex
\\[ shown \\]
\`\`\`

\\begin{align}
y &= 1
\\end{align}
`;
const SET = [
  ['\\pi r^2 < 10', false],
  ['p\n\n= q', false],
  ['\\sin^2 x = 1', true],
  ['\\begin{align}\ny &= 1\n\\end{align}', true],
];
/** Each formula's TeX, and whether it is displayed. */
const formulas = (shown) =>
  shown
    .locator('math')
    .evaluateAll((all) =>
      all.map((math) => [
        math.querySelector('annotation').textContent,
        math.getAttribute('display') === 'block',
      ]),
    );

test(
  'formulas are set as on the finished page, also during typing; code and invalid TeX show their source',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    await write(page, TEXT);
    await shown.locator('math').nth(2).waitFor();
    assert.deepEqual(await formulas(shown), SET);
    assert.equal(await shown.locator('code.meridian-error').textContent(), '\\frac{1}');
    assert.equal((await shown.locator('pre code').textContent()).trim(), '\\[ shown \\]');
    assert.equal(await shown.locator('code', { hasText: '\\(code\\)' }).count(), 1);
    await shown.getByText('\\(open is none either').waitFor();
    // Its source is never visible.
    await shown.locator('main').evaluate((main) => {
      window.seen = [];
      const look = () => {
        const { textContent } = main.querySelector('p');
        if (textContent.includes('\\(\\pi')) window.seen.push(textContent);
        requestAnimationFrame(look);
      };
      look();
    });
    await page.locator('.cm-line', { hasText: 'The area' }).click({ position: { x: 8, y: 8 } });
    await page.keyboard.press('Home');
    await page.keyboard.type('Here: ');
    await shown.getByText('Here: The area').waitFor();
    for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('x+');
    await shown.locator('math', { hasText: 'x+' }).waitFor();
    assert.match((await formulas(shown))[0][0], /x\+/);
    assert.deepEqual(await shown.locator('main').evaluate(() => window.seen), []);
    // They are still there after the full render.
    await renderWhole(page);
    assert.equal(await shown.locator('math').count(), SET.length);
    const html = await page
      .locator('meridian-playground')
      .evaluate((element) => element.playground.preview.html);
    assert.ok(!html.includes('<math'));
    assert.deepEqual(lines, []);
  },
);

test(
  'an untrusted project has formulas, too; GitHub’s syntax works; a page as one file has them without a script',
  { skip },
  async (t) => {
    const { page, shown, server } = await playground(t);
    await write(page, TEXT);
    await shown.locator('math').nth(2).waitFor();
    const other = await opensByLink(playground, t, { page, server });
    await other.shown.locator('math').nth(2).waitFor();
    assert.deepEqual(await formulas(other.shown), SET);
    assert.deepEqual(other.lines, []);

    const download = page.waitForEvent('download');
    await page.getByRole('combobox', { name: 'Download' }).selectOption('page');
    const path = await (await download).path();
    const file = readFileSync(path, 'utf8');
    assert.equal(file.match(/<math/g).length, SET.length);
    assert.ok(!file.includes('math.js'));

    await page.getByRole('button', { name: 'GitHub’s' }).click();
    await page.getByRole('button', { name: 'GitHub’s', pressed: true }).waitFor();
    await write(
      page,
      '---\nlayout: single\n---\n\nInline $a^2$ or $`b_1`$ here.\n\n```math\nb^2\n```\n',
    );
    // The page before has as many.
    await shown.locator('math', { hasText: 'b^2' }).waitFor();
    await shown.getByText('Inline').waitFor();
    assert.deepEqual(await formulas(shown), [
      ['a^2', false],
      ['b_1', false],
      ['b^2', true],
    ]);
  },
);

test(
  'a page with MathJax of its own is left to it; 100,000 opening delimiters do not block',
  { skip },
  async (t) => {
    const { page, shown } = await playground(t);
    await write(page, `---\nlayout: single\n---\n\n${'\\\\('.repeat(100_000)}\n\n$$1$$ Last.\n`);
    await shown.locator('math').waitFor();
    await write(
      page,
      '---\nlayout: single\n---\n\n<script src="/mathjax.js"></script>\n\n$$2$$ Left.\n',
    );
    await shown.getByText('Left.').waitFor();
    // Formulas are not set later either.
    await page.waitForTimeout(500);
    assert.equal(await shown.locator('math').count(), 0);
  },
);

test('untrusted TeX gives formulas and nothing else', { skip }, async (t) => {
  const { page, shown, server } = await playground(t);
  const hostile = [
    '\\href{javascript:parent.hit=1}{a}',
    '\\text{</annotation></semantics></math><img src=/hit.png onerror=parent.hit=1>}',
    '\\includegraphics{/hit.png}',
    '\\htmlStyle{background:url(/hit.png)}{b}',
    '\\def\\a{\\a\\a}\\a',
    '\\rule{1000em}{1000em}',
  ];
  await write(
    page,
    `---\nlayout: single\n---\n\n${hostile.map((tex) => `$$${tex.replace(/[<>]/g, (sign) => ({ '<': '&lt;', '>': '&gt;' })[sign])}$$`).join('\n\n')}\n\n${hostile.map((tex) => `<p>\\(${tex}\\)</p>`).join('\n\n')}\n\n$$last$$\n`,
  );
  await shown.locator('math', { hasText: 'last' }).waitFor();
  const other = await opensByLink(playground, t, { page, server });
  await other.shown.locator('math', { hasText: 'last' }).waitFor();
  const found = await other.shown
    .locator('main')
    .evaluate((main) =>
      [...main.querySelectorAll('math [href], math [style], math img, math a, math mglyph')].map(
        (element) => element.outerHTML,
      ),
    );
  assert.deepEqual(found, []);
  assert.equal(await other.page.evaluate(() => window.hit), undefined);
  assert.deepEqual(
    server.log.filter(({ path }) => path === '/hit.png'),
    [],
  );
});
