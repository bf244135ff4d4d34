// The form for sign-in by a token, and what it shares with the one that leads to the host's own
// page (oauth.js). They say before what it may do.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { Fault } from './host.js';
import { wordsOf } from './faults.js';

// What a token is made of; other texts are not sent.
const TOKEN = /^[\x21-\x7e]{20,255}$/;

/** @param {string} title @param {string[]} items */
const list = (title, items) =>
  make(
    'div',
    {},
    make('h3', {}, title),
    make('ul', {}, ...items.map((item) => make('li', {}, item))),
  );

/** What a token may do. @param {string[]} can @param {string[]} cannot */
export const mayBox = (can, cannot) =>
  make('div', { class: 'may' }, list('It can', can), list('It can’t', cannot));

/** Where the token is kept; `kept` is checked for this browser. */
export function keepChoice() {
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
  const there = choice(
    'kept',
    'In this browser, encrypted',
    'For your own computer. “Sign out” removes it.',
  );
  return {
    field: make('fieldset', {}, make('legend', {}, 'Where to keep it'), here, there),
    kept: /** @type {HTMLInputElement} */ (there.firstElementChild),
  };
}

/** @param {unknown} error @param {import('./host.js').Host} host @param {string} name */
export function reasonOf(error, host, name) {
  if (!(error instanceof Fault)) return /** @type {Error} */ (error).message;
  const { what } = wordsOf(error, { host, name, branch: 'the branch', count: 'changes' });
  const { said } = error.facts;
  return error.kind === 'refused' && said ? `${host.name} refused it: ${said.slice(0, 200)}` : what;
}

/**
 * What both forms take. `signIn` throws a Fault; `instead` leads to the other form; `words`,
 * `tokenForm`: of another token than the host's usual one.
 * @typedef {{ host: import('./host.js').Host, words?: import('./host.js').Words, tokenForm?:
 *   string, name: string, signIn: (grant: import('./sign_in_app.js').Grant, keep: boolean) =>
 *   Promise<void>, cancel: () => void, instead?: () => void }} Of
 */

/**
 * The form that takes a token.
 * @param {Of} of
 */
export function signInForm({
  host,
  words = host.words,
  name,
  tokenForm = host.tokenForm(name),
  signIn,
  cancel,
  instead,
}) {
  const field = make('input', {
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: words.placeholder,
    id: 'publish-token',
    'aria-describedby': 'publish-token-said',
  });
  const input = /** @type {HTMLInputElement} */ (field);
  const said = make('p', { class: 'said', id: 'publish-token-said', role: 'alert' });
  const { field: keeping, kept } = keepChoice();
  const submit = make('button', { type: 'submit', class: 'main' }, 'Sign in');
  let asking = false;
  const setAsking = (/** @type {boolean} */ now) => {
    asking = now;
    submit.setAttribute('aria-disabled', String(now));
  };
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
        ` ${words.form(name)}`,
        make(
          'p',
          {},
          make(
            'a',
            {
              class: 'line',
              href: tokenForm,
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
    mayBox(words.can(name), words.cannot),
    keeping,
    make(
      'p',
      { class: 'none' },
      `It is sent to ${host.name} only. No other site, and no page that you preview, can read it.`,
    ),
    make(
      'footer',
      {},
      ...(instead ? [button(`Sign in with ${host.name}`, instead, { class: 'text' })] : []),
      button('Cancel', cancel, { class: 'line' }),
      submit,
    ),
  );
  input.addEventListener('input', () => {
    said.textContent = words.warn(input.value.trim());
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const token = input.value.trim();
    if (asking) return;
    if (!TOKEN.test(token)) {
      said.textContent = 'This is not a token. Copy it again: it is shown only once.';
      return input.focus();
    }
    // It keeps the focus.
    setAsking(true);
    said.textContent = `Asking ${host.name} …`;
    try {
      await signIn({ token }, kept.checked);
      input.value = '';
    } catch (error) {
      said.textContent = reasonOf(error, host, name);
      setAsking(false);
      input.focus();
    }
  });
  return form;
}
