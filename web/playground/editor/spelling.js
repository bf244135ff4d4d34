// Front matter, code, tags and addresses have no spelling to be checked.

import { syntaxTree } from '@codemirror/language';
import { Decoration, ViewPlugin } from '@codemirror/view';
import { inFront } from './completion.js';

const UNCHECKED = /monospace|processingInstruction|url|tagName|propertyName|meta/;
const attributes = { spellcheck: 'false' };
const line = Decoration.line({ attributes });
const mark = Decoration.mark({ attributes });

/** Of what is in view. @param {import('@codemirror/view').EditorView} view */
function unchecked({ state, visibleRanges }) {
  /** @type {import('@codemirror/state').Range<Decoration>[]} */
  const found = [];
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to;) {
      const { from: begin, to: end, number } = state.doc.lineAt(at);
      if (inFront({ state, pos: begin })) found.push(line.range(begin));
      else if (number > 1) break;
      at = end + 1;
    }
    syntaxTree(state).iterate({
      from,
      to,
      enter: ({ name, from, to }) => {
        // The text of a link is checked.
        const skipped = name === 'link' ? state.sliceDoc(from, to).search(/\][([]/) : 0;
        if (name === 'link' ? skipped > 0 : UNCHECKED.test(name) && from < to)
          found.push(mark.range(from + skipped, to));
      },
    });
  }
  return Decoration.set(found, true);
}

export const spelling = ViewPlugin.define(
  (view) => ({
    marks: unchecked(view),
    /** @param {import('@codemirror/view').ViewUpdate} update */
    update({ docChanged, viewportChanged, startState, state, view }) {
      if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state))
        this.marks = unchecked(view);
    },
  }),
  { decorations: ({ marks }) => marks },
);
