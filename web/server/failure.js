// Why a request can't be answered with a page.

import { Failure as BaseFailure } from '../base/failure.js';

/** A failure with its status; `file` is the source or the module in question. */
export class Failure extends BaseFailure {
  /**
   * @param {number} status 500: asking again does not help; 503: it may
   * @param {string} file
   * @param {string} message
   * @param {string} remedy
   */
  constructor(status, file, message, remedy) {
    super(file, message, remedy);
    this.status = status;
  }
}

/** A storage that did not answer in time. */
export class Late extends Failure {
  /** @param {number} time in milliseconds @param {string} file */
  constructor(time, file) {
    super(
      503,
      file,
      `its storage did not answer within ${time / 1000} s`,
      'ask again; a larger `patience` waits longer',
    );
  }
}

/**
 * The same promise, rejected with a Late after a time limit.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} time in milliseconds
 * @param {string} file
 * @returns {Promise<T>}
 */
export function within(promise, time, file) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Late(time, file)), time);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
