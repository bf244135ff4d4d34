// Loads fetched_theme.js on its first use: few sites have such a theme.

import { site } from '../base/site_state.js';
import { releasedScript } from '../net/fetch.js';

/** @type {typeof import('./fetched_theme.js').fetchTheme} */
export async function fetchTheme(asked, engine) {
  const theme = await releasedScript(`${site.folder}fetched-theme.js`);
  theme.share(site);
  return theme.fetchTheme(asked, engine);
}
