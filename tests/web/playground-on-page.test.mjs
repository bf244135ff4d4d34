// Writing on the page: what is typed in the preview is the smallest change of the source, with one
// history; what a template makes is not typed over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readScalar, writeScalar } from '../../web/playground/on_page/scalar.js';
import { HEAD, PHONE, TEXT, onPage } from './on_page.mjs';
import { renderWhole, skip, textOf } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, writesIn, beginBehind, left, caretBehind, selected, becomes, agrees } = onPage(
  before,
  after,
);

test('a line of YAML keeps its quotes and its comment', () => {
  for (const [line, value, now, wanted] of [
    ['title: One', 'One', 'Two', 'title: Two'],
    ['title: One # why', 'One', 'Two words', 'title: Two words # why'],
    ['title: One', 'One', 'a: b', 'title: "a: b"'],
    ['title: One', 'One', 'yes', 'title: "yes"'],
    ['title: One', 'One', '2026', 'title: "2026"'],
    ['title : &name "One" # why', 'One', 'Two', 'title : &name "Two" # why'],
    ['title: &name One', 'One', 'Two', 'title: &name Two'],
    ['title: One', 'One', 'ends:', 'title: "ends:"'],
    ['  - name: "a \\"b\\""\r', 'a "b"', 'c\\d', '  - name: "c\\\\d"\r'],
    ["name: 'it''s'", "it's", "that's", "name: 'that''s'"],
    ['name: 北京', '北京', '東京', 'name: 東京'],
  ]) {
    const scalar = readScalar(line);
    assert.equal(scalar?.value, value, line);
    assert.equal(writeScalar(scalar, now), wanted);
    assert.equal(readScalar(wanted)?.value, now, wanted);
  }
  for (const line of [
    'a: [b]',
    'a: {b: c}',
    'a: |',
    'a: &b [c]',
    'a: *b',
    'a:',
    '# a: b',
    'text',
    'a: "\\n"',
  ])
    assert.equal(readScalar(line), undefined, line);
});

for (const trusted of [true, false])
  test(
    `typing in a paragraph changes its letters alone; ${trusted ? 'trusted' : 'untrusted'}`,
    { skip },
    async (t) => {
      const { page, shown, lines } = await open(t, { trusted });
      await beginBehind(shown, 'of text');
      await page.keyboard.type(' and *more*', { delay: 15 });
      await becomes(page, TEXT.replace('of text', 'of text and *more\\*'));
      for (let i = 0; i < 7; i++) await page.keyboard.press('Backspace');
      await becomes(page, TEXT.replace('of text', 'of text and'));
      await agrees(page, shown);
      await page.keyboard.press('Escape');
      await left(page, shown);
      await beginBehind(shown, 'more');
      await page.keyboard.type('over', { delay: 15 });
      await becomes(page, TEXT.replace('of text', 'of text and').replace('more.\n', 'moreover.\n'));
      await agrees(page, shown);
      assert.deepEqual(lines, []);
    },
  );

