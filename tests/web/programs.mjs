// Finds the programs that the tests drive.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of the first program that exists: the one that the environment names, then the names in
 * $PATH, then the places.
 * @param {string | undefined} said
 * @param {string[]} names
 * @param {string[]} places
 * @returns {string | null}
 */
export function findProgram(said, names, places) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    said,
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...places,
  ];
  return candidates.find((path) => path && isExecutable(path)) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
