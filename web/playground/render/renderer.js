// The core in a worker with every change of a project. Requests from before the last change are
// dropped.

import { REDIRECT } from '../../engine/abi.js';
import { complete, supply } from '../../engine/complete.js';
import { site } from '../../base/site_state.js';
import { bytesOf, compile, fetchShellFile } from '../../net/fetch.js';
import { supplyModule } from '../../engine/modules.js';
import { openThread } from '../../engine/open_worker.js';
import { transitions } from '../../engine/time_zones.js';
import { PLUGIN } from '../../engine/supply_plugin.js';
import { openApart, supplyOwnPlugin } from './plugins.js';
import { TimedEngine } from './watchdog.js';
import { isText } from '../project/file_content.js';
import { MOST_FILES } from '../project/limits.js';

/**
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('../../engine/abi.js').Answer} Answer
 * @typedef {import('../../engine/complete.js').Host} Host
 */
/**
 * @typedef {import('./worker.js').Update} Update
 * @typedef {import('../project/project.js').Change} Change
 */
/**
 * A page in view: its address, its changes, and the milliseconds of each step.
 * @typedef {{ status: number, json: Answer['json'], news: Update, url: string, steps: [label:
 *   string, time: number][] }} Page
 */

// Redirects may be circular.
const WAYS = 40;

/**
 * Tells whether a file can be a page, or a part of one: pictures can't.
 * @param {string} path
 * @param {Uint8Array} bytes
 */
const isSource = (path, bytes) => isText(path) || bytes[0] === '-'.charCodeAt(0);

export class Renderer {
  /**
   * @param {Project} project
   * @param {boolean} [written] as it is published: nothing is mended for its author
   */
  constructor(project, written = false) {
    this.project = project;
    this.written = written;
    /** The site's time; undefined: that of its core's start. @type {Date | undefined} */
    this.time = undefined;
    /** Created by the first request. @type {TimedEngine | undefined} */
    this.made = undefined;
    /** Called when there is a new worker. */
    this.begun = () => {};
    /**
     * The request that took too long: no request is sent until the reader changes something.
     * @type {import('./watchdog.js').Late | undefined}
     */
    this.late = undefined;
    /** Resolves when the instance has all files. @type {Promise<unknown> | undefined} */
    this.ready = undefined;
    // Another project: another core, without any state of the last.
    project.addEventListener('open', () => this.close());
    // A trusted project has other limits.
    project.addEventListener('trust', () => this.close());
    project.whenChanged((path, listed, changes) => {
      this.late = undefined;
      if (listed && (this.surplus || (PLUGIN.test(path) && !this.made?.apart))) this.close();
      const { made } = this;
      if (changes) return; // edit() tells
      const bytes = project.bytes(path);
      if (!bytes) made?.remove(path);
      else if (isSource(path, bytes) || made?.files.has(path)) made?.put(path, bytes);
      if (listed) made?.set('list', this.list());
    });
  }

  /** Throws the reason if there is none. */
  get engine() {
    if (!this.made) {
      this.made = this.begin();
      this.begun();
    }
    return this.made;
  }

  /** Also sends changes of the page to this port, at once. @param {MessagePort} line */
  connect(line) {
    this.made?.port.then(
      (thread) => thread.postMessage({ line }, [line]),
      () => {},
    );
  }

  /** The limit of the number of files: the lists of a site grow with them. */
  get surplus() {
    return this.project.trusted ? 0 : Math.max(0, this.project.files.size - MOST_FILES);
  }

  /** Terminates the worker; the next request starts a new one. */
  close() {
    this.made?.close();
    this.made = this.late = undefined;
  }

  /** Allows requests again after a change by the reader. */
  forgive() {
    this.late = undefined;
  }

  begin() {
    const { project, surplus } = this;
    if (this.late) throw this.late;
    if (surplus)
      throw new Error(
        `The project has ${surplus.toLocaleString()} more than the ${MOST_FILES.toLocaleString()} files that can be shown of a project from elsewhere`,
      );
    /** @type {Map<string, Uint8Array | null>} */
    const files = new Map();
    for (const path of project.paths) {
      const bytes = project.bytes(path);
      if (bytes && isSource(path, bytes)) files.set(path, bytes);
    }
    const url = new URL('worker.js', import.meta.url).href;
    const apart =
      project.trusted && project.paths.some((path) => PLUGIN.test(path))
        ? openApart(url).catch(() => undefined)
        : undefined;
    const port = apart ? apart.then((worker) => worker ?? openThread(url)) : openThread(url);
    const engine = new TimedEngine(site.folder, files, port, 'live.wasm');
    engine.trusted = project.trusted;
    engine.apart = apart;
    engine.ended = (late) => {
      this.close();
      this.late = late;
    };
    // Before any other command.
    if (!project.trusted) engine.sent.set('stranger', ['live_stranger']);
    if (!this.written) engine.sent.set('author', ['live_author']);
    engine.set(
      'options',
      JSON.stringify({ time: this.time ?? new Date(), environment: 'production' }),
    );
    engine.set('list', this.list());
    return engine;
  }

  /** Gives the complete list of paths: unlisted files do not exist. */
  list() {
    return JSON.stringify({ files: this.project.paths, complete: true });
  }

