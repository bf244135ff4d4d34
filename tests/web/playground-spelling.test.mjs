// The language in which the browser checks the spelling, in the playground.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from './hosts.mjs';
import { openProject, playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const lang = (page) => page.locator('.cm-content').getAttribute('lang');
const isIn = (page, tag) =>
  until(async () => (await lang(page)) === tag, `the source is in ${tag}`);

/** Opens files, the first one in view. */
async function open(t, files) {
  const opened = await playground(t, { frame: false });
  await opened.page.locator('.cm-content').waitFor();
  const [path] = Object.keys(files);
  await openProject(opened.page, { title: 'T', trusted: true, open: path, files });
  return opened;
}
/** Opens a file, with a change of its text. */
const show = (page, path, from = '', to = '') =>
  page.evaluate(
    async ([path, from, to]) => {
      const { playground } = document.querySelector('meridian-playground');
      await playground.open(path);
      if (from) playground.project.put(path, playground.project.text(path).replace(from, to));
    },
    [path, from, to],
  );

test('the source has the language of its page', { skip }, async (t) => {
  const { page, lines } = await open(t, {
    'index.md': '---\nlang: de\n---\nGrüße\n',
    'locale.md': '---\nlocale: "fr_FR" # une page\n---\nBonjour\n',
    'site.md': '---\n---\nHola\n',
    'en/page.md': '---\n---\nHello\n',
    'wrong.md': '---\nlang: "><b>"\n---\nx\n',
    '_data/words.yml': 'a: b\n',
    '_config.yml':
      'lang: es\ndefaults:\n  - scope: {path: en}\n    values: {lang: en-GB, layout: default}\n',
  });
  await isIn(page, 'de');
  assert.equal(await page.locator('.cm-content').getAttribute('spellcheck'), 'true');
  await show(page, 'locale.md');
  await isIn(page, 'fr-FR');
  await show(page, 'site.md');
  await isIn(page, 'es');
  await show(page, '_data/words.yml');
  await isIn(page, 'es');
  await show(page, 'en/page.md');
  await isIn(page, 'en-GB');
  await show(page, 'wrong.md');
  await isIn(page, 'es');
  // It follows changes of front matter and of the settings.
  await show(page, 'index.md', 'lang: de', 'lang: it');
  await isIn(page, 'it');
  await show(page, 'index.md', 'lang: it\n', '');
  await isIn(page, 'es');
  await show(page, '_config.yml', 'lang: es', 'locale: pt_BR');
  await isIn(page, 'pt-BR');
  assert.deepEqual(lines, []);
});

test('without a language the settings of the browser decide', { skip }, async (t) => {
  const { page } = await open(t, { 'index.md': '---\nlang: de\n---\nx\n', 'b.md': 'x\n' });
  await isIn(page, 'de');
  await show(page, 'b.md');
  await isIn(page, null);
});

test('front matter, code and addresses are not checked', { skip }, async (t) => {
  const { page } = await open(t, {
    'index.md':
      '---\ntitle: A titel\n---\nA wrod, `cdoe` and [text](https://exmaple.org/).\n\n```js\nlet vraible;\n```\n\nlast\n',
  });
  const checked = (text) =>
    page.evaluate((text) => {
      const { view } = document.querySelector('meridian-playground').playground.editor;
      const at = view.state.doc.toString().indexOf(text);
      const { node } = view.domAtPos(at + 1);
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      return element.closest('[spellcheck]').getAttribute('spellcheck') === 'true';
    }, text);
  const texts = ['titel', 'cdoe', 'exmaple', 'vraible', 'wrod', 'text', 'last'];
  await until(async () => !(await checked('vraible')), 'code is marked');
  const found = [];
  for (const text of texts) if (await checked(text)) found.push(text);
  assert.deepEqual(found, ['wrod', 'text', 'last']);
});

test('writing on the page has its language', { skip }, async (t) => {
  const { page } = await open(t, {
    'index.md': '---\nlang: de\nlayout: default\n---\n\nEin Absatz.\n',
  });
  const frame = page.frameLocator('iframe:not([aria-hidden])');
  await frame.getByText('Ein Absatz.').waitFor();
  await page.evaluate(() => document.querySelector('meridian-playground').playground.writeOnPage());
  await frame.getByText('Ein Absatz.').click();
  await until(
    () => frame.locator('[contenteditable]:not([contenteditable=false])').count(),
    'a block is written',
  );
  const block = frame.locator('[contenteditable]:not([contenteditable=false])').first();
  assert.equal(await block.evaluate((block) => block.closest('[lang]').lang), 'de');
});
