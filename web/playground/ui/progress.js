// The progress of a long task, and a button that cancels it.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

/**
 * The task's interface: it reports its progress, and observes the signal.
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
   * Runs one task at a time: a running one is cancelled, and throws.
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
