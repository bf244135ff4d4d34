// The declared types of the package: those of the element as it is, and such that mistakes in an app are found.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PROJECT } from './hosts.mjs';
import { makeApp, packageMissing } from './packages.mjs';

const skip = packageMissing();
const OPTIONS = { noEmit: true, strict: true, target: 'ES2022', module: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] };

/** What TypeScript says. @param {string} folder @param {string[]} files @param {object} options */
function check(folder, files, options) {
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
  const { stdout, error } = spawnSync(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', config, '--pretty', 'false'], { encoding: 'utf8' });
  if (error) throw error;
  return stdout;
}

for (const moduleResolution of ['bundler', 'nodenext'])
  test(`apps in TypeScript, with the package as it is packed (${moduleResolution})`, { skip }, (t) => {
    const { folder } = makeApp(t);
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const module = moduleResolution === 'nodenext' ? 'nodenext' : 'ES2022';
    // Of the package's own declarations nothing is skipped; React's and Vue's are theirs.
    assert.equal(check(folder, ['uses.ts'], { moduleResolution, module }), '');
    assert.equal(check(folder, ['react.tsx', 'vue.ts'], { moduleResolution, module, jsx: 'react-jsx', skipLibCheck: true }), '');
    const wrong = readFileSync(join(folder, 'uses.ts'), 'utf8').replace(/^.*@ts-expect-error.*$/gm, '');
    writeFileSync(join(folder, 'wrong.ts'), wrong);
    assert.equal(check(folder, ['wrong.ts'], { moduleResolution, module }).match(/error TS/g)?.length, 5);
  });

test('the element is what is declared', { skip }, (t) => {
  const folder = mkdtempSync(join(PROJECT, 'build/types-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const agreeing = `
import { MeridianProfile as Real } from '../../web/profile/element.js';
import type { Profile as RealProfile } from '../../web/profile/format.js';
import { MeridianProfile, Profile } from '../../web/profile/index.js';
export const element: MeridianProfile = new Real();
export const constructor: new () => MeridianProfile = Real;
export const names: typeof MeridianProfile.observedAttributes = Real.observedAttributes;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };
export const same: Same<Flat<Profile>, Flat<RealProfile>> = true;
`;
  const options = { allowJs: true, checkJs: true, moduleResolution: 'bundler', skipLibCheck: true };
  writeFileSync(join(folder, 'agrees.ts'), agreeing);
  assert.equal(check(folder, ['agrees.ts'], options), '');
  writeFileSync(join(folder, 'differs.ts'), agreeing.replace('const element: MeridianProfile', 'const element: MeridianProfile & { other: string }').replace('Flat<Profile>', "Flat<Omit<Profile, 'bio'>>"));
  assert.equal(check(folder, ['differs.ts'], options).match(/error TS2322/g)?.length, 2);
});

test('the manifest is one of schema 2.1.0', { skip }, (t) => {
  const { folder, installed } = makeApp(t);
  const manifest = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
  assert.equal(manifest.schemaVersion, '2.1.0');
  // The schema has the fields of an element, but does not say where.
  const { members } = manifest.modules[0].declarations[0];
  const fields = members.filter(({ kind }) => kind === 'field');
  manifest.modules[0].declarations[0].members = members.map(({ attribute, reflects, ...rest }) => rest);
  const schema = (text) => {
    const types = "import type { CustomElementField, Package } from 'custom-elements-manifest/schema.d.ts';\n";
    writeFileSync(join(folder, 'manifest.ts'), `${types}export const manifest: Package = ${text};\nexport const fields: CustomElementField[] = ${JSON.stringify(fields)};\n`);
    return check(folder, ['manifest.ts'], { moduleResolution: 'bundler', allowImportingTsExtensions: true });
  };
  assert.equal(schema(JSON.stringify(manifest)), '');
  assert.match(schema(JSON.stringify(manifest).replace('"cssParts"', '"parts"')), /error TS/);
});
