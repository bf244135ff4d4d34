// Versions of the sources: what is listed, read and rendered again after a change, and what is not.

import assert from 'node:assert/strict';
import test from 'node:test';
import { WritingCore } from '../../web/server/core.js';
import { createHandler } from '../../web/server/handler.js';
import { withCache } from '../../web/server/shared_cache.js';
import { Memory, TIME, ask, modules, requestFor } from './support.mjs';

const SITE = 'tests/server/site';

/** A handler of a site in memory with a clock that stands still, and counts of what it does. */
function start(t, options = {}) {
  const memory = Memory.fromFolder(SITE);
  const clock = { now: 1_700_000_000_000 };
  const events = [];
  const handler = createHandler({
    sources: memory.sources(),
    modules,
    options: {
      time: TIME,
      now: () => clock.now,
      log: (event) => events.push(event),
      ...options,
    },
  });
  /** Paths of pages that the core was asked for. */
  const rendered = [];
  const { page } = WritingCore.prototype;
  WritingCore.prototype.page = function (path) {
    rendered.push(path);
    return page.call(this, path);
  };
  t.after(() => (WritingCore.prototype.page = page));
  const later = (seconds) => (clock.now += seconds * 1000);
  return { memory, handler, later, rendered, events };
}
const etagOf = async (handler, path) => (await ask(handler, path)).headers.etag;

test('a page is rendered once, and known by its etag afterwards', async (t) => {
  const { handler, rendered, memory } = start(t);
  const first = await ask(handler, '/about/');
  const count = rendered.length;
  assert.ok(count > 0);
  const again = await ask(handler, '/about/');
  assert.deepEqual(again.bytes, first.bytes);
  const headers = { 'if-none-match': first.headers.etag };
  assert.equal((await ask(handler, '/about/', { headers })).status, 304);
  const weak = { 'if-none-match': `"other", W/${first.headers.etag}` };
  assert.equal((await ask(handler, '/about/', { headers: weak })).status, 304);
  assert.equal(rendered.length, count);
  assert.equal(memory.calls.list, 1);
});

test('requests for a page at the same time render it once', async (t) => {
  const { handler, rendered, memory } = start(t);
  await ask(handler, '/terms');
  const before = rendered.length;
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(handler, '/about/')));
  assert.ok(answers.every(({ status }) => status === 200));
  // Once more for each round of what it needs: here nothing is missing any more.
  assert.equal(rendered.length - before, 1);
  assert.equal(memory.calls.list, 1);
});

test('the first requests of a cold server list and read the sources once', async (t) => {
  const { handler, memory } = start(t);
  const paths = ['/', '/about/', '/terms', '/feed.xml', '/style.css', '/nowhere/'];
  await Promise.all(paths.flatMap((path) => [ask(handler, path), ask(handler, path)]));
  assert.equal(memory.calls.list, 1);
  const read = memory.read.filter((path) => path === 'about.md' || path === '_config.yml');
  assert.equal(read.length, 2);
});

test('a change is seen after maxAge, and at once after a purge', async (t) => {
  const { handler, memory, later } = start(t, { maxAge: 60 });
  const text = async () => (await ask(handler, '/about/')).text;
  assert.match(await text(), /What the station measures/);
  memory.files.set('about.md', '---\ntitle: About\npermalink: /about/\n---\n\nRain, mostly.\n');
  later(59);
  assert.match(await text(), /What the station measures/);
  later(2);
  assert.match(await text(), /Rain, mostly/);
  memory.files.set('about.md', '---\ntitle: About\npermalink: /about/\n---\n\nSun.\n');
  assert.match(await text(), /Rain, mostly/);
  handler.purge();
  assert.match(await text(), /Sun\./);
});

