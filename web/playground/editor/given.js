// What is pasted or dropped: text that the editor inserts itself, a link over a selection, or
// something for paste.js, which is loaded then.

import { EditorSelection } from '@codemirror/state';
import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { isProse } from './list_edits.js';

/**
 * `link`: an address that becomes a link on the selected words.
 * @typedef {{ files: File[], html: string, text: string, link?: string }} Given
 */

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i;
const ENTRY = /^\s*@[a-z]+\s*[{(]/i;
// Elements that Markdown has. Others are how a program wraps plain text.
const RICH = /<(?:a|b|strong|i|em|h[1-6]|ul|ol|table|img|blockquote|pre|code|p|del|s|hr|br)[\s>/]/i;
const CELLS = /\t/;
/** Programs for code put colours around plain text. */
const OF_CODE = /vscode|data-pm-slice="0 0 \[&quot;code/i;

/**
 * @param {DataTransfer} data is empty later
 * @param {string} path of the open file
 * @param {import('@codemirror/state').EditorState} state
 * @returns {Given | undefined} undefined: plain text
 */
export function givenBy(data, path, state) {
  const [html, text] = [data.getData('text/html'), data.getData('text/plain').trim()];
  const files = [...data.files];
  const given = { files, html, text };
  if (/\.bib$/i.test(path)) return ENTRY.test(text) ? given : undefined;
  const { main } = state.selection;
  if (
    !ending(MARKDOWN).test(path) ||
    !isProse(state.doc.iterLines(), state.doc.lineAt(main.head).number - 1)
  )
    return undefined;
  // Programs add a picture of cells and of text.
  if (files.length && files.every(({ type }) => type.startsWith('image/')) && !text) return given;
  if (files.length) return undefined;
  const chosen = state.sliceDoc(main.from, main.to);
  if (ADDRESS.test(text))
    return chosen.trim() && !/\n/.test(chosen) && !ADDRESS.test(chosen)
      ? { ...given, link: text }
      : undefined;
  if ([...data.types].some((type) => OF_CODE.test(type)) || OF_CODE.test(html.slice(0, 2000)))
    return undefined;
  const cells = text.includes('\n') && text.split('\n').every((line) => CELLS.test(line));
  return cells || RICH.test(html) ? given : undefined;
}

/**
 * Makes the selection a link.
 * @param {import('@codemirror/view').EditorView} view
 * @param {string} address
 */
export function link(view, address) {
  const target = address.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  view.dispatch(
    view.state.changeByRange(({ from, to }) => {
      const insert = from === to ? address : `[${view.state.sliceDoc(from, to)}](${target})`;
      return { changes: { from, to, insert }, range: EditorSelection.cursor(from + insert.length) };
    }),
    { userEvent: 'input.paste', scrollIntoView: true },
  );
}
