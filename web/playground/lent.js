// What playground.js lends to files that it loads: modules of which there must be one instance, and
// long ones that it has anyway (BORROWED in files_apart.mjs). A name that is missing here is a
// SyntaxError when such a file is loaded.

export {
  StringStream,
  ensureSyntaxTree,
  getIndentUnit,
  getIndentation,
  indentString,
  indentUnit,
  matchBrackets,
  syntaxTree,
  IndentContext,
} from '@codemirror/language';
export {
  Annotation,
  ChangeDesc,
  ChangeSet,
  CharCategory,
  EditorSelection,
  EditorState,
  Facet,
  MapMode,
  Prec,
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  Text,
  Transaction,
  codePointAt,
  codePointSize,
  combineConfig,
  countColumn,
  findClusterBreak,
  fromCodePoint,
} from '@codemirror/state';
export {
  Decoration,
  Direction,
  EditorView,
  ViewPlugin,
  getDialog,
  getDrawSelectionConfig,
  getPanel,
  runScopeHandlers,
  showDialog,
  showPanel,
  WidgetType,
  getTooltip,
  keymap,
  logException,
  showTooltip,
} from '@codemirror/view';
export { development, meta, site } from '../base/site_state.js';
export { parse } from '../base/trusted_html.js';
export { bytesOf, compile, fetchShellFile, reportedLater, request, task } from '../net/fetch.js';
export { Project } from './project/project.js';
export { highlightAll } from './render/highlight.js';
export { Renderer } from './render/renderer.js';
export { moduleOf, setsDiagrams, setsFormulas } from './render/postprocess.js';
export { typeOf } from './ui/preview.js';
