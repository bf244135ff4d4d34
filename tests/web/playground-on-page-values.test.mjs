// Values and pictures on the page: a title is written in place, a date is chosen, a picture gets
// another text and file; the diff of the sources is minimal.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dayOf, findValue } from '../../web/playground/on_page/origin.js';
import { HEAD, PHONE, PNG, TEXT, onPage } from './on_page.mjs';
import { renderWhole, skip, textOf } from './playgrounds.mjs';
import { readList, writeList } from '../../web/playground/on_page/list.js';
import { until } from './hosts.mjs';

const { open, writesIn, beginBehind, left, becomes, agrees } = onPage(before, after);

const LAYOUT =
  '<h1>{{ page.title }}</h1><p>On <time datetime="{{ page.date | date_to_xmlschema }}">{{ page.date | date: "%B %-d, %Y" }}</time> by <b>{{ page.author }}</b></p><img src="{{ page.header.image }}" alt=""><main>{{ content }}</main><aside><i>{{ site.data.lab.motto }}</i></aside>';
const OWN = `---\nlayout: own\ntitle: 'It''s the title'\ndate: 2026-03-04 10:00 # when\nauthor: Marie Curie\nheader:\n  image: /images/a.png\n---\n\nOne *line* of text.\n`;
const FILES = {
  '_layouts/own.html': LAYOUT,
  '_data/lab.yml': '# Ours.\nmotto: "Nothing is to be feared"\nother: 1\n',
  'images/a.png': new Uint8Array(PNG),
  'images/b.png': new Uint8Array(PNG),
};

test('days are read in texts', () => {
  for (const [text, day] of [
    ['March 4, 2026', '2026-03-04'],
    ['Published on 4 March 2026 by me', '2026-03-04'],
    ['Mar. 4th, 2026', '2026-03-04'],
    ['4. March 2026', '2026-03-04'],
    ['2026-03-04T10:00:00+00:00', '2026-03-04'],
    ['no day', undefined],
    ['', undefined],
  ])
    assert.equal(dayOf(text), day, text);
});

test('the value that is shown is found, the whole one first', () => {
  const files = [
    {
      path: 'a.md',
      text: '---\ntitle: Long title\nname: title\ndate: 2026-03-04\n---\ntitle: Body\n',
    },
    { path: '_data/b.yml', text: 'who: Ann\n- pic: images/c.png\nabout: Long title\n' },
    { path: '_layouts/c.html', text: 'title: Frame\n' },
  ];
  const keyOf = (missing) => {
    const { file, line } = findValue(files, missing) ?? {};
    return file && `${file}:${line}`;
  };
  assert.equal(keyOf({ text: 'Long title' }), 'a.md:2');
  assert.equal(keyOf({ text: 'By Long title, 2026' }), 'a.md:2');
  assert.equal(keyOf({ text: 'March 4, 2026' }), 'a.md:4');
  assert.equal(keyOf({ text: '', picture: 'images/c.png' }), '_data/b.yml:2');
  assert.equal(keyOf({ text: 'Body' }), undefined);
  assert.equal(keyOf({ text: 'Frame' }), undefined);
  assert.equal(keyOf({ text: 'Ann' }), undefined);
});

for (const options of [{}, { trusted: false }, PHONE])
  test(
    `title, author and data are written in place; ${JSON.stringify(options)}`,
    { skip },
    async (t) => {
      const { page, shown, lines } = await open(t, { text: OWN, files: FILES, ...options });
      // On a phone the page is another pane.
      if (options.isMobile) {
        await page.getByRole('button', { name: 'Write on the page' }).tap();
        await page.getByRole('button', { name: 'Done' }).tap();
        await left(page, shown);
      }
      const title = shown.getByRole('heading', { name: 'It’s the title' });
      await title.or(shown.getByRole('heading', { name: "It's the title" })).dblclick();
      await writesIn(shown, 'h1');
      await page.getByText('title in index.md, line 3').waitFor();
      await page.keyboard.type('It\'s *new*: "1"', { delay: 15 });
      await page.keyboard.press('Enter');
      let wanted = OWN.replace("'It''s the title'", `'It''s *new*: "1"'`);
      await becomes(page, wanted);
      await shown.getByText('Marie Curie').dblclick();
      await writesIn(shown, 'b');
      await page.keyboard.type('Lise Meitner', { delay: 15 });
      await page.keyboard.press('Enter');
      wanted = wanted.replace('Marie Curie', 'Lise Meitner');
      await becomes(page, wanted);
      // Given up.
      await shown.getByText('Lise Meitner').dblclick();
      await writesIn(shown, 'b');
      await page.keyboard.type('Nobody', { delay: 15 });
      await page.keyboard.press('Escape');
      await shown.getByText('Lise Meitner').waitFor();
      await becomes(page, wanted);
      await shown.getByText('Nothing is to be feared').dblclick();
      await writesIn(shown, 'i');
      await page.keyboard.press('End');
      await page.keyboard.type('.', { delay: 15 });
      // A click elsewhere ends it.
      await shown.getByText('of text.').click();
      await until(
        async () =>
          (await textOf(page, '_data/lab.yml')) ===
          '# Ours.\nmotto: "Nothing is to be feared."\nother: 1\n',
        'the data is as wanted',
      );
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await shown.getByText('Nothing is to be feared', { exact: true }).waitFor();
      assert.equal(await textOf(page, '_data/lab.yml'), FILES['_data/lab.yml']);
      assert.equal(await textOf(page, 'index.md'), wanted);
      assert.deepEqual(lines, []);
    },
  );

