// The files that were left out of a project, in words for its reader.

/**
 * Paths by why they are not what they were: `named`: no file of a project can be called so;
 * `linked`: links to other files; `twice`: the last one counts.
 * @typedef {{ named?: string[], linked?: string[], twice?: string[] }} Left
 */

// Paths that are told of each kind, and how much of one.
const MOST = 3;
const LONGEST = 60;

/**
 * Escapes characters that can't be seen, or change the direction of text.
 * @param {string} path
 */
const shown = (path) =>
  `“${path.slice(0, LONGEST).replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)}${path.length > LONGEST ? '…' : ''}”`;

/** @param {string[]} paths */
function counted(paths) {
  const others = paths.length - MOST;
  return `${paths.slice(0, MOST).map(shown).join(', ')}${others > 0 ? ` and ${others.toLocaleString()} more` : ''}`;
}

/** Nothing where all is there. @param {Left} [left] */
export function describeLeft({ named = [], linked = [], twice = [] } = {}) {
  const all = /** @type {const} */ ([
    ['Left out, as no file of a project can have such a path', named],
    ['Left out, as they are links or devices and no files', linked],
    ['There more than once, of which the last counts', twice],
  ]);
  return all
    .filter(([, paths]) => paths.length)
    .map(([why, paths]) => `${why}: ${counted(paths)}.`)
    .join(' ');
}
