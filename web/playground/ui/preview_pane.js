// The pane of the preview: its address, its width, the frame, and a line when it is older than the
// source.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';

const WIDTHS = ['Phone', 'Tablet', 'Fit'];

export class View {
  /** Begins to write on the page. @type {(fresh?: boolean) => void} */
  writes = () => {};

  /** @param {HTMLElement} section */
  constructor(section) {
    this.address = make('code');
    this.frame = make('iframe', { title: 'Preview of the page', sandbox: 'allow-scripts' });
    this.stage = make('div', { class: 'stage' }, this.frame);
    this.stale = make('p', { class: 'stale', hidden: '' });
    this.widths = make(
      'span',
      { role: 'group', 'aria-label': 'Width' },
      ...WIDTHS.map((width) => button(width, () => this.fit(width))),
    );
    this.write = button('Write on the page', () => this.writes(), { shape: shapes.pen });
    const fresh = button('New page', () => this.writes(true), { shape: shapes.plus });
    this.row = make('div', { class: 'address' }, this.address, this.write, fresh, this.widths);
    section.append(this.row, this.stage, this.stale);
    this.fit('Fit');
  }

  /**
   * Shows that the page in view is older than the source, and why.
   * @param {import('../../engine/abi.js').Diagnostic | undefined} mistake undefined: it is not
   */
  outdate(mistake) {
    this.stale.hidden = !mistake;
    const message = mistake ? `The last page without an error. Now: ${mistake.message}` : '';
    if (message !== this.stale.textContent) this.stale.textContent = message;
  }

  /** @param {string} width one of WIDTHS */
  fit(width) {
    this.stage.dataset.width = width.toLowerCase();
    for (const other of this.widths.children)
      other.setAttribute('aria-pressed', String(other.textContent === width));
  }
}
