// Sets the direction of each line by its own text.

import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const auto = Decoration.line({ attributes: { dir: 'auto' } });

/** @param {EditorView} view */
function marks({ state: { doc }, visibleRanges }) {
  /** @type {RangeSetBuilder<Decoration>} */
  const builder = new RangeSetBuilder();
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at);
      if (RIGHT_TO_LEFT.test(line.text)) builder.add(line.from, line.from, auto);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

export const bidi = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.define(
    (view) => ({
      marks: marks(view),
      /** @param {import('@codemirror/view').ViewUpdate} update */
      update({ docChanged, viewportChanged, view }) {
        if (docChanged || viewportChanged) this.marks = marks(view);
      },
    }),
    { decorations: (plugin) => plugin.marks },
  ),
];
