// Light and dark: the reader's choice, else the system's. site.js applies the choice before the
// first paint.

import { prefers } from '../base/util.js';
import { document } from '../base/unclobbered.js';

export function toggleScheme() {
  const { dataset } = document.documentElement;
  const dark = dataset.theme ? dataset.theme === 'dark' : prefers('color-scheme: dark');
  dataset.theme = dark ? 'light' : 'dark';
  try {
    localStorage['meridian-theme'] = dataset.theme;
  } catch {
    // storage is forbidden: for this visit
  }
}
