// Gives the open document the layout mode of a page: how browsers lay a document out (quirks,
// limited quirks or standards mode) is decided by its doctype alone, when it is parsed.

import { development } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { develop } from './notices.js';

/**
 * Parses the open document anew with the doctype of `page`; its elements stay. Listeners of window
 * and document are gone afterwards (HTML, "document open steps"): the caller adds them again.
 * @param {Document} page
 * @param {(html: string) => string} trust
 */
export function adoptMode({ doctype }, trust) {
  const elements = document.documentElement;
  // The listeners of elements that are in the document would be lost, too.
  elements.remove();
  document.open();
  const quoted = (/** @type {string} */ id) => `"${id.replaceAll(/["<>]/g, '')}"`;
  const ids = doctype?.publicId
    ? ` PUBLIC ${quoted(doctype.publicId)} ${quoted(doctype.systemId)}`
    : '';
  document.write(trust(doctype ? `<!doctype html${ids}><p>` : '<p>'));
  document.close();
  document.documentElement.replaceWith(elements);
  if (development) develop().then(({ listen }) => listen());
}
