// Loads what brings projects, and takes them away.

import { loadModule } from './ui/load_module.js';

/** @typedef {typeof import('./transfer.js')} Transfer */

/** Throws the reason when it can't be loaded. @returns {Promise<Transfer>} */
export const transfer = () => loadModule(() => import('./transfer.js'));
