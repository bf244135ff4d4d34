// Syntax highlighting in the preview, during typing; of strangers' code only where lexers can.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { opensByLink, playgrounds, skip, write, renderWhole } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const spans = (shown) =>
  shown
    .locator('pre code')
    .evaluateAll((codes) =>
      codes.map((code) =>
        [...code.querySelectorAll('span')].map((span) => `${span.className}:${span.textContent}`),
      ),
    );
const TEXT =
  '---\nlayout: single\ntitle: T\n---\n\n```ruby\nputs "a" if 1 < 2 && x # <b>\n```\n\nBetween.\n\n{% highlight js %}\nlet a = 1;\n{% endhighlight %}\n\n```nolanguage\nplain &amp; <i>\n```\n\n    indented\n';

test(
  'code blocks of a trusted project have Rouge’s classes, also during typing; the text is unchanged and the colours show',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    await write(page, TEXT);
    await shown.locator('code .kd').waitFor();
    await shown.locator('code .s2').first().waitFor();
    const found = await spans(shown);
    assert.ok(found[0].includes('k:if'), `${found[0]}`);
    assert.ok(found[1].includes('kd:let'), `${found[1]}`);
    assert.deepEqual(found.slice(2), [[], []]);
    assert.deepEqual(
      (await shown.locator('pre code').allTextContents()).map((text) => text.trim()),
      ['puts "a" if 1 < 2 && x # <b>', 'let a = 1;', 'plain &amp; <i>', 'indented'],
    );
    const colours = await shown
      .locator('code')
      .first()
      .evaluate((code) =>
        [code, code.querySelector('.s2')].map((element) => getComputedStyle(element).color),
      );
    assert.notEqual(colours[0], colours[1]);
    await page.locator('.cm-line', { hasText: 'puts' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('puts "typed"');
    await shown.locator('code .s2', { hasText: '"typed"' }).waitFor();
    // They are still there after the full render, and the rest is untouched.
    await renderWhole(page);
    assert.ok((await spans(shown))[0].includes('s2:"typed"'));
    assert.equal(await shown.getByText('Between.').count(), 1);
    const html = await page
      .locator('meridian-playground')
      .evaluate((element) => element.playground.preview.html);
    assert.ok(!html.includes('class="s2"'));
    assert.deepEqual(lines, []);
  },
);

test(
  'also beside scripts of the project; a stranger’s code only by lexers, which end',
  { skip },
  async (t) => {
    const { page, shown, server } = await playground(t);
    await write(
      page,
      `${TEXT}\n\`\`\`lisp\n(let a 1)\n\`\`\`\n\nOne.\n{: #one}\n\n<script>document.getElementById('one').textContent = 'Made.'</script>\n`,
    );
    await shown.getByText('Made.').waitFor();
    await shown.locator('code .kd').waitFor();
    await shown.locator('.language-lisp code .mi').waitFor();
    assert.equal(await shown.getByText('Made.').count(), 1);
    const other = await opensByLink(playground, t, { page, server });
    await other.shown.locator('code .kd').waitFor();
    const found = await spans(other.shown);
    assert.ok(found[0].includes('k:if'), `${found[0]}`);
    assert.deepEqual(found.slice(2), [[], [], []]);
  },
);
