// `meridian check --external` for Node, which asks by itself: the findings of the native command,
// which asks by curl; what leads into a private network; how it ends.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporary } from '../server/support.mjs';
import { Asker } from '../../web/command/asker.mjs';
import { NATIVE, install, missing, put, run } from './installed.mjs';

const skip =
  missing() ?? (spawnSync('curl', ['--version']).error ? 'curl is not installed' : undefined);
// Milliseconds after which an answer counts as missing.
const HANG = 120_000;
// No resolver is asked for a name whose label is longer than 63 characters: RFC 1035.
const NO_HOST = `http://${'x'.repeat(64)}.example/`;

let meridian;
before(() => (meridian = skip ? undefined : install()));
after(() => meridian?.remove());

/** A host of links (tests/python/link_server.py) until the test ends: its address. */
async function hostOfLinks(t) {
  const server = spawn('python3', ['tests/python/link_server.py'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  const [line] = await once(server.stdout, 'data');
  return String(line).trim();
}

/** The requests that have come to a host of links. */
const requestsAt = async (url) => (await fetch(`${url}/requests`)).json();

/** A site that links to addresses, and the environment of a check of it. */
function siteWith(t, addresses) {
  const source = temporary(t);
  put(source, {
    'index.md': `---\n---\n${addresses.map((address) => `[x](${address})\n`).join('\n')}`,
  });
  return {
    source,
    words: ['check', '--external', '--json', '--source', source],
    env: {
      XDG_CACHE_HOME: join(source, '.cache'),
      MERIDIAN_PRIVATE_LINKS: '1',
      MERIDIAN_LINK_SECONDS: '600', // beside busy processes, too
      no_proxy: '*',
    },
  };
}

test('the findings are those of the native command', { skip }, async (t) => {
  const url = await hostOfLinks(t);
  const paths = ['/ok', '/huge', '/close', '/control', '/loop'];
  for (const status of [204, 401, 404, 410, 503, 999]) paths.push(`/status/${status}`);
  for (const status of [301, 302, 308]) paths.push(`/moved/${status}/ok`);
  paths.push('/head/405', '/moved/302/status/404', '/to/mailto/a', '/ok/[1-3]%7B?q=ä "#f');
  const addresses = [...paths.map((path) => url + path), NO_HOST];
  const [native, own] = [NATIVE, meridian.program].map((program) => {
    const { words, env } = siteWith(t, addresses);
    return run(program, words, { env });
  });
  assert.equal(own.stderr, '');
  assert.deepEqual(JSON.parse(own.stdout), JSON.parse(native.stdout));
  assert.ok(JSON.parse(own.stdout).length > 8);
  assert.equal(own.status, native.status);
});

test('a second check asks for nothing that is known', { skip }, async (t) => {
  const url = await hostOfLinks(t);
  const { words, env } = siteWith(t, [`${url}/ok`, `${url}/status/404`]);
  const [first, second] = [1, 2].map(() => run(meridian.program, words, { env }));
  assert.deepEqual(second, first);
  // The native command has the same cache.
  assert.deepEqual(run(NATIVE, words, { env }), first);
  assert.deepEqual((await requestsAt(url)).sort(), [
    'GET /status/404',
    'HEAD /ok',
    'HEAD /status/404',
  ]);
});

test('a name that leads into a private network gets no request', async (t) => {
  const url = await hostOfLinks(t);
  const asker = new Asker();
  const failures = [];
  const { port } = new URL(url);
  const networks = [
    ['127.0.0.0', 8],
    ['::', 96],
  ];
  for (const [number, host] of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]'].entries())
    for (const blocked of [networks, []]) {
      const address = `http://${host}:${port}/ok?${number}`;
      asker.ask({ number, address, head: true, seconds: HANG / 1000, private: blocked });
      failures.push(asker.answer(HANG).failure);
    }
  assert.deepEqual(failures.slice(0, 4), ['private', 'none', 'private', 'none']);
  assert.equal(failures[4], 'private');
  const requests = await requestsAt(url);
  assert.ok(requests.includes('HEAD /ok?0') && requests.includes('HEAD /ok?1'));
  assert.equal(requests.filter((one) => one === 'HEAD /ok?0').length, 1);
});

test('no notation or disguise of this machine gets a request', { skip }, async (t) => {
  const url = await hostOfLinks(t);
  const { port } = new URL(url);
  const hosts = ['localhost', '127.1', '0x7f000001', '0177.0.0.1', '2130706433.', 'a@[::1]'];
  for (const inner of ['::ffff:', '::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '2002:7f00:1::'])
    hosts.push(`[${inner}${inner.includes('2002') ? '1' : '127.0.0.1'}]`);
  hosts.push('[64:ff9b::a00:1]', '[2001:0:4136:e378::1]', '192.0.2.1', '[fec0::1]');
  const privateHosts = hosts.length;
  for (const ignored of ['\u00AD', '\u200B', '\u2060', '\uFE0F', '\uFEFF', '\u{E0100}'])
    hosts.push(`127.0.0.1${ignored}`, `127.${ignored}0.0.1`, `loc${ignored}alhost`);
  for (const dot of ['\u3002', '\uFF0E', '\uFF61']) hosts.push(`127${dot}0.0.1`);
  hosts.push('\uFF11\uFF127.0.0.1', '%31%32%37.0.0.1', '[fe80::1%25lo]');
  const addresses = hosts.map((host) => `http://${host}:${port}/ok`);
  const [native, own] = [NATIVE, meridian.program].map((program) => {
    const { source, words, env } = siteWith(t, []);
    // As HTML: Markdown encodes the brackets of IPv6.
    const links = addresses.map((address) => `<a href="${address}">x</a>\n`).join('');
    put(source, { 'index.md': `---\n---\n${links}` });
    return run(program, words, { env: { ...env, MERIDIAN_PRIVATE_LINKS: '' } });
  });
  assert.deepEqual(JSON.parse(own.stdout), JSON.parse(native.stdout));
  assert.equal(JSON.parse(own.stdout).length, privateHosts);
  assert.deepEqual(await requestsAt(url), []);
});

test('an address that a name leads to is judged by the same networks', async (t) => {
  const url = await hostOfLinks(t);
  const asker = new Asker();
  // As cli/external/networks.cpp hands over networks of IPv4 behind a translator.
  const networks = [
    ['127.0.0.0', 8],
    ['64:ff9b::127.0.0.0', 104],
    ['64:ff9b:1::', 48],
    ['2002::', 16],
  ];
  const { port } = new URL(url);
  const hosts = ['127.0.0.1\u00AD', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[2002:7f00:1::]'];
  for (const [number, host] of hosts.entries()) {
    const address = `http://${host}:${port}/ok`;
    asker.ask({ number, address, head: true, seconds: HANG / 1000, private: networks });
    assert.equal(asker.answer(HANG).failure, 'private', host);
  }
  assert.deepEqual(await requestsAt(url), []);
});

test('an interrupt ends it', { skip }, async (t) => {
  const url = await hostOfLinks(t);
  const { source, words, env } = siteWith(t, [`${url}/slow`]);
  const child = spawn(meridian.program, words, {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  while (!(await requestsAt(url)).length) await new Promise((then) => setImmediate(then));
  child.kill('SIGINT');
  assert.deepEqual(await ended, [null, 'SIGINT']);
  assert.ok(!existsSync(join(source, '.cache/meridian')));
});
