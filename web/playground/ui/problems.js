// The list of diagnostics of the whole project by file, with their remedies; each leads to its
// place in the source, and where an edit solves it, a button makes it.

import { make } from '../../base/elements.js';
import { button, icon } from './buttons.js';
import * as shapes from './shapes.js';
import { fixOf } from './fixes.js';

const SIGNS = { error: shapes.error, warning: shapes.warning, info: shapes.info };

/**
 * @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic
 * @typedef {import('./fixes.js').Fix} Fix
 */

export class Problems {
  /** Called with the selected diagnostic. @type {(problem: Diagnostic) => void} */
  chosen = () => {};
  /** Called with edits to make. @type {(fixes: Fix[]) => void} */
  fixed = () => {};
  /** The text of a file. @type {(path: string) => string | undefined} */
  textOf = () => undefined;
  /** The open file, whose problems come first. @type {() => string} */
  open = () => '';
  /** Those that are shown, as JSON. */
  text = '';

  /** @param {HTMLElement} section @param {HTMLElement} counter elsewhere */
  constructor(section, counter) {
    this.count = make('span', { class: 'count' });
    this.every = button('Fix all', () => this.fixed(this.fixes), { class: 'fix' });
    this.list = make('div');
    this.counter = counter;
    /** @type {Fix[]} */
    this.fixes = [];
    // Screen readers say the number with its word.
    const live = { 'aria-live': 'polite', 'aria-atomic': 'true' };
    section.append(
      make(
        'header',
        {},
        make('div', live, make('h2', { id: 'problems' }, 'Problems'), this.count),
        this.every,
      ),
      this.list,
    );
    this.show([]);
  }

  /**
   * If they are those that are shown, their elements stay: one may have the focus, or be pressed.
   * @param {Diagnostic[]} found
   */
  show(found) {
    const open = this.open();
    const text = JSON.stringify([found, open]);
    if (text === this.text) return;
    this.text = text;
    const files = new Set(found.flatMap(({ file }) => file || []));
    this.count.textContent = !found.length
      ? 'none'
      : files.size > 1
        ? `${found.length} in ${files.size} files`
        : `${found.length}`;
    this.counter.textContent = found.length ? String(found.length) : '';
    this.fixes = [];
    /** @type {Map<string, Diagnostic[]>} */
    const byFile = new Map([[open, []]]);
    for (const problem of found) {
      const { file = '' } = problem;
      byFile.set(file, [...(byFile.get(file) ?? []), problem]);
    }
    this.list.replaceChildren(
      ...[...byFile].flatMap(([file, problems]) =>
        problems.length
          ? [
              ...(files.size > 1 && file ? [make('h3', {}, file)] : []),
              make('ul', {}, ...problems.map((problem) => this.item(problem))),
            ]
          : [],
      ),
    );
    this.every.hidden = this.fixes.length < 2;
    this.every.textContent = `Fix all ${this.fixes.length}`;
  }

  /** @param {Diagnostic} problem */
  item(problem) {
    const { severity, message, remedy, file, line, column } = problem;
    const item = button('', () => this.chosen(problem));
    item.append(
      icon(SIGNS[severity]),
      make('span', {}, message),
      make('code', {}, [file, line, line && column].filter(Boolean).join(':')),
    );
    if (remedy) item.append(make('small', {}, remedy));
    const fix = fixOf(problem, this.textOf);
    if (!fix) return make('li', { class: severity }, item);
    this.fixes.push(fix);
    return make(
      'li',
      { class: severity },
      item,
      button(fix.label, () => this.fixed([fix]), { class: 'fix' }),
    );
  }
}
