// The list of stored projects, a file of its own: open, rename, copy, delete and restore.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';
import { LONGEST_TITLE } from '../project/kept_project.js';
import { Sheet } from './dialog.js';
import * as store from '../project/store.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../project/kept_project.js').Entry} Entry
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('../project/autosave.js').Keeper} Keeper
 */
/**
 * The page's functions.
 * @typedef {{ recall(id: string): Promise<import('../project/project.js').Start | undefined>,
 *   last(): Promise<import('../project/project.js').Start> }} Page
 */

const EMPTY =
  'Nothing is kept yet. A project is kept in this browser as soon as you change it; nothing is uploaded.';
const FORBIDDEN =
  'This browser stores nothing here: storage is blocked, as in some private windows.';

/** @param {number} size */
const sized = (size) =>
  size < 1024
    ? `${size} B`
    : size < 1 << 20
      ? `${Math.round(size / 1024)} KB`
      : `${(size / (1 << 20)).toFixed(1)} MB`;

export class Projects {
  /**
   * The project that was deleted last and not restored.
   * @type {{ title: string, undo(): unknown } | undefined}
   */
  gone = undefined;

  /** @param {Playground} playground @param {Keeper} keeper @param {Page} page */
  constructor(playground, keeper, page) {
    this.playground = playground;
    this.keeper = keeper;
    this.page = page;
    this.sheet = new Sheet(playground.play, 'Projects', { low: true });
    this.sheet.dialog.classList.add('projects');
    this.sheet.dialog.addEventListener('close', () => {
      this.sheet.dialog.remove();
      this.offerBack();
    });
    this.note = make('p', { class: 'none', role: 'status' });
    this.list = make('ul');
    this.sheet.body.append(this.note, this.list);
    this.list.addEventListener('keydown', (event) => this.press(event));
  }

  async open() {
    await this.keeper.settled();
    await this.draw();
    this.sheet.open();
    /** @type {HTMLElement | null} */ (
      this.list.querySelector('[aria-current] .project__open') ?? this.list.querySelector('button')
    )?.focus();
  }

  async draw() {
    const entries = await store.list().catch(() => undefined);
    this.note.textContent = !entries
      ? FORBIDDEN
      : entries.length
        ? this.keeper.failed
          ? (this.playground.bar.saved.textContent ?? '')
          : ''
        : EMPTY;
    this.note.hidden = !this.note.textContent;
    this.list.replaceChildren(...(entries ?? []).map((entry) => this.row(entry)));
    this.list.hidden = !entries?.length;
  }

  /** @param {Entry} entry */
  row(entry) {
    const { id, title, broken } = entry;
    const current = id === this.playground.project.slot.id;
    const row = make('li', { 'data-id': id, ...(current && { 'aria-current': 'true' }) });
    const open = button('', () => this.openKept(entry), { class: 'project__open' });
    open.append(
      make('span', { class: 'project__title', dir: 'auto' }, title),
      make('small', {}, describe(entry, current)),
    );
    open.disabled = !!broken;
    const act = (
      /** @type {string} */ label,
      /** @type {string} */ shape,
      /** @type {() => unknown} */ run,
    ) => {
      const made = button(`${label} “${title}”`, run, { shape });
      made.dataset.act = label;
      return made;
    };
    row.append(open);
    if (!broken)
      row.append(
        act('Rename', shapes.pen, () => this.rename(entry, row)),
        act('Copy', shapes.copy, () => this.change(() => store.duplicate(id))),
      );
    row.append(act('Delete', shapes.bin, () => this.remove(entry, row)));
    return row;
  }

  /** @param {Entry} entry */
  async openKept({ id }) {
    this.sheet.close();
    const { playground } = this;
    if (id === playground.project.slot.id) return;
    if (
      this.keeper.losing &&
      !confirm(
        'Your changes can’t be kept in this browser, and are lost when another project is opened. Open it?',
      )
    )
      return;
    await playground.bring(async () => {
      await this.keeper.settled();
      const start = await this.page.recall(id);
      if (!start) throw new Error('The project can’t be read, or no longer exists.');
      return start;
    });
    await store.use(id).catch(() => {});
    // The project that was open before is in the list; a deleted one is not.
    this.offerBack();
  }

  /**
   * Behind the dialog nothing can be pressed: when it is closed a notice offers the action of a
   * row.
   */
  offerBack() {
    if (this.gone)
      this.playground.notify(`“${this.gone.title}” is deleted.`, {
        label: 'Undo',
        act: this.gone.undo,
      });
  }

