// Documents that are rows of a table: on a site of raw sources, and in the playground.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, built, host, noBrowser, openPage, readIn } from './hosts.mjs';
import { linkOf, playgrounds, problems, skip as noPlayground, write } from './playgrounds.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());
const playground = playgrounds(before, after);

const SITE = join(PROJECT, 'tests/sites/tables');

test('a page of a row is shown, and the table comes with the manifest', { skip }, async (t) => {
  const server = await host(t, built(t, SITE, '--raw'));
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}talks/2014-03-01-fog`);
  await page.locator('h1:text("Fog in March")').waitFor();
  await page.locator('p:has-text("a second")').waitFor();
  await page.goto(server.url);
  await page.locator('li a:text("Paper Title Number 1")').first().click();
  await page.locator('a:text("Download paper here")').waitFor();
  assert.deepEqual(
    readIn(server.log).filter((path) => path.endsWith('.tsv')),
    [],
  );
  // The host answers such an address with the shell.
  assert.deepEqual(
    lines.filter((line) => !/404 \(Not Found\)/.test(line)),
    [],
  );
});

const TABLE = 'title\turl_slug\tdate\nTides\ttide\t2020-01-02\n';
const PROJECT_FILES = {
  'talks.tsv': TABLE,
  'index.md':
    '---\ntitle: All\n---\n{% for t in site.talks %}\n* [{{ t.title }}]({{ t.url }})\n{% endfor %}\n',
  '_config.yml':
    'title: T\ncollections: {talks: {output: true}}\nmeridian: {tables: {talks: talks.tsv}}\n' +
    'defaults: [{scope: {path: ""}, values: {layout: single}}]\n',
};

test('an open table shows a page of it, which follows edits', { skip: noPlayground }, async (t) => {
  const { page, shown, lines } = await playground(t, { at: linkOf(PROJECT_FILES) });
  await shown.getByRole('heading', { name: 'Tides' }).waitFor();
  await write(page, TABLE.replace('Tides', 'Currents'));
  await shown.getByRole('heading', { name: 'Currents' }).waitFor();
  await write(page, 'title\turl_slug\tdate\n\t\t2020-01-02\nTides\ttide\tsoon\n');
  await problems(page).filter({ hasText: 'talks.tsv:2' }).first().waitFor();
  await problems(page).filter({ hasText: 'talks.tsv:3' }).first().waitFor();
  assert.deepEqual(lines, []);
});
