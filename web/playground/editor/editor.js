// The editor: CodeMirror with a state for each open file, which keeps its undo history and cursor.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { bidi } from './bidi.js';
import { languageOf } from './language.js';

/**
 * @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic
 * @typedef {import('../project/project.js').Project} Project
 */

const COLOURS = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.link, tags.url], color: 'var(--accent)' },
  { tag: [tags.string, tags.monospace], color: 'var(--good)' },
  {
    tag: [
      tags.processingInstruction,
      tags.keyword,
      tags.function(tags.variableName),
      tags.variableName,
      tags.atom,
      tags.number,
    ],
    color: 'var(--warn)',
  },
  {
    tag: [
      tags.meta,
      tags.comment,
      tags.punctuation,
      tags.quote,
      tags.list,
      tags.contentSeparator,
      tags.tagName,
      tags.escape,
    ],
    color: 'var(--ink-3)',
  },
]);

/**
 * Diagnostics of the open file.
 * @type {import('@codemirror/state').StateEffectType<Diagnostic[]>}
 */
const setProblems = StateEffect.define();
const underlines = StateField.define({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    marks = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setProblems)) continue;
      marks = Decoration.set(
        effect.value.map((problem) => mark(state.doc, problem)),
        true,
      );
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * The range of a diagnostic: to the end of its word, or of the line.
 * @param {import('@codemirror/state').Text} doc
 * @param {Diagnostic} problem
 */
function mark(doc, { severity, line = 1, column = 1, message, remedy }) {
  const { from, to, text } = doc.line(Math.max(1, Math.min(doc.lines, line)));
  const begin = Math.min(from + columnOf(text, column), Math.max(from, to - 1));
  const word = /^[\w-]+/.exec(text.slice(begin - from))?.[0].length ?? 1;
  const end = Math.max(begin + 1, Math.min(to, begin + word));
  const attributes = { title: [message, remedy].filter(Boolean).join('\n') };
  return from === to
    ? Decoration.line({ class: `cm-problem-line cm-${severity}`, attributes }).range(from)
    : Decoration.mark({ class: `cm-problem cm-${severity}`, attributes }).range(
        begin,
        Math.min(end, doc.length),
      );
}

/**
 * Converts a column: diagnostics count characters from 1; strings here are UTF-16.
 * @param {string} text
 * @param {number} column
 */
const columnOf = (text, column) => [...text].slice(0, column - 1).join('').length;

export class Editor {
  path = '';
  /** States of files that were open before. @type {Map<string, EditorState>} */
  states = new Map();
  /** Marks changes of this editor, which must not be applied twice. */
  writing = false;

  /** @param {HTMLElement} parent @param {Project} project */
  constructor(parent, project) {
    this.project = project;
    this.view = new EditorView({
      parent,
      state: EditorState.create({ extensions: [EditorView.editable.of(false)] }),
    });
    project.addEventListener('open', () => {
      this.states.clear();
      this.path = '';
    });
    project.whenChanged((path) => {
      if (this.writing) return;
      this.states.delete(path);
      if (path === this.path && project.files.has(path)) this.open(path);
    });
  }

  /** @param {string} path */
  state(path) {
    return EditorState.create({
      doc: this.project.text(path) ?? '',
      extensions: [
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        dropCursor(),
        EditorState.allowMultipleSelections.of(true),
        rectangularSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        closeBrackets(),
        search({ top: true }),
        EditorView.lineWrapping,
        indentUnit.of('  '),
        syntaxHighlighting(COLOURS),
        languageOf(path),
        underlines,
        bidi,
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': path,
          tabindex: '0',
          spellcheck: 'true',
          autocapitalize: 'sentences',
          autocorrect: 'on',
        }),
        EditorView.updateListener.of(
          (update) => update.docChanged && this.write(update.state.doc, update.changes),
        ),
      ],
    });
  }

  /**
   * @param {import('@codemirror/state').Text} text
   * @param {import('@codemirror/state').ChangeSet} changes
   */
  write(text, changes) {
    /** @type {import('../project/project.js').Change[]} */
    const list = [];
    // From the last to the first, so that positions stay valid.
    changes.iterChanges((from, to, _, __, inserted) =>
      list.unshift([from, to, inserted.toString()]),
    );
    this.writing = true;
    this.project.edit(this.path, text, list);
    this.writing = false;
  }

  /** Shows a file with its last state. @param {string} path */
  open(path) {
    if (this.path && this.project.files.has(this.path)) this.states.set(this.path, this.view.state);
    this.path = path;
    this.view.setState(this.states.get(path) ?? this.state(path));
  }

  /** @param {Diagnostic[]} problems of all files */
  underline(problems) {
    if (this.path)
      this.view.dispatch({
        effects: setProblems.of(problems.filter(({ file, line }) => file === this.path && line)),
      });
  }

  /** The first visible line, with the share of it that is scrolled away. */
  get topLine() {
    const { scrollDOM, state, documentPadding } = this.view;
    const { from, top, height } = this.view.lineBlockAtHeight(
      scrollDOM.scrollTop - documentPadding.top,
    );
    return (
      state.doc.lineAt(from).number +
      Math.min(1, Math.max(0, (scrollDOM.scrollTop - documentPadding.top - top) / height))
    );
  }

  /**
   * Scrolls a line to the top, without moving the cursor.
   * @param {number} line from 1, with how much of it is above
   */
  scrollTo(line) {
    const { scrollDOM, state, documentPadding } = this.view;
    const number = Math.max(1, Math.min(state.doc.lines, Math.floor(line)));
    const { top, height } = this.view.lineBlockAt(state.doc.line(number).from);
    scrollDOM.scrollTop = line <= 1 ? 0 : top + documentPadding.top + (line - number) * height;
  }

  /** @param {number} line from 1 @param {number} [column] in characters, from 1 */
  goTo(line, column = 1) {
    const { doc } = this.view.state;
    const { from, text } = doc.line(Math.max(1, Math.min(doc.lines, line)));
    const anchor = from + columnOf(text, column);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }
}
