// The bar: which project is open, what became of it, and what can be done with all of it.

import { make } from '../elements.js';
import { command } from './commands.js';
import { dialectOf } from './dialect.js';
import { button, icon } from './dom.js';
import { spoken } from './keys.js';
import { STARTS } from './starts.js';

/** @typedef {import('./playground.js').Playground} Playground @typedef {import('./dialect.js').Dialect} Dialect */

const SOURCES = [['folder', 'A folder …'], ['zip', 'A zip …'], ...Object.keys(STARTS).map((name) => [name, command(`new-${name}`).label])];
/** Commands that have a button, with its sign. */
const BUTTONS = /** @type {const} */ ([['tree', 'folder'], ['palette', 'search'], ['download', 'download'], ['split', 'split'], ['scheme', 'scheme'], ['keys', 'keys']]);
const DIALECTS = /** @type {const} */ ([['kramdown', 'kramdown'], ['GitHub', 'GitHub’s']]);

export class Bar {
  /** @param {HTMLElement} bar @param {Playground} playground */
  constructor(bar, playground) {
    this.title = make('span', { class: 'title' });
    this.saved = make('span', { class: 'saved', role: 'status' });
    const starts = make('select', { class: 'start', 'aria-label': 'Open' }, make('option', { value: '' }, 'Open …'));
    for (const [value, label] of SOURCES) starts.append(make('option', { value }, label));
    starts.addEventListener('change', () => {
      const { value } = starts;
      starts.value = '';
      if (value) playground.pick(value);
    });
    this.dialects = make('span', { class: 'dialect', role: 'group', 'aria-label': 'Markdown' });
    const { project } = playground;
    for (const [dialect, label] of DIALECTS) this.dialects.append(button(label, () => dialectOf(project) !== dialect && playground.run(command('dialect'))));
    // A page gives a heading of its own rank.
    const name = make('span', { class: 'name' }, icon('globe'), make('slot', { name: 'title' }, 'Playground'));
    const buttons = BUTTONS.map(([id, shape]) => {
      const { label, keys } = command(id);
      const made = button(label, () => playground.run(command(id)), { shape, class: `for-${id}` });
      if (keys) made.setAttribute('aria-keyshortcuts', spoken(keys));
      return made;
    });
    bar.append(name, this.title, this.saved, this.dialects, starts, ...buttons, button('Share', () => playground.share(), { class: 'main' }));
  }

  /** Which Markdown a file is written in, if it is. @param {Dialect | undefined} dialect */
  show(dialect) {
    this.dialects.hidden = !dialect;
    for (const [at, [name]] of DIALECTS.entries()) this.dialects.children[at].setAttribute('aria-pressed', String(name === dialect));
  }
}
