// Where the core lives.

import { site } from '../base/site_state.js';
import { Failure, fetchShellFile, released, script, task } from '../net/fetch.js';

/** @typedef {Pick<MessagePort, 'postMessage'>} Port */

// A thread that has not begun by then may never do: the file is empty, or another.
const SILENCE = 4_000;

/**
 * The core's thread. A policy, a browser or a shell on another origin may not allow a worker: then
 * it is the page's own.
 * @param {string} url of worker.js @returns {Promise<Port>}
 */
export const openThread = async (url) => (await released(url, open, ({ release }) => release)).port;

/** One of whatever release. @typedef {{ port: Port, release: unknown }} Thread */

/** @param {string} url @returns {Promise<Thread>} */
async function open(url) {
  const begun = begin(url);
  // The file itself says why there is no worker.
  const early = await Promise.race([begun, task(SILENCE)]).catch(() => fetchShellFile(url));
  if (early && 'port' in early) return early;
  const here = inPage(url);
  return Promise.race([here, begun.catch(() => here)]);
}

/** @param {string} url @returns {Promise<Thread>} */
async function begin(url) {
  const port = new Worker(site.trust(url), { type: 'module' });
  const { data } = await new Promise((resolve, reject) => {
    port.onmessage = resolve;
    port.onerror = reject;
  });
  return { port, release: data };
}

/** @param {string} url @returns {Promise<Thread>} */
async function inPage(url) {
  const { serve, release } = await script(url);
  if (!serve) throw new Failure(url, 'The file is damaged.');
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return { port: port1, release };
}
