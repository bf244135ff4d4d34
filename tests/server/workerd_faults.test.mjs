// The worker under workerd with assets that are slow, gone, changing, too large or wrong, or fail
// half of the time: a server of the test's own, over HTTP.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { DIST, Memory, TIME } from './support.mjs';
import { folderFor, serve, workerd } from './workerd.mjs';

const SITE = 'tests/server/site';
// Seconds for an answer of the assets, which a busy machine must keep in the good cases.
const PATIENCE = 2;
const never = new Promise(() => {});

/** Assets in memory: `before` may change them, fail (a number is a status), or never end. */
async function host(t) {
  const memory = Memory.fromFolder(SITE);
  const answer = async (path, known) => {
    const fault = await memory.before('get', path);
    if (fault) return { status: fault };
    const shell = path.startsWith('meridian/') && readFileSync(join(DIST, path));
    const bytes = path === 'meridian.json' ? await memory.manifest() : shell || memory.bytes(path);
    if (!bytes) return { status: 404 };
    const etag = shell ? '"shell"' : `"${createHash('sha1').update(bytes).digest('hex')}"`;
    return etag === known ? { status: 304, etag } : { status: 200, etag, bytes };
  };
  const server = createServer(async (incoming, outgoing) => {
    const path = decodeURIComponent(new URL(incoming.url, 'http://a').pathname.slice(1));
    const found = await answer(path, incoming.headers['if-none-match']).catch(() => ({
      status: 500,
    }));
    outgoing.writeHead(found.status, found.etag ? { etag: found.etag } : {}).end(found.bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { memory, port: server.address().port };
}

/** The platform's cache, as workerd talks to it: GET only if cached, PUT of a whole response. */
async function cacheServer(t) {
  const stored = new Map();
  const server = createServer(async (incoming, outgoing) => {
    const key = incoming.headers.host + incoming.url;
    const parts = [];
    for await (const part of incoming) parts.push(part);
    if (incoming.method === 'PUT') {
      stored.set(key, Buffer.concat(parts));
      return outgoing.writeHead(204).end();
    }
    const found = stored.get(key);
    if (!found) return outgoing.writeHead(504, { 'cf-cache-status': 'MISS' }).end();
    const end = found.indexOf('\r\n\r\n');
    const [, ...lines] = found.subarray(0, end).toString().split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
    );
    delete headers['Transfer-Encoding'];
    outgoing.writeHead(200, { ...headers, 'cf-cache-status': 'HIT' }).end(found.subarray(end + 4));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { stored, port: server.address().port };
}

async function start(t, options = {}, cache = undefined) {
  const { memory, port } = await host(t);
  const site = { port, cache, options: { time: TIME, maxAge: 0, patience: PATIENCE, ...options } };
  const { addressOf, said } = await serve(t, folderFor(t), [site]);
  const ask = async (path) => {
    const response = await fetch(addressOf(0) + path, { redirect: 'manual' });
    return {
      status: response.status,
      retry: response.headers.get('retry-after'),
      text: await response.text(),
    };
  };
  return { memory, ask, said, host: new URL(addressOf(0)).host };
}

/**
 * What is answered when `isNew` holds of it: a busy machine reads a change in more time than a
 * request waits for it, and answers with the version before.
 */
async function askUntil(ask, path, isNew) {
  for (let asked = 1; ; asked++) {
    const answer = await ask(path);
    if (isNew(answer)) return answer;
    assert.ok(asked < 100, `${path}: ${answer.status} ${answer.text.slice(0, 2000)}`);
  }
}

const TESTS = {
  async 'assets that never answer, or fail, and come back'(t) {
    for (const fault of [() => never, () => 500, () => 403]) {
      const { memory, ask } = await start(t);
      memory.before = fault;
      const answer = await ask('/about/');
      assert.deepEqual([answer.status, answer.retry], [503, '5']);
      assert.doesNotMatch(answer.text, /meridian\.json|_config/);
      memory.before = async () => {};
      assert.equal((await ask('/about/')).status, 200);
      memory.before = fault;
      // There is a version now; a file that is sent as it is has to come from the assets.
      assert.equal((await ask('/about/')).status, 200);
      const file = await ask('/images/dot.svg');
      assert.deepEqual([file.status, file.retry], [503, '5']);
      memory.before = async () => {};
      assert.equal((await ask('/images/dot.svg')).status, 200);
    }
  },
  async 'assets that fail half of the time'(t) {
    const { memory, ask } = await start(t, { maxAge: 60, patience: 10 });
    const pages = ['/', '/about/', '/feed.xml', '/images/dot.svg'];
    const expected = new Map();
    for (const path of pages) expected.set(path, (await ask(path)).text);
    const broken = await start(t, { maxAge: 0, patience: 10 });
    let number = 0;
    broken.memory.before = async () => {
      // As a coin falls, and the same at each run.
      number = (Math.imul(number, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (number >> 16) & 1 ? 500 : undefined;
    };
    let good = 0;
    for (let round = 0; round < 10; round++)
      for (const path of pages) {
        const { status, text } = await broken.ask(path);
        assert.ok([200, 503].includes(status), `${path}: ${status}`);
        if (status !== 200) continue;
        good++;
        assert.equal(text, expected.get(path), path);
      }
    assert.ok(good > 30, `${good} of 40 were answered`);
    memory.before = async () => {};
  },
  async 'a source that is gone, too large, or no text'(t) {
    const { memory, ask } = await start(t, { patience: 20 });
    const manifest = await memory.manifest();
    memory.manifest = async () => manifest;
    const about = memory.files.get('about.md');
    memory.files.delete('about.md');
    assert.ok([200, 404].includes((await ask('/about/')).status));
    assert.equal((await ask('/')).status, 200);
    memory.files.set('about.md', about);
    await askUntil(ask, '/about/', ({ text }) => /What the station measures/.test(text));
    delete memory.manifest;
    const head = '---\npermalink: /x/\n---\n';
    memory.files.set('x.md', head + 'A line of a long page.\n\n'.repeat(730_000));
    await askUntil(ask, '/x/', ({ status }) => status === 500);
    assert.equal((await ask('/about/')).status, 200);
    memory.files.set('x.md', Buffer.from(`${head}\xff\xfe\xe9`, 'latin1'));
    assert.ok([200, 500].includes((await ask('/x/')).status));
    memory.files.set('x.md', `${head}Short.`);
    await askUntil(ask, '/x/', ({ text }) => /Short\./.test(text));
  },
  async 'a change that is read slowly is seen, though its request was answered before'(t) {
    const { memory, ask } = await start(t, { patience: 20 });
    await ask('/about/');
    memory.files.set('about.md', '---\npermalink: /about/\n---\nRain, mostly.\n');
    let go;
    const slow = new Promise((resolve) => (go = resolve));
    memory.before = () => slow;
    assert.match((await ask('/about/')).text, /What the station measures/);
    memory.before = async () => {};
    go();
    await askUntil(ask, '/about/', ({ text }) => /Rain, mostly/.test(text));
  },
  async 'a page that takes too many steps costs one request'(t) {
    const { memory, ask, said } = await start(t, { maxAge: 60, patience: 20 });
    const loop = '{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}';
    memory.files.set('loop.md', `---\npermalink: /loop/\n---\n${loop}`);
    const [first, ...others] = await Promise.all(['/loop/', '/about/', '/'].map(ask));
    assert.equal(first.status, 500);
    assert.match(said.errors, /too many steps/);
    assert.deepEqual(
      others.map(({ status }) => status),
      [200, 200],
    );
    // It is not tried again.
    const begin = performance.now();
    assert.equal((await ask('/loop/')).status, 500);
    assert.ok(performance.now() - begin < 1000);
  },
  async 'a cold isolate answers from the cache of the platform'(t) {
    const cache = await cacheServer(t);
    const { ask } = await start(t, { maxAge: 60, patience: 10 }, cache.port);
    const first = await ask('/about/?from=here');
    assert.equal(first.status, 200);
    while (!cache.stored.size) await new Promise((resolve) => setTimeout(resolve, 10));
    const address = [...cache.stored.keys()].join();
    // Another process, whose assets are gone.
    const second = await start(t, { maxAge: 60 }, cache.port);
    second.memory.before = async () => 500;
    for (const [key, page] of cache.stored)
      cache.stored.set(key.replace(/^[^/]*/, second.host), page);
    const again = await second.ask('/about/');
    assert.deepEqual([again.status, again.text], [200, first.text], address);
    assert.equal((await second.ask('/')).status, 503);
  },
  async 'a site that is replaced while it is read'(t) {
    const { memory, ask } = await start(t, { patience: 10 });
    let number = 0;
    const write = () => {
      number++;
      memory.files.set('_config.yml', `title: N${number}\n`);
      memory.files.set('_includes/fact.html', `N${number}`);
      memory.files.set(
        'facts.md',
        `---\npermalink: /facts/\n---\nN${number} {{ site.title }} {% include fact.html %}\n`,
      );
    };
    write();
    let left = 0;
    memory.before = async () => {
      if (left-- === 0) write();
    };
    let good = 0;
    for (let round = 0; round < 60; round++) {
      if (left < 0) left = round % 7;
      const { status, text } = await ask('/facts/');
      if (status === 503) continue;
      assert.equal(status, 200);
      good++;
      const words = /<p>((?:N\d+\s*)+)<\/p>/.exec(text)?.[1].trim().split(/\s+/) ?? [];
      assert.equal(words.length, 3, text.slice(0, 2000));
      assert.equal(new Set(words).size, 1, words.join(' '));
    }
    assert.ok(number > 10 && good > 30, `${number} versions, ${good} pages`);
  },
};

for (const [name, run] of Object.entries(TESTS))
  test(name, (t) => (workerd() ? run(t) : t.skip('workerd is not installed')));
