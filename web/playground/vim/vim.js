// Vim keys in the source: a file of its own, loaded when they are switched on.

import { ViewPlugin } from '@codemirror/view';
import * as library from '@replit/codemirror-vim';
import { make } from '../../base/elements.js';

export { RELEASE as release } from '../../base/release.js';

const { CodeMirror, getCM, vim } = library;
// Its types have an interface of this name.
const { Vim } = /** @type {any} */ (library);

/** @typedef {import('@replit/codemirror-vim').CodeMirror} CodeMirror */
/** @typedef {import('../playground.js').Playground} Playground */

/**
 * Vim has one list of commands for all editors.
 * @type {WeakMap<import('@codemirror/view').EditorView, Playground>}
 */
const playgrounds = new WeakMap();
/** @param {CodeMirror} cm */
const playgroundOf = (cm) => /** @type {Playground} */ (playgrounds.get(cm.cm6));

Vim.defineEx('write', 'w', (/** @type {CodeMirror} */ cm) => playgroundOf(cm).runById('save'));
// The playground's own history, which has changes of several files as well.
CodeMirror.commands.undo = (/** @type {CodeMirror} */ cm) => void playgroundOf(cm).editor.turn(-1);
CodeMirror.commands.redo = (/** @type {CodeMirror} */ cm) => void playgroundOf(cm).editor.turn(1);

export class VimKeys {
  /** @param {Playground} playground */
  constructor(playground) {
    const { editor, format } = playground;
    playgrounds.set(editor.view, playground);
    this.mode = make('span', { class: 'vim', role: 'status', 'aria-label': 'Vim mode' });
    this.pending = make('span', { class: 'vim', 'aria-hidden': 'true' });
    format.status.prepend(this.mode, this.pending);
    /** For the editor of a file. */
    this.extension = [vim(), ViewPlugin.define((view) => this.follow(view))];
  }

  /**
   * Shows the mode. Tab indents while text is inserted, and leaves the source otherwise.
   * @param {import('@codemirror/view').EditorView} view
   */
  follow(view) {
    const cm = /** @type {CodeMirror} */ (getCM(view));
    /** @param {{ mode: string, subMode?: string }} change */
    const show = ({ mode, subMode }) => {
      const part = { linewise: ' line', blockwise: ' block' }[subMode ?? ''] ?? '';
      this.mode.textContent = `${mode}${part}`.toUpperCase();
      this.pending.textContent = '';
      view.setTabFocusMode(!/^(insert|replace)$/.test(mode));
    };
    show({ mode: 'normal' });
    cm.on('vim-mode-change', show);
    cm.on('vim-keypress', () => (this.pending.textContent = cm.state.vim?.status ?? ''));
    cm.on('vim-command-done', () => (this.pending.textContent = ''));
    return {
      destroy: () => {
        this.mode.textContent = this.pending.textContent = '';
        view.setTabFocusMode(false);
      },
    };
  }
}
