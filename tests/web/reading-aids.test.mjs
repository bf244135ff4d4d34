// Reading aids: popovers of footnotes and citations, anchors and buttons that copy, contents that
// follow, pictures enlarged, progress. Real core, real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { allowClipboard, chromiumOnly, launch } from './browser.mjs';
import { noBrowser, visit as open } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const WEBKIT = process.env.MERIDIAN_BROWSER === 'webkit';
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="2000"><rect width="9" height="9"/></svg>';
const SECTIONS = Array.from({ length: 8 }, (_, i) => `## Part ${i}\n\n${'Text. '.repeat(200)}\n\n`);
const TEXT = `{% include toc %}

A claim[^one], another[^two], and a [wrong one](#nowhere)<sup><a href="#fn:none">9</a></sup>. As
<a class="citation" href="#curie">(Curie, 1911)</a> has it.

\`\`\`js
const a = '<b>';
let c = 1;
\`\`\`

![A large picture](/images/large.svg)

${SECTIONS.join('')}

<ol class="bibliography"><li><span id="curie">Curie, M. (1911). *Radium*.</span></li></ol>

[^one]: The note, with a [link](https://note.example).
[^two]: The other.
`;
const page_ = (/** @type {string} */ more) => `---\nlayout: single\ntitle: Page\n${more}---\n`;
const site = (/** @type {string} */ aids) => ({
  '_config.yml': `title: Lab\n${aids ? `meridian: {aids: ${aids}}\n` : ''}`,
  'index.md': page_('') + TEXT,
  'plain.md': `${page_('permalink: /plain/\n')}Text alone.\n`,
  'ar.md': page_('lang: ar\npermalink: /ar/\n') + TEXT,
  'images/large.svg': PICTURE,
});

/** @param {any} t @param {Record<string, string>} sources @param {any} [options] */
const visit = (t, sources, options) => open(t, browser, sources, options);

/** Waits until the aids are there. @param {any} page */
const ready = (page) => page.waitForSelector('.aid-status', { state: 'attached' });

test('nothing is loaded where nothing asks for it, or has a use for it', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, site(''));
  await page.waitForSelector('.footnotes');
  assert.deepEqual(
    asked().filter((path) => /aids/.test(path)),
    [],
  );
  assert.equal(await page.locator('[class^=aid-]').count(), 0);
  const plain = await visit(t, site('true'), { path: 'plain/' });
  assert.deepEqual(
    plain.asked().filter((path) => /aids/.test(path)),
    [],
  );
  const all = await visit(t, site('true'));
  await ready(all.page);
  assert.deepEqual(
    all.asked().filter((path) => /aids/.test(path)),
    ['/meridian/aids.js'],
  );
  assert.deepEqual([...lines, ...all.lines], []);
});

