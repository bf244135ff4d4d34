// The review: which files change, how, with which message, and where to. A file of its own: a first
// site has none.

import { make } from '../../base/elements.js';
import { diffLines } from '../history/diff.js';
import { rowsOf } from '../history/rows.js';
import { button } from '../ui/buttons.js';
import { plural } from '../ui/words.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./changes.js').Change} Change
 * @typedef {import('./send.js').Way} Way
 * @typedef {{ before: string, after: string } | undefined} Texts undefined: not text
 */

const KINDS = { changed: 'Changed', new: 'New', renamed: 'Renamed', deleted: 'Deleted' };
const VIEWS = /** @type {[View, string][]} */ ([
  ['page', 'Page'],
  ['source', 'Source'],
]);
// Larger files are not shown line by line.
const LONGEST = 1 << 20;

const sizeOf = (/** @type {number} */ bytes) =>
  bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024).toLocaleString()} KB`;

/** The texts that there are: that of no file has no line. @param {Change['kind']} kind */
const sidesOf = (kind) =>
  /** @type {('before' | 'after')[]} */ (['before', 'after']).filter(
    (side) => side !== { new: 'before', deleted: 'after' }[/** @type {string} */ (kind)],
  );

/** @param {Change} change @param {Texts} texts */
function figures({ kind, from, content }, texts) {
  if (kind === 'renamed') return `was ${from}`;
  if (!texts) return content instanceof Uint8Array ? sizeOf(content.length) : '';
  const lines = diffLines(texts.before, texts.after);
  const [come, gone] = /** @type {const} */ (['before', 'after']).map(
    (side) => lines.filter((line) => line[side] === undefined).length,
  );
  const sides = sidesOf(kind);
  return [
    sides.includes('after') && come && `+${come}`,
    sides.includes('before') && gone && `−${gone}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What is shown of a change. @typedef {'page' | 'source'} View */
/** Where the changes can go. @typedef {[way: Way, text: string, small: string]} Choice */

/**
 * @param {{ changes: Change[], textsOf: (change: Change) => Promise<Texts>, message: string,
 *   edited: (message: string) => void, left: Set<string>, way: Way, ways: Choice[], request:
 *   string, fixed: string, account: string, signOut: () => void, discard: (change: Change) => void,
 *   go: () => void, choose: (way: Way) => void, view: View, views: (view: View) => void, pagesOf:
 *   (change: Change) => Promise<HTMLElement | undefined> }} of
 *   `left`: paths that are not published; `ways`: those to choose from; `fixed`: the place if there
 *   is only one
 */
