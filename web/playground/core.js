// The core in its own thread, told of every change of a project. What was asked for before the last change is not waited for.

import { NEEDS, NOT_FOUND, REDIRECT } from '../abi.js';
import { Engine } from '../engine.js';
import { site } from '../host.js';
import { task } from '../loader.js';
import { supplyModule } from '../modules.js';
import { openThread } from '../thread.js';
import { transitions } from '../zones.js';

/** @typedef {import('./project.js').Project} Project @typedef {import('../abi.js').Answer} Answer */
/** A page: its address, and how many milliseconds it took. @typedef {Answer & { url: string, time: number }} Page */

// The core itself gives up after eight rounds with the same files missing; redirects may go round.
const ROUNDS = 40;

export class Renderer {
  /** @param {Project} project */
  constructor(project) {
    this.project = project;
    this.thread = openThread(site.folder + 'worker.js');
    this.engine = this.begin();
    project.addEventListener('open', () => {
      this.thread.then((port) => /** @type {Partial<Worker>} */ (port).terminate?.());
      this.thread = openThread(site.folder + 'worker.js');
      this.engine = this.begin();
    });
    project.addEventListener('change', (event) => {
      const { path, listed } = /** @type {CustomEvent} */ (event).detail;
      const bytes = project.bytes(path);
      if (bytes) this.engine.put(path, bytes);
      else this.engine.remove(path);
      if (listed) this.engine.say('list', this.list());
    });
  }

  /** Another project: another core, which knows nothing of the last. */
  begin() {
    const files = new Map(this.project.paths.map((path) => [path, /** @type {Uint8Array | null} */ (this.project.bytes(path))]));
    const engine = new Engine(site.folder, files, this.thread);
    engine.say('options', JSON.stringify({ time: new Date(), environment: 'production' }));
    engine.say('list', this.list());
    return engine;
  }

  /** All that there is: what is not named is not there. */
  list() {
    return JSON.stringify({ files: this.project.paths, complete: true });
  }

  /**
   * The page at an address; nothing when another project is open meanwhile.
   * @param {string} url also `source:PATH`, the page of a file @returns {Promise<Page | undefined>}
   */
  async render(url) {
    const { engine } = this;
    const begin = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      const answer = await engine.render(url);
      if (engine !== this.engine) return undefined;
      if (answer.status === REDIRECT && !/^[a-z]+:/i.test(answer.json.url ?? '')) {
        if (answer.json.url === url) break;
        url = answer.json.url ?? '/';
      } else if (answer.status === NEEDS) {
        await this.supply(answer.json);
      } else {
        return { ...answer, url, time: performance.now() - begin };
      }
      await task();
    }
    return { status: NOT_FOUND, html: '', json: {}, url, time: performance.now() - begin };
  }

  /** What an answer lacks. @param {Answer['json']} needs */
  async supply({ paths = [], zones = [], modules = [] }) {
    const { engine } = this;
    await Promise.all([
      ...zones.map((zone) => engine.say('zone', zone, JSON.stringify(transitions(zone) ?? []))),
      ...modules.map((name) => supplyModule(name, engine)),
      ...paths.map((path) => engine.put(path, this.project.bytes(path) ?? null)),
    ]);
  }

  /** Where the page of a file is, if it has one. @param {string} path @returns {Promise<string | undefined>} */
  async addressOf(path) {
    const { engine } = this;
    for (let round = 0; round < ROUNDS; round++) {
      const { status, json } = await engine.render(`source:${path}`);
      if (engine !== this.engine) return undefined;
      if (status !== NEEDS) return status === REDIRECT ? json.url : undefined;
      await this.supply(json);
    }
    return undefined;
  }
}
