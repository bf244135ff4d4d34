// The playground in a real browser: edits show, errors are reported, nothing is lost, and a project
// has no access outside of its frame.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzip } from '../../web/playground/project/zip.js';
import './deflate.mjs';
import { chromiumOnly } from './browser.mjs';
import { DIST, PROJECT, host } from './hosts.mjs';
import { file, linkOf, openTab, playgrounds, problems, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);

test('an edit shows in the page; selection and open details stay', { skip }, async (t) => {
  const { page, shown, lines } = await playground(t);
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  await write(
    page,
    '---\ntitle: T\n---\n\n<details><summary>More</summary>Inside</details>\n\nOne\n',
  );
  await shown.getByText('One', { exact: true }).waitFor();
  await shown.getByText('More').click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' "two" -- {{ 1 | plus: 2 }}');
  await shown.getByText('“two” – 3').waitFor();
  assert.equal(await shown.locator('details').getAttribute('open'), '');
  assert.equal(await page.locator('.address code').textContent(), '/');
  await page.keyboard.press('ControlOrMeta+z');
  await shown.getByText('One', { exact: true }).waitFor();
  assert.deepEqual(lines, []);
});

test('the page in view is followed to another address', { skip }, async (t) => {
  const { page, shown, lines } = await playground(t);
  const address = page.locator('.address code');
  await write(page, '---\ntitle: T\npermalink: /one/\n---\n\nHere, [nowhere](/nowhere/)\n');
  await address.getByText('/one/').waitFor();
  await write(page, '---\ntitle: T\npermalink: /two/\n---\n\nThere, [nowhere](/nowhere/)\n');
  await address.getByText('/two/').waitFor();
  await shown.getByText('There,').waitFor();
  // A link to no page leads there all the same.
  await shown.getByRole('link', { name: 'nowhere' }).click();
  await address.getByText('/nowhere/').waitFor();
  await shown.getByRole('heading', { name: 'Page not found' }).waitFor();
  assert.deepEqual(lines, []);
});

test(
  'an error is reported with its position and remedy, and the last good page stays until it is corrected',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    await write(page, '---\ntitle: Good\n---\n\nThe good page.\n');
    await shown.getByText('The good page.').waitFor();
    await write(page, '---\ntitle: [Good\nlayout: single\n---\n\nA bad page.\n');
    await problems(page).first().waitFor();
    const told = await problems(page).first().textContent();
    assert.match(told, /index\.md:[23]/);
    assert.ok((await problems(page).first().locator('small').textContent()).length > 10, told);
    await page.getByText('The last page without an error').waitFor();
    assert.equal(await shown.getByText('The good page.').count(), 1);
    assert.ok((await page.locator('.cm-problem, .cm-problem-line').count()) > 0);
    assert.match(await file(page, /index\.md/).textContent(), /1/);
    await write(page, '---\ntitle: Good\n---\n\nMended.\n');
    await shown.getByText('Mended.').waitFor();
    assert.equal(await problems(page).count(), 0);
    assert.ok(await page.getByText('The last page without an error').isHidden());
    await write(page, '---\ntitle: Good\n---\n\nOne\n\n{{ "x" | nothing }}\n');
    const button = await problems(page).first().getByRole('button').elementHandle();
    // What is told again keeps its element, which a reader may be pressing.
    await write(page, '---\ntitle: Good\n---\n\nTwo\n\n{{ "x" | nothing }}\n');
    await shown.getByText('Two').waitFor();
    await button.click();
    await page.waitForFunction(
      (content) => content === content.getRootNode().activeElement,
      await page.locator('.cm-content').elementHandle(),
    );
    assert.equal(await page.locator('.cm-activeLineGutter').textContent(), '7');
    assert.deepEqual(lines, []);
  },
);

