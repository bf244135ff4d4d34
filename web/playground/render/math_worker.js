// The thread in which formulas of what came from elsewhere are set: KaTeX has no clock of its own,
// and a thread can be ended.

import { beginServing } from '../../engine/worker_server.js';
import { markup, reasonOf } from '../../base/tex.js';

/**
 * A formula, and where KaTeX lies.
 * @typedef {{ katex: string, tex: string, display: boolean }} Request
 */
/** Its HTML, or why there is none. @typedef {{ html?: string, reason?: string }} Reply */

/** @param {Request} request @returns {Promise<Reply>} */
async function answer({ katex, ...formula }) {
  try {
    return { html: markup((await import(katex)).default, formula) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** @param {Pick<MessagePort, 'onmessage'>} port */
export function serve(port) {
  port.onmessage = async ({ data, ports: [reply] }) => reply.postMessage(await answer(data));
}
beginServing(serve);
