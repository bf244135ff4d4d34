// The table of answers in web/server/README.md, row by row.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { folder } from '../../web/server/folder.mjs';
import { createHandler } from '../../web/server/handler.js';
import { Memory, TIME, ask, modules } from './support.mjs';

const SITE = 'tests/server/site';
const README = readFileSync('web/server/README.md', 'utf8');
const ROW = /^\| (`(?:GET|HEAD|POST) .*?) \| (\d{3}) \| (.*) \|$/gm;

/** What stands between backquotes. */
const quoted = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, one]) => one);
const rows = [...README.matchAll(ROW)].map(([, request, status, headers]) => {
  const [line, ...conditions] = quoted(request);
  const [method, path] = line.split(' ');
  return {
    name: request,
    method,
    path,
    conditions,
    status: Number(status),
    headers: quoted(headers),
  };
});

/** `name: value`, where … stands for anything. */
function split(header) {
  const at = header.indexOf(': ');
  return [header.slice(0, at), header.slice(at + 2)];
}
const matches = (value, expected) => {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(value ?? '');
};

const KINDS = {
  'a folder': () => folder(SITE),
  'sources without `open`': () => Memory.fromFolder(SITE).sources(),
};
for (const [kind, sources] of Object.entries(KINDS)) {
  test(`${kind} is answered as the table says`, async (t) => {
    assert.ok(rows.length > 25, 'the table was not found');
    const handler = createHandler({ sources: sources(), modules, options: { time: TIME } });
    for (const { name, method, path, conditions, status, headers } of rows)
      await t.test(name, async () => {
        const init = { method, headers: Object.fromEntries(conditions.map(split)) };
        const answer = await ask(handler, path, init);
        assert.equal(answer.status, status, answer.text);
        for (const header of headers) {
          const [key, expected] = split(header);
          assert.ok(
            matches(answer.headers[key], expected),
            `${key} is ${answer.headers[key]}, not ${expected}`,
          );
        }
        if (method === 'HEAD' || status === 304) assert.equal(answer.bytes.length, 0);
        else if (answer.headers['content-length'])
          assert.equal(answer.bytes.length, Number(answer.headers['content-length']));
      });
  });
}

test('a site below a path: its address without the slash, and others', async () => {
  const options = { time: TIME, baseurl: '/station' };
  const handler = createHandler({ sources: folder(SITE), modules, options });
  const about = await ask(handler, '/station/about/');
  assert.equal(about.status, 200);
  assert.match(about.text, /href="\/station\/meridian\/theme\.css"/);
  assert.equal(about.headers['content-security-policy'], "default-src 'self'");
  for (const [path, location] of [
    ['/station', '/station/'],
    ['/station/about', '/station/about/'],
    ['/station/old/', '/station/about/'],
    ['/station/part/', '/station/about/#part'],
  ]) {
    const answer = await ask(handler, path);
    assert.deepEqual([answer.status, answer.headers.location], [301, location], path);
  }
  assert.equal((await ask(handler, '/station/meridian/theme.css')).status, 200);
  for (const path of ['/about/', '/', '/stationary/about/']) {
    const answer = await ask(handler, path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.text, /No such page at the station/);
  }
});

test('a redirect that is no address of the web stays a page', async () => {
  const memory = new Memory({
    '_config.yml': 'title: T\nplugins: [jekyll-redirect-from]\n',
    'index.md': '---\ntitle: Home\n---\nHello\n',
    'bad.md': '---\nredirect_to: "javascript:alert(1)"\npermalink: /bad/\n---\n',
    'split.md': '---\nredirect_to: "/x\\r\\nset-cookie: a=b"\npermalink: /split/\n---\n',
    'far.md': '---\nredirect_to: "//example.org/x"\npermalink: /far/\n---\n',
  });
  const handler = createHandler({ sources: memory.sources(), modules });
  for (const path of ['/bad/', '/split/', '/far/']) {
    const answer = await ask(handler, path);
    assert.ok([200, 301].includes(answer.status), `${path}: ${answer.status}`);
    assert.ok(!answer.headers['set-cookie']);
    assert.ok(!/^javascript/i.test(answer.headers.location ?? ''), answer.headers.location);
  }
});

test('CNAME gives addresses their host, as in a build', async () => {
  const memory = Memory.fromFolder(SITE);
  memory.files.set('CNAME', 'station.example.org\n');
  const handler = createHandler({ sources: memory.sources(), modules, options: { maxAge: 0 } });
  const sitemap = async () => (await ask(handler, '/sitemap.xml')).text;
  assert.match(await sitemap(), /<loc>https:\/\/station\.example\.org\/about\/<\/loc>/);
  memory.files.set('CNAME', 'other.example.org\n');
  assert.match(await sitemap(), /<loc>https:\/\/other\.example\.org\/about\/<\/loc>/);
  memory.files.set('_config.yml', `${memory.files.get('_config.yml')}url: https://third.example\n`);
  assert.match(await sitemap(), /<loc>https:\/\/third\.example\/about\/<\/loc>/);
});

test('wrong options are named', () => {
  const sources = new Memory({}).sources();
  for (const [given, message] of [
    [{ modules }, /`sources` must have a function `get`/],
    [{ sources, modules: {} }, /`modules` must have a function `get`/],
    [{ sources, modules, options: { maxage: 1 } }, /no option `maxage`/],
    [{ sources, modules, options: { maxAge: '1' } }, /`maxAge` must be a number/],
    [{ sources, modules, options: { maxAge: -1 } }, /`maxAge` must be a number of seconds/],
    [{ sources, modules, options: { steps: 0 } }, /`steps` must be a number from 1/],
    [{ sources, modules, options: { time: 'yesterday' } }, /`time` must be a time/],
  ])
    assert.throws(() => createHandler(given), { name: 'TypeError', message });
});
