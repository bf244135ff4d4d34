// The functions of a site's plugins in JavaScript (`_plugins/*.js`): their names, and the calls of
// the core. docs/guide/plugins.md has the interface. The command packs this file into its engine,
// which has the language alone: no timers, no network, no TextEncoder.

/**
 * What a tag or block gets. `markup`: what follows the name; `content`: what stands within a block;
 * `page`, `site`: their data; `lookup`: the value of an expression as Liquid has it.
 * @typedef {{
 *   name: string, markup: string, content: string,
 *   readonly page: Record<string, any>, readonly site: Record<string, any>,
 *   lookup: (expression: string) => any,
 * }} PluginContext
 *
 * What a module exports.
 * @typedef {{
 *   filters?: Record<string, (input: any, ...args: any[]) => any>,
 *   tags?: Record<string, (context: PluginContext) => any>,
 *   blocks?: Record<string, (context: PluginContext) => any>,
 * }} PluginModule
 *
 * The value of an expression as JSON; nothing if it is too large.
 * @typedef {(expression: string) => string} LookUp
 */

const KINDS = /** @type {const} */ (['filters', 'tags', 'blocks']);
// Liquid's names, without those that end or divide a block.
const NAME = /^(?!end|els(e|if)$|when$|liquid$)\w+$/;

/** What the page reads when it fails. @param {unknown} error @param {string} path */
function reasonOf(error, path) {
  const { stack = '' } = /** @type {Partial<Error>} */ (error ?? {});
  const at = stack.split(`/${path}`)[1]?.match(/^[^\s:)]*:(\d+)/);
  return `${error}`.slice(0, 500) + (at ? ` (line ${at[1]})` : '');
}

export class PluginFunctions {
  /** By path. @type {Map<string, PluginModule>} */
  modules = new Map();

  /**
   * Takes what a module exports, and gives the names of its functions.
   * @param {string} path @param {PluginModule} module
   */
  add(path, module) {
    this.modules.set(path, module);
    /** @type {Record<string, string[]>} */
    const names = {};
    for (const kind of KINDS) {
      names[kind] = Object.keys(module[kind] ?? {});
      for (const name of names[kind]) {
        if (!NAME.test(name)) throw `a ${kind.slice(0, -1)} can’t be named \`${name}\``;
        if (typeof module[kind]?.[name] !== 'function') throw `\`${name}\` is not a function`;
      }
    }
    if (!KINDS.some((kind) => names[kind].length))
      throw 'it exports no `filters`, `tags` or `blocks`';
    return names;
  }

  /** Why a module has no functions. @param {string} path @param {unknown} error */
  refuse(path, error) {
    this.modules.delete(path);
    return `the plugin can’t be loaded: ${reasonOf(error, path)}`;
  }

  /**
   * Calls a function: see PluginFunction in core/include/meridian/plugin_scripts.h.
   * @param {string} request
   * @param {LookUp} lookUp
   */
  answer(request, lookUp) {
    const [path, kind, name, values] = JSON.parse(request);
    let [answer, form] = ['', "'"];
    let trap;
    let over = false;
    const lookup = (/** @type {string} */ expression) => {
      if (over) throw new Error('lookup works only while the function runs');
      let json = '';
      try {
        json = lookUp(String(expression));
      } catch (error) {
        throw (trap = error);
      }
      if (!json) throw new Error(`\`${expression}\` has more than 1 MB`);
      return JSON.parse(json);
    };
    try {
      const run = this.modules.get(path)?.[/** @type {'tags'} */ (kind)]?.[name];
      const value =
        kind === 'filters'
          ? run?.(.../** @type {[any]} */ (values))
          : run?.(contextOf(name, values, lookup));
      if (typeof value?.then === 'function')
        throw new Error('an async function can’t be waited for');
      if (typeof value === 'string') answer = value;
      else [answer, form] = [JSON.stringify(value ?? null) ?? 'null', '='];
    } catch (error) {
      // The instance of the core must not be used again, whatever the plugin made of it.
      if (!trap) [answer, form] = [reasonOf(error, path), '!'];
    }
    over = true;
    if (trap) throw trap;
    return form + answer;
  }
}

/**
 * @param {string} name @param {string[]} values @param {(expression: string) => any} lookup
 * @returns {PluginContext}
 */
const contextOf = (name, [markup, content = ''], lookup) => ({
  name,
  markup,
  content,
  get page() {
    return lookup('page');
  },
  get site() {
    return lookup('site');
  },
  lookup,
});