test(
  'a date is chosen in a calendar and keeps its time; a picture of front matter',
  { skip },
  async (t) => {
    const { page, shown, lines } = await open(t, { text: OWN, files: FILES });
    await shown.getByText('March 4, 2026').dblclick();
    const dialog = page.getByRole('dialog');
    const date = dialog.getByLabel('date');
    assert.equal(await date.getAttribute('type'), 'date');
    assert.equal(await date.inputValue(), '2026-03-04');
    await date.fill('2026-12-01');
    await dialog.getByRole('button', { name: 'Change' }).click();
    let wanted = OWN.replace('2026-03-04 10:00 # when', '2026-12-01 10:00 # when');
    await becomes(page, wanted);
    await shown.getByText('December 1, 2026').waitFor();
    await shown.locator('body > img').dblclick();
    await dialog.getByLabel('image').fill('/images/b.png');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await becomes(page, (wanted = wanted.replace('a.png', 'b.png')));
    assert.deepEqual(lines, []);
  },
);

test('the date of a post is in its name', { skip }, async (t) => {
  const post = '---\ntitle: A post\nlayout: own\n---\n\nOne line of text.\n';
  const { page, shown, lines } = await open(t, {
    text: `${HEAD}of text. [Post]({% link _posts/2026-03-04-a.md %})\n`,
    files: { ...FILES, '_posts/2026-03-04-a.md': post },
  });
  await shown.getByRole('link', { name: 'Post' }).click();
  await shown.getByText('March 4, 2026').dblclick();
  await page.getByText('The date is that of the file’s name').waitFor();
  assert.deepEqual(lines, []);
});

test(
  'a picture gets another text and another file; one is chosen, one is pasted',
  { skip },
  async (t) => {
    const text = TEXT.replace('of text.', 'of text. ![a cat](/images/a.png)');
    const { page, shown, lines } = await open(t, { text, files: FILES });
    await shown.getByRole('img', { name: 'a cat' }).dblclick();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What the picture shows').fill('a "dog"');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await becomes(page, text.replace('a cat', 'a "dog"'));
    await agrees(page, shown);
    await shown.getByRole('img', { name: 'a "dog"' }).dblclick();
    await dialog.getByLabel('File or address').fill('/images/b.png');
    await dialog.getByRole('button', { name: 'Change' }).click();
    let wanted = text.replace('a cat](/images/a.png', 'a "dog"](/images/b.png');
    await becomes(page, wanted);
    // Closed: nothing has changed.
    await shown.getByRole('img', { name: 'a "dog"' }).dblclick();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('Escape');
    await beginBehind(shown, 'first');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page
        .getByRole('toolbar', { name: 'Write on the page' })
        .getByRole('button', { name: 'Picture' })
        .click(),
    ]);
    await chooser.setFiles({ name: 'Red fox.png', mimeType: 'image/png', buffer: PNG });
    await becomes(
      page,
      (wanted = wanted.replace('- first', '- first![Red fox](/images/red-fox.png)')),
    );
    await shown.getByRole('img', { name: 'Red fox' }).waitFor();
    await until(
      () =>
        shown.getByRole('img', { name: 'Red fox' }).evaluate((image) => image.naturalWidth === 1),
      'the picture is there',
    );
    await agrees(page, shown);
    // What is typed next stands behind it.
    await page.keyboard.type('!', { delay: 15 });
    await becomes(page, (wanted = wanted.replace('red-fox.png)', 'red-fox.png)!')));
    for (let i = 0; i < 2; i++) await page.keyboard.press('ControlOrMeta+z');
    await becomes(page, wanted.replace('![Red fox](/images/red-fox.png)!', ''));
    await renderWhole(page);
    assert.deepEqual(lines, []);
  },
);

