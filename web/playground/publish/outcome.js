// What is shown after publishing: the commit, the pull request or the draft with its link, and
// whether visitors see it.

import { make } from '../../base/elements.js';
import { button, icon } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';
import { plural } from '../ui/words.js';
import { watch } from './live.js';

/**
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('../project/project.js').Upstream} Upstream
 * @typedef {Extract<import('./send.js').Outcome, { commit: string }>} Done
 */

/**
 * The address of the playground with a branch, to be read by anyone.
 * @param {string} home of the playground
 * @param {Pick<Upstream, 'at' | 'name' | 'branch'>} upstream
 * @param {string} page
 */
export function draftAddress(home, { at, name, branch }, page) {
  const host = at ? `${new URL(at.site).host}/` : '';
  const shown = page && page !== '/' ? `&page=${encodeURI(page)}` : '';
  return `${home}?repo=${encodeURI(`${host}${name}@${branch}`)}${shown}`;
}

/** A link to another page. @param {string} href @param {string} text */
export const away = (href, text) =>
  make('a', { href, target: '_blank', rel: 'noopener noreferrer', class: 'line' }, text);

/**
 * A field with a link, and a button that copies it.
 * @param {string} address
 */
function linkField(address) {
  const field = /** @type {HTMLInputElement} */ (
    make('input', { readonly: '', 'aria-label': 'Link to the draft', dir: 'ltr' })
  );
  field.value = address;
  const copy = button(
    'Copy the link',
    async () => {
      field.select();
      const copied = await navigator.clipboard?.writeText(address).then(
        () => true,
        () => false,
      );
      copy.textContent = copied ? 'Copied' : 'Copy the marked link';
    },
    { class: 'line' },
  );
  return make('div', { class: 'link' }, field, copy);
}

const SECOND = 1000;

/**
 * A line that says whether visitors see the commit, until the signal ends it.
 * @param {Host} host
 * @param {Pick<Done, 'name' | 'commit'>} done
 * @param {import('./live.js').Place} place
 * @param {AbortSignal} signal
 */
export function liveLine(host, { name, commit }, place, signal) {
  const text = make('span', { role: 'status' }, 'Waiting for the host …');
  // Each second is not read aloud.
  const age = make('span', { 'aria-hidden': 'true' });
  const more = make('small');
  const line = make('li', { class: 'now' }, icon(shapes.history));
  line.append(make('span', {}, text, age), more);
  const said = {
    building: `${host.name} is building the site`,
    failed: `${host.name} could not build the site`,
    late: 'Visitors see it when the host has built the site; it reports no more',
    live: 'Live',
  };
  watch(host, name, commit, place, signal, ({ state, url }) => {
    const failed = state === 'failed';
    if (url) more.replaceChildren(away(url, failed ? 'See why' : new URL(url).host));
    if (text.textContent !== said[state]) text.textContent = said[state];
    if (state !== 'live' && !failed) return;
    line.className = failed ? 'failed' : 'done';
    line.firstElementChild?.replaceWith(icon(failed ? shapes.error : shapes.check));
    if (failed) return;
    const since = Date.now();
    const count = () => {
      age.textContent = ` for ${Math.round((Date.now() - since) / SECOND)} s`;
    };
    count();
    const timer = setInterval(count, SECOND);
    signal.addEventListener('abort', () => clearInterval(timer));
  });
  return line;
}

/**
 * @param {{ host: Host, done: Done, draft: string, place?: import('./live.js').Place, signal:
 *   AbortSignal, close: () => void, undo: () => void, pull?: () => void }} of `draft`: the link to
 *   it; `undo` takes the commit back; `pull` opens a pull request for a draft
 * @returns {[title: string, view: HTMLElement]}
 */
export function outcomeView({ host, done, draft, place, signal, close, undo, pull: ask }) {
  const { commit, name, branch, merged, pull, files } = done;
  const { request } = host.words;
  const said = [
    `${plural(files, 'file is', 'files are')} in commit ${commit.slice(0, 7)} on ${branch}.`,
    ...(merged ? [`${plural(merged, 'file', 'files')} of others’ commits came with it.`] : []),
    ...(pull ? [`The change is public once the ${request} is merged.`] : []),
    ...(draft ? ['Anyone with the link can read the draft. The public site is as it was.'] : []),
  ];
  const title = pull
    ? `${request[0].toUpperCase()}${request.slice(1)} ${pull.number} is open`
    : draft
      ? 'Draft shared'
      : 'Published';
  return [
    title,
    make(
      'div',
      { class: 'run' },
      make('p', {}, said.join(' ')),
      ...(draft ? [linkField(draft)] : []),
      ...(place && !draft
        ? [make('ol', { class: 'steps' }, liveLine(host, done, place, signal))]
        : []),
      make(
        'footer',
        {},
        ...(pull ? [away(pull.url, `Open the ${request}`)] : []),
        ...(ask ? [button(`Open a ${request}`, ask, { class: 'line' })] : []),
        ...(draft ? [away(draft, 'See the draft')] : []),
        ...(done.sent.length ? [button('Undo with a new commit', undo, { class: 'text' })] : []),
        away(host.commitAddress(name, commit), 'See the commit'),
        button('Done', close, { class: 'main' }),
      ),
    ),
  ];
}
