// A table that is edited on the page: its cells by keys, its rows, columns and their alignment.

import { document, real } from '../../base/unclobbered.js';

/** @typedef {import('./page_blocks.js').Changes} Changes */

/** @param {Element | null | undefined} element @returns {element is HTMLTableCellElement} */
export const isCell = (element) => element instanceof HTMLTableCellElement;
/** @param {Element} cell */
export const tableOf = (cell) => real(cell).closest('table') ?? undefined;
/** @param {HTMLTableElement} table */
const cellsOf = (table) => [...table.rows].flatMap((row) => [...row.cells]);
/** @param {HTMLTableRowElement} row */
const isBlank = (row) => !row.textContent?.trim() && !row.querySelector('img');

/** An empty cell has no height without a break. @param {string} name */
function cellOf(name) {
  const cell = document.createElement(name);
  cell.append(document.createElement('br'));
  return cell;
}

/** @param {string} name @param {number} columns */
function rowOf(name, columns) {
  const row = document.createElement('tr');
  row.append(...Array.from({ length: columns }, () => cellOf(name)));
  return row;
}

/**
 * Removes a cell or a row with the white space before it: the page that comes has none there.
 * @param {Element | undefined} element
 */
export function removeElement(element) {
  const before = element && real(element).previousSibling;
  if (before instanceof Text && !before.data.trim()) before.remove();
  element?.remove();
}

/** A new table: a head and a row of two columns. */
export function makeTable() {
  const table = document.createElement('table');
  const [head, body] = [document.createElement('thead'), document.createElement('tbody')];
  head.append(rowOf('th', 2));
  body.append(rowOf('td', 2));
  table.append(head, body);
  return table;
}

/**
 * The next cell, or the one before; undefined where the table ends.
 * @param {HTMLTableCellElement} cell
 * @param {1 | -1} step
 */
export function cellBeside(cell, step) {
  const table = tableOf(cell);
  const cells = table ? cellsOf(table) : [];
  return cells[cells.indexOf(cell) + step];
}

/** The row and the column of a cell. @param {HTMLTableCellElement} cell */
function placeIn(cell) {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const table = /** @type {HTMLTableElement} */ (tableOf(cell));
  return { table, row, rows: [...table.rows], column: cell.cellIndex };
}

/** @param {HTMLTableCellElement} cell */
export function cellBelow(cell) {
  const { row, rows, column } = placeIn(cell);
  return rows[rows.indexOf(row) + 1]?.cells[column];
}

/** Whether a cell is in a last row with nothing in it. @param {HTMLTableCellElement} cell */
export function isInBlankEnd(cell) {
  const { row, rows } = placeIn(cell);
  return rows.length > 2 && row === rows[rows.length - 1] && isBlank(row);
}

/**
 * A new row behind that of a cell, its cells aligned as those above them.
 * @param {HTMLTableCellElement} cell
 * @param {Changes} changes
 */
function addRow(cell, changes) {
  const { table, row } = placeIn(cell);
  const added = rowOf('td', row.cells.length);
  [...row.cells].forEach((above, column) => {
    const { style, align } = above;
    const side = changes.changed.get(above)?.align ?? (style.textAlign || align);
    if (side) alignCell(added.cells[column], side, changes);
  });
  if (row.parentElement?.localName !== 'thead') row.after(added);
  else {
    const body = table.tBodies[0] ?? table.appendChild(document.createElement('tbody'));
    real(body).prepend(added);
  }
  return added.cells[0];
}

/** @param {HTMLTableCellElement} cell @param {string} side @param {Changes} changes */
function alignCell(cell, side, changes) {
  cell.style.textAlign = side;
  changes.changed.set(cell, { align: side });
}

/**
 * Changes the table of a cell: `row`, `column` comes behind it, `no-row`, `no-column` goes; a side
 * of the column.
 * @param {HTMLTableCellElement} cell
 * @param {string} what
 * @param {Changes} changes
 * @returns {HTMLTableCellElement | undefined} that is written in then; undefined: nothing changes
 */
export function changeTable(cell, what, changes) {
  const { row, rows, column } = placeIn(cell);
  if (what === 'row') return addRow(cell, changes);
  if (what === 'column') {
    for (const { cells } of rows) cells[column]?.after(cellOf(cells[column].localName));
    return row.cells[column + 1];
  }
  const left = rows.filter((one) => one !== row);
  if (what === 'no-row') {
    // A head and a row stay: kramdown has no table of a head alone.
    if (left.length < 2 || cell.localName === 'th') return undefined;
    const at = Math.min(rows.indexOf(row), left.length - 1);
    removeElement(row);
    return left[at].cells[Math.min(column, left[at].cells.length - 1)];
  }
  if (what === 'no-column') {
    if (row.cells.length < 2) return undefined;
    for (const { cells } of rows) removeElement(cells[column]);
    return row.cells[Math.min(column, row.cells.length - 1)];
  }
  for (const { cells } of rows) if (cells[column]) alignCell(cells[column], what, changes);
  return cell;
}
