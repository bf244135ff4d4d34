// The parts of a playground that are files of their own, each loaded with its first use.

import { loadRest } from './render/renderer.js';
import { part } from './ui/parts.js';

/**
 * @param {import('./playground.js').Playground} playground
 * @returns {import('./ui/parts.js').Parts}
 */
export const partsOf = (playground) => ({
  complete: part(
    playground,
    () => import('./complete/complete.js'),
    ({ Complete }) => new Complete(playground),
  ),
  find: part(
    playground,
    () => import('./find/find.js'),
    ({ Find }) => new Find(playground),
  ),
  history: part(
    playground,
    () => import('./history/history.js'),
    ({ History }) => new History(playground),
  ),
  hosts: part(
    playground,
    () => import('./publish/opening.js'),
    ({ fromHost }) => fromHost,
  ),
  insert: part(
    playground,
    () => import('./insert/insert.js'),
    ({ Insert }) => new Insert(playground),
  ),
  onPage: part(
    playground,
    // Without the core's rest no change can be found.
    async () => (await Promise.all([import('./on_page/on_page.js'), loadRest()]))[0],
    ({ OnPage }) => new OnPage(playground),
  ),
  pages: part(
    playground,
    () => import('./publish/pages.js'),
    ({ Pages }) => new Pages(playground),
  ),
  paste: part(
    playground,
    () => import('./paste/paste.js'),
    ({ Paste }) => new Paste(playground),
  ),
  publish: part(
    playground,
    () => import('./publish/publish.js'),
    ({ Publish }) => new Publish(playground),
  ),
  refactor: part(
    playground,
    () => import('./refactor/refactor.js'),
    ({ Refactor }) => new Refactor(playground),
  ),
  vim: part(
    playground,
    () => import('./vim/vim.js'),
    ({ VimKeys }) => new VimKeys(playground),
  ),
});
