// What most visits do without: loaded when a host has no manifest, when something is to be said, when a page is made anew,
// when addresses must be written anew, when a page has scripts, or when a site names a time zone. It has its own copy of what it imports; of the shell's
// state it shares the `site` of host.js.

export { absolute, rewrite } from './addresses.js';
export { enrich } from './enrich.js';
export { givesShell, guesses, listAgain, survey } from './explore.js';
export { share } from './host.js';
export { localize } from './localize.js';
export { supplyModule } from './modules.js';
export { patch } from './patch.js';
export { redirect } from './redirect.js';
export { RELEASE as release } from './release.js';
export { catchUp, renew } from './renew.js';
export { toggleScheme } from './scheme.js';
export { develop, explain, note, reload, runCode } from './telling.js';
export { leave, runScripts } from './scripts.js';
export { transitions } from './zones.js';
