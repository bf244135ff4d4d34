// The playground completes keys and values of _config.yml, and says what they mean.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from './hosts.mjs';
import { linkOf, openProject, playgrounds, skip, source, textOf } from './playgrounds.mjs';

const playground = playgrounds(before, after);

/** Opens a project whose _config.yml is this text, with the cursor at its end. */
async function open(t, config) {
  const at = linkOf({ '_config.yml': config, 'index.md': '---\n---\nx\n' });
  const opened = await playground(t, { at, frame: false });
  await opened.page.locator('.cm-content').click();
  await opened.page.keyboard.press('ControlOrMeta+End');
  return opened;
}
const options = (page) => page.locator('.cm-tooltip-autocomplete').getByRole('option');
/** Labels, once there are some. */
async function offered(page) {
  await options(page).first().waitFor();
  return page.locator('.cm-tooltip-autocomplete .cm-completionLabel').allTextContents();
}

test('a key is completed while it is typed, with its meaning', { skip }, async (t) => {
  const { page, lines } = await open(t, 'title: T\n');
  await page.keyboard.type('perma', { delay: 30 });
  assert.deepEqual(await offered(page), ['permalink']);
  await page.getByText('a style, or a pattern such as /:year/:title/').waitFor();
  await page.waitForTimeout(100); // a completion that has just opened is not accepted by Enter
  await page.keyboard.press('Enter');
  assert.deepEqual(await source(page), ['title: T', 'permalink: ']);
  // A value of it.
  await page.keyboard.press('Control+Space');
  assert.deepEqual(await offered(page), ['date', 'none', 'ordinal', 'pretty', 'weekdate']);
  assert.deepEqual(lines, []);
});

for (const [config, some, none] of [
  ['', ['author', 'baseurl', 'meridian', 'plugins'], ['enabled', 'path']],
  ['title: T\n', ['baseurl'], ['title']],
  ['meridian:\n  ', ['search', 'theme', 'offline'], ['title']],
  ['meridian:\n  theme: ', ['auto', 'github-pages', 'meridian', 'site'], ['title']],
  ['future: ', ['false', 'true'], ['title']],
  ['collections:\n  talks:\n    ', ['output', 'permalink', 'sort_by'], ['title']],
  ['defaults:\n  - scope:\n      ', ['path', 'type'], ['values']],
  ['defaults:\n  - scope: {path: ""}\n    ', ['scope', 'values'], ['path']],
  ['plugins:\n- ', ['jekyll-feed', 'jekyll-sitemap'], ['title']],
  ['plugins: [jekyll-feed, ', ['jekyll-sitemap'], ['title']],
  ['sass: {', ['style', 'sass_dir'], ['title']],
  ['sass: {style: ', ['compressed'], ['sass_dir']],
  ['kramdown:\n  input: GFM\n  ', ['hard_wrap'], ['title']],
])
  test(`it offers what may stand after ${JSON.stringify(config)}`, { skip }, async (t) => {
    const { page } = await open(t, config);
    await page.keyboard.press('Control+Space');
    const labels = await offered(page);
    for (const label of some) assert.ok(labels.includes(label), `${label}: ${labels}`);
    for (const label of none) assert.ok(!labels.includes(label), `${label}: ${labels}`);
  });

test('comments and prose have no completion', { skip }, async (t) => {
  const { page } = await open(t, '# a comment ');
  await page.keyboard.type('perm');
  await page.keyboard.press('Control+Space');
  await page.waitForTimeout(300);
  assert.equal(await options(page).count(), 0);
  await page.getByRole('button', { name: 'index.md', exact: true }).first().click();
  await page.locator('.cm-content').click();
  await page.keyboard.type('perm');
  await page.keyboard.press('Control+Space');
  await page.waitForTimeout(300);
  assert.equal(await options(page).count(), 0);
});

