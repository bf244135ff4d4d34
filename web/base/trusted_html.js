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

const HEAD = /^[^]*?<body[\s>]/i;
// What has no end ends with the head, so that the time is linear.
const NOSCRIPT =
  /<!--[^]*?(?:-->|$)|<(script|style|title)[^]*?(?:<\/\1|$)|(<noscript[^>]*(?:>|$))[^]*?(?=<\/noscript|$)/gi;

/**
 * Leaves out what is in <noscript> in the head: a parser that runs no scripts takes it for
 * elements, and a picture or a paragraph there ends the head.
 * @param {string} html
 */
export const withoutNoscript = (html) =>
  html.replace(HEAD, (head) => head.replace(NOSCRIPT, (all, _, open) => open ?? all));

/** Parses a document without running or loading anything. @param {string} html */
export const parse = (html) =>
  real(new DOMParser().parseFromString(trusted.createHTML(withoutNoscript(html)), 'text/html'));
