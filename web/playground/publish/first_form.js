// The sheet of a first site: three steps with their state. A step that is done stays done.

import { make } from '../../base/elements.js';
import { button, icon } from '../ui/buttons.js';

/**
 * `done`: how many steps are; `running`; `name`: of the repository, with its owner once that is
 * known; `files`: what is sent, in words; `detail`: what is done now; `why`: what stopped it;
 * `links`: where the reader does a step by hand, by its number; `live`: a line about the address.
 * @typedef {{ done: number, running: boolean, name: string, files: string, detail: string, why:
 *   string, links: Record<number, HTMLElement>, live?: HTMLElement }} State
 */

// Of repositories on GitHub.
const NAME = '[A-Za-z0-9._\\-]{1,100}';
const STEPS = ['Create the repository', 'Send the site', 'Turn on Pages'];

/**
 * @param {State} state
 * @param {{ go: (name: string) => void, later: () => void, end: () => void }} acts
 */
export function firstForm({ done, running, name, files, detail, why, links, live }, acts) {
  const field = /** @type {HTMLInputElement} */ (
    make('input', { id: 'first-name', required: '', pattern: NAME, dir: 'ltr', maxlength: '100' })
  );
  field.value = name.split('/').pop() ?? '';
  const hint = make('small', {});
  const tell = () =>
    (hint.textContent = /\.github\.io$/i.test(field.value)
      ? `Your address will be https://${field.value}`
      : `Your address will be https://you.github.io/${field.value}/`);
  field.addEventListener('input', tell);
  tell();
  const bodies = [
    done
      ? [make('p', {}, name, ', public')]
      : [make('label', { for: field.id }, 'Name'), field, hint, make('p', {}, 'It is public.')],
    [make('p', {}, files)],
    [
      ...(live ? [make('ol', { class: 'steps' }, live)] : []),
      ...(done < 2 ? [make('p', {}, 'Automatic if your token allows it, else one click.')] : []),
    ],
  ];
  const steps = STEPS.map((label, at) => {
    const state = at < done ? 'done' : at === done ? 'now' : 'next';
    const stuck = state === 'now' ? [links[at + 1]].filter(Boolean) : [];
    return make(
      'li',
      { class: state },
      state === 'done' ? icon('m5 12.5 5 5 9-11') : make('b', {}, String(at + 1)),
      make(
        'div',
        {},
        make('h3', {}, label, ' ', make('small', {}, state)),
        ...bodies[at],
        ...(state === 'now' && running ? [make('p', { role: 'status' }, detail)] : []),
        ...stuck,
      ),
    );
  });
  const go = /** @type {HTMLButtonElement} */ (
    make('button', { type: 'submit', class: 'main' }, done ? 'Go on' : 'Create and publish')
  );
  go.disabled = running;
  // The last step can wait for ever.
  const leave =
    done > 2
      ? button('Keep writing', acts.end, { class: 'main' })
      : button(done > 1 ? 'Do it later' : 'Later', done > 1 ? acts.end : acts.later, {
          class: 'line',
        });
  const form = make(
    'form',
    { class: 'first' },
    make('ol', {}, ...steps),
    make('p', { class: 'said', role: 'alert' }, why),
    make('footer', {}, leave, ...(done > 2 ? [] : [go])),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    acts.go(field.value.trim());
  });
  return form;
}
