// A field and the list of options that it finds, with the keys of ARIA's combobox.

import { make } from '../../base/elements.js';

export class OptionList {
  /** The number of the chosen option. */
  current = 0;

  /**
   * @param {HTMLElement} list a listbox with an id, whose options have ids
   * @param {{ label: string, placeholder: string, draw: () => void, pick: (at: number) => void }}
   *   how `draw` shows what the field asks for; `pick` takes an option by its number in the list
   */
  constructor(list, { label, placeholder, draw, pick }) {
    this.list = list;
    this.pick = pick;
    this.input = make('input', {
      type: 'text',
      role: 'combobox',
      'aria-label': label,
      'aria-expanded': 'true',
      'aria-controls': list.id,
      'aria-autocomplete': 'list',
      placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.none = make('p', { class: 'none', hidden: '' }, 'Nothing is called that.');
    this.input.addEventListener('input', draw);
    this.input.addEventListener('keydown', (event) => this.press(event));
  }

  /** Replaces what the list shows: options, or groups of them. @param {HTMLElement[]} shown */
  show(shown) {
    this.list.replaceChildren(...shown);
    this.move(0);
    this.none.hidden = this.list.querySelector('[role=option]') !== null;
  }

  /** @param {number} to */
  move(to) {
    const options = [...this.list.querySelectorAll('[role=option]')];
    this.current = options.length ? (to + options.length) % options.length : 0;
    for (const [at, option] of options.entries())
      option.setAttribute('aria-selected', String(at === this.current));
    const chosen = options[this.current];
    chosen?.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', chosen?.id ?? '');
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(this.current + step);
    else if (event.key === 'Enter' && !event.isComposing) this.pick(this.current);
    else return;
    event.preventDefault();
  }
}
