// The package's type declarations match the element, and find mistakes in an app.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PROJECT } from './hosts.mjs';
import { makeApp, packageMissing } from './packages.mjs';

const skip = packageMissing();
const OPTIONS = {
  noEmit: true,
  strict: true,
  target: 'ES2022',
  module: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
};

/**
 * TypeScript's diagnostics.
 * @param {string} folder
 * @param {string[]} files
 * @param {object} options
 */
function check(folder, files, options) {
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
  const { stdout, error } = spawnSync(
    process.execPath,
    [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', config, '--pretty', 'false'],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  return stdout;
}

// Diagnostics are in the expected files.
const ofOthers = (said, file) =>
  said.split('\n').filter((line) => line.includes(': error TS') && !line.includes(`/${file}(`));

for (const moduleResolution of ['bundler', 'nodenext'])
  test(`TypeScript apps compile with the packed package (${moduleResolution})`, { skip }, () => {
    const { folder } = makeApp();
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const module = moduleResolution === 'nodenext' ? 'nodenext' : 'ES2022';
    writeFileSync(
      join(folder, 'wrong.ts'),
      readFileSync(join(folder, 'uses.ts'), 'utf8').replace(/^.*@ts-expect-error.*$/gm, ''),
    );
    const said = check(folder, ['uses.ts', 'react.tsx', 'vue.ts', 'wrong.ts'], {
      moduleResolution,
      module,
      jsx: 'react-jsx',
      skipLibCheck: true,
    });
    assert.deepEqual(ofOthers(said, 'wrong.ts'), []);
    assert.equal(said.match(/error TS/g)?.length, 5);
  });

test('the declarations match the element', { skip }, (t) => {
  const folder = mkdtempSync(join(PROJECT, 'build/types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const agreeing = `
import { MeridianProfile as Real } from '../../web/profile/element.js';
import type { Profile as RealProfile } from '../../web/profile/validate.js';
import { MeridianProfile, Profile } from '../../web/profile/index.js';
export const element: MeridianProfile = new Real();
export const constructor: new () => MeridianProfile = Real;
export const names: typeof MeridianProfile.observedAttributes = Real.observedAttributes;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };
export const same: Same<Flat<Profile>, Flat<RealProfile>> = true;
`;
  writeFileSync(join(folder, 'agrees.ts'), agreeing);
  writeFileSync(
    join(folder, 'differs.ts'),
    agreeing
      .replace(
        'const element: MeridianProfile',
        'const element: MeridianProfile & { other: string }',
      )
      .replace('Flat<Profile>', "Flat<Omit<Profile, 'bio'>>"),
  );
  // Without skipLibCheck for the package's own declarations.
  const said = check(folder, ['agrees.ts', 'differs.ts'], {
    allowJs: true,
    checkJs: true,
    moduleResolution: 'bundler',
  });
  assert.deepEqual(ofOthers(said, 'differs.ts'), []);
  assert.equal(said.match(/error TS2322/g)?.length, 2);
});

test('the manifest is valid for schema 2.1.0', { skip }, () => {
  const { folder, installed } = makeApp();
  const manifest = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
  assert.equal(manifest.schemaVersion, '2.1.0');
  // The schema has the fields of an element, but not their place.
  const { members } = manifest.modules[0].declarations[0];
  const fields = members.filter(({ kind }) => kind === 'field');
  manifest.modules[0].declarations[0].members = members.map(
    ({ attribute, reflects, ...rest }) => rest,
  );
  const write = (name, text) =>
    writeFileSync(
      join(folder, name),
      `import type { CustomElementField, Package } from 'custom-elements-manifest/schema.d.ts';\nexport const manifest: Package = ${text};\nexport const fields: CustomElementField[] = ${JSON.stringify(fields)};\n`,
    );
  write('manifest.ts', JSON.stringify(manifest));
  write('wrong.ts', JSON.stringify(manifest).replace('"cssParts"', '"parts"'));
  const said = check(folder, ['manifest.ts', 'wrong.ts'], {
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  });
  assert.deepEqual(ofOthers(said, 'wrong.ts'), []);
  assert.match(said, /error TS/);
});
