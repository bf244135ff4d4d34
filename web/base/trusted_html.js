// The Trusted Types policy that makes HTML and script addresses. A document allows its name once:
// only one of the page's scripts contains this module, others use `site.trust` of site_state.js.

import { real } from './unclobbered.js';

/** @typedef {{ createHTML(text: string): string, createScriptURL(url: string): string }} Policy */
const { trustedTypes } =
  /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (
    /** @type {unknown} */ (window)
  );
/** @type {Policy} */
const asItIs = { createHTML: (text) => text, createScriptURL: (url) => url };
export const trusted = policy() ?? asItIs;

/** Undefined if the policy exists already: that of the page's own script. */
function policy() {
  try {
    return trustedTypes?.createPolicy('meridian', asItIs);
  } catch {
    return undefined;
  }
}

/** Parses a document without running or loading anything. @param {string} html */
export const parse = (html) =>
  real(new DOMParser().parseFromString(trusted.createHTML(html), 'text/html'));
