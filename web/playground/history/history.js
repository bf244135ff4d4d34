// The history of a file: its versions in this browser, compared with the current text, and
// restored.
// A file of its own, loaded with the first change of a kept project, or when it is opened.

import { make } from '../../base/elements.js';
import { document } from '../../base/unclobbered.js';
import { button } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';
import { diffLines } from './diff.js';
import { rowsOf } from './rows.js';
import { keep, read, sweep } from './versions.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./versions.js').Version} Version
 */

// Milliseconds from a change until a version is kept.
const EVERY = 60_000;

export class History {
  timer = 0;
  /** Files that have changed since. @type {Set<string>} */
  changed = new Set();
  path = '';
  /** @type {Version[]} */
  versions = [];
  /** The number of the version that is compared. */
  at = 0;

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    this.project = playground.project.slot.id;
    this.heading = make('h2');
    this.list = make('nav', { class: 'versions', 'aria-label': 'Versions' });
    this.back = button('Restore this version', () => this.restore(), { class: 'line' });
    this.old = make('section', { tabindex: '0' });
    this.now = make('section', { tabindex: '0' });
    this.pane = make(
      'section',
      { class: 'history', hidden: '' },
      make(
        'header',
        {},
        this.heading,
        this.back,
        button('Close', () => this.close(), { shape: shapes.close }),
      ),
      this.list,
      make('div', { class: 'two-up' }, this.old, this.now),
    );
    playground.play.append(this.pane);
    this.pane.addEventListener('keydown', (event) => this.press(event));
    playground.project.whenChanged((path) => this.note(path));
    playground.project.addEventListener('leave', () => this.flush());
    playground.project.addEventListener('open', () => {
      this.project = playground.project.slot.id;
      this.changed.clear();
      this.close();
    });
    document.addEventListener('visibilitychange', () => document.hidden && this.flush());
  }

  // ---- keeping ----

  /** @param {string} path */
  note(path) {
    if (!this.playground.keeps || typeof this.playground.project.settled.get(path) !== 'string')
      return;
    this.changed.add(path);
    if (!this.timer) this.timer = window.setTimeout(() => this.flush(), EVERY);
  }

  /** Keeps a version of each changed file. */
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { playground, project } = this;
    const texts = [...this.changed].map(
      (path) => /** @type {const} */ ([path, playground.project.text(path)]),
    );
    this.changed.clear();
    for (const [path, text] of texts)
      if (text !== undefined)
        await keep(project, path, text, playground.firsts.get(path) ?? text, Date.now());
  }

  /** Removes versions of deleted projects. @param {string[]} projects that are there */
  sweep(projects) {
    return sweep([...projects, this.project]);
  }

  // ---- showing ----

  /** @param {string} path */
  async open(path) {
    const { playground } = this;
    if (playground.keeps) this.changed.add(path);
    await this.flush();
    const text = playground.project.text(path) ?? '';
    const kept = await read(this.project, path);
    const first = playground.firsts.get(path);
    // An element in another page keeps nothing: it has what the file was at first.
    this.versions =
      kept.length || first === undefined ? kept : [{ time: 0, text: first, label: 'Opened' }];
    if (this.versions[this.versions.length - 1]?.text === text) this.versions.pop();
    this.path = path;
    this.heading.textContent = `History of ${path}`;
    this.pane.setAttribute('aria-label', `History of ${path}`);
    this.pane.hidden = false;
    this.choose(this.versions.length - 1);
    const chosen = this.list.querySelector('[aria-current]') ?? this.pane.querySelector('button');
    /** @type {HTMLElement} */ (chosen).focus();
  }

  close() {
    if (this.pane.hidden) return;
    this.pane.hidden = true;
    this.playground.editor.view.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (event.key === 'Escape') this.close();
    else if (step && this.list.contains(/** @type {Node} */ (event.target))) {
      const to = this.at + step;
      if (this.versions[to]) this.choose(to);
      /** @type {HTMLElement | null} */ (this.list.querySelector('[aria-current]'))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} at */
  choose(at) {
    this.at = at;
    const { versions, list, back } = this;
    const version = versions[at];
    back.disabled = !version;
    const now = this.playground.project.text(this.path) ?? '';
    /** @type {Map<string, HTMLElement>} */
    const days = new Map();
    list.replaceChildren();
    for (let i = versions.length - 1; i >= 0; i--) {
      const { time, label, text } = versions[i];
      const day = time ? dayOf(time) : 'Before';
      let items = days.get(day);
      if (!items) {
        days.set(day, (items = make('ul')));
        list.append(make('h3', {}, day), items);
      }
      const changes = countChanges(versions[i - 1]?.text ?? text, text);
      const item = button('', () => this.choose(i));
      item.append(
        make('span', {}, time ? clock(time) : ''),
        make('span', {}, label),
        make('small', {}, changes),
      );
      if (i === at) item.setAttribute('aria-current', 'true');
      items.append(make('li', {}, item));
    }
    if (!versions.length) list.append(make('p', { class: 'none' }, 'No earlier version is kept.'));
    this.compare(version?.text ?? now, now, version ? nameOf(version) : 'Now');
  }

  /** @param {string} before @param {string} now @param {string} name */
  compare(before, now, name) {
    const lines = diffLines(before, now);
    this.old.replaceChildren(make('h3', {}, name), rowsOf(lines, ['before']));
    this.now.replaceChildren(make('h3', {}, 'Now'), rowsOf(lines, ['after']));
    this.old.setAttribute('aria-label', name);
    this.now.setAttribute('aria-label', 'Now');
  }

  restore() {
    const { playground, path } = this;
    const version = this.versions[this.at];
    if (!version) return;
    const label = `${path} is as it was: ${nameOf(version)}.`;
    playground.edits.apply(label, [[path, playground.project.files.get(path), version.text]]);
    this.close();
    playground.offerUndo(label);
  }
}

/** @param {number} time */
const clock = (time) =>
  new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** @param {Version} version */
const nameOf = ({ time }) => (time ? `${dayOf(time)}, ${clock(time)}` : 'Before');

/** @param {number} time */
function dayOf(time) {
  const start = new Date();
  start.setHours(0, 0, 0, 0);
  if (time >= start.getTime()) return 'Today';
  if (time >= start.getTime() - 86_400_000) return 'Yesterday';
  return new Date(time).toLocaleDateString([], { day: 'numeric', month: 'long' });
}

/** @param {string} before @param {string} after */
function countChanges(before, after) {
  const lines = diffLines(before, after);
  const come = lines.filter(({ before }) => before === undefined).length;
  const gone = lines.filter(({ after }) => after === undefined).length;
  return [come && `+${come}`, gone && `−${gone}`].filter(Boolean).join(' ');
}
