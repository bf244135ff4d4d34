// A table as a grid of fields: rows, columns and their alignment.

import { make } from '../../base/elements.js';
import { rowsOf, tableAround } from '../editor/tables.js';
import { button } from '../ui/buttons.js';
import { tableOf } from '../paste/cells.js';

/** @typedef {import('../playground.js').Playground} Playground */

/**
 * A table: its place in the source, its cells, and how its columns are aligned.
 * @typedef {{ from: number, to: number, rows: string[][], sides: string[] }} Table
 */

const SIDES = /** @type {const} */ ([
  ['start', 'Align start', 'M4 6h16M4 12h9m-9 6h13', '---'],
  ['centre', 'Align centre', 'M4 6h16M7.5 12h9m-11 6h13', ':-:'],
  ['end', 'Align end', 'M4 6h16m-9 6h9M7 18h13', '--:'],
]);

/**
 * The table around the caret.
 * @param {import('@codemirror/state').EditorState} state
 * @returns {Table | undefined}
 */
export function tableAt({ doc, selection }) {
  const lines = doc.toString().split('\n');
  const around = tableAround(lines, doc.lineAt(selection.main.head).number - 1);
  if (!around) return undefined;
  const [first, last] = around;
  const all = rowsOf(lines.slice(first, last + 1));
  // Only a head, a rule and rows: other tables are edited as text.
  if (!all || all[1]?.rule !== true || all.some(({ rule }, at) => rule !== (at === 1)))
    return undefined;
  const sides = all[1].row.map((cell) =>
    cell.endsWith(':') ? (cell.startsWith(':') ? 'centre' : 'end') : 'start',
  );
  return {
    from: doc.line(first + 1).from,
    to: doc.line(last + 1).to,
    rows: all.filter(({ rule }) => !rule).map(({ row }) => row),
    sides,
  };
}

export class TableGrid {
  /** The cell with the focus. */
  at = { row: 0, column: 0 };

  /** @param {Table} table @param {() => void} done */
  constructor({ rows, sides }, done) {
    const width = Math.max(sides.length, ...rows.map((row) => row.length));
    this.rows = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
    this.sides = Array.from({ length: width }, (_, at) => sides[at] ?? 'start');
    this.align = SIDES.map(([name, label, shape]) =>
      button(label, () => this.change(() => (this.sides[this.at.column] = name)), { shape }),
    );
    this.tools = make(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': 'Table' },
      button('Add a row below', () => this.addRow(this.at.row + 1), {
        shape: 'M3.5 5h17v5h-17zm8.5 8v7m-3.5-3.5h7',
      }),
      button('Add a column after', () => this.addColumn(), {
        shape: 'M4 3.5h5.5v17H4zm9 8.5h7m-3.5-3.5v7',
      }),
      ...this.align,
      button('Delete the row', () => this.removeRow(), { text: true }),
      button('Delete the column', () => this.removeColumn(), { text: true }),
    );
    this.table = make('table');
    this.box = make(
      'div',
      { class: 'grid', role: 'group' },
      this.tools,
      make('div', { class: 'scroll' }, this.table),
      button('Add a row', () => this.addRow(this.rows.length), { class: 'add' }),
    );
    this.done = done;
    this.table.addEventListener('keydown', (event) => this.press(event));
    this.draw();
  }

  /** The table as Markdown. */
  get markdown() {
    const sides = this.sides.map((name) => SIDES.find(([one]) => one === name)?.[3] ?? '---');
    return tableOf(this.rows, sides);
  }

  /** @param {() => unknown} act */
  change(act) {
    act();
    this.draw();
    this.focus();
  }

  /** @param {number} row */
  addRow(row) {
    this.change(() => {
      this.rows.splice(
        Math.max(1, row),
        0,
        this.sides.map(() => ''),
      );
      this.at = { row: Math.max(1, row), column: 0 };
    });
  }

  addColumn() {
    this.change(() => {
      const column = this.at.column + 1;
      for (const row of this.rows) row.splice(column, 0, '');
      this.sides.splice(column, 0, 'start');
      this.at.column = column;
    });
  }

  removeRow() {
    if (this.rows.length > 2 && this.at.row > 0)
      this.change(() => {
        this.rows.splice(this.at.row, 1);
        this.at.row = Math.min(this.at.row, this.rows.length - 1);
      });
  }

  removeColumn() {
    if (this.sides.length > 1)
      this.change(() => {
        for (const row of this.rows) row.splice(this.at.column, 1);
        this.sides.splice(this.at.column, 1);
        this.at.column = Math.min(this.at.column, this.sides.length - 1);
      });
  }

  draw() {
    const { rows, sides } = this;
    this.box.setAttribute('aria-label', `Table, ${sides.length} columns, ${rows.length} rows`);
    this.table.replaceChildren(
      ...rows.map((row, r) =>
        make(
          'tr',
          {},
          ...row.map((text, c) => {
            const field = make('input', {
              type: 'text',
              'aria-label': `${r ? `Row ${r + 1}` : 'Head'}, column ${c + 1}`,
              class: sides[c],
              'data-cell': `${r}-${c}`,
            });
            field.value = text;
            field.addEventListener('input', () => (row[c] = field.value));
            field.addEventListener('focus', () => {
              this.at = { row: r, column: c };
              this.show();
            });
            return make(r ? 'td' : 'th', {}, field);
          }),
        ),
      ),
    );
    this.show();
  }

  show() {
    for (const [at, [name]] of SIDES.entries())
      this.align[at].setAttribute('aria-pressed', String(this.sides[this.at.column] === name));
  }

  focus() {
    const { row, column } = this.at;
    /** @type {HTMLInputElement | null} */ (
      this.table.querySelector(`[data-cell="${row}-${column}"]`)
    )?.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { row, column } = this.at;
    const last = this.sides.length - 1;
    if (event.isComposing) return;
    if (event.key === 'Enter') this.done();
    else if (
      event.key === 'Tab' &&
      !event.shiftKey &&
      row === this.rows.length - 1 &&
      column === last
    )
      this.addRow(row + 1);
    else if (event.key === 'ArrowDown' && row < this.rows.length - 1) this.at.row++;
    else if (event.key === 'ArrowUp' && row) this.at.row--;
    else return;
    event.preventDefault();
    if (event.key.startsWith('Arrow')) this.focus();
  }
}
