// The projects that this browser keeps: one's own work is lost neither to a link, nor to another
// tab, nor to a storage that fails; each project has a name and a time, and can be opened, renamed,
// copied, deleted and brought back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { until } from './hosts.mjs';
import { playgrounds, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);

const page = (title, text) => `---\ntitle: ${title}\nlayout: single\n---\n\n${text}\n`;
const linkOf = (text, title = 'Shared') =>
  `#p1=${deflateRawSync(JSON.stringify({ title, open: 'index.md', files: [['index.md', page(title, text)]] })).toString('base64url')}`;
/** One letter, at the end of the file that is open. */
async function type(tab, letter) {
  await tab.locator('.cm-content').click();
  await tab.keyboard.press('ControlOrMeta+End');
  await tab.keyboard.insertText(letter);
}
const KEPT = 'Kept in this browser';
/** A playground with work of one's own in it, which is kept. */
async function own(t, options) {
  const opened = await playground(t, options);
  await write(opened.page, page('Mine', 'My work.'));
  await opened.page.getByText(KEPT).waitFor();
  await opened.shown.getByText('My work.').waitFor();
  return opened;
}
/** What the storage has of all projects: `entry`, what lists show, or `content`. */
const stored = (tab, kind) =>
  tab.evaluate(
    (kind) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('meridian-playground');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const all = request.result
            .transaction('projects')
            .objectStore('projects')
            .getAll(IDBKeyRange.bound([kind], [kind, []]));
          all.onsuccess = () => (request.result.close(), resolve(all.result));
        };
      }),
    kind,
  );
const records = async (tab) =>
  (await stored(tab, 'entry')).sort((a, b) => (a.title < b.title ? -1 : 1));
/** Until as many projects are kept. */
async function kept(tab, count) {
  let found = [];
  await until(
    async () => (found = await records(tab)).length === count,
    `${count} projects are kept`,
  );
  return found;
}
/** Until what was typed is kept. */
const keptWith = (tab, text) =>
  until(async () => JSON.stringify(await stored(tab, 'content')).includes(text), `${text} is kept`);
const list = (tab) => tab.getByRole('dialog', { name: 'Projects' });
/** The titles in the list of projects, which is opened for it. */
async function listed(tab) {
  await tab.getByRole('button', { name: 'Projects' }).first().click();
  await list(tab)
    .getByRole('listitem')
    .or(list(tab).getByText('Nothing is kept'))
    .first()
    .waitFor();
  return list(tab).locator('li .project__title').allTextContents();
}

// ---- what comes by an address never takes the place of one's own ----

test(
  'a project of a link that is edited is kept beside one’s own, not trusted',
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
  'a changed fragment in an open tab leaves one’s own work where it was, what was typed a moment before included',
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
    // Back is where one's own is.
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

test('a link that takes the place of a project can be undone at once', { skip }, async (t) => {
  const { page: tab, shown } = await own(t);
  await tab.evaluate((hash) => (location.hash = hash), linkOf('From elsewhere.'));
  await shown.getByText('From elsewhere.').waitFor();
  await tab.getByRole('button', { name: 'Undo' }).click();
  await shown.getByText('My work.').waitFor();
  await type(tab, 'More of it.');
  await keptWith(tab, 'More of it.');
  await tab.reload();
  await shown.getByText('More of it.').waitFor();
  const [one, ...more] = await kept(tab, 1);
  assert.deepEqual([one.trusted, more], [true, []]);
});

test(
  'a site by its address is kept once it is edited, beside one’s own; a second visit finds the copy',
  { skip },
  async (t) => {
    const { page: tab, shown, server, context } = await own(t);
    const site = await playgroundSite(server);
    await tab.goto(`${server.url}playground/?site=${encodeURIComponent(site)}`);
    await shown.getByText('On the site.').waitFor();
    // What waits for a pause is kept when its page goes.
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

/** A site on the same host, whose sources are in its manifest. */
async function playgroundSite(server) {
  const files = [{ path: 'index.md', text: page('Site', 'On the site.') }];
  server.state.answer = (_, response, path) =>
    path === '/site/meridian.json' &&
    (response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ files })),
    true);
  return `${server.url}site/`;
}

test(
  'a project of a link stays what it is when the page is loaded again, with what was changed in it',
  { skip },
  async (t) => {
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
  },
);

