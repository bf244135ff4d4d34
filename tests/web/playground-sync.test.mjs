// Source and preview side by side: an edit changes its own part of the page, both scroll together,
// a click leads to the source.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { openProject, playgrounds, renderWhole, skip } from './playgrounds.mjs';
import { painted, until } from './hosts.mjs';

const playground = playgrounds(before, after);
const LONG = `---\ntitle: Long\n---\n\n${Array.from({ length: 120 }, (_, i) => `## Section ${i}\n\nParagraph ${i} has a word${i} in it.\n`).join('\n')}`;

/** The playground with one long document, trusted or not. */
async function open(t, { trusted = true, text = LONG, config = 'title: T\n' } = {}) {
  const { page, shown, lines } = await playground(t, { viewport: { width: 1440, height: 900 } });
  await openProject(page, {
    title: 'Long',
    trusted,
    open: 'index.md',
    files: { '_config.yml': config, 'index.md': text },
  });
  await page.getByRole('tab', { name: 'index.md' }).waitFor();
  await shown.locator('h2, p').first().waitFor();
  return { page, shown, lines, frame: () => page.frames().at(-1) };
}
const texts = (shown) =>
  shown.locator('body').evaluate((body) => body.innerText.split(/\n+/).filter(Boolean));

for (const trusted of [true, false]) {
  test(
    `an edit changes its part only: nodes elsewhere stay; ${trusted ? 'trusted' : 'untrusted'}`,
    { skip },
    async (t) => {
      const { page, shown, lines } = await open(t, {
        trusted,
        text: '---\ntitle: T\n---\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n',
      });
      await shown.getByText('Four.').waitFor();
      await shown
        .locator('body')
        .evaluate((body) => [...body.querySelectorAll('p')].forEach((p) => (p.known = true)));
      await page.locator('.cm-content').click();
      await page.keyboard.press('ControlOrMeta+Home');
      for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      // A part changes, one is inserted and one removed.
      await page.keyboard.type(' More.');
      await shown.getByText('Two. More.').waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.type('- a list');
      await shown.getByRole('listitem').waitFor();
      assert.deepEqual(await texts(shown), ['One.', 'Two. More.', 'a list', 'Three.', 'Four.']);
      for (const key of ['Backspace', 'Backspace', 'Backspace'])
        await page.keyboard.press(`Shift+Home`).then(() => page.keyboard.press(key));
      await page.keyboard.press('ControlOrMeta+z');
      await renderWhole(page);
      const whole = await page.evaluate(
        () => document.querySelector('meridian-playground').playground.preview.html,
      );
      assert.deepEqual(
        await texts(shown),
        await shown.locator('body').evaluate(
          (_, html) =>
            new DOMParser()
              .parseFromString(html, 'text/html')
              .body.textContent.split(/\n+/)
              .map((line) => line.trim())
              .filter(Boolean),
          whole,
        ),
      );
      assert.deepEqual(
        await shown
          .locator('p')
          .evaluateAll((all) =>
            all
              .map((p) => [p.textContent, p.known === true])
              .filter(([text]) => /One|Three|Four/.test(text)),
          ),
        [
          ['One.', true],
          ['Three.', true],
          ['Four.', true],
        ],
      );
      assert.deepEqual(lines, []);
    },
  );
}

/**
 * Runs in the page: puts a text into the open file, then, after the request to the core, blocks the
 * main thread for a while; gives the time at its end.
 */
async function edit([from, insert, busy = 0]) {
  document
    .querySelector('meridian-playground')
    .playground.editor.view.dispatch({ changes: { from, insert } });
  // The request is sent in a task after this one.
  for (let i = 0; i < 50; i++) await undefined;
  const begin = performance.now();
  while (performance.now() < begin + busy);
  return performance.timeOrigin + performance.now();
}

const apart =
  skip ?? chromiumOnly('other engines run a frame without an origin in its page’s thread');
test(
  'edits show while the main thread of the playground’s page is busy',
  { skip: apart },
  async (t) => {
    const text = '---\ntitle: T\n---\n\nOne.\n\nTwo.\n';
    const { page, shown, lines, frame } = await open(t, { text });
    await shown.getByText('Two.').waitFor();
    await page.evaluate(edit, [text.length - 2, ' more']);
    await shown.getByText('Two more.').waitFor();
    await frame().evaluate(() =>
      new MutationObserver(
        () => (window.seen ??= performance.timeOrigin + performance.now()),
      ).observe(document.body, { subtree: true, childList: true, characterData: true }),
    );
    const end = await page.evaluate(edit, [text.length + 3, ' still', 3000]);
    await shown.getByText('Two more still.').waitFor();
    assert.ok((await frame().evaluate(() => window.seen)) < end);
    assert.deepEqual(await texts(shown), ['One.', 'Two more still.']);
    assert.deepEqual(lines, []);
  },
);