const SITE = {
  'index.md': '---\nlayout: single\ntitle: Home\n---\n\n## First part\n\n## Second part\n\n',
  '_config.yml':
    'title: T\npermalink: pretty\nplugins: [jekyll-scholar, jemoji]\ncollections:\n  people:\n    output: true\n',
  '_people/bonpland.md':
    '---\nlayout: single\ntitle: Aimé Bonpland\ntags: [botany, travel]\nrole: friend\n---\n\n## Herbarium\n',
  '_people/caldas.md': '---\nlayout: talk\ntitle: Caldas\ntags: [botany]\n---\n',
  '_posts/2026-01-02-isotherms.md': '---\ntitle: Isotherms\ncategories: climate\n---\n',
  '_layouts/talk.html': '{{ content }}',
  '_includes/map.html': 'x',
  '_data/travel.yml': '- city: Quito\n  country: Ecuador\n- city: Lima\n  country: Peru\n',
  '_bibliography/references.bib':
    '@article{humboldt1817iso, title = {On {Isothermal} Lines}, author = {Humboldt}, year = 1817}\n',
  'images/andes.webp': '',
};
/** Opens the site, once its first page is there. */
async function openSite(t) {
  const { page, lines } = await playground(t, {
    frame: false,
    viewport: { width: 1440, height: 900 },
  });
  await page.locator('.cm-content').waitFor();
  await openProject(page, {
    title: 'T',
    trusted: true,
    open: 'index.md',
    files: { ...SITE, 'new.md': '---\n\n---\n' },
  });
  await page.getByRole('tab', { name: 'index.md', selected: true }).waitFor();
  // The data that templates see are those of the page in view.
  await page.waitForFunction(
    () => document.querySelector('meridian-playground').playground.loop.good === '/',
  );
  return { page, lines };
}
/** Completes at the end of a text of a file. */
async function completes(page, path, text) {
  await page.evaluate(
    async ([path, text]) => {
      const { playground } = document.querySelector('meridian-playground');
      await playground.open(path, { focus: true });
      const { view } = playground.editor;
      const cut = Math.max(text.lastIndexOf('\n'), 0);
      const to = view.state.doc.length;
      view.dispatch({ changes: { from: 0, to, insert: text.slice(0, cut) } });
      view.dispatch({
        changes: { from: cut, insert: text.slice(cut) },
        selection: { anchor: text.length },
      });
    },
    [path, text],
  );
  await page.keyboard.press('Control+Space');
  const labels = await offered(page).catch(() => []);
  await page.keyboard.press('Escape');
  return labels;
}
const HOME = SITE['index.md'];
const CASES = [
  [
    'a link',
    'index.md',
    `${HOME}[a](`,
    ['/people/bonpland/', '/people/caldas/', '/'],
    ['/images/andes.webp#'],
  ],
  [
    'an anchor of a page',
    'index.md',
    `${HOME}[a](/people/bonpland/#`,
    ['herbarium'],
    ['first-part'],
  ],
  [
    'an anchor of this page',
    'index.md',
    `${HOME}[a](#`,
    ['first-part', 'second-part'],
    ['herbarium'],
  ],
  ['a picture', 'index.md', `${HOME}![a](`, ['/images/andes.webp'], ['/people/bonpland/']],
  ['an attribute', 'index.md', `${HOME}<a href="`, ['/people/bonpland/'], []],
  ['a note', 'index.md', `${HOME}[[bon`, ['bonpland'], ['map']],
  [
    'a tag',
    'index.md',
    `${HOME}{% in`,
    ['include', 'include_relative', 'increment'],
    ['gist', 'upcase'],
  ],
  ['a tag of a plugin', 'index.md', `${HOME}{% ci`, ['cite'], ['gist']],
  ['an include', 'index.md', `${HOME}{% include `, ['map.html'], ['talk.html']],
  ['a source', 'index.md', `${HOME}{% link _p`, ['_people/bonpland.md'], ['_config.yml']],
  ['a post', 'index.md', `${HOME}{% post_url `, ['2026-01-02-isotherms'], ['bonpland']],
  ['a citation', 'index.md', `${HOME}{% cite `, ['humboldt1817iso'], []],
  ['a filter', 'index.md', `${HOME}{{ "a" | up`, ['upcase'], ['include', 'toc_only']],
  ['a variable', 'index.md', `${HOME}{{ pa`, ['page', 'paginator'], ['upcase']],
  ['a key of the page', 'index.md', `${HOME}{{ page.`, ['title', 'layout', 'url'], ['people']],
  ['a key of the site', 'index.md', `${HOME}{{ site.`, ['data', 'people', 'title'], ['layout']],
  ['a data file', 'index.md', `${HOME}{{ site.data.`, ['travel'], ['title']],
  ['a callout', 'index.md', `${HOME}Words\n{: .no`, ['notice--info', 'notice--warning'], []],
  ['an emoji', 'index.md', `${HOME}A :smi`, [':smile:', ':smiley:'], []],
  ['a front matter key', 'new.md', '---\nla', ['layout', 'lang'], ['baseurl']],
  ['one in use', 'new.md', '---\nro', ['role'], []],
  ['a layout', 'new.md', '---\nlayout: ', ['talk', 'single', 'none'], ['map']],
  ['tags', 'new.md', '---\ntags: [', ['botany', 'travel'], ['climate']],
  ['a category', 'new.md', '---\ncategories: ', ['climate'], ['botany']],
  ['a boolean', 'new.md', '---\npublished: ', ['false', 'true'], []],
  ['a key of data', '_data/travel.yml', `${SITE['_data/travel.yml']}- ci`, ['city'], ['title']],
  [
    'a value of data',
    '_data/travel.yml',
    `${SITE['_data/travel.yml']}- country: `,
    ['Ecuador', 'Peru'],
    ['Quito'],
  ],
  ['a place', 'new.md', '---\nlocation: San Fr', ['San Francisco'], []],
  ['a small one', 'new.md', '---\nlocation: Weimar', ['Weimar'], ['Berlin']],
  ['one in use', '_data/travel.yml', `${SITE['_data/travel.yml']}- city: li`, ['Lima'], ['Quito']],
];
test('completion in texts, front matter and data', { skip }, async (t) => {
  const { page, lines } = await openSite(t);
  for (const [what, path, text, some, none] of CASES) {
    const labels = await completes(page, path, text);
    for (const label of some) assert.ok(labels.includes(label), `${what}: ${label}: ${labels}`);
    for (const label of none) assert.ok(!labels.includes(label), `${what}: ${label}: ${labels}`);
  }
  assert.deepEqual(lines, []);
});