  /**
   * Runs an action on the storage, and shows the list again.
   * @param {() => Promise<unknown>} act
   */
  async change(act) {
    const at = this.items.indexOf(/** @type {HTMLElement} */ (this.focused));
    try {
      await act();
      await this.draw();
    } catch (error) {
      const many = error instanceof store.Refusal;
      this.note.textContent = many
        ? `The limit of kept projects is reached: ${store.MOST_KEPT}. Delete one first.`
        : `It can’t be kept: ${/** @type {Error} */ (error).message}`;
      this.note.hidden = false;
    }
    this.items[Math.min(Math.max(at, 0), this.items.length - 1)]?.focus();
  }

  /** @param {Entry} entry @param {HTMLElement} row */
  rename({ id, title }, row) {
    const field = make('input', {
      type: 'text',
      class: 'project__name',
      'aria-label': 'New name',
      value: title,
      maxlength: String(LONGEST_TITLE),
      dir: 'auto',
      spellcheck: 'false',
      enterkeyhint: 'done',
    });
    row.replaceChildren(field);
    let ended = false;
    const end = (/** @type {boolean} */ take) => {
      if (ended) return;
      ended = true;
      this.change(async () => {
        const name = field.value.trim();
        if (!take || !name || name === title) return;
        const given = await store.rename(id, name);
        if (given && id === this.playground.project.slot.id) this.playground.entitle(given);
      }).then(() =>
        /** @type {HTMLElement | null} */ (
          this.list.querySelector(`[data-id="${id}"] .project__open`)
        )?.focus(),
      );
    };
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' && !event.isComposing) end(true);
      else if (event.key === 'Escape') {
        // Escape leaves the field only, not the dialog.
        event.preventDefault();
        end(false);
      }
    });
    field.addEventListener('blur', () => end(true));
    field.focus();
    field.select();
  }

  /**
   * Offers to restore a project: in its row, and in a notice when the dialog is closed.
   * @param {Entry} entry
   * @param {HTMLElement} row
   */
  async remove({ id, title }, row) {
    const { playground } = this;
    await this.keeper.settled();
    const open = id === playground.project.slot.id;
    /** @type {() => Promise<unknown>} */
    let restore;
    try {
      restore = await store.remove(id);
    } catch (error) {
      return this.change(() => Promise.reject(error));
    }
    if (open) playground.begin(await this.page.last());
    let back = false;
    const undo = async () => {
      if (back) return;
      back = true;
      try {
        await restore();
        if (this.gone === gone) this.gone = undefined;
      } catch (error) {
        back = false;
        return playground.notify(
          `“${title}” can’t be restored: ${/** @type {Error} */ (error).message}`,
        );
      }
      const start = open && (await this.page.recall(id));
      if (start) playground.begin(start);
      if (this.sheet.dialog.open) await this.change(async () => {});
    };
    const gone = (this.gone = { title, undo });
    if (!this.sheet.dialog.open) return this.offerBack();
    const undoing = button('Undo', undo);
    row.replaceChildren(
      make('span', { role: 'status', dir: 'auto' }, `“${title}” is deleted.`),
      undoing,
    );
    undoing.focus();
  }

  /** The first button of each row. @returns {HTMLElement[]} */
  get items() {
    return [...this.list.children].map(
      (row) => /** @type {HTMLElement} */ (row.querySelector('button:not(:disabled)')),
    );
  }

  get focused() {
    const { activeElement } = /** @type {ShadowRoot} */ (this.list.getRootNode());
    return this.items.find((item) => activeElement && item?.closest('li')?.contains(activeElement));
  }

  /** Arrow keys move through the list, F2 renames, Delete deletes. @param {KeyboardEvent} event */
  press(event) {
    const { items, focused } = this;
    if (!focused || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const label = { F2: 'Rename', Delete: 'Delete' }[event.key];
    if (!step && !label) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) items[items.indexOf(focused) + step]?.focus();
    else
      /** @type {HTMLElement | null} */ (
        focused.closest('li')?.querySelector(`[data-act=${label}]`)
      )?.click();
  }
}

/**
 * The time of its last change, and its size.
 * @param {Entry} entry
 * @param {boolean} current
 */
function describe({ changed, count, size, trusted, broken }, current) {
  if (broken) return 'Can’t be read: its data in the browser is damaged';
  const when = changed
    ? new Date(changed).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
    : '';
  return [
    current && 'Open now',
    when,
    `${count} ${count === 1 ? 'file' : 'files'}, ${sized(size)}`,
    !trusted && 'From elsewhere',
  ]
    .filter(Boolean)
    .join(' · ');
}
