// Loads files of the playground when they are used.

import { same } from '../../base/release.js';

/**
 * By the address of a file that could not be imported, its later import at another one.
 * @type {Map<string, Promise<any> | undefined>}
 */
const failed = new Map();
let attempts = 0;

/**
 * Imports a file and checks its release; rejects with the reason, and may be called again then.
 * Firefox never requests a file again whose import failed, but its message ends with the address:
 * another one works. Not for a file that others import, too: they need the same module.
 * @template {{ release?: string }} T
 * @param {() => Promise<T>} load
 * @returns {Promise<T>}
 */
export async function loadModule(load) {
  let address = '';
  try {
    return same(await load());
  } catch (error) {
    const found = /https?:\S+(\/\w+\.js)$/.exec(/** @type {Error} */ (error).message);
    // Its own file, as `load` names it, or one that it imports.
    if (!found || !String(load).includes(found[1])) throw error;
    [address] = found;
    if (!failed.has(address)) {
      failed.set(address, undefined);
      throw error;
    }
  }
  let again = failed.get(address);
  if (!again) {
    again = import(`${address}?again=${++attempts}`);
    failed.set(address, again);
    again.catch(() => failed.set(address, undefined));
  }
  return same(await again);
}

/**
 * What the user reads when a part can't be loaded.
 * @param {string} part its name
 * @param {Error} [reason] the browser's
 */
export const unloaded = (part, reason) =>
  `${part} can’t be loaded${reason ? ` (${reason.message.replace(/\.$/, '')})` : ''}. Try again, or reload the page.`;
