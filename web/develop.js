// What only the author's own machine loads: a file of its own, with its own copy of what it imports; of the shell's state
// it shares the `site` of host.js.

export { share } from './host.js';
export { tell, tellEverywhere } from './overlay.js';
export { reload } from './reload.js';
