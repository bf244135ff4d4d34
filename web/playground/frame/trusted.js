// The frame of a trusted project: its scripts run as on the finished site, in a document without an
// origin. A page with scripts is written by document.write; afterwards changes of its source are
// merged, until its scripts change.

import { begin, listen, post } from './frame.js';
import { merge } from './merge.js';
import { document } from '../../base/unclobbered.js';
import { isHere, pathOf } from './resources.js';
import { answer } from './globe_assets.js';

// Milliseconds without a change until changed scripts run.
const PAUSE = 400;

/** The scripts that have run, and the page's address; '' when none have. */
let ran = '';
let timer = 0;
/** The page in view before its scripts ran. @type {Document | undefined} */
let shown;
/** Its address on its site. */
let at = '/';

/** The scripts of a page, as a key. @param {Document} page */
const scriptsOf = (page) =>
  [...page.scripts]
    .filter(({ type }) => /^(module|text\/javascript|)$/i.test(type))
    .map((script) => script.outerHTML)
    .join('\n');

/**
 * Tells whether a page is written as a new document, now or later.
 * @param {Document} page
 * @param {string} base
 * @param {() => void} written
 */
function write(page, base, written) {
  clearTimeout(timer);
  at = base;
  const scheme = document.documentElement.getAttribute('data-theme');
  if (scheme) page.documentElement.setAttribute('data-theme', scheme);
  const scripts = scriptsOf(page);
  const runs = `${base}\n${scripts}`;
  if (ran) {
    if (runs === ran && shown) {
      merge(document.documentElement, shown.documentElement, page.documentElement);
      shown = page;
      written();
      return true;
    }
    // Scripts that have run can't be undone: the page needs another frame.
    timer = window.setTimeout(() => post({ again: true }), ran.startsWith(`${base}\n`) ? PAUSE : 0);
    return true;
  }
  if (!scripts) return false;
  // Scripts run in order, after the style sheets before them.
  if (
    [...page.querySelectorAll('script[data-of], link[data-of]')].every((element) =>
      isHere(element.getAttribute('data-of') ?? ''),
    )
  ) {
    ran = runs;
    shown = page;
    document.open();
    listen();
    document.write(`<!doctype html>${page.documentElement.outerHTML}`);
    document.addEventListener('DOMContentLoaded', written);
    document.close();
  }
  return true;
}

// Requests of scripts to their own site are answered with files of the project.
const { fetch } = window;
window.fetch = (input, init) => {
  const path = input instanceof Request ? undefined : pathOf(String(input), at);
  return path === undefined ? fetch(input, init) : answer(path);
};

begin({ own: true, pictures: true, ids: '', write });
