// The bar: which project is open, what became of it, and what can be done with all of it.

import { make } from '../elements.js';
import { button, icon } from './dom.js';
import { STARTS } from './starts.js';

const SOURCES = [['folder', 'A folder …'], ['zip', 'A zip …'], ...Object.entries(STARTS).map(([name, start]) => [name, `New: ${start.title.toLowerCase()}`])];

/** What the buttons do; `open` gets one of SOURCES. @typedef {{ open(source: string): void, take(): void, scheme(): void, share(): void }} Acts */

export class Bar {
  /** @param {HTMLElement} bar @param {Acts} acts */
  constructor(bar, acts) {
    this.title = make('span', { class: 'title' });
    this.saved = make('span', { class: 'saved', role: 'status' });
    const starts = make('select', { class: 'start', 'aria-label': 'Open' }, make('option', { value: '' }, 'Open …'));
    for (const [value, label] of SOURCES) starts.append(make('option', { value }, label));
    starts.addEventListener('change', () => {
      const { value } = starts;
      starts.value = '';
      if (value) acts.open(value);
    });
    // A page gives a heading of its own rank.
    const name = make('span', { class: 'name' }, icon('globe'), make('slot', { name: 'title' }, 'Playground'));
    bar.append(
      name, this.title, this.saved, starts, button('Download the files', acts.take, { shape: 'download' }),
      button('Light or dark', acts.scheme, { shape: 'scheme' }), button('Share', acts.share, { class: 'main' }),
    );
  }
}
