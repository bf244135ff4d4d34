// Pages beside each other: of the branch and with the changes in the review, of both sides in a
// conflict. They are rendered in the tab, in frames without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { until } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
const LONG = 'A paragraph that takes its place.\n\n'.repeat(60);
const page = (title, text) => `---\ntitle: ${title}\nlayout: mine\n---\n\n${text}\n`;
const SITE = {
  '_config.yml': 'title: A site\n',
  '_layouts/mine.html':
    '<html><body>{% include foot.html %}<main>{{ content }}</main><i>{{ site.time | date: "%s%N" }}</i></body></html>\n',
  '_includes/foot.html': '<footer>Old foot</footer>\n',
  'index.md': page('Home', `${LONG}Trained as a mining enginer.`),
  'about.md': page('About', 'About it. [Home](/)'),
};
const FIXED = SITE['index.md'].replace('enginer', 'engineer');
const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

async function open(t, { files = SITE, frame = 'A paragraph', ...options } = {}) {
  const git = await gitHost(t, files);
  const server = await publishingServer(t, git);
  const at = '?repo=owner/name';
  const opened = await playground(t, { at, server, frame: false, ...DESK, ...options });
  await publishButton(opened.page).waitFor();
  await opened.shown.getByText(frame).first().waitFor();
  const review = opened.page.getByRole('dialog', { name: 'Publish to owner/name' });
  return { ...opened, git, server, review };
}
/** The page of a version. */
const version = (dialog, title) => dialog.frameLocator(`iframe[title^="The page, ${title}"]`);
/** What is marked on the page of a version. */
const marked = (version) =>
  version
    .locator('body')
    .evaluate(() =>
      Object.fromEntries([...CSS.highlights].map(([name, all]) => [name, [...all].map(String)])),
    );
const change = (page, files) =>
  page.evaluate((files) => {
    const { project } = document.querySelector('meridian-playground').playground;
    for (const [path, text] of Object.entries(files))
      if (text === null) project.remove(path);
      else project.put(path, text);
  }, files);
const addresses = (dialog) =>
  dialog
    .getByLabel('Page', { exact: true })
    .locator('option')
    .evaluateAll((all) => all.map(({ value }) => value));

test(
  'the page on the branch and with the changes, at the first difference',
  { skip },
  async (t) => {
    const { page, review, git, lines } = await open(t);
    await write(page, FIXED);
    await publishButton(page).click();
    const [now, then] = [version(review, 'On '), version(review, 'With your changes')];
    await now.getByText('mining enginer').waitFor();
    await then.getByText('mining engineer').waitFor();
    for (const one of [now, then]) {
      await until(
        () => one.locator('body').evaluate(() => scrollY > 0),
        'the difference is in view',
      );
      await until(
        () =>
          one.getByText('Trained as').evaluate((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          }),
        'both frames show it',
      );
    }
    const boxes = await Promise.all(
      ['On ', 'With your changes'].map((title) =>
        review.locator(`iframe[title^="The page, ${title}"]`).boundingBox(),
      ),
    );
    assert.equal(boxes[0].y, boxes[1].y);
    assert.ok(boxes[0].x + boxes[0].width <= boxes[1].x + 1 && boxes[0].width > 300);
    // The words are marked, on both.
    await review.getByText('1 place marked').waitFor();
    assert.deepEqual(await marked(now), { 'meridian-gone': ['enginer.'] });
    assert.deepEqual(await marked(then), { 'meridian-come': ['engineer.'] });
    // Only pages that differ are offered; the time of the site is that of both.
    assert.deepEqual(await addresses(review), ['/']);
    // The source is one switch away, and the choice stays.
    await review.getByRole('button', { name: 'Source', exact: true }).click();
    await review.locator('.d--cut', { hasText: 'enginer' }).waitFor();
    await page.keyboard.press('Escape');
    await publishButton(page).click();
    await review.locator('.d--cut', { hasText: 'enginer' }).waitFor();
    await review.getByRole('button', { name: 'Page', exact: true }).click();
    await then.getByText('mining engineer').waitFor();
    // Nothing was asked with a token, and the branch is as it was.
    assert.equal(git.calls.filter(({ authorization }) => authorization).length, 0);
    assert.deepEqual(lines, []);
  },
);

