// Loaded on the author's own machine only: a separate file with its own copy of its imports; it
// shares the shell's `site` of site_state.js.

export { share } from '../base/site_state.js';
export { listen, tell, tellEverywhere } from './diagnostics_overlay.js';
export { reload } from './dev_reload.js';
