// Where a policy asks for Trusted Types, this is what may make HTML and addresses of scripts. Its
// name may be used once in a document: of the scripts on a page one has this module in it, others
// go by `site.trust` of site_state.js.

import { real } from './unclobbered.js';

/** @typedef {{ createHTML(text: string): string, createScriptURL(url: string): string }} Policy */
const { trustedTypes } =
  /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (
    /** @type {unknown} */ (window)
  );
/** @type {Policy} */
const asItIs = { createHTML: (text) => text, createScriptURL: (url) => url };
export const trusted = policy() ?? asItIs;

/** None where there is one already: the page's own script then does without. */
function policy() {
  try {
    return trustedTypes?.createPolicy('meridian', asItIs);
  } catch {
    return undefined;
  }
}

/** A document in which nothing runs and nothing is loaded. @param {string} html */
export const parse = (html) =>
  real(new DOMParser().parseFromString(trusted.createHTML(html), 'text/html'));