  /**
   * Sends an edit to the core; resolves to its effect on the page in view, undefined if another
   * project was opened meanwhile.
   * @param {string} path
   * @param {Change[]} changes
   * @returns {Promise<{ news: Update[], done: boolean } | undefined>}
   */
  async edit(path, changes) {
    const nothing = { news: [], done: false };
    // An instance that starts later takes the text as it is then.
    if (!this.made) return nothing;
    const { engine, project } = this;
    const { core } = engine;
    if (!core || core !== this.ready) {
      // An instance that is starting takes the text as it is then: the change must not be applied
      // twice.
      engine.put(path, /** @type {Uint8Array} */ (project.bytes(path)));
      core?.then(
        () => (this.ready = core),
        () => {},
      );
      return nothing;
    }
    engine.files.set(path, () => /** @type {Uint8Array} */ (project.bytes(path)));
    const answer = await engine
      .ask({ ask: ['edit', path, changes] })
      .catch(() => (engine.drop(core), nothing));
    return engine === this.made ? answer : undefined;
  }

  /**
   * The core's answer once it needs nothing more; undefined if another project was opened
   * meanwhile.
   * @param {'render' | 'view' | 'files' | 'page' | 'pageAt' | 'look' | 'outline' | 'check' |
   *   'checkPages' | 'patch'} method
   * @param {any[]} values
   * @returns {Promise<any>}
   */
  async ask(method, ...values) {
    const { engine } = this;
    return complete(
      String(values[0] ?? method),
      async () => {
        const answer = await engine.question(method, ...values);
        return engine === this.made ? answer : undefined;
      },
      (needs) => supply(this.host(engine), needs),
    );
  }

  /**
   * Renders the page at an address, following redirects within the site; undefined if another
   * project was opened meanwhile.
   * @param {string} url
   * @returns {Promise<Page | undefined>}
   */
  async render(url) {
    const begin = performance.now();
    for (let way = 0; ; way++) {
      const answer = await this.ask('view', url);
      const to = answer?.status === REDIRECT ? (answer.json.url ?? '/') : url;
      if (!answer || to === url || way === WAYS || /^[a-z]+:/i.test(to))
        return (
          answer && {
            ...answer,
            url,
            steps: [
              ['In the core', answer.took],
              ['Files, there and back', performance.now() - begin - answer.took],
            ],
          }
        );
      url = to;
    }
  }

  /** Fetches what an answer needs. @param {TimedEngine} engine @returns {Host} */
  host(engine) {
    return {
      file: async (path) =>
        engine.put(path, (await this.project.load(path).catch(() => undefined)) ?? null),
      zone: (name) => engine.set('zone', name, JSON.stringify(transitions(name) ?? [])),
      module: async (name) => {
        if (name === 'stills') await supplyStills(engine);
        else if (name === 'rest') await engine.question('takeRest', await loadRest());
        else if (PLUGIN.test(name)) await supplyOwnPlugin(engine, name, this.project.bytes(name));
        else await supplyModule(name, engine);
      },
    };
  }

  /**
   * The lines of a file in which the parts of the page in view begin.
   * @param {string} path
   * @returns {Promise<Uint32Array>}
   */
  async lines(path) {
    return (await this.engine.question('lines', path)) ?? new Uint32Array();
  }

  /**
   * The change of a file that makes the page in view what an edit in place has made of it.
   * @param {string} path
   * @param {import('../frame/page_messages.js').Edit} edit
   * @returns {Promise<ReturnType<import('./worker.js').LiveCore['patch']>>}
   */
  async patch(path, edit) {
    return (await this.ask('patch', path, edit)) ?? { late: true };
  }

  /**
   * The data that the templates of a page see.
   * @param {string} url
   * @param {(string | number)[]} keys
   * @returns {Promise<import('./worker.js').Data | undefined>}
   */
  async inspect(url, keys) {
    return this.ask('look', url, keys);
  }

  /**
   * The tree of a page's Markdown.
   * @param {string} url
   * @returns {Promise<import('./worker.js').TreeNode | undefined>}
   */
  async outline(url) {
    return this.ask('outline', url);
  }

  /**
   * Diagnostics beyond those of rendering, for trusted projects: the reader does not correct
   * another's.
   * @param {string} url
   * @returns {Promise<import('../../engine/abi.js').Diagnostic[]>}
   */
  async check(url) {
    return (this.project.trusted && (await this.ask('check', url))?.diagnostics) || [];
  }

  /**
   * The address of a file's page, if it has one.
   * @param {string} path
   * @returns {Promise<string | undefined>}
   */
  async addressOf(path) {
    const answer = await this.ask('render', `source:${path}`);
    return answer?.status === REDIRECT ? answer.json.url : undefined;
  }
}

/** @type {Promise<WebAssembly.Module> | undefined} */
let rest;
/** What a core needs to inspect, check and patch pages, loaded once. */
export const loadRest = () =>
  (rest ??= compile(`${site.folder}live-rest.wasm`).catch((error) => {
    rest = undefined;
    throw error;
  }));

/** Loads the module and the data for still pictures of globes. @param {TimedEngine} engine */
async function supplyStills(engine) {
  const file = (/** @type {string} */ name) =>
    fetchShellFile(site.folder + name).then(bytesOf, () => new Uint8Array());
  await engine.question(
    'takeStills',
    ...(await Promise.all([
      compile(`${site.folder}stills.wasm`),
      file('land-110m.bin'),
      file('countries.bin'),
    ])),
  );
}
