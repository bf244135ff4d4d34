// The form that takes a token, and says before what it may do.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { Fault } from './host.js';
import { wordsOf } from './faults.js';

// What a token is made of; other texts are not sent.
const TOKEN = /^[\x21-\x7e]{20,255}$/;

/**
 * @param {{ host: import('./host.js').Host, name: string, why: string, signIn: (token: string,
 *   keep: boolean) => Promise<void>, cancel: () => void }} of `signIn` throws a Fault
 */
export function signInForm({ host, name, why, signIn, cancel }) {
  const field = make('input', {
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: host.words.placeholder,
    id: 'publish-token',
    'aria-describedby': 'publish-token-said',
  });
  const input = /** @type {HTMLInputElement} */ (field);
  const said = make('p', { class: 'said', id: 'publish-token-said', role: 'alert' }, why);
  const choice = (/** @type {string} */ value, /** @type {string} */ text, small = '') => {
    const radio = make('input', { type: 'radio', name: 'keep', value });
    return make(
      'label',
      { class: 'choice' },
      radio,
      make('span', {}, text, make('small', {}, small)),
    );
  };
  const here = choice('', 'In this tab, until you close it');
  /** @type {HTMLInputElement} */ (here.firstElementChild).checked = true;
  const kept = choice(
    'kept',
    'In this browser, encrypted',
    'For your own computer. “Sign out” removes it.',
  );
  const submit = /** @type {HTMLButtonElement} */ (
    make('button', { type: 'submit', class: 'main' }, 'Sign in')
  );
  const list = (/** @type {string} */ title, /** @type {string[]} */ ...items) =>
    make(
      'div',
      {},
      make('h3', {}, title),
      make('ul', {}, ...items.map((item) => make('li', {}, item))),
    );
  const form = make(
    'form',
    { class: 'sign-in' },
    make(
      'ol',
      {},
      make(
        'li',
        {},
        make('b', {}, `Create a token on ${host.name}.`),
        ` ${host.words.form(name)}`,
        make(
          'p',
          {},
          make(
            'a',
            {
              class: 'line',
              href: host.tokenForm(name),
              target: '_blank',
              rel: 'noopener noreferrer',
            },
            `Open the form on ${host.name}`,
          ),
        ),
      ),
      make(
        'li',
        {},
        make('label', { for: input.id }, make('b', {}, 'Paste the token.')),
        input,
        said,
      ),
    ),
    make(
      'div',
      { class: 'may' },
      list('It can', ...host.words.can(name)),
      list('It can’t', ...host.words.cannot),
    ),
    make('fieldset', {}, make('legend', {}, 'Where to keep it'), here, kept),
    make(
      'p',
      { class: 'none' },
      `It is sent to ${host.name} only. No other site, and no page that you preview, can read it.`,
    ),
    make('footer', {}, button('Cancel', cancel, { class: 'line' }), submit),
  );
  input.addEventListener('input', () => {
    said.textContent = host.words.warn(input.value.trim());
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const token = input.value.trim();
    if (!TOKEN.test(token)) {
      said.textContent = 'This is not a token. Copy it again: it is shown only once.';
      return input.focus();
    }
    submit.disabled = true;
    said.textContent = `Asking ${host.name} …`;
    const keep = /** @type {HTMLInputElement} */ (kept.firstElementChild).checked;
    try {
      await signIn(token, keep);
      input.value = '';
    } catch (error) {
      const around = { host, name, branch: 'the branch', count: 'changes' };
      said.textContent =
        error instanceof Fault ? wordsOf(error, around).what : /** @type {Error} */ (error).message;
      submit.disabled = false;
      input.focus();
    }
  });
  return form;
}
