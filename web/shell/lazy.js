// Code that most visits do not need: loaded when a host has no manifest, to show a message, to
// patch a page, to rewrite addresses, when a page has scripts, or when a site names a time zone. It
// has its own copy of its imports, and shares the shell's `site` of site_state.js.

export { absolute, rewrite } from './links.js';
export { enrich } from './enhance.js';
export { fetchTheme } from './load_theme.js';
export { givesShell, guess, listAgain, survey } from './discovery.js';
export { share } from '../base/site_state.js';
export { localize } from './localize.js';
export { patch } from './patch_page.js';
export { redirect } from './redirect.js';
export { RELEASE as release } from '../base/release.js';
export { catchUp, renew } from './revalidation.js';
export { toggleScheme } from '../base/color_scheme.js';
export { develop, explain, note, reload, runCode } from './notices.js';
export { aim } from './target.js';
export { adoptMode } from './layout_mode.js';
export { admitShell } from './page_policy.js';
export { leave, runScripts } from './page_scripts.js';
export { openFile } from './rendered_files.js';
export { openSearch } from './open_search.js';
export { supplyModule } from './load_plugins.js';
export { keepSheets, prepareSheets, restoreLinks, supplySheets } from './style_sheets.js';
export { transitions } from '../engine/time_zones.js';