test('a change of an include concerns the pages that use it', async (t) => {
  const { handler, memory, rendered } = start(t);
  const [home, about] = [await etagOf(handler, '/'), await etagOf(handler, '/about/')];
  memory.files.set('_includes/hours.html', '<p>Closed.</p>\n');
  handler.purge();
  rendered.length = 0;
  memory.read.length = 0;
  assert.equal(await etagOf(handler, '/about/'), about);
  assert.deepEqual(rendered, []);
  // The file, and the two that may be the shell's own pages.
  assert.ok(memory.read.length <= 3, memory.read.join());
  const answer = await ask(handler, '/');
  assert.match(answer.text, /Closed\./);
  assert.notEqual(answer.headers.etag, home);
  assert.deepEqual(rendered, ['index.html']);
});

test('a new file, a file that is gone, and one that moves', async (t) => {
  const { handler, memory } = start(t);
  const statusOf = async (path) => (await ask(handler, path)).status;
  assert.doesNotMatch((await ask(handler, '/')).text, /Snow/);
  memory.files.set('_posts/2024-06-01-snow.md', '---\ntitle: Snow\n---\n\nSnow in June.\n');
  handler.purge();
  assert.match((await ask(handler, '/')).text, /Snow/);
  assert.equal(await statusOf('/2024/06/01/snow.html'), 200);
  memory.files.delete('_posts/2024-06-01-snow.md');
  memory.files.set('images/line.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  memory.files.delete('images/dot.svg');
  handler.purge();
  assert.doesNotMatch((await ask(handler, '/')).text, /Snow/);
  assert.equal(await statusOf('/2024/06/01/snow.html'), 404);
  assert.equal(await statusOf('/images/line.svg'), 200);
  assert.equal(await statusOf('/images/dot.svg'), 404);
});

test('after any edits the site is as if it was opened anew', async (t) => {
  const { handler, memory } = start(t);
  const paths = ['/', '/about/', '/terms', '/feed.xml', '/style.css', '/sitemap.xml', '/404.html'];
  const edits = [
    () => memory.files.set('_config.yml', 'title: Other\nplugins: [jekyll-feed]\n'),
    () => memory.files.set('_data/navigation.yml', 'main:\n- {title: A, url: /about/}\n'),
    () => memory.files.set('_layouts/default.html', '<b>{{ content }}</b>'),
    () => memory.files.set('about.md', '---\nlayout: archive\npermalink: /about/\n---\nx'),
    () => memory.files.delete('_layouts/default.html'),
    () => memory.files.set('_layouts/page.html', '<i>{{ content }}</i>'),
    // A layout for a theme: the site has none of its own.
    () => memory.files.set('_layouts/page.html', '---\nlayout: gone\n---\n{{ content }}'),
    () => memory.files.set('_includes/hours.html', '{% include hours.html %}'),
    () => memory.files.delete('_includes/hours.html'),
    () => memory.files.set('terms.md', 'No front matter.\n'),
    () => memory.files.set('style.scss', '---\n---\n@import "part";'),
    () => memory.files.set('_sass/_part.scss', 'p { margin: 0; }'),
    () => memory.files.set('index.html', '<meta name="meridian-shell" content="index">'),
    () => memory.files.delete('_config.yml'),
    () => memory.files.set('latin.md', Buffer.from('---\ntitle: T\n---\n\xe9\n', 'latin1')),
  ];
  for (const edit of edits) {
    edit();
    handler.purge();
    const other = createHandler({ sources: memory.sources(), modules, options: { time: TIME } });
    for (const path of paths) {
      const [mine, fresh] = [await ask(handler, path), await ask(other, path)];
      assert.deepEqual([mine.status, mine.text], [fresh.status, fresh.text], `${edit}: ${path}`);
    }
  }
});

test('a manifest that is older than a file', async (t) => {
  const memory = Memory.fromFolder(SITE);
  memory.files.set(
    'meridian.json',
    JSON.stringify({
      files: [...memory.files.keys()].map((path) => ({
        path,
        page: /\.(md|scss)$/.test(path),
        git: '0'.repeat(16),
        size: memory.bytes(path).length,
      })),
    }),
  );
  const handler = createHandler({
    sources: memory.sources({ list: false }),
    modules,
    options: { time: TIME },
  });
  assert.match((await ask(handler, '/about/')).text, /What the station measures/);
  memory.files.set('about.md', '---\ntitle: About\npermalink: /about/\n---\n\nSun.\n');
  handler.purge();
  assert.match((await ask(handler, '/about/')).text, /Sun\./);
  t.diagnostic(`${memory.read.length} files were read`);
});

test('posts with a date to come appear within the hour', async (t) => {
  const { handler, memory, later } = start(t, { time: undefined });
  memory.files.set('_posts/2023-11-15-later.md', '---\ntitle: Later\n---\n\nx\n');
  assert.doesNotMatch((await ask(handler, '/')).text, /Later/);
  later(3600 * 24);
  assert.match((await ask(handler, '/')).text, /Later/);
});

/** A cache as platforms have it, in memory. */
class StoredPages {
  stored = new Map();
  broken = false;
  async match({ url }) {
    if (this.broken) throw new Error('no cache');
    const found = this.stored.get(url);
    return found && new Response(found.body, found);
  }
  async put({ url }, response) {
    if (this.broken) throw new Error('no cache');
    const { status, headers } = response;
    this.stored.set(url, { status, headers, body: await response.arrayBuffer() });
  }
}

test('pages in a shared cache are seen no longer than those of a handler', async (t) => {
  const first = start(t, { maxAge: 60 });
  const clock = { now: 1_700_000_000_000 };
  const cache = new StoredPages();
  const options = { time: TIME, maxAge: 60, now: () => clock.now };
  const given = { sources: first.memory.sources(), modules, options };
  const isolate = () => withCache(createHandler(given), { cache, now: () => clock.now });
  const one = isolate();
  const about = await ask(one, '/about/?from=here');
  assert.equal(cache.stored.size, 1);
  // Another isolate reads nothing.
  const { calls } = first.memory;
  const before = { ...calls };
  const two = isolate();
  const same = await ask(two, '/about/');
  assert.deepEqual(same.bytes, about.bytes);
  assert.deepEqual(same.headers, about.headers);
  const head = await ask(two, '/about/', { method: 'HEAD' });
  assert.deepEqual([head.status, head.bytes.length], [200, 0]);
  const headers = { 'if-none-match': about.headers.etag };
  assert.equal((await ask(two, '/about/', { headers })).status, 304);
  assert.deepEqual(calls, before);
  // Only pages are stored: no files, failures, redirects or pages that are not there.
  for (const path of ['/images/dot.svg', '/nowhere/', '/old/', '/about']) await ask(one, path);
  assert.equal(cache.stored.size, 1);
  // A change, half a minute after the first isolate has looked.
  clock.now += 30_000;
  first.memory.files.set('about.md', '---\npermalink: /about/\n---\n\nSun.\n');
  await ask(one, '/terms');
  const text = async (handler) => (await ask(handler, '/about/')).text;
  assert.match(await text(two), /What the station measures/);
  clock.now += 29_000;
  assert.match(await text(isolate()), /What the station measures/);
  clock.now += 2_000;
  assert.match(await text(isolate()), /Sun\./);
  assert.match(await text(one), /Sun\./);
  // At once after a purge.
  first.memory.files.set('about.md', '---\npermalink: /about/\n---\n\nSnow.\n');
  clock.now += 1;
  assert.match(await text(one), /Sun\./);
  one.purge();
  assert.match(await text(one), /Snow\./);
  assert.match(await text(isolate()), /Snow\./);
});

test('a shared cache that fails or hangs costs its help alone', async (t) => {
  const { handler } = start(t);
  const cache = new StoredPages();
  cache.broken = true;
  assert.equal((await ask(withCache(handler, { cache }), '/about/')).status, 200);
  const never = () => new Promise(() => {});
  // Another, which has no page at hand.
  const slow = withCache(start(t).handler, { cache: { match: never, put: never } });
  assert.equal((await ask(slow, '/about/')).status, 200);
});

test('a page at hand is given without the shared cache, which gets it once after each look', async (t) => {
  const { handler, later, memory } = start(t);
  const asked = { match: 0, put: 0 };
  const cache = {
    match: async () => void asked.match++,
    put: async () => void asked.put++,
  };
  const one = withCache(handler, { cache, now: () => later(0) });
  const first = await ask(one, '/about/');
  assert.deepEqual(asked, { match: 1, put: 1 });
  for (let i = 0; i < 3; i++) {
    const { headers, bytes, status } = await ask(one, '/about/');
    assert.deepEqual([status, headers, bytes], [200, first.headers, first.bytes]);
  }
  const head = await ask(one, '/about/', { method: 'HEAD' });
  assert.deepEqual([head.status, head.bytes.length, head.headers], [200, 0, first.headers]);
  const known = { headers: { 'if-none-match': first.headers.etag } };
  assert.equal((await ask(one, '/about/', known)).status, 304);
  assert.deepEqual(asked, { match: 1, put: 1 });
  later(61);
  await ask(one, '/terms');
  await ask(one, '/about/');
  await ask(one, '/about/');
  assert.equal(asked.put, 3);
  // A change is seen by the first request after maxAge, also of a page that was at hand.
  memory.files.set('about.md', '---\npermalink: /about/\n---\n\nSun.\n');
  assert.equal((await ask(one, '/about/')).headers.etag, first.headers.etag);
  later(61);
  assert.match((await ask(one, '/about/')).text, /Sun\./);
});

test('a slow look goes on behind the answer, and its version is seen', async (t) => {
  const { handler, memory, later } = start(t);
  await ask(handler, '/about/');
  let go;
  memory.before = () => new Promise((resolve) => (go = resolve));
  memory.files.set('about.md', '---\npermalink: /about/\n---\n\nSun.\n');
  later(61);
  const works = [];
  const request = requestFor('/about/');
  const response = await handler(request, { waitUntil: (work) => works.push(work) });
  assert.match(await response.text(), /What the station measures/);
  assert.equal(works.length, 1);
  memory.before = async () => {};
  go();
  await works[0];
  later(61);
  assert.match((await ask(handler, '/about/')).text, /Sun\./);
});

test('a look whose request the host stopped is not waited for again', async (t) => {
  const { handler, memory, later, events } = start(t, { patience: 3 });
  await ask(handler, '/about/');
  memory.files.set('about.md', '---\npermalink: /about/\n---\n\nSun.\n');
  // Nothing of the request comes any more, its timers neither.
  const { setTimeout } = globalThis;
  t.after(() => (globalThis.setTimeout = setTimeout));
  globalThis.setTimeout = (work, time) => (time === 3000 ? 0 : setTimeout(work, 1));
  memory.before = () => new Promise(() => {});
  later(61);
  assert.match((await ask(handler, '/about/')).text, /What the station measures/);
  globalThis.setTimeout = setTimeout;
  memory.before = async () => {};
  later(7);
  assert.match((await ask(handler, '/about/')).text, /Sun\./);
  assert.deepEqual(events, []);
});

test('deployments with a tag have pages of their own', async () => {
  const cache = new StoredPages();
  const handlers = ['One', 'Two'].map((title) => {
    const memory = new Memory({
      '_config.yml': `title: ${title}`,
      'index.md': '---\n---\n{{ site.title }}',
    });
    const handler = createHandler({ sources: memory.sources(), modules });
    return withCache(handler, { cache, tag: title });
  });
  for (const [at, title] of ['One', 'Two'].entries())
    assert.ok((await ask(handlers[at], '/')).text.includes(title), title);
});
