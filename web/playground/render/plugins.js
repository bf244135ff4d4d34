// Plugins in JavaScript of the reader's own project. They run where the core does, so its worker
// has no origin then: it reads nothing that this browser keeps, as a page of the project can't.

import { site } from '../../base/site_state.js';
import { supplyPlugin } from '../../engine/supply_plugin.js';
import { fetchShellFile, task } from '../../net/fetch.js';

/** @typedef {import('./watchdog.js').TimedEngine} TimedEngine */

// Milliseconds after which such a worker has failed to start.
const SILENCE = 4000;

const REFUSED =
  'plugins are not run here: this page’s policy or browser allows no worker without an origin';

/** A script as an address that has no origin. @param {string} script */
const apart = (script) => `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`;

/** @param {string} url */
const textOf = async (url) => (await fetchShellFile(url)).text();

/**
 * Starts a script of the shell in a worker without an origin; undefined where none may be started.
 * @param {string} url
 * @returns {Promise<Worker | undefined>}
 */
export async function openApart(url) {
  const text = await textOf(url);
  try {
    const port = new Worker(site.trust(apart(text)), { type: 'module' });
    const begun = new Promise((resolve, reject) => {
      port.onmessage = () => resolve(port);
      port.onerror = reject;
    });
    return await Promise.race([begun, task(SILENCE)]);
  } catch {
    return undefined;
  }
}

/**
 * Hands a plugin of the project to the worker, or reports why that is not done.
 * @param {TimedEngine} engine
 * @param {string} path
 * @param {Uint8Array | undefined} bytes
 */
export async function supplyOwnPlugin(engine, path, bytes) {
  if (!engine.trusted || !(await engine.apart)) {
    const options = JSON.stringify({ plugins: { [path]: REFUSED } });
    await engine.send({ tell: ['options', options] });
    return;
  }
  // Its errors name the file: by this comment, in WebKit by the end of the address.
  const script = `${new TextDecoder().decode(bytes)}\n//# sourceURL=`;
  await supplyPlugin(
    engine,
    path,
    `${apart(script)}/${encodeURI(path)}`,
    apart(await textOf(`${site.folder}plugin-host.js`)),
  );
}
