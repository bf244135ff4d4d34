// The tree of files: folders that open and close, and commands on a file or a folder. Arrow keys
// move through it, F2 renames, Delete deletes; deleted files can be restored.

import { make } from '../../base/elements.js';
import { button, icon } from './buttons.js';
import * as shapes from './shapes.js';
import { cleanPath, isText, nameOf } from '../project/file_content.js';
import { firstText, proposedPath } from '../project/front_matter.js';

/** @typedef {import('../project/project.js').Project} Project */

/** The folder of a path, without a slash at its end. @param {string} path */
const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export class Files {
  /**
   * Called with the file to open; undefined: the open file was deleted.
   * @type {(path: string) => void}
   */
  chosen = () => {};
  /**
   * Called with a notice, and a function that undoes the change.
   * @type {(text: string, undo?: () => void) => void}
   */
  notify = () => {};
  current = '';
  /** Collapsed folders. @type {Set<string>} */
  closed = new Set();
  /**
   * The number of diagnostics of files.
   * @type {Map<string, { count: number, severity: string }>}
   */
  problems = new Map();
  /** Unsaved files of the folder. @type {Set<string>} */
  unsaved = new Set();
  /** The same as a text, for comparison. */
  marked = '';
  /**
   * The files that were deleted last.
   * @type {[path: string, content: import('../project/file_content.js').Content][]}
   */
  deleted = [];
  /**
   * Renames a file or a folder, with the links to it. Resolves to true when it is done.
   * @type {(from: string, to: string) => Promise<boolean>}
   */
  renamed = async (from, to) => {
    this.project.rename(from, to);
    return true;
  };
  /**
   * Resolves to true if files may be deleted, to which others may link.
   * @type {(paths: string[]) => boolean | Promise<boolean>}
   */
  leaves = () => true;
  /** True while a path is being typed: the tree is not updated. */
  asking = false;

  /** @param {HTMLElement} nav @param {Project} project @param {() => void} upload */
  constructor(nav, project, upload) {
    this.project = project;
    this.list = make('ul');
    nav.dataset.drop = '';
    const tools = /** @type {const} */ ([
      ['New file', () => this.create(), shapes.plus],
      ['Upload', upload, shapes.upload],
      ['Rename', () => this.rename(), shapes.pen],
      ['Delete', () => this.remove(), shapes.bin],
    ]);
    this.tools = make(
      'div',
      { class: 'tools' },
      ...tools.map(([label, act, shape]) => button(label, act, { shape })),
    );
    nav.append(this.tools, this.list);
    project.addEventListener('open', () => this.draw());
    project.whenChanged((_, listed) => listed && this.draw());
    this.list.addEventListener('keydown', (event) => this.press(event));
    this.list.addEventListener('focusin', ({ target }) =>
      this.single(/** @type {HTMLElement} */ (target)),
    );
  }

  // ---- display ----

  draw() {
    if (this.asking) return;
    const focused = this.focused?.dataset;
    /** @type {Map<string, HTMLElement>} lists of folders */
    const lists = new Map([['', this.list]]);
    this.list.replaceChildren();
    const listOf = (/** @type {string} */ folder) => {
      const known = lists.get(folder);
      if (known) return known;
      const inner = make('ul');
      const summary = make(
        'summary',
        { 'data-folder': folder },
        icon(shapes.folder),
        nameOf(folder),
      );
      const details = make('details', this.closed.has(folder) ? {} : { open: '' }, summary, inner);
      details.addEventListener('toggle', () =>
        this.closed[details.open ? 'delete' : 'add'](folder),
      );
      listOf(folderOf(folder)).append(make('li', { 'data-drop': folder }, details));
      lists.set(folder, inner);
      return inner;
    };
    // Folders before files.
    const rank = (/** @type {string} */ path) => path.replace(/[^/]+\//g, ' $&');
    const ranked = [...this.project.files.keys()]
      .map((path) => [rank(path), path])
      .sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, path] of ranked) {
      const item = button(nameOf(path), () => this.chosen(path), {
        shape: isText(path) ? shapes.file : shapes.picture,
        text: true,
      });
      item.dataset.path = path;
      listOf(folderOf(path)).append(make('li', {}, item));
    }
    if (focused)
      this.items
        .find(({ dataset: { path, folder } }) => path === focused.path && folder === focused.folder)
        ?.focus();
    this.updateMarks();
  }

  /**
   * Updates items in place: an item that is replaced while it is pressed would not receive the
   * click.
   */
  updateMarks() {
    const { items } = this;
    for (const item of items) {
      const { path } = item.dataset;
      if (path === undefined) continue;
      for (const mark of item.querySelectorAll('.badge, .unsaved')) mark.remove();
      if (path === this.current) item.setAttribute('aria-current', 'true');
      else item.removeAttribute('aria-current');
      const { count = 0, severity = '' } = this.problems.get(path) ?? {};
      if (count)
        item.append(
          make(
            'span',
            {
              class: `badge badge--${severity}`,
              'aria-label': `${count} ${count === 1 ? 'problem' : 'problems'}`,
            },
            String(count),
          ),
        );
      if (this.unsaved.has(path))
        item.append(
          make('span', { class: 'unsaved', role: 'img', 'aria-label': 'not saved' }, '•'),
        );
    }
    this.single(
      this.focused ?? items.find(({ dataset: { path } }) => path === this.current) ?? items[0],
    );
  }

  /** Files and folders, in display order. @returns {HTMLElement[]} */
  get items() {
    return [...this.list.querySelectorAll(/** @type {'button'} */ ('[data-path], [data-folder]'))];
  }

  get focused() {
    const { activeElement } = /** @type {ShadowRoot} */ (this.list.getRootNode());
    return this.items.find((item) => item === activeElement);
  }

  /**
   * Roving tabindex: one item is a Tab stop, arrow keys reach the others.
   * @param {HTMLElement | undefined} stop
   */
  single(stop) {
    if (stop && this.items.includes(stop))
      for (const item of this.items) item.tabIndex = item === stop ? 0 : -1;
  }

  /** @param {string} path */
  show(path) {
    this.current = path;
    this.updateMarks();
  }

  focus() {
    this.items.find(({ tabIndex }) => !tabIndex)?.focus();
  }

  /** @param {import('../../engine/abi.js').Diagnostic[]} found */
  mark(found) {
    this.problems.clear();
    for (const { file = '', severity } of found) {
      const { count = 0, severity: worst = severity } = this.problems.get(file) ?? {};
      this.problems.set(file, { count: count + 1, severity: worst === 'error' ? worst : severity });
    }
    // Most keystrokes change nothing here.
    const now = JSON.stringify([...this.problems]);
    if (now !== this.marked) this.updateMarks();
    this.marked = now;
  }

  /** @param {string[]} paths that are not saved */
  markUnsaved(paths) {
    if (paths.length === this.unsaved.size && paths.every((path) => this.unsaved.has(path))) return;
    this.unsaved = new Set(paths);
    this.updateMarks();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    if (!this.items.includes(at)) return;
    const seen = this.items.filter((item) => item.getClientRects().length);
    const index = seen.indexOf(at);
    const details = at.dataset.folder === undefined ? null : at.closest('details');
    const above = at.closest('li')?.parentElement?.closest('details')?.querySelector('summary');
    const acts = /** @type {Record<string, () => unknown>} */ ({
      ArrowDown: () => seen[index + 1]?.focus(),
      ArrowUp: () => seen[index - 1]?.focus(),
      Home: () => seen[0].focus(),
      End: () => seen[seen.length - 1].focus(),
      ArrowRight: () =>
        details && (details.open ? seen[index + 1]?.focus() : (details.open = true)),
      ArrowLeft: () => (details?.open ? (details.open = false) : above?.focus()),
      Delete: () => this.remove(),
    });
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // ---- commands ----

  /** The file or folder that a command applies to: the focused one, else the open file. */
  get meant() {
    const { path, folder } = this.focused?.dataset ?? {};
    return path ?? folder ?? this.current;
  }

  /**
   * Asks for a path, in a field in the place of an item, or at the top.
   * @param {string} label
   * @param {string} proposal
   * @param {HTMLElement | undefined} place what is called so now
   * @param {(path: string) => void} act
   */
  ask(label, proposal, place, act) {
    const field = make('input', {
      class: 'path',
      'aria-label': label,
      value: proposal,
      spellcheck: 'false',
      autocapitalize: 'off',
      enterkeyhint: 'done',
    });
    if (place) place.hidden = true;
    (place?.closest('li') ?? this.list).prepend(place ? field : make('li', {}, field));
    this.asking = true;
    const end = (/** @type {boolean} */ take) => {
      if (!this.asking) return;
      const path = cleanPath(field.value);
      const same = !!place && path === proposal;
      const taken = take && !same && this.taken(path);
      if (taken) return this.notify(`There is ${taken} already.`);
      this.asking = false;
      this.draw();
      if (take && path && !same) act(path);
      else this.focus();
    };
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' && !event.isComposing) end(true);
      if (event.key === 'Escape') end(false);
    });
    field.addEventListener('blur', () => (end(true), end(false)));
    field.focus();
    const name = proposal.lastIndexOf('/') + 1;
    const dot = proposal.indexOf('.', name + 1);
    field.setSelectionRange(name, dot < 0 ? proposal.length : dot);
  }

  /**
   * The file or folder with that path, or a file where a folder would be needed.
   * @param {string} path
   */
  taken(path) {
    return this.project.paths.find(
      (other) => other === path || other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
  }

  create() {
    const { focused, current } = this;
    const folder = focused?.dataset.folder ?? folderOf(focused?.dataset.path ?? current);
    this.ask('Path of the new file', proposedPath(folder), undefined, (path) => {
      this.project.put(path, firstText(this.project, path));
      this.chosen(path);
    });
  }

  rename() {
    const from = this.meant;
    const item = this.items.find(({ dataset: { path, folder } }) => (path ?? folder) === from);
    if (!from || !item) return;
    this.ask('New path', from, item, async (to) => {
      if (!(await this.renamed(from, to))) return;
      const { current } = this;
      if (current === from || current.startsWith(`${from}/`))
        this.chosen(to + current.slice(from.length));
    });
  }

  /** Deletes a file, or all below a folder. */
  remove() {
    const { project, meant, focused } = this;
    const gone = project.paths.filter((path) => path === meant || path.startsWith(`${meant}/`));
    if (!meant || !gone.length) return;
    const leaves = this.leaves(gone);
    const act = () => this.removeAll(meant, gone, !!focused);
    if (leaves === true) act();
    else Promise.resolve(leaves).then((yes) => yes && act());
  }

  /** @param {string} meant @param {string[]} gone @param {boolean} inTree */
  removeAll(meant, gone, inTree) {
    const { project } = this;
    this.deleted = gone.map((path) => [
      path,
      /** @type {import('../project/file_content.js').Content} */ (project.files.get(path)),
    ]);
    for (const path of gone) project.remove(path);
    this.notify(
      gone.length === 1
        ? `${meant} is deleted.`
        : `${meant}/ and its ${gone.length} files are deleted.`,
      () => this.restore(),
    );
    if (gone.includes(this.current))
      this.chosen(project.paths.find((path) => path > meant) ?? project.paths[0] ?? '');
    if (inTree) this.focus();
  }

  /** Restores the files that were deleted last. */
  restore() {
    const { deleted } = this;
    this.deleted = [];
    for (const [path, content] of deleted) this.project.put(path, content);
    if (deleted[0]) this.chosen(deleted[0][0]);
    else this.notify('Nothing was deleted.');
  }
}
