// A heading, a tag, a category and a citation key are renamed with all places that name them, and
// the links to them, as one step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anchorsIn, changedIds } from '../../web/playground/refactor/anchors.js';
import {
  headingIn,
  headingLines,
  merged,
  nameAt,
  placesOf,
  taken,
} from '../../web/playground/refactor/named.js';
import { keysIn, termsIn, yaml } from '../../web/playground/refactor/terms.js';
import { replaced } from '../../web/playground/refactor/targets.js';
import { openProject, openTab, playgrounds, select, skip, textOf } from './playgrounds.mjs';

const playground = playgrounds(before, after);

/** A text in which a name is another. */
function renamed(kind, name, to, text, path = 'a.md') {
  const texts = new Map([[path, text]]);
  const uses = merged(placesOf({ kind, name, path, from: 0, to: 0 }, to, texts));
  return replaced({ texts }, uses).get(path) ?? text;
}

test('tags and categories in each form of YAML keep the form and get quotes', () => {
  for (const [to, text, expected] of [
    ['b', 'tags: a\n', 'tags: b\n'],
    ['b', 'tags: x a y # a\n', 'tags: x b y # a\n'],
    ['b c', 'tags: x a\n', 'tags: [x, b c]\n'],
    ['x', 'tags: x a y\n', 'tags: x y\n'],
    ['b', 'tags: "x a"\n', 'tags: "x b"\n'],
    ['b: c', 'tags: x a\n', 'tags: [x, "b: c"]\n'],
    ['b c', 'tag: a\n', 'tag: b c\n'],
    ['b', 'tags: [x, a, "a"]\n', 'tags: [x, b, "b"]\n'],
    ['b, c', 'tags: [x, a]\n', 'tags: [x, "b, c"]\n'],
    ['x', 'tags: [x, a]\n', 'tags: [x]\n'],
    ['x', 'tags: [a, x]\n', 'tags: [x]\n'],
    ['b', "tags: [\n  x, 'a',\n  y ]\n", "tags: [\n  x, 'b',\n  y ]\n"],
    ["b's", "tags:\n- 'a'\n- x\n", "tags:\n- 'b''s'\n- x\n"],
    ['Zürich', 'tags:\n  - x\n  # a\n  - a # c\n', 'tags:\n  - x\n  # a\n  - Zürich # c\n'],
    ['x', 'tags:\n  - x\n  - a\ntitle: t\n', 'tags:\n  - x\ntitle: t\n'],
    ['2026', 'tags:\n  - a\n', 'tags:\n  - "2026"\n'],
    ['true', 'tags: [a]\n', 'tags: ["true"]\n'],
    ['say "b"', 'tags: [a]\n', 'tags: [say "b"]\n'],
    ['b', 'title: a\ncategories: a\nkeys:\n  tags: a\n', undefined],
    ['b', 'tags: a\r\nx: a\r\n', 'tags: b\r\nx: a\r\n'],
  ])
    assert.equal(
      renamed('tag', 'a', to, `---\n${text}---\na tags: a\n`),
      `---\n${expected ?? text}---\na tags: a\n`,
      text,
    );
  assert.equal(
    renamed('category', 'a b', 'c', '---\ncategory: a b\ncategories: [a b, d]\n---\n'),
    '---\ncategory: c\ncategories: [c, d]\n---\n',
  );
  assert.equal(
    renamed(
      'tag',
      'a',
      'b',
      'tags: a\ndefaults:\n  - scope: {path: ""}\n    values:\n      tags: [a]\nx:\n  tags: a\n',
      '_config.yml',
    ),
    'tags: a\ndefaults:\n  - scope: {path: ""}\n    values:\n      tags: [b]\nx:\n  tags: a\n',
  );
  assert.equal(
    renamed(
      'tag',
      'a',
      'b c',
      `{{ site.tags.a }} {{ site.tags['a'] }} {% if page.tags contains "a" %} site.tags.ab`,
    ),
    `{{ site.tags["b c"] }} {{ site.tags["b c"] }} {% if page.tags contains "b c" %} site.tags.ab`,
  );
  assert.equal(yaml('- x', 'plain'), '"- x"');
});

