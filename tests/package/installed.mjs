// The command for Node as its users have it: packed and installed by npm, once for a file of tests.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const PACKAGE = resolve('build/package/meridian-site');
export const NATIVE = resolve('build/native/meridian');

// Milliseconds after which a command counts as hung.
const HANG = 120_000;

/** Why these tests are skipped, if they are. */
export const missing = () =>
  [NATIVE, join(PACKAGE, 'package.json')].every((path) => existsSync(path))
    ? undefined
    : 'it is not built: python3 serve.py --build';

/**
 * Installs the package in a new folder.
 * @returns `archive`: what `npm pack` made; `folder`: of the installed package; `program`: the one
 *   that npm has linked
 */
export function install() {
  const app = mkdtempSync(join(tmpdir(), 'meridian-package-'));
  const npm = (...words) =>
    execFileSync('npm', words, {
      cwd: app,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  npm('pack', PACKAGE, '--silent');
  const [archive] = readdirSync(app);
  writeFileSync(join(app, 'package.json'), '{}');
  npm('install', `./${archive}`, '--offline', '--no-audit', '--no-fund', '--silent');
  return {
    archive: join(app, archive),
    folder: join(app, 'node_modules/meridian-site'),
    program: join(app, 'node_modules/.bin/meridian'),
    remove: () => rmSync(app, { recursive: true, force: true }),
  };
}

/** Runs a command to its end. */
export function run(program, words, { cwd, env } = {}) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    env: { ...process.env, JEKYLL_ENV: '', SOURCE_DATE_EPOCH: '', ...env },
    maxBuffer: 1 << 28,
    timeout: HANG,
  });
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

/** Writes files by path into a folder. */
export function put(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
