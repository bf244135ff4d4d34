// Projects in the browser's storage: with several tabs, with closing tabs, and with a storage that
// is damaged, forbidden or full.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webkitLacks } from './browser.mjs';
import { until } from './hosts.mjs';
import { skip } from './playgrounds.mjs';
import {
  playground,
  page,
  linkOf,
  type,
  KEPT,
  own,
  records,
  kept,
  keptWith,
  list,
  listed,
} from './projects.mjs';

// ---- several tabs, closing tabs ----

test(
  'of two tabs with the same project neither overwrites the other: the second becomes a separate project',
  { skip },
  async (t) => {
    const first = await own(t);
    const { server, context } = first;
    const second = await playground(t, { server, context });
    await second.shown.getByText('My work.').waitFor();
    await type(second.page, 'Of the second.');
    await second.shown.getByText('Of the second.').waitFor();
    await keptWith(second.page, 'Of the second.');
    await type(first.page, 'Of the first.');
    await first.page.getByText('was changed in another tab meanwhile').waitFor();
    const found = await kept(first.page, 2);
    assert.deepEqual(
      found.map(({ title, trusted }) => [title, trusted]),
      [
        ['A note', true],
        ['A note (2)', true],
      ],
    );
    // From now on both are kept separately.
    await type(first.page, ' More.');
    await type(second.page, ' More.');
    await keptWith(first.page, 'Of the first. More.');
    await keptWith(first.page, 'Of the second. More.');
    await Promise.all([first.page.reload(), second.page.reload()]);
    await first.shown.getByText('Of the first. More.').waitFor();
    await second.shown.getByText('Of the second. More.').waitFor();
    assert.equal((await records(first.page)).length, 2);
  },
);

test('text typed a moment before the tab is closed is kept', { skip }, async (t) => {
  const { page: tab, server, context } = await own(t);
  for (const [at, leave] of [
    // It takes WebKit a moment to begin a transaction, and an empty page is there sooner.
    ...(webkitLacks('stores nothing on the way to an empty page')
      ? []
      : [() => tab.goto('about:blank')]),
    () => tab.goto(`${server.url}playground/playground.css`),
    () => tab.reload(),
    () => tab.close({ runBeforeUnload: true }),
  ].entries()) {
    if (at) await tab.goto(`${server.url}playground/`);
    await tab.frameLocator('iframe').getByText('My work.').waitFor();
    // In one task of the page, without a pause in between.
    await tab.evaluate((at) => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.put('index.md', `${project.text('index.md')}\n\nMoment ${at}.\n`);
    }, at);
    await leave();
    const other = await playground(t, { server, context });
    await other.shown.getByText(`Moment ${at}.`).waitFor();
    assert.equal((await records(other.page)).length, 1);
    await other.page.close();
  }
});

test('changes of a closed page and of another tab since are both kept', { skip }, async (t) => {
  const { page: tab, server, context } = await own(t);
  const [{ id }] = await records(tab);
  await tab.close();
  const other = await playground(t, { server, context, at: linkOf('Another.') });
  // As left by a page that had read the project before the change.
  await putRaw(other.page, ['rescue', id, '1-2'], {
    kept: {
      title: 'A note',
      trusted: true,
      touched: true,
      content: { files: [['index.md', page('Mine', 'Left behind.')]], open: 'index.md' },
    },
    base: 'older',
    session: '1-2',
    revision: '1-2.9',
  });
  await putRaw(other.page, ['rescue', 'x', '3-4'], { kept: null });
  await other.page.goto(`${server.url}playground/`);
  const found = await kept(other.page, 2);
  assert.deepEqual(
    found.map(({ title }) => title),
    ['A note', 'A note (2)'],
  );
  await other.shown.getByText('Left behind.').waitFor();
  await listed(other.page);
  await list(other.page)
    .getByRole('button', { name: /^A note (?!\()/ })
    .first()
    .click();
  await other.shown.getByText('My work.').waitFor();
});

/** Writes raw values into the storage. */
const putRaw = (tab, key, value) =>
  tab.evaluate(
    ([key, value]) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('meridian-playground', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('projects');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction('projects', 'readwrite');
          transaction.objectStore('projects').put(value, key);
          transaction.oncomplete = () => (request.result.close(), resolve());
        };
      }),
    [key, value],
  );

