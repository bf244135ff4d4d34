// Describes the files that were omitted from a project.

/**
 * Paths by reason: `named`: not valid as a project's path; `linked`: symbolic links; `unread`: the
 * browser can't read them; `twice`: duplicates, of which the last one counts.
 * @typedef {{ named?: string[], linked?: string[], unread?: string[], twice?: string[] }} Left
 */

// Number of paths listed for each reason, and characters of one.
const MOST = 3;
const LONGEST = 60;

/** Escapes invisible characters and directional marks. @param {string} path */
const shown = (path) =>
  `“${path.slice(0, LONGEST).replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)}${path.length > LONGEST ? '…' : ''}”`;

/** @param {string[]} paths */
function counted(paths) {
  const others = paths.length - MOST;
  return `${paths.slice(0, MOST).map(shown).join(', ')}${others > 0 ? ` and ${others.toLocaleString()} more` : ''}`;
}

/** Undefined where nothing was omitted. @param {Left} [left] */
export function describeLeft({ named = [], linked = [], unread = [], twice = [] } = {}) {
  const all = /** @type {const} */ ([
    ['Skipped, because their paths are not valid in a project', named],
    ['Skipped, because they are links or devices, not files', linked],
    ['Skipped, because they can’t be read', unread],
    ['Contained more than once; the last one counts', twice],
  ]);
  return all
    .filter(([, paths]) => paths.length)
    .map(([why, paths]) => `${why}: ${counted(paths)}.`)
    .join(' ');
}
