// The sheet of a first site: three steps with their state. A step that is done stays done.

import { make } from '../../base/elements.js';
import { button, icon } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';

/**
 * `done`: how many steps are; `running`; `name`: of the repository, with its owner once that is
 * known; `host`: its name, one of `hosts`; `files`: what is sent, in words; `detail`: what is done
 * now; `why`: what stopped it; `links`: where the reader does a step by hand, by its number;
 * `live`: a line about the address.
 * @typedef {{ done: number, running: boolean, name: string, host: string, hosts: string[], files:
 *   string, detail: string, why: string, links: Record<number, HTMLElement>, live?: HTMLElement }}
 *   State
 */

// Of repositories on all hosts: GitLab's begin with a letter or a digit.
const NAME = '[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}';
const STEPS = ['Create the repository', 'Send the site', 'Turn on Pages'];

/**
 * @param {State} state
 * @param {{ go: (name: string) => void, on: (host: string, name: string) => void, address: (name:
 *   string) => string, later: () => void, end: () => void }} acts `on`: the host is chosen;
 *   `address`: that of the site, in words
 */
export function firstForm(state, acts) {
  const { done, running, name, host, hosts, files, detail, why, links, live } = state;
  const field = /** @type {HTMLInputElement} */ (
    make('input', { id: 'first-name', required: '', pattern: NAME, dir: 'ltr', maxlength: '100' })
  );
  field.value = name.split('/').pop() ?? '';
  const hint = make('small', {});
  const tell = () => (hint.textContent = acts.address(field.value));
  field.addEventListener('input', tell);
  tell();
  const choice = /** @type {HTMLSelectElement} */ (
    make('select', { id: 'first-host' }, ...hosts.map((one) => make('option', {}, one)))
  );
  choice.value = host;
  choice.addEventListener('change', () => acts.on(choice.value, field.value));
  const bodies = [
    done
      ? [make('p', {}, `${name} on ${host}, public`)]
      : [
          make('label', { for: choice.id }, 'Host'),
          choice,
          make('label', { for: field.id }, `Name on ${host}`),
          field,
          hint,
          make('p', {}, 'It is public.'),
        ],
    [make('p', {}, files)],
    [
      ...(live ? [make('ol', { class: 'steps' }, live)] : []),
      ...(done < 2 ? [make('p', {}, 'Automatic if your token allows it, else one click.')] : []),
    ],
  ];
  const steps = STEPS.map((label, at) => {
    const now = at < done ? 'done' : at === done ? 'now' : 'next';
    const stuck = now === 'now' ? [links[at + 1]].filter(Boolean) : [];
    return make(
      'li',
      { class: now },
      now === 'done' ? icon(shapes.check) : make('b', {}, String(at + 1)),
      make(
        'div',
        {},
        make('h3', {}, label, ' ', make('small', {}, now)),
        ...bodies[at],
        ...(now === 'now' && running ? [make('p', { role: 'status' }, detail)] : []),
        ...stuck,
      ),
    );
  });
  const go = /** @type {HTMLButtonElement} */ (
    make('button', { type: 'submit', class: 'main' }, done ? 'Continue' : 'Create and publish')
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
