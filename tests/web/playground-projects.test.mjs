// Projects that the browser keeps: the reader's work is not lost to a link, another tab or a
// failing storage; each project has a name and a time, and can be opened, renamed, copied, deleted
// and restored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skip, write } from './playgrounds.mjs';
import {
  playground,
  page,
  linkOf,
  type,
  own,
  records,
  kept,
  keptWith,
  list,
  listed,
} from './projects.mjs';

// ---- projects from an address never replace the reader's own ----

test(
  'an edited project of a link is kept beside the reader’s own, untrusted',
  { skip },
  async (t) => {
    const { page: first, server, context, lines } = await own(t);
    const link = await playground(t, { server, context, at: linkOf('From elsewhere.') });
    await link.shown.getByText('From elsewhere.').waitFor();
    await type(link.page, 'x');
    await link.shown
      .getByText('From elsewhere.\nx')
      .or(link.shown.getByText('x', { exact: true }))
      .waitFor();
    await kept(link.page, 2);
    await link.page.close();
    await first.close();
    const again = await playground(t, { server, context });
    const found = await kept(again.page, 2);
    assert.deepEqual(found.map(({ trusted, touched }) => [trusted, touched]).sort(), [
      [false, true],
      [true, true],
    ]);
    assert.deepEqual((await listed(again.page)).sort(), ['A note', 'Shared']);
    await list(again.page)
      .getByRole('button', { name: /^A note/ })
      .click();
    await again.shown.getByText('My work.').waitFor();
    assert.deepEqual(lines, []);
  },
);

test(
  'a new fragment in an open tab keeps the reader’s own project, the last edits included',
  { skip },
  async (t) => {
    const { page: tab, shown, server } = await own(t);
    await type(tab, 'A last word.');
    await tab.evaluate((hash) => (location.hash = hash), linkOf('From elsewhere.'));
    await shown.getByText('From elsewhere.').waitFor();
    assert.equal(
      await tab.evaluate(
        () => document.querySelector('meridian-playground').playground.project.trusted,
      ),
      false,
    );
    await type(tab, 'x');
    await kept(tab, 2);
    // Back leads to the reader's own project.
    await tab.goBack();
    await shown.getByText('A last word.').waitFor();
    await tab.goto(`${server.url}playground/playground.css`);
    await tab.goto(`${server.url}playground/`);
    await listed(tab);
    await list(tab)
      .getByRole('button', { name: /^A note/ })
      .click();
    await shown.getByText('A last word.').waitFor();
  },
);

test('a link that replaces a project can be undone at once', { skip }, async (t) => {
  const { page: tab, shown } = await own(t);
  await tab.evaluate((hash) => (location.hash = hash), linkOf('From elsewhere.'));
  await shown.getByText('From elsewhere.').waitFor();
  await tab.locator('.note').getByRole('button', { name: 'Undo' }).click();
  await shown.getByText('My work.').waitFor();
  await type(tab, 'More of it.');
  await keptWith(tab, 'More of it.');
  await tab.reload();
  await shown.getByText('More of it.').waitFor();
  const [one, ...more] = await kept(tab, 1);
  assert.deepEqual([one.trusted, more], [true, []]);
});

test(
  'a site from an address is kept once it is edited, beside the reader’s own; a second visit finds the copy',
  { skip },
  async (t) => {
    const { page: tab, shown, server, context } = await own(t);
    const site = await playgroundSite(server);
    await tab.goto(`${server.url}playground/?site=${encodeURIComponent(site)}`);
    await shown.getByText('On the site.').waitFor();
    // Pending changes are saved when the page is left.
    await tab.reload();
    await shown.getByText('On the site.').waitFor();
    assert.equal((await records(tab)).length, 1);
    await type(tab, 'x');
    const found = await kept(tab, 2);
    assert.deepEqual(found.map(({ trusted }) => trusted).sort(), [false, true]);
    const again = await playground(t, { server, context, at: `?site=${encodeURIComponent(site)}` });
    await again.page.getByText('This is your copy').waitFor();
    await listed(again.page);
    await list(again.page)
      .getByRole('button', { name: /^A note/ })
      .click();
    await again.shown.getByText('My work.').waitFor();
  },
);

/** A site on the same host, with its sources in its manifest. */
async function playgroundSite(server) {
  const files = [{ path: 'index.md', text: page('Site', 'On the site.') }];
  server.state.answer = (_, response, path) =>
    path === '/site/meridian.json' &&
    (response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ files })),
    true);
  return `${server.url}site/`;
}

test('a reloaded project of a link keeps its changes and stays untrusted', { skip }, async (t) => {
  const { page: tab, shown } = await playground(t, { at: linkOf('From elsewhere.') });
  await tab.reload();
  await shown.getByText('From elsewhere.').waitFor();
  assert.deepEqual(await records(tab), []);
  await type(tab, 'Changed.');
  await kept(tab, 1);
  await tab.reload();
  await shown.getByText('Changed.').waitFor();
  assert.equal(
    await tab.evaluate(
      () => document.querySelector('meridian-playground').playground.project.trusted,
    ),
    false,
  );
});

// ---- the list ----

