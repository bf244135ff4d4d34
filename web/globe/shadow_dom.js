// The element's shadow tree: stage, hint, and list.

import { adoptSheet } from '../base/adopt_sheet.js';
import { make } from '../base/elements.js';
import { STYLE } from './style.js';

/**
 * @typedef {ReturnType<typeof makeFrame>} Frame
 *
 * `<meridian-globe>` as the files that it loads on use know it. `emit`: dispatches an event.
 * @typedef {HTMLElement & {
 *   frame?: Frame,
 *   emit(type: string, detail: object): void,
 *   play(): Promise<void>,
 *   toBlob(): Promise<Blob>,
 *   toSVG(): Promise<string>,
 * }} GlobeElement
 */

/** Sets the labels when controls are added. @param {HTMLElement} element */
export function makeFrame(element) {
  const canvas = make('canvas', {
    part: 'globe',
    tabindex: '0',
    role: 'application',
    'aria-describedby': 'hint',
  });
  const stage = make(
    'div',
    { part: 'stage', class: 'stage' },
    make('slot', { name: 'still' }),
    canvas,
  );
  const hint = make('p', { part: 'hint', class: 'hint', id: 'hint' });
  const controls = make('div', { part: 'controls', class: 'controls', role: 'group' });
  const list = make('div', { part: 'list', class: 'list', role: 'region' }, make('slot'));
  const pane = make('div', { class: 'pane' }, stage, hint, controls);
  const stats = make('p', { part: 'stats', class: 'stats' });
  const facts = make('slot', { name: 'facts' }, stats);
  const body = make('div', { class: 'body' }, make('div', { class: 'front' }, facts, pane), list);
  const root = element.attachShadow({ mode: 'open' });
  adoptSheet(root, STYLE);
  root.append(make('div', { class: 'root' }, body));
  return {
    root,
    canvas,
    stage,
    hint,
    pane,
    controls,
    list,
    stats,
    /**
     * @param {string} reason '': it is there after all
     * @param {string} [words]
     */
    fail(reason, words = element.dataset.failed) {
      canvas.hidden = controls.hidden = !!reason;
      stage.hidden = !!reason && !element.querySelector('[slot=still]');
      body.classList.toggle('failed', stage.hidden);
      if (reason) hint.textContent = `${words ?? 'The globe could not be loaded.'} (${reason})`;
    },
  };
}
