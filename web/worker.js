// The core's own thread: the page goes on while it renders. Where a page can have no worker it imports this script and talks to
// it in the same way, by a port.

import { Trap, makeCommonMark, makeCore, makeTravel } from './abi.js';

/**
 * What the core is asked. `start`: a new instance that knows all `changes`, and parses CommonMark by the other module if it was there
 * already; `travel`, `places`: the module that knows where names are, and files of its gazetteer; `tell`: one more change; `render`: gives
 * an Answer.
 * @typedef {{
 *   start?: WebAssembly.Module, changes?: import('./engine.js').Change[],
 *   commonmark?: WebAssembly.Module,
 *   travel?: WebAssembly.Module, places?: [file: string, bytes: Uint8Array][],
 *   tell?: import('./engine.js').Change,
 *   render?: string,
 * }} Request
 *
 * @typedef {{ answer?: import('./abi.js').Answer, trap?: string }} Reply  `trap`: why the instance is gone
 */

/**
 * Serves requests in their order; each is answered on the port that comes with it.
 * @param {Pick<MessagePort, 'onmessage'>} port
 */
export function serve(port) {
  const own = {
    /** @type {import('./abi.js').Core | undefined} */
    core: undefined,
  };
  /** @type {import('./abi.js').Parse | undefined} */
  let parse;
  /** @type {import('./abi.js').Travel | undefined} */
  let travel;

  /** @param {Request} request */
  const handle = async ({ start, changes = [], commonmark, travel: journeys, places = [], tell, render }) => {
    if (commonmark) parse = await makeCommonMark(commonmark);
    if (journeys) travel = await makeTravel(journeys);
    for (const place of places) travel?.put(...place);
    if (start) {
      own.core = await makeCore(
        start,
        (source, flags) => parse?.(source, flags),
        (stops, byDate) => travel?.itinerary(stops, byDate),
      );
      for (const change of changes) own.core.tell(...change);
    }
    if (tell) own.core?.tell(...tell);
    if (render === undefined) return undefined;
    if (!own.core) throw new Trap('it stopped before');
    return own.core.render(render);
  };

  let last = Promise.resolve();
  port.onmessage = ({ data, ports: [reply] }) => {
    last = last.then(async () => {
      /** @type {Reply} */
      let news;
      try {
        news = { answer: await handle(data) };
      } catch (error) {
        own.core = undefined;
        news = { trap: error instanceof Trap ? error.message : String(error) };
      }
      reply.postMessage(news);
    });
  };
  return own;
}

if (typeof document === 'undefined' && typeof postMessage === 'function') {
  serve(/** @type {any} */ (self));
  postMessage('here');
}
