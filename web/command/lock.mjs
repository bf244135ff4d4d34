// One build at a time in a folder. Node has no lock that the system lets go of with a process: a
// file names the process that holds the folder. It lies among the temporary files, since what lies
// in the folder is published.

import { lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

// Milliseconds. No build takes longer; another process may have got the number of one that was
// killed.
const LONGEST_BUILD = 3_600_000;

/** Whether a process with this number runs. @param {number} id */
function isRunning(id) {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Whether a lock's file is of a process that still holds it. @param {string} file */
function isHeld(file) {
  const holder = Number(readFileSync(file, 'utf8'));
  const age = Date.now() - statSync(file).mtimeMs;
  // In a container a process may have the number of the one that was killed there.
  return holder > 0 && holder !== process.pid && age < LONGEST_BUILD && isRunning(holder);
}

/**
 * Takes a folder until the process ends. False when another process has it; a folder that can't be
 * locked counts as taken.
 * @param {string} folder that exists
 */
export function lock(folder) {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    const { uid } = userInfo();
    const folderOfLocks = join(tmpdir(), `meridian-${uid}`);
    mkdirSync(folderOfLocks, { mode: 0o700, recursive: true });
    // Anybody else who made it could hold folders that are not theirs.
    if (uid >= 0 && lstatSync(folderOfLocks).uid !== uid) return true;
    const file = join(folderOfLocks, `${dev}-${ino}.lock`);
    for (let tries = 0; tries < 2; tries++)
      try {
        writeFileSync(file, String(process.pid), { flag: 'wx' });
        process.once('exit', () => rmSync(file, { force: true }));
        return true;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
        if (isHeld(file)) return false;
        rmSync(file, { force: true });
      }
    return false;
  } catch {
    return true;
  }
}
