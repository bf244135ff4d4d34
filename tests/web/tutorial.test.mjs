// The tutorial, word for word: its commands run, and the pages show what it says, also those of the
// folder that it publishes.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { PROJECT, host, noBrowser, openPage, until } from './hosts.mjs';

const COMMAND = join(PROJECT, 'build/package/meridian-site/meridian.mjs');
const skip = noBrowser() ?? (existsSync(COMMAND) ? undefined : 'the npm package is not built');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const tutorial = readFileSync(join(PROJECT, 'docs/guide/tutorial.md'), 'utf8');
// Each from its commands to those of the next step; the first three steps are one block.
const [minute, ...steps] = tutorial.split(/```sh\n/).slice(1);
// What npx runs of the package: tests/python/test_release_npx.py has it from the archive.
const commands = (step) => step.split('```')[0].replace(/npx \S+\.tgz/g, `node ${COMMAND}`);
/** What a step says of the pages: the address, and the text that is there. */
const seen = (step) =>
  [...step.matchAll(/`(\/\S*)` (?:you )?see “([^”]+)”/g)].map(([, path, text]) => ({
    path,
    text: text.replace(/\s+/g, ' '),
  }));

test('each step of the tutorial does what it says', { skip }, async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'meridian-tutorial-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const run = (script) =>
    execFileSync('sh', ['-e', '-c', `{ ${script}\n} 2>&1`], { cwd, encoding: 'utf8' });
  const lines = commands(minute).trim().split('\n');
  run(lines.slice(0, -1).join('\n'));
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
  const first = await openPage(t, browser);
  await first.page.goto(address);
  await first.page.locator('main h1', { hasText: 'Hello' }).waitFor();
  assert.equal(steps.length, 7);
  run(commands(steps[0]));
  // The open page follows.
  await first.page.locator('main h1', { hasText: 'Hello, world' }).waitFor();
  assert.deepEqual(first.lines, []);
  await first.page.close();
  let shown = 0;
  for (const [at, step] of steps.entries()) {
    const printed = at ? run(commands(step)) : '';
    if (/ check /.test(commands(step))) assert.match(printed, / 0 findings/);
    const published = at === steps.length - 1;
    const site = published ? (await host(t, join(cwd, 'public'))).url : address;
    for (const { path, text } of seen(step)) {
      const url = new URL(path, site).href;
      const has = async () =>
        (await (await fetch(url)).text()).replace(/<[^>]*>/g, '').includes(text);
      // The server learns of a change a moment later.
      if (!published) await until(has, `${text} at ${path}`);
      const { page, lines: messages } = await openPage(t, browser);
      await page.goto(url);
      await page.locator('body', { hasText: text }).waitFor();
      assert.deepEqual(messages, []);
      await page.close();
      shown++;
    }
  }
  assert.ok(shown >= 6, `${shown} pages`);
});
