// Conflicts: what only a person can decide. Each place is shown with both versions; one of them,
// both, or a text that is typed becomes the result.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./update.js').Conflict} Conflict
 * @typedef {import('../project/file_content.js').Content} Content
 */

/** @param {string} title @param {string} text */
const version = (title, text) =>
  make(
    'section',
    {},
    make('h4', {}, title),
    make('pre', { dir: 'auto', tabindex: '0' }, text || '(nothing)'),
  );

/** A place in a text. Its result is undefined until it is decided. */
class Place {
  /** @type {string | undefined} */
  result = undefined;

  /**
   * @param {{ ours: string, theirs: string }} part
   * @param {{ label: string, branch: string, decided: () => void }} of
   */
  constructor({ ours, theirs }, { label, branch, decided }) {
    const field = /** @type {HTMLTextAreaElement} */ (
      make('textarea', { rows: '4', dir: 'auto', 'aria-label': `Result, ${label}` })
    );
    field.placeholder = 'Choose a version, or type the result.';
    const take = (/** @type {string} */ text) => {
      field.value = this.result = text;
      decided();
    };
    field.addEventListener('input', () => take(field.value));
    const both = /\n$/.test(theirs) || !theirs ? theirs + ours : `${theirs}\n${ours}`;
    this.element = make(
      'div',
      { class: 'place' },
      make('div', { class: 'sides' }, version(`On ${branch}`, theirs), version('Yours', ours)),
      make(
        'div',
        { class: 'take', role: 'group', 'aria-label': label },
        button(`Use ${branch}’s`, () => take(theirs), { class: 'line' }),
        button('Use yours', () => take(ours), { class: 'line' }),
        button('Keep both', () => take(both), { class: 'line' }),
      ),
      field,
    );
  }
}

/** A file of which one version is taken as a whole. */
class Choice {
  /** @type {boolean | undefined} */
  mine = undefined;

  /** @param {Conflict} conflict @param {{ branch: string, decided: () => void }} of */
  constructor({ ours, theirs, path }, { branch, decided }) {
    const take = (/** @type {string} */ label, /** @type {boolean} */ mine) => {
      const made = button(
        label,
        () => {
          this.mine = mine;
          for (const other of made.parentElement?.children ?? [])
            other.setAttribute('aria-pressed', String(other === made));
          decided();
        },
        { class: 'line' },
      );
      made.setAttribute('aria-pressed', 'false');
      return made;
    };
    const said =
      ours === undefined
        ? `You deleted the file, and it was changed on ${branch}.`
        : theirs === undefined
          ? `You changed the file, and it was deleted on ${branch}.`
          : 'Both sides changed the file, and it is not text.';
    this.element = make(
      'div',
      { class: 'place' },
      make('p', {}, said),
      make(
        'div',
        { class: 'take', role: 'group', 'aria-label': path },
        take(theirs === undefined ? 'Delete it' : `Use ${branch}’s`, false),
        take(ours === undefined ? 'Delete it' : 'Use yours', true),
      ),
    );
  }
}

// Milliseconds after the last letter of a result until its page is made.
const PAUSE = 400;

/** A file's decided content. @typedef {[Conflict, Content | undefined]} Result */

/**
 * @param {{ conflicts: Conflict[], branch: string, later: () => void, done: (results: Result[]) =>
 *   void, pagesOf: (path: string, results: Result[]) => Promise<HTMLElement | undefined> }} of
 */
export function conflictForm({ conflicts, branch, later, done, pagesOf }) {
  const go = /** @type {HTMLButtonElement} */ (
    make('button', { type: 'submit', class: 'main' }, 'Publish the result')
  );
  /** @type {(() => Result | undefined)[]} */
  const results = [];
  const all = () => results.flatMap((result) => [result()].filter((one) => one !== undefined));
  /** The conflict whose pages are shown. */
  let seen = '';
  let timer = 0;
  const decided = () => {
    go.disabled = results.some((result) => !result());
    clearTimeout(timer);
    if (seen) timer = window.setTimeout(() => seen && pagesOf(seen, all()), PAUSE);
  };
  /** A button that shows the pages of a conflict. @param {string} path @param {Element} below */
  const pagesButton = (path, below) => {
    const toggle = button('Show the pages', async () => {
      const shown = toggle.getAttribute('aria-expanded') !== 'true';
      seen = shown ? path : '';
      for (const other of form.querySelectorAll('[aria-expanded]'))
        other.setAttribute('aria-expanded', String(shown && other === toggle));
      form.querySelector('.pages')?.remove();
      const pages = shown && (await pagesOf(path, all()).catch(() => undefined));
      if (pages && seen === path) below.append(pages);
    });
    toggle.className = 'text';
    toggle.setAttribute('aria-expanded', 'false');
    return toggle;
  };
  const files = conflicts.map((conflict) => {
    const file = make('section', { class: 'file' }, make('h3', { dir: 'ltr' }, conflict.path));
    const looks = make('div', { class: 'looks' });
    looks.append(pagesButton(conflict.path, looks));
    const end = () => (file.append(looks), file);
    if (!conflict.parts) {
      const choice = new Choice(conflict, { branch, decided });
      results.push(() =>
        choice.mine === undefined
          ? undefined
          : [conflict, choice.mine ? conflict.ours : conflict.theirs],
      );
      file.append(choice.element);
      return end();
    }
    let number = 0;
    const parts = conflict.parts.map((part) => {
      if (typeof part === 'string') return part;
      const label = `${conflict.path}, place ${++number}`;
      const place = new Place(part, { label, branch, decided });
      file.append(place.element);
      return place;
    });
    results.push(() => {
      const texts = parts.map((part) => (typeof part === 'string' ? part : part.result));
      return texts.includes(undefined) ? undefined : [conflict, texts.join('')];
    });
    return end();
  });
  const form = make(
    'form',
    { class: 'conflict' },
    make(
      'p',
      { tabindex: '-1' },
      `You and somebody else changed the same ${conflicts.length === 1 ? 'file' : `${conflicts.length} files`}. Everything else is merged. Nothing is published yet.`,
    ),
    ...files,
    make('footer', {}, button('Publish later', later, { class: 'line' }), go),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    done(all());
  });
  decided();
  return form;
}