// ---- the storage ----

test(
  'the single project of an earlier version becomes the first of several, and stays untrusted if it was',
  { skip },
  async (t) => {
    for (const trusted of [true, undefined, 'true']) {
      const { page: tab, shown, server } = await playground(t);
      await tab.goto(`${server.url}playground/playground.css`);
      await putRaw(tab, 'last', {
        title: 'Old',
        ...(trusted && { trusted }),
        from: '',
        touched: true,
        open: 'b.md',
        files: [
          ['index.md', page('I', 'First.')],
          ['b.md', page('B', 'Second.')],
        ],
        changed: 1e12,
      });
      await tab.goto(`${server.url}playground/`);
      await shown.getByText('Second.').waitFor();
      const [entry] = await kept(tab, 1);
      assert.deepEqual(
        [entry.title, entry.trusted, entry.count, entry.changed],
        ['Old', trusted === true, 2, 1e12],
      );
      await type(tab, 'Changed.');
      await keptWith(tab, 'Changed.');
      await tab.reload();
      await shown.getByText('Changed.').waitFor();
      assert.equal((await records(tab)).length, 1);
    }
  },
);

test(
  'a damaged project is listed as damaged, can be deleted, and blocks no other',
  { skip },
  async (t) => {
    const { page: tab, shown, server, lines } = await own(t);
    const entry = {
      revision: 'a',
      title: 'No content',
      trusted: true,
      changed: 1,
      used: 9e15,
      count: 1,
      size: 1,
    };
    await putRaw(tab, ['entry', 'a'], 7);
    await putRaw(tab, ['entry', 'b'], { ...entry });
    await putRaw(tab, ['content', 'b'], { files: 'none' });
    await putRaw(tab, ['entry', 'c'], {
      ...entry,
      title: 'Half',
      used: 1,
      trusted: 'yes',
      from: 'javascript:1',
    });
    await putRaw(tab, ['content', 'c'], {
      files: [
        ['index.md', page('H', 'Half of it.')],
        ['../../x.md', 'x'],
        [7, 'x'],
        ['y.md', { from: 'javascript:1', size: 0 }],
        null,
        ['z.md', 7],
      ],
      open: {},
      folder: { handle: {}, known: 7 },
    });
    await putRaw(tab, 'last', 'nonsense');
    await tab.goto(`${server.url}playground/`);
    await shown.getByText('My work.').waitFor();
    assert.equal((await listed(tab)).length, 5);
    assert.equal(await list(tab).getByText('Can’t be read').count(), 1);
    await list(tab)
      .getByRole('button', { name: /^No content/ })
      .click();
    await tab
      .getByText('can’t be read: its data in the browser is damaged')
      .or(tab.getByText('The project can’t be read'))
      .first()
      .waitFor();
    await shown.getByText('My work.').waitFor();
    await listed(tab);
    await list(tab).getByRole('button', { name: /^Half/ }).click();
    await shown.getByText('Half of it.').waitFor();
    assert.equal(
      await tab.evaluate(
        () => document.querySelector('meridian-playground').playground.project.trusted,
      ),
      false,
    );
    await type(tab, 'x');
    // The damaged project is not overwritten either.
    await kept(tab, 6);
    await listed(tab);
    await list(tab)
      .locator('li', { hasText: 'Can’t be read' })
      .getByRole('button', { name: /^Delete/ })
      .click();
    await list(tab).getByText('“Untitled” is deleted.').waitFor();
    assert.equal((await records(tab)).length, 5);
    assert.deepEqual(lines, []);
  },
);