test(
  'while an error keeps the last good page, edits wait until it is corrected',
  { skip },
  async (t) => {
    const text = '---\ntitle: T\n---\n\nOne.\n\nTwo.\n';
    const { page, shown, lines } = await open(t, { text });
    await shown.getByText('Two.').waitFor();
    const stale = page.locator('.stale');
    await page.evaluate(edit, [text.length, '\n{% if %}\n']);
    await stale.waitFor();
    // An edit that alone would be seen at once.
    await page.evaluate(edit, [text.indexOf('One.') + 3, ' and a half']);
    await renderWhole(page);
    assert.deepEqual(await texts(shown), ['One.', 'Two.']);
    await page.evaluate(() => {
      const { view } = document.querySelector('meridian-playground').playground.editor;
      const from = view.state.doc.toString().indexOf('\n{%');
      view.dispatch({ changes: { from, to: view.state.doc.length } });
    });
    await shown.getByText('One and a half.').waitFor();
    assert.deepEqual(await texts(shown), ['One and a half.', 'Two.']);
    await page.evaluate(edit, [text.indexOf('One.') + 3, ' more']);
    await shown.getByText('One more and a half.').waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'GitHub’s Markdown: an edit changes its block only, raw tags change all blocks that they span',
  { skip },
  async (t) => {
    const text = '---\ntitle: T\n---\n# One\nTwo.\n\nThree.\n\nFour.\n';
    const { page, shown, lines } = await open(t, { text, config: 'markdown: GFM\n' });
    await shown.getByText('Four.').waitFor();
    await shown
      .locator('body')
      .evaluate((body) =>
        [...body.querySelectorAll('h1, p')].forEach((element) => (element.known = true)),
      );
    await page.evaluate(edit, [text.indexOf('Two') + 3, ' ~~2~~']);
    await shown.locator('del').waitFor();
    await renderWhole(page);
    assert.deepEqual(
      await shown
        .locator('h1, p')
        .evaluateAll((all) =>
          all.filter((element) => element.known).map((element) => element.textContent),
        ),
      ['One', 'Two 2.', 'Three.', 'Four.'],
    );
    await page.evaluate(edit, [text.indexOf('Three') + 6, '<section>\n\n']);
    await shown.locator('section > p').first().waitFor();
    assert.deepEqual(await shown.locator('section > p').allTextContents(), ['Three.', 'Four.']);
    await page.evaluate(edit, [text.indexOf('Four') + 6 + 11, '</section>\n\n']);
    await page.waitForFunction(() =>
      document
        .querySelector('meridian-playground')
        .playground.preview.html.includes('</section>\n<p>Four.'),
    );
    await shown.locator('body > p', { hasText: 'Four.' }).waitFor();
    await page.evaluate(edit, [text.indexOf('Four') + 6 + 11 + 12, 'Last ']);
    await shown.getByText('Last Four.').waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'source and preview scroll together in both directions; a click on the page selects the word in the source',
  { skip },
  async (t) => {
    const { page, shown, lines } = await open(t);
    await shown.getByText('word119').waitFor();
    const topOfPage = () =>
      shown
        .locator('body')
        .evaluate(
          () =>
            [...document.querySelectorAll('h2')].find((h) => h.getBoundingClientRect().bottom > 0)
              ?.textContent,
        );
    const topOfSource = () =>
      page.evaluate(() => document.querySelector('meridian-playground').playground.editor.topLine);
    // Section n begins in line 5 + 4 n.
    const sectionOf = (line) => Math.round((line - 5) / 4);
    await page.locator('.cm-content').hover();
    for (let i = 0; i < 4; i++) await page.mouse.wheel(0, 900);
    const sections = async () => [
      sectionOf(await topOfSource()),
      Number(/\d+/.exec(await topOfPage())[0]),
    ];
    /** The sections at the top of source and page, once both have come to rest. */
    const atRest = async (least) => {
      let last = [];
      return until(async () => {
        await painted(page);
        const now = await sections();
        const still = now.every((section, side) => section === last[side]);
        last = now;
        return still && now[1] > least && Math.abs(now[0] - now[1]) <= 2 && now;
      });
    };
    const [, onPage] = await atRest(20);
    await page.locator('iframe').hover();
    await page.mouse.wheel(0, 2500);
    const [, then] = await atRest(onPage + 5);
    await shown.getByText(`word${then + 2}`).click();
    await page.waitForFunction(
      (n) =>
        document
          .querySelector('meridian-playground')
          .playground.editor.view.state.doc.lineAt(
            document.querySelector('meridian-playground').playground.editor.view.state.selection
              .main.head,
          ).number ===
        7 + 4 * n,
      then + 2,
    );
    assert.deepEqual(lines, []);
  },
);

test(
  'a click leads to the file that the page is made of, also where Liquid changed the line numbers',
  { skip },
  async (t) => {
    const { page, shown } = await open(t, {
      text: '---\ntitle: T\n---\n{% for i in (1..5) %}\nItem {{ i }}.\n\n{% endfor %}\n\nBehind the loop.\n\nLast words.\n',
    });
    await shown.getByText('Last words.').waitFor();
    await page
      .getByRole('navigation', { name: 'Files' })
      .getByRole('button', { name: '_config.yml' })
      .click();
    await shown.getByText('Last words.').click();
    await page.waitForFunction(() => {
      const { editor } = document.querySelector('meridian-playground').playground;
      return (
        editor.path === 'index.md' &&
        editor.view.state.doc.lineAt(editor.view.state.selection.main.head).text === 'Last words.'
      );
    });
  },
);
