// Paths of Windows for the command, which knows those of POSIX: `C:\sites\mine` is
// `/C:/sites/mine` in it, as in the address of a file, and has slashes alone.

import { win32 } from 'node:path';

// Options whose values are no paths.
const TEXTS = /^--(baseurl|format|jobs|memory|name|theme|time|title|url|width)$/;
// The functions of Node by which the command reaches files, with the number of paths they take.
const ONE_PATH = [
  'chmodSync',
  'chownSync',
  'lstatSync',
  'mkdirSync',
  'openSync',
  'readdirSync',
  'readlinkSync',
  'rmdirSync',
  'statSync',
  'truncateSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
];
const TWO_PATHS = ['renameSync', 'symlinkSync'];

/** As the command has it. @param {string} path */
export function toCommand(path) {
  const slashes = path.replaceAll('\\', '/');
  // `C:name` is a path from the folder that is current on that drive.
  if (/^[a-z]:(?!\/)/i.test(slashes)) return toCommand(win32.resolve(path));
  return /^[a-z]:/i.test(slashes) ? `/${slashes}` : slashes;
}

/** As Node has it, which takes slashes as well. @template T @param {T} path */
export const toNode = (path) =>
  typeof path === 'string' ? path.replace(/^\/([a-z]:)(?=\/|$)/i, '$1') : path;

/**
 * The words of a command line: those that may be paths, as the command has them.
 * @param {string[]} words
 */
export function wordsFor(words) {
  const command = words.find((word) => !word.startsWith('-'));
  let isText = false;
  return words.map((word) => {
    const [name, value] = /^(--[a-z-]+)=([^]*)$/.exec(word)?.slice(1) ?? [word];
    const wasText = isText;
    isText = value === undefined && TEXTS.test(word);
    if (value !== undefined) return TEXTS.test(name) ? word : `${name}=${toCommand(value)}`;
    return wasText || word.startsWith('--') || command === 'places' ? word : toCommand(word);
  });
}

/**
 * Makes the functions by which the command reaches files take and give its paths.
 * @param {Record<string, any>} fs
 * @param {{ cwd: () => string }} process
 */
export function translate(fs, process) {
  for (const [names, count] of /** @type {[string[], number][]} */ ([
    [ONE_PATH, 1],
    [TWO_PATHS, 2],
  ]))
    for (const name of names) {
      const own = fs[name];
      fs[name] = (/** @type {any[]} */ ...words) =>
        own(...words.map((word, at) => (at < count ? toNode(word) : word)));
    }
  const { readlinkSync } = fs;
  fs.readlinkSync = (/** @type {any[]} */ ...words) => toCommand(readlinkSync(...words));
  const cwd = process.cwd.bind(process);
  process.cwd = () => toCommand(cwd());
}