test(
  'the list: open, rename, copy, delete and restore, by pointer and by keyboard',
  { skip },
  async (t) => {
    const { page: tab, shown, lines } = await own(t);
    await tab.getByRole('combobox', { name: 'Open' }).selectOption('cv');
    await shown.getByRole('heading', { name: 'Curriculum vitae' }).first().waitFor();
    await type(tab, 'More of a life.');
    await kept(tab, 2);
    await tab.keyboard.press('Shift+Alt+P');
    await list(tab).waitFor();
    assert.deepEqual(await list(tab).locator('.project__title').allTextContents(), [
      'A CV',
      'A note',
    ]);
    // The open project has the focus; arrow keys move it.
    assert.match(await focusedName(tab), /^A CV/);
    await tab.keyboard.press('ArrowDown');
    assert.match(await focusedName(tab), /^A note/);
    await tab.keyboard.press('F2');
    await tab.keyboard.insertText('Letters');
    await tab.keyboard.press('Enter');
    await list(tab).getByText('Letters', { exact: true }).waitFor();
    await tab.keyboard.press('F2');
    await tab.keyboard.insertText('Not this');
    await tab.keyboard.press('Escape');
    await list(tab).getByText('Letters', { exact: true }).waitFor();
    await list(tab).getByRole('button', { name: 'Copy “Letters”' }).click();
    await list(tab).getByText('Letters (2)', { exact: true }).waitFor();
    await list(tab).getByRole('button', { name: 'Rename “Letters (2)”' }).click();
    await tab.keyboard.insertText('A CV');
    await tab.keyboard.press('Enter');
    await list(tab).getByText('A CV (2)', { exact: true }).waitFor();
    // Deleted and restored, in the list and after it was closed.
    await list(tab).getByRole('button', { name: 'Delete “Letters”' }).click();
    await list(tab).getByText('“Letters” is deleted.').waitFor();
    assert.equal((await records(tab)).length, 2);
    await list(tab).getByRole('button', { name: 'Undo' }).click();
    await list(tab).getByText('Letters', { exact: true }).waitFor();
    await list(tab)
      .getByRole('button', { name: /^Letters/ })
      .click();
    await shown.getByText('My work.').waitFor();
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('projects');
    await tab.keyboard.press('Enter');
    await list(tab).getByRole('button', { name: 'Delete “Letters”' }).click();
    await tab.keyboard.press('Escape');
    await shown.getByText('My work.').waitFor({ state: 'hidden' });
    await tab.locator('.note').getByRole('button', { name: 'Undo' }).click();
    await shown.getByText('My work.').waitFor();
    assert.equal(await tab.title(), 'Letters · Meridian');
    await type(tab, 'And on.');
    await keptWith(tab, 'And on.');
    await tab.reload();
    await shown.getByText('And on.').waitFor();
    assert.deepEqual(
      (await records(tab)).map(({ title }) => title),
      ['A CV', 'A CV (2)', 'Letters'],
    );
    assert.deepEqual(lines, []);
  },
);
const focusedName = (tab) =>
  tab.evaluate(
    () => document.querySelector('meridian-playground').shadowRoot.activeElement.textContent,
  );

test(
  'on a phone the list is in the menu with large touch targets; without projects it says how to create one',
  { skip },
  async (t) => {
    const { page: tab } = await playground(t, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await tab.getByRole('button', { name: 'Menu' }).tap();
    await tab.getByRole('dialog', { name: 'Menu' }).getByRole('button', { name: 'Projects' }).tap();
    await list(tab)
      .getByText('A project is kept in this browser as soon as you change it')
      .waitFor();
    await list(tab).getByRole('button', { name: 'Close' }).tap();
    await tab.locator('.switch label', { hasText: 'Source' }).tap();
    await write(tab, page('T', 'By thumb.'));
    await kept(tab, 1);
    await tab.getByRole('button', { name: 'Menu' }).tap();
    await tab.getByRole('dialog', { name: 'Menu' }).getByRole('button', { name: 'Projects' }).tap();
    await list(tab).getByText('Open now').waitFor();
    for (const box of await list(tab)
      .locator('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))) {
      assert.ok(
        box.width >= 43.9 && box.height >= 43.9 && box.left >= 0 && box.right <= 390,
        JSON.stringify(box),
      );
    }
    await list(tab)
      .getByRole('button', { name: /^Delete/ })
      .tap();
    await list(tab).getByRole('button', { name: 'Undo' }).tap();
    await list(tab).getByText('Open now').waitFor();
  },
);

test('an element in a foreign page keeps nothing and offers no list', { skip }, async (t) => {
  const { page: tab, server } = await playground(t);
  server.state.answer = (_, response, path) =>
    path === '/page.html' &&
    (response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/playground/playground.js"></script><meridian-playground></meridian-playground>',
      ),
    true);
  await tab.goto(`${server.url}page.html`);
  await tab.frameLocator('iframe').getByRole('heading', { name: 'A note' }).waitFor();
  await type(tab, 'x');
  await tab.keyboard.press('Control+k');
  await tab.keyboard.type('projects');
  const choices = tab.getByRole('listbox', { name: 'Commands and files' }).getByRole('option');
  await choices.first().waitFor();
  assert.equal(await choices.filter({ hasText: /^Projects/ }).count(), 0);
  await tab.keyboard.press('Escape');
  assert.equal(await tab.getByRole('button', { name: 'Projects' }).count(), 0);
  // Pending changes are saved when the page is left.
  await tab.goto(`${server.url}playground/`);
  await tab.frameLocator('iframe').getByRole('heading', { name: 'A note' }).waitFor();
  assert.deepEqual(await records(tab), []);
});
