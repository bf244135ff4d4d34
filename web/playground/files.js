// The tree of files: folders that open and close, and what can be done to a file.

import { make } from '../elements.js';
import { button, icon } from './dom.js';
import { cleanPath } from './project.js';

/** @typedef {import('./project.js').Project} Project */

export class Files {
  /** Called with the file that is to be opened. @type {(path: string) => void} */
  chosen = () => {};
  current = '';
  /** Folders that are closed. @type {Set<string>} */
  closed = new Set();
  /** How many mistakes files have. @type {Map<string, { count: number, severity: string }>} */
  problems = new Map();
  /** The same as a text, to tell whether it is another. */
  marked = '';

  /** @param {HTMLElement} nav @param {Project} project */
  constructor(nav, project) {
    this.project = project;
    this.list = make('ul');
    nav.append(make('div', { class: 'tools' }, button('New file', () => this.create(), { shape: 'plus' }), button('Rename', () => this.rename(), { shape: 'pen' }), button('Delete', () => this.remove(), { shape: 'bin' })), this.list);
    project.addEventListener('open', () => this.draw());
    project.whenChanged((_, listed) => listed && this.draw());
  }

  draw() {
    /** @type {Map<string, HTMLElement>} lists of folders */
    const lists = new Map([['', this.list]]);
    this.list.replaceChildren();
    const listOf = (/** @type {string} */ folder) => {
      const known = lists.get(folder);
      if (known) return known;
      const slash = folder.lastIndexOf('/');
      const inner = make('ul');
      const details = make('details', this.closed.has(folder) ? {} : { open: '' }, make('summary', {}, icon('folder'), folder.slice(slash + 1)), inner);
      details.addEventListener('toggle', () => this.closed[details.open ? 'delete' : 'add'](folder));
      listOf(folder.slice(0, Math.max(0, slash))).append(make('li', {}, details));
      lists.set(folder, inner);
      return inner;
    };
    // Folders before files.
    const rank = (/** @type {string} */ path) => path.replace(/[^/]+\//g, ' $&');
    const ranked = [...this.project.files.keys()].map((path) => [rank(path), path]).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, path] of ranked) {
      const slash = path.lastIndexOf('/');
      const item = button(path.slice(slash + 1), () => this.chosen(path), { shape: 'file', text: true });
      if (path === this.current) item.setAttribute('aria-current', 'true');
      const { count = 0, severity = '' } = this.problems.get(path) ?? {};
      if (count) item.append(make('span', { class: `badge badge--${severity}`, 'aria-label': `${count} ${count === 1 ? 'problem' : 'problems'}` }, String(count)));
      listOf(path.slice(0, Math.max(0, slash))).append(make('li', {}, item));
    }
  }

  /** @param {string} path */
  show(path) {
    this.current = path;
    this.draw();
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.list.querySelector('[aria-current], button'))?.focus();
  }

  /** @param {import('../abi.js').Diagnostic[]} found */
  mark(found) {
    this.problems.clear();
    for (const { file = '', severity } of found) {
      const { count = 0, severity: worst = severity } = this.problems.get(file) ?? {};
      this.problems.set(file, { count: count + 1, severity: worst === 'error' ? worst : severity });
    }
    // Most keystrokes change nothing here.
    const now = JSON.stringify([...this.problems]);
    if (now !== this.marked) this.draw();
    this.marked = now;
  }

  /** A path that the reader names, that is none yet. @param {string} question @param {string} proposal */
  ask(question, proposal) {
    const path = cleanPath(prompt(question, proposal) ?? '');
    if (!path || path === proposal) return path && this.project.files.has(path) ? '' : path;
    if (!this.project.files.has(path)) return path;
    alert(`There is a file ${path} already.`);
    return '';
  }

  create() {
    const folder = this.current.replace(/[^/]*$/, '');
    const path = this.ask('Path of the new file', `${folder}new.md`);
    if (!path) return;
    this.project.put(path, /\.(md|markdown|html)$/.test(path) ? `---\ntitle: ${path.replace(/.*\/|\.\w+$/g, '')}\n---\n\n` : '');
    this.chosen(path);
  }

  rename() {
    const from = this.current;
    const to = from && this.ask('New path', from);
    if (!to || to === from) return;
    this.project.rename(from, to);
    this.chosen(to);
  }

  remove() {
    const path = this.current;
    if (!path || !confirm(`Delete ${path}? It can’t be brought back.`)) return;
    this.project.remove(path);
    const [next] = this.project.paths;
    if (next) this.chosen(next);
  }
}
