// The commands: listed in the palette and the list of shortcuts, called by keys and buttons.

import { toggleDialect } from '../project/dialect.js';
import { TEMPLATES } from '../templates/titles.js';
import { hasKeyboard, switchVim } from '../editor/vim_keys.js';
import { block, heading, image, link, stop, table, wrap } from '../editor/text_commands.js';

/**
 * `text`: a command on the source; its keys work in the editor only. `when`: a condition to offer
 * it. Keys in CodeMirror's notation: `Mod` is Control, on a Mac Command; keys that browsers or
 * CodeMirror use otherwise are avoided. `also`: what others call it.
 * @typedef {{ id: string, group: string, label: string, keys?: string, text?: boolean, when?:
 * (playground: Workbench) => unknown, also?: string, run(playground: Workbench): unknown, }}
 * Command
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
 *   upload(): unknown, saveFolder(): unknown, download(what: Download): unknown,
 *   makeSite(): unknown, share(): unknown, publish(): unknown,
 *   path: string, opened: (() => void)[], find(everywhere: boolean): unknown,
 *   insert(what?: string): unknown, history(): unknown, showPage(): unknown,
 *   writeOnPage(fresh?: boolean): unknown, nextPane(step: number): void, toggleTree(): void,
 *   notify(text: string): void, keeps: boolean,
 *   parts: Pick<import('./parts.js').Parts, 'publish' | 'vim'>,
 *   loaded(name: 'refactor'): ReturnType<import('./parts.js').Parts['refactor']> }} Workbench
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
    also: 'strong fat',
    keys: 'Mod-b',
    text: true,
    run: ({ editor }) => wrap(editor.view, '**'),
  },
  {
    id: 'italic',
    group: 'Text',
    label: 'Italic',
    also: 'emphasis slanted',
    keys: 'Mod-i',
    text: true,
    run: ({ editor }) => wrap(editor.view, '*'),
  },
  {
    id: 'code',
    group: 'Text',
    label: 'Code',
    also: 'monospace',
    keys: 'Mod-e',
    text: true,
    run: ({ editor }) => wrap(editor.view, '`'),
  },
  {
    id: 'link',
    group: 'Text',
    label: 'Link',
    also: 'hyperlink address url',
    keys: 'Alt-k',
    text: true,
    run: ({ editor }) => link(editor.view),
  },
  {
    id: 'image',
    group: 'Text',
    label: 'Picture',
    also: 'image photo figure insert',
    keys: 'Alt-i',
    text: true,
    run: ({ editor }) => image(editor.view),
  },
  {
    id: 'heading',
    group: 'Text',
    label: 'Heading, one level deeper',
    also: 'title section',
    keys: 'Alt-j',
    text: true,
    run: ({ editor }) => heading(editor.view),
  },
  {
    id: 'undo',
    group: 'Text',
    label: 'Undo',
    also: 'back revert',
    text: true,
    run: ({ editor }) => editor.turn(-1),
  },
  {
    id: 'redo',
    group: 'Text',
    label: 'Redo',
    also: 'repeat forward',
    text: true,
    run: ({ editor }) => editor.turn(1),
  },
  {
    id: 'list',
    group: 'Text',
    label: 'List',
    keys: 'Shift-Mod-8',
    also: 'bullets unordered',
    text: true,
    run: ({ editor }) => block(editor.view, 'list'),
  },
  {
    id: 'numbered',
    group: 'Text',
    label: 'Numbered list',
    keys: 'Shift-Mod-7',
    also: 'ordered steps',
    text: true,
    run: ({ editor }) => block(editor.view, 'numbered'),
  },
  {
    id: 'tasks',
    group: 'Text',
    label: 'Task list',
    keys: 'Shift-Mod-9',
    also: 'checklist checkbox todo',
    text: true,
    run: ({ editor }) => block(editor.view, 'tasks'),
  },
  {
    id: 'quote',
    group: 'Text',
    label: 'Quote',
    keys: 'Shift-Mod-.',
    also: 'blockquote citation',
    text: true,
    run: ({ editor }) => block(editor.view, 'quote'),
  },
  {
    id: 'grid',
    group: 'Text',
    label: 'Table',
    also: 'grid rows columns spreadsheet',
    text: true,
    run: (play) => play.insert('table'),
  },
  {
    id: 'insert',
    group: 'Text',
    label: 'Insert …',
    also: 'formula footnote citation diagram date callout equation',
    text: true,
    run: (play) => play.insert(),
  },
  {
    id: 'table',
    group: 'Text',
    label: 'Align the table',
    also: 'format table',
    keys: 'Shift-Alt-f',
    text: true,
    run: (play) => table(play.editor.view) || play.notify('There is no table around the cursor.'),
  },
  {
    id: 'stop',
    group: 'Text',
    label: 'A stop for the globe',
    also: 'place travel map',
    keys: 'Shift-Alt-g',
    text: true,
    run: (play) => stop(play),
  },
  {
    id: 'find',
    group: 'Text',
    label: 'Find and replace',
    also: 'search replace',
    keys: 'Mod-f',
    text: true,
    run: (play) => play.find(false),
  },
  {
    id: 'find-all',
    group: 'Files',
    label: 'Find and replace in all files',
    also: 'search grep everywhere',
    keys: 'Shift-Mod-f',
    run: (play) => play.find(true),
  },

  {
    id: 'new',
    group: 'Files',
    label: 'New file',
    also: 'create page post',
    keys: 'Alt-n',
    run: ({ files }) => files.create(),
  },
  {
    id: 'rename',
    group: 'Files',
    label: 'Rename',
    keys: 'F2',
    also: 'move',
    run: (play) =>
      play.editor.view.hasFocus
        ? play.loaded('refactor').then((part) => part?.renameHere(() => play.files.rename()))
        : play.files.rename(),
  },
  {
    id: 'rename-here',
    group: 'Text',
    label: 'Rename heading, tag, category or citation key',
    also: 'section anchor keyword reference bibtex refactor links',
    text: true,
    run: (play) => play.loaded('refactor').then((part) => part?.renameHere()),
  },
  {
    id: 'delete',
    group: 'Files',
    label: 'Delete',
    also: 'remove',
    run: ({ files }) => files.remove(),
  },
  {
    id: 'restore',
    group: 'Files',
    label: 'Restore what was deleted',
    run: ({ files }) => files.restore(),
  },
  { id: 'upload', group: 'Files', label: 'Upload', run: (play) => play.upload() },

  {
    id: 'show-page',
    group: 'View',
    label: 'Show the page',
    keys: 'Mod-Enter',
    also: 'preview result',
    run: (play) => play.showPage(),
  },
  {
    id: 'on-page',
    group: 'View',
    label: 'Write on the page',
    also: 'edit in place wysiwyg visual',
    run: (play) => play.writeOnPage(),
  },
  {
    id: 'new-page',
    group: 'Files',
    label: 'New page',
    also: 'create add write post',
    run: (play) => play.writeOnPage(true),
  },
  {
    id: 'history',
    group: 'Files',
    label: 'History of this file',
    also: 'versions restore compare backup',
    text: true,
    run: (play) => play.history(),
  },
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
    also: 'dark theme colours',
    keys: 'Shift-Alt-d',
    run: (play) => play.scheme(),
  },
  {
    id: 'vim',
    group: 'View',
    label: 'Vim keys',
    also: 'vi modal normal insert keyboard mode',
    when: hasKeyboard,
    run: switchVim,
  },
  {
    id: 'phone',
    group: 'View',
    label: 'As wide as a phone',
    also: 'mobile',
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
    also: 'markdown flavour',
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
    also: 'github import clone',
    run: (play) => play.pick('address'),
  },
  {
    id: 'save',
    group: 'Project',
    label: 'Save to the folder',
    keys: 'Mod-s',
    run: (play) => play.saveFolder(),
  },
  ...TEMPLATES.map(([name, title]) => ({
    id: `new-${name}`,
    group: 'Project',
    label: `New: ${title[0].toLowerCase()}${title.slice(1)}`,
    run: (/** @type {Workbench} */ play) => play.pick(name),
  })),
  {
    id: 'download',
    group: 'Project',
    label: 'Download the sources',
    also: 'export backup zip',
    run: (play) => play.download('sources'),
  },
  {
    id: 'download-site',
    group: 'Project',
    label: 'Download the finished site',
    also: 'export publish build',
    run: (play) => play.download('site'),
  },
  {
    id: 'download-page',
    group: 'Project',
    label: 'Download this page',
    also: 'export print',
    run: (play) => play.download('page'),
  },
  {
    id: 'make-site',
    group: 'Project',
    label: 'Make this folder a site',
    also: 'publish deploy',
    run: (play) => play.makeSite(),
  },
  { id: 'share', group: 'Project', label: 'Share', run: (play) => play.share() },
  {
    id: 'publish',
    group: 'Project',
    label: 'Publish the changes',
    also: 'commit push pull request github save',
    when: ({ project }) => project.upstream,
    run: (play) => play.publish(),
  },
  {
    id: 'first-site',
    group: 'Project',
    label: 'Publish as a new site',
    also: 'github pages start repository host',
    when: ({ keeps }) => keeps,
    run: async (play) => (await play.parts.publish())?.openFirst(),
  },
];

/** The commands that are available now. @param {Workbench} playground */
export const offered = (playground) => COMMANDS.filter(({ when }) => !when || when(playground));

/** @param {string} id */
export const command = (id) => /** @type {Command} */ (COMMANDS.find((one) => one.id === id));
