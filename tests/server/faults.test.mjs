// Sources that are slow, gone, changing, too large or wrong; a core that ends; two sites at once. A
// visitor gets the right status and one version of the sources, and learns nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Trap } from '../../web/engine/abi.js';
import { WritingCore } from '../../web/server/core.js';
import { createHandler } from '../../web/server/handler.js';
import { Memory, TIME, ask, modules } from './support.mjs';

const SITE = 'tests/server/site';
// Seconds that a busy machine needs at most, and that a test can wait for.
const PATIENCE = 1;
// Compiling takes a part of it.
await modules.get('live.wasm');
const never = new Promise(() => {});
const tick = () => new Promise((resolve) => setTimeout(resolve, 10));

function start(options = {}, given = {}) {
  const memory = Memory.fromFolder(SITE);
  const events = [];
  const log = (event) => events.push(event);
  const handler = createHandler({
    sources: memory.sources(),
    modules,
    ...given,
    options: { time: TIME, maxAge: 0, patience: PATIENCE, log, ...options },
  });
  return { memory, handler, events };
}

/** A failure as visitors see it: an id, and nothing of the sources. */
function assertSilent({ text, status }, events) {
  assert.doesNotMatch(text, /\.md|_config|secret|at .*\.js|meridian\//, text);
  const id = /[0-9a-f]{8}/.exec(text)?.[0];
  const told = events.find((event) => event.kind === 'failure' && event.id === id);
  assert.ok(told, `${status}: the log has no ${id}`);
}

// ---- the rows of the table in web/server/README.md ----

const FAULTS = {
  async 'the storage fails or is late, and there is no version of the site yet'(check) {
    for (const fault of [
      () => Promise.reject(new Error('secret')),
      () => never,
      async (kind) => {
        if (kind === 'get') throw new Error('secret');
      },
      (kind) => (kind === 'get' ? never : undefined),
    ]) {
      const { memory, handler, events } = start();
      memory.before = fault;
      const answer = await ask(handler, '/about/');
      check(answer);
      assertSilent(answer, events);
      memory.before = async () => {};
      assert.equal((await ask(handler, '/about/')).status, 200);
    }
  },
  async 'the sources change again and again while they are read'(check) {
    const { memory, handler, events } = start();
    let number = 0;
    memory.before = async (kind, path) => {
      if (kind === 'get' && path === '_config.yml')
        memory.files.set('_config.yml', `title: Number ${number++}\n`);
    };
    const answer = await ask(handler, '/about/');
    check(answer);
    assertSilent(answer, events);
  },
  async 'the storage fails or is late, and there is a version of the site'(check) {
    let ahead = 0;
    const { memory, handler, events } = start({ now: () => Date.now() + ahead });
    const before = await ask(handler, '/about/');
    for (const fault of [() => Promise.reject(new Error('secret')), () => never]) {
      memory.before = fault;
      ahead += 60_000;
      const answer = await ask(handler, '/about/');
      check(answer);
      assert.deepEqual(answer.bytes, before.bytes);
      while (!events.some(({ kind }) => kind === 'sources')) await tick();
      events.length = 0;
    }
  },
  async 'a file of `meridian/` that the page needs is missing'(check) {
    for (const lost of ['live.wasm', 'theme.txt', 'rouge.wasm', 'plugins.txt']) {
      const get = async (name) => (name === lost ? undefined : modules.get(name));
      const { memory, handler, events } = start({}, { modules: { get } });
      memory.files.set('code.md', '---\npermalink: /code/\n---\n```ruby\nputs 1\n```\n');
      const answer = await ask(handler, lost === 'plugins.txt' ? '/feed.xml' : '/code/');
      check(answer);
      assertSilent(answer, events);
      assert.match(String(events.at(-1).error.file), new RegExp(lost));
    }
  },
  async 'the page hits a limit of the core, and would not be whole'(check) {
    for (const [name, text, reason] of LIMITS) {
      const { memory, handler, events } = start({ patience: 30 });
      memory.files.set(`${name}.md`, `---\npermalink: /${name}/\n---\n${text}`);
      memory.files.set('lists.md', '---\n---\n{% for p in site.pages %}{{ p.url }} {% endfor %}');
      const answer = await ask(handler, `/${name}/`);
      check(answer);
      assertSilent(answer, events);
      const told = events.find(({ kind }) => kind === 'failure').error;
      assert.match(
        `${told.file}: ${told.message}, ${told.remedy}`,
        new RegExp(`^${name}.md:.*${reason}`),
      );
      // It is not tried again before the sources change, and others are not concerned.
      const { page } = WritingCore.prototype;
      WritingCore.prototype.page = function (path) {
        assert.notEqual(path, `${name}/index.html`);
        return page.call(this, path);
      };
      try {
        check(await ask(handler, `/${name}/`));
        assert.equal((await ask(handler, '/lists.html')).status, 200);
      } finally {
        WritingCore.prototype.page = page;
      }
      memory.files.set(`${name}.md`, `---\npermalink: /${name}/\n---\nShort.\n`);
      assert.equal((await ask(handler, `/${name}/`)).status, 200, name);
    }
  },
  async 'the core ends while it makes the page, twice'(check) {
    const { handler, events } = start();
    await ask(handler, '/terms');
    const { page } = WritingCore.prototype;
    let asked = 0;
    WritingCore.prototype.page = function (path) {
      if (path !== 'about/index.html') return page.call(this, path);
      asked++;
      throw new Trap('unreachable');
    };
    try {
      const answer = await ask(handler, '/about/');
      check(answer);
      assertSilent(answer, events);
      assert.equal(asked, 2);
      // Others are not concerned, and it is not tried again before the sources change.
      assert.equal((await ask(handler, '/terms')).status, 200);
      check(await ask(handler, '/about/'));
      assert.equal(asked, 2);
    } finally {
      WritingCore.prototype.page = page;
    }
  },
};

// Each hits one limit of the core: what `development` says of it.
const TEXT =
  '{% assign x = "0123456789abcdef" %}{% for i in (1..16) %}{% assign x = x | append: x %}';
const LOOP = '{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}';
const LIMITS = [
  ['source', 'A line of a long page.\n\n'.repeat(730_000), 'larger than 16 MB'],
  ['output', `${TEXT}{% endfor %}{% for i in (1..80) %}{{ x }}{% endfor %}`, 'more than 64 MB'],
  ['steps', LOOP, 'too many steps'],
  ['marks', '*a* `b` [c](d)\n'.repeat(900_000), '2\\.5 million marks'],
];

const README = readFileSync('web/server/README.md', 'utf8');
const rows = [...README.matchAll(/^\| ([a-z][^|]*,?[^|]*) \| (\d{3}) \| (.*) \|$/gm)].map(
  ([, name, status, headers]) => ({
    name,
    status: Number(status),
    headers: [...headers.matchAll(/`([\w-]+): ([^`]*)`/g)].map(([, key, value]) => [key, value]),
  }),
);

test('the table of failures names what is tested here', () => {
  assert.deepEqual(
    rows.map(({ name }) => name),
    Object.keys(FAULTS),
  );
});
for (const { name, status, headers } of rows)
  test(name, () =>
    FAULTS[name]?.((answer) => {
      assert.equal(answer.status, status, answer.text);
      for (const [key, value] of headers)
        if (value.includes('…')) assert.ok(answer.headers[key], key);
        else assert.equal(answer.headers[key], value);
    }),
  );

// ---- other faults ----

test('a core that ends once costs nothing but time', async () => {
  const { handler, events, memory } = start();
  const before = await ask(handler, '/about/');
  memory.files.set('terms.md', `${memory.files.get('terms.md')}\nMore.\n`);
  const { page } = WritingCore.prototype;
  let traps = 1;
  WritingCore.prototype.page = function (path) {
    if (traps-- > 0) throw new Trap('unreachable');
    return page.call(this, path);
  };
  try {
    const answers = await Promise.all(['/terms', '/about/', '/'].map((path) => ask(handler, path)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.match(answers[0].text, /More\./);
    assert.deepEqual(answers[1].bytes, before.bytes);
    assert.equal(events.filter(({ kind }) => kind === 'trap').length, 1);
  } finally {
    WritingCore.prototype.page = page;
  }
});

test('a page that uses up the module’s memory', async () => {
  const { memory, handler } = start({ patience: 30 });
  // Each line is a list within the last one: as deep as the core reads.
  memory.files.set('deep.md', `---\npermalink: /deep/\n---\n${'>'.repeat(200_000)}x\n`);
  assert.equal((await ask(handler, '/deep/')).status, 200);
  assert.equal((await ask(handler, '/about/')).status, 200);
});

test('a page of 17 MB is there as a whole', async () => {
  const { memory, handler } = start({ patience: 30 });
  const line = 'A line of a long page.\n\n';
  memory.files.set('large.md', `---\npermalink: /large/\n---\n${line.repeat(600_000)}`);
  const answer = await ask(handler, '/large/');
  assert.equal(answer.status, 200);
  assert.ok(answer.bytes.length > 17 << 20, `${answer.bytes.length}`);
  assert.equal(answer.text.split('A line of a long page.').length - 1, 600_000);
});

test('`steps` limits what a page may take', async () => {
  const loop = '{% for i in (1..1000) %}{% endfor %}';
  for (const [steps, status] of [
    [500, 500],
    [100_000, 200],
  ]) {
    const { memory, handler } = start({ steps, theme: 'site' });
    memory.files.set('loop.md', `---\npermalink: /loop/\n---\n${loop}`);
    assert.equal((await ask(handler, '/loop/')).status, status, `${steps}`);
  }
});

test('a core that ends while it gets a new version is not used again', async () => {
  const { memory, handler, events } = start();
  assert.equal((await ask(handler, '/about/')).status, 200);
  const number = (n) => `---\npermalink: /${n}/\n---\n{% include hours.html %}\n`;
  memory.files.set('a.md', number('a'));
  memory.files.set('_includes/hours.html', 'New hours');
  const { tell } = WritingCore.prototype;
  let traps = 1;
  let ended;
  WritingCore.prototype.tell = function (verb, path, ...rest) {
    assert.notEqual(this, ended, 'a core that ended is used');
    if (verb === 'put' && path === 'a.md' && traps-- > 0) {
      ended = this;
      throw new Trap('unreachable');
    }
    return tell.call(this, verb, path, ...rest);
  };
  try {
    const answer = await ask(handler, '/a/');
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.text, /New hours/);
    assert.ok(events.some(({ kind, error }) => kind === 'sources' && error instanceof Trap));
  } finally {
    WritingCore.prototype.tell = tell;
  }
});

test('storage that fails half the time', async () => {
  const { memory, handler } = start({ maxAge: 60, patience: 5 });
  let number = 0;
  const failing = async () => {
    // As a coin falls, and the same at each run.
    number = (Math.imul(number, 1_103_515_245) + 12_345) & 0x7fffffff;
    if ((number >> 16) & 1) throw new Error('secret');
  };
  const expected = createHandler({
    sources: Memory.fromFolder(SITE).sources(),
    modules,
    options: { time: TIME },
  });
  memory.before = failing;
  let good = 0;
  for (let round = 0; round < 20; round++) {
    if (round % 5 === 0) handler.purge();
    for (const path of ['/', '/about/', '/feed.xml', '/images/dot.svg']) {
      const answer = await ask(handler, path);
      assert.ok([200, 503].includes(answer.status), `${path}: ${answer.status}`);
      if (answer.status === 200) {
        good++;
        assert.deepEqual(answer.bytes, (await ask(expected, path)).bytes, path);
      }
    }
  }
  assert.ok(good > 70, `${good} of 80 were answered`);
});

/** Replaces a site's files as a whole, so that a page tells which versions it was made of. */
function writeVersion(memory, number) {
  memory.files.set('_config.yml', `title: N${number}\ndescription: N${number}\n`);
  memory.files.set('_data/facts.yml', `number: N${number}\n`);
  memory.files.set('_includes/fact.html', `N${number}`);
  const facts = '{{ site.title }} {{ site.data.facts.number }} {% include fact.html %}';
  memory.files.set('facts.md', `---\npermalink: /facts/\n---\nN${number} ${facts}\n`);
}
const KINDS = {
  'a list': (memory) => memory.sources(),
  'a manifest': (memory) => ({
    async get(path, ...rest) {
      if (path !== 'meridian.json') return memory.get(path, ...rest);
      await memory.before('get', path);
      return { bytes: await memory.manifest() };
    },
  }),
};
for (const [kind, sources] of Object.entries(KINDS))
  test(`a page is made of one version of the sources, with ${kind}`, async () => {
    const memory = Memory.fromFolder(SITE);
    const options = { time: TIME, maxAge: 0, patience: 5 };
    const handler = createHandler({ sources: sources(memory), modules, options });
    let number = 0;
    let left = 0;
    writeVersion(memory, number);
    // Now and then in the middle of a request.
    memory.before = async () => {
      if (left-- === 0) writeVersion(memory, ++number);
      await new Promise(setImmediate);
    };
    let good = 0;
    for (let round = 0; round < 200; round++) {
      if (left < 0) left = round % 11;
      const { status, text } = await ask(handler, '/facts/');
      if (status === 503) continue;
      assert.equal(status, 200);
      good++;
      const [, facts = ''] = /<p>((?:N\d+\s*)+)<\/p>/.exec(text) ?? [];
      const words = facts.trim().split(/\s+/);
      assert.equal(words.length, 4, text.slice(0, 2000));
      assert.equal(new Set(words).size, 1, facts);
    }
    assert.ok(number > 20 && good > 100, `${number} versions, ${good} pages`);
  });

for (const [kind, sources] of Object.entries(KINDS))
  test(`one file is read before a change and the others after it, with ${kind}`, async () => {
    const memory = Memory.fromFolder(SITE);
    const { get, ...others } = sources(memory);
    let first;
    let change = () => {};
    const apart = async (path, ...rest) => {
      if (/fact|_config/.test(path) && first && path !== first)
        for (let wait = 0; wait < 20; wait++) await new Promise(setImmediate);
      const found = await get(path, ...rest);
      if (path === first) change();
      return found;
    };
    const options = { time: TIME, maxAge: 0, patience: 5 };
    const handler = createHandler({ sources: { get: apart, ...others }, modules, options });
    let number = 0;
    writeVersion(memory, number);
    const facts = async () => {
      const { status, text } = await ask(handler, '/facts/');
      assert.equal(status, 200);
      return /<p>((?:N\d+\s*)+)<\/p>/.exec(text)?.[1].trim().split(/\s+/);
    };
    await facts();
    for (const path of ['_config.yml', '_data/facts.yml', '_includes/fact.html', 'facts.md']) {
      first = path;
      writeVersion(memory, ++number);
      change = () => {
        change = () => {};
        writeVersion(memory, ++number);
      };
      const words = await facts();
      assert.ok(words && new Set(words).size === 1, `${path}: ${words}`);
    }
  });

test('a source that is listed and not there', async () => {
  const { memory, handler, events } = start();
  const { list } = memory;
  memory.list = async () => [
    ...(await list.call(memory)),
    { path: 'lost.md', size: 3, etag: 'x' },
    { path: '_includes/lost.html', size: 3, etag: 'x' },
  ];
  memory.files.set('uses.md', '---\npermalink: /uses/\n---\n{% include lost.html %}\n');
  assert.equal((await ask(handler, '/about/')).status, 200);
  assert.equal((await ask(handler, '/lost.html')).status, 404);
  assert.equal((await ask(handler, '/uses/')).status, 200);
  assert.ok(events.some(({ kind, error }) => kind === 'sources' && error.file === 'lost.md'));
});

test('a storage that can’t open a file now is asked again, and is no mistake of the page', async () => {
  const memory = Memory.fromFolder(SITE);
  let failures = 3;
  const open = async () => {
    if (failures-- > 0) throw new Error('secret');
    return new Response('<svg/>');
  };
  const sources = { ...memory.sources(), open };
  const options = { time: TIME, patience: PATIENCE };
  const handler = createHandler({ sources, modules: { ...modules, open }, options });
  assert.equal((await ask(handler, '/images/dot.svg')).status, 200);
  for (const path of ['/images/dot.svg', '/meridian/theme.css']) {
    failures = Infinity;
    const answer = await ask(handler, path);
    assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '5']);
    failures = 3;
    assert.equal((await ask(handler, path)).status, 200);
  }
  const slow = createHandler({ sources: { ...sources, open: () => never }, modules, options });
  assert.equal((await ask(slow, '/images/dot.svg')).status, 503);
});

test('what a storage says of itself is not told to visitors', async () => {
  const memory = Memory.fromFolder(SITE);
  let status = 200;
  const open = async () =>
    new Response('<svg/>', {
      status,
      headers: { 'x-bucket': 'secret', 'set-cookie': 'a=b', etag: '"1"', vary: 'origin' },
    });
  const sources = { ...memory.sources(), open };
  const handler = createHandler({ sources, modules, options: { time: TIME } });
  const answer = await ask(handler, '/images/dot.svg');
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(answer.headers).sort(), [
    ...['cache-control', 'content-security-policy', 'content-type', 'etag', 'vary'],
    'x-content-type-options',
  ]);
  assert.equal(answer.headers.vary, 'origin, accept-encoding');
  for (const [given, expected] of [
    [404, 404],
    [403, 503],
    [500, 503],
  ]) {
    status = given;
    assert.equal((await ask(handler, '/images/dot.svg')).status, expected, `${given}`);
  }
});

test('a file that is too large to go through memory is not cut', async () => {
  const memory = Memory.fromFolder(SITE);
  memory.files.set('film.mp4', 'x');
  const sources = memory.sources();
  const { get } = sources;
  sources.get = async (path, ...rest) =>
    path === 'film.mp4' ? { bytes: new Uint8Array((64 << 20) + 9), etag: 'x' } : get(path, ...rest);
  const handler = createHandler({ sources, modules, options: { time: TIME } });
  assert.equal((await ask(handler, '/film.mp4')).status, 500);
});

test('lists and files that are none', async () => {
  for (const list of [
    undefined,
    'about.md',
    [1, null, {}, { path: 7 }, { path: '../secret' }, { path: '/etc/passwd' }, { path: 'a//b' }],
    Array.from({ length: 200_001 }, (_, i) => `${i}.md`),
  ]) {
    const { memory, handler, events } = start();
    memory.list = async () => list;
    const answer = await ask(handler, '/');
    assert.ok([404, 503].includes(answer.status), `${answer.status}`);
    assert.deepEqual(memory.read, []);
    if (answer.status === 503) assertSilent(answer, events);
  }
  for (const found of [7, 'text', { bytes: 'text' }, { bytes: [1] }, { bytes: null, etag: 5 }]) {
    const { memory, handler, events } = start();
    memory.get = async () => found;
    const answer = await ask(handler, '/');
    assert.equal(answer.status, 503);
    assertSilent(answer, events);
  }
  for (const text of [
    '',
    'no JSON',
    '[]',
    '{"files": 1}',
    '{"files": [{"path": "a.md", "at": 1}]}',
  ]) {
    const memory = new Memory({ 'meridian.json': text });
    const sources = memory.sources({ list: false });
    const handler = createHandler({ sources, modules, options: { patience: 1 } });
    const answer = await ask(handler, '/');
    assert.ok([404, 503].includes(answer.status), `${text}: ${answer.status}`);
  }
});

test('an author is told what is wrong, and where', async () => {
  const sources = { get: async () => undefined };
  const handler = createHandler({ sources, modules, options: { development: true } });
  const answer = await ask(handler, '/');
  assert.equal(answer.status, 503);
  assert.match(answer.text, /meridian\.json/);
  assert.match(answer.text, /meridian index/);
});

test('two sites in one process know nothing of each other', async () => {
  const site = (name) =>
    new Memory({
      '_config.yml': `title: ${name}\ntimezone: ${name === 'One' ? 'Asia/Tokyo' : 'America/Lima'}\n`,
      'index.md': `---\ntitle: ${name}\ndate: 2024-01-01 12:00\n---\n{% include x.html %} {{ site.title }}\n\n{% highlight ruby %}puts ${name}{% endhighlight %}\n`,
      '_includes/x.html': `Include of ${name}`,
      [`only-${name}.md`]: '---\ntitle: Only\n---\nx\n',
    });
  const sites = ['One', 'Two'].map((name) => ({
    name,
    handler: createHandler({ sources: site(name).sources(), modules, options: { maxAge: 0 } }),
  }));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => sites[i % 2]).map(async ({ name, handler }) => ({
      name,
      home: await ask(handler, '/'),
      own: await ask(handler, `/only-${name}.html`),
      other: await ask(handler, `/only-${name === 'One' ? 'Two' : 'One'}.html`),
    })),
  );
  for (const { name, home, own, other } of answers) {
    assert.match(home.text, new RegExp(`Include of ${name}`));
    assert.ok(!home.text.includes(name === 'One' ? 'Two' : 'One'), home.text);
    assert.deepEqual([own.status, other.status], [200, 404]);
  }
});