test(
  'a citation has its year and title, a filter its arguments and meaning',
  { skip },
  async (t) => {
    const { page } = await openSite(t);
    await completes(page, 'index.md', `${HOME}{% cite hum`);
    await page.keyboard.press('Control+Space');
    await page.getByRole('option').getByText('1817, On Isothermal Lines').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('x %} {{ "a" | trunc');
    await page.getByText('cut to a number of characters').waitFor();
    await page.getByRole('option', { selected: true }).getByText(': up to two values').waitFor();
  },
);

test(
  'a place has its country, and its region where the country has several',
  { skip },
  async (t) => {
    const { page, lines } = await openSite(t);
    const accept = async (path, text) => {
      await completes(page, path, text);
      await page.keyboard.press('Control+Space');
      await options(page).first().waitFor();
      await page.waitForTimeout(100); // one that has just opened is not accepted by Enter
      await page.keyboard.press('Enter');
      return (await textOf(page, path)).split('\n').slice(-2);
    };
    assert.deepEqual(await accept('new.md', '---\nlocation: toky'), [
      '---',
      'location: Tokyo, Japan',
    ]);
    assert.deepEqual(await accept('new.md', '---\nlocation: "cambridge'), [
      '---',
      'location: "Cambridge, United Kingdom',
    ]);
    // A list has the country in a line of its own, once.
    assert.deepEqual(await accept('_data/travel.yml', '- city: toky'), [
      '- city: Tokyo',
      '  country: Japan',
    ]);
    assert.deepEqual(await accept('_data/travel.yml', '- country: Japan\n  city: toky'), [
      '- country: Japan',
      '  city: Tokyo',
    ]);
    await completes(page, 'new.md', '---\nlocation: Cambridge');
    await page.keyboard.press('Control+Space');
    await page.getByRole('option').getByText('Massachusetts, United States').waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'typing the name of a large place requests no exact name; a pause does',
  { skip },
  async (t) => {
    const { page } = await openSite(t);
    const requested = [];
    page.on('request', (request) => requested.push(request.url()));
    const exact = () => requested.filter((url) => /\/places\/[0-9a-f]\.bin/.test(url)).length;
    // What is at hand is fetched before the clock stops.
    await completes(page, 'new.md', '---\nlocation: sa');
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    for (const letter of 'n francisco') {
      await page.keyboard.type(letter);
      await page.clock.runFor(200);
    }
    assert.equal(exact(), 0, requested.join('\n'));
    await until(async () => {
      await page.clock.runFor(200);
      return exact();
    });
    await page.clock.resume();
    await until(async () => (await offered(page)).filter((name) => name === 'San Francisco')[1]);
    assert.equal(exact(), 1, requested.join('\n'));
  },
);

test('2,000 files: a second completion asks the core for nothing', { skip }, async (t) => {
  const { page } = await playground(t, { frame: false });
  await page.locator('.cm-content').waitFor();
  const files = { '_config.yml': 'title: T\n', 'index.md': '---\ntitle: T\n---\n\n' };
  for (let at = 0; at < 2000; at++)
    files[`notes/n${at}.md`] = `---\ntitle: Note ${at}\ntags: [t${at % 50}]\n---\nText\n`;
  await openProject(page, {
    title: 'T',
    trusted: true,
    open: 'index.md',
    files,
  });
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('[a](');
  await offered(page);
  const [count, asked] = await page.evaluate(async () => {
    const { playground } = document.querySelector('meridian-playground');
    const complete = await playground.parts.complete();
    const { state } = playground.editor.view;
    const context = { state, pos: state.selection.main.head, explicit: false };
    await complete.at(context, 'index.md');
    const { renderer } = playground;
    const { ask } = renderer;
    const asked = [];
    renderer.ask = (...what) => {
      asked.push(what[0]);
      return ask.apply(renderer, what);
    };
    // As for each key of a word.
    const { options } = await complete.at(context, 'index.md');
    return [options.length, asked];
  });
  assert.ok(count > 2000, String(count));
  assert.deepEqual(asked, []);
});
