// Stores the open project in this browser from its first change: after each pause in typing, before
// another project is opened, and when the tab is closed.

import { document } from '../../base/unclobbered.js';
import { snapshot } from './kept_project.js';
import { Refusal, rescue, write } from './store.js';

/** @typedef {import('../playground.js').Playground} Playground */
/** @typedef {'kept' | 'unchanged' | 'forbidden' | 'full' | 'many' | 'large'} State */

// Milliseconds after the last change until it is stored.
const PAUSE = 400;
const TAKE = 'You can continue working; use “Download …” or “Share” before you close this tab.';

/**
 * The text in the toolbar, and the notice when the state begins.
 * @type {Record<State, [bar: string, said?: string]>}
 */
const STATES = {
  kept: ['Kept in this browser'],
  unchanged: ['Kept once you change it'],
  forbidden: [
    'Not kept: this browser allows no storage',
    `This browser stores nothing here: storage is blocked, as in some private windows. ${TAKE}`,
  ],
  full: [
    'Not kept: the storage is full',
    `This browser’s storage is full: changes are not kept now; what was kept before is still there. Delete some “Projects” to make room. ${TAKE}`,
  ],
  many: [
    'Not kept: too many projects',
    `The limit of kept projects is reached. Delete one in “Projects”, and this one is kept. ${TAKE}`,
  ],
  large: ['Not kept: too large', `The project is too large to be kept in this browser. ${TAKE}`],
};

/** @param {any} error @returns {State} */
const stateOf = (error) =>
  error instanceof Refusal
    ? error.reason
    : error?.name === 'QuotaExceededError'
      ? 'full'
      : 'forbidden';

export class Keeper {
  timer = 0;
  /** The last state that was shown. @type {State} */
  state = 'unchanged';
  /** A queue of writes, and their number. */
  queue = Promise.resolve();
  writing = 0;

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const { project } = playground;
    for (const type of ['change', 'trust', 'saved'])
      project.addEventListener(type, () => this.soon());
    project.addEventListener('leave', () => (this.timer || this.losing) && this.write());
    project.addEventListener('open', () => this.begin());
    // A hidden tab may be discarded without another event. At the last event WebKit begins no
    // transaction any more.
    for (const [target, type] of /** @type {const} */ ([
      [document, 'visibilitychange'],
      [window, 'beforeunload'],
      [window, 'pagehide'],
    ]))
      target.addEventListener(type, () => (target === window || document.hidden) && this.flush());
    this.begin();
  }

  begin() {
    const { project } = this.playground;
    // A folder or an archive exists elsewhere, and so does a project that could not be stored
    // before.
    if (project.touched && !project.slot.revision) this.soon();
    this.show(project.slot.revision ? 'kept' : 'unchanged');
  }

  /** Tells whether the open project exists in this tab only. */
  get losing() {
    return this.failed && this.playground.project.touched;
  }

  get failed() {
    return this.state !== 'kept' && this.state !== 'unchanged';
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.write(), PAUSE);
  }

  snapshot() {
    const { project, path, folder } = this.playground;
    return snapshot(project, { open: path, folder: folder?.kept(project) });
  }

  /** Resolves when all edits are stored, or can't be. */
  settled() {
    return this.timer ? this.write() : this.queue;
  }

  /**
   * Writes pending changes aside before the page may be closed, and stores them if it continues.
   */
  flush() {
    if (!this.timer && !this.writing) return;
    try {
      rescue(this.snapshot(), this.playground.project.slot);
    } catch {
      // The storage is closed or forbidden: the write reports it.
    }
    this.write();
  }

  write() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { project } = this.playground;
    const [kept, { slot }] = [this.snapshot(), project];
    const opened = () => project.slot === slot;
    this.writing++;
    this.queue = this.queue
      .then(() => write(kept, slot))
      .finally(() => this.writing--)
      .then(
        ({ state, title }) => {
          if (!opened()) return;
          this.show('kept');
          if (title !== project.title) this.playground.entitle(title);
          if (state === 'copied')
            this.playground.notify(
              `“${kept.title}” was changed in another tab meanwhile. Both are kept: this one is now “${title}”.`,
            );
        },
        (error) => this.show(stateOf(error)),
      );
    return this.queue;
  }

  /** Shows the state: always in the toolbar, in a notice once. @param {State} state */
  show(state) {
    const [short, long] = STATES[state];
    this.playground.bar.saved.textContent = short;
    if (long && state !== this.state) this.playground.notify(long);
    // The state may outlast the project: the notice is not repeated.
    if (state !== 'unchanged') this.state = state;
  }
}
