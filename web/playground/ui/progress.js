// The progress of a long task, and a button that stops it.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

/**
 * A task reports by it how far it is, and learns that it is to stop.
 * @typedef {{ report: (text: string) => void, signal: AbortSignal }} Watch
 */

export class Busy {
  control = new AbortController();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.text = make('span', { role: 'status' });
    this.box = make(
      'p',
      { class: 'busy', hidden: '' },
      this.text,
      button('Stop', () => this.control.abort()),
    );
    parent.append(this.box);
  }

  /**
   * One thing at a time: what is under way is stopped. What was stopped throws.
   * @template T
   * @param {string} what it says at first
   * @param {(watch: Watch) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async during(what, work) {
    this.control.abort();
    const control = (this.control = new AbortController());
    const { signal } = control;
    /** @type {Promise<never>} */
    const stopped = new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('Stopped.'))),
    );
    const report = (/** @type {string} */ text) => {
      if (control === this.control) this.text.textContent = text;
    };
    report(what);
    this.box.hidden = false;
    try {
      return await Promise.race([work({ report, signal }), stopped]);
    } finally {
      if (control === this.control) this.box.hidden = true;
    }
  }
}
