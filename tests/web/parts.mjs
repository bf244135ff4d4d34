// The test sites as `meridian build` writes them, with and without --raw, and the files of the
// shell that their pages ask for in vain: for raw-parts and written-parts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, PROJECT, SITES } from './hosts.mjs';

const DEMO = join(PROJECT, 'content');
const MOST = 5; // pages of each site but the demo that are opened

/** The folders of the demo and of the test sites, but for those whose names match. */
export const sitesBut = (/** @type {RegExp} */ others) => [
  DEMO,
  ...readdirSync(SITES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !others.test(entry.name))
    .map(({ name }) => join(SITES, name)),
];

/** Of the demo all pages. @template T @param {string} source @param {T[]} pages */
export const someOf = (source, pages) => (source === DEMO ? pages : pages.slice(0, MOST));

/** `baseurl` of a site's configuration. @param {string} source */
export function baseurlOf(source) {
  const config = join(source, '_config.yml');
  const settings = existsSync(config) ? readFileSync(config, 'utf8') : '';
  return /^baseurl: *["']?([^"'\s]*)/m.exec(settings)?.[1] ?? '';
}

/** A site as the command writes it, in a folder of the host's. */
export function written(t, source, { base = '', options = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-parts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const words = ['build', ...options, '--source', source, '--destination', join(folder, base)];
  spawnSync(COMMAND, words, { stdio: 'ignore' }); // sites of the tests have mistakes
  return folder;
}

/** Addresses in `folder` that a host did not have, each once; of its log. */
export const lostIn = (log, folder) => [
  ...new Set(
    log
      .filter(({ path, status }) => status === 404 && path.startsWith(folder))
      .map(({ path }) => path),
  ),
];
