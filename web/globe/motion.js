// What moves by itself: flights, inertia, a journey that is played, slow rotation. One loop of frames, which ends when nothing moves or
// nobody looks.

/** @typedef {(elapsed: number, time: number) => boolean} Mover moves by so many milliseconds; false: it has come to rest */

export class Motion {
  /** @param {(moving: boolean) => void} draw */
  constructor(draw) {
    this.draw = draw;
    /** @type {Map<string, Mover>} */
    this.movers = new Map();
    this.wanted = 0;
    this.last = 0;
    this.visible = true;
    this.step = (/** @type {number} */ time) => {
      this.wanted = 0;
      const elapsed = Math.min(64, time - (this.last || time));
      for (const [name, move] of this.movers) if (!move(elapsed, time)) this.movers.delete(name);
      const moving = this.movers.size > 0;
      this.last = moving ? time : 0;
      this.draw(moving);
      if (moving) this.invalidate();
    };
  }

  /** A frame is to be drawn. */
  invalidate() {
    if (this.visible && !this.wanted) this.wanted = requestAnimationFrame(this.step);
  }

  /** @param {string} name of which there is one at a time @param {Mover} mover */
  start(name, mover) {
    this.movers.set(name, mover);
    this.invalidate();
  }

  /** @param {string[]} names */
  stop(...names) {
    for (const name of names) this.movers.delete(name);
  }

  /** Whether somebody can see it. @param {boolean} visible */
  show(visible) {
    this.visible = visible;
    if (visible) this.invalidate();
    else {
      cancelAnimationFrame(this.wanted);
      this.wanted = 0;
    }
  }
}
