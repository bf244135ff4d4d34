// The table in docs/faults.md: what a visitor sees, for each file and each fault. The visits of
// network.test.mjs write it and compare with it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from './broken.mjs';
import { PROJECT } from './hosts.mjs';

const FILE = join(PROJECT, 'docs/faults.md');
const [BEGIN, END] = ['<!-- written by MERIDIAN_FAULTS=write -->\n', '<!-- /written -->\n'];
const NAMES = Object.keys(FAULTS);

/**
 * @typedef {Map<string, Record<string, string>>} Rows by title and file; in each a word by fault
 */
/** @param {string} title of a kind of visit @param {string} file */
export const rowOf = (title, file) => `${title}: ${file}`;

const parts = () => {
  const text = readFileSync(FILE, 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
};

/** @returns {Rows} */
export function readTable() {
  const rows = new Map();
  let title = '';
  for (const line of parts()[1].split('\n')) {
    title = /^### (.*)/.exec(line)?.[1] ?? title;
    const [, file, ...words] = line.split('|').map((cell) => cell.trim());
    if (file?.startsWith('`'))
      rows.set(
        rowOf(title, file.replaceAll('`', '')),
        Object.fromEntries(NAMES.map((name, at) => [name, words[at]])),
      );
  }
  return rows;
}

/** @param {{ title: string, files: string[] }[]} visits @param {Rows} rows */
export function writeTable(visits, rows) {
  const [before, , behind] = parts();
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  const tables = visits.map(({ title, files }) => {
    const body = files.map((file) =>
      line([`\`${file}\``, ...NAMES.map((name) => rows.get(rowOf(title, file))?.[name] ?? '')]),
    );
    const head = line(['file', ...NAMES]) + line(['---', ...NAMES.map(() => '---')]);
    return `\n### ${title}\n\n${head}${body.join('')}`;
  });
  writeFileSync(FILE, `${before}${tables.join('')}\n${behind}`);
}
