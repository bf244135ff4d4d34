// Buttons and their icons.

import { make, makeIn } from '../../base/elements.js';

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} shape one of shapes.js, or another path */
export function icon(shape) {
  const svg = makeIn(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.appendChild(makeIn(SVG, 'path')).setAttribute('d', shape);
  return svg;
}

/**
 * A button with an icon, a text, or both.
 * @param {string} label
 * @param {() => void} act
 * @param {{ shape?: string, text?: boolean, class?: string }} [look]
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
