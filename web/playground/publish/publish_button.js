// The button that publishes: each of its states has a word and an icon of its own.

import { make } from '../../base/elements.js';
import { icon } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';
import { plural } from '../ui/words.js';

/** @typedef {'idle' | 'running' | 'published' | 'conflict' | 'queued' | 'failed'} State */

/** @type {Record<State, [word: string, shape: string]>} */
const STATES = {
  idle: ['Publish', shapes.send],
  running: ['Publishing', shapes.upload],
  published: ['Published', shapes.check],
  conflict: ['Conflicts', shapes.split],
  queued: ['Queued', shapes.history],
  failed: ['Not published', shapes.warning],
};

/** @param {State} state */
export const wordOf = (state) => STATES[state][0];

export class PublishButton {
  #number = make('span', { class: 'number' });

  /** @param {HTMLElement} element of the bar */
  constructor(element) {
    this.element = element;
    element.append(this.#number);
  }

  /** @param {State} state @param {number} changes */
  show(state, changes) {
    const { element } = this;
    const [word, shape] = STATES[state];
    const count = (state === 'idle' || state === 'queued') && changes;
    this.#number.textContent = String(count || '');
    this.#number.hidden = !count;
    const label = /** @type {HTMLElement} */ (element.querySelector('.label'));
    label.textContent = word;
    element.querySelector('.icon')?.replaceWith(icon(shape));
    element.dataset.state = state;
    const spoken = changes ? plural(changes, 'change', 'changes') : 'nothing to publish';
    element.setAttribute(
      'aria-label',
      state === 'idle' && changes
        ? `Publish ${spoken}`
        : `${word}${count || state === 'idle' ? `, ${spoken}` : ''}`,
    );
  }
}
