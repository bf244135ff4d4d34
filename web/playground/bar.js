// The bar: which project is open, what became of it, and what can be done with all of it.

import { make } from '../elements.js';
import { button, icon } from './dom.js';
import { STARTS } from './starts.js';

const SOURCES = [['folder', 'A folder …'], ['zip', 'A zip …'], ['address', 'A repository or a site …'], ...Object.entries(STARTS).map(([name, start]) => [name, `New: ${start.title.toLowerCase()}`])];

/** What is taken away. @typedef {'sources' | 'site' | 'page'} Taken */
const TAKEN = [['sources', 'The sources (zip)'], ['site', 'The finished site (zip)'], ['page', 'This page (HTML)']];

/** What the buttons do; `open` gets one of SOURCES. @typedef {{ open(source: string): void, save(): void, take(what: Taken): void, scheme(): void, share(): void }} Acts */

/** A choice of things to do. @param {string} label @param {string[][]} entries value and text of each @param {(value: any) => void} act @param {string} [kind] */
function menu(label, entries, act, kind = '') {
  const select = make('select', { class: kind, 'aria-label': label }, make('option', { value: '' }, `${label} …`));
  for (const [value, text] of entries) select.append(make('option', { value }, text));
  select.addEventListener('change', () => {
    const { value } = select;
    select.value = '';
    if (value) act(value);
  });
  return select;
}

export class Bar {
  /** @param {HTMLElement} bar @param {Acts} acts */
  constructor(bar, acts) {
    this.title = make('span', { class: 'title' });
    this.saved = make('span', { class: 'saved', role: 'status' });
    this.save = button('Save', acts.save);
    this.save.hidden = true;
    // A page gives a heading of its own rank.
    const name = make('span', { class: 'name' }, icon('globe'), make('slot', { name: 'title' }, 'Playground'));
    bar.append(
      name, this.title, this.saved, menu('Open', SOURCES, acts.open, 'start'), this.save, menu('Download', TAKEN, acts.take),
      button('Light or dark', acts.scheme, { shape: 'scheme' }), button('Share', acts.share, { class: 'main' }),
    );
  }

  /** What there is to be saved into a folder. @param {string[] | undefined} paths undefined: none is open */
  unsaved(paths) {
    this.save.hidden = !paths;
    this.save.disabled = !paths?.length;
    this.save.textContent = paths?.length ? `Save ${paths.length}` : 'Saved';
    this.save.title = paths?.join('\n') ?? '';
  }
}
