// Plugins in JavaScript of the open site: from its own origin alone, with a limit of time. A file
// of its own, which shares the shell's `site` of site_state.js.

import { site } from '../base/site_state.js';
import { openThread, ownAddress } from '../engine/open_worker.js';
import { PLUGIN, supplyPlugin } from '../engine/supply_plugin.js';
import { RELEASE } from '../base/release.js';
import { Failure } from '../base/failure.js';
import { fetchShellFile } from '../net/fetch.js';
import { locate } from '../net/site_sources.js';

export { share } from '../base/site_state.js';
export { RELEASE as release } from '../base/release.js';

/** @typedef {import('../engine/engine.js').Engine} Engine */

// Milliseconds for an answer of the worker while it has plugins, as for one's own project in the
// playground.
const PATIENCE = 30_000;

/**
 * Hands a plugin to the core's worker.
 * @param {string} path
 * @param {Engine} engine
 */
export async function supply(path, engine) {
  const url = PLUGIN.test(path) ? locate(path) : undefined;
  // A manifest may say that a file lies elsewhere.
  if (!url || new URL(url).origin !== location.origin)
    throw new Failure(path, 'Plugins are loaded from the site’s own host alone.');
  if (!engine.modules.plugins) watch(engine);
  const host = `${site.folder}plugin-host.js?${RELEASE}`;
  // A worker can't say why it is missing.
  await fetchShellFile(host);
  const script = await ownAddress(host);
  await supplyPlugin(engine, path, url + versionOf(path), script);
}

/**
 * An address of its own for each version, past caches and the worker's list of modules.
 * @param {string} path
 */
function versionOf(path) {
  const bytes = site.files.get(path); // another one than the manifest has
  if (bytes) return `?${bytes.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 0) >>> 0}`;
  const entry = /** @type {{ path: string, git?: string }[]} */ (site.listing.files).find(
    (file) => file.path === path,
  );
  return entry?.git ? `?${entry.git}` : '';
}

/**
 * From now on a worker that does not answer is ended, and the reason reported.
 * @param {Engine} engine
 */
function watch(engine) {
  const ask = engine.ask.bind(engine);
  engine.ask = async (request) => {
    const { port } = engine;
    const thread = /** @type {Partial<Worker>} */ (await port);
    let timer = 0;
    const late = new Promise((_, reject) => {
      timer = window.setTimeout(() => {
        if (engine.port === port && thread.terminate) {
          thread.terminate();
          engine.port = openThread(`${site.folder}worker.js`);
          engine.core = undefined;
        }
        const names = Object.keys(engine.modules.plugins?.files ?? {});
        reject(
          new Failure(
            names.join(', '),
            `A plugin of the site takes more than ${PATIENCE / 1000} seconds.`,
            'Look for a loop that does not end.',
          ),
        );
      }, PATIENCE);
    });
    return Promise.race([ask(request), late]).finally(() => clearTimeout(timer));
  };
}
