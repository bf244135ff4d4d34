// The commands: listed in the palette and the list of shortcuts, called by keys and buttons.

import { toggleDialect } from '../project/dialect.js';
import { STARTS } from '../templates/templates.js';
import { find, heading, image, link, stop, table, wrap } from '../editor/text_commands.js';

/**
 * `text`: a command on the source; its keys work in the editor only. `when`: a condition to offer
 * it. Keys in CodeMirror's notation: `Mod` is Control, on a Mac Command; keys that browsers or
 * CodeMirror use otherwise are avoided.
 * @typedef {{ id: string, group: string, label: string, keys?: string, text?: boolean, when?:
 *   (playground: Workbench) => unknown, run(playground: Workbench): unknown, }} Command
 */

/** A kind of download. @typedef {'sources' | 'site' | 'page'} Download */

/**
 * The interface of the playground for commands, toolbar, menu, palette and shortcuts.
 * @typedef {{ play: HTMLElement, project: import('../project/project.js').Project, editor:
 *   import('../editor/editor.js').Editor, files: import('./file_tree.js').Files, view:
 *   import('./preview_pane.js').View, split: import('./split.js').Split, bar: { title: HTMLElement,
 *   saved: HTMLElement }, menu: { open(): void }, palette: { open(): void }, keymap: { open(): void
 *   }, folder: unknown, projects?: () => void, scheme(): void, run(command: Command): void,
 *   open(path: string, how?: { focus?: boolean }): Promise<void>, pick(source: string): unknown,
 *   upload(): unknown, saveFolder(): unknown, download(what: Download): unknown, share(): unknown,
 *   nextPane(step: number): void, toggleTree(): void, notify(text: string): void, }} Workbench
 */

