// Vim keys by choice, which this browser keeps. The keys are in vim/vim.js, loaded on use.

import { perhaps } from '../../base/util.js';

/** The storage key for the choice. */
const CHOSEN = 'meridian-playground-vim';

/** Tells whether there may be a keyboard: on a phone's, no key leaves a mode. */
export const hasKeyboard = () => !matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Tells whether Vim keys are on, in this browser. */
export const isChosen = () => hasKeyboard() && !!perhaps(() => localStorage[CHOSEN]);

/**
 * @typedef {{ editor: import('./editor.js').Editor, notify(text: string): void, parts:
 *   Pick<import('../ui/parts.js').Parts, 'vim'> }} Playground
 */

/**
 * Loads them, or puts them away.
 * @param {Playground} playground
 * @param {boolean} on
 */
async function put({ editor, parts }, on) {
  const part = on ? await parts.vim() : undefined;
  editor.useVim(part?.extension ?? []);
  return !!part === on;
}

/** Vim keys from the last visit. @param {Playground} playground */
export const bringVim = (playground) => isChosen() && put(playground, true);

/** @param {Playground} playground */
export async function switchVim(playground) {
  const on = !isChosen();
  if (!(await put(playground, on))) return;
  perhaps(() => (localStorage[CHOSEN] = on ? '1' : ''));
  playground.notify(
    on ? 'Vim keys are on. Esc, then Tab, leaves the source.' : 'Vim keys are off.',
  );
}
