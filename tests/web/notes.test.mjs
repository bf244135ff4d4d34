// A folder of notes in the browser: links by name, embeds that are fetched with the page, what is
// not there; which notes link to a note, tags and the graph, prepared and not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch } from './browser.mjs';
import { built, host, makeSite, noBrowser, openPage, readIn, settled } from './hosts.mjs';

const VAULT = {
  'README.md':
    '# Home\n\n[[Deep note]] and [[Nowhere]].\n\n![[Deep note#Part]]\n\n==marked== %%no%%\n',
  'folder/Deep note.md':
    '---\naliases: [Other]\n---\n# Deep\n\nBack to [[README|home]].\n\n## Part\n\nThe part.\n\n' +
    '> [!tip]- Folded\n> Inside\n',
};

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

test('notes link to each other, and show what they embed', { skip }, async (t) => {
  const meta = { manifest: 'meridian.json', root: '/', routes: 'path' };
  const server = await host(t, makeSite(t, VAULT, { manifest: true, meta }).root);
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url);
  const embed = page.locator('.embed');
  await embed.getByText('The part.').waitFor();
  assert.equal(await embed.locator('h2').textContent(), 'Part');
  assert.equal(await page.locator('article section mark').textContent(), 'marked');
  await page.locator('.dead-link:text("Nowhere")').waitFor();
  await page.locator('article section p > a:text("Deep note")').first().click();
  await page.waitForSelector('h1:text("Deep")');
  assert.equal(new URL(page.url()).pathname, '/folder/Deep%20note/');
  assert.equal(await page.getByText('Inside').isVisible(), false);
  await page.locator('summary').click();
  await page.getByText('Inside').waitFor();
  await page.locator('article section a:text("home")').click();
  await page.waitForSelector('h1:text("Home")');
  assert.deepEqual(ofPages(lines), []);
});

// ---- links to a note, tags, pictures ----

const LINKED = {
  'README.md': '# Home\n\nHere is [[One]] with a #Tag/deep one.\n',
  'One.md': '---\ntags: [other]\n---\n# One\n\nSee [[Two]].\n',
  'sub/Two.md': '# Two\n\nNothing leads on from here.\n',
};
const META = { manifest: 'meridian.json', root: '/', routes: 'path' };

/** Lines of the console, without those of addresses for which the host gives the shell. */
const ofPages = (lines) => lines.filter((line) => !/404 \(Not Found\)/.test(line));
const notesIn = (log) => log.map(({ path }) => path).filter((path) => /notes/.test(path));
const links = (page) => page.locator('aside.note-links');

test('below a note are those that link to it, from what was prepared', { skip }, async (t) => {
  const server = await host(t, built(t, LINKED, '--raw'));
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}One/`);
  const item = links(page).locator('.backlinks > li');
  await item.waitFor();
  assert.equal(await item.locator('p').textContent(), 'Here is One with a #Tag/deep one.');
  assert.equal(await links(page).locator('svg circle').count(), 3);
  // One file of links, and no other note.
  assert.deepEqual(
    notesIn(server.log).map((path) => path.replace(/\?.*/, '')),
    ['/meridian/notes.js', '/meridian/notes/0.json', '/meridian/notes.css'],
  );
  assert.ok(!readIn(server.log).some((path) => path.endsWith('.md') && path !== '/One.md'));
  await item.locator('a').click();
  await page.waitForSelector('h1:text("Home")');
  await page.locator('a.tag').click();
  await page.waitForSelector('h1:has-text("#tag/deep")');
  await links(page).locator('.note-list a:text("Home")').waitFor();
  assert.equal(new URL(page.url()).pathname, '/tags/tag/deep/');
  await page.goto(`${server.url}graph/`);
  await links(page).locator('svg').waitFor();
  assert.equal(await links(page).locator('.note-list li').count(), 3);
  await settled(page);
  assert.deepEqual(ofPages(lines), []);
});

test('without what was prepared the notes are read behind the text', { skip }, async (t) => {
  const server = await host(t, makeSite(t, LINKED, { manifest: true, meta: META }).root);
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}One/`);
  await page.waitForSelector('h1:text("One")');
  await links(page).locator('.backlinks a:text("Home")').waitFor();
  // A note without links of its own is linked to as well.
  await page.locator('article p a:text("Two")').click();
  await page.waitForSelector('h1:text("Two")');
  await links(page).locator('.backlinks a:text("One")').waitFor();
  await page.goto(`${server.url}tags/`);
  await links(page).locator('.tags a:text-is("#other")').waitFor();
  assert.equal(await links(page).locator('.tags li').count(), 3);
  await settled(page);
  assert.deepEqual(ofPages(lines), []);
});

