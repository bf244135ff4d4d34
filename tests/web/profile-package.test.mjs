// The npm package of the profile card: its contents, and a browser's requests for them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browserOrSkip } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { PROJECT } from './hosts.mjs';
import { makeApp, packageMissing } from './packages.mjs';
import { PERSON, hostPage, sources, written } from './profiles.mjs';

const skip = packageMissing();
const paths = (value) =>
  typeof value === 'string' ? [value] : Object.values(value).flatMap(paths);

test('every file that package.json names exists, and there are no others', { skip }, () => {
  const { installed, files } = makeApp();
  const said = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  assert.match(
    readFileSync(join(PROJECT, 'CMakeLists.txt'), 'utf8'),
    new RegExp(`^project\\(meridian VERSION ${said.version} `, 'm'),
  );
  for (const path of [...paths(said.exports), said.types, said.customElements])
    assert.ok(existsSync(join(installed, path)), path);
  for (const name of ['README.md', 'LICENSE', 'NOTICE.txt', 'places/NOTICE.txt'])
    assert.ok(files.includes(name), name);
  assert.deepEqual(
    files.filter((path) => /\.(br|gz|map|mjs|tgz)$|^\.|node_modules/.test(path)),
    [],
  );
  // Paths of the build machine must not appear.
  for (const path of files.filter((path) => /\.(js|json|md|ts|html|txt)$/.test(path)))
    assert.ok(!readFileSync(join(installed, path), 'utf8').includes(PROJECT), path);
});

test(
  'scripts reference files in a form that bundlers resolve, and the files exist',
  { skip },
  () => {
    const { installed, files } = makeApp();
    for (const name of files.filter((path) => /^(profile|globe).*\.js$/.test(path))) {
      const text = readFileSync(join(installed, name), 'utf8');
      for (const [, path] of text.matchAll(/\bimport\(([^)]*)\)/g))
        assert.match(path, /^"\.\/[\w.-]+"$/, name);
      for (const [what] of text.matchAll(/.{0,60}import\.meta/g))
        assert.match(what, /new URL\("\.\/[\w.-]+",import\.meta$/, name);
      for (const [, path] of text.matchAll(/"\.\/([\w.-]+)"/g))
        assert.ok(files.includes(path), `${name}: ${path}`);
    }
  },
);

test('importing it on a server has no effect', { skip }, () => {
  const { folder } = makeApp();
  const script =
    "import('meridian-profile').then(({ MeridianProfile }) => console.log(typeof MeridianProfile))";
  assert.equal(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    }),
    'undefined\n',
  );
});

for (const raw of [false, true])
  test(
    `served as files: a card of ${raw ? 'raw sources' : 'profile.json'} finds every file that it loads`,
    { skip: skip ?? demoMissing() },
    async (t) => {
      const browser = await browserOrSkip(t);
      if (!browser) return;
      const { installed } = makeApp();
      const body =
        '<meridian-profile src="{site}" show="News globe publications" loading="eager"></meridian-profile>';
      const { page, lines, shell } = await hostPage(
        t,
        browser,
        (raw ? sources : written)(t, PERSON),
        body,
        { dist: installed, script: 'profile.js' },
      );
      await page.locator('meridian-globe[ready]').waitFor();
      await page.locator('meridian-profile .html').waitFor();
      await page.locator('meridian-globe canvas[aria-label]').waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(
        shell.log.filter(({ status }) => status !== 200),
        [],
      );
      const asked = shell.log.map(({ path }) => path);
      for (const path of [
        '/globe.wasm',
        '/globe-interaction.js',
        '/profile-sections.js',
        ...(raw ? ['/live.wasm', '/profile-worker.js', '/places/index.bin'] : []),
      ])
        assert.ok(asked.includes(path), path);
      assert.deepEqual(
        lines.filter((line) => !line.includes('profile.json')),
        [],
      );
    },
  );
