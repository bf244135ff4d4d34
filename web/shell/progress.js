// The progress bar of slow navigations, and other elements of the shell beside <body>.

import { document } from '../base/unclobbered.js';
import { prefers } from '../base/util.js';

/**
 * Creates an element of the shell beside <body>, so that pages do not affect it.
 * @param {string} style
 */
export function overlay(style) {
  const made = document.createElement('div');
  made.style.cssText = 'position:fixed;z-index:2147483647;inset:0 auto auto 0;' + style;
  document.documentElement.append(made);
  return made;
}

/** @type {HTMLElement | undefined} */
let bar;
let barTimer = 0;

/** Shows the progress bar after a delay. @param {boolean} busy */
export function progress(busy) {
  clearTimeout(barTimer);
  if (!busy) bar = void bar?.remove();
  else if (!bar) {
    barTimer = setTimeout(() => {
      const still = prefers('reduced-motion: reduce');
      bar = overlay(
        `height:2px;width:10%;background:var(--accent,#36c);transition:width ${still ? 0 : 8}s cubic-bezier(0,.9,.3,1)`,
      );
      bar.offsetWidth; // the transition has a beginning
      bar.style.width = '95%';
    }, 200);
  }
}