test('an include: all its pages; a file of its own; what is left out', { skip }, async (t) => {
  const { page, review, lines } = await open(t);
  await change(page, {
    '_includes/foot.html': '<footer>New foot</footer>\n',
    'new.md': '---\ntitle: New\nlayout: mine\npermalink: /new/\n---\n\nA new page.\n',
    'about.md': null,
  });
  await publishButton(page).click();
  const [now, then] = [version(review, 'On '), version(review, 'With your changes')];
  const choose = (name) => review.locator('.changes button', { hasText: name }).click();
  await choose('_includes/foot.html');
  await now.getByText('Old foot').waitFor();
  await then.getByText('New foot').waitFor();
  await until(
    async () => (await addresses(review)).sort().join() === '/,/about.html,/new/',
    'all pages with it are offered',
  );
  const note = (title) => review.locator('section', { hasText: title }).locator('.other > .none');
  await choose('new.md');
  await then.getByText('A new page.').waitFor();
  await note('On ').getByText('There is no such page.').waitFor();
  await choose('about.md');
  await now.getByText('About it.').waitFor();
  await note('With your changes').getByText('There is no such page.').waitFor();
  // A link leads to the page in both.
  await now.getByRole('link', { name: 'Home' }).click();
  await then.getByText('A paragraph').first().waitFor();
  // What is not published is not in the page.
  await review.getByRole('checkbox', { name: 'Publish _includes/foot.html' }).uncheck();
  await choose('new.md');
  await then.getByText('A new page.').waitFor();
  await then.getByText('Old foot').waitFor();
  assert.deepEqual(lines, []);
});

// A picture of one colour, of 2 by 1 pixels; the last byte of its data is the colour.
const picture = (colour) =>
  Buffer.from(
    `GIF89a\x02\0\x01\0\x80\0\0${colour}\0\0\0,\0\0\0\0\x02\0\x01\0\0\x02\x02\x04\n\0;`,
    'latin1',
  );
const [RED, BLUE] = [picture('\xff\0\0'), picture('\0\0\xff')];
const PICTURES = {
  ...SITE,
  'index.md': page('Home', `${LONG}![A](/images/a.gif) ![B](images/b.gif) ![](/images/c.gif)`),
  'images/a.gif': RED,
  'images/b.gif': RED,
  'images/c.gif': RED,
};
const ANOTHER_PAGE = page(
  'Home',
  `${LONG}![B](images/b.gif) ![](/images/d.gif) ![](/images/new.gif) [About](/about.html)`,
);
const put = (page, path, bytes) =>
  page.evaluate(
    ([path, bytes]) =>
      document
        .querySelector('meridian-playground')
        .playground.project.put(path, new Uint8Array(bytes)),
    [path, [...bytes]],
  );
/** The marked pictures on the page of a version, once these are drawn: mark, and what is read. */
const markedPictures = (version) =>
  version
    .locator('[data-meridian-mark]')
    .evaluateAll((all) =>
      all.map((one) => [
        one.dataset.meridianMark,
        one.getAttribute('aria-label'),
        getComputedStyle(one).outlineStyle,
        one.naturalWidth,
      ]),
    );

test('pictures: changed, new and deleted ones are marked, with words', { skip }, async (t) => {
  const { page, review, lines } = await open(t, { files: PICTURES });
  const [now, then] = [version(review, 'On '), version(review, 'With your changes')];
  // Only the file changes: its page is found by it, and the picture is in view.
  await put(page, 'images/b.gif', BLUE);
  await publishButton(page).click();
  await review.getByText('1 picture marked').waitFor();
  const soon = (version, wanted, what) =>
    until(
      async () => JSON.stringify(await markedPictures(version)) === JSON.stringify(wanted),
      what,
    );
  await soon(now, [['gone', 'Changed picture: B', 'dashed', 2]], 'the one on the branch');
  await soon(then, [['come', 'Changed picture: B', 'solid', 2]], 'the one with the changes');
  assert.deepEqual(await addresses(review), ['/']);
  await until(() => then.locator('body').evaluate(() => scrollY > 0), 'it is in view');
  await page.keyboard.press('Escape');
  // One goes, another comes elsewhere; one is the same under another name.
  await page.evaluate((text) => {
    const { project } = document.querySelector('meridian-playground').playground;
    project.rename('images/c.gif', 'images/d.gif');
    project.put('index.md', text);
  }, ANOTHER_PAGE);
  await put(page, 'images/new.gif', BLUE);
  await publishButton(page).click();
  await review.getByText('2 pictures marked').waitFor();
  await soon(
    now,
    [
      ['gone', 'Deleted picture: A', 'dashed', 2],
      ['gone', 'Changed picture: B', 'dashed', 2],
    ],
    'those on the branch',
  );
  await soon(
    then,
    [
      ['come', 'Changed picture: B', 'solid', 2],
      ['come', 'New picture', 'solid', 2],
    ],
    'those with the changes',
  );
  // On another page none is.
  await then.getByRole('link', { name: 'About' }).click();
  await now.getByText('About it.').waitFor();
  assert.deepEqual(await markedPictures(now), []);
  assert.deepEqual(lines, []);
});

