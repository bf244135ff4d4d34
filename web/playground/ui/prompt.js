// A dialog with questions, each with a field.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/**
 * `type`: of the input; `lines`: of a longer text; `field`: there is one; `choices`: what is
 * proposed; `empty`: it may be left so.
 * @typedef {{ question: string, example?: string, value?: string, type?: string, lines?: number,
 *   field?: Field, choices?: string[], empty?: boolean }} Question
 */

/**
 * Resolves to the reader's answer; '' when the dialog is closed.
 * @param {HTMLElement} parent
 * @param {Question & { hint: string, act?: string }} what
 * @returns {Promise<string>}
 */
export const askFor = async (parent, { hint, act, ...question }) =>
  (await askAll(parent, { hint, act, questions: [question] }))?.[0] ?? '';

let lists = 0;

/**
 * Resolves to the reader's answers; undefined when the dialog is closed.
 * @param {HTMLElement} parent
 * @param {{ questions: Question[], hint: string, act?: string, shown?: Element }} what `shown`:
 *   what the answers make
 * @returns {Promise<string[] | undefined>}
 */
export function askAll(parent, { questions, hint, act = 'Open', shown }) {
  /** @type {Field[]} */
  const inputs = [];
  const fields = questions.map(({ question, example = '', value = '', ...of }) => {
    const { type = 'text', choices = [], empty = false, lines = 0, field } = of;
    const options = choices.map((choice) => make('option', { value: choice }));
    const list = options[0] && make('datalist', { id: `choices-${++lists}` }, ...options);
    const given = {
      placeholder: example,
      autocapitalize: 'off',
      autocomplete: 'off',
      spellcheck: 'false',
      ...(empty ? {} : { required: '' }),
      ...(list && { list: list.id }),
    };
    const input =
      field ??
      (lines
        ? make('textarea', { rows: `${lines}`, ...given })
        : make('input', { type, ...given }));
    if (!field) input.value = value;
    inputs.push(input);
    return make('label', {}, question, input, ...(list ? [list] : []));
  });
  const box = make(
    'dialog',
    { class: 'ask' },
    make(
      'form',
      { method: 'dialog' },
      ...fields,
      ...(shown ? [shown] : []),
      make('p', {}, hint),
      make(
        'div',
        {},
        button('Cancel', () => box.close()),
        make('button', { class: 'main', value: 'open' }, act),
      ),
    ),
  );
  parent.append(box);
  box.showModal();
  return new Promise((resolve) =>
    box.addEventListener('close', () => {
      box.remove();
      resolve(box.returnValue === 'open' ? inputs.map(({ value }) => value.trim()) : undefined);
    }),
  );
}
