// Sources in a bucket, by a server that speaks S3's API, and at a commit of a repository, by one
// that answers as GitHub's API and its raw files do. The first reads signatures and does not check
// them: they are compared with examples and with another implementation.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { folder } from '../../web/server/folder.mjs';
import { git } from '../../web/server/git.js';
import { createHandler } from '../../web/server/handler.js';
import { bucket, sign } from '../../web/server/s3.js';
import { TIME, ask, filesOf, modules, temporary } from './support.mjs';

const SITE = 'tests/server/site';
const PATHS = ['/', '/about/', '/feed.xml', '/style.css', '/images/dot.svg', '/nowhere/'];
// Files beyond what a page of a list has.
const MANY = 1100;
// As s3rver knows its one account.
const credentials = { key: 'S3RVER', secret: 'S3RVER', region: 'us-east-1' };

/** Each page is that of the folder. */
async function assertSame(sources, root = SITE) {
  const options = { time: TIME, maxAge: 0 };
  const mine = createHandler({ sources, modules, options });
  const expected = createHandler({ sources: folder(root), modules, options });
  for (const path of PATHS) {
    const [answer, other] = [await ask(mine, path), await ask(expected, path)];
    assert.deepEqual([answer.status, answer.text], [other.status, other.text], path);
  }
  return mine;
}

test('requests are signed as in the examples of Amazon’s manual', async () => {
  const example = {
    key: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
  };
  for (const [query, signature] of [
    ['?lifecycle=', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ]) {
    const url = new URL(`https://examplebucket.s3.amazonaws.com/${query}`);
    const headers = await sign('GET', url, example, new Date('2013-05-24T00:00:00Z'));
    assert.ok(headers.authorization.endsWith(`Signature=${signature}`), headers.authorization);
  }
});

test('signatures are those of another implementation', async (t) => {
  let aws4;
  try {
    aws4 = createRequire(import.meta.url)('aws4');
  } catch {
    return t.skip('aws4 is not installed');
  }
  const given = { key: 'AKID', secret: 'a/b+c=', region: 'eu-central-1', token: 'a+token/==' };
  const prefix = '/?list-type=2&prefix=';
  for (const [method, path] of [
    ['GET', '/files/a%20%2B%20b%20%26%20%C3%BC%20%281%29.md'],
    ['HEAD', '/files/it%27s%21%2A.md'],
    ['GET', `${prefix}`],
    ['GET', `/?continuation-token=a%2Fb%3D&list-type=2&prefix=site%2F`],
  ]) {
    const url = new URL(`https://bucket.example:9000${path}`);
    const headers = await sign(method, url, given);
    const { accessKeyId, secretAccessKey } = {
      accessKeyId: given.key,
      secretAccessKey: given.secret,
    };
    const { 'x-amz-date': date, 'x-amz-content-sha256': hash } = headers;
    const other = aws4.sign(
      {
        ...{ method, host: url.host, path, service: 's3', region: given.region },
        headers: { 'X-Amz-Date': date, 'X-Amz-Content-Sha256': hash },
      },
      { accessKeyId, secretAccessKey, sessionToken: given.token },
    );
    const signature = /Signature=(\w+)/;
    const theirs = signature.exec(other.headers.Authorization)[1];
    assert.equal(signature.exec(headers.authorization)[1], theirs, path);
  }
});

/** A bucket with the site below `site/`, until the test ends; its address. */
async function s3(t) {
  try {
    createRequire(import.meta.url).resolve('s3rver');
  } catch {
    return t.skip('s3rver is not installed');
  }
  const given = ['--openssl-legacy-provider', 'tests/server/s3_server.cjs', temporary(t)];
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const port = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(data)));
    child.on('exit', () => reject(new Error('s3rver ended')));
  });
  const address = `http://127.0.0.1:${port}/files`;
  const put = async (path, body) => {
    const place = path.split('/').map(encodeURIComponent).join('/');
    const response = await fetch(`${address}/${place}`, { method: 'PUT', body });
    assert.equal(response.status, 200, path);
  };
  for (const [path, bytes] of filesOf(SITE)) await put(`site/${path}`, bytes);
  return { address, put };
}