test('citation keys: entries, parents, tags and brackets', () => {
  const bib =
    '@comment{a, x}\n@book{a, title = {a}, crossref = {p}}\n@Book (p , crossref = "a")\n@misc{ab,}\n';
  assert.equal(
    renamed('citation key', 'a', 'z', bib, 'r.bib'),
    '@comment{a, x}\n@book{z, title = {a}, crossref = {p}}\n@Book (p , crossref = "z")\n@misc{ab,}\n',
  );
  assert.equal(
    renamed(
      'citation key',
      'a',
      'z',
      '{% cite a b --file a %} {%- nocite b a -%} {% reference ab %} a [@a, p. 2; -@a] [a@a] [@a](x) {% bibliography --query @*[key=a] %}',
    ),
    '{% cite z b --file a %} {%- nocite b z -%} {% reference ab %} a [@z, p. 2; -@z] [a@a] [@a](x) {% bibliography --query @*[key=z] %}',
  );
  const texts = new Map([['r.bib', bib]]);
  const named = nameAt('r.bib', bib, bib.indexOf('title'));
  assert.equal(named?.name, 'a');
  assert.match(taken(named, 'p', texts).wrong, /r\.bib has an entry “p” already/);
  assert.match(taken(named, 'p q', texts).wrong, /no spaces/);
});

test('headings in their lines, anchors in links of each kind', () => {
  for (const [line, name] of [
    ['## A b ##', 'A b'],
    ['# C# {#c}', 'C#'],
    ['### A {: .x}  ', 'A'],
    ['> # Q', 'Q'],
    ['Plain', 'Plain'],
    ['#A', 'A'],
  ])
    assert.equal(headingIn('a.md', `x\n${line}\ny\n`, 2)?.name, name, line);
  // Where Liquid writes part of a page, lines are not known of the core.
  assert.deepEqual(
    [...headingLines('---\n# a\n---\n## A\nB\n---\n\n---\n```\n# c\n```\n    # d\n> # E\n#f\n')],
    [4, 5, 13],
  );
  const text =
    '[a](#a) [b](/b/#b%20c) <a href="c.html#c"> [d]({% link d.md %}#d) {{ "/e/" | relative_url }}#e [[F#g|h]] [[#i]]\n\n[j]: j.md#j\n';
  assert.deepEqual(
    anchorsIn('a.md', text).map(({ text, note }) => (note ? `[[${text}]]` : text)),
    ['a', 'b%20c', 'c', 'd', 'e', '[[g]]', '[[i]]', 'j'],
  );
  assert.deepEqual(
    [...changedIds(['x', 'a', 'a-1', 'b'], ['x', 'n', 'a', 'b'])],
    [
      ['a', 'n'],
      ['a-1', 'a'],
    ],
  );
});

test('hostile texts are read in linear time', () => {
  const long = 200_000;
  const texts = [
    `---\ntags: a${' '.repeat(long)}x\n---\n`,
    `---\ntags: [${'a,'.repeat(long / 2)}\n---\n`,
    `---\ntags: ${'[a '.repeat(long / 4)}\n---\n`,
    '['.repeat(long),
    '[@ '.repeat(long / 4),
    `{% cite${' '.repeat(long)}`,
    `@a{${'a'.repeat(long)}`,
    '@'.repeat(long),
    `crossref = {${'a '.repeat(long / 4)}`,
  ];
  // Each by itself: a quadratic reading of one takes minutes.
  for (const text of texts) {
    termsIn('a.md', text);
    keysIn('a.md', text);
    keysIn('a.bib', text);
    anchorsIn('a.md', text);
  }
});

const POST = '---\ntitle: P\ntags: [Botany, "Dry: places"]\ncategories: letters\n---\n\nText.\n';
const TAGS =
  '---\npermalink: /tags/\n---\n\n{% for tag in site.tags %}<h2 id="{{ tag[0] | slugify }}">{{ tag[0] }}</h2>{% endfor %}\n';
const ABOUT =
  '---\npermalink: /about/\ntags: Botany\n---\n\nSee [it](#plants), [tag](/tags/#botany) and [post](/letters/2026/01/02/p.html) {% cite iso1817 %}.\n\n## Plants\n\n## Plants\n\n## Fixed {#fix}\n\n[2](#plants-1)\n';
