// The layout: toolbar, file tree, source and preview side by side, problems and inspector below. In
// a narrow place one pane at a time, the preview first.

import { make } from '../../base/elements.js';

/** @typedef {ReturnType<typeof layOut>} Layout */

const SHOWN = /** @type {const} */ ([
  ['view', 'Result'],
  ['edit', 'Source'],
  ['tree', 'Files'],
  ['probs', 'Problems'],
  ['insp', 'About'],
]);

export function layOut() {
  const bar = make('div', { class: 'bar' });
  const tree = make('nav', { class: 'tree', 'aria-label': 'Files' });
  const tabs = make('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Open files' });
  const source = make('div', { class: 'editor' });
  const picture = make('div', { class: 'picture', hidden: '' });
  const edit = make('section', { class: 'edit', 'aria-label': 'Source' }, tabs, source, picture);
  const view = make('section', { class: 'view', 'aria-label': 'Result' });
  const probs = make('section', { class: 'probs', 'aria-labelledby': 'problems', tabindex: '0' });
  const insp = make('section', { class: 'insp', 'aria-labelledby': 'made-of' });
  const counter = make('span', { class: 'badge' });
  const switcher = make('nav', { class: 'switch', 'aria-label': 'Show' });
  for (const [id, label] of SHOWN) {
    const input = make('input', { type: 'radio', name: 'show', value: id });
    const badge = id === 'probs' ? [counter] : [];
    switcher.append(make('label', { class: `show-${id}` }, input, label, ...badge));
  }
  const play = make('div', { class: 'play' }, bar, tree, edit, view, probs, insp, switcher);
  showPane(play, 'view');
  switcher.addEventListener('change', ({ target }) =>
    showPane(play, /** @type {HTMLInputElement} */ (target).value),
  );
  return { play, bar, tree, tabs, edit, source, picture, view, probs, insp, counter };
}

/**
 * In a narrow layout, shows a pane. Its name is an attribute: `:has(:checked)` is newer than the
 * oldest browsers.
 * @param {Layout['play']} play
 * @param {string} name
 */
function showPane(play, name) {
  play.dataset.pane = name;
  const input = /** @type {HTMLInputElement} */ (play.querySelector(`.show-${name} input`));
  input.checked = true;
}

/**
 * In a narrow layout, shows the pane that contains an element.
 * @param {Layout['play']} play
 * @param {Element} element
 */
export function bringForward(play, element) {
  const [name] = SHOWN.find(([name]) => element.closest(`.${name}`)) ?? [];
  if (name) showPane(play, name);
}

/**
 * Moves the focus to the next visible pane.
 * @param {Layout['play']} play
 * @param {number} step 1; -1: to the one before
 */
export function focusNextPane(play, step) {
  const panes = [...play.querySelectorAll('.tree, .edit, .view, .probs, .insp')].filter(
    (pane) => pane.getClientRects().length,
  );
  const { activeElement } = /** @type {ShadowRoot} */ (play.getRootNode());
  const at = panes.findIndex((pane) => pane.contains(activeElement));
  const pane = /** @type {HTMLElement} */ (
    panes[(Math.max(at, 0) + (at < 0 ? 0 : step) + panes.length) % panes.length]
  );
  const within = pane.querySelector('.cm-content, [aria-current]') ?? pane.querySelector('button');
  /** @type {HTMLElement} */ (pane.tabIndex < 0 ? within : pane).focus();
}