export function reviewForm(of) {
  const { changes, left } = of;
  const path = make('code', { dir: 'ltr' });
  const look = make('div', { class: 'rows', tabindex: '0', role: 'region' });
  const head = make('div', { class: 'head' }, path);
  const go = /** @type {HTMLButtonElement} */ (make('button', { type: 'submit', class: 'main' }));
  const message = /** @type {HTMLTextAreaElement} */ (
    make('textarea', { id: 'publish-message', rows: '3', dir: 'auto' })
  );
  message.value = of.message;
  message.addEventListener('input', () => of.edited(message.value));
  const list = make('ul');
  let shown = 0;
  /** @type {[change: Change, from?: HTMLElement]} */
  let current = [changes[0]];

  /** @param {Change} change @param {HTMLElement} [from] its button */
  async function show(change, from) {
    const number = ++shown;
    for (const item of list.querySelectorAll('[aria-current]'))
      item.removeAttribute('aria-current');
    from?.setAttribute('aria-current', 'true');
    current = [change, from];
    path.textContent = change.path;
    look.setAttribute('aria-label', `Changes of ${change.path}`);
    head.replaceChildren(
      path,
      views(),
      button('Discard this change', () => of.discard(change), { class: 'danger' }),
    );
    const say = (/** @type {string} */ text, role = 'status') =>
      look.replaceChildren(make('p', { class: 'none', role }, text));
    if (of.view === 'source' || !look.querySelector('iframe')) say('Loading …');
    if (of.view === 'page') {
      const pages = await of.pagesOf(change).catch((error) => String(error.message));
      if (number !== shown) return;
      if (pages instanceof HTMLElement) {
        if (pages.parentElement !== look) look.replaceChildren(pages);
      } else say(pages ?? 'The pages can’t be shown.', 'alert');
      return;
    }
    const texts = await of.textsOf(change).catch((error) => String(error.message));
    if (number !== shown) return;
    if (typeof texts === 'string') return say(texts, 'alert');
    if (texts && texts.before.length + texts.after.length < LONGEST && texts.before !== texts.after)
      return look.replaceChildren(
        rowsOf(diffLines(texts.before, texts.after), sidesOf(change.kind)),
      );
    say(noLines(change, texts));
  }

  const views = () => {
    const made = VIEWS.map(([view, label]) => {
      const choose = () => {
        of.views((of.view = view));
        show(...current);
        /** @type {HTMLElement | null} */ (head.querySelector('[aria-pressed=true]'))?.focus();
      };
      const one = button(label, choose);
      one.setAttribute('aria-pressed', String(of.view === view));
      return one;
    });
    return make('span', { class: 'pair', role: 'group', 'aria-label': 'Show' }, ...made);
  };

  const draw = () => {
    const count = changes.filter((change) => !left.has(change.path)).length;
    const some = plural(count, 'change', 'changes');
    const label = {
      commit: `Publish ${some}`,
      pull: `Open a ${of.request}`,
      draft: `Share ${some}`,
    };
    go.textContent = label[of.fixed ? 'commit' : of.way];
    go.disabled = !count;
  };
  for (const change of changes) {
    const box = /** @type {HTMLInputElement} */ (
      make('input', { type: 'checkbox', 'aria-label': `Publish ${change.path}` })
    );
    box.checked = !left.has(change.path);
    box.addEventListener('change', () => {
      if (box.checked) left.delete(change.path);
      else left.add(change.path);
      draw();
      if (of.view === 'page') show(...current);
    });
    const detail = make('small');
    const open = button('', () => show(change, open));
    open.append(
      make('span', { dir: 'ltr' }, change.path),
      make('small', { class: `kind kind--${change.kind}` }, KINDS[change.kind]),
      detail,
    );
    of.textsOf(change).then(
      (texts) => (detail.textContent = figures(change, texts)),
      () => {},
    );
    list.append(make('li', {}, make('label', {}, box), open));
  }
  const where = make('fieldset', {}, make('legend', {}, 'Where'));
  if (of.fixed) where.append(make('p', {}, of.fixed));
  for (const [way, text, small] of of.fixed ? [] : of.ways) {
    const input = make('input', { type: 'radio', name: 'where', value: way });
    input.checked = of.way === way;
    input.addEventListener('change', () => {
      of.choose((of.way = way));
      draw();
    });
    const said = make('span', {}, text, make('small', {}, small));
    where.append(make('label', { class: 'choice' }, input, said));
  }
  const account = make('p', { class: 'account' }, of.account);
  if (of.account) account.append(' ', button('Sign out', of.signOut, { class: 'text' }));
  const form = make(
    'form',
    { class: 'review' },
    make(
      'section',
      { class: 'changes' },
      make('h3', {}, plural(changes.length, 'change', 'changes')),
      list,
    ),
    make('section', { class: 'look' }, head, look),
    make(
      'footer',
      {},
      make('div', { class: 'field' }, make('label', { for: message.id }, 'Message'), message),
      where,
      make('div', { class: 'end' }, account, go),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!message.value.trim()) return message.focus();
    of.go();
  });
  draw();
  const first = Math.max(
    0,
    changes.findIndex(({ kind }) => kind === 'changed'),
  );
  show(changes[first], list.querySelectorAll('button')[first]);
  return form;
}

/** @param {Change} change @param {Texts} texts */
const noLines = ({ kind, from }, texts) =>
  kind === 'renamed' && (!texts || texts.before === texts.after)
    ? `The file was ${from}. Its content is the same.`
    : texts
      ? 'The file is too large to be shown line by line.'
      : 'The file is not text.';