test('forbidden storage is reported once, and work continues', { skip }, async (t) => {
  const { page: tab, context } = await playground(t);
  await context.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    }),
  );
  const {
    page: other,
    shown,
    lines,
  } = await playground(t, { context, server: { url: tab.url().replace(/playground\/.*/, '') } });
  await type(other, 'One.');
  await other.getByText('This browser stores nothing here').waitFor();
  await other.getByText('Not kept: this browser allows no storage').waitFor();
  await other.locator('.note').evaluate((note) => note.remove());
  await type(other, ' Two.');
  await shown.getByText('One. Two.').waitFor();
  // Pending changes are written at once when the page may be closed; a failure is reported in the
  // same task.
  await other.evaluate(
    () =>
      new Promise(
        (resolve) => (
          dispatchEvent(new Event('pagehide')),
          requestAnimationFrame(() => requestAnimationFrame(resolve))
        ),
      ),
  );
  assert.equal(await other.locator('.note').count(), 0);
  await other.getByRole('button', { name: 'Projects' }).click();
  await list(other).getByText('storage is blocked').waitFor();
  await other.keyboard.press('Escape');
  // A project that is not stored is not discarded without a question.
  const asked = [];
  other.on('dialog', (dialog) => (asked.push(dialog.message()), dialog.dismiss()));
  await other.evaluate((hash) => (location.hash = hash), linkOf('From elsewhere.'));
  await until(() => asked.length);
  assert.match(asked.join(), /can’t be kept in this browser/);
  await shown.getByText('One. Two.').waitFor();
  assert.deepEqual(lines, []);
});

test(
  'a full storage is reported, older projects stay, and the project is saved when there is room again',
  { skip },
  async (t) => {
    const { page: tab, shown, server, context } = await own(t);
    // The headless shell has no quota that can be set: the last write of a transaction is refused.
    await tab.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (value, key) {
        if (window.full && key[0] !== 'entry') throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
      window.full = true;
    });
    await type(tab, 'No room.');
    await tab.getByText('This browser’s storage is full').waitFor();
    await tab.getByText('Not kept: the storage is full').waitFor();
    const other = await playground(t, { server, context });
    await other.shown.getByText('My work.').waitFor();
    await other.page.close();
    await tab.evaluate(() => (window.full = false));
    await type(tab, ' Room again.');
    await tab.getByText(KEPT).waitFor();
    await tab.reload();
    await shown.getByText('No room. Room again.').waitFor();
    assert.equal((await records(tab)).length, 1);
  },
);

test(
  'at most the limit of projects is kept: none is deleted for a new one, which is reported',
  { skip },
  async (t) => {
    const { page: tab, shown, server } = await playground(t);
    await tab.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('meridian-playground', 1);
          request.onupgradeneeded = () => request.result.createObjectStore('projects');
          request.onsuccess = () => {
            const transaction = request.result.transaction('projects', 'readwrite');
            for (let at = 0; at < 200; at++) {
              transaction.objectStore('projects').put(
                {
                  revision: 'x',
                  title: `P${at}`,
                  trusted: true,
                  touched: true,
                  changed: 1,
                  used: at,
                  count: 1,
                  size: 3,
                },
                ['entry', String(at)],
              );
              transaction
                .objectStore('projects')
                .put({ files: [['index.md', `P${at}`]], open: 'index.md' }, [
                  'content',
                  String(at),
                ]);
            }
            transaction.oncomplete = () => (request.result.close(), resolve());
          };
        }),
    );
    await tab.goto(`${server.url}playground/${linkOf('From elsewhere.')}`);
    await shown.getByText('From elsewhere.').waitFor();
    await type(tab, 'x');
    await tab.getByText('The limit of kept projects is reached').waitFor();
    assert.equal((await listed(tab)).length, 200);
    await list(tab).getByRole('button', { name: 'Copy “P7”' }).click();
    await list(tab).getByText('The limit of kept projects is reached: 200').waitFor();
    await list(tab).getByRole('button', { name: 'Delete “P7”' }).click();
    await list(tab).getByText('“P7” is deleted.').waitFor();
    await tab.keyboard.press('Escape');
    await type(tab, 'y');
    await tab.getByText(KEPT).waitFor();
    assert.equal((await records(tab)).length, 200);
  },
);

test('a project stays after its last file is deleted', { skip }, async (t) => {
  const { page: tab, shown } = await own(t);
  const files = tab.getByRole('navigation', { name: 'Files' });
  for (;;) {
    const count = await tab.evaluate(
      () => document.querySelector('meridian-playground').playground.project.paths.length,
    );
    if (!count) break;
    await files.getByRole('button', { name: 'Delete' }).click();
  }
  await until(async () => (await kept(tab, 1))[0].count === 0);
  await tab.reload();
  await shown.getByRole('heading', { name: 'No first page' }).waitFor();
  assert.equal(await tab.locator('.cm-editor').isVisible(), false);
  assert.equal(await tab.locator('.note').count(), 0);
});