// ---- several tabs, tabs that end ----

test(
  'of two tabs with the same project neither writes over the other: the second becomes a project of its own',
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
    // From now on both are kept, each by itself.
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

test('what was typed a moment before the tab goes is there again', { skip }, async (t) => {
  const { page: tab, server, context } = await own(t);
  for (const [at, leave] of [
    () => tab.goto('about:blank'),
    () => tab.reload(),
    () => tab.close({ runBeforeUnload: true }),
  ].entries()) {
    if (at) await tab.goto(`${server.url}playground/`);
    await tab.frameLocator('iframe').getByText('My work.').waitFor();
    // In one turn of the page: no pause lies in between.
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

test(
  'what a page that ended has left and another tab has changed since are both kept',
  { skip },
  async (t) => {
    const { page: tab, server, context } = await own(t);
    const [{ id }] = await records(tab);
    await tab.close();
    const other = await playground(t, { server, context, at: linkOf('Another.') });
    // As a page leaves it that read the project before it was changed.
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
  },
);

/** Puts something into the storage as it is. */
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
  'the only project of an earlier version becomes the first of several, and is no more trusted than it was',
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
  'what is damaged in the storage is listed as such, can be deleted, and stops nothing',
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
      .getByText('can’t be read: what the browser has kept of it is damaged')
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
    // Neither is the damaged one written over.
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

test('where storage is forbidden that is said once, and work goes on', { skip }, async (t) => {
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
  await other.getByText('This browser keeps nothing here').waitFor();
  await other.getByText('Not kept: this browser allows no storage').waitFor();
  await other.locator('.note').evaluate((note) => note.remove());
  await type(other, ' Two.');
  await shown.getByText('One. Two.').waitFor();
  // What waits for a pause is written at once when a page may go; that it can't be is said in that
  // turn.
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
  await list(other).getByText('storage is forbidden').waitFor();
  await other.keyboard.press('Escape');
  // What exists here only does not go without a question.
  const asked = [];
  other.on('dialog', (dialog) => (asked.push(dialog.message()), dialog.dismiss()));
  await other.evaluate((hash) => (location.hash = hash), linkOf('From elsewhere.'));
  await until(() => asked.length);
  assert.match(asked.join(), /can’t be kept in this browser/);
  await shown.getByText('One. Two.').waitFor();
  assert.deepEqual(lines, []);
});

test(
  'where storage is full that is said, what was kept before stays, and it is kept when there is room again',
  { skip },
  async (t) => {
    const { page: tab, shown, server, context } = await own(t);
    // Chromium without windows has no limit that can be set: the last of what a transaction puts is
    // refused.
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
  'as many projects are kept as the limit says: none is deleted for a new one, which is said',
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
    await tab.getByText('As many projects are kept as can be').waitFor();
    assert.equal((await listed(tab)).length, 200);
    await list(tab).getByRole('button', { name: 'Copy “P7”' }).click();
    await list(tab).getByText('As many projects are kept as can be: 200').waitFor();
    await list(tab).getByRole('button', { name: 'Delete “P7”' }).click();
    await list(tab).getByText('“P7” is deleted.').waitFor();
    await tab.keyboard.press('Escape');
    await type(tab, 'y');
    await tab.getByText(KEPT).waitFor();
    assert.equal((await records(tab)).length, 200);
  },
);

test('a project whose last file was deleted is a project still', { skip }, async (t) => {
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
  await shown.getByText('Nothing here yet').waitFor();
  assert.equal(await tab.locator('.cm-editor').isVisible(), false);
  assert.equal(await tab.locator('.note').count(), 0);
});

// ---- the list ----

test(
  'the list: open, rename, copy, delete and bring back, by pointer and by keys',
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
    // What is open has the focus; arrows lead on.
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
    // Deleted and back again, in the list and after it was closed.
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
    await tab.getByRole('button', { name: 'Undo' }).click();
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
  'on a phone the list is in the menu, large enough to be touched; without projects it says how one comes to be',
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

test('an element in somebody’s page keeps nothing and offers no list', { skip }, async (t) => {
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
  // What waits for a pause is kept when its page goes.
  await tab.goto(`${server.url}playground/`);
  await tab.frameLocator('iframe').getByRole('heading', { name: 'A note' }).waitFor();
  assert.deepEqual(await records(tab), []);
});
