// Exports of the playground: the finished site, byte for byte as the command writes it, and the
// page in view as one file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { unzip } from '../../web/playground/project/zip.js';
import { chromiumOnly, launch } from './browser.mjs';
import { CONTENT, demoMissing } from './demo.mjs';
import './deflate.mjs';
import {
  COMMAND,
  DIST,
  SITES,
  filesBelow,
  headersBy,
  host,
  noBrowser,
  openPage,
} from './hosts.mjs';

const skip =
  demoMissing() ?? noBrowser() ?? chromiumOnly('WebDriver BiDi can’t choose a folder of files');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const TIME = '2026-01-31T12:00:00Z';
// Compressed copies for hosts that do not compress themselves.
const isCopy = (path) => /\.(br|gz)$|^\.meridian$/.test(path);

/** The playground with the files of a folder, at a fixed time. */
async function opened(t, folder) {
  const server = await host(t, DIST, {
    headers: headersBy(readFileSync(join(DIST, '_headers'), 'utf8')),
  });
  const { page, lines } = await openPage(t, browser);
  await page.clock.setFixedTime(TIME);
  await page.addInitScript(() => delete window.showDirectoryPicker);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${server.url}playground/`);
  const shown = page.frameLocator('iframe');
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('combobox', { name: 'Open' }).selectOption('folder'),
  ]);
  await chooser.setFiles(folder);
  await page.waitForFunction(
    () => document.querySelector('meridian-playground').playground.project.title !== 'A note',
  );
  return { page, lines, shown, server };
}
async function taken(page, what) {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    page.getByRole('combobox', { name: 'Download' }).selectOption(what),
  ]);
  return {
    name: download.suggestedFilename(),
    bytes: new Uint8Array(readFileSync(await download.path())),
  };
}
function temporary(t) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-export-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
/** The command's output for the same folder; a site with mistakes is written, too. */
function written(t, source) {
  const folder = temporary(t);
  try {
    execFileSync(
      COMMAND,
      [
        'build',
        '--quiet',
        '--source',
        source,
        '--destination',
        folder,
        '--shell',
        DIST,
        '--time',
        TIME,
      ],
      { stdio: 'ignore' },
    );
  } catch {
    // The command reports mistakes with exit status 1
  }
  return folder;
}

const UNDER_MERIDIAN = mkdtempSync(join(tmpdir(), 'meridian-export-'));
writeFileSync(join(UNDER_MERIDIAN, '_config.yml'), 'baseurl: /meridian\nmeridian: {card: true}\n');
writeFileSync(
  join(UNDER_MERIDIAN, 'index.md'),
  '---\nlayout: single\n---\n$$x$$ <i class="fas fa-envelope"></i>\n',
);
// An export has no search, docs/guide/playground.md.
const DEMO = mkdtempSync(join(tmpdir(), 'meridian-demo-'));
if (!skip) {
  cpSync(CONTENT, DEMO, { recursive: true });
  const config = join(DEMO, '_config.yml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('  search: true\n', ''));
}
after(() => {
  for (const folder of [UNDER_MERIDIAN, DEMO]) rmSync(folder, { recursive: true, force: true });
});

for (const [name, source] of [
  ['the demo site', DEMO],
  ['a site of Jekyll’s corners', join(SITES, 'corners')],
  ['a site of mistakes', join(SITES, 'broken')],
  ['a site that lists plugins', join(SITES, 'plugins')],
  ['a site whose path is that of the shell', UNDER_MERIDIAN],
]) {
  test(
    `the exported site equals the command’s output: ${name}`,
    { skip, timeout: 180_000 },
    async (t) => {
      const expected = written(t, source);
      const { page, lines } = await opened(t, source);
      const archive = await taken(page, 'site');
      assert.match(archive.name, /-site\.zip$/);
      const files = new Map(await unzip(archive.bytes, { most: 10_000, largest: 1 << 28 }));
      const paths = filesBelow(expected).filter((path) => !isCopy(path));
      assert.deepEqual([...files.keys()].sort(), paths.sort());
      for (const path of paths) {
        const [mine, theirs] = [Buffer.from(files.get(path)), readFileSync(join(expected, path))];
        if (!mine.equals(theirs)) assert.equal(mine.toString(), theirs.toString(), path);
      }
      t.diagnostic(`${paths.length} files, ${archive.bytes.length} bytes`);
      if (source === DEMO)
        assert.match(
          Buffer.from(files.get('travel/index.html')).toString(),
          /<svg class="globe__still"/,
        );
      assert.deepEqual(lines, []);
    },
  );
}

test(
  'an export shows its progress and can be cancelled; the editor works meanwhile',
  { skip, timeout: 120_000 },
  async (t) => {
    const folder = temporary(t);
    for (let i = 0; i < 4000; i++)
      writeFileSync(
        join(folder, `p${i}.md`),
        `---\nlayout: single\ntitle: P ${i}\n---\n${'*a* '.repeat(2000)}\n`,
      );
    writeFileSync(join(folder, 'index.md'), '---\nlayout: single\ntitle: First\n---\nThe first.\n');
    writeFileSync(join(folder, '_config.yml'), 'title: Many\n');
    const { page, shown } = await opened(t, folder);
    await page
      .getByRole('navigation', { name: 'Files' })
      .getByRole('button', { name: 'index.md' })
      .click();
    await shown.getByText('The first.').waitFor();
    await page.getByRole('combobox', { name: 'Download' }).selectOption('site');
    await page.getByText(/^\d+ of 4002 pages$/).waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('Typed.');
    await shown.getByText('Typed.').waitFor();
    assert.ok(await page.getByText(/^\d+ of 4002 pages$/).isVisible());
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Stop' }).isHidden());
  },
);

test(
  'the page as one file looks the same from the disk, without a request',
  { skip },
  async (t) => {
    const { page, shown } = await opened(t, CONTENT);
    await shown.getByRole('heading', { level: 1, name: 'Nature is one connected whole' }).waitFor();
    const about = await taken(page, 'page');
    await shown.getByRole('link', { name: 'journeys' }).click();
    await shown.getByRole('heading', { level: 1, name: 'Travel' }).waitFor();
    const travel = await taken(page, 'page');
    assert.equal(travel.name, 'travel.html');
    const folder = temporary(t);
    for (const [{ bytes }, heading] of [
      [about, 'Nature is one connected whole'],
      [travel, 'Travel'],
    ]) {
      const file = join(folder, 'page.html');
      writeFileSync(file, bytes);
      const other = await openPage(t, browser, { viewport: { width: 1200, height: 900 } });
      const asked = [];
      other.page.on(
        'request',
        (request) => /^(data|blob):/.test(request.url()) || asked.push(request.url()),
      );
      await other.page.goto(pathToFileURL(file).href);
      await other.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      assert.notEqual(
        await other.page.evaluate(
          () => getComputedStyle(document.querySelector('main') ?? document.body).fontFamily,
        ),
        '"Times New Roman"',
      );
      for (const image of await other.page.locator('img').all())
        await image.evaluate((image) => image.decode());
      assert.deepEqual(asked.slice(1), []);
    }
    assert.match(Buffer.from(travel.bytes).toString(), /<svg class="globe__still"/);
  },
);
