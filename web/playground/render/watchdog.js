// The watchdog of the core's worker: terminates it when an answer takes too long. The worker
// answers in order, so it works on the oldest request, and only that time counts: neither waiting
// requests, nor fetching and compiling elsewhere.

import { Engine } from '../../engine/engine.js';

/** @typedef {import('../../engine/worker_server.js').Request} Request */

// Milliseconds for one answer: for untrusted projects before readers give up; for trusted ones as
// long as a visitor waits at most.
const [ELSEWHERE, OWN] = [2000, 30_000];
// A new instance gets all files in one request.
const START = 30_000;
// … until its first page is rendered: the browser compiles each of the core's functions on its
// first call, and all templates and data are parsed then. On a slow phone that takes many times as
// long as the page itself.
const COLD = 15_000;
// Milliseconds of a tick. Ticks are counted instead of time: while this thread is busy, or the
// machine sleeps, an answer may be waiting unread.
const TICK = 250;

/** An answer took too long. */
export class Late extends Error {
  remedy = 'Undo the last change, or loop over less data. The next change is tried again.';

  /** @param {Request} request @param {number} time milliseconds */
  constructor({ ask }, time) {
    const what = ask?.[1];
    super(
      `${typeof what === 'string' ? what.replace(/^source:/, '') : 'The project'} took more than ${time / 1000} seconds, and was stopped`,
    );
  }
}

/** The core with its recorded commands, in a worker with a time limit for each answer. */
export class TimedEngine extends Engine {
  /** Called when the worker was terminated. @type {(late: Late) => void} */
  ended = () => {};
  /** True if the project is trusted. */
  trusted = true;
  /**
   * The worker without an origin, for plugins of the project; undefined if it has none.
   * @type {Promise<Worker | undefined> | undefined}
   */
  apart = undefined;
  /**
   * Pending requests in order, with the ticks that the worker has spent on each.
   * @type {{ request: Request, ticks: number, resolve: (nothing: undefined) => void, reject: (late:
   *   Late) => void }[]}
   */
  asked = [];
  timer = 0;
  /** This instance has not rendered a page yet. */
  cold = true;
  over = false;

  /**
   * Resolves to undefined after the worker was terminated.
   * @param {Request} request
   * @returns {Promise<any>}
   */
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
   * Terminates the worker; pending requests resolve to undefined. A core in the page itself
   * (open_worker.js) can't be terminated: there its own limits apply.
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
