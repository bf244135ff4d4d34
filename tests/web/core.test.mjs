// The real modules through the shell's own scripts, without a browser: list, put, render, and
// recovery after a trap.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { Core, NEEDS, NOT_FOUND, makeCore } from '../../web/engine/abi.js';
import { Engine } from '../../web/engine/engine.js';
import { Failure } from '../../web/base/failure.js';
import { serve } from '../../web/engine/worker.js';
import { transitions } from '../../web/engine/time_zones.js';
import { DIST, notBuilt } from './hosts.mjs';

const skip = notBuilt();
const bytes = (text) => new TextEncoder().encode(text);

const moduleOf = (name) => WebAssembly.compile(readFileSync(join(DIST, `meridian/${name}.wasm`)));

/** A worker server whose modules come from a host, and the engine on the other end of its port. */
async function engineOf(t, given = 'kramdown') {
  const server = createServer((request, response) => {
    const file = join(DIST, 'meridian', request.url.split('/').pop());
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/wasm' }).end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => (server.closeAllConnections(), server.close()));
  const { engine, thread } = connected(t, `http://127.0.0.1:${server.address().port}/`);
  if (given) engine.addModule(given, await moduleOf(given));
  engine.set(
    'options',
    JSON.stringify({
      baseurl: '',
      url: 'https://example.org',
      time: '2026-01-02T03:04:05Z',
      environment: 'production',
    }),
  );
  return { engine, thread };
}

/** An engine without a worker, as in a page that can't start one. */
function connected(t, folder) {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  return { thread: serve(port2), engine: new Engine(folder, new Map(), Promise.resolve(port1)) };
}

test(
  'render() reports the files that a page needs and gives the page once they are put; text keeps its UTF-8',
  { skip },
  async (t) => {
    const { engine } = await engineOf(t);
    engine.set(
      'list',
      JSON.stringify({ files: ['_config.yml', 'index.md', 'über/日本.md'], complete: true }),
    );
    const first = await engine.render('/');
    assert.equal(first.status, NEEDS);
    assert.ok(first.json.paths.includes('_config.yml'));
    engine.put('_config.yml', bytes('title: "Zoë’s 🌍"\n'));
    engine.put('index.md', bytes('---\n---\n# {{ site.title }}\n\n{{ site.time | date: "%Y" }}\n'));
    engine.put('über/日本.md', bytes('---\n---\nこんにちは\n'));
    const page = await engine.render('/');
    assert.equal(page.status, 0);
    assert.match(page.html, /Zoë’s 🌍[^]*2026/);
    assert.equal(page.json.source, 'index.md');
    assert.ok(page.json.dependencies.includes('index.md'));
    assert.match((await engine.render(encodeURI('/über/日本.html'))).html, /こんにちは/);
    assert.equal((await engine.render('/nothing/here/')).status, NOT_FOUND);
  },
);

test('after a trap a new instance has the state of the old one', { skip }, async (t) => {
  const { engine, thread } = await engineOf(t);
  engine.set('list', JSON.stringify({ files: ['_config.yml', 'index.md'], complete: true }));
  engine.put('_config.yml', bytes('title: T\ntimezone: Europe/Berlin\n'));
  engine.put('index.md', bytes('---\n---\n{{ site.time | date: "%H %Z" }}\n'));
  const needs = await engine.render('/');
  assert.deepEqual(needs.json.zones, ['Europe/Berlin']);
  engine.set('zone', 'Europe/Berlin', JSON.stringify(transitions('Europe/Berlin')));
  const before = await engine.render('/');
  assert.match(before.html, /04 CET/);
  const { instance } = thread.core;
  // The worst case: the instance's memory is overwritten.
  instance.bytes(1024, 4_000_000).fill(0xff);
  const broken = engine.core;
  const after = await engine.render('/');
  assert.deepEqual(after, before);
  assert.notEqual(engine.core, broken);
});

test(
  'an update that traps discards the instance; the next render makes a new one',
  { skip },
  async (t) => {
    const { engine, thread } = await engineOf(t);
    engine.put('_config.yml', bytes('title: T\n'));
    engine.set('list', JSON.stringify({ files: ['_config.yml', 'index.md'], complete: true }));
    await engine.render('/');
    thread.core.instance.bytes(1024, 4_000_000).fill(0xff);
    await engine.put('index.md', bytes('---\n---\nstill here\n'));
    assert.match((await engine.render('/')).html, /still here/);
  },
);

test('rendering many pages and large files does not leak memory', { skip }, async (t) => {
  const { engine, thread } = await engineOf(t);
  engine.put('_config.yml', bytes('title: T\n'));
  engine.set('list', JSON.stringify({ files: ['_config.yml', 'index.md'], complete: true }));
  const large = `---\n---\n${'word '.repeat(100_000)}\n`;
  const size = () => thread.core.instance.bytes(0, 0).buffer.byteLength;
  for (let n = 0; n < 5; n++) {
    engine.put('index.md', bytes(large + n));
    assert.ok((await engine.render('/')).html.length > 500_000);
  }
  const then = size();
  for (let n = 0; n < 60; n++) {
    engine.put('index.md', bytes(large + n));
    await engine.render('/');
  }
  assert.ok(size() <= then * 1.5, `${then} grew to ${size()}`);
});

for (const [dialect, files] of Object.entries({
  commonmark: { 'README.md': '# Plain\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n' },
  kramdown: {
    '_config.yml': 'title: T\n',
    'index.md': '---\n---\n# Plain\n\n* [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  },
}))
  test(`render() reports that it needs the module of ${dialect}`, { skip }, async (t) => {
    const { engine } = await engineOf(t, '');
    engine.set('list', JSON.stringify({ files: Object.keys(files), complete: true }));
    for (const [path, text] of Object.entries(files)) engine.put(path, bytes(text));
    const needs = await engine.render('/');
    assert.deepEqual([needs.status, needs.json.modules], [NEEDS, [dialect]]);
    await engine.addModule(dialect, await moduleOf(dialect));
    const page = await engine.render('/');
    assert.match(page.html, /<h1[^>]*>Plain<\/h1>[^]*type="checkbox"[^]*<table>/);
  });

test('a module that the host does not have rejects with a Failure that names the cause', async (t) => {
  const { engine } = connected(t, 'http://127.0.0.1:9/');
  await assert.rejects(
    engine.render('/'),
    (error) => error instanceof Failure && /connection to the host failed/.test(error.message),
  );
});

test(
  'the core imports nothing but the other module’s functions, and exports fewer than 20 functions',
  { skip },
  async () => {
    const module = await WebAssembly.compile(readFileSync(join(DIST, 'meridian/meridian.wasm')));
    const core = await makeCore(Core, module);
    core.tell('list', JSON.stringify({ files: [] }));
    assert.ok(core.render('/').status <= NOT_FOUND);
    assert.ok(
      WebAssembly.Module.exports(module).filter(
        ({ kind, name }) => kind === 'function' && name.startsWith('mer_'),
      ).length < 20,
    );
  },
);

test('a time zone’s transitions are those of the system’s tz database', (t) => {
  let dump;
  try {
    dump = execFileSync('zdump', ['-i', '-c', '1970,2037', 'Europe/Berlin'], { encoding: 'utf8' });
  } catch {
    return t.skip('zdump is not installed');
  }
  const system = [...dump.matchAll(/^(\d{4}-\d\d-\d\d)\t([\d:]+)\t([+-]\d\d)\t(\w+)/gm)].map(
    ([, day, time, offset, name]) => {
      const local = Date.parse(`${day}T${time.padEnd(5, ':00').slice(0, 5)}:00Z`) / 1000;
      return { at: local - Number(offset) * 3600, offset: Number(offset) * 3600, name };
    },
  );
  const ours = transitions('Europe/Berlin').filter(
    ([at]) => at >= 0 && at < Date.UTC(2037, 0) / 1000,
  );
  assert.deepEqual(
    ours,
    system.map(({ at, offset, name }) => [at, offset, name]),
  );
  assert.equal(transitions('Nowhere/Land'), undefined);
  assert.deepEqual(
    transitions('UTC').map(([, offset]) => offset),
    [0],
  );
  assert.equal(transitions('America/St_Johns').at(-1)[1] % 3600, -1800);
  // Local mean time has seconds.
  assert.deepEqual(transitions('America/Los_Angeles')[0].slice(1), [-28378, 'LMT']);
});
