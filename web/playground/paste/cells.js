// Cells of a spreadsheet as a table.

import { formatTable } from '../editor/tables.js';

/**
 * The rows of text whose cells are between tabs; one in quotes may have line breaks.
 * @param {string} text
 */
export function cellsOf(text) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"(?=\t|\r?\n|$)|[^\t\r\n]*)(\t|\r?\n|$)/y;
  while (cell.lastIndex < text.length || rows[rows.length - 1].length) {
    const found = cell.exec(text);
    if (!found) break;
    const [, content, end] = found;
    const quoted = content.startsWith('"') && content.endsWith('"') && content.length > 1;
    rows[rows.length - 1].push(quoted ? content.slice(1, -1).replaceAll('""', '"') : content);
    if (!end) break;
    if (end !== '\t') {
      if (cell.lastIndex >= text.length) break;
      rows.push([]);
    }
  }
  return rows.filter((row) => row.some((text) => text.trim()));
}

const NUMBER = /^[-+−]?[\d\s.,'’]*\d\s*[%°€$£]?$/;

/**
 * A Markdown table, its first row the head.
 * @param {string[][]} rows
 * @param {string[]} [sides] the cells of the rule; else columns of numbers are aligned at their end
 */
export function tableOf(rows, sides) {
  const width = Math.max(...rows.map((row) => row.length));
  const full = rows.map((row) =>
    Array.from({ length: width }, (_, column) =>
      (row[column] ?? '')
        .trim()
        .replace(/(^|[^\\])\|/g, '$1\\|')
        .replace(/\s*\n\s*/g, '<br>'),
    ),
  );
  const rule = Array.from({ length: width }, (_, column) => {
    if (sides) return sides[column] ?? '---';
    const values = full
      .slice(1)
      .map((row) => row[column])
      .filter(Boolean);
    return values.length && values.every((value) => NUMBER.test(value)) ? '--:' : '---';
  });
  const line = (/** @type {string[]} */ row) => `| ${row.join(' | ')} |`;
  return formatTable([line(full[0]), line(rule), ...full.slice(1).map(line)]).join('\n');
}
