// The divider between source and preview, side by side or stacked, moved by pointer or arrow keys.

import { make } from '../../base/elements.js';

/**
 * The direction, and for each direction the share of the source, in percent.
 * @typedef {{ split: 'columns' | 'rows', columns: number, rows: number }} Arrangement
 */

/** @type {Arrangement} */
const USUAL = { split: 'columns', columns: 48, rows: 50 };
// The minimal share of each side, and the step of an arrow key, in percent.
const [LEAST, STEP] = [20, 2];

export class Split {
  /**
   * Called when the reader has changed the arrangement.
   * @type {(arrangement: Arrangement) => void}
   */
  arranged = () => {};
  now = { ...USUAL };

  /** @param {HTMLElement} play @param {HTMLElement} source @param {HTMLElement} result */
  constructor(play, source, result) {
    this.play = play;
    this.source = source;
    this.result = result;
    const line = (this.line = make('div', {
      class: 'divider',
      role: 'separator',
      tabindex: '0',
      'aria-label': 'Between source and preview',
      'aria-valuemin': `${LEAST}`,
      'aria-valuemax': `${100 - LEAST}`,
    }));
    result.before(line);
    line.addEventListener(
      'pointerdown',
      ({ pointerId, button }) => !button && line.setPointerCapture(pointerId),
    );
    line.addEventListener(
      'pointermove',
      (event) =>
        line.hasPointerCapture(event.pointerId) &&
        this.arrange({ [this.now.split]: this.at(event) }),
    );
    line.addEventListener('lostpointercapture', () => this.arranged(this.now));
    line.addEventListener('dblclick', () => this.move(USUAL[this.now.split]));
    line.addEventListener('keydown', (event) => this.press(event));
    this.arrange({});
  }

  /**
   * Applies stored values; missing or invalid ones are ignored.
   * @param {Partial<Record<keyof Arrangement, unknown>>} said
   */
  arrange({ split, ...shares }) {
    const { now, play, line } = this;
    if (split === 'rows' || split === 'columns') now.split = split;
    for (const way of /** @type {const} */ (['columns', 'rows'])) {
      const share = shares[way];
      if (typeof share === 'number') now[way] = Math.min(100 - LEAST, Math.max(LEAST, share));
    }
    const share = now[now.split];
    play.dataset.split = now.split;
    play.style.setProperty('--source', `${share}fr`);
    play.style.setProperty('--result', `${100 - share}fr`);
    line.setAttribute('aria-orientation', now.split === 'rows' ? 'horizontal' : 'vertical');
    line.setAttribute('aria-valuenow', String(Math.round(share)));
  }

  toggle() {
    this.arrange({ split: this.now.split === 'rows' ? 'columns' : 'rows' });
    this.arranged(this.now);
  }

  /** @param {number} share */
  move(share) {
    this.arrange({ [this.now.split]: share });
    this.arranged(this.now);
  }

  get mirrored() {
    return this.now.split === 'columns' && getComputedStyle(this.play).direction === 'rtl';
  }

  /** The share of the source with the divider at the pointer. @param {PointerEvent} event */
  at({ clientX, clientY }) {
    const [from, to] = [this.source.getBoundingClientRect(), this.result.getBoundingClientRect()];
    if (this.now.split === 'rows') return (100 * (clientY - from.top)) / (from.height + to.height);
    return (
      (100 * (this.mirrored ? from.right - clientX : clientX - from.left)) / (from.width + to.width)
    );
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const share = this.now[this.now.split];
    const step = this.mirrored ? -STEP : STEP;
    const to = {
      ArrowLeft: share - step,
      ArrowRight: share + step,
      ArrowUp: share - STEP,
      ArrowDown: share + STEP,
      Home: LEAST,
      End: 100,
      Enter: USUAL[this.now.split],
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.move(to);
  }
}
