// Light and dark: the reader's choice, else the system's. site.js and scheme.js apply the choice
// before the first paint.

import { prefers, perhaps } from './util.js';
import { document } from './unclobbered.js';

const KEY = 'meridian-theme';
/** The buttons that change it; hidden where no script does. */
export const SCHEME = '[data-theme-toggle]';

/** Applies the reader's choice. */
export function applyScheme() {
  const theme = perhaps(() => localStorage[KEY]);
  if (theme) document.documentElement.dataset.theme = theme;
}

export function toggleScheme() {
  const { dataset } = document.documentElement;
  const dark = dataset.theme ? dataset.theme === 'dark' : prefers('color-scheme: dark');
  dataset.theme = dark ? 'light' : 'dark';
  // Where storage is forbidden, it is for this visit.
  perhaps(() => (localStorage[KEY] = dataset.theme));
}