const NOTES =
  '---\npermalink: /notes/\n---\n\n[a](/about/#plants) [b](about.md#plants-1) [c]({% link about.md %}#plants)\n\n<a href="/about/#fix">f</a>\n\n[r]: /about/#plants\n\n```\n[a](/about/#plants)\n```\n';
const BIB = '@article{iso1817, title = {Lines}, author = {Humboldt, A.}, year = 1817}\n';
const FILES = {
  '_config.yml':
    'title: T\nplugins: [jekyll-scholar]\nscholar:\n  source: /bib/\n  bibliography: r.bib\n',
  'about.md': ABOUT,
  'notes.md': NOTES,
  'tags.md': TAGS,
  '_posts/2026-01-02-p.md': POST,
  'bib/r.bib': BIB,
};

async function open(t, path, files = FILES) {
  const opened = await playground(t, { viewport: { width: 1440, height: 900 } });
  opened.page.setDefaultTimeout(20_000);
  await openProject(opened.page, { title: 'T', trusted: true, open: path, files });
  await openTab(opened.page).getByText(path.replace(/^.*\//, '')).waitFor();
  return opened;
}

/** Puts the cursor before these words, and renames what is there. */
async function begin(page, words, kind) {
  await page.locator('.cm-content').click();
  const text = await textOf(page);
  await select(page, text.indexOf(words) + 1);
  await page.keyboard.press('F2');
  const sheet = page.getByRole('dialog', { name: `Rename ${kind}`, exact: true });
  await sheet.waitFor();
  return sheet;
}
async function to(page, sheet, name) {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(name);
  const main = sheet.getByRole('button', { name: 'Rename', exact: true });
  await main.and(page.locator(':enabled')).waitFor();
  return main;
}
const texts = (page) =>
  page.evaluate(() =>
    Object.fromEntries(document.querySelector('meridian-playground').playground.project.files),
  );
async function undone(page, files = FILES) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  await page.getByText('Undone:').waitFor();
  assert.deepEqual(await texts(page), files);
}

for (const [dialect, settings] of [
  ['kramdown', ''],
  ['GitHub’s Markdown', 'markdown: GFM\n'],
])
  test(`a heading takes the links to its anchor along: ${dialect}`, { skip }, async (t) => {
    const files = {
      ...FILES,
      '_config.yml': FILES['_config.yml'] + settings,
      'about.md': ABOUT,
    };
    const { page, lines } = await open(t, 'about.md', files);
    const sheet = await begin(page, '## Plants', 'heading');
    const main = await to(page, sheet, 'Plants of “Chimborazo”');
    await sheet.getByText('7 places in 2 files change').waitFor();
    await sheet.getByText(/Its anchor #plants becomes #plants-of-/).waitFor();
    await main.click();
    await sheet.waitFor({ state: 'hidden' });
    const now = await texts(page);
    const [, id] = /\[a\]\(\/about\/#([^)]+)\)/.exec(now['notes.md']);
    assert.equal(
      now['about.md'],
      ABOUT.replace('## Plants', '## Plants of “Chimborazo”')
        .replace('#plants)', `#${id})`)
        .replace('#plants-1', '#plants'),
    );
    assert.equal(
      now['notes.md'],
      NOTES.replace('/about/#plants)', `/about/#${id})`)
        .replace('#plants-1', '#plants')
        .replace('%}#plants', `%}#${id}`)
        .replace(/^(\[r\]: \/about\/#)plants/m, `$1${id}`),
    );
    const html = await page.evaluate(
      async () =>
        (
          await document
            .querySelector('meridian-playground')
            .playground.renderer.ask('render', '/about/')
        ).html,
    );
    assert.ok(html.includes(`id="${id}"`), `${id} in the page`);
    await undone(page, files);
    assert.deepEqual(lines, []);
  });

test(
  'a heading with an id keeps it, which is said; the command list finds it',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, 'about.md');
    await page.locator('.cm-content').click();
    await select(page, ABOUT.indexOf('Fixed') + 2);
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.insertText('rename heading');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Rename heading' });
    await sheet.waitFor();
    await to(page, sheet, 'Free');
    await sheet.getByText('Its anchor stays as it is').waitFor();
    await sheet.getByText('1 place in 1 file changes').waitFor();
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'hidden' });
    assert.equal(await textOf(page), ABOUT.replace('## Fixed {#fix}', '## Free {#fix}'));
    await undone(page);
    assert.deepEqual(lines, []);
  },
);

test('a tag is renamed in all forms, with links to the page of tags', { skip }, async (t) => {
  const { page, lines } = await open(t, '_posts/2026-01-02-p.md');
  const sheet = await begin(page, 'Botany', 'tag');
  const main = await to(page, sheet, 'Plants, dry');
  await sheet.getByText('3 places in 2 files change').waitFor();
  await main.click();
  await sheet.waitFor({ state: 'hidden' });
  const now = await texts(page);
  assert.equal(now['_posts/2026-01-02-p.md'], POST.replace('Botany', '"Plants, dry"'));
  assert.equal(
    now['about.md'],
    ABOUT.replace('tags: Botany', 'tags: ["Plants, dry"]').replace('#botany', '#plants-dry'),
  );
  await undone(page);
  // Tags that are there already.
  const again = await begin(page, 'Botany', 'tag');
  await to(page, again, 'Dry: places');
  await again.getByText('There is a tag “Dry: places” already, in one file').waitFor();
  await page.keyboard.press('Escape');
  await again.waitFor({ state: 'hidden' });
  assert.deepEqual(await texts(page), FILES);
  assert.deepEqual(lines, []);
});

test('a category is renamed, with the addresses of its posts', { skip }, async (t) => {
  const { page, lines } = await open(t, '_posts/2026-01-02-p.md');
  const sheet = await begin(page, 'letters', 'category');
  const main = await to(page, sheet, 'works');
  await sheet.getByText('One page gets another address').waitFor();
  await main.click();
  await sheet.waitFor({ state: 'hidden' });
  const now = await texts(page);
  assert.equal(now['_posts/2026-01-02-p.md'], POST.replace('letters', 'works'));
  assert.equal(now['about.md'], ABOUT.replace('/letters/', '/works/'));
  await undone(page);
  assert.deepEqual(lines, []);
});

test('pages that the site makes for a tag: links follow to the new one', { skip }, async (t) => {
  const files = {
    ...FILES,
    '_config.yml':
      'title: T\nplugins: [jekyll-archives]\njekyll-archives:\n  enabled: all\n  layout: archive\n',
    '_layouts/archive.html': '<main>{{ page.title }}</main>',
    'about.md': '---\n---\n\n[b](/tag/botany/) [c](/tag/botany/?x#y) [d](/tag/other/)\n',
  };
  const { page, lines } = await open(t, '_posts/2026-01-02-p.md', files);
  const sheet = await begin(page, 'Botany', 'tag');
  const main = await to(page, sheet, 'Dry plants');
  await sheet.getByText('3 places in 2 files change').waitFor();
  await main.click();
  await sheet.waitFor({ state: 'hidden' });
  assert.equal(
    (await texts(page))['about.md'],
    '---\n---\n\n[b](/tag/dry-plants/) [c](/tag/dry-plants/?x#y) [d](/tag/other/)\n',
  );
  await undone(page, files);
  assert.deepEqual(lines, []);
});

test('a citation key is renamed in the bibliography and where it is cited', { skip }, async (t) => {
  const { page, lines } = await open(t, 'about.md');
  const sheet = await begin(page, 'iso1817', 'citation key');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('iso 1817');
  await sheet.getByText('A citation key has no spaces').waitFor();
  assert.ok(await sheet.getByRole('button', { name: 'Rename', exact: true }).isDisabled());
  const main = await to(page, sheet, 'humboldt1817');
  await sheet.getByText('2 places in 2 files change').waitFor();
  await main.click();
  await sheet.waitFor({ state: 'hidden' });
  const now = await texts(page);
  assert.equal(now['bib/r.bib'], BIB.replace('iso1817', 'humboldt1817'));
  assert.equal(now['about.md'], ABOUT.replace('iso1817', 'humboldt1817'));
  await undone(page);
  assert.deepEqual(lines, []);
});

test('F2 elsewhere in a text renames the file', { skip }, async (t) => {
  const { page } = await open(t, 'about.md');
  await page.locator('.cm-content').click();
  await select(page, ABOUT.indexOf('See'));
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'New path' }).waitFor();
});
