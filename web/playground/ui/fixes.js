// Edits that solve a problem, where its remedy says which.

/** @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic */
/**
 * An edit of a file; positions are those of its text.
 * @typedef {{ label: string, path: string, from: number, to: number, by: string, was: string }}
 *   Fix
 */

const MEANT = /did you mean [`']([^`']+)[`']\?/i;
const QUOTE =
  /unclosed quote|needs quotes|put it in quotes|put the (?:value|text) in quotes|in quotes/i;

/**
 * The offset of a place that counts lines, and characters of a line, from 1.
 * @param {string} text
 * @param {number} line
 * @param {number} column
 */
function offsetOf(text, line, column) {
  let begin = 0;
  for (let at = 1; at < line; at++) {
    begin = text.indexOf('\n', begin) + 1;
    if (!begin) return undefined;
  }
  const newline = text.indexOf('\n', begin);
  const content = text.slice(begin, newline < 0 ? text.length : newline);
  return { begin, content, at: begin + [...content].slice(0, column - 1).join('').length };
}

/**
 * @param {Diagnostic} problem
 * @param {(path: string) => string | undefined} textOf
 * @returns {Fix | undefined}
 */
export function fixOf({ message, remedy = '', file, line, column = 1 }, textOf) {
  const text = file && line ? textOf(file) : undefined;
  if (text === undefined || !line || !file) return undefined;
  const place = offsetOf(text, line, column);
  if (!place) return undefined;
  const [, meant] = MEANT.exec(remedy) ?? [];
  // What is named in the message stands at the place, or in its line.
  const named = [...message.matchAll(/[`']([^`']+)[`']/g)].map(([, name]) => name);
  if (meant) {
    const anchor = meant.startsWith('#');
    for (const name of named) {
      const wrong = anchor && name.includes('#') ? name.slice(name.indexOf('#')) : name;
      const near = text.startsWith(wrong, place.at) ? place.at : text.indexOf(wrong, place.at);
      const first =
        near >= 0 && near <= place.begin + place.content.length
          ? near
          : place.begin + place.content.indexOf(wrong);
      if (first < place.begin || !text.startsWith(wrong, first) || wrong === meant) continue;
      const by = addressLike(wrong, meant);
      return {
        label: `Change to ${by}`,
        path: file,
        from: first,
        to: first + wrong.length,
        by,
        was: wrong,
      };
    }
  }
  if (QUOTE.test(remedy) && /\.ya?ml$|^---/.test(file + text.slice(0, 3))) {
    const [, head, value] =
      /^(\s*(?:-\s+)?[\w-]+\s*:\s+)([^"'[{|>\s].*?)\s*$/.exec(place.content) ?? [];
    if (value && value.includes(': '))
      return {
        label: 'Add quotes',
        path: file,
        from: place.begin + head.length,
        to: place.begin + head.length + value.length,
        by: JSON.stringify(value),
        was: value,
      };
  }
  return undefined;
}

/**
 * A path of the output, written like the address that it replaces.
 * @param {string} wrong
 * @param {string} meant
 */
function addressLike(wrong, meant) {
  if (!/\/index\.html$/.test(meant)) return meant;
  return /\/$/.test(wrong) || !/\.html?$/.test(wrong) ? meant.replace(/index\.html$/, '') : meant;
}

/**
 * The files as they become; what has changed since stays.
 * @param {Fix[]} fixes
 * @param {(path: string) => string | undefined} textOf
 * @returns {import('../project/edits.js').FileChange[]}
 */
export const changesOf = (fixes, textOf) =>
  [...new Set(fixes.map(({ path }) => path))].flatMap((path) => {
    const text = textOf(path) ?? '';
    let [made, end] = [text, text.length];
    // From the last to the first, so that positions stay valid.
    for (const { from, to, by, was } of fixes
      .filter((fix) => fix.path === path)
      .sort((a, b) => b.from - a.from)) {
      if (to > end || text.slice(from, to) !== was) continue;
      made = made.slice(0, from) + by + made.slice(to);
      end = from;
    }
    return made === text ? [] : [[path, text, made]];
  });
