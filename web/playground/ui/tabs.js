// Tabs of the open files, in the order in which they were opened.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';
import { nameOf } from '../project/file_content.js';

/** @typedef {import('../project/project.js').Project} Project */

export class Tabs {
  /** Called with the file to show. @type {(path: string) => void} */
  chosen = () => {};
  /** @type {string[]} */
  paths = [];
  current = '';

  /** @param {HTMLElement} list @param {Project} project */
  constructor(list, project) {
    this.list = list;
    project.addEventListener('open', () => {
      this.paths = [];
      this.draw();
    });
    project.whenChanged((path) => {
      if (project.has(path) || !this.paths.includes(path)) return;
      this.paths = this.paths.filter((other) => other !== path);
      this.draw();
    });
    list.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const next = step && this.paths[this.paths.indexOf(this.current) + step];
      if (!next) return;
      event.preventDefault();
      this.chosen(next);
      /** @type {HTMLElement | null} */ (list.querySelector('[aria-selected=true]'))?.focus();
    });
  }

  /** @param {string} path */
  show(path) {
    this.current = path;
    if (!this.paths.includes(path)) this.paths.push(path);
    this.draw();
  }

  /** @param {string} path */
  close(path) {
    const at = this.paths.indexOf(path);
    this.paths = this.paths.filter((other) => other !== path);
    if (path === this.current) this.chosen(this.paths[Math.max(0, at - 1)]);
    else this.draw();
  }

  draw() {
    this.list.replaceChildren(
      ...this.paths.map((path) => {
        const tab = button(nameOf(path), () => this.chosen(path));
        const selected = path === this.current;
        tab.setAttribute('role', 'tab');
        tab.setAttribute('aria-selected', String(selected));
        tab.tabIndex = selected ? 0 : -1;
        tab.title = path;
        const box = make('span');
        box.setAttribute('role', 'presentation');
        box.append(tab);
        if (this.paths.length > 1) {
          const close = button(`Close ${path}`, () => this.close(path), { shape: shapes.close });
          close.tabIndex = -1;
          box.append(close);
        }
        return box;
      }),
    );
  }
}
