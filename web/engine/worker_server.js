// The server in the core's worker: applies changes, calls the core, and answers through a port.

import { RELEASE } from '../base/release.js';
import {
  Trap,
  makeBibliography,
  makeCommonMark,
  makeCore,
  makeKramdown,
  makeRouge,
  makeSass,
  makeTravel,
} from './abi.js';

/** @import { Core } from './abi.js' */

/**
 * A request to the core. `start`: a new instance that knows all `changes`, and calls the other
 * modules that were there already; `commonmark`, `kramdown`: those of Markdown's dialects;
 * `bibliography`: the module that reads BibTeX;
 * `rouge`: the module that colours code; `sass`: the module that compiles style sheets; `travel`,
 * `places`: the module that knows where names are, and files of its gazetteer; `plugins`: the
 * addresses of the site's own by path, and that of plugins.js; `tell`: one more change; `ask`: a
 * method of the core and what it takes, gives the answer.
 * @typedef {WebAssembly.Module | null} Module  null: it can't be had
 * @typedef {{
 *   start?: WebAssembly.Module, changes?: Change[],
 *   bibliography?: Module, commonmark?: Module, kramdown?: Module, rouge?: Module, sass?: Module,
 *   travel?: Module, places?: [file: string, bytes: Uint8Array][],
 *   plugins?: { script: string, files: Record<string, string> },
 *   tell?: Change,
 *   ask?: [method: string, ...values: any[]],
 * }} Request
 *
 * @typedef {{ answer?: any, trap?: string }} Reply  `trap`: why the instance is gone
 *
 * @typedef {[verb: import('./abi.js').Verb, ...texts: (string | Uint8Array)[]]} Change
 */

/**
 * Serves requests in order; each is answered on the port that comes with it.
 * @template {Core} T
 * @param {Pick<MessagePort, 'onmessage'>} port
 * @param {new (instance: ReturnType<typeof import('./abi.js').wrap>) => T} Kind of core
 * @param {(script: string) => Promise<import('./plugins.js').Plugins>} [openPlugins] without it, no
 *   plugin runs
 */
export function serveBy(port, Kind, openPlugins) {
  const own = {
    /** @type {T | undefined} */
    core: undefined,
  };
  /** @type {import('./abi.js').Others} */
  const others = {};
  /** @type {import('./plugins.js').Plugins | undefined} */
  let plugins;
  /** @param {Request} request */
  const handle = async ({
    start,
    changes = [],
    bibliography,
    commonmark,
    kramdown,
    rouge,
    sass,
    travel,
    places = [],
    plugins: added,
    tell,
    ask,
  }) => {
    if (commonmark) others.commonmark = await makeCommonMark(commonmark);
    if (kramdown) others.kramdown = makeKramdown(kramdown, others);
    if (bibliography !== undefined) others.bibliography = makeBibliography(bibliography);
    if (sass) others.sass = makeSass(sass);
    if (rouge !== undefined) {
      others.rouge = makeRouge(rouge);
      own.core?.tell('options', '{}'); // it forgets what it has made without colours
    }
    if (travel) others.travel = await makeTravel(travel);
    for (const place of places) others.travel?.put(...place);
    if (added) {
      others.plugins = plugins ??= await openPlugins?.(added.script);
      const names = await plugins?.load(added.files);
      own.core?.tell('options', JSON.stringify({ plugins: names }));
    }
    if (start) {
      own.core = await makeCore(Kind, start, others);
      for (const change of changes) own.core.tell(...change);
      if (plugins) own.core.tell('options', JSON.stringify({ plugins: plugins.names }));
    }
    if (tell) own.core?.tell(...tell);
    if (!ask) return undefined;
    if (!own.core) throw new Trap('it stopped before');
    const [method, ...values] = ask;
    return /** @type {any} */ (own.core)[method](...values);
  };

  let last = Promise.resolve();
  port.onmessage = ({ data, ports: [reply] }) => {
    last = last.then(async () => {
      /** @type {Reply} */
      let message;
      try {
        message = { answer: await handle(data) };
      } catch (error) {
        own.core = undefined;
        message = { trap: error instanceof Trap ? error.message : String(error) };
      }
      reply.postMessage(message);
    });
  };
  return own;
}

/** In a worker: starts serving, and reports the release. @param {(port: any) => unknown} serve */
export function beginServing(serve) {
  if (typeof document !== 'undefined' || typeof postMessage !== 'function') return;
  serve(self);
  postMessage(RELEASE);
}
