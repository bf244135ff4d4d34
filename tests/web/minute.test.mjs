// The tutorial's first step, word for word: its commands lead to a page that a browser shows.
import assert from 'node:assert/strict';
import { execSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, noBrowser, openPage } from './hosts.mjs';

const COMMAND = join(PROJECT, 'build/package/meridian-site/meridian.mjs');
const skip = noBrowser() ?? (existsSync(COMMAND) ? undefined : 'the npm package is not built');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const tutorial = readFileSync(join(PROJECT, 'docs/guide/tutorial.md'), 'utf8');
const [, step] = /```sh\n([^`]+)/.exec(tutorial);
// What npx runs of the package: tests/python/test_release_npx.py has it from the archive.
const lines = step
  .trim()
  .replace(/npx \S+\.tgz/g, `node ${COMMAND}`)
  .split('\n');

test('a note becomes a page, which follows a change', { skip }, async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'meridian-minute-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  for (const line of lines.slice(0, -1)) execSync(line, { cwd, stdio: 'pipe' });
  const serve = spawn('sh', ['-c', `exec ${lines.at(-1)} --port 0`], { cwd });
  t.after(() => serve.kill());
  const address = await new Promise((resolve, reject) => {
    let told = '';
    const hear = (part) => {
      told += part;
      const [found] = /http:\/\/localhost:\d+\//.exec(told) ?? [];
      if (found) resolve(found);
    };
    serve.stdout.on('data', hear);
    serve.stderr.on('data', hear);
    serve.on('exit', () => reject(new Error(told)));
  });
  const { page, lines: messages } = await openPage(t, browser);
  await page.goto(address);
  await page.locator('main h1', { hasText: 'Hello' }).waitFor();
  writeFileSync(join(cwd, 'my-site/README.md'), '# Changed\n');
  await page.locator('main h1', { hasText: 'Changed' }).waitFor();
  assert.deepEqual(messages, []);
});
