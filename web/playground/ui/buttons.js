// Buttons and their icons.

import { make, makeIn } from '../../base/elements.js';

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  globe: 'M12 3a9 9 0 1 0 .01 0M12 3c-5 5-5 13 0 18m0-18v18M3.5 9.5h17',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4',
  folder: 'M3.5 6.5h6l2 2h9v10h-17z',
  error: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5v5.5m0 3v.1',
  warning: 'M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.5v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 11v5.5m0-9v.1',
  scheme: 'M12 3.5a8.5 8.5 0 1 0 .01 0zv17m2-16.5v16m2-15v14m2-12v10',
  plus: 'M12 5v14M5 12h14',
  pen: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  bin: 'M5 7h14M9 7V4.5h6V7m-8 0 1 12.5h8L17 7',
  close: 'M7 7l10 10M17 7 7 17',
  search: 'M10.5 4.5a6 6 0 1 0 .01 0M15 15l5 5',
  more: 'M5 12h.1m6.8 0h.1m6.8 0h.1',
  keys: 'M3.5 7h17v10.5h-17zM7 10.5h.1m3.2 0h.1m3.2 0h.1m3.2 0h.1M8 14.5h8',
  split: 'M3.5 5h17v14h-17zM12 5v14',
  picture: 'M3.5 5h17v14h-17zm0 11 5-5 4 4 3-3 5 5M15.5 9h.1',
  stack: 'M4.5 10h15v9.5h-15zM6.5 7h11M8.5 4h7',
  copy: 'M8.5 8.5h11v11h-11zm-4 7v-11h11',
  upload: 'M12 15V4.5M7.5 8.5 12 4l4.5 4.5M5 19.5h14',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
};
/** @typedef {keyof typeof SHAPES} Shape */

/** @param {Shape} shape */
export function icon(shape) {
  const svg = makeIn(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.appendChild(makeIn(SVG, 'path')).setAttribute('d', SHAPES[shape]);
  return svg;
}

/**
 * A button with an icon, a text, or both.
 * @param {string} label
 * @param {() => void} act
 * @param {{ shape?: Shape, text?: boolean, class?: string }} [look]
 */
export function button(label, act, { shape, text = !shape, class: classes = '' } = {}) {
  const made = make('button', {
    type: 'button',
    ...(classes && { class: classes }),
    ...(text ? {} : { 'aria-label': label, title: label }),
  });
  if (shape) made.append(icon(shape));
  if (text) made.append(label);
  made.addEventListener('click', act);
  return made;
}
