// What most visits do without: loaded when a host has no manifest, when something is to be said,
// when a page is made anew, when addresses must be written anew, when a page has scripts, or when a
// site names a time zone. It has its own copy of what it imports; of the shell's state it shares
// the `site` of site_state.js.

export { absolute, rewrite } from './links.js';
export { enrich } from './enhance.js';
export { givesShell, guesses, listAgain, survey } from './discovery.js';
export { share } from '../base/site_state.js';
export { localize } from './localize.js';
export { supplyModule } from '../engine/modules.js';
export { patch } from '../base/dom_patch.js';
export { redirect } from './redirect.js';
export { RELEASE as release } from '../base/release.js';
export { catchUp, renew } from './revalidation.js';
export { toggleScheme } from './color_scheme.js';
export { develop, explain, note, reload, runCode } from './notices.js';
export { leave, runScripts } from './page_scripts.js';
export { transitions } from '../engine/time_zones.js';
