// The core in a worker, and all commands that it got: after a trap a new instance gets them again.

import { Trap } from './abi.js';
import { compile, reportedLater, templates } from '../net/fetch.js';

/**
 * @typedef {import('./abi.js').Answer} Answer
 * @typedef {import('./worker_server.js').Request} Request
 * @typedef {import('./worker_server.js').Reply} Reply
 * @typedef {import('./worker_server.js').Change} Change
 */
/** @typedef {import('./open_worker.js').Port} Port */

export class Engine {
  /**
   * @param {string} folder address of `meridian/`
   * @param {Map<string, Uint8Array | null | (() => Uint8Array)>} files bytes by path, as they are
   *   put, or what gives them; null: not there
   * @param {Promise<Port>} port to `serve` of worker.js
   * @param {string} [module] another than the site's own
   */
  constructor(folder, files, port, module = 'meridian.wasm') {
    this.port = reportedLater(port);
    this.module = reportedLater(compile(folder + module));
    /** The theme's templates. */
    this.theme = reportedLater(templates(folder + 'theme.txt'));
    this.files = files;
    /** All other commands, the last one on each subject. @type {Map<string, Change>} */
    this.sent = new Map();
    /**
     * Other modules, once a page has needed them, and files of the gazetteer.
     * @type {{ commonmark?: WebAssembly.Module, travel?: WebAssembly.Module, places: [string,
     *   Uint8Array][] }}
     */
    this.modules = { places: [] };
    /**
     * Those on their way: of an engine that is given up they never come.
     * @type {Map<string, Promise<void>>}
     */
    this.coming = new Map();
    /** An instance is there that knows all this. @type {Promise<unknown> | undefined} */
    this.core = undefined;
    /** Counts changes, so that a kept answer can be told from a stale one. */
    this.version = 0;
  }

  /** @param {Request} request @returns {Promise<any>} */
  async ask(request) {
    const port = await this.port;
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data: { answer, trap } }) => {
        port1.close();
        if (trap) reject(new Trap(trap));
        else resolve(answer);
      };
      port.postMessage(request, [port2]);
    });
  }

  /** A new instance that knows what the last one did. */
  async start() {
    const [start, theme] = await Promise.all([this.module, this.theme]);
    const files = [...this.files].map(([path, data]) =>
      fileChange(path, typeof data === 'function' ? data() : data),
    );
    return this.ask({
      start,
      ...this.modules,
      changes: [['theme', theme], ...this.sent.values(), ...files],
    });
  }

  /**
   * Sends a request to the core, if it is there; else start() will. A trap only drops the instance:
   * all commands are kept here.
   * @param {Request} request
   */
  send(request) {
    this.version++;
    const { core } = this;
    return core?.then(() => this.ask(request)).catch(() => this.drop(core));
  }

  /**
   * A list, options or a zone: the last word on its subject, which is what stands before its JSON.
   * @param {Change} change
   */
  set(...change) {
    this.sent.set(String(change[change.length - 2]), change);
    return this.send({ tell: change });
  }

  /** @param {string} path @param {Uint8Array | null} data null: it is not there */
  put(path, data) {
    this.files.set(path, data);
    return this.send({ tell: fileChange(path, data) });
  }

  /** It is gone; nothing is known of the path. @param {string} path */
  remove(path) {
    this.files.delete(path);
    return this.send({ tell: ['put_missing', path] });
  }

  /** @param {'commonmark' | 'travel'} name @param {WebAssembly.Module} module */
  addModule(name, module) {
    this.modules[name] = module;
    return this.send({ [name]: module });
  }

  /** @param {string} file of the gazetteer @param {Uint8Array} bytes none: it can't be had */
  addPlaces(file, bytes) {
    this.modules.places.push([file, bytes]);
    return this.send({ places: [[file, bytes]] });
  }

  /** @param {Promise<unknown>} core */
  drop(core) {
    if (this.core === core) this.core = undefined;
  }

  /**
   * The core's answer. After a trap it is asked once more in a new instance, where memory is fresh;
   * a second trap is the answer.
   * @param {string} url @returns {Promise<Answer>}
   */
  render(url) {
    return this.question('render', url);
  }

  /** Asks the core. @param {[method: string, ...values: any[]]} ask */
  async question(...ask) {
    for (let again = false; ; again = true) {
      const core = (this.core ??= this.start());
      try {
        await core;
        return await this.ask({ ask });
      } catch (error) {
        this.drop(core);
        if (again || !(error instanceof Trap)) throw error;
      }
    }
  }
}

/** @param {string} path @param {Uint8Array | null} data @returns {Change} */
const fileChange = (path, data) => (data ? ['put', path, data] : ['put_missing', path]);
