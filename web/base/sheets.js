// Links of style sheets that do not hold up the rest of the page.

import { OWN } from './util.js';

/** A medium that never applies. */
export const PENDING = 'not all';

/**
 * Gives a link that is not in the page yet a medium that applies once the sheet is there. Until a
 * sheet that applies has arrived, Firefox sends few of the page's other requests over HTTP/1.1, and
 * does not paint. Other engines would load the sheet last.
 * @param {HTMLLinkElement} link
 */
export function holdNothingUp(link) {
  if (navigator.vendor) return; // Firefox alone has none
  link.media = PENDING;
  for (const type of ['load', OWN + 'load'])
    link.addEventListener(type, () => (link.media = ''), { once: true });
}
