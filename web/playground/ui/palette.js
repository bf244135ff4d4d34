// The command palette: finds commands and files by some of their letters.

import { make } from '../../base/elements.js';
import { offered } from './commands.js';
import { spoken, written } from './keys.js';
import { Sheet } from './dialog.js';
import { OptionList } from './option_list.js';

/**
 * @typedef {{ label: string, hint: string, keys?: string, also?: string, run(): unknown }} Choice
 */

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

/**
 * The word for a command, as others call it, that begins like the query.
 * @param {Choice} choice
 * @param {string} question
 */
const synonym = ({ also = '' }, question) => {
  const needle = question.toLowerCase().trim();
  return needle ? also.split(' ').find((word) => word.startsWith(needle)) : undefined;
};

export class Palette {
  /** @type {Choice[]} */
  found = [];

  /** @param {import('./commands.js').Workbench} playground */
  constructor(playground) {
    this.playground = playground;
    this.sheet = new Sheet(playground.play, 'Commands and files', { head: false });
    const label = 'Commands and files';
    const list = make('ul', { id: 'choices', role: 'listbox', 'aria-label': label });
    this.options = new OptionList(list, {
      label,
      placeholder: 'A command or a file',
      draw: () => this.draw(),
      pick: (at) => this.choose(at),
    });
    this.sheet.body.append(this.options.input, list, this.options.none);
  }

  open() {
    this.options.input.value = '';
    this.draw();
    this.sheet.open();
    this.options.input.focus();
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

  /** The headings of the open file. @returns {Choice[]} */
  headings() {
    const { editor, path } = this.playground;
    return editor.view.state.doc
      .toString()
      .split('\n')
      .flatMap((text, at) => {
        const [, marks, label] = /^(#{1,6})[ \t]+(.+)$/.exec(text) ?? [];
        const run = () => editor.goTo(at + 1);
        return marks ? [{ label, hint: `${path}:${at + 1}`, run }] : [];
      });
  }

  /**
   * What is asked for: `#` finds headings, `>` commands only.
   * @param {string} question
   * @returns {[choices: Choice[], question: string]}
   */
  asked(question) {
    const [first, rest] = [question[0], question.slice(1)];
    if (first === '#') return [this.headings(), rest];
    const choices = this.choices();
    return first === '>'
      ? [choices.filter(({ hint }) => hint !== 'File'), rest]
      : [choices, question];
  }

  draw() {
    const [choices, question] = this.asked(this.options.input.value);
    const ranked = choices.map(
      (choice, at) =>
        /** @type {const} */ ([
          rank(choice.label, question) ??
            (synonym(choice, question) ? 500 : undefined) ??
            rank(`${choice.hint} ${choice.label}`, question),
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
    this.options.show(
      this.found.map((choice, at) => {
        const { label, hint, keys } = choice;
        // A word that matched is shown: a result that does not explain itself looks like an error.
        const word = rank(label, question) === undefined && synonym(choice, question);
        const item = make('li', {
          role: 'option',
          id: `choice-${at}`,
          ...(keys && { 'aria-keyshortcuts': spoken(keys) }),
        });
        const name = make('span', {}, label);
        if (word) name.append(' ', make('small', {}, 'also: ', make('mark', {}, word)));
        item.append(name, make('small', {}, ...(keys ? written(keys) : [hint])));
        item.addEventListener('click', () => this.choose(at));
        return item;
      }),
    );
  }

  /** @param {number} at */
  choose(at) {
    const choice = this.found[at];
    // The focus returns first: a command may move it.
    this.sheet.close();
    choice?.run();
  }
}
