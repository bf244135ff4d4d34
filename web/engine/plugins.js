// Runs a site's plugins in JavaScript (`_plugins/*.js`) for the core's worker: loads the modules,
// and hands over what the core asks of their functions.

import { RELEASE } from '../base/release.js';
import { PluginFunctions } from './plugin_functions.js';

export { RELEASE as release };

/**
 * By path: the names of its functions, or why it has none.
 * @typedef {Record<string, string | { [kind: string]: string[] }>} PluginNames
 */

// Milliseconds for a module, with what it imports and awaits.
const PATIENCE = 10_000;

export class Plugins {
  functions = new PluginFunctions();
  /** Their addresses. @type {Map<string, string>} */
  from = new Map();
  /** @type {PluginNames} */
  names = {};

  /**
   * Loads modules by their addresses; one that it has already stays. Gives their names.
   * @param {Record<string, string>} files
   * @returns {Promise<PluginNames>}
   */
  async load(files) {
    const names = Object.entries(files).map(async ([path, url]) => {
      if (this.from.get(path) !== url) {
        this.from.set(path, url);
        this.names[path] = await this.take(path, url).catch((error) =>
          this.functions.refuse(path, error),
        );
      }
      return [path, this.names[path]];
    });
    return Object.fromEntries(await Promise.all(names));
  }

  /** @param {string} path @param {string} url */
  async take(path, url) {
    let timer = 0;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(`it took more than ${PATIENCE / 1000} seconds`), PATIENCE);
    });
    const module = await Promise.race([import(url), late]).finally(() => clearTimeout(timer));
    return this.functions.add(path, module);
  }

  /** @param {Uint8Array} request @param {import('./plugin_functions.js').LookUp} lookUp */
  call(request, lookUp) {
    const answer = this.functions.answer(new TextDecoder().decode(request), lookUp);
    const text = new TextEncoder().encode(`1234${answer}`);
    new DataView(text.buffer).setUint32(0, text.length - 4, true);
    return text;
  }
}
