// Text commands of the editor: emphasis, links, headings, tables, places.

import { EditorSelection } from '@codemirror/state';
import { formatTable, tableAround } from './tables.js';

/** @typedef {import('@codemirror/view').EditorView} EditorView */

/**
 * Adds marks around the selection, or removes them.
 * @param {EditorView} view
 * @param {string} mark
 */
export function wrap(view, mark) {
  const { state } = view;
  const size = mark.length;
  const text = (/** @type {number} */ from, /** @type {number} */ to) =>
    state.sliceDoc(Math.max(0, from), to);
  // One star next to another belongs to a pair.
  const alone = (/** @type {number} */ from, /** @type {number} */ to) =>
    size > 1 || (text(from - 1, from) !== mark && text(to, to + 1) !== mark);
  const change = state.changeByRange(({ from, to }) => {
    if (
      text(from - size, from) === mark &&
      text(to, to + size) === mark &&
      alone(from - size, to + size)
    ) {
      return {
        changes: [
          { from: from - size, to: from },
          { from: to, to: to + size },
        ],
        range: EditorSelection.range(from - size, to - size),
      };
    }
    if (
      to - from > 2 * size &&
      text(from, from + size) === mark &&
      text(to - size, to) === mark &&
      alone(from + size, to - size)
    ) {
      return {
        changes: [
          { from, to: from + size },
          { from: to - size, to },
        ],
        range: EditorSelection.range(from, to - 2 * size),
      };
    }
    return {
      changes: [
        { from, insert: mark },
        { from: to, insert: mark },
      ],
      range: EditorSelection.range(from + size, to + size),
    };
  });
  finish(view, change);
}

/** @param {EditorView} view @param {import('@codemirror/state').TransactionSpec} change */
function finish(view, change) {
  view.dispatch({ ...change, scrollIntoView: true, userEvent: 'input' });
  view.focus();
}

/**
 * Makes a link: a selected address becomes its target, other text its text; the missing part is
 * selected.
 * @param {EditorView} view
 * @param {string} [before]
 * @param {string} [proposal]
 */
export function link(view, before = '[', proposal = 'https://') {
  finish(
    view,
    view.state.changeByRange(({ from, to }) => {
      const text = view.state.sliceDoc(from, to);
      const isAddress = /^(https?:|\/|mailto:)\S+$/.test(text);
      const insert = isAddress ? `${before}](${text})` : `${before}${text}](${proposal})`;
      const at = from + before.length;
      const begin = isAddress ? at : at + text.length + 2;
      return {
        changes: { from, to, insert },
        range: EditorSelection.range(begin, isAddress ? at : begin + proposal.length),
      };
    }),
  );
}

/** @param {EditorView} view */
export const image = (view) => link(view, '![', '/images/');

// Deeper headings are rare.
const DEEPEST = 4;

/**
 * Makes the line a heading of level two, then of deeper levels, then text again.
 * @param {EditorView} view
 */
export function heading(view) {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.head);
  const [marks] = /^#*[ \t]*/.exec(line.text) ?? [''];
  const depth = marks.replace(/[^#]/g, '').length;
  const insert = depth >= DEEPEST ? '' : '#'.repeat(depth < 2 ? 2 : depth + 1) + ' ';
  finish(view, { changes: { from: line.from, to: line.from + marks.length, insert } });
}

/**
 * Aligns the columns of the table around the cursor; false when there is none.
 * @param {EditorView} view
 */
export function table(view) {
  const { doc, selection } = view.state;
  const lines = doc.toString().split('\n');
  const at = doc.lineAt(selection.main.head).number - 1;
  const around = tableAround(lines, at);
  if (!around) return false;
  const [first, last] = around;
  const [from, to] = [doc.line(first + 1).from, doc.line(last + 1).to];
  const made = formatTable(lines.slice(first, last + 1)).join('\n');
  const column = Math.min(
    selection.main.head - doc.line(at + 1).from,
    made.split('\n')[at - first].length,
  );
  const anchor =
    from +
    made
      .split('\n')
      .slice(0, at - first)
      .join('\n').length +
    (at > first ? 1 : 0) +
    column;
  finish(view, { changes: { from, to, insert: made }, selection: { anchor } });
  return true;
}

const STOPS = '_data/travel.yml';
const CITY = 'Lisbon';

/**
 * Adds a place to the globe's list: in the open data file, else in the usual one, which is created.
 * @param {{ project: import('../project/project.js').Project, editor: import('./editor.js').Editor,
 *   open(path: string): Promise<void>, }} playground
 */
export async function stop(playground) {
  const { project, editor } = playground;
  if (!/^_data\/.*\.ya?ml$/.test(editor.path)) {
    if (!project.files.has(STOPS))
      project.put(
        STOPS,
        '# The stops of the globe: {% include travel-globe.html stops=site.data.travel %}\n',
      );
    await playground.open(STOPS);
  }
  const { view } = editor;
  const { doc } = view.state;
  const before = doc.toString().trimEnd();
  const head = before && '\n';
  const item = `- city: ${CITY}\n  country: Portugal\n  date: ${new Date().toISOString().slice(0, 7)}\n`;
  const anchor = before.length + head.length + '- city: '.length;
  finish(view, {
    changes: { from: before.length, to: doc.length, insert: head + item },
    selection: { anchor, head: anchor + CITY.length },
  });
}

/** What begins the lines of a block. */
const BLOCKS = {
  list: { has: /^([ \t]*)[-*+][ \t]+(?!\[[ xX]\])/, mark: () => '- ' },
  numbered: {
    has: /^([ \t]*)\d{1,9}[.)][ \t]+/,
    mark: (/** @type {number} */ at) => `${at + 1}. `,
  },
  tasks: { has: /^([ \t]*)[-*+][ \t]+\[[ xX]\][ \t]+/, mark: () => '- [ ] ' },
  quote: { has: /^([ \t]*)>[ \t]?/, mark: () => '> ' },
};
const ANY_ITEM = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;

/**
 * Makes the selected lines a list or a quote, or text again.
 * @param {EditorView} view
 * @param {keyof typeof BLOCKS} kind
 */
export function block(view, kind) {
  const { doc, selection } = view.state;
  const { has, mark } = BLOCKS[kind];
  const [first, last] = [doc.lineAt(selection.main.from), doc.lineAt(selection.main.to)];
  const lines = Array.from({ length: last.number - first.number + 1 }, (_, at) =>
    doc.line(first.number + at),
  );
  const full = lines.length === 1 ? lines : lines.filter(({ text }) => text.trim());
  const off = full.every(({ text }) => has.test(text));
  const pattern = kind === 'quote' ? BLOCKS.quote.has : ANY_ITEM;
  const changes = full.map(({ from, text }, at) => {
    const [begin, indent = ''] = (kind === 'quote' && !off ? null : pattern.exec(text)) ?? ['', ''];
    const margin = begin ? indent : kind === 'quote' ? '' : (/^[ \t]*/.exec(text)?.[0] ?? '');
    return {
      from: from + margin.length,
      to: from + Math.max(margin.length, begin.length),
      insert: off ? '' : mark(at),
    };
  });
  const { main } = selection;
  const changed = view.state.changes(changes);
  finish(view, {
    changes,
    selection: { anchor: changed.mapPos(main.anchor, 1), head: changed.mapPos(main.head, 1) },
  });
}
