// The card of a stop: its data, beside its point.

import { base } from '../base/base_url.js';
import { make } from '../base/elements.js';

/** @typedef {import('./stops.js').Stop} Stop */

// Distance from the top, in pixels, from which a card has room above a point.
const GAP = 24;

/** @param {import('./view.js').View} view */
export function addCard(view) {
  const { sphere } = view;
  const tip = view.frame.stage.appendChild(
    make('div', { part: 'tooltip', class: 'tip', hidden: '' }),
  );
  let [left, top] = ['', ''];
  const add = (/** @type {keyof HTMLElementTagNameMap} */ tag, /** @type {string} */ text) =>
    tip.append(make(tag, {}, text));
  return {
    tip,
    /** @param {Stop | undefined} stop */
    fill(stop) {
      tip.hidden = !stop;
      tip.replaceChildren();
      if (!stop) return;
      if (/^(https?:|blob:|\/|\.|[\w-]+\/)/.test(stop.image))
        tip.append(make('img', { alt: '', src: new URL(stop.image, base()).href }));
      const url = stop.url && new URL(stop.url, base());
      if (url && /^https?:$/.test(url.protocol))
        tip.append(make('a', { href: url.href }, stop.name));
      else add('b', stop.name);
      const line = [stop.country, stop.when].filter(Boolean).join(' · ');
      if (line) add('span', line);
      if (stop.note) add('p', stop.note);
    },
    /** @param {number} stop that it is about, -1: none */
    place(stop) {
      if (tip.hidden || stop < 0) return;
      const [x, y, seen] = sphere.locate(stop);
      tip.style.visibility = seen ? '' : 'hidden';
      const [newLeft, newTop] = [
        `${((100 * x) / sphere.get('width')).toFixed(2)}%`,
        `${y.toFixed(1)}px`,
      ];
      if (newLeft === left && newTop === top) return;
      tip.style.setProperty('--x', (left = newLeft));
      tip.style.setProperty('--y', (top = newTop));
      tip.classList.toggle('below', y < tip.offsetHeight + GAP);
    },
    /** Follows the stop's link. */
    follow() {
      tip.querySelector('a')?.click();
    },
  };
}
