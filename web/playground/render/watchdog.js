// A clock beside the core's thread: what takes too long ends it. The thread answers in order, so it
// works on what was asked first, and only that time counts: neither what waits behind, nor fetching
// and compiling, which happen elsewhere.

import { Engine } from '../../engine/engine.js';

/** @typedef {import('../../engine/worker_server.js').Request} Request */

// Milliseconds for one answer: of what came from elsewhere as long as nobody thinks of leaving; of
// one's own as long as a visitor waits at most.
const [ELSEWHERE, OWN] = [2000, 30_000];
// A new instance learns all files in one request.
const START = 30_000;
// … until its first page is there: the browser compiles each of the core's functions when it is
// called first, and all templates and data are parsed then. On a slow phone that takes many times
// as long as the page itself, and there is no page yet that one could go on with.
const COLD = 15_000;
// Milliseconds between two looks at the clock. They are counted, not the time: while this thread is
// busy, or the machine sleeps, an answer may lie there unread.
const TICK = 250;

/** An answer took too long. */
export class Late extends Error {
  remedy = 'Undo the last change, or loop over less. The next change is tried again.';

  /** @param {Request} request @param {number} time milliseconds */
  constructor({ ask }, time) {
    const what = ask?.[1];
    super(
      `${typeof what === 'string' ? what.replace(/^source:/, '') : 'The project'} took more than ${time / 1000} seconds, and was stopped`,
    );
  }
}

/** The core and everything it was told, in a thread that has only so long for each answer. */
export class TimedEngine extends Engine {
  /** Called when the thread was ended. @type {(late: Late) => void} */
  ended = () => {};
  /** Whether what it renders is the reader's own. */
  trusted = true;
  /**
   * Pending requests, in their order, and for how many ticks the thread has worked on each.
   * @type {{ request: Request, ticks: number, resolve: (nothing: undefined) => void, reject: (late:
   *   Late) => void }[]}
   */
  asked = [];
  timer = 0;
  /** This instance has made no page. */
  cold = true;
  over = false;

  /** Nothing once the thread is let go of. @param {Request} request @returns {Promise<any>} */
  async ask(request) {
    await this.port;
    return new Promise((resolve, reject) => {
      if (this.over) return resolve(undefined);
      const asked = { request, ticks: 0, resolve, reject };
      this.asked.push(asked);
      this.timer ||= window.setInterval(() => this.tick(), TICK);
      const answered = () => {
        this.asked = this.asked.filter((other) => other !== asked);
        if (!this.asked.length) this.rest();
      };
      if (request.start) this.cold = true;
      super.ask(request).then(
        (answer) => {
          answered();
          if (answer?.status === 0) this.cold = false;
          resolve(answer);
        },
        (error) => {
          answered();
          reject(
            Object.assign(error, {
              remedy: `Undo the last change: it may take more memory than the ${this.trusted ? '1 GB' : '128 MB'} that there is.`,
            }),
          );
        },
      );
    });
  }

  tick() {
    const [first] = this.asked;
    const { request } = first;
    const time = request.start ? START : this.trusted ? OWN : this.cold ? COLD : ELSEWHERE;
    if (++first.ticks * TICK <= time) return;
    const late = new Late(request, time);
    const { asked } = this;
    this.asked = [];
    this.close();
    this.ended(late);
    for (const { reject } of asked) reject(late);
  }

  rest() {
    clearInterval(this.timer);
    this.timer = 0;
  }

  /**
   * Lets go of the thread: whoever waits for it gets nothing. One that is the page's own
   * (open_worker.js) can't be ended: there the core's own limits hold.
   */
  close() {
    this.over = true;
    for (const { resolve } of this.asked) resolve(undefined);
    this.asked = [];
    this.rest();
    this.port.then(
      (port) => /** @type {Partial<Worker>} */ (port).terminate?.(),
      () => {},
    );
  }
}
