// Starts the core's worker, or the core in the page.

import { site } from '../base/site_state.js';
import { Failure } from '../base/failure.js';
import { fetchShellFile, released, script, task } from '../net/fetch.js';

/** @typedef {Pick<MessagePort, 'postMessage'>} Port */

// Milliseconds after which a worker has failed to start: its file is empty, or another.
const SILENCE = 4_000;

/**
 * Opens the core's worker. If a policy, the browser or a foreign origin does not allow one, the
 * core runs in the page.
 * @param {string} url of worker.js
 * @returns {Promise<Port>}
 */
export const openThread = async (url) => (await released(url, open, ({ release }) => release)).port;

/** A worker of any release. @typedef {{ port: Port, release: unknown }} Thread */

/** @param {string} url @returns {Promise<Thread>} */
async function open(url) {
  const begun = begin(url);
  // Importing the file itself shows why there is no worker.
  const early = await Promise.race([begun, task(SILENCE)]).catch(() => fetchShellFile(url));
  if (early && 'port' in early) return early;
  const here = inPage(url);
  return Promise.race([here, begun.catch(() => here)]);
}

/** @param {string} url @returns {Promise<Thread>} */
async function begin(url) {
  const port = new Worker(site.trust(await ownAddress(url)), { type: 'module' });
  const { data } = await new Promise((resolve, reject) => {
    port.onmessage = resolve;
    port.onerror = reject;
  });
  return { port, release: data };
}

/**
 * An address of a script on the page's own origin, as workers must have: a copy of one that lies
 * elsewhere. It imports nothing by a relative address.
 * @param {string} url
 */
export async function ownAddress(url) {
  if (!site.foreign) return url;
  return URL.createObjectURL(await (await fetchShellFile(url)).blob());
}

/** @param {string} url @returns {Promise<Thread>} */
async function inPage(url) {
  const { serve, release } = await script(url);
  if (!serve) throw new Failure(url, 'The file is damaged.');
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return { port: port1, release };
}