test(
  'the answer for a picture is that of the picture, when the page has changed meanwhile',
  {
    skip,
  },
  async (t) => {
    const text = TEXT.replace('of text.', 'of text. ![a cat](/images/a.png)');
    const { page, shown, lines } = await open(t, { text, files: FILES });
    const dialog = page.getByRole('dialog');
    const make = (from, to, insert) =>
      page.evaluate(
        (changes) =>
          document.querySelector('meridian-playground').playground.editor.make({ changes }),
        { from, to, insert },
      );
    const answer = async (alt) => {
      await dialog.getByLabel('What the picture shows').fill(alt);
      await dialog.getByRole('button', { name: 'Change' }).click();
    };
    await shown.getByRole('img', { name: 'a cat' }).dblclick();
    await dialog.waitFor();
    const at = text.indexOf('![a cat');
    await make(at, at, '![a fox](/images/b.png) ');
    await shown.getByRole('img', { name: 'a fox' }).waitFor();
    await answer('a dog');
    const wanted = text.replace('![a cat', '![a fox](/images/b.png) ![a dog');
    await becomes(page, wanted);
    await agrees(page, shown);
    await shown.getByRole('img', { name: 'a dog' }).dblclick();
    await dialog.waitFor();
    const now = wanted.indexOf('![a dog');
    await make(now, wanted.indexOf('\n', now), 'no picture');
    await shown.getByText('no picture').waitFor();
    await answer('a bird');
    await page.getByText('The page has changed meanwhile.').waitFor();
    await becomes(page, wanted.replace('![a dog](/images/a.png)', 'no picture'));
    assert.deepEqual(lines, []);
  },
);

test('a list of YAML keeps its form and its quotes', () => {
  for (const [text, entries, now, wanted] of [
    [
      'tags: [a, "b c", \'d\'] # why',
      ['a', 'b c', 'd'],
      ['b c', 'x, y', 'a'],
      'tags: ["b c", "x, y", a] # why',
    ],
    ['- tags: [one]', ['one'], ['one', 'two'], '- tags: [one, two]'],
    ['tags:\n- a\n- "b"\nnext: 1', ['a', 'b'], ['b', 'c: d'], 'tags:\n- "b"\n- "c: d"\nnext: 1'],
    ['  tags:\n    - a\r\n    - b', ['a', 'b'], ['b'], '  tags:\n    - b'],
  ]) {
    const lines = text.split('\n');
    const list = readList(lines, 0);
    assert.deepEqual(
      list?.entries.map(({ value }) => value),
      entries,
      text,
    );
    lines.splice(list.from, list.to - list.from, ...writeList(list, now));
    assert.equal(lines.join('\n'), wanted);
  }
  for (const text of [
    'a: []',
    'a: [b, [c]]',
    'a: [{b: c}]',
    'a: ["b]',
    "a: [it's, b]",
    'a:\n  b: c',
    'a:\n  - b: c',
    'a: b',
    '- a',
    'a:',
  ])
    assert.equal(readList(text.split('\n'), 0), undefined, text);
});

test('a number, a colour, a choice and a list have their own controls', { skip }, async (t) => {
  const data = 'floors: 42 # of them\nopen: true\nink: "#0a0"\nname: "1234"\n';
  const own = '---\nlayout: own\ntags: [norway, "the sea"]\n---\n\nOne line of text.\n';
  const show = ['floors', 'open', 'ink', 'name'].map(
    (key) => `<p><b>{{ site.data.lab.${key} }}</b></p>`,
  );
  const { page, shown, lines } = await open(t, {
    text: own,
    files: {
      '_data/lab.yml': data,
      '_layouts/own.html': `{% for tag in page.tags %}<i>{{ tag }}</i> {% endfor %}${show.join('')}{{ content }}`,
    },
  });
  const dialog = page.getByRole('dialog');
  const change = async (text, control, fill) => {
    await shown.getByText(text, { exact: true }).dblclick();
    await fill(dialog.locator(control));
    await dialog.getByRole('button', { name: 'Change' }).click();
  };
  let wanted = data;
  const becomesData = () =>
    until(async () => (await textOf(page, '_data/lab.yml')) === wanted, 'the data is as wanted');
  await change('42', 'input[type=number]', (field) => field.fill('43.5'));
  wanted = wanted.replace('42', '43.5');
  await becomesData();
  await change('true', 'select', (field) => field.selectOption('false'));
  wanted = wanted.replace('true', 'false');
  await becomesData();
  await change('#0a0', 'input[type=color]', async (field) => {
    assert.equal(await field.inputValue(), '#00aa00');
    await field.fill('#112233');
  });
  wanted = wanted.replace('#0a0', '#112233');
  await becomesData();
  // In quotes it is a text, which is written in place.
  await shown.getByText('1234').dblclick();
  await writesIn(shown, 'b');
  await page.keyboard.press('Escape');
  await left(page, shown);
  await change('norway', 'textarea', async (field) => {
    assert.equal(await field.inputValue(), 'norway\nthe sea');
    await field.fill('norway\n\nfjords');
  });
  await becomes(page, own.replace('"the sea"', 'fjords'));
  await shown.getByText('fjords').waitFor();
  assert.deepEqual(lines, []);
});
