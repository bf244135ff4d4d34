// The editor: CodeMirror with a state for each open file, which keeps its undo history and cursor.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  redo,
  undo,
} from '@codemirror/commands';
import { HighlightStyle, indentUnit, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { gotoLine, highlightSelectionMatches, selectNextOccurrence } from '@codemirror/search';
import {
  Annotation,
  Compartment,
  EditorState,
  Prec,
  StateEffect,
  StateField,
  Transaction,
} from '@codemirror/state';
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
import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { bidi } from './bidi.js';
import { mayBe } from './completion.js';
import { difference } from './difference.js';
import { languageOf } from './language.js';
import { markdownKeys } from './markdown_keys.js';
import { spelling } from './spelling.js';

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

/** The completion, once it is loaded. */
const completing = new Compartment();

/** Vim keys, once they are loaded. */
const vimKeys = new Compartment();

/** Marks a change that was not made in the editor. */
const outside = Annotation.define();

/**
 * Found places: their ranges, and the number of the current one.
 * @type {import('@codemirror/state').StateEffectType<{ ranges: [number, number][], now: number }>}
 */
const setMatches = StateEffect.define();
const matches = StateField.define({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    marks = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setMatches)) continue;
      const { length } = state.doc;
      marks = Decoration.set(
        effect.value.ranges.flatMap(([from, to], at) => {
          const look = `cm-match${at === effect.value.now ? ' cm-match-now' : ''}`;
          return to <= length && from < to ? Decoration.mark({ class: look }).range(from, to) : [];
        }),
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

  /** Called when the selection or the text is another. */
  moved = () => {};
  /**
   * Called with what is pasted or dropped; true: it is taken.
   * @type {(data: DataTransfer, plain: boolean, pos?: number) => boolean}
   */
  given = () => false;
  /**
   * Loads the completion; undefined when it can't be had.
   * @type {import('../ui/parts.js').Parts['complete']}
   */
  loadCompletion = async () => undefined;
  /** @type {Awaited<ReturnType<Editor['loadCompletion']>>} */
  completion = undefined;
  /** The language of the open file, if it is set. */
  lang = '';
  /** Vim keys, if they are on. @type {import('@codemirror/state').Extension} */
  vim = [];
  /**
   * Undoes or repeats a change of several files; false: there is none.
   * @type {(step: -1 | 1) => boolean}
   */
  turned = () => false;
  /** Shift is pressed, as for pasting plain text. */
  shift = false;

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
      const text = project.text(path)?.replace(/\r\n?/g, '\n');
      const open = path === this.path;
      const state = open ? this.view.state : this.states.get(path);
      if (text === undefined || !state) this.states.delete(path);
      else {
        // The file's own history stays, around what was changed elsewhere.
        const change = state.update({
          changes: difference(state.doc.toString(), text),
          annotations: [outside.of(true), Transaction.addToHistory.of(false)],
        });
        if (open) this.view.dispatch(change);
        else this.states.set(path, change.state);
      }
    });
  }

  /**
   * Makes a change that was written elsewhere. Letters that are typed are undone together.
   * @param {import('@codemirror/state').TransactionSpec} change
   * @param {boolean} typed
   */
  make(change, typed) {
    const kind = typed ? { userEvent: 'input.type' } : { annotations: isolateHistory.of('full') };
    this.view.dispatch({ ...change, ...kind });
  }

  /** @param {-1 | 1} step */
  turn(step) {
    return this.turned(step) || (step < 0 ? undo : redo)(this.view);
  }

  /** @param {string} path */
  state(path) {
    return EditorState.create({
      doc: this.project.text(path) ?? '',
      extensions: [
        // Before all other keys.
        vimKeys.of(this.vimHere),
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
        EditorView.lineWrapping,
        // A draft is to be read.
        EditorState.readOnly.of(!!this.project.draft),
        EditorView.editable.of(!this.project.draft),
        EditorState.changeFilter.of(({ docChanged }) => !(docChanged && this.project.refuses())),
        indentUnit.of('  '),
        syntaxHighlighting(COLOURS),
        languageOf(path),
        completing.of(this.completion?.extension(path) ?? []),
        underlines,
        matches,
        bidi,
        ending(MARKDOWN).test(path) ? spelling : [],
        ending(MARKDOWN).test(path) ? markdownKeys : [],
        Prec.high(
          keymap.of([
            { key: 'Mod-z', run: () => this.turn(-1), preventDefault: true },
            { key: 'Mod-y', mac: 'Mod-Shift-z', run: () => this.turn(1), preventDefault: true },
            { linux: 'Ctrl-Shift-z', run: () => this.turn(1), preventDefault: true },
          ]),
        ),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          { key: 'Mod-d', run: selectNextOccurrence, preventDefault: true },
          { key: 'Mod-Alt-g', run: gotoLine },
          // Once it is loaded, the completion has keys of its own.
          ...['Ctrl-Space', 'Alt-`', 'Alt-i'].map((key, at) => ({
            [at ? 'mac' : 'key']: key,
            run: () => !!this.complete(),
          })),
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.domEventHandlers({
          keydown: (event) => void (this.shift = event.shiftKey),
          paste: (event) => !!event.clipboardData && this.given(event.clipboardData, this.shift),
          drop: (event, view) =>
            !!event.dataTransfer &&
            this.given(event.dataTransfer, false, view.posAtCoords(event, false)),
        }),
        EditorView.contentAttributes.of({
          'aria-label': path,
          tabindex: '0',
          spellcheck: 'true',
          autocapitalize: 'sentences',
          autocorrect: 'on',
        }),
        EditorView.contentAttributes.of(() => (this.lang ? { lang: this.lang } : null)),
        EditorView.updateListener.of((update) => {
          const own = update.transactions.some((one) => !one.annotation(outside));
          if (update.docChanged && own) this.write(update.state.doc, update.changes);
          if (update.docChanged || update.selectionSet) this.moved();
          if (
            !this.completion &&
            update.transactions.some((one) => one.isUserEvent('input.type')) &&
            this.mayComplete()
          )
            this.complete(false);
        }),
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
    this.bringCompletion();
    this.bringVim();
    this.moved();
  }

  /**
   * Shows found places of the open file.
   * @param {[number, number][]} ranges
   * @param {number} [now]
   */
  showMatches(ranges, now = -1) {
    if (this.path) this.view.dispatch({ effects: setMatches.of({ ranges, now }) });
  }

  /** Tells whether something may be offered at the caret. */
  mayComplete() {
    const { state } = this.view;
    return mayBe({ state, pos: state.selection.main.head, explicit: false }, this.path);
  }

  /** A state that was made before the completion was loaded gets it. */
  bringCompletion() {
    const { completion, path, view } = this;
    const had = completing.get(view.state);
    if (completion && Array.isArray(had) && !had.length)
      view.dispatch({ effects: completing.reconfigure(completion.extension(path)) });
  }

  /** Sets the language in which the browser checks the spelling. @param {string} lang */
  speak(lang) {
    if (lang === this.lang) return;
    this.lang = lang;
    // Attributes are read with each transaction.
    if (this.path) this.view.dispatch({});
  }

  /** Its commands change a text that is to be read, too. */
  get vimHere() {
    return this.project.draft ? [] : this.vim;
  }

  /** Switches Vim keys on, or off. @param {import('@codemirror/state').Extension} vim */
  useVim(vim) {
    this.vim = vim;
    if (this.path) this.bringVim();
  }

  /** A state that was made before Vim keys were switched gets, or loses, them. */
  bringVim() {
    const { view, vimHere } = this;
    if (vimKeys.get(view.state) !== vimHere)
      view.dispatch({ effects: vimKeys.reconfigure(vimHere) });
  }

  /**
   * Opens the completion at the caret.
   * @param {boolean} [asked] not by typing: wherever the caret is
   */
  async complete(asked = true) {
    this.completion ??= await this.loadCompletion();
    this.bringCompletion();
    if (asked || (this.view.hasFocus && this.mayComplete())) this.completion?.start(this.view);
  }

  /** The style of the text before a place, as the grammar calls it. @param {number} pos */
  styleAt(pos) {
    return syntaxTree(this.view.state).resolveInner(pos, -1).name;
  }

  /** @param {number} from @param {number} [to] */
  select(from, to = from) {
    const { length } = this.view.state.doc;
    const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
    this.view.dispatch({
      selection: { anchor, head },
      effects: EditorView.scrollIntoView(head, { y: 'center' }),
    });
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
