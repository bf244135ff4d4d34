// The steps of publishing while it runs. Each is told once, as it begins.

import { make } from '../../base/elements.js';
import { button, icon } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';

/** @typedef {import('./send.js').Step} Step */

/** @type {Record<Step, (branch: string, request: string) => string>} */
const STEPS = {
  look: (branch) => `Check ${branch} for new commits`,
  fork: () => 'Make your fork',
  send: () => 'Send files',
  commit: () => 'Create one commit',
  move: (branch) => `Update ${branch}`,
  branch: () => 'Create a branch',
  pull: (_, request) => `Open a ${request}`,
  check: () => 'It may have arrived. Checking …',
};

// From these on it can't be stopped.
const LATE = ['move', 'pull', 'check'];

export class StepsView {
  #list = make('ol', { class: 'steps' });
  #said = make('p', {}, 'You can close this and keep writing. Nothing is public yet.');
  /** The last step, and what is said of it. @type {Step | undefined} */
  #step = undefined;
  #detail = make('small');

  /**
   * @param {{ branch: () => string, request: string, stop: () => void, tell: (text: string) => void
   *   }} of `tell`: what is read aloud
   */
  constructor({ branch, request, stop, tell }) {
    this.tell = tell;
    this.words = (/** @type {Step} */ step) => STEPS[step](branch(), request);
    const end = button('Stop', () => ((end.disabled = true), stop()), { class: 'line' });
    this.foot = make('footer', {}, end);
    this.element = make('div', { class: 'run', tabindex: '-1' }, this.#list, this.#said, this.foot);
  }

  /** @param {Step} step @param {string} detail such as how many files are sent */
  report(step, detail) {
    if (step !== this.#step) this.#begin(step);
    this.#detail.textContent = step === 'move' ? '' : detail;
  }

  /** @param {Step} step */
  #begin(step) {
    this.#step = step;
    const last = this.#list.lastElementChild;
    if (last) last.className = 'done';
    last?.querySelector('.icon')?.replaceWith(icon(shapes.check));
    this.#detail = make('small');
    const words = this.words(step);
    const said = make('span', {}, words);
    this.#list.append(make('li', { class: 'now' }, icon(shapes.history), said, this.#detail));
    const late = LATE.includes(step);
    if (late) this.#said.textContent = 'The last step is on its way.';
    // With the first one the dialog tells its name.
    if (last) this.tell(late ? `${words}. ${this.#said.textContent}` : words);
    if (!late) return;
    // The focus was perhaps on its button.
    if (this.foot.matches(':focus-within')) this.element.focus();
    this.foot.hidden = true;
  }
}
