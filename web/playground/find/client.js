// Asks the worker of the search, and ends it when an answer takes too long.

import { same } from '../../base/release.js';

/**
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('./search.js').Match} Match
 * @typedef {import('./search.js').Query} Query
 */
/**
 * What was found, by file; `all`: nothing was left out; `texts`: what was searched; `unread`: files
 * on other hosts that are not here.
 * @typedef {{ found: [path: string, matches: Match[]][], all: boolean, texts: Map<string, string>,
 *   unread: number }} Found
 */

// Milliseconds for a query; ticks are counted instead of time, as in render/watchdog.js.
const [LIMIT, TICK] = [2000, 250];

export class SearchThread {
  /** @type {Promise<Worker> | undefined} */
  thread = undefined;
  /** What the worker has. @type {Map<string, string>} */
  known = new Map();
  /** @type {Promise<unknown>} */
  last = Promise.resolve();

  /** @param {Project} project @param {(name: string) => Promise<Worker>} begin a worker's file */
  constructor(project, begin) {
    this.project = project;
    this.begin = begin;
  }

  /**
   * Searches all files, or one with the text that its editor has. Throws an error with the reason
   * when that fails.
   * @param {Query} query
   * @param {string} [only]
   * @param {string} [text]
   * @returns {Promise<Found>}
   */
  ask(query, only, text) {
    const answer = this.last.then(() => this.send(query, only, text));
    this.last = answer.catch(() => {});
    return answer;
  }

  /** @returns {Promise<Worker>} */
  async open() {
    const worker = await this.begin('find-worker.js');
    await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(same(data));
      worker.onerror = () => reject(new Error('The search can’t be loaded. Reload this page.'));
    });
    return worker;
  }

  /** @param {Query} query @param {string} [only] @param {string} [own] @returns {Promise<Found>} */
  async send(query, only, own) {
    const thread = await (this.thread ??= this.open());
    /** @type {Map<string, string>} */
    const texts = new Map();
    let unread = 0;
    for (const [path, content] of this.project.files)
      if (typeof content === 'string') texts.set(path, content);
      else if (!(content instanceof Uint8Array)) unread++;
    if (only !== undefined && own !== undefined) texts.set(only, own);
    /** @type {[string, string | undefined][]} */
    const news = [...texts].filter(([path, text]) => this.known.get(path) !== text);
    for (const path of this.known.keys()) if (!texts.has(path)) news.push([path, undefined]);
    this.known = texts;
    const { port1, port2 } = new MessageChannel();
    /** @type {import('./worker.js').Reply} */
    const {
      found = [],
      all = true,
      error,
    } = await new Promise((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        if (++ticks * TICK <= LIMIT) return;
        this.close();
        clearInterval(timer);
        resolve({ error: `It took more than ${LIMIT / 1000} seconds, and was stopped.` });
      }, TICK);
      port1.onmessage = ({ data }) => {
        clearInterval(timer);
        resolve(data);
      };
      thread.postMessage({ texts: news, query, only }, [port2]);
    });
    port1.close();
    if (error) throw new Error(error);
    return { found, all, texts, unread };
  }

  /** Terminates the worker: the next query starts another. */
  close() {
    this.thread?.then(
      (worker) => worker.terminate(),
      () => {},
    );
    this.thread = undefined;
    this.known = new Map();
  }
}
