// Parts of the playground that are loaded when they are used, with their style sheet.

import { make } from '../../base/elements.js';
import { settled, task } from '../../net/fetch.js';
import { loadModule, unloaded } from './load_module.js';

/**
 * A part of the playground; undefined when it can't be loaded, which is reported.
 * @template T
 * @typedef {() => Promise<T | undefined>} Part
 */
/**
 * What the playground uses of its parts.
 * @typedef {{
 *   complete: Part<{ extension(path: string): import('@codemirror/state').Extension,
 *     start(view: import('@codemirror/view').EditorView): boolean }>,
 *   find: Part<{ open(everywhere: boolean): void }>,
 *   history: Part<{ open(path: string): Promise<void>, note(path: string): void,
 *     sweep(projects: string[]): Promise<void> }>,
 *   hosts: Part<(address: string, watch: import('./progress.js').Watch) =>
 *     Promise<import('../project/project.js').Start>>,
 *   insert: Part<{ open(what?: string): unknown }>,
 *   onPage: Part<{ begin(fresh?: boolean): void,
 *     hear(wrote: import('../frame/page_messages.js').Wrote): Promise<void> }>,
 *   pages: Part<{ element: HTMLElement, show(versions: { title: string, files: Record<string,
 *     import('../project/file_content.js').Content> }[], paths: string[][]): Promise<void>,
 *     close(): void }>,
 *   paste: Part<{ take(given: import('../editor/given.js').Given, path: string, pos?: number):
 *     Promise<void> }>,
 *   publish: Part<{ open(): unknown, openFirst(): unknown }>,
 *   refactor: Part<{ rename(from: string, to: string): Promise<boolean>, leaves(paths: string[]):
 *     Promise<boolean>, renameHere(otherwise?: () => void): Promise<void> }>,
 *   vim: Part<{ extension: import('@codemirror/state').Extension }>,
 * }} Parts
 */

const none = async () => undefined;
/** Before there are any. @type {Parts} */
export const NO_PARTS = {
  complete: none,
  find: none,
  history: none,
  hosts: none,
  insert: none,
  onPage: none,
  pages: none,
  paste: none,
  publish: none,
  refactor: none,
  vim: none,
};

// Milliseconds that a part waits for its style sheet.
const UNDRESSED = 3000;

/** @type {WeakMap<HTMLElement, Promise<unknown>>} */
const sheets = new WeakMap();

/** Loads the sheet of these parts, once. @param {HTMLElement} play */
function dress(play) {
  let sheet = sheets.get(play);
  if (!sheet) {
    const href = new URL('writing.css', import.meta.url).href;
    const link = make('link', { rel: 'stylesheet', href });
    play.before(link);
    sheets.set(play, (sheet = settled(link)));
  }
  return Promise.race([sheet, task(UNDRESSED)]);
}

/**
 * A part that is created with the first use. Resolves to undefined when it can't be loaded, which
 * is reported.
 * @template T
 * @param {{ play: HTMLElement, notify(text: string): void }} playground
 * @param {string} name that the user reads when it can't be loaded
 * @param {() => Promise<{ release?: string }>} load
 * @param {(module: any) => T} create
 * @returns {() => Promise<T | undefined>}
 */
export function part(playground, name, load, create) {
  /** @type {Promise<T | undefined> | undefined} */
  let made;
  return () =>
    (made ??= Promise.all([loadModule(load), dress(playground.play)])
      .then(([module]) => create(module))
      .catch((error) => {
        made = undefined;
        playground.notify(unloaded(name, error));
        return undefined;
      }));
}
