// Finds a text or a regular expression in texts, with what replaces each match. Runs in a worker:
// an expression may take forever.

/**
 * `text`: what is searched; `exact`: upper and lower case differ; `word`: whole words; `pattern`:
 * `text` is a regular expression; `by`: what replaces it.
 * @typedef {{ text: string, exact: boolean, word: boolean, pattern: boolean, by: string }} Query
 */
/**
 * A match: its range, the number of its line, the line around it (cut), and what replaces it.
 * @typedef {{ from: number, to: number, line: number, before: string, found: string, after: string,
 *   by: string }} Match
 */

// Matches that are listed, in all files.
export const MOST = 2000;
// Characters of a line that are shown on each side of a match, and of the match.
const [SIDE, LONG] = [60, 200];

const WORD = /[\p{L}\p{N}_]/u;

/** The regular expression of a query. Throws a SyntaxError if it is none. @param {Query} query */
export function expressionOf({ text, exact, pattern }) {
  const source = pattern ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const flags = exact ? 'gm' : 'gim';
  try {
    return new RegExp(source, `${flags}u`);
  } catch (error) {
    // What the stricter syntax refuses, as an escaped letter.
    if (pattern) return new RegExp(source, flags);
    throw error;
  }
}

/**
 * What replaces a match: `$1`, `$&`, `$<name>`, `$$`, `\n` and `\t` mean what they mean elsewhere.
 * @param {string} by
 * @param {RegExpExecArray} match
 */
const expand = (by, match) =>
  by.replace(/\$(?:([$&])|(\d{1,2})|<([^>]*)>)|\\([nt\\])/g, (all, sign, number, name, escaped) => {
    if (escaped) return { n: '\n', t: '\t', '\\': '\\' }[/** @type {'n'} */ (escaped)];
    if (sign) return sign === '$' ? '$' : match[0];
    if (name !== undefined) return match.groups?.[name] ?? '';
    return Number(number) < match.length && Number(number) > 0 ? (match[number] ?? '') : all;
  });

/** @param {string} text @param {number} from @param {number} to */
const isWord = (text, from, to) =>
  !WORD.test(text.slice(Math.max(0, from - 2), from).match(/.$/u)?.[0] ?? '') &&
  !WORD.test(text.slice(to, to + 2).match(/^./u)?.[0] ?? '');

/**
 * The matches in a text, at most `most`.
 * @param {string} text
 * @param {Query} query
 * @param {number} most
 * @returns {Match[]}
 */
export function search(text, query, most = MOST) {
  /** @type {Match[]} */
  const found = [];
  if (!query.text) return found;
  const expression = expressionOf(query);
  let [line, counted] = [1, 0];
  for (let match; found.length < most && (match = expression.exec(text));) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (from === to) expression.lastIndex++;
    if (from === to || (query.word && !isWord(text, from, to))) {
      if (from !== to) expression.lastIndex = from + 1;
      continue;
    }
    for (; counted < from; counted++) if (text.charCodeAt(counted) === 10) line++;
    const begin = text.lastIndexOf('\n', from - 1) + 1;
    const newline = text.indexOf('\n', to);
    const end = newline < 0 ? text.length : newline;
    const before = text.slice(Math.max(begin, from - SIDE), from);
    const after = text.slice(to, Math.min(end, to + SIDE));
    found.push({
      from,
      to,
      line,
      before: (begin < from - SIDE ? '…' : '') + before.trimStart(),
      found: match[0].length > LONG ? `${match[0].slice(0, LONG)}…` : match[0],
      after: after + (end > to + SIDE ? '…' : ''),
      by: query.pattern ? expand(query.by, match) : query.by,
    });
  }
  return found;
}
