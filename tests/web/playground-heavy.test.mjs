// Small shared links that were made to keep a browser busy: after each the editor and the frame
// respond, and omitted content is reported.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linkOf, playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const PAGE = '---\nlayout: single\ntitle: T\n---\n';
// A link unpacks to at most 100 times its size.
let seed = 1;
const NOISE = Array.from({ length: 9000 }, () =>
  (seed = (seed * 16807) % 2147483647).toString(36).slice(-1),
).join('');
const LONG = 400_000;
/** A page that consists of its layout only. */
const laidOut = (html) => ({ 'index.md': '---\nlayout: own\n---\nx\n', '_layouts/own.html': html });

/**
 * Opens a link, and checks that the page and the frame respond: typed text is shown. A quadratic
 * algorithm would take minutes.
 */
async function opens(t, files) {
  const opened = await playground(t, {
    at: linkOf({ 'index.md': '', '_config.yml': 'title: T\n', ...files, 'noise.txt': NOISE }),
    frame: false,
  });
  const { page, shown } = opened;
  await page.locator('.cm-content').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 0; line < 4; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.insertText('Typed here\n\n');
  await shown.getByText('Typed here').first().waitFor();
  return opened;
}

const LINKS = {
  'a picture whose address has no end': { 'index.md': `${PAGE}\n![a](/${'a'.repeat(LONG)})\n` },
  'a picture of 400,000 sizes': { 'index.md': `${PAGE}\n<img srcset="${'1'.repeat(LONG)}">\n` },
  'a file 200,000 folders deep': {
    'index.md': `${PAGE}\nx\n`,
    [`${'a/'.repeat(LONG / 2)}b.md`]: 'x',
  },
  'a tag whose name has no end, beside a formula': {
    'index.md': `${PAGE}\n$$x$$\n\n<${'a'.repeat(LONG)}\n`,
  },
  'a line of 200,000 pictures that are not closed': {
    'index.md': `${PAGE}\n${'!['.repeat(LONG / 2)}\n`,
  },
  'a formula of a macro of 9,000 signs, used 900 times': {
    'index.md': `${PAGE}\n$$\\def\\a{${'x'.repeat(9000)}}${'\\a'.repeat(900)}$$\n`,
  },
  '300 such formulas': {
    'index.md': `${PAGE}\n${Array.from({ length: 300 }, (_, i) => `$$\\def\\a{${'x'.repeat(900)}}${'\\a'.repeat(900)}${i}$$`).join('\n\n')}\n`,
  },
  'a formula of 5,000 fractions within each other': {
    'index.md': `${PAGE}\n$$${'\\frac{'.repeat(2500)}x${'}{1}'.repeat(2500)}$$\n`,
  },
  'a formula of 10,000 cells': {
    'index.md': `${PAGE}\n$$\\begin{matrix}${`${'&'.repeat(100)}\\\\\\\\`.repeat(100)}\\end{matrix}$$\n`,
  },
  'a configuration whose baseurl is 400,000 slashes': {
    'index.md': `${PAGE}\nx\n`,
    '_config.yml': `baseurl: ${'/'.repeat(LONG)}x\n`,
  },
  '1,900 style sheets that wait for each other': {
    ...laidOut('<head><link rel=stylesheet href="/0.css"></head><body>{{ content }}</body>'),
    ...Object.fromEntries(
      Array.from({ length: 1900 }, (_, i) => [
        `${i}.css`,
        `a{background:url(${i + 1}.css)}${'a{}'.repeat(60)}`,
      ]),
    ),
  },
  '5,000 cells of 1,000 columns and 60,000 rows each': laidOut(
    `<body>{{ content }}<table><tr>${'<td colspan=1000 rowspan=60000><td colspan=1000x rowspan=60000x>'.repeat(2500)}</table>`,
  ),
};
const CUT = {
  '10,000 <b> that are made anew in 20,000 paragraphs': laidOut(
    `<body>{{ content }}${Array.from({ length: 10_000 }, (_, i) => `<b title=${i}>`).join('')}${'<p>x'.repeat(20_000)}`,
  ),
  '100,000 <div> within each other': laidOut(`<body>{{ content }}${'<div>'.repeat(100_000)}`),
  '30,000 tables within each other': laidOut(
    `<body>{{ content }}${'<table><tr><td>'.repeat(30_000)}`,
  ),
  '20,000 formulas': {
    'index.md': `${PAGE}\n${Array.from({ length: 20_000 }, (_, i) => `$$x_{${i}}$$ `).join('')}\n`,
  },
};
for (const [name, files] of Object.entries(CUT))
  test(
    `a link with ${name} shows the beginning and reports the rest`,
    { skip, timeout: 120_000 },
    async (t) => {
      const { page } = await opens(t, files);
      await page.getByText('This page is too long for a project from elsewhere').waitFor();
    },
  );
for (const [name, files] of Object.entries(LINKS))
  test(
    `a link with ${name} does not block`,
    { skip, timeout: 120_000 },
    async (t) => void (await opens(t, files)),
  );

test(
  'a formula over a limit shows its source and the reason; others beside it are set',
  { skip, timeout: 120_000 },
  async (t) => {
    const formulas = [
      `\\def\\a{${'x'.repeat(9000)}}${'\\a'.repeat(900)}`,
      `\\def\\a#1{${'#1'.repeat(900)}}\\a{${'x'.repeat(900)}}`,
      `${'\\sqrt{'.repeat(2500)}x${'}'.repeat(2500)}`,
      `${'\\sqrt{'.repeat(260)}x${'}'.repeat(260)}`,
      'x'.repeat(20_001),
      '\\rule{1000000000em}{1000000000em}',
      'y^2',
    ];
    const { shown } = await opens(t, {
      'index.md': `${PAGE}\n\n${formulas.map((tex) => `$$${tex}$$`).join('\n\n')}\n`,
    });
    await shown.locator('math', { hasText: 'y' }).waitFor();
    const reasons = await shown
      .locator('.meridian-error')
      .evaluateAll((all) => all.map(({ title }) => title));
    assert.equal(reasons.length, 5);
    assert.match(reasons[0], /macros expand to more than 50,000 tokens/);
    assert.match(reasons[1], /macros expand to more than 50,000 tokens/);
    assert.match(reasons[2], /nested too deeply/);
    assert.match(reasons[3], /nested too deeply/);
    assert.match(reasons[4], /longer than 20000/);
    assert.equal(await shown.locator('mspace[mathbackground]').getAttribute('width'), '50em');
  },
);

test(
  'a formula on which KaTeX never returns is stopped, and the next ones are set',
  { skip, timeout: 120_000 },
  async (t) => {
    const opened = await playground(t, { at: linkOf({ 'index.md': `${PAGE}\nBefore\n` }) });
    await opened.context.route('**/meridian/katex.js', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /export\s*\{\s*(\w+) as default\s*\}/,
        (_, name) =>
          `const hung = { ...${name}, renderToString(tex, how) { while (tex === 'hang'); return ${name}.renderToString(tex, how); } }; export { hung as default }`,
      );
      await route.fulfill({ response, body });
    });
    const { page, shown } = opened;
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.insertText('\n$$hang$$ and $$z^2$$\n');
    await shown.locator('math', { hasText: 'z' }).waitFor();
    assert.match(
      await shown.locator('code.meridian-error', { hasText: 'hang' }).getAttribute('title'),
      /took more than 2 seconds, and was stopped/,
    );
  },
);