test('a double click chooses a word, and what is typed replaces it', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  const { x, y } = await shown.getByText('second').boundingBox();
  await page.mouse.dblclick(x + 5, y + 8);
  // The source had the focus for a moment, as after every click on the page.
  await writesIn(shown, 'li');
  await page.keyboard.type('last', { delay: 15 });
  await becomes(page, TEXT.replace('second', 'last'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test(
  'the script of writing comes with its first use; early typing is kept',
  { skip },
  async (t) => {
    const { page, shown, lines } = await open(t);
    const requested = [];
    /** @type {((route: import('playwright').Route) => void)[]} */
    const answers = [(route) => route.abort(), (route) => (release = () => route.continue())];
    let release;
    await page.route(/frame-writing\.js/, (route) => {
      requested.push(route.request().url());
      answers.shift()(route);
    });
    const { x, y } = await shown.getByText('second').boundingBox();
    const second = () => page.mouse.dblclick(x + 5, y + 8);
    await page.mouse.click(x + 5, y + 8);
    await renderWhole(page);
    assert.deepEqual(requested, []);
    await second();
    await page
      .getByText('Writing on the page can’t be loaded. Try again, or reload the page.')
      .waitFor();
    await second();
    await until(() => release, 'it is requested again');
    await until(
      () => shown.locator('body').evaluate(() => document.hasFocus()),
      'the page has the focus',
    );
    await page.keyboard.type('lasts');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.keyboard.type('new');
    await renderWhole(page);
    assert.equal(await textOf(page, 'index.md'), TEXT);
    release();
    await becomes(page, TEXT.replace('second', 'last\n- new'));
    await agrees(page, shown);
    assert.equal(requested.length, 2);
    assert.deepEqual(
      lines.filter((line) => !/frame-writing|ERR_FAILED/.test(line)),
      [],
    );
  },
);

test('a space at the end stays while the page is shown again', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'first');
  await page.keyboard.type(' of', { delay: 15 });
  await becomes(page, TEXT.replace('first', 'first of'));
  await page.keyboard.type(' ');
  await until(() => shown.getByText('first of').evaluate((item) => !/f$/.test(item.textContent)));
  // Somebody changes the source of another item.
  const from = TEXT.replace('first', 'first of').indexOf('second');
  await page.evaluate(
    (changes) => document.querySelector('meridian-playground').playground.editor.make({ changes }),
    { from, to: from + 'second'.length, insert: 'next' },
  );
  await shown.getByText('next').waitFor();
  await page.keyboard.type('all', { delay: 15 });
  await becomes(page, TEXT.replace('first', 'first of all').replace('second', 'next'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('a paragraph that is emptied and joined with the one before is gone', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'second');
  await selected(shown, 'second');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await becomes(page, TEXT.replace('- second\n', ''));
  await page.keyboard.type('!', { delay: 15 });
  await becomes(page, TEXT.replace('- second\n', '').replace('first', 'first!'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('bold, italic and code are set and taken away; Enter and Backspace', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'One');
  await selected(shown, 'text');
  await page.keyboard.press('ControlOrMeta+b');
  await becomes(page, TEXT.replace('text', '**text**'));
  await page.keyboard.press('ControlOrMeta+b');
  await becomes(page, TEXT);
  await selected(shown, 'text');
  await page.keyboard.press('ControlOrMeta+e');
  await becomes(page, TEXT.replace('text', '`text`'));
  await page.keyboard.press('ControlOrMeta+e');
  await becomes(page, TEXT);
  // Another paragraph, and back.
  await caretBehind(shown, ' of');
  await page.keyboard.press('Enter');
  await becomes(page, TEXT.replace(' of text', ' of\n\ntext'));
  await agrees(page, shown);
  await page.keyboard.press('Backspace');
  await becomes(page, TEXT.replace(' of text', ' oftext'));
  await page.keyboard.press('ControlOrMeta+z');
  await becomes(page, TEXT.replace(' of text', ' of\n\ntext'));
  await page.keyboard.press('ControlOrMeta+z');
  await becomes(page, TEXT);
  await agrees(page, shown);
  // A new item; nothing is written until there is a letter.
  await page.keyboard.press('Escape');
  await left(page, shown);
  await beginBehind(shown, 'first');
  await page.keyboard.press('Enter');
  await page.keyboard.type('new', { delay: 15 });
  await becomes(page, TEXT.replace('- first\n', '- first\n- new\n'));
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test(
  'a list ends by Enter; Delete joins; a paragraph becomes a list, a quote',
  { skip },
  async (t) => {
    const { page, shown, lines } = await open(t);
    await beginBehind(shown, 'second');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Behind', { delay: 15 });
    await becomes(page, TEXT.replace('- second\n', '- second\n\nBehind\n'));
    const bar = page.getByRole('toolbar', { name: 'Write on the page' });
    await bar.getByRole('button', { name: 'Quote' }).click();
    await becomes(page, TEXT.replace('- second\n', '- second\n\n> Behind\n'));
    await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, TEXT.replace('- second\n', '- second\n\nBehind\n'));
    await agrees(page, shown);
    await page.keyboard.press('Escape');
    await left(page, shown);
    await beginBehind(shown, 'first');
    await page.keyboard.press('Delete');
    await becomes(
      page,
      TEXT.replace('- second\n', '- second\n\nBehind\n').replace('first\n- second', 'firstsecond'),
    );
    await agrees(page, shown);
    await beginBehind(shown, 'of text.');
    await bar.getByRole('button', { name: 'List', exact: true }).click();
    await until(
      async () => (await textOf(page, 'index.md')).includes('\n\n- One *line* of text.\n\n'),
      'a list',
    );
    await page.keyboard.type(' More', { delay: 15 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('item', { delay: 15 });
    await until(
      async () => (await textOf(page, 'index.md')).includes('- One *line* of text. More\n- item\n'),
      'an item more',
    );
    await agrees(page, shown);
    assert.deepEqual(lines, []);
  },
);

test('undo of the source and of the page is one; both may write', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  await beginBehind(shown, 'cell');
  await page.keyboard.type('s', { delay: 15 });
  await becomes(page, TEXT.replace('cell', 'cells'));
  await page.keyboard.press('ControlOrMeta+z');
  await becomes(page, TEXT);
  await shown.getByText('cell', { exact: true }).waitFor();
  await page.keyboard.press('ControlOrMeta+y');
  await becomes(page, TEXT.replace('cell', 'cells'));
  await agrees(page, shown);
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  await becomes(page, TEXT);
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});

test('what a template makes says where it comes from', { skip }, async (t) => {
  const text = `${HEAD.replace('title', 'layout: own\ntitle')}Hello {{ site.data.people.who }}, of text.\n\nPlain words.\n`;
  const { page, shown, lines } = await open(t, {
    text,
    files: {
      '_data/people.yml': 'who: Marie Curie\n',
      '_layouts/own.html':
        '<h1>{{ page.title }}</h1><main>{{ content }}</main><footer>made by hand</footer>\n<!--\ncolor: dark red\n--><aside>dark red</aside>',
    },
  });
  await beginBehind(shown, 'Plain');
  await page.keyboard.type('er', { delay: 15 });
  await becomes(page, text.replace('Plain', 'Plainer'));
  await beginBehind(shown, 'Hello');
  await page.keyboard.type('!');
  await page.getByText('This can’t be changed on the page').waitFor();
  await shown.getByText('Hello Marie Curie, of text.').waitFor();
  assert.equal(await textOf(page, 'index.md'), text.replace('Plain', 'Plainer'));
  // Also while another block is written in.
  await shown.getByText('made by hand').dblclick();
  await page.getByText('This comes from _layouts/own.html, line 1.').waitFor();
  // What looks like YAML in a layout is none.
  await shown.getByText('dark red').dblclick();
  await page.getByText('This comes from _layouts/own.html, line 3.').waitFor();
  assert.deepEqual(lines, []);
});

for (const options of [{}, PHONE])
  test(
    `\`/\` chooses what an empty block becomes; ${JSON.stringify(options)}`,
    { skip },
    async (t) => {
      const { page, shown, lines } = await open(t, options);
      if (options.isMobile) await page.getByRole('button', { name: 'Write on the page' }).tap();
      await beginBehind(shown, 'of text.');
      await page.keyboard.press('Enter');
      const menu = page.getByRole('dialog', { name: 'Blocks' });
      await page.keyboard.press('/');
      await menu.getByRole('option').first().waitFor();
      await page.keyboard.type('number');
      assert.deepEqual(await menu.getByRole('option').allTextContents(), ['Numbered list1, 2, 3']);
      await page.keyboard.press('Enter');
      await writesIn(shown, 'ol > li');
      await page.keyboard.type('one', { delay: 15 });
      await page.keyboard.press('Enter');
      await page.keyboard.type('two', { delay: 15 });
      const list = TEXT.replace('of text.\n', 'of text.\n\n1. one\n2. two\n');
      await becomes(page, list);
      await agrees(page, shown);
      // An empty item ends the list. Closed, the menu leaves the sign; in a text it is one.
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.press('/');
      await menu.getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      await writesIn(shown, 'p', { hasText: '/' });
      await page.keyboard.type('tmp/x', { delay: 15 });
      let wanted = list.replace('2. two\n', '2. two\n\n/tmp/x\n');
      await becomes(page, wanted);
      for (const [name, sign, place] of [
        ['Subheading', '### ', 'h3'],
        ['Quote', '> ', 'blockquote > p'],
      ]) {
        await page.keyboard.press('Enter');
        await page.keyboard.press('/');
        await menu.getByRole('option', { name }).click();
        await writesIn(shown, place);
        await page.keyboard.type('words', { delay: 15 });
        wanted = wanted.replace('\n\nA [', `\n\n${sign}words\n\nA [`);
        await becomes(page, wanted);
      }
      await renderWhole(page);
      assert.equal(await shown.getByText('words').count(), 2);
      assert.equal(await menu.count(), 0);
      assert.deepEqual(lines, []);
    },
  );

test('a script of the page can’t begin to write, nor type', { skip }, async (t) => {
  const { page, shown, lines } = await open(t);
  const dispatched = await shown
    .locator('p')
    .first()
    .evaluate((p) => {
      for (const type of ['click', 'dblclick'])
        p.dispatchEvent(new MouseEvent(type, { bubbles: true, detail: 2 }));
      p.dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', bubbles: true }));
      return document.querySelectorAll('[contenteditable]').length;
    });
  assert.equal(dispatched, 0);
  await beginBehind(shown, 'of text');
  await shown.locator('[contenteditable]').evaluate((p) => {
    p.append(' by a script');
    p.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await renderWhole(page);
  assert.equal(await textOf(page, 'index.md'), TEXT);
  assert.deepEqual(lines, []);
});

test('on a phone: a button begins, the buttons above the page format', { skip }, async (t) => {
  const { page, shown, lines } = await open(t, PHONE);
  await page.getByRole('button', { name: 'Write on the page' }).tap();
  await shown.locator('[contenteditable]').waitFor();
  await selected(shown, 'text');
  const bar = page.getByRole('toolbar', { name: 'Write on the page' });
  await bar.getByRole('button', { name: 'Bold' }).tap();
  await becomes(page, TEXT.replace('text', '**text**'));
  await bar.getByRole('button', { name: 'Heading', exact: true }).tap();
  await becomes(page, TEXT.replace('One *line* of text.', '## One *line* of **text**.'));
  await bar.getByRole('button', { name: 'Done' }).tap();
  await bar.waitFor({ state: 'hidden' });
  await agrees(page, shown);
  assert.deepEqual(lines, []);
});
