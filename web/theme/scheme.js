// On written pages: light and dark by the button of the masthead. It stands in the head, so that
// the reader's choice is there before the first paint.

import { SCHEME, applyScheme, toggleScheme } from '../base/color_scheme.js';
import { document } from '../base/unclobbered.js';

applyScheme();
addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest(SCHEME)) toggleScheme();
});
addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll(SCHEME)) button.removeAttribute('hidden');
});