test(
  'a site: links navigate, a file opens its page, an include changes the page in view',
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('combobox', { name: 'Open' }).selectOption('home');
    await shown.getByRole('link', { name: 'Notes by the Translator' }).click();
    await shown.getByRole('heading', { name: 'Notes by the Translator' }).first().waitFor();
    assert.equal(await page.locator('.address code').textContent(), '/publications/notes/');
    await file(page, 'publications.md').click();
    await shown.getByText('What the engine can order, and what it can’t.').waitFor();
    assert.equal(await page.locator('.address code').textContent(), '/publications/');
    await page.getByRole('button', { name: 'New file' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('_includes/mark.html');
    await page.keyboard.press('Enter');
    await write(page, 'A mark.');
    await file(page, 'about.md').click();
    await write(page, '---\ntitle: About\npermalink: /\n---\n\n{% include mark.html %}\n');
    await shown.getByText('A mark.').waitFor();
    await page.getByRole('tab', { name: 'mark.html' }).click();
    await write(page, 'Another mark.');
    await shown.getByText('Another mark.').waitFor();
    assert.equal(await page.locator('.address code').textContent(), '/');
    assert.equal(await openTab(page).textContent(), 'mark.html');
    await page.getByRole('button', { name: 'Delete' }).click();
    // A page includes it.
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await problems(page).getByText('mark.html').first().waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'a link contains the project: another profile opens it; a broken link is reported',
  { skip },
  async (t) => {
    const { page, server } = await playground(t);
    await write(page, '---\ntitle: Shared\nlayout: single\n---\n\nFrom elsewhere, 北京.\n');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByText('The link contains the whole project').waitFor();
    const { hash } = new URL(page.url());
    assert.match(hash, /^#p1=[\w-]+$/);
    const other = await playground(t, { server, at: hash });
    await other.shown.getByText('From elsewhere, 北京.').waitFor();
    assert.match(await other.page.locator('.cm-content').textContent(), /title: Shared/);
    assert.deepEqual(other.lines, []);
    assert.ok(server.log.every(({ path }) => !path.includes('p1=')));
    const broken = await playground(t, { server, at: hash.slice(0, -20) });
    await broken.page.getByText('The link is damaged').waitFor();
  },
);

test(
  'a folder of the demo site, and a ZIP archive of it, are opened and browsed; the exported files are identical',
  { skip: skip ?? chromiumOnly('WebDriver BiDi can’t choose a folder of files') },
  async (t) => {
    const { page, shown, lines } = await playground(t);
    const source = join(PROJECT, 'content');
    page.on('dialog', (dialog) => dialog.accept());
    const openWith = async (what, paths) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('combobox', { name: 'Open' }).selectOption(what),
      ]);
      await chooser.setFiles(paths);
    };
    await openWith('folder', source);
    const pages = async () => {
      await shown.getByRole('link', { name: 'journeys' }).click();
      await shown.getByRole('heading', { level: 1, name: 'Travel' }).waitFor();
      await file(page, 'cv.md').click();
      await shown.getByRole('heading', { level: 1, name: 'Curriculum vitae' }).waitFor();
      await file(page, 'about.md').click();
      await shown
        .getByRole('heading', { level: 1, name: 'Nature is one connected whole' })
        .waitFor();
      assert.equal(await page.locator('.address code').textContent(), '/');
      // The portrait is a file of the project.
      await shown
        .locator('img')
        .first()
        .evaluate((image) => image.decode());
    };
    await pages();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('combobox', { name: 'Download' }).selectOption('sources'),
    ]);
    const archive = new Uint8Array(readFileSync(await download.path()));
    const files = await unzip(archive, { most: 1000, largest: 1 << 24 });
    assert.ok(files.length > 60);
    for (const [path, bytes] of files)
      assert.ok(Buffer.from(bytes).equals(readFileSync(join(source, path))), path);
    await page.getByRole('combobox', { name: 'Open' }).selectOption('note');
    await shown.getByRole('heading', { name: 'A note' }).waitFor();
    await openWith('zip', {
      name: 'demo.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(archive),
    });
    await shown.getByRole('heading', { level: 1, name: 'Nature is one connected whole' }).waitFor();
    await pages();
    await openWith('zip', {
      name: 'broken.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(archive.subarray(0, 5000)),
    });
    await page.getByText('This is not a ZIP archive').waitFor();
    assert.deepEqual(lines, []);
  },
);

