// The list of diagnostics with their remedies; each leads to its place in the source.

import { make } from '../../base/elements.js';
import { button, icon } from './buttons.js';

/** @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic */

export class Problems {
  /** Called with the selected diagnostic. @type {(problem: Diagnostic) => void} */
  chosen = () => {};
  /** Those that are shown, as JSON. */
  text = '';

  /** @param {HTMLElement} section @param {HTMLElement} counter elsewhere */
  constructor(section, counter) {
    this.count = make('span', { class: 'count' });
    this.list = make('ul');
    this.counter = counter;
    // Screen readers say the number with its word.
    const live = { 'aria-live': 'polite', 'aria-atomic': 'true' };
    section.append(
      make('header', live, make('h2', { id: 'problems' }, 'Problems'), this.count),
      this.list,
    );
    this.show([]);
  }

  /**
   * If they are those that are shown, their elements stay: one may have the focus, or be pressed.
   * @param {Diagnostic[]} found
   */
  show(found) {
    const text = JSON.stringify(found);
    if (text === this.text) return;
    this.text = text;
    this.count.textContent = found.length ? `${found.length}` : 'none';
    this.counter.textContent = found.length ? String(found.length) : '';
    this.list.replaceChildren(
      ...found.map((problem) => {
        const { severity, message, remedy, file, line, column } = problem;
        const item = button('', () => this.chosen(problem));
        item.append(
          icon(severity),
          make('span', {}, message),
          make('code', {}, [file, line, line && column].filter(Boolean).join(':')),
        );
        if (remedy) item.append(make('small', {}, remedy));
        return make('li', { class: severity }, item);
      }),
    );
  }
}
