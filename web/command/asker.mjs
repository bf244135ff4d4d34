// Requests to other hosts for `meridian check --external`. The command, as wasm, does one thing
// after another: a thread asks, and the command waits for it.

import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';

/**
 * @typedef {{ number: number, address: string, head: boolean, seconds: number,
 *   private: [string, number][] }} Question a request; `private`: networks that may not answer
 * @typedef {{ number: number, failure: string, status: number, location: string,
 *   retryAfter: string }} Answer its head
 */

export class Asker {
  // Answers so far.
  #count = new Int32Array(new SharedArrayBuffer(4));
  /** @type {import('node:worker_threads').MessagePort | undefined} */
  #port;

  /** Sends a request. @param {Question} question */
  ask(question) {
    if (!this.#port) {
      const { port1, port2 } = new MessageChannel();
      const worker = new Worker(new URL('./asker_worker.mjs', import.meta.url), {
        workerData: { port: port2, count: this.#count },
        transferList: [port2],
      });
      // They end with the command.
      worker.unref();
      port1.unref();
      this.#port = port1;
    }
    this.#port.postMessage(question);
  }

  /**
   * Waits for an answer.
   * @param {number} milliseconds at most
   * @returns {Answer | undefined}
   */
  answer(milliseconds) {
    const seen = Atomics.load(this.#count, 0);
    const next = () => this.#port && receiveMessageOnPort(this.#port)?.message;
    const answer = next();
    if (answer) return answer;
    Atomics.wait(this.#count, 0, seen, milliseconds);
    return next();
  }
}