test('a killed tab is restored with its project', { skip }, async (t) => {
  const { page, context, server } = await playground(t);
  await write(page, '---\ntitle: Kept\nlayout: single\n---\n\nNot lost.\n');
  await page.getByText('Kept in this browser').waitFor();
  await page.close({ runBeforeUnload: false });
  const again = await playground(t, { server, context });
  await again.shown.getByText('Not lost.').waitFor();
});

test(
  'axe finds nothing, light and dark, on a desktop, a tablet and a phone, in the palette, the shortcuts and the inspector; on a phone the preview comes first',
  { skip },
  async (t) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const server = await host(t, DIST);
    for (const [width, height] of [
      [1440, 900],
      [820, 1180],
      [390, 844],
    ]) {
      for (const colorScheme of ['light', 'dark']) {
        const { page, context } = await playground(t, {
          server,
          viewport: { width, height },
          colorScheme,
        });
        const check = async (what) => {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() =>
            window.axe.run(document, { iframes: false }),
          );
          assert.deepEqual(
            violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
            [],
            `${width} ${colorScheme} ${what}`,
          );
        };
        assert.ok(await page.locator('.view').isVisible());
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        const phone = width < 500;
        if (phone) {
          assert.ok(await page.locator('.edit').isHidden());
          await page.getByText('Source', { exact: true }).click();
          assert.ok(await page.locator('.edit').isVisible());
        } else if (width < 1000) {
          assert.ok(await page.locator('.tree').isHidden());
          await page.getByRole('button', { name: 'Show or hide the files' }).click();
          assert.ok(await page.locator('.tree').isVisible());
        }
        await check('source');
        await page.getByRole('button', { name: 'Commands and files' }).click();
        await check('palette');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await page.keyboard.type('keys');
        await page.keyboard.press('Enter');
        await check('keys');
        await page.keyboard.press('Escape');
        if (phone) await page.locator('.switch').getByText('About', { exact: true }).click();
        for (const name of ['page', 'Tree', 'HTML']) {
          await page.getByRole('tab', { name, exact: true }).click();
          await page.locator(`#about-${name.toLowerCase()}-pane :not(:empty)`).first().waitFor();
          await check(name);
        }
        await context.close();
      }
    }
  },
);

test(
  'a broken link and an unknown variable are listed as problems until they are corrected',
  { skip },
  async (t) => {
    const { page } = await playground(t);
    await write(page, '---\ntitle: A note\n---\n[there](/nowhere/) {{ page.titel }}\n');
    await problems(page)
      .filter({ hasText: 'leads to no page or file of the site: `/nowhere/`' })
      .waitFor();
    await problems(page).filter({ hasText: 'did you mean `page.title`?' }).waitFor();
    assert.equal(await problems(page).count(), 2);
    await write(page, '---\ntitle: A note\n---\n[there](#there) {{ page.title }}\n\n## There\n');
    await problems(page).first().waitFor({ state: 'detached' });
  },
);

test('a page with invalid front matter is shown in its place', { skip }, async (t) => {
  const files = {
    'index.md': '---\ntitle: Home: a view\npermalink: /home/\n---\nHome *text*.\n',
    '_config.yml': '',
  };
  const { page, shown } = await playground(t, { at: linkOf(files), frame: false });
  await shown.locator('em:has-text("text")').waitFor();
  await problems(page)
    .filter({ hasText: 'put quotes around the value: title: "Home: a view"' })
    .waitFor();
});
