// Files that share a browser: contexts are each file's own, and a browser that died is replaced.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { borrow } from './shared-browser.mjs';

/** An engine that counts its browsers. */
function engine(name) {
  const browsers = [];
  const begin = async (options) => {
    const browser = Object.assign(new EventEmitter(), {
      options,
      closed: 0,
      contexts: () => browser.all,
      all: [],
      version: () => 'one',
      async newContext(more) {
        const context = Object.assign(new EventEmitter(), {
          more,
          closed: false,
          newPage: async () => new EventEmitter(),
          async close() {
            context.closed = true;
            context.emit('close');
          },
        });
        browser.all.push(context);
        return context;
      },
      async close() {
        browser.closed++;
        browser.emit('disconnected');
      },
    });
    browsers.push(browser);
    return browser;
  };
  return { name, begin, browsers };
}

test('files share a browser; each closes its own contexts, the last one the browser', async () => {
  const kind = engine('shared');
  const [one, two] = [await borrow(kind), await borrow(kind)];
  const mine = await one.newContext({ locale: 'de' });
  const theirs = await two.newContext();
  assert.equal(kind.browsers.length, 1);
  assert.deepEqual([one.contexts(), two.contexts()], [[mine], [theirs]]);
  assert.equal(mine.more.locale, 'de');
  assert.equal(one.version(), 'one');
  await one.close();
  await one.close(); // once more has no effect
  assert.deepEqual([mine.closed, theirs.closed, kind.browsers[0].closed], [true, false, 0]);
  await two.close();
  assert.deepEqual([theirs.closed, kind.browsers[0].closed], [true, 1]);
});

test('a page by itself closes its context', async () => {
  const browser = await borrow(engine('page'));
  const page = await browser.newPage();
  const [context] = browser.contexts();
  page.emit('close');
  assert.equal(context.closed, true);
  assert.deepEqual(browser.contexts(), []);
  await browser.close();
});

test('other options of a launch and other engines are other browsers', async () => {
  const [kind, other] = [engine('options'), engine('other')];
  const all = [
    await borrow(kind),
    await borrow(kind, { local: ['a.example'] }),
    await borrow(kind, { local: ['a.example'] }),
    await borrow(other),
  ];
  assert.deepEqual([kind.browsers.length, other.browsers.length], [2, 1]);
  for (const browser of all) await browser.close();
});

test('a browser that died is replaced for the next file, not for the one that lost it', async () => {
  const kind = engine('dies');
  const one = await borrow(kind);
  kind.browsers[0].emit('disconnected');
  const two = await borrow(kind);
  assert.equal(kind.browsers.length, 2);
  await one.newContext();
  assert.deepEqual(
    kind.browsers.map(({ all }) => all.length),
    [1, 0],
  );
  await one.close();
  assert.equal(kind.browsers[1].closed, 0);
  await two.close();
  assert.equal(kind.browsers[1].closed, 1);
});

test('a launch that failed is tried again by the next file', async () => {
  const kind = engine('fails');
  const { begin } = kind;
  kind.begin = async () => {
    throw new Error('no browser');
  };
  await assert.rejects(borrow(kind), /no browser/);
  kind.begin = begin;
  await (await borrow(kind)).close();
  assert.equal(kind.browsers.length, 1);
});
