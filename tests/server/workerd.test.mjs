// `_worker.js` under workerd, the runtime of Cloudflare's workers, with a folder as its assets: the
// pages of the demo and of all sites of the tests are those of `meridian build`.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { DIST, TIME, baseurlOf, build, comparePages, meridian, testSites } from './support.mjs';
import { folderFor, serve, workerd } from './workerd.mjs';

const SOURCES = ['content', 'tests/server/site', ...testSites()];
// Requests at once in a cold isolate.
const FIRST = 10;

/** A site as it is deployed: sources, the shell's folder, a manifest. */
function deploy(source, site) {
  cpSync(source, site, { recursive: true });
  // Thousands of files: links to them, within the folder of the build.
  execFileSync('cp', ['-al', resolve(DIST, 'meridian'), site]);
  meridian('index', '--quiet', '--source', site, '--shell', DIST, '--time', TIME);
}

/** Whoever has a page does not get it again. */
async function assertKnown(place, response) {
  const etag = response.headers.get('etag');
  if (!etag) return;
  const again = await fetch(place, { headers: { 'if-none-match': etag } });
  assert.equal(again.status, 304, place);
}

test('sites under workerd', async (t) => {
  if (!workerd()) return t.skip('workerd is not installed');
  const folder = folderFor(t);
  const sites = SOURCES.map((source, at) => join(folder, `site${at}`));
  SOURCES.forEach((source, at) => deploy(source, sites[at]));
  const options = { time: TIME };
  const { addressOf, said } = await serve(
    t,
    folder,
    sites.map((site) => ({ folder: site, options })),
  );
  for (const [at, source] of SOURCES.entries())
    await t.test(source, async (t) => {
      const address = addressOf(at) + baseurlOf(source);
      // The first requests of a cold isolate, at once, one of which goes away.
      const gone = new AbortController();
      const left = fetch(`${address}/`, { signal: gone.signal }).catch(() => {});
      const first = Array.from({ length: FIRST }, async () => (await fetch(`${address}/`)).status);
      gone.abort();
      await left;
      assert.ok(!(await Promise.all(first)).includes(503), said.errors);
      assert.ok((await comparePages(build(t, source), address, assertKnown)) > 0);
      const theme = await fetch(`${address}/meridian/theme.css`);
      assert.equal(theme.headers.get('content-type'), 'text/css; charset=utf-8');
      assert.equal((await fetch(`${address}/nowhere/`)).status, 404);
      assert.equal((await fetch(`${address}/_config.yml`)).status, 404);
    });
});