test('a site in a bucket', async (t) => {
  const server = await s3(t);
  if (!server) return;
  const { address, put } = server;
  const sources = bucket(address, { prefix: 'site/', credentials });
  const handler = await assertSame(sources);
  const text = '---\npermalink: /x/\n---\nA page & its name.\n';
  await put('site/a + b & ü (1).md', text);
  assert.match((await ask(handler, '/x/')).text, /A page &amp; its name/);
  await put('site/a + b & ü (1).md', text.replace('A page', 'Another page'));
  assert.match((await ask(handler, '/x/')).text, /Another page/);
  for (let number = 0; number < MANY; number++) await put(`site/many/${number}.txt`, 'x');
  const files = await sources.list();
  assert.equal(files.length, filesOf(SITE).size + 1 + MANY);
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);

  const { bytes, etag } = await sources.get('about.md');
  assert.deepEqual(Buffer.from(bytes), readFileSync(join(SITE, 'about.md')));
  assert.equal(files.find(({ path }) => path === 'about.md').etag, etag);
  assert.deepEqual(await sources.get('about.md', etag), { etag });
  assert.equal(await sources.get('nowhere.md'), undefined);
  const large = new Uint8Array(20 << 20);
  await put('site/large.bin', large);
  const some = await sources.get('large.bin', undefined, 1 << 20);
  assert.ok(some.bytes.length >= 1 << 20 && some.bytes.length < 4 << 20, `${some.bytes.length}`);
  const headers = { range: 'bytes=1-3' };
  const part = await ask(handler, '/images/dot.svg', { headers });
  assert.deepEqual([part.status, part.bytes.length], [206, 3]);
  assert.equal((await ask(handler, '/images/dot.svg', { method: 'HEAD' })).status, 200);

  const stranger = bucket(address, { credentials: { ...credentials, key: 'x' } });
  await assert.rejects(stranger.list(), /answered 403/);
  await assert.rejects(bucket(`${address}-other`, { credentials }).list(), /no such bucket/);
});

test('a bucket whose answers are wrong', async () => {
  const answers = (text, init) => ({ fetch: async () => new Response(text, init) });
  for (const [text, init, message] of [
    ['<html>Sign in</html>', {}, /has no list/],
    ['<ListBucketResult><Contents><Key>a', {}, /has no list/],
    ['', { status: 301 }, /answered 301/],
    [
      '<ListBucketResult><NextContinuationToken>x</NextContinuationToken></ListBucketResult>',
      {},
      /more than 200,000/,
    ],
  ])
    await assert.rejects(bucket('https://a.example/b', answers(text, init)).list(), message);
  const xml =
    '<ListBucketResult><Contents><Key>a&amp;&#38;&#x26;&other;.md</Key><ETag>&quot;1&quot;</ETag><Size>7</Size></Contents><Contents><Key>empty/</Key></Contents></ListBucketResult>';
  const list = await bucket('https://a.example/b', answers(xml)).list();
  assert.deepEqual(list, [{ path: 'a&&&&other;.md', size: 7, etag: '1' }]);
});

