// What the playground knows of the whole project: problems of pages that are not in view, the file
// to begin with, icons of the shell.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { archiveOf } from './archives.mjs';
import { openTab, playgrounds, problems, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);

/** Opens files as the reader's own project. */
const begin = (page, files, open) =>
  page.evaluate(
    ([files, open]) =>
      document
        .querySelector('meridian-playground')
        .playground.begin({ title: 'Mine', trusted: true, touched: true, files, open }),
    [files, open],
  );

const page = (title, text) => `---\ntitle: ${title}\nlayout: single\n---\n\n${text}\n`;
const LINKED = {
  '_config.yml': 'title: Mine\n',
  'index.md': page('Home', 'Hello.'),
  'about.md': page('About', 'Me. [Home](/)'),
  'a.md': page('A', '[About](/about.html)'),
  'b.md': page('B', '[About](about.html)\n\n[A](a.html)'),
  'sub/c.md': page('C', '[About](../about.html) and [B](/b.html)'),
};

test(
  'after a rename dead links are listed on all pages, without opening them',
  { skip },
  async (t) => {
    const { page: tab, shown } = await playground(t);
    await begin(tab, LINKED, 'index.md');
    await shown.getByText('Hello.').waitFor();
    const dead = problems(tab).filter({ hasText: /about\.html|about/ });
    await tab.evaluate(() =>
      document.querySelector('meridian-playground').playground.project.rename('about.md', 'me.md'),
    );
    for (const path of ['a.md', 'b.md', 'sub/c.md'])
      await dead.filter({ hasText: path }).waitFor({ timeout: 20_000 });
    assert.equal(await dead.count(), 3);
    await openTab(tab).filter({ hasText: 'index.md' }).waitFor();
    // One leads to its place.
    await dead.filter({ hasText: 'b.md' }).getByRole('button').click();
    await openTab(tab).filter({ hasText: 'b.md' }).waitFor();
    assert.equal(await dead.count(), 3);
    await tab.evaluate(() =>
      document.querySelector('meridian-playground').playground.project.rename('me.md', 'about.md'),
    );
    await tab.waitForFunction(
      () => !document.querySelector('meridian-playground').shadowRoot.querySelector('.probs li'),
      undefined,
      { timeout: 20_000 },
    );
  },
);

test(
  'errors of other pages are listed, and a file that is deleted takes its own along',
  { skip },
  async (t) => {
    const { page: tab, shown } = await playground(t);
    await begin(
      tab,
      { ...LINKED, 'bad.md': page('Bad', '{% include nothing.html %}') },
      'index.md',
    );
    await shown.getByText('Hello.').waitFor();
    const bad = problems(tab).filter({ hasText: 'bad.md' });
    await bad.first().waitFor({ timeout: 20_000 });
    await tab.evaluate(() =>
      document.querySelector('meridian-playground').playground.project.remove('bad.md'),
    );
    await bad.first().waitFor({ state: 'detached', timeout: 20_000 });
  },
);

test('a keystroke does not wait for the check of a large project', { skip }, async (t) => {
  const { page: tab, shown } = await playground(t);
  const many = Object.fromEntries(
    Array.from({ length: 150 }, (_, i) => [
      `p/${i}.md`,
      page(`Page ${i}`, '[Gone](/nowhere.html) '.repeat(20)),
    ]),
  );
  await begin(tab, { ...LINKED, ...many }, 'index.md');
  await shown.getByText('Hello.').waitFor();
  await problems(tab).filter({ hasText: 'p/' }).first().waitFor({ timeout: 30_000 });
  const { checked, answered } = await tab.evaluate(async () => {
    const { loop, renderer, project } = document.querySelector('meridian-playground').playground;
    const { others } = loop;
    const checked = [...others.pages.values()].filter(({ state }) => state === others.state).length;
    const text = new TextDecoder().decode(project.bytes('index.md'));
    project.put('index.md', text.replace('Hello.', 'Good day.'));
    const waiting = renderer.made.asked.length;
    await loop.render();
    return { checked, answered: waiting <= 2 };
  });
  assert.ok(checked < 150, 'pages are checked one after the other');
  assert.ok(answered, 'at most one page is being checked');
  await shown.getByText('Good day.').waitFor();
});

for (const [name, files, first] of [
  [
    'a site of Jekyll',
    {
      Gemfile: 'source "x"\n',
      '_config.yml': 'title: T\n',
      '404.html': '---\n---\nLost\n',
      'index.md': page('Home', 'Hello.'),
    },
    'index.md',
  ],
  [
    'a site whose first page has another name',
    {
      Gemfile: 'x\n',
      '_config.yml': 'title: T\n',
      'a.md': page('A', 'Not this.'),
      'start.md': page('Start', 'Hello.').replace('layout', 'permalink: /\nlayout'),
    },
    'start.md',
  ],
  [
    'a folder with a README',
    { LICENSE: 'MIT\n', Makefile: 'all:\n', 'README.md': '# Home\n\nHello.\n', 'z.md': '# Z\n' },
    'README.md',
  ],
  [
    'a folder of notes',
    { 'Gemfile.lock': 'x\n', 'notes/one.mkdown': '# One\n\nHello.\n' },
    'one.mkdown',
  ],
])
  test(`a zip with ${name} opens the file of the page in view`, { skip }, async (t) => {
    const { page: tab } = await playground(t);
    await tab.evaluate(
      async ([bytes]) => {
        const { playground } = document.querySelector('meridian-playground');
        await playground.drop([['site.zip', new File([new Uint8Array(bytes)], 'site.zip')]], '');
      },
      [[...archiveOf(Object.entries(files).map(([path, text]) => ({ path, text })))]],
    );
    await openTab(tab)
      .filter({ hasText: first.split('/').at(-1) })
      .waitFor();
  });

test('filled icons are filled in the preview, outlines are not', { skip }, async (t) => {
  const { page: tab, shown } = await playground(t);
  const use = (href) =>
    `<svg class="icon" viewBox="0 0 24 24" style="fill:none;stroke:currentColor"><use href="${href}"/></svg>`;
  await begin(
    tab,
    {
      '_config.yml':
        'title: T\nauthor: {name: Ada, github: ada, arxiv: "https://arxiv.org/a/ada", email: a@b.c}\n',
      'index.md': page(
        'Home',
        `${use('/meridian/icons.svg#github')}\n${use('/meridian/icons.svg#email')}\n${use('/meridian/icons/arxiv.svg#i')}`,
      ),
    },
    'index.md',
  );
  const icons = shown.locator('main svg.icon').filter({ has: tab.locator('path, rect') });
  await icons.nth(2).waitFor();
  const fills = await shown
    .locator('svg.icon')
    .evaluateAll((all) =>
      all.map((svg) => getComputedStyle(svg.querySelector('path, rect, circle')).fill !== 'none'),
    );
  assert.ok(fills.includes(true) && fills.includes(false), JSON.stringify(fills));
  const own = await icons.evaluateAll((all) =>
    all.map((svg) => getComputedStyle(svg.querySelector('path, rect')).fill !== 'none'),
  );
  assert.deepEqual(own.slice(-3), [true, false, true]);
});
