// Renders untrusted formulas one after the other in a worker, with a time limit for each.

/** @typedef {import('../../engine/open_worker.js').Port & { terminate?: () => void }} Thread */
/** @typedef {import('./math_worker.js').Reply} Reply */

// Milliseconds for one formula, as for one answer of the core (watchdog.js), and for all of a
// project: a page may have thousands.
const [ONE, ALL] = [2000, 20_000];
// Milliseconds of a tick. Ticks are counted instead of time, as in watchdog.js.
const TICK = 250;
// Formulas of a project, including each edited version: those of a book's chapter.
const MOST = 5000;

export class Typesetter {
  /** @type {Promise<Thread> | undefined} */
  thread = undefined;
  /** @type {Promise<unknown>} */
  last = Promise.resolve();
  /** Ticks that all formulas have taken, and the number of formulas. */
  ticks = 0;
  count = 0;
  over = false;

  /**
   * @param {() => Promise<Thread>} open a thread with math_worker.js
   * @param {string} katex its address
   */
  constructor(open, katex) {
    this.open = open;
    this.katex = katex;
  }

  /** @param {{ tex: string, display: boolean }} formula @returns {Promise<Reply>} */
  set({ tex, display }) {
    const reply = this.last.then(() => this.ask(tex, display));
    this.last = reply.catch(() => {});
    return reply;
  }

  /** @param {string} tex @param {boolean} display @returns {Promise<Reply>} */
  async ask(tex, display) {
    if (this.over) return { reason: 'Another project is open.' };
    if (++this.count > MOST)
      return { reason: `Of a project from elsewhere ${MOST.toLocaleString()} formulas are set.` };
    if (this.ticks * TICK > ALL)
      return { reason: `The formulas took more than ${ALL / 1000} seconds.` };
    const thread = await (this.thread ??= this.open());
    const { port1, port2 } = new MessageChannel();
    /** @type {Reply} */
    const reply = await new Promise((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        this.ticks++;
        if (++ticks * TICK <= ONE) return;
        this.close(false);
        clearInterval(timer);
        resolve({ reason: `The formula took more than ${ONE / 1000} seconds, and was stopped.` });
      }, TICK);
      port1.onmessage = ({ data }) => {
        clearInterval(timer);
        resolve(data);
      };
      thread.postMessage({ katex: this.katex, tex, display }, [port2]);
    });
    port1.close();
    return reply;
  }

  /** Terminates the worker. @param {boolean} [over] nothing is set any more */
  close(over = true) {
    this.over ||= over;
    this.thread?.then(
      (thread) => thread.terminate?.(),
      () => {},
    );
    this.thread = undefined;
  }
}
