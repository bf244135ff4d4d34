// The parts of a playground that are files of their own, each loaded with its first use.

import { loadRest } from './render/renderer.js';
import { part } from './ui/parts.js';

/**
 * By name: what the user reads when it can't be loaded, its file, and the class in it.
 * @type {[keyof import('./ui/parts.js').Parts, string, () => Promise<any>, string][]}
 */
const PARTS = [
  ['complete', 'Completion', () => import('./complete/complete.js'), 'Complete'],
  ['find', 'Search', () => import('./find/find.js'), 'Find'],
  ['history', 'The history', () => import('./history/history.js'), 'History'],
  ['insert', 'The menu of blocks', () => import('./insert/insert.js'), 'Insert'],
  ['pages', 'The comparison of pages', () => import('./publish/pages.js'), 'Pages'],
  ['paste', 'What pastes and drops', () => import('./paste/paste.js'), 'Paste'],
  ['publish', 'Publishing', () => import('./publish/publish.js'), 'Publish'],
  ['refactor', 'Renaming', () => import('./refactor/refactor.js'), 'Refactor'],
  ['vim', 'Vim keys', () => import('./vim/vim.js'), 'VimKeys'],
  // Without the core's rest no change can be found.
  [
    'onPage',
    'Writing on the page',
    async () => (await Promise.all([import('./on_page/on_page.js'), loadRest()]))[0],
    'OnPage',
  ],
];

/**
 * @param {import('./playground.js').Playground} playground
 * @returns {import('./ui/parts.js').Parts}
 */
export const partsOf = (playground) => ({
  .../** @type {any} */ (
    Object.fromEntries(
      PARTS.map(([key, name, load, made]) => [
        key,
        part(playground, name, load, (module) => new module[made](playground)),
      ]),
    )
  ),
  hosts: part(
    playground,
    'What opens repositories',
    () => import('./publish/opening.js'),
    ({ fromHost }) => fromHost,
  ),
});
