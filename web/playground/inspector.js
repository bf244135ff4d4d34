// What the page in view is made of.

import { make } from '../elements.js';

export class Inspector {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.facts = make('dl');
    section.append(make('header', {}, make('h2', { id: 'made-of' }, 'How this page came about')), this.facts);
  }

  /** @param {import('./core.js').Page} page @param {import('./preview.js').Preview} preview */
  show({ json, time }, { page: { shell, parts } }) {
    const size = parts.reduce((sum, { length }) => sum + length, shell.length);
    const rows = [
      ['Made of', json.source ?? 'the theme'],
      ['Title', json.title ?? ''],
      ['Takes', (json.dependencies ?? []).filter((path) => path !== json.source).join(', ')],
      ['Size', `${size.toLocaleString()} characters of HTML`],
      ['Time', `${time.toFixed(1)} ms`],
    ];
    this.facts.replaceChildren(...rows.filter(([, text]) => text).flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, make('code', {}, text))]));
  }
}