test('an address of the graph leads to notes with hashes for addresses', { skip }, async (t) => {
  const meta = { ...META, routes: 'hash' };
  const server = await host(t, makeSite(t, LINKED, { manifest: true, meta }).root);
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}#/One/`);
  await links(page).locator('svg a:has(title:text-is("Two"))').click();
  await page.waitForSelector('h1:text("Two")');
  assert.equal(new URL(page.url()).hash, '#/sub/Two/');
  await links(page).locator('.backlinks a:text("One")').waitFor();
  assert.deepEqual(ofPages(lines), []);
});

test('a folder without notes loads nothing of them', { skip }, async (t) => {
  const files = { 'README.md': '# Home\n\n[Two](two.md)\n', 'two.md': '# Two\n\n`x`\n' };
  for (const folder of [
    makeSite(t, files, { manifest: true, meta: META }).root,
    built(t, files, '--raw'),
  ]) {
    const server = await host(t, folder);
    const { page } = await openPage(t, browser);
    await page.goto(server.url);
    await page.locator('article a:text("Two")').click();
    await page.waitForSelector('h1:text("Two")');
    await settled(page);
    assert.deepEqual(notesIn(server.log), []);
    assert.ok(!server.log.some(({ path }) => /\/(more|words)\.txt/.test(path)), 'packs');
    assert.equal(await links(page).isVisible(), false);
  }
});

test('many notes are read when they are asked for', { skip }, async (t) => {
  const files = { ...LINKED };
  for (let i = 0; i < 110; i++) files[`more/${i}.md`] = `# Note ${i}\n\n[[One]]\n`;
  const server = await host(t, makeSite(t, files, { manifest: true, meta: META }).root);
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}One/`);
  const button = links(page).locator('button');
  await button.waitFor();
  await settled(page);
  assert.ok(!notesIn(server.log).some((path) => path.endsWith('.wasm')));
  await button.focus();
  await page.keyboard.press('Enter');
  await links(page).locator('.backlinks').waitFor();
  assert.equal(await links(page).locator('.backlinks > li').count(), 111);
  assert.deepEqual(ofPages(lines), []);
});

test('written pages have it all without scripts', { skip }, async (t) => {
  const server = await host(t, built(t, LINKED));
  const { page, lines } = await openPage(t, browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}One/`);
  await links(page).locator('.backlinks a:text("Home")').click();
  await page.waitForSelector('h1:text("Home")');
  await page.locator('a.tag').click();
  await page.waitForSelector('h1:has-text("#tag/deep")');
  await page.locator('.note-list a').click();
  await page.locator('a:text("All notes")').click();
  await page.waitForSelector('svg.note-graph');
  assert.deepEqual(lines, []);
});

test('links to a note are told to assistive technology as a list', { skip }, async (t) => {
  const server = await host(t, built(t, LINKED));
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await openPage(t, browser, { colorScheme });
    for (const path of ['One/', 'graph/', 'tags/']) {
      await page.goto(server.url + path);
      assert.deepEqual(await violations(page), [], path);
    }
    // The picture has nothing that a key stops at.
    assert.equal(await page.locator('svg a:not([tabindex="-1"])').count(), 0);
  }
});
