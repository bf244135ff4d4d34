// Where the core lives.

import { site } from './host.js';
import { own } from './loader.js';

/** @typedef {Pick<MessagePort, 'postMessage'>} Port */


/**
 * The core's thread. A policy, a browser or a shell on another origin may not allow a worker: then it is the page's own.
 * @param {string} url of worker.js @returns {Promise<Port>}
 */
export async function openThread(url) {
  try {
    const worker = new Worker(site.trust(url), { type: 'module' });
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
    });
    return worker;
  } catch {
    await own(url); // says why it can't be had
    const { port1, port2 } = new MessageChannel();
    (await import(url)).serve(port2);
    return port1;
  }
}
