// Changes of files below some folders, as open pages should follow them: each burst is reported
// once (debounced), within milliseconds.

import { readdirSync, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

// Milliseconds without a further change that end a burst (an editor's save, a checkout), and after
// which one is reported in any case.
const QUIET_MS = 30;
const LONGEST_BURST_MS = 200;
// Milliseconds between two looks at the times of all files, where the system can't watch them; on a
// large site at most a fifth of the time is spent on that.
const POLL_MS = 50;
const REST = 4;
// Folders of tools and of builds, and temporary files of editors: never sources of a site.
const IGNORED =
  /^(node_modules|__pycache__|_site|\.git|\.jekyll-cache|\.sass-cache|vendor|4913|\.?#.*|\.goutputstream.*|.*(~|\.sw[px]|\.tmp))$/;

/** By what a change of a file is known. @param {import('node:fs').Stats} status */
export const stateOf = ({ mtimeMs, size }) => `${mtimeMs}-${size}`;

/**
 * What each file below the folders is known by, and the folders themselves, by path.
 * @param {string[]} roots
 * @param {(folder: string) => void} [enter] gets each folder before its files are listed
 * @returns {Map<string, string>}
 */
export function snapshot(roots, enter = () => {}) {
  const found = new Map();
  const rest = [...roots];
  for (let folder = rest.pop(); folder !== undefined; folder = rest.pop()) {
    try {
      enter(folder);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (IGNORED.test(entry.name)) continue;
        if (entry.isDirectory()) rest.push(path);
        const status = entry.isDirectory() ? undefined : statSync(path, { throwIfNoEntry: false });
        if (status?.isFile()) found.set(path, stateOf(status));
      }
    } catch (error) {
      // Folders may go meanwhile.
      const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
      if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(code)) throw error;
    }
  }
  return found;
}

/** Watches each folder: Node's own recursive watching loses files of new folders on Linux. */
function watchFolders(/** @type {string[]} */ roots, /** @type {(path: string) => void} */ note) {
  /** @type {Map<string, import('node:fs').FSWatcher>} */
  const watchers = new Map();
  const forget = (/** @type {string} */ folder) => {
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(folder + sep)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };
  const enter = (/** @type {string} */ folder) => {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (event, name) => {
      if (!name || IGNORED.test(name)) return;
      const path = join(folder, name);
      note(path);
      if (event !== 'rename') return;
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return forget(path);
      // Files that came before the folder was watched.
      for (const file of snapshot([path], enter).keys()) note(file);
    });
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
  };
  const end = () => roots.forEach(forget);
  try {
    snapshot(roots, enter);
  } catch (error) {
    end();
    throw error;
  }
  return end;
}

/** Where the system can't watch, or its number of watches is used up. */
function poll(/** @type {string[]} */ roots, /** @type {(path: string) => void} */ note) {
  let known = snapshot(roots);
  /** @type {NodeJS.Timeout} */
  let timer;
  const look = () => {
    const begin = performance.now();
    const now = snapshot(roots);
    for (const path of new Set([...now.keys(), ...known.keys()]))
      if (now.get(path) !== known.get(path)) note(path);
    known = now;
    timer = setTimeout(look, Math.max(POLL_MS, REST * (performance.now() - begin)));
  };
  timer = setTimeout(look, POLL_MS);
  return () => clearTimeout(timer);
}

/**
 * Calls `report` after each burst of changes below the folders.
 * @param {string[]} roots
 * @param {(paths: Set<string>) => void} report
 * @param {boolean} [polls] looks at the times of all files
 * @returns {() => void} ends it
 */
export function follow(roots, report, polls = false) {
  /** @type {Set<string>} */
  let changed = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let pending;
  let begin = 0;
  const send = () => {
    const paths = changed;
    changed = new Set();
    report(paths);
  };
  const note = (/** @type {string} */ path) => {
    if (!changed.size) begin = Date.now();
    changed.add(path);
    clearTimeout(pending);
    pending = setTimeout(
      send,
      Math.min(QUIET_MS, Math.max(0, begin + LONGEST_BURST_MS - Date.now())),
    );
  };
  let end;
  try {
    end = polls ? poll(roots, note) : watchFolders(roots, note);
  } catch {
    end = poll(roots, note);
  }
  return () => {
    clearTimeout(pending);
    end();
  };
}