test('a conflict of pictures: those of both sides are marked', { skip }, async (t) => {
  const { page, git, review, lines } = await open(t, { files: PICTURES });
  await put(page, 'images/a.gif', BLUE);
  git.push({ 'images/a.gif': picture('\0\xff\0') });
  await publishButton(page).click();
  await review.getByRole('button', { name: 'Publish 1 change' }).click();
  await signIn(page, git.token());
  const conflict = page.getByRole('dialog', { name: 'Resolve 1 conflict' });
  await conflict.getByRole('button', { name: 'Show the pages' }).click();
  await conflict.getByText('1 picture marked').waitFor();
  for (const title of ['On ', 'Yours'])
    await until(
      async () =>
        JSON.stringify(await markedPictures(version(conflict, title))) ===
        JSON.stringify([['other', 'Picture of this version alone: A', 'dotted', 2]]),
      `the one of ${title}`,
    );
  git.check();
  assert.deepEqual(lines, []);
});

test('no page differs: that is said', { skip }, async (t) => {
  const { page, review, lines } = await open(t);
  await change(page, { 'notes.txt': 'For me\n' });
  await publishButton(page).click();
  await review.getByText('No page looks different.').waitFor();
  await version(review, 'With your changes').getByText('A paragraph').first().waitFor();
  assert.deepEqual(lines, []);
});

test('on a phone one at a time', { skip }, async (t) => {
  const { page, review, lines } = await open(t, { ...PHONE });
  await page.evaluate((text) => {
    const { project } = document.querySelector('meridian-playground').playground;
    project.put('index.md', text);
  }, FIXED);
  await publishButton(page).click();
  const [now, then] = ['On ', 'With your changes'].map((title) =>
    review.locator(`iframe[title^="The page, ${title}"]`),
  );
  await version(review, 'With your changes').getByText('mining engineer').waitFor();
  assert.ok(!(await now.isVisible()));
  await review.getByRole('button', { name: /^On / }).click();
  await version(review, 'On ').getByText('mining enginer').waitFor();
  assert.ok(!(await then.isVisible()));
  const { width } = await now.boundingBox();
  assert.ok(width > 340 && width <= 390, `${width}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390));
  assert.deepEqual(lines, []);
});

test('a conflict: the pages of both sides, and of the result', { skip }, async (t) => {
  const { page, git, review, lines } = await open(t);
  await write(page, FIXED);
  git.push({ 'index.md': SITE['index.md'].replace('a mining enginer', 'an apothecary') });
  await publishButton(page).click();
  await review.getByRole('button', { name: 'Publish 1 change' }).click();
  await signIn(page, git.token());
  const conflict = page.getByRole('dialog', { name: 'Resolve 1 conflict' });
  await conflict.getByRole('button', { name: 'Show the pages' }).click();
  await version(conflict, 'On ').getByText('an apothecary').waitFor();
  await version(conflict, 'Yours').getByText('mining engineer').waitFor();
  assert.equal(await conflict.locator('iframe').count(), 2);
  await conflict.getByLabel('Result, index.md, place 1').fill('Trained as both.\n');
  await version(conflict, 'Result').getByText('Trained as both.').waitFor();
  await conflict.getByText('1 place marked').waitFor();
  for (const [title, text] of [
    ['On ', 'an apothecary.'],
    ['Yours', 'a mining engineer.'],
    ['Result', 'both.'],
  ])
    assert.deepEqual(await marked(version(conflict, title)), { 'meridian-other': [text] });
  await conflict.getByRole('button', { name: 'Use yours' }).click();
  await version(conflict, 'Result').getByText('mining engineer').waitFor();
  await conflict.getByRole('button', { name: 'Show the pages' }).click();
  assert.equal(await conflict.locator('iframe').count(), 0);
  await conflict.getByRole('button', { name: 'Publish the result' }).click();
  await page.getByRole('dialog', { name: 'Published' }).waitFor();
  assert.equal(git.files()['index.md'], FIXED);
  git.check();
  assert.deepEqual(lines, []);
});

test('their cores end with the dialog', { skip }, async (t) => {
  const { page, review } = await open(t);
  await write(page, FIXED);
  /** Waits until that many are there: a dialog's close event comes later. */
  const cores = (count) =>
    page.waitForFunction(async (count) => {
      const { parts } = document.querySelector('meridian-playground').playground;
      const { others } = await parts.pages();
      return others.filter(({ renderer }) => renderer.made).length === count;
    }, count);
  await publishButton(page).click();
  await version(review, 'With your changes').getByText('mining engineer').waitFor();
  await cores(2);
  await page.keyboard.press('Escape');
  await cores(0);
  await publishButton(page).click();
  await version(review, 'With your changes').getByText('mining engineer').waitFor();
});
