// A message in the place of a page, or below a page with missing parts.

import { development, site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { request } from '../net/fetch.js';
import { takeRest } from './chunked_body.js';
import { more } from './load_lazy.js';
import { progress } from './progress.js';

/**
 * Names files that failed to load, when the script with the messages is one of them.
 * @param {string[]} files
 */
export function nameMissing(files) {
  const place = document.querySelector('main') ?? document.body;
  place.querySelector('[data-notice]')?.remove();
  const words = document.createElement('p');
  words.dataset.notice = '';
  words.textContent = `Not loaded: ${files.join(', ')}. The rest of the page is complete.`;
  place.append(words);
}

// Milliseconds: GitHub Pages lets browsers cache a file for this long.
const CACHED = 600_000;

let leaving = false;

/**
 * Reloads the document past caches, after files of two releases have met. Only once, to avoid an
 * endless loop.
 */
export async function loadAgain() {
  if (leaving) return true;
  if (Date.now() - (history.state?.again ?? 0) < CACHED) return false;
  leaving = true;
  history.replaceState({ ...history.state, again: Date.now() }, '');
  // Inlined, the script has no address of its own.
  const files = import.meta.url ? [location.href, import.meta.url] : [location.href];
  await Promise.allSettled(files.map((url) => request(url, url, { cache: 'reload' })));
  location.reload();
  return true;
}

/**
 * Shows a message in the place of a page's main part: the navigation around it stays.
 * @param {string} title
 * @param {string} message
 */
export function showMessage(title, message) {
  const main = document.querySelector('main') ?? document.body;
  main.removeAttribute('aria-busy');
  main.replaceChildren(
    Object.assign(document.createElement('h1'), { textContent: (document.title = title) }),
    Object.assign(document.createElement('p'), { textContent: message }),
  );
  takeRest(main, true);
  progress(false);
  return main;
}

/** Translates a message into the visitor's language. @param {HTMLElement | null} message */
export const localize = (message) =>
  message &&
  more().then(
    (module) => module.localize(message),
    () => {},
  );

/** Shows the reason why there is no page. @param {any} error */
export async function showFailure(error) {
  if (error.mixed && (await loadAgain())) return;
  const { message, remedy = '', file = site.shown } = error;
  const main = showMessage(
    'This page can’t be shown',
    `${file}: ${message} ${development ? remedy : ''}`,
  );
  try {
    (await more()).explain(error, main);
  } catch {
    // the English words stay
  }
}
