// The core in a worker, with a record of all commands: after a trap a new instance gets them again.

import { Trap } from './abi.js';
import { compile, reportedLater, templates } from '../net/fetch.js';

/**
 * @typedef {import('./abi.js').Answer} Answer
 * @typedef {import('./worker_server.js').Request} Request
 * @typedef {import('./worker_server.js').Reply} Reply
 * @typedef {import('./worker_server.js').Change} Change
 */
/** @typedef {import('./open_worker.js').Port} Port */
/** @typedef {Exclude<keyof import('./abi.js').Others, 'plugins'>} ModuleName */

export class Engine {
  /**
   * @param {string} folder address of `meridian/`
   * @param {Map<string, Uint8Array | null | (() => Uint8Array)>} files bytes by path, as they are
   *   put, or what gives them; null: not there
   * @param {Promise<Port>} port to `serve` of worker.js
   * @param {string} [module] another than the site's own
   * @param {Promise<unknown>} [turn] after which the core is requested
   */
  constructor(folder, files, port, module = 'meridian.wasm', turn = undefined) {
    this.port = reportedLater(port);
    const core = () => compile(folder + module);
    this.module = reportedLater(turn?.then(core) ?? core());
    /** The theme's templates. */
    const theme = () => templates(folder + 'theme.txt');
    this.theme = reportedLater(turn?.then(theme) ?? theme());
    this.files = files;
    /** All other commands, the last one for each subject. @type {Map<string, Change>} */
    this.sent = new Map();
    /**
     * Other modules that a page has needed, and files of the gazetteer.
     * @type {Partial<Record<ModuleName, WebAssembly.Module | null>> &
     *   { places: [string, Uint8Array][], plugins?: Request['plugins'] }}
     */
    this.modules = { places: [] };
    /**
     * Modules that are being loaded; they never resolve in an engine that was discarded.
     * @type {Map<string, Promise<void>>}
     */
    this.coming = new Map();
    /** Resolves when an instance has all of this. @type {Promise<unknown> | undefined} */
    this.core = undefined;
    /** Counts changes, so that outdated answers are recognised. */
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

  /** Starts a new instance with the state of the last one. */
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
   * Sends a request to the core if it is started; otherwise start() will. A trap only discards the
   * instance: all commands are recorded here.
   * @param {Request} request
   */
  send(request) {
    this.version++;
    const { core } = this;
    return core?.then(() => this.ask(request)).catch(() => this.drop(core));
  }

  /**
   * Sets a list, options or a zone. The last command counts for its subject, which is the part
   * before its JSON.
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

  /** Reports that the file does not exist. @param {string} path */
  remove(path) {
    this.files.delete(path);
    return this.send({ tell: ['put_missing', path] });
  }

  /** @param {ModuleName} name @param {WebAssembly.Module | null} module */
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
   * Renders an address. After a trap it is tried once more in a new instance with fresh memory; a
   * second trap is the answer.
   * @param {string} url
   * @returns {Promise<Answer>}
   */
  render(url) {
    return this.question('render', url);
  }

  /** Sends a question to the core. @param {[method: string, ...values: any[]]} ask */
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
