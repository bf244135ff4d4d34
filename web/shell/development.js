// What only the author's own machine loads: a file of its own, with its own copy of what it
// imports; of the shell's state it shares the `site` of site_state.js.

export { share } from '../base/site_state.js';
export { tell, tellEverywhere } from './diagnostics_overlay.js';
export { reload } from './dev_reload.js';
