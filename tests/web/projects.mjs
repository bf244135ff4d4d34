// A playground with stored projects, for the tests.

import { after, before } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { until } from './hosts.mjs';
import { playgrounds, stored, write } from './playgrounds.mjs';

export { keptWith, stored } from './playgrounds.mjs';

export const playground = playgrounds(before, after);

export const page = (title, text) => `---\ntitle: ${title}\nlayout: single\n---\n\n${text}\n`;
export const linkOf = (text, title = 'Shared') =>
  `#p1=${deflateRawSync(JSON.stringify({ title, open: 'index.md', files: [['index.md', page(title, text)]] })).toString('base64url')}`;
/** Types one letter at the end of the open file. */
export async function type(tab, letter) {
  await tab.locator('.cm-content').click();
  await tab.keyboard.press('ControlOrMeta+End');
  await tab.keyboard.insertText(letter);
}
export const KEPT = 'Kept in this browser';
/** A playground with a stored project of the reader's own. */
export async function own(t, options) {
  const opened = await playground(t, options);
  await write(opened.page, page('Mine', 'My work.'));
  await opened.page.getByText(KEPT).waitFor();
  await opened.shown.getByText('My work.').waitFor();
  return opened;
}
export const records = async (tab) =>
  (await stored(tab, 'entry')).sort((a, b) => (a.title < b.title ? -1 : 1));
/** Waits until this number of projects is stored. */
export async function kept(tab, count) {
  let found = [];
  await until(
    async () => (found = await records(tab)).length === count,
    `${count} projects are kept`,
  );
  return found;
}
export const list = (tab) => tab.getByRole('dialog', { name: 'Projects' });
/** Opens the list of projects and gives their titles. */
export async function listed(tab) {
  await tab.getByRole('button', { name: 'Projects' }).first().click();
  await list(tab)
    .getByRole('listitem')
    .or(list(tab).getByText('Nothing is kept'))
    .first()
    .waitFor();
  return list(tab).locator('li .project__title').allTextContents();
}
