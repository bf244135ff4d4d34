// A temporary notice at the bottom of the playground.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

// Milliseconds that it stays: minimum, and for each character.
const [NOTED, READ] = [6000, 60];
// Minimum with an action.
const OFFERED = 12_000;

/** An action that a notice offers. @typedef {{ label: string, act(): void }} Offer */

/**
 * Shows a notice, replacing the last one.
 * @param {HTMLElement} play
 * @param {string} text
 * @param {Offer} [offer]
 */
export function showNotice(play, text, offer) {
  play.querySelector('.note')?.remove();
  const note = make('p', { class: 'note', role: 'status' }, text);
  if (offer) {
    note.append(
      button(offer.label, () => {
        note.remove();
        offer.act();
      }),
    );
  }
  play.append(note);
  setTimeout(() => note.remove(), Math.max(offer ? OFFERED : NOTED, READ * text.length));
}