/** GitHub's API and raw files for a repository on this machine; counts requests by kind. */
async function gitHost(t) {
  const root = join(temporary(t), 'repository');
  cpSync(SITE, join(root, 'docs'), { recursive: true });
  const run = (...options) =>
    execFileSync('git', ['-C', root, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const commit = () => {
    run('add', '-A');
    const name = ['-c', 'user.name=a', '-c', 'user.email=a@a.example'];
    run(...name, '-c', 'commit.gpgsign=false', 'commit', '-qm', 'x');
    return String(run('rev-parse', 'HEAD')).trim();
  };
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  symlinkSync('/etc/hostname', join(root, 'docs/link.md'));
  commit();
  const counts = { commits: 0, trees: 0, raw: 0, secrets: 0 };
  const fault = { truncated: false };
  const server = createServer((incoming, outgoing) => {
    const [, kind, ...rest] = decodeURIComponent(new URL(incoming.url, 'http://a').pathname).split(
      '/',
    );
    const { headers } = incoming;
    if (headers.authorization) counts.secrets++;
    const send = (status, body = '', etag = undefined) =>
      outgoing.writeHead(status, etag ? { etag } : {}).end(body);
    if (kind === 'raw') {
      counts.raw++;
      try {
        return send(200, run('show', `${rest[0]}:${rest.slice(1).join('/')}`), '"raw"');
      } catch {
        return send(404);
      }
    }
    const [owner, name, ...question] = rest;
    if (kind !== 'repos' || `${owner}/${name}` !== 'someone/site') return send(404, '{}');
    if (question[0] === 'commits') {
      counts.commits++;
      if (headers.accept !== 'application/vnd.github.sha') return send(200, '{}');
      const commitNow = String(run('rev-parse', question[1])).trim();
      const etag = `"${commitNow}"`;
      return headers['if-none-match'] === etag ? send(304) : send(200, commitNow, etag);
    }
    counts.trees++;
    const tree = String(run('ls-tree', '-r', '-t', '-l', '-z', question[2]))
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [facts, path] = line.split('\t');
        const [mode, type, sha, size] = facts.split(/ +/);
        return { path, mode, type, sha, ...(type === 'blob' && { size: Number(size) }) };
      });
    send(200, JSON.stringify({ sha: question[2], tree, truncated: fault.truncated }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const api = `http://127.0.0.1:${server.address().port}`;
  return { root, commit, counts, fault, api, raw: `${api}/raw/{commit}/` };
}

test('a site at a branch of a repository', async (t) => {
  const { root, commit, counts, api, raw, fault } = await gitHost(t);
  const given = { ref: 'main', folder: 'docs/', api, raw, token: 'secret' };
  const handler = await assertSame(git('someone/site', given));
  const { raw: read, trees, commits } = counts;
  await ask(handler, '/about/');
  // The branch has not moved: one question, with a condition.
  assert.deepEqual([counts.trees, counts.raw, counts.commits], [trees, read, commits + 1]);
  writeFileSync(join(root, 'docs/about.md'), '---\npermalink: /about/\n---\nSun.\n');
  commit();
  assert.match((await ask(handler, '/about/')).text, /Sun\./);
  assert.equal(counts.raw - read, 1);
  rmSync(join(root, 'docs/about.md'));
  const last = commit();
  assert.equal((await ask(handler, '/about/')).status, 404);
  // The token is for the API alone where files come from another host.
  assert.equal(counts.secrets, counts.commits + counts.trees);

  const pinned = git('someone/site', { ref: last, folder: 'docs/', api, raw });
  const files = await pinned.list();
  assert.ok(!files.some(({ path }) => path === 'link.md' || path === 'about.md'));
  const { etag, bytes } = await pinned.get('terms.md');
  assert.deepEqual(await pinned.get('terms.md', etag), { etag });
  assert.deepEqual(Buffer.from(bytes), readFileSync(join(SITE, 'terms.md')));
  assert.equal(await pinned.get('nowhere.md'), undefined);
  await assert.rejects(git('someone/other', { api }).list(), /answered 404/);
  fault.truncated = true;
  await assert.rejects(git('someone/site', { ref: last, api }).list(), /more files than/);
});

test('a branch that moves while a page is read', async (t) => {
  const { root, commit, api, raw } = await gitHost(t);
  const sources = git('someone/site', { folder: 'docs/', api, raw });
  const options = { time: TIME, maxAge: 0 };
  const handler = createHandler({ sources, modules, options });
  const write = (number) => {
    writeFileSync(join(root, 'docs/_config.yml'), `title: N${number}\n`);
    writeFileSync(join(root, 'docs/_includes/fact.html'), `N${number}`);
    const text = `N${number} {{ site.title }} {% include fact.html %}`;
    writeFileSync(join(root, 'docs/facts.md'), `---\npermalink: /facts/\n---\n${text}\n`);
    commit();
  };
  const { get } = sources;
  let number = 0;
  let left = 1;
  sources.get = async (...values) => {
    if (left-- === 0) {
      write(++number);
      // Another request sees the commit.
      await sources.list();
    }
    return get(...values);
  };
  for (let round = 0; round < 6; round++) {
    write(++number);
    left = round % 3;
    const { status, text } = await ask(handler, '/facts/');
    if (status === 503) continue;
    const words = /<p>((?:N\d+\s*)+)<\/p>/.exec(text)?.[1].trim().split(/\s+/) ?? [];
    assert.deepEqual([words.length, new Set(words).size], [3, 1], words.join(' '));
  }
  assert.ok(number > 9, `${number} versions`);
});

test('GitHub’s limit of requests is named', async () => {
  const headers = { 'x-ratelimit-remaining': '0' };
  const answer = async () => new Response('', { status: 403, headers });
  await assert.rejects(git('a/b', { fetch: answer }).list(), /no more requests in this hour/);
});
