// Loads what hands plugins in JavaScript to the core (plugin_scripts.js), which few sites need.

import { site } from '../base/site_state.js';
import { supplyModule as supplyOther } from '../engine/modules.js';
import { releasedScript } from '../net/fetch.js';

/**
 * Loads what the core names: a module, a pack of templates, or a plugin.
 * @param {string} name
 * @param {import('../engine/engine.js').Engine} engine
 */
export async function supplyModule(name, engine) {
  if (!name.startsWith('_plugins/')) return supplyOther(name, engine);
  /** @type {typeof import('./plugin_scripts.js')} */
  const plugins = await releasedScript(`${site.folder}plugins.js`);
  plugins.share(site);
  return plugins.supply(name, engine);
}
