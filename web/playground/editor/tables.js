// Aligns the columns of Markdown tables: only spaces around separators change, so that a table's
// meaning does not.

// Characters that are two columns wide: East Asian ones and emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /\p{Mn}|\p{Me}|\p{Cf}/u;

/** The width of a text in columns. @param {string} text */
export const widthOf = (text) =>
  [...text].reduce((sum, sign) => sum + (NONE.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1), 0);

// Characters of a row. Code and Liquid are searched up to the end of the line, from each character.
const LONGEST_ROW = 5000;

// A line of Liquid tags only may be in a table that they repeat.
const TAGS = /^\s*(\{%([^%]|%(?!\}))*%\}\s*)+$/;
/** @param {string} line */
const isTags = (line) => line.length <= LONGEST_ROW && TAGS.test(line);
const RULE = /^[ \t|:=+-]*[-=][ \t|:=+-]*$/;

/**
 * The cells of a row: bars in code, in Liquid and after a backslash separate nothing.
 * @param {string} line
 */
function cells(line) {
  const found = [''];
  // kramdown reads a plus in a delimiter row as a bar.
  const text = RULE.test(line) ? line.replaceAll('+', '|') : line;
  for (const [part] of text
    .trim()
    .matchAll(/\\.|(`+)(?!`).*?[^`]\1(?!`)|\{\{.*?\}\}|\{%.*?%\}|[^]/g)) {
    if (part === '|') found.push('');
    else found[found.length - 1] += part;
  }
  return found.map((cell) => cell.trim());
}

/** @param {string} line */
const isRow = (line) => line.length <= LONGEST_ROW && cells(line).length > 1;

/**
 * The first and the last line of the table around a line.
 * @param {string[]} lines
 * @param {number} at
 * @returns {[first: number, last: number] | undefined}
 */
export function tableAround(lines, at) {
  const within = (/** @type {number} */ i) =>
    lines[i] !== undefined && (isRow(lines[i]) || isTags(lines[i]));
  let [first, last] = [at, at];
  if (!within(at)) return undefined;
  while (within(first - 1)) first--;
  while (within(last + 1)) last++;
  while (isTags(lines[first])) first++;
  while (last > first && isTags(lines[last])) last--;
  return first <= at &&
    at <= last &&
    lines.slice(first, last + 1).some((line) => RULE.test(line) && line.includes('-'))
    ? [first, last]
    : undefined;
}

/** A row of a table: its cells; `rule`: it separates the head. @param {string} line */
function rowOf(line) {
  const row = cells(line);
  if (row[0] === '') row.shift();
  if (row.length > 1 && row[row.length - 1] === '') row.pop();
  return { row, rule: RULE.test(line) };
}

/** The rows of a table; undefined: Liquid repeats some of them. @param {string[]} lines */
export const rowsOf = (lines) => (lines.some(isTags) ? undefined : lines.map(rowOf));

/** @param {string[]} lines of a table @returns {string[]} */
export function formatTable(lines) {
  const margin = /^\s*/.exec(lines[0])?.[0] ?? '';
  const rows = lines.map((line) => (isTags(line) ? undefined : rowOf(line)));
  const texts = rows.flatMap((one) => (one && !one.rule ? [one.row] : []));
  const rule = rows.find((one) => one?.rule)?.row ?? [];
  const count = Math.max(rule.length, ...texts.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(3, ...texts.map((row) => widthOf(row[column] ?? ''))),
  );
  const sides = widths.map(
    (_, column) =>
      /^(:?).*?(:?)$/
        .exec(rule[column] ?? '')
        ?.slice(1)
        .map(Boolean) ?? [],
  );
  return lines.map((line, at) => {
    const one = rows[at];
    if (!one) return line;
    // Missing cells are not added: a longer delimiter row may no longer form a table.
    const made = one.row.map((text, column) => {
      const width = widths[column];
      if (one.rule) {
        const fill = text.includes('=') ? '=' : '-';
        const [begin, end] = [
          text.startsWith(':') ? ':' : '',
          text.length > 1 && text.endsWith(':') ? ':' : '',
        ];
        return begin + fill.repeat(width + 2 - begin.length - end.length) + end;
      }
      const room = width - widthOf(text);
      const [left, right] = sides[column];
      const before = right ? (left ? room >> 1 : room) : 0;
      return ` ${' '.repeat(before)}${text}${' '.repeat(room - before)} `;
    });
    return `${margin}|${made.join('|')}|`;
  });
}
