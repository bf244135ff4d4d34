// The npm package of the profile card as an app uses it: packed, installed in node_modules,
// bundled.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PROJECT } from './hosts.mjs';

export const PACKAGE = join(PROJECT, 'build/package/meridian-profile');
const SAMPLES = join(PROJECT, 'tests/web/package');
// The packages that apps use beside it.
const OTHERS = [
  '@types/react',
  '@vue',
  'csstype',
  'custom-elements-manifest',
  'react',
  'react-dom',
  'scheduler',
  'vue',
];

/** The reason to skip, or undefined. */
export const packageMissing = () =>
  existsSync(join(PACKAGE, 'package.json'))
    ? undefined
    : 'build/package is not there: python3 serve.py --build';

let made;
/**
 * A folder with the sample apps, and with the package as `npm pack` makes it in `node_modules`;
 * shared by all tests of a file, as packing takes seconds.
 */
export const makeApp = () => (made ??= pack());

function pack() {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-app-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const packages = join(folder, 'node_modules');
  const installed = join(packages, 'meridian-profile');
  mkdirSync(installed, { recursive: true });
  const said = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: PACKAGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 << 20 },
  );
  const answer = JSON.parse(said);
  const [{ filename, files }] = Array.isArray(answer) ? answer : Object.values(answer);
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  cpSync(SAMPLES, folder, { recursive: true });
  for (const name of OTHERS) {
    mkdirSync(join(packages, name, '..'), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules', name), join(packages, name));
  }
  return { folder, installed, files: files.map(({ path }) => path) };
}

/**
 * Bundles a sample app with code splitting, and puts the package's other files beside it.
 * @param {ReturnType<typeof makeApp>} app
 * @param {string} entry
 * @param {import('esbuild').BuildOptions} [options]
 */
export async function bundle({ folder, installed }, entry, options) {
  const out = join(folder, 'site');
  rmSync(out, { recursive: true, force: true });
  // esbuild does not rewrite `new URL('./x.wasm', import.meta.url)`: the files are copied to where
  // it leads.
  cpSync(installed, out, {
    recursive: true,
    filter: (path) =>
      !/places/.test(path) && (path === installed || /\.(wasm|txt|bin)$|worker\.js$/.test(path)),
  });
  symlinkSync(join(installed, 'places'), join(out, 'places'));
  await build({
    absWorkingDir: folder,
    entryPoints: [join(folder, entry)],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    logLevel: 'error',
    jsx: 'automatic',
    alias: { vue: 'vue/dist/vue.esm-bundler.js' },
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    ...options,
  });
  return out;
}