test('a list of names starts those alone; progress is off by default', { skip }, async (t) => {
  const { page } = await visit(t, site('[copy, progress, nonsense]'));
  await ready(page);
  assert.equal(await page.locator('.aid-copy').count(), 1);
  assert.equal(await page.locator('.aid-anchor').count(), 0);
  const scale = () => page.$eval('.aid-progress', ({ style }) => parseFloat(style.scale));
  assert.equal(await scale(), 0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction(() => document.querySelector('.aid-progress').style.scale[0] === '1');
  const { page: usual } = await visit(t, site('true'));
  await ready(usual);
  assert.equal(await usual.locator('.aid-progress').count(), 0);
});

test('a footnote opens by mouse and by focus, and escape closes it', { skip }, async (t) => {
  const { page, lines } = await visit(t, site('true'));
  await ready(page);
  const link = page.locator('a.footnote').first();
  const note = page.locator('.aid-note');
  await link.hover();
  await note.waitFor();
  assert.match(await note.textContent(), /^\s*The note, with a link\.\s*$/);
  assert.equal(await note.locator('[id], .reversefootnote').count(), 0);
  assert.equal(await link.getAttribute('aria-describedby'), 'aid-note');
  await page.keyboard.press('Escape');
  assert.equal(await note.count(), 0);
  assert.equal(await link.getAttribute('aria-describedby'), null);
  await page.mouse.move(0, 0);
  // The keyboard: to the link, into the popover, out of it again.
  // WebKit as on a Mac: links are reached with the option key.
  const tab = WEBKIT ? 'Alt+Tab' : 'Tab';
  await link.evaluate((element) => element.focus({ focusVisible: true }));
  await note.waitFor();
  await page.keyboard.press(tab);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('href'));
  assert.equal(await focused(), 'https://note.example');
  await page.keyboard.press(tab);
  assert.equal(await focused(), '#fn:two');
  assert.match(await note.textContent(), /The other/);
  await page.keyboard.press('Escape');
  // A citation as well; a link that leads nowhere has none.
  await page.locator('a.citation').hover();
  await note.filter({ hasText: 'Radium' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('sup > a[href="#fn:none"]').hover();
  await page.waitForTimeout(400);
  assert.equal(await note.count(), 0);
  assert.deepEqual(lines, []);
});

test(
  'a first tap opens a footnote, a second one follows it',
  { skip: skip ?? chromiumOnly('taps') },
  async (t) => {
    const { page } = await visit(t, site('true'), {
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await ready(page);
    const link = page.locator('a.footnote').first();
    await link.tap();
    const note = page.locator('.aid-note');
    await note.waitFor();
    assert.equal(new URL(page.url()).hash, '');
    const box = await note.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    await link.tap();
    await page.waitForFunction(() => location.hash === '#fn:one');
    assert.equal(await note.count(), 0);
  },
);

test(
  'code and addresses of sections are copied',
  { skip: skip ?? chromiumOnly('a clipboard') },
  async (t) => {
    const { page, context } = await visit(t, site('true'));
    await allowClipboard(context);
    await ready(page);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const button = page.locator('.aid-copy > button');
    assert.equal(await button.getAttribute('aria-label'), 'Copy the code');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () =>
        document.querySelector('.aid-copy > button').dataset.copied === 'Copied' &&
        document.querySelector('.aid-status').textContent === 'Copied',
    );
    assert.equal(await clipboard(), "const a = '<b>';\nlet c = 1;");
    const anchor = page.locator('h2#part-3 > .aid-anchor');
    assert.equal(await anchor.getAttribute('aria-label'), 'Copy the link: Part 3');
    await anchor.click();
    await page.waitForFunction(() => location.hash === '#part-3');
    await page.waitForSelector('h2#part-3 > .aid-anchor[data-copied]');
    assert.match(await clipboard(), /\/#part-3$/);
    assert.equal(await page.textContent('h2#part-3'), 'Part 3');
  },
);

test('the table of contents follows the reader', { skip }, async (t) => {
  const { page } = await visit(t, site('true'), {
    context: { viewport: { width: 1440, height: 900 } },
  });
  await ready(page);
  await page.locator('#part-4').evaluate((heading) => heading.scrollIntoView());
  await page.waitForFunction(
    () => document.querySelector('.toc [aria-current]')?.textContent === 'Part 4',
  );
  assert.equal(await page.locator('.toc [aria-current]').count(), 1);
});

test(
  'a large picture opens by keyboard and mouse, and gives the focus back',
  { skip },
  async (t) => {
    const { page } = await visit(t, site('true'));
    await ready(page);
    const picture = page.locator('img.aid-larger');
    await picture.waitFor();
    assert.equal(await picture.getAttribute('aria-label'), 'Enlarge: A large picture');
    await picture.focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog.aid-zoom');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.className), 'aid-larger');
    await picture.click();
    await dialog.locator('button').click();
    await dialog.waitFor({ state: 'detached' });
  },
);

test(
  'axe finds nothing, light, dark and from right to left; paper has no buttons',
  { skip },
  async (t) => {
    for (const [path, width, colorScheme] of [
      ['', 1440, 'light'],
      ['', 390, 'dark'],
      ['ar/', 390, 'light'],
    ]) {
      const { page, lines } = await visit(
        t,
        site('[copy, anchors, notes, contents, zoom, progress]'),
        {
          path,
          context: { viewport: { width, height: 844 }, colorScheme },
        },
      );
      await ready(page);
      await page.locator('a.footnote').first().hover();
      await page.locator('.aid-note').waitFor();
      assert.deepEqual(await violations(page), [], `${path} ${width} ${colorScheme}`);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        true,
      );
      if (path)
        assert.equal(await page.locator('.aid-copy > button[aria-label="نسخ الشيفرة"]').count(), 1);
      await page.emulateMedia({ media: 'print' });
      assert.equal(
        await page
          .locator('.aid-copy, .aid-anchor, .aid-note, .aid-progress')
          .locator('visible=true')
          .count(),
        0,
      );
      // The host gives the shell for an address of which it has no file.
      assert.deepEqual(
        lines.filter((line) => !/404 .*\/ar\/$/.test(line)),
        [],
      );
    }
  },
);
