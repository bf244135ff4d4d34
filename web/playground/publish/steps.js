// The steps of publishing while it runs.

import { make } from '../../base/elements.js';
import { button, icon } from '../ui/buttons.js';

/** @typedef {import('./send.js').Step} Step */

/** @type {Record<Step, (branch: string, request: string) => string>} */
const STEPS = {
  look: (branch) => `Check ${branch} for new commits`,
  fork: () => 'Make your fork',
  send: () => 'Send files',
  commit: () => 'Create one commit',
  move: (branch) => `Update ${branch}`,
  branch: () => 'Create a branch',
  pull: (_, request) => `Open a ${request}`,
  check: () => 'It may have arrived. Checking …',
};

// From these on it can't be stopped.
const LATE = ['move', 'pull', 'check'];

/**
 * @param {{ steps: { step: Step, detail: string }[], branch: string, request: string, stop: () =>
 *   void }} of
 */
export function stepsView({ steps, branch, request, stop }) {
  const late = LATE.includes(steps[steps.length - 1]?.step);
  const list = make(
    'ol',
    { class: 'steps' },
    ...steps.map(({ step, detail }, at) => {
      const now = at === steps.length - 1;
      return make(
        'li',
        { class: now ? 'now' : 'done' },
        icon(now ? 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 8v4l2.5 2.5' : 'm5 12.5 5 5 9-11'),
        make('span', {}, STEPS[step](branch, request)),
        make('small', {}, step === 'move' ? '' : detail),
      );
    }),
  );
  const said = make(
    'p',
    { role: 'status' },
    late
      ? 'The last step is on its way.'
      : 'You can close this and keep writing. Nothing is public yet.',
  );
  const end = button('Stop', () => ((end.disabled = true), stop()), { class: 'line' });
  end.hidden = late;
  return make('div', { class: 'run' }, list, said, make('footer', {}, end));
}
