// Records drawing as SVG: implements the part of CanvasRenderingContext2D that painter.js uses.

import { escaped } from '../base/util.js';

const number = (/** @type {number} */ n) => String(Math.round(n * 10) / 10);

export class Drawing {
  fillStyle = '';
  strokeStyle = '';
  lineWidth = 1;
  lineJoin = 'miter';
  lineCap = 'butt';
  font = '';
  textAlign = 'left';
  textBaseline = 'middle';

  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.size = [width, height].map(number);
    /** @type {string[]} */
    this.parts = [];
    /** @type {string[]} */
    this.path = [];
  }

  setTransform() {}
  clearRect() {}
  beginPath() {
    this.path = [];
  }
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path.push(`M${number(x)} ${number(y)}`);
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path.push(`L${number(x)} ${number(y)}`);
  }
  /** @param {number} u @param {number} v @param {number} x @param {number} y */
  quadraticCurveTo(u, v, x, y) {
    this.path.push(`Q${number(u)} ${number(v)} ${number(x)} ${number(y)}`);
  }
  /** A whole circle. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    const [w, d] = [number(r), number(2 * r)];
    this.path.push(`M${number(x + r)} ${number(y)}a${w} ${w} 0 1 1 -${d} 0a${w} ${w} 0 1 1 ${d} 0`);
  }
  fill() {
    this.add(`fill="${escaped(this.fillStyle)}"`);
  }
  stroke() {
    this.add(
      `fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}" stroke-linejoin="round" stroke-linecap="${this.lineCap}"`,
    );
  }
  /** @param {string} paint */
  add(paint) {
    if (this.path.length) this.parts.push(`<path d="${this.path.join('')}" ${paint}/>`);
  }
  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${escaped(this.fillStyle)}"`);
  }
  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(
      text,
      x,
      y,
      `fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}" stroke-linejoin="round"`,
    );
  }
  /** @param {string} text @param {number} x @param {number} y @param {string} paint */
  text(text, x, y, paint) {
    const anchor = this.textAlign === 'center' ? ' text-anchor="middle"' : '';
    this.parts.push(
      `<text x="${number(x)}" y="${number(y)}" dominant-baseline="central" style="font:${escaped(this.font)}"${anchor} ${paint}>${escaped(text)}</text>`,
    );
  }
  svg() {
    const [width, height] = this.size;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${this.parts.join('')}</svg>`;
  }
}
