// Loads third-party scripts, for comments.js and analytics.js.

import { make } from '../base/elements.js';

/** @typedef {{ createScriptURL(url: string): string }} Policy */
const global = /** @type {any} */ (window);
// No element can have this name.
const POLICY = Symbol.for('meridian-services');

/**
 * Adds a script. Where a host requires Trusted Types its policy must name `meridian-services`; one
 * policy serves all pages of a visit.
 * @param {Element} place
 * @param {string} src
 * @param {Record<string, any>} [attributes]
 */
export function load(place, src, attributes = {}) {
  /** @type {Policy} */
  const asItIs = { createScriptURL: (url) => url };
  const policy = (global[POLICY] ??=
    global.trustedTypes?.createPolicy?.('meridian-services', asItIs) ?? asItIs);
  const script = make('script');
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) script.setAttribute(name, String(value));
  }
  script.async = true;
  script.src = policy.createScriptURL(src);
  place.append(script);
}
