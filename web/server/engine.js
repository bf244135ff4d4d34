// The core with the modules that it asks for. After a trap all of it is thrown away.

import {
  makeBibliography,
  makeCommonMark,
  makeCore,
  makeRouge,
  makeSass,
  makeTravel,
} from '../engine/abi.js';
import { makeStills } from '../engine/stills.js';
import { transitions } from '../engine/time_zones.js';
import { Failure } from './failure.js';
import { WritingCore } from './core.js';

/** @import { Others } from '../engine/abi.js' */

/**
 * The files of the folder `meridian/` of one release. `get`: a module compiled, by its name
 * (`live.wasm`), the bytes of another file (`theme.txt`, `places/index.bin`), undefined for what is
 * not there. `open`: answers a visitor's request for one of them; without it those files come from
 * the site's sources.
 * @typedef {{
 *   get(name: string): Promise<WebAssembly.Module | Uint8Array | undefined>,
 *   open?(name: string, request: Request): Promise<Response | undefined>,
 * }} Modules
 */

/** @param {string} name */
const missing = (name) =>
  new Failure(
    500,
    `meridian/${name}`,
    'the file is not there',
    'deploy the folder `meridian/` of one release as a whole',
  );

/** @param {Modules} modules @param {string} name */
async function partOf(modules, name) {
  try {
    return await modules.get(name);
  } catch (error) {
    throw new Failure(503, `meridian/${name}`, `its storage failed: ${error}`, 'ask again');
  }
}

/** @param {Modules} modules @param {string} name @returns {Promise<WebAssembly.Module>} */
export async function moduleOf(modules, name) {
  const module = await partOf(modules, `${name}.wasm`);
  if (module instanceof WebAssembly.Module) return module;
  throw missing(`${name}.wasm`);
}

/** @param {Modules} modules @param {string} name @returns {Promise<Uint8Array>} */
async function fileOf(modules, name) {
  const bytes = await partOf(modules, name);
  if (bytes instanceof Uint8Array) return bytes;
  throw missing(name);
}

export class Engine {
  /** What is there, or on its way. @type {Map<string, Promise<void>>} */
  supplied = new Map();
  /** What is on its way. @type {Set<string>} */
  coming = new Set();
  /** Etags of the sources that the core has, by path. @type {Map<string, string>} */
  held = new Map();
  /** Files of the gazetteer that are read in parts. @type {Map<string, Promise<any>>} */
  packs = new Map();
  /** Files of a theme that came with the modules. @type {{ path: string, size: number }[]} */
  theme = [];
  /** @type {import('../engine/stills.js').Stills | undefined} */
  stills;

  /**
   * @param {Modules} modules
   * @param {WritingCore} core which must not be used again after it threw
   * @param {Others} helpers what it calls
   */
  constructor(modules, core, helpers) {
    this.modules = modules;
    this.core = core;
    this.helpers = helpers;
  }

  /**
   * One with a core that has no sources.
   * @param {Modules} modules
   * @param {number} steps of one render
   */
  static async start(modules, steps) {
    const [module, theme] = await Promise.all([
      moduleOf(modules, 'live'),
      fileOf(modules, 'theme.txt'),
    ]);
    /** @type {Others} */
    const helpers = {};
    const core = await makeCore(WritingCore, module, helpers);
    core.limitSteps(steps);
    core.tell('theme', theme);
    return new Engine(modules, core, helpers);
  }

  /** @param {string} path @param {Uint8Array} bytes @param {string} etag */
  put(path, bytes, etag) {
    this.core.tell('put', path, bytes);
    this.held.set(path, etag);
  }

  /**
   * Loads a module, a file of the gazetteer, or a pack of templates, once for all requests.
   * @param {string} name
   */
  supply(name) {
    let loading = this.supplied.get(name);
    if (loading) return loading;
    loading = this.load(name);
    this.supplied.set(name, loading);
    this.coming.add(name);
    const forget = () => this.supplied.delete(name);
    // The gazetteer forgets files, and asks for them again.
    loading.then(() => name.startsWith('places/') && forget(), forget);
    const come = () => this.coming.delete(name);
    loading.then(come, come);
    return loading;
  }

  /** Waits no longer for what is on its way. */
  abandon() {
    for (const name of this.coming) this.supplied.delete(name);
  }

  /** @param {string} name */
  async load(name) {
    const { modules, helpers, core } = this;
    if (name === 'commonmark') {
      helpers.commonmark = await makeCommonMark(await moduleOf(modules, name));
    } else if (name === 'travel') {
      helpers.travel = await makeTravel(await moduleOf(modules, name));
    } else if (name === 'sass') {
      helpers.sass = makeSass(await moduleOf(modules, name));
    } else if (name === 'rouge') {
      helpers.rouge = makeRouge(await moduleOf(modules, name));
      core.tell('options', '{}'); // it forgets what it has made without colours
    } else if (name === 'bibliography') {
      helpers.bibliography = makeBibliography(await moduleOf(modules, name));
    } else if (name === 'stills') {
      const [module, land, countries] = await Promise.all([
        moduleOf(modules, name),
        fileOf(modules, 'land-110m.bin'),
        fileOf(modules, 'countries.bin'),
      ]);
      this.stills = await makeStills(module, land, countries);
    } else if (name.startsWith('places/')) {
      const bytes = await this.place(name);
      await this.supplied.get('travel');
      // The gazetteer reports a file that is not there.
      helpers.travel?.put(name, bytes instanceof Uint8Array ? bytes : new Uint8Array());
    } else {
      core.tell('theme', await fileOf(modules, `${name}.txt`));
    }
  }

  /**
   * A file of the gazetteer, or a part of one: `places/0.bin#64-127`.
   * @param {string} name
   */
  async place(name) {
    const [file, range] = name.split('#');
    const loading = this.packs.get(file) ?? partOf(this.modules, file);
    if (range) this.packs.set(file, loading);
    loading.catch(() => this.packs.delete(file));
    const bytes = await loading;
    if (!range || !(bytes instanceof Uint8Array)) return bytes;
    const [first, last] = range.split('-').map(Number);
    return bytes.subarray(first, last + 1);
  }

  /** @param {string} zone */
  addZone(zone) {
    const name = `zone ${zone}`;
    if (this.supplied.has(name)) return;
    this.supplied.set(name, Promise.resolve());
    this.core.tell('zone', zone, JSON.stringify(transitions(zone) ?? []));
  }
}
