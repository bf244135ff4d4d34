// Renders a globe as a PNG file.

import { make } from '../base/elements.js';
import { Drawing } from './svg.js';

/** @typedef {import('./view.js').View} View */

/**
 * A PNG.
 * @param {View} view
 * @param {{ scale?: number }} [options] pixels for a CSS pixel
 * @returns {Promise<Blob>}
 */
export function toBlob(view, { scale = view.ratio } = {}) {
  const { clientWidth, clientHeight } = view.frame.stage;
  const canvas = Object.assign(make('canvas'), {
    width: clientWidth * scale,
    height: clientHeight * scale,
  });
  view.paint(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), scale);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob ? resolve(blob) : reject(new Error('The picture is too large.')),
    ),
  );
}

/** @param {View} view */
export function toSVG(view) {
  const { clientWidth, clientHeight } = view.frame.stage;
  const drawing = new Drawing(clientWidth, clientHeight);
  view.paint(/** @type {any} */ (drawing));
  return drawing.svg();
}
