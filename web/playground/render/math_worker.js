// The worker that renders untrusted formulas: KaTeX has no time limit of its own, and a worker can
// be terminated.

import { beginServing } from '../../engine/worker_server.js';
import { markup, reasonOf } from '../../base/tex.js';

/**
 * A formula, and the address of KaTeX.
 * @typedef {{ katex: string, tex: string, display: boolean }} Request
 */
/**
 * Its HTML, or the reason why there is none.
 * @typedef {{ html?: string, reason?: string }} Reply
 */

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
