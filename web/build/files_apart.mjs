// Scripts that are files of their own: an import of one becomes its delivered address.

import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '..');
const posix = (path) => path.replaceAll('\\', '/');
/** Sources that are delivered as separate files, by path. */
const FILES = {
  'globe/element.js': 'meridian/globe.js',
  'globe/interaction.js': 'meridian/globe-interaction.js',
  'globe/languages.js': 'meridian/globe-words.js',
  'globe/more.js': 'meridian/globe-more.js',
  'profile/element.js': 'meridian/profile.js',
  'profile/more-icons.js': 'meridian/profile-icons.js',
  'profile/render_sources.js': 'meridian/profile-raw.js',
  'profile/sections.js': 'meridian/profile-sections.js',
  'profile/show.js': 'meridian/profile-show.js',
  'profile/words.js': 'meridian/profile-words.js',
  'notes/live.js': 'meridian/notes-live.js',
  'search/languages.js': 'meridian/search-words.js',
  'search/live.js': 'meridian/search-live.js',
  'search/open.js': 'meridian/search.js',
  'playground/complete/complete.js': 'playground/complete.js',
  'playground/complete/settings.js': 'playground/settings.js',
  'playground/element.js': 'playground/playground.js',
  'playground/find/find.js': 'playground/find.js',
  'playground/history/history.js': 'playground/history.js',
  'playground/insert/insert.js': 'playground/insert.js',
  'playground/on_page/on_page.js': 'playground/on_page.js',
  'playground/paste/paste.js': 'playground/paste.js',
  'playground/publish/conflict.js': 'playground/conflict.js',
  'playground/publish/first_site.js': 'playground/first_site.js',
  'playground/publish/forgejo.js': 'playground/forgejo.js',
  'playground/publish/github.js': 'playground/github.js',
  'playground/publish/gitlab.js': 'playground/gitlab.js',
  'playground/publish/merge.js': 'playground/merge.js',
  'playground/publish/oauth.js': 'playground/oauth.js',
  'playground/publish/opening.js': 'playground/opening.js',
  'playground/publish/pages.js': 'playground/pages.js',
  'playground/publish/publish.js': 'playground/publish.js',
  'playground/publish/review.js': 'playground/review.js',
  'playground/refactor/refactor.js': 'playground/refactor.js',
  'playground/transfer.js': 'playground/transfer.js',
  'playground/vim/vim.js': 'playground/vim.js',
  'playground/ui/project_list.js': 'playground/projects.js',
};
// Files that pages and other files request, too: under one address, or they would be loaded twice.
// Others have their release in the address, past all caches.
const ASKED_FOR = /^playground|(globe|profile)\.js$/;
/** Modules that publish.js has, for the files that it loads. */
export const LENT = Object.fromEntries(
  [
    'base/elements',
    'base/site_state',
    'base/util',
    'net/fetch',
    'net/source_index',
    'playground/history/diff',
    'playground/project/file_content',
    ...['faults', 'host', 'hosts', 'outcome', 'send', 'sign_in'].map(
      (name) => `playground/publish/${name}`,
    ),
    'playground/ui/buttons',
    'playground/ui/words',
  ].map((name) => [`${name}.js`, 'playground/publish.js']),
);
/** Those that opening a repository takes of them: it uses more of the others. */
export const FOR_OPENING = Object.fromEntries(
  Object.entries(LENT).filter(([name]) => name.startsWith('playground/publish/')),
);
/** Modules that playground.js has (lent.js), for complete.js, transfer.js and vim.js. */
export const BORROWED = Object.fromEntries(
  [
    ...['language', 'state', 'view'].map((name) => `@codemirror/${name}`),
    'base/site_state.js',
    'base/trusted_html.js',
    'net/fetch.js',
    'playground/project/project.js',
    ...['highlight', 'postprocess', 'renderer'].map((name) => `playground/render/${name}.js`),
    'playground/ui/preview.js',
  ].map((name) => [name, 'playground/playground.js']),
);
/**
 * Replaces an import of one of them by its delivered address, as a string that bundlers resolve.
 * @param {string} release
 * @param {string} folder in which that one is delivered
 * @param {Record<string, string>} [lent] files by what they lend: LENT, for files that publish.js
 *   loads; BORROWED
 */
export const apart = (release, folder, lent = {}) => ({
  name: 'files apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(\.\.?|@codemirror)\// }, ({ path, resolveDir }) => {
      const source = /^@/.test(path) ? path : posix(relative(WEB, join(resolveDir, path)));
      const file = lent[source] ?? FILES[source];
      const address = file && posix(relative(folder, file)).replace(/^(?!\.)/, './');
      return (
        file && { path: ASKED_FOR.test(file) ? address : `${address}?${release}`, external: true }
      );
    }),
});