/** @type {Command[]} */
export const COMMANDS = [
  {
    id: 'palette',
    group: 'Playground',
    label: 'Commands and files',
    keys: 'Mod-k',
    run: (play) => play.palette.open(),
  },
  { id: 'keys', group: 'Playground', label: 'Keys', keys: '?', run: (play) => play.keymap.open() },
  {
    id: 'next-pane',
    group: 'Playground',
    label: 'Next pane',
    keys: 'F6',
    run: (play) => play.nextPane(1),
  },
  {
    id: 'last-pane',
    group: 'Playground',
    label: 'Previous pane',
    keys: 'Shift-F6',
    run: (play) => play.nextPane(-1),
  },

  {
    id: 'bold',
    group: 'Text',
    label: 'Bold',
    keys: 'Mod-b',
    text: true,
    run: ({ editor }) => wrap(editor.view, '**'),
  },
  {
    id: 'italic',
    group: 'Text',
    label: 'Italic',
    keys: 'Mod-i',
    text: true,
    run: ({ editor }) => wrap(editor.view, '*'),
  },
  {
    id: 'code',
    group: 'Text',
    label: 'Code',
    keys: 'Mod-e',
    text: true,
    run: ({ editor }) => wrap(editor.view, '`'),
  },
  {
    id: 'link',
    group: 'Text',
    label: 'Link',
    keys: 'Alt-k',
    text: true,
    run: ({ editor }) => link(editor.view),
  },
  {
    id: 'image',
    group: 'Text',
    label: 'Picture',
    keys: 'Alt-i',
    text: true,
    run: ({ editor }) => image(editor.view),
  },
  {
    id: 'heading',
    group: 'Text',
    label: 'Heading, one level deeper',
    keys: 'Alt-j',
    text: true,
    run: ({ editor }) => heading(editor.view),
  },
  {
    id: 'table',
    group: 'Text',
    label: 'Align the table',
    keys: 'Shift-Alt-f',
    text: true,
    run: (play) => table(play.editor.view) || play.notify('There is no table around the cursor.'),
  },
  {
    id: 'stop',
    group: 'Text',
    label: 'A stop for the globe',
    keys: 'Shift-Alt-g',
    text: true,
    run: (play) => stop(play),
  },
  {
    id: 'find',
    group: 'Text',
    label: 'Find and replace',
    keys: 'Mod-f',
    text: true,
    run: ({ editor }) => find(editor.view),
  },

  {
    id: 'new',
    group: 'Files',
    label: 'New file',
    keys: 'Alt-n',
    run: ({ files }) => files.create(),
  },
  { id: 'rename', group: 'Files', label: 'Rename', keys: 'F2', run: ({ files }) => files.rename() },
  { id: 'delete', group: 'Files', label: 'Delete', run: ({ files }) => files.remove() },
  {
    id: 'restore',
    group: 'Files',
    label: 'Restore what was deleted',
    run: ({ files }) => files.restore(),
  },
  { id: 'upload', group: 'Files', label: 'Upload', run: (play) => play.upload() },

  {
    id: 'tree',
    group: 'View',
    label: 'Show or hide the files',
    keys: 'Shift-Alt-t',
    run: (play) => play.toggleTree(),
  },
  {
    id: 'split',
    group: 'View',
    label: 'Side by side, or one above the other',
    keys: 'Shift-Alt-s',
    run: ({ split }) => split.toggle(),
  },
  {
    id: 'scheme',
    group: 'View',
    label: 'Light or dark',
    keys: 'Shift-Alt-d',
    run: (play) => play.scheme(),
  },
  {
    id: 'phone',
    group: 'View',
    label: 'As wide as a phone',
    keys: 'Shift-Alt-1',
    run: ({ view }) => view.fit('Phone'),
  },
  {
    id: 'tablet',
    group: 'View',
    label: 'As wide as a tablet',
    keys: 'Shift-Alt-2',
    run: ({ view }) => view.fit('Tablet'),
  },
  {
    id: 'fit',
    group: 'View',
    label: 'As wide as there is room',
    keys: 'Shift-Alt-3',
    run: ({ view }) => view.fit('Fit'),
  },

  {
    id: 'projects',
    group: 'Project',
    label: 'Projects',
    keys: 'Shift-Alt-p',
    when: ({ projects }) => projects,
    run: (play) => play.projects?.(),
  },
  {
    id: 'dialect',
    group: 'Project',
    label: 'kramdown, or GitHub’s Markdown',
    run: ({ project }) => toggleDialect(project),
  },
  {
    id: 'open-folder',
    group: 'Project',
    label: 'Open a folder',
    run: (play) => play.pick('folder'),
  },
  { id: 'open-zip', group: 'Project', label: 'Open a zip', run: (play) => play.pick('zip') },
  {
    id: 'open-address',
    group: 'Project',
    label: 'Open a repository or a site',
    run: (play) => play.pick('address'),
  },
  {
    id: 'save',
    group: 'Project',
    label: 'Save to the folder',
    keys: 'Mod-s',
    run: (play) => play.saveFolder(),
  },
  ...Object.entries(STARTS).map(([name, { title }]) => ({
    id: `new-${name}`,
    group: 'Project',
    label: `New: ${title[0].toLowerCase()}${title.slice(1)}`,
    run: (/** @type {Workbench} */ play) => play.pick(name),
  })),
  {
    id: 'download',
    group: 'Project',
    label: 'Download the sources',
    run: (play) => play.download('sources'),
  },
  {
    id: 'download-site',
    group: 'Project',
    label: 'Download the finished site',
    run: (play) => play.download('site'),
  },
  {
    id: 'download-page',
    group: 'Project',
    label: 'Download this page',
    run: (play) => play.download('page'),
  },
  { id: 'share', group: 'Project', label: 'Share', run: (play) => play.share() },
];

/** The commands that are available now. @param {Workbench} playground */
export const offered = (playground) => COMMANDS.filter(({ when }) => !when || when(playground));

/** @param {string} id */
export const command = (id) => /** @type {Command} */ (COMMANDS.find((one) => one.id === id));
