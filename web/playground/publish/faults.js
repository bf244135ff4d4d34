// What the reader sees when publishing fails: what happened, what is safe, one next step.

import { make } from '../../base/elements.js';
import { megabytes } from '../../net/limited_fetch.js';
import { button } from '../ui/buttons.js';

/**
 * The next step: `again` publishes once more, `pull` by a pull request, `sign-in` with another
 * token, `check` looks at the branch again, `open` shows the file, `later` closes. `later`: what
 * that is called beside it.
 * @typedef {'again' | 'pull' | 'sign-in' | 'check' | 'open' | 'later'} Next
 * @typedef {{ what: string, safe: string, next: Next, label: string, later?: string }} Words
 */
/**
 * @typedef {{ host: Pick<import('./host.js').Host, 'name' | 'words'>, name: string, branch:
 *   string, count: string }} Around
 * `count`: "3 changes"
 */

/** @param {number | undefined} until */
const clock = (until) =>
  until
    ? `until ${new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`
    : 'for a while';

/**
 * @param {import('./host.js').Fault} fault
 * @param {Around} around
 * @returns {Words}
 */
export function wordsOf({ kind, facts }, { host: { name: host, words }, name, branch, count }) {
  const { request, rights } = words;
  const code = facts.status ? ` (${facts.status})` : '';
  const said = facts.said ? ` ${host} says: “${facts.said.split('\n')[0].slice(0, 200)}”` : '';
  const one = /^1 /.test(count);
  const mine = one ? 'Your change' : `Your ${count}`;
  const safe = `Nothing was published. ${mine} ${one ? 'is' : 'are'} safe here.`;
  const again = /** @type {const} */ ({ next: 'again', label: 'Publish again' });
  const pull = /** @type {const} */ ({ next: 'pull', label: `Open a ${request}` });
  switch (kind) {
    case 'offline':
      return {
        what: `You are offline. ${count} ${one ? 'is' : 'are'} queued.`,
        safe: 'Keep this tab open: publishing continues when the connection is back.',
        ...again,
        label: 'Try now',
        later: 'Keep writing',
      };
    case 'lost':
      return { what: `${host} does not answer.`, safe, ...again };
    case 'unknown':
      return {
        what: 'The connection was lost. Your commit may have arrived.',
        safe: `${host} did not answer the last step. Nothing is sent again until this is known.`,
        next: 'check',
        label: 'Check again',
      };
    case 'undone':
      return {
        what: `It didn’t arrive${code}.`,
        safe: `${branch} is unchanged. ${mine} can be sent again.`,
        ...again,
      };
    case 'token':
      return {
        what: `${host} does not accept your token${code}. It has expired, or was deleted.`,
        safe,
        next: 'sign-in',
        label: 'Use another token',
      };
    case 'rights':
      return {
        what: `Your token may not change ${name}${code}.`,
        safe: `${safe} It needs ${rights}.${said}`,
        next: 'sign-in',
        label: 'Use another token',
      };
    case 'limited':
      return {
        what: `${host} accepts no more requests ${clock(facts.until)}${code}.`,
        safe,
        ...again,
      };
    case 'protected':
      return {
        what: `${branch} is protected${code}.`,
        safe: `Changes must go through a ${request}. ${safe}`,
        ...pull,
      };
    case 'checks':
      return {
        what: `${branch} requires checks that only a ${request} runs${code}.`,
        safe,
        ...pull,
      };
    case 'gone':
      return {
        what: `${name} or its branch ${branch} is not there, or your token can’t see it${code}.`,
        safe,
        next: 'sign-in',
        label: 'Use another token',
      };
    case 'renamed':
      return {
        what: `${name} has moved.`,
        safe: `${safe} Open the repository by its new name; your copy stays in “Projects”.`,
        next: 'later',
        label: 'Publish later',
      };
    case 'busy':
      return { what: `${host} is busy with this repository${code}.`, safe: safe + said, ...again };
    case 'moved':
      return {
        what: `${branch} moved while you were publishing.`,
        safe: `${safe} Others’ commits are merged in when you publish again.`,
        ...again,
      };
    case 'secret':
      return {
        what: `${host} refused ${facts.path ?? 'a file'}: it contains a secret${code}.`,
        safe: `${safe} Remove it, and revoke the key if it was ever public.`,
        ...(facts.path
          ? { next: 'open', label: `Open ${facts.path}` }
          : { next: 'later', label: 'Choose what to publish' }),
      };
    case 'large':
      return {
        what: `${facts.path ?? 'A file'} is too large for ${host}${code}.`,
        safe: `${safe}${facts.size ? ` It has ${megabytes(facts.size)}.` : ''} Make it smaller, or leave it out of this commit.`,
        next: 'later',
        label: 'Choose what to publish',
      };
    case 'server':
      return {
        what: `${host} had an error${code}.`,
        safe: `${safe} It was tried 3 times.`,
        ...again,
      };
    case 'many':
      return {
        what: `${name} is so large that ${host} truncates its list of files.`,
        safe: `${safe} Download the sources, and commit them with git.`,
        next: 'later',
        label: 'Publish later',
      };
    case 'part':
      return { what: 'What merges changes can’t be loaded.', safe, ...again };
    case 'elsewhere':
      return { what: 'Another tab is publishing this project.', safe, ...again };
    default:
      return { what: `${host} refused the change${code}.`, safe: safe + said, ...again };
  }
}

/**
 * @param {Words} words
 * @param {{ act: () => void, later: () => void }} acts
 */
export const faultView = (
  { what, safe, next, label, later: leave = 'Publish later' },
  { act, later },
) =>
  make(
    'div',
    { class: 'run fault' },
    make('p', { role: 'alert' }, make('b', {}, what), ' ', safe),
    make(
      'footer',
      {},
      ...(next === 'later' ? [] : [button(leave, later, { class: 'line' })]),
      button(label, act, { class: 'main' }),
    ),
  );
