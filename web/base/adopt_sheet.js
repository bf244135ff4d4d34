// Style sheets of our own in a shadow tree or the page: constructed ones, which no policy of the
// page forbids.

import { make } from './elements.js';

/** Sheets by their text: trees share them. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/**
 * Adds a sheet to those that a tree has.
 * @param {Document | ShadowRoot} root
 * @param {string} text
 */
export function adoptSheet(root, text) {
  try {
    let sheet = sheets.get(text);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // Safari before 16.4.
    (root instanceof Document ? root.documentElement : root).append(make('style', {}, text));
  }
}
