// The command palette: finds commands and files by some of their letters.

import { make } from '../../base/elements.js';
import { offered } from './commands.js';
import { spoken, written } from './keys.js';
import { Sheet } from './dialog.js';

/** @typedef {{ label: string, hint: string, keys?: string, run(): unknown }} Choice */

// Maximal number of results.
const MOST = 60;
// Maximal distance of matching letters.
const FAR = 12;

/**
 * The score of a text for a query, less is better; undefined when the letters do not occur in
 * order.
 * @param {string} text
 * @param {string} question
 */
export function rank(text, question) {
  const [hay, needle] = [text.toLowerCase(), question.toLowerCase().trim()];
  const whole = hay.indexOf(needle);
  if (whole >= 0) return whole && /\w/.test(hay[whole - 1]) ? 100 + whole : whole;
  let [at, gaps] = [-1, 0];
  for (const letter of needle.replace(/\s+/g, '')) {
    const next = hay.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    gaps += at < 0 ? 0 : next - at - 1;
    at = next;
  }
  return gaps > FAR ? undefined : 1000 + gaps;
}

export class Palette {
  /** @type {Choice[]} */
  found = [];
  current = 0;

  /** @param {import('./commands.js').Workbench} playground */
  constructor(playground) {
    this.playground = playground;
    this.sheet = new Sheet(playground.play, 'Commands and files', { head: false });
    this.input = make('input', {
      type: 'text',
      role: 'combobox',
      'aria-label': 'Commands and files',
      'aria-expanded': 'true',
      'aria-controls': 'choices',
      'aria-autocomplete': 'list',
      placeholder: 'A command or a file',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.list = make('ul', { id: 'choices', role: 'listbox', 'aria-label': 'Commands and files' });
    this.none = make('p', { class: 'none', hidden: '' }, 'Nothing is called that.');
    this.sheet.body.append(this.input, this.list, this.none);
    this.input.addEventListener('input', () => this.draw());
    this.input.addEventListener('keydown', (event) => this.press(event));
  }

  open() {
    this.input.value = '';
    this.draw();
    this.sheet.open();
    this.input.focus();
  }

  /** @returns {Choice[]} */
  choices() {
    const { playground } = this;
    const commands = offered(playground)
      .filter(({ id }) => id !== 'palette')
      .map((one) => ({ ...one, hint: one.group, run: () => playground.run(one) }));
    const files = playground.project.paths.map((path) => ({
      label: path,
      hint: 'File',
      run: () => playground.open(path, { focus: true }),
    }));
    return [...commands, ...files];
  }

  draw() {
    const question = this.input.value;
    const ranked = this.choices().map(
      (choice, at) =>
        /** @type {const} */ ([
          rank(choice.label, question) ?? rank(`${choice.hint} ${choice.label}`, question),
          at,
          choice,
        ]),
    );
    this.found = ranked
      .flatMap(([value, at, choice]) =>
        value === undefined ? [] : [/** @type {const} */ ([value, at, choice])],
      )
      .sort(([a, i], [b, j]) => a - b || i - j)
      .slice(0, MOST)
      .map(([, , choice]) => choice);
    this.list.replaceChildren(
      ...this.found.map(({ label, hint, keys }, at) => {
        const item = make('li', {
          role: 'option',
          id: `choice-${at}`,
          ...(keys && { 'aria-keyshortcuts': spoken(keys) }),
        });
        item.append(make('span', {}, label), make('small', {}, ...(keys ? written(keys) : [hint])));
        item.addEventListener('click', () => this.choose(at));
        return item;
      }),
    );
    this.none.hidden = !!this.found.length;
    this.move(0);
  }

  /** @param {number} to */
  move(to) {
    this.current = this.found.length ? (to + this.found.length) % this.found.length : 0;
    for (const [at, item] of [...this.list.children].entries())
      item.setAttribute('aria-selected', String(at === this.current));
    this.list.children[this.current]?.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute(
      'aria-activedescendant',
      this.found.length ? `choice-${this.current}` : '',
    );
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(this.current + step);
    else if (event.key === 'Enter' && !event.isComposing) this.choose(this.current);
    else return;
    event.preventDefault();
  }

  /** @param {number} at */
  choose(at) {
    const choice = this.found[at];
    // The focus returns first: a command may move it.
    this.sheet.close();
    choice?.run();
  }
}
