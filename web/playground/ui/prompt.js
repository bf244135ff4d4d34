// A dialog with a question and a text field.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

/**
 * Resolves to the reader's answer; undefined when the dialog is closed.
 * @param {HTMLElement} parent
 * @param {{ question: string, hint: string, example: string, act?: string,
 *   value?: string }} what
 * @returns {Promise<string>}
 */
export function askFor(parent, { question, hint, example, act = 'Open', value = '' }) {
  const input = make('input', {
    type: 'text',
    required: '',
    placeholder: example,
    autocapitalize: 'off',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.value = value;
  const box = make(
    'dialog',
    { class: 'ask' },
    make(
      'form',
      { method: 'dialog' },
      make('label', {}, question, input),
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
      resolve(box.returnValue === 'open' ? input.value.trim() : '');
    }),
  );
}
