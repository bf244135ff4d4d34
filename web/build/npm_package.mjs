// What the npm packages have in common: the version, folders of the shell, whose work is in them.

import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

const read = (...path) => readFileSync(join(...path), 'utf8');

/** The version of the whole project. */
export const version = () =>
  /^project\(meridian VERSION ([\d.]+)/m.exec(read(ROOT, 'CMakeLists.txt'))?.[1] ?? '0.0.0';

/**
 * Copies a folder of the shell but for compressed forms.
 * @param {string} from
 * @param {string} to
 */
export const copyFolder = (from, to) =>
  cpSync(from, to, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });

/** @param {string} name of a node package, or the beginning of a folder of sources */
function licence(name) {
  const sources = join(ROOT, 'build/sources');
  const unpacked = existsSync(sources)
    ? readdirSync(sources).find((folder) => folder.startsWith(`${name}-`))
    : undefined;
  const folder = unpacked ? join(sources, unpacked) : join(ROOT, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[sc]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} has no licence in ${folder}`);
  return read(folder, file).trim();
}

// Works in the public domain need no licence's text.
const FREE = ['simple-icons'];

/**
 * The text of NOTICE.txt.
 * @param {string} untold about works whose licences are not at hand
 * @param {string[][]} others third-party code and drawings: the node package, or the beginning of
 *   the folder of sources that the build has unpacked; and what of it is where
 */
export const notice = (untold, others) =>
  `This package contains, beside Meridian's own code (LICENSE):\n\n${untold}\n\n` +
  others
    .map(
      ([name, what]) =>
        `${'-'.repeat(80)}\n${what}\n${FREE.includes(name) ? '' : `\n${licence(name)}\n`}`,
    )
    .join('\n');
