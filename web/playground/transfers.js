// Loads what brings projects, and takes them away.

import { same } from '../base/release.js';

/** @typedef {typeof import('./transfer.js')} Transfer */

/** Throws the reason when it can't be loaded. @returns {Promise<Transfer>} */
export const transfer = async () => same(await import('./transfer.js'));
