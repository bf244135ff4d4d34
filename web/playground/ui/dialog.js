// A modal dialog: Escape, its button and a click beside it close it, and the focus returns.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';

export class Sheet {
  body = make('div', { class: 'sheet__body' });
  heading = make('h2');

  /**
   * @param {HTMLElement} parent
   * @param {string} label
   * @param {{ wide?: boolean, low?: boolean, head?: boolean }} [look] `low`: on a phone at its
   *   lower edge; `head`: with its name and a button
   */
  constructor(parent, label, { wide = false, low = false, head = true } = {}) {
    this.dialog = make('dialog', {
      class: `sheet${wide ? ' sheet--wide' : ''}${low ? ' sheet--low' : ''}`,
      'aria-label': label,
    });
    this.heading.textContent = label;
    if (head)
      this.dialog.append(
        make(
          'header',
          {},
          this.heading,
          button('Close', () => this.close(), { shape: shapes.close }),
        ),
      );
    this.dialog.append(this.body);
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.close());
    parent.append(this.dialog);
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }
}
