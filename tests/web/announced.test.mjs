// What live regions announce while one reads, turns the globe, and writes in the playground, as it
// is written here. The outlines of pages are in walk/spoken.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { announces, listen } from './announced.mjs';
import { demo } from './demo.mjs';
import { travel } from './globe-page.mjs';
import { host, openPage, settled } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());
const playground = playgrounds(before, after);

test('the title of a page that a link leads to is announced, once', { skip }, async (t) => {
  const { page } = await openPage(t, browser);
  const server = await host(t, demo(t).folder);
  await page.goto(server.url);
  await settled(page);
  await page.evaluate(listen);
  await page.getByRole('link', { name: 'Publications' }).first().click();
  await announces(page, /^Publications/);
  await page.locator('h1', { hasText: 'Publications' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.announced), [
    'Publications · Alexander von Humboldt',
  ]);
});

test('the globe announces the stop that is selected', { skip }, async (t) => {
  const { page, canvas } = await travel(t);
  await page.evaluate(listen);
  await canvas.focus();
  await page.keyboard.press('n');
  await announces(page, /^Göttingen, /);
  await page.keyboard.press('n');
  await announces(page, /^Mainz, /);
  assert.equal(await page.evaluate(() => window.announced.length), 2);
});

test('the number of problems is announced with its word', { skip }, async (t) => {
  const { page } = await playground(t);
  await page.evaluate(listen);
  await write(page, '---\ntitle: One\n---\n{{ page.title | nothing }}\n');
  await announces(page, /^Problems ?1$/);
  await write(page, '---\ntitle: One\n---\nNo problem.\n');
  await announces(page, /^Problems ?none$/);
});
