// Keys in Markdown: Enter continues lists and quotes, Tab moves items, and marks surround what is
// selected.

import { EditorSelection, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { difference } from './difference.js';
import { beginOf, enter, isProse, moveItems } from './list_edits.js';

/** @typedef {import('@codemirror/state').EditorState} State */

// Lines on each side that an edit of a list may change.
const AROUND = 1000;

/**
 * The lines around a line, which may belong to its list.
 * @param {State} state
 * @param {number} number of the line
 */
function linesAround({ doc }, number) {
  const first = Math.max(1, number - AROUND);
  const last = Math.min(doc.lines, number + AROUND);
  const [from, to] = [doc.line(first).from, doc.line(last).to];
  return { first, from, lines: doc.sliceString(from, to).split('\n') };
}

/** @param {State} state @param {number} number of a line */
const prose = ({ doc }, number) => isProse(doc.iterLines(), number - 1);

/**
 * Replaces the lines around a place by others.
 * @param {EditorView} view
 * @param {{ from: number, lines: string[] }} before
 * @param {string[]} after
 * @param {import('@codemirror/state').EditorSelection | { anchor: number } | undefined} selection
 */
function replace(view, before, after, selection) {
  const change = difference(before.lines.join('\n'), after.join('\n'));
  view.dispatch({
    changes: { ...change, from: before.from + change.from, to: before.from + change.to },
    ...(selection && { selection }),
    scrollIntoView: true,
    userEvent: 'input',
  });
  return true;
}

/** @param {EditorView} view */
function continueList(view) {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (ranges.length > 1 || !main.empty) return false;
  const line = state.doc.lineAt(main.head);
  if (!beginOf(line.text) || !prose(state, line.number)) return false;
  const before = linesAround(state, line.number);
  const at = line.number - before.first;
  const made = enter(before.lines, at, main.head - line.from);
  if (!made) return false;
  const above = made.lines.slice(0, made.line).reduce((sum, text) => sum + text.length + 1, 0);
  return replace(view, before, made.lines, { anchor: before.from + above + made.column });
}

/** Backspace behind an empty item's marker removes it. @param {EditorView} view */
function removeMarker(view) {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (ranges.length > 1 || !main.empty) return false;
  const line = state.doc.lineAt(main.head);
  const begin = beginOf(line.text);
  if (!begin?.marker || main.head !== line.from + begin.size || !prose(state, line.number))
    return false;
  const from = line.from + begin.quote.length;
  view.dispatch({ changes: { from, to: main.head }, userEvent: 'delete.backward' });
  return true;
}

/** @param {number} step */
const move = (step) => (/** @type {EditorView} */ view) => {
  const { state } = view;
  const { main } = state.selection;
  const [first, last] = [state.doc.lineAt(main.from), state.doc.lineAt(main.to)];
  // What ends at the beginning of a line does not have it.
  const end = last.number > first.number && main.to === last.from ? last.number - 1 : last.number;
  if (!beginOf(first.text)?.marker || !prose(state, first.number)) return false;
  const before = linesAround(state, first.number);
  const at = first.number - before.first;
  const after = moveItems(before.lines, at, end - before.first, step);
  if (!after) return false;
  const change = difference(before.lines.join('\n'), after.join('\n'));
  if (change.from === change.to && !change.insert) return true;
  // The caret keeps its distance from the end of its line.
  const place = (/** @type {number} */ pos) => {
    const line = state.doc.lineAt(pos);
    const index = line.number - before.first;
    const above = after.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0);
    return before.from + above + Math.max(0, after[index].length - (line.to - pos));
  };
  return replace(view, before, after, EditorSelection.single(place(main.anchor), place(main.head)));
};

/** Marks that surround the selection when they are typed. */
const MARKS = /^[*_~=]$/;
const surround = EditorView.inputHandler.of((view, from, to, text) => {
  if (!MARKS.test(text) || from === to || view.state.selection.ranges.some((one) => one.empty))
    return false;
  view.dispatch(
    view.state.changeByRange((range) => ({
      changes: [
        { from: range.from, insert: text },
        { from: range.to, insert: text },
      ],
      range: EditorSelection.range(range.anchor + 1, range.head + 1),
    })),
    { userEvent: 'input.type', scrollIntoView: true },
  );
  return true;
});

export const markdownKeys = [
  surround,
  Prec.high(
    keymap.of([
      { key: 'Enter', run: continueList },
      { key: 'Backspace', run: removeMarker },
      { key: 'Tab', run: move(1), shift: move(-1) },
    ]),
  ),
];
